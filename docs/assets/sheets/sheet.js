// The form on the page: shows a draft in it, and says what was changed. Knows no storage.

import { blankRow, isBlank, rowName } from "./draft.js";

/** @import {Draft, Row, Value} from "./answers" */
/** @import {FieldSpec, SectionSpec, SheetSpec} from "./types" */
/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Control */
/** @typedef {{section: SectionSpec, row?: Row, field?: FieldSpec, part?: "name" | "note"}} Place */

/**
 * @param {HTMLFormElement} form
 * @param {SheetSpec} spec
 * @param {{change: (place: Place, value: Value) => void, rows: (change: () => void, what?: string, back?: () => void) => void, tell: (text: string) => void}} on
 */
export function sheet(form, spec, on) {
  /** @type {WeakMap<Element, Place>} What each control answers. */
  const places = new WeakMap();
  /** @type {WeakMap<Row, HTMLTableRowElement>} */
  const shown = new WeakMap();
  const tools = /** @type {HTMLTemplateElement} */ (form.querySelector("[data-pb-tools]"));
  /** @type {Map<string, ReturnType<typeof table>>} */
  const tables = new Map();
  /** @type {Draft} */
  let draft;

  for (const section of spec.sections) if (section.table) tables.set(section.id, table(section));

  /** Give a row its buttons. @param {HTMLTableRowElement} line */
  function equip(line) {
    const cell = line.insertCell(0);
    cell.className = "pb-tools";
    cell.append(tools.content.cloneNode(true));
  }

  /** @param {SectionSpec} section */
  function table(section) {
    const set = /** @type {HTMLElement} */ (form.querySelector(`[data-pb-section="${section.id}"]`));
    const body = /** @type {HTMLTableSectionElement} */ (set.querySelector("tbody"));
    /** @type {Map<string, HTMLTableRowElement>} */
    const listed = new Map();
    /** @type {HTMLTableRowElement[]} */
    const spare = [];
    for (const line of body.rows) line.dataset.row ? listed.set(line.dataset.row, line) : spare.push(line);
    const blank = /** @type {HTMLTemplateElement | null} */ (set.querySelector("[data-pb-blank]"));
    const add = /** @type {HTMLButtonElement | null} */ (set.querySelector("[data-pb-add]"));
    if (section.open) {
      const head = document.createElement("td");
      head.className = "pb-tools";
      set.querySelector("thead tr")?.prepend(head);
      for (const line of [...listed.values(), ...spare]) equip(line);
    }
    if (add) {
      add.hidden = false;
      add.addEventListener("click", () => {
        const row = blankRow(section);
        on.rows(() => draft.tables[section.id].push(row));
        /** @type {HTMLElement | null} */ (shown.get(row)?.querySelector("input, select, textarea"))?.focus();
      });
    }
    const fresh = () => {
      const line = /** @type {HTMLTableRowElement} */ (blank?.content.querySelector("tr")?.cloneNode(true));
      if (section.open) equip(line);
      return line;
    };
    return { body, listed, spare, fresh };
  }

  /** @param {SectionSpec} section @param {Row} row @param {HTMLTableRowElement} line */
  function bind(section, row, line) {
    shown.set(row, line);
    for (const control of /** @type {NodeListOf<Control>} */ (
      line.querySelectorAll("input, select, textarea")
    )) {
      const [, key, id] = control.name.split(".");
      const field = section.fields.find((each) => each.id === id);
      if (field) places.set(control, { section, row, field });
      else places.set(control, { section, row, part: key.endsWith(":note") ? "note" : "name" });
    }
  }

  /** @param {Control} control @param {Value} value */
  function put(control, value) {
    if (control instanceof HTMLInputElement && control.type === "checkbox") {
      if (control.checked !== Boolean(value)) control.checked = Boolean(value);
    } else if (control.value !== value) control.value = String(value);
  }

  /** @param {SectionSpec} section */
  function showTable(section) {
    const { body, listed, spare, fresh } = /** @type {ReturnType<typeof table>} */ (tables.get(section.id));
    const free = [...spare];
    const lines = draft.tables[section.id].map((row, index) => {
      let line = shown.get(row) ?? (row.row ? listed.get(row.row) : undefined) ?? free.shift();
      if (!line) {
        line = fresh();
        spare.push(line);
      } else if (free.includes(line)) free.splice(free.indexOf(line), 1);
      bind(section, row, line);
      const name = rowName(section, row, index);
      for (const control of /** @type {NodeListOf<Control>} */ (
        line.querySelectorAll("input, select, textarea")
      )) {
        const place = /** @type {Place} */ (places.get(control));
        put(
          control,
          place.field ? row.cells[place.field.id] : ((place.part === "note" ? row.note : row.name) ?? ""),
        );
        if (!row.row)
          control.setAttribute(
            "aria-label",
            place.field
              ? `${name}: ${place.field.name}`
              : place.part === "note"
                ? `${name}: what it covers`
                : `${section.label} ${index + 1}`,
          );
      }
      const number = line.querySelector("[data-pb-number]");
      if (number) number.textContent = String(index + 1);
      for (const button of line.querySelectorAll("[data-pb-row]"))
        button.setAttribute("aria-label", `${button.getAttribute("title")}: ${name}`);
      return line;
    });
    // Only what stands elsewhere is moved, so that focus stays where it is.
    lines.forEach(
      (line, index) => body.rows[index] !== line && body.insertBefore(line, body.rows[index] ?? null),
    );
    while (body.rows.length > lines.length) body.deleteRow(-1);
  }

  form.classList.add("pb-started");
  /** Answers of tables as high as their text. All are measured before any is changed. @param {HTMLTextAreaElement[]} all */
  function grow(all) {
    const heights = all.map((each) => (each.scrollHeight > each.clientHeight ? each.scrollHeight + 2 : 0));
    all.forEach(
      (each, index) => heights[index] && (each.style.height = `${Math.min(heights[index], 400)}px`),
    );
  }
  const inTables = () =>
    /** @type {HTMLTextAreaElement[]} */ ([...form.querySelectorAll(".pb-sheet textarea")]);

  /** @param {Draft} next */
  function show(next) {
    draft = next;
    for (const section of spec.sections) {
      if (section.table) {
        showTable(section);
        continue;
      }
      for (const field of section.fields) {
        const control = /** @type {Control} */ (form.elements.namedItem(`${section.id}.${field.id}`));
        places.set(control, { section, field });
        put(control, draft.forms[section.id][field.id]);
      }
    }
    head();
    grow(inTables());
  }

  const heads = /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll("[data-pb-heading]"));
  const usual = [...heads].map((each) => each.firstElementChild?.textContent ?? "");
  /** Columns that are headed by another answer, such as a candidate's name. */
  function head() {
    heads.forEach((each, index) => {
      const [id, ...rest] = (each.dataset.pbHeading ?? "").split(".");
      const cells =
        rest.length === 1
          ? draft.forms[id]
          : draft.tables[id]?.filter((row) => !row.row)[Number(rest[0].slice(4)) - 1]?.cells;
      const text = String(cells?.[rest[rest.length - 1]] ?? "") || usual[index];
      const label = /** @type {HTMLElement} */ (each.firstElementChild);
      if (label.textContent !== text) label.textContent = text;
    });
  }

  form.addEventListener("input", (event) => {
    const control = /** @type {Control} */ (event.target);
    const place = places.get(control);
    if (!place) return;
    on.change(
      place,
      control instanceof HTMLInputElement && control.type === "checkbox" ? control.checked : control.value,
    );
    if (heads.length) head();
    if (control instanceof HTMLTextAreaElement && place.row) grow([control]);
  });
  form.addEventListener("change", (event) => {
    if (!(event.target instanceof HTMLTextAreaElement) || !places.get(event.target)?.row) return;
    event.target.style.height = "";
    grow([event.target]);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-pb-row]") : null;
    const line = button?.closest("tr");
    if (button instanceof HTMLElement && line) act(line, button.dataset.pbRow ?? "", button);
  });
  form.addEventListener("keydown", (event) => {
    const what = { ArrowUp: "up", ArrowDown: "down" }[event.key];
    const line =
      event.altKey && what && event.target instanceof Element ? event.target.closest("tbody tr") : null;
    if (!line || !what) return;
    if (act(/** @type {HTMLTableRowElement} */ (line), what, /** @type {HTMLElement} */ (event.target)))
      event.preventDefault();
  });

  /** Move or remove a row; focus follows it. @param {HTMLTableRowElement} line @param {string} what @param {HTMLElement} from */
  function act(line, what, from) {
    const control = line.querySelector("input, select, textarea");
    const place = control && places.get(control);
    if (!place?.row || !place.section.open) return false;
    const { section, row } = place;
    const rows = draft.tables[section.id];
    const index = rows.indexOf(row);
    const name = rowName(section, row, index);
    if (what === "remove") {
      const remove = () => {
        rows.splice(index, 1);
        if (row.row) draft.removed[section.id].push(row.row);
      };
      // Only the row comes back: what was typed since stays.
      const back = () => {
        const now = draft.tables[section.id];
        now.splice(Math.min(index, now.length), 0, row);
        draft.removed[section.id] = draft.removed[section.id].filter((id) => id !== row.row);
      };
      if (isBlank(row)) on.rows(remove);
      else on.rows(remove, `Removed “${name}”.`, back);
      const next = rows[index] ?? rows[index - 1];
      const beside = next && shown.get(next)?.querySelector('[data-pb-row="remove"]');
      /** @type {HTMLElement | null} */ (
        beside || form.querySelector(`[data-pb-section="${section.id}"] [data-pb-add]`)
      )?.focus();
      return true;
    }
    const to = index + (what === "up" ? -1 : 1);
    if (to < 0 || to >= rows.length) return true;
    on.rows(() => rows.splice(to, 0, ...rows.splice(index, 1)));
    on.tell(`“${name}” is row ${to + 1} of ${rows.length} now.`);
    from.focus();
    return true;
  }

  return {
    show,
    /** The line of a row, or the row that a finding is about. @param {Row} row */
    line: (row) => shown.get(row),
  };
}
