// The form on the page: shows the draft in it, and tells the session what was changed.

import { element } from "./around.js";
import { blankRow, headed, isBlank, number, rowName } from "./draft.js";
import { answer, arrange } from "./session.js";

/** @import {Control, Place, Row, SectionSpec, Session, Table, Value, View} from "./shapes" */

const HIGHEST = 400; // pixels of an answer in a table

/** Get the form ready. @param {HTMLFormElement} form @param {Session} here */
export function sheet(form, here) {
  /** @type {View} */
  const view = {
    form,
    here,
    places: new WeakMap(),
    lines: new WeakMap(),
    tables: new Map(),
    heads: heads(form),
  };
  for (const section of here.spec.sections) {
    if (section.table) view.tables.set(section.id, table(view, section));
  }
  form.classList.add("pb-started");
  onTyping(view);
  onRows(view);
  form.addEventListener("submit", (event) => event.preventDefault());
  return view;
}

/** Show the draft. @param {View} view */
export function show(view) {
  const { form, here, places } = view;
  for (const section of here.spec.sections) {
    if (section.table) {
      showTable(view, section);
      continue;
    }
    for (const field of section.fields) {
      const control = /** @type {Control} */ (form.elements.namedItem(`${section.id}.${field.id}`));
      places.set(control, { section, field });
      put(control, here.draft.forms[section.id][field.id]);
    }
  }
  showHeads(view);
  grow([.../** @type {NodeListOf<HTMLTextAreaElement>} */ (form.querySelectorAll(".pb-sheet textarea"))]);
}

/** @param {HTMLFormElement} form */
const heads = (form) =>
  [.../** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll("[data-pb-heading]"))].map((head) => {
    const place = /** @type {HTMLElement} */ (head.firstElementChild);
    return { place, path: head.dataset.pbHeading ?? "", usual: place.textContent ?? "" };
  });

/** @param {View} view */
function showHeads({ heads, here }) {
  for (const { place, path, usual } of heads) {
    const text = headed(here.draft, path) || usual;
    if (place.textContent !== text) place.textContent = text;
  }
}

/** @param {View} view */
function onTyping(view) {
  view.form.addEventListener("input", (event) => {
    const control = /** @type {Control} */ (event.target);
    const place = view.places.get(control);
    if (!place) return;
    answer(view.here, place, valueOf(control, place));
    showHeads(view);
    if (control instanceof HTMLTextAreaElement && place.row) grow([control]);
  });
  // Only when somebody has finished does an answer get lower, so that nothing jumps while they type.
  view.form.addEventListener("change", ({ target }) => {
    if (target instanceof HTMLInputElement) judgeNumber(view, target);
    if (!(target instanceof HTMLTextAreaElement) || !view.places.get(target)?.row) return;
    target.style.height = "";
    grow([target]);
  });
}

/** @param {View} view */
function onRows(view) {
  view.form.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest("[data-pb-row]") : null;
    const line = button?.closest("tr");
    if (button instanceof HTMLElement && line) act(view, line, button.dataset.pbRow ?? "", button);
  });
  view.form.addEventListener("keydown", (event) => {
    const { target, altKey, key, isComposing } = event;
    const what = { ArrowUp: "up", ArrowDown: "down" }[key];
    const line = target instanceof HTMLElement ? target.closest("tbody tr") : null;
    if (
      altKey &&
      !isComposing &&
      what &&
      line &&
      act(view, line, what, /** @type {HTMLElement} */ (target))
    ) {
      event.preventDefault();
    }
  });
}

// --- controls ------------------------------------------------------------------------------

/** @param {Element} line @returns {NodeListOf<Control>} */
const controls = (line) => line.querySelectorAll("input, select, textarea");

/** @param {Control} control @returns {control is HTMLInputElement} */
const isBox = (control) => control instanceof HTMLInputElement && control.type === "checkbox";

/** @param {Control} control @param {Place} place */
function valueOf(control, { field }) {
  if (isBox(control)) return control.checked;
  return (field?.type === "number" && number(control.value)) || control.value;
}

/** @param {View} view @param {HTMLInputElement} control */
function judgeNumber({ places, here }, control) {
  const field = places.get(control)?.field;
  if (field?.type !== "number") return;
  const value = number(control.value);
  control.setAttribute("aria-invalid", String(value === undefined));
  if (value !== undefined) control.value = value;
  else here.on.said(`“${control.value}” is no number: write it as 1250.5.`);
}

/** @param {Control} control @param {Value} value */
function put(control, value) {
  if (isBox(control)) control.checked = Boolean(value);
  // What is there already is not written again, so that the caret stays.
  else if (control.value !== value) control.value = String(value);
}

/** As high as their text. All are measured before any is changed. @param {HTMLTextAreaElement[]} all */
function grow(all) {
  const heights = all.map((each) => (each.scrollHeight > each.clientHeight ? each.scrollHeight + 2 : 0));
  all.forEach((each, index) => {
    if (heights[index]) each.style.height = `${Math.min(heights[index], HIGHEST)}px`;
  });
}

// --- rows of tables ------------------------------------------------------------------------

/** Get a table of the page ready. @param {View} view @param {SectionSpec} section */
function table(view, section) {
  const set = /** @type {HTMLElement} */ (view.form.querySelector(`[data-pb-section="${section.id}"]`));
  const body = /** @type {HTMLTableSectionElement} */ (set.querySelector("tbody"));
  const lines = [...body.rows];
  if (section.open) {
    set.querySelector("thead tr")?.prepend(element("td", "", "pb-tools"));
    for (const line of lines) equip(view, line);
  }
  const add = /** @type {HTMLButtonElement | null} */ (set.querySelector("[data-pb-add]"));
  if (add) {
    add.hidden = false;
    add.addEventListener("click", () => addRow(view, section));
  }
  const blank = /** @type {HTMLTemplateElement | null} */ (set.querySelector("[data-pb-blank]"));
  const fresh = () => {
    const line = /** @type {HTMLTableRowElement} */ (blank?.content.querySelector("tr")?.cloneNode(true));
    if (section.open) equip(view, line);
    return line;
  };
  return {
    body,
    listed: new Map(lines.flatMap((line) => (line.dataset.row ? [[line.dataset.row, line]] : []))),
    spare: lines.filter((line) => !line.dataset.row),
    fresh,
  };
}

/** Give a row its buttons. @param {View} view @param {HTMLTableRowElement} line */
function equip({ form }, line) {
  const cell = line.insertCell(0);
  cell.className = "pb-tools";
  const tools = /** @type {HTMLTemplateElement} */ (form.querySelector("[data-pb-tools]"));
  cell.append(tools.content.cloneNode(true));
}

/** @param {View} view @param {SectionSpec} section */
function showTable(view, section) {
  const { body, listed, spare, fresh } = /** @type {Table} */ (view.tables.get(section.id));
  const free = [...spare];
  const lines = view.here.draft.tables[section.id].map((row, index) => {
    let line = view.lines.get(row) ?? (row.row ? listed.get(row.row) : undefined) ?? free.shift();
    if (!line) {
      line = fresh();
      spare.push(line);
    } else if (free.includes(line)) free.splice(free.indexOf(line), 1);
    showRow(view, section, row, line, index);
    return line;
  });
  // Only what stands elsewhere is moved, so that focus stays where it is.
  lines.forEach((line, index) => {
    if (body.rows[index] !== line) body.insertBefore(line, body.rows[index] ?? null);
  });
  while (body.rows.length > lines.length) body.deleteRow(-1);
}

/**
 * @param {View} view
 * @param {SectionSpec} section
 * @param {Row} row
 * @param {HTMLTableRowElement} line
 * @param {number} index
 */
function showRow(view, section, row, line, index) {
  view.lines.set(row, line);
  const name = rowName(section, row, index);
  for (const control of controls(line)) {
    const place = placeOf(control.name, section, row);
    view.places.set(control, place);
    const { field, part = "name" } = place;
    put(control, field ? row.cells[field.id] : (row[part] ?? ""));
    if (row.row) continue; // called by its name in the page
    const asked = field?.name ?? (part === "note" && "what it covers");
    control.setAttribute("aria-label", asked ? `${name}: ${asked}` : `${section.label} ${index + 1}`);
  }
  const number = line.querySelector("[data-pb-number]");
  if (number) number.textContent = String(index + 1);
  for (const button of line.querySelectorAll("[data-pb-row]")) {
    button.setAttribute("aria-label", `${button.getAttribute("title")}: ${name}`);
  }
}

/** @param {string} name of a control @param {SectionSpec} section @param {Row} row @returns {Place} */
function placeOf(name, section, row) {
  const [, key, id] = name.split(".");
  const field = section.fields.find((each) => each.id === id);
  return field ? { section, row, field } : { section, row, part: key.endsWith(":note") ? "note" : "name" };
}

/** @param {View} view @param {SectionSpec} section */
function addRow(view, section) {
  const row = blankRow(section);
  arrange(view.here, () => view.here.draft.tables[section.id].push(row));
  focusOn(view.lines.get(row)?.querySelector("input, select, textarea"));
}

/** @param {Element | null | undefined} element */
const focusOn = (element) => element instanceof HTMLElement && element.focus();

/**
 * Move or remove a row, if it can be; focus follows it.
 *
 * @param {View} view
 * @param {Element} line
 * @param {string} what `up`, `down` or `remove`
 * @param {HTMLElement} from where the focus is
 */
function act(view, line, what, from) {
  const place = view.places.get(controls(line)[0]);
  if (!place?.row || !place.section.open) return false;
  const index = view.here.draft.tables[place.section.id].indexOf(place.row);
  if (what === "remove") removeRow(view, place.section, index);
  else moveRow(view, place.section, index, index + (what === "up" ? -1 : 1), from);
  return true;
}

/** @param {View} view @param {SectionSpec} section @param {number} index */
function removeRow({ form, here, lines }, section, index) {
  const { id } = section;
  const rows = here.draft.tables[id];
  const row = rows[index];
  const name = rowName(section, row, index);
  const remove = () => {
    rows.splice(index, 1);
    if (row.row) here.draft.removed[id].push(row.row);
  };
  // Only the row comes back: what was typed since stays.
  const back = () => {
    const { tables, removed } = here.draft;
    tables[id].splice(Math.min(index, tables[id].length), 0, row);
    removed[id] = removed[id].filter((each) => each !== row.row);
  };
  if (isBlank(row)) arrange(here, remove);
  else arrange(here, remove, `Removed “${name}”.`, back);
  const next = rows[index] ?? rows[index - 1];
  const beside = next && lines.get(next)?.querySelector('[data-pb-row="remove"]');
  focusOn(beside ?? form.querySelector(`[data-pb-section="${id}"] [data-pb-add]`));
}

/**
 * @param {View} view
 * @param {SectionSpec} section
 * @param {number} index
 * @param {number} to
 * @param {HTMLElement} from
 */
function moveRow({ here }, section, index, to, from) {
  const rows = here.draft.tables[section.id];
  if (to < 0 || to >= rows.length) return;
  const name = rowName(section, rows[index], index);
  arrange(here, () => rows.splice(to, 0, ...rows.splice(index, 1)));
  here.on.said(`“${name}” is row ${to + 1} of ${rows.length} now.`);
  from.focus();
}
