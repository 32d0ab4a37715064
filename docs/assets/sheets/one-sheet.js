// The sheet of paper: it assembles itself from drafts of other sheets, or from the playbook.

import { element } from "./around.js";
import { blankRow, isBlank, listed, prefilled, rowName } from "./draft.js";
import { replace } from "./session.js";
import { store } from "./store.js";

/** @import {Draft, Part, Row, SectionSpec, Session, SheetSpec, Store} from "./shapes" */

/** Sections of this sheet, and the templates whose drafts they are taken from. */
const PARTS = [
  { id: "stakeholders", template: "stakeholder-map", label: "Stakeholders" },
  { id: "members", template: "initial-members", label: "Members" },
  { id: "raci", template: "raci-sheet", label: "RACI" },
];

const SMALLEST = 0.5; // of the usual size: below it nobody reads the print
const LARGEST = 1.4;
const STEP = 0.04;

/** @param {HTMLFormElement} form @param {Session} here */
export function poster(form, here) {
  const page = /** @type {HTMLElement} */ (document.querySelector("[data-pb-poster] .pb-poster"));
  const sources = /** @type {HTMLElement} */ (document.querySelector("[data-pb-sources]"));
  const parts = PARTS.map(({ id, template, label }) => {
    const drafts = store(template);
    const part = { section: sectionOf(here.spec, id), label, drafts, picker: picker(drafts) };
    part.picker.addEventListener("change", () => {
      const next = structuredClone(here.draft);
      assemble(next, part);
      replace(here, next, `${label} taken from ${part.picker.selectedOptions[0].text}.`);
    });
    const line = element("label", `${label} from `);
    line.append(part.picker);
    sources.append(line);
    return part;
  });
  sources.hidden = false;
  const { next, byHand, renewed } = follow(parts, here.draft);
  /** @type {HTMLElement} */ (sources.querySelector("[data-pb-assembled]")).textContent = told(parts, byHand);
  if (renewed) replace(here, next);
  const papers = /** @type {HTMLSelectElement} */ (form.querySelector("[data-pb-paper]"));
  const choosePaper = () => {
    document.documentElement.dataset.pbPaper = papers.value;
  };
  papers.addEventListener("change", choosePaper);
  choosePaper();
  return { draw: () => draw(page, here) };
}

/** @param {SheetSpec} spec @param {string} id */
const sectionOf = (spec, id) => /** @type {SectionSpec} */ (spec.sections.find((each) => each.id === id));

/** Chooses what a part is taken from. @param {Store} drafts */
function picker(drafts) {
  const made = document.createElement("select");
  made.append(new Option("the playbook", ""));
  for (const { id, name, readable } of drafts.list()) {
    if (readable) made.append(new Option(`draft “${name}”`, id));
  }
  return made;
}

/** Take a part from what is chosen for it. @param {Draft} draft @param {Part} part */
function assemble(draft, { section, drafts, picker }) {
  const { id } = section;
  const from = picker.value;
  const saved = from ? /** @type {any} */ (drafts.read(from)) : null;
  const { rows, removed } = take(section, id, saved?.answers);
  draft.tables[id] = rows;
  draft.removed[id] = removed;
  draft.assembled = { ...draft.assembled, [id]: { from, was: said(rows) } };
}

/** A part that nobody has changed by hand follows its source. @param {Part[]} parts @param {Draft} draft */
function follow(parts, draft) {
  const next = structuredClone(draft);
  /** @type {Part[]} */
  const byHand = [];
  let renewed = false;
  for (const part of parts) {
    const { section, drafts, picker } = part;
    const before = next.assembled?.[section.id];
    const was = said(next.tables[section.id]);
    const untouched = before ? before.was === was : !next.saved;
    // What somebody looked at as an example is nobody's design.
    const latest = drafts.list().find((each) => each.readable && !each.name.startsWith("Example: "));
    picker.value = before?.from && drafts.read(before.from) ? before.from : (latest?.id ?? "");
    if (!untouched) byHand.push(part);
    else if (picker.value) {
      assemble(next, part);
      renewed ||= said(next.tables[section.id]) !== was;
    }
  }
  return { next, byHand, renewed };
}

/** Where the sheet is from. @param {Part[]} parts @param {Part[]} byHand */
function told(parts, byHand) {
  const used = parts.filter(({ picker }) => picker.value).map(({ label }) => label.toLowerCase());
  const assembled = used.length
    ? `Assembled from your drafts (${used.join(", ")}).`
    : "Assembled from the playbook. As soon as you fill the stakeholder map, the initial members or the " +
      "RACI sheet in this browser, their answers stand here.";
  if (!byHand.length) return assembled;
  const labels = byHand.map(({ label }) => label).join(", ");
  return `${assembled} Changed by hand, so left alone: ${labels}; choose a source to take it anew.`;
}

/** What a table says, to compare it. @param {Row[]} rows */
const said = (rows) => JSON.stringify(rows.filter((row) => !isBlank(row)));

/**
 * The rows of a section as a source has them.
 *
 * @param {SectionSpec} section
 * @param {string} part section of this sheet
 * @param {Record<string, any[]> | undefined} answers of another template's draft; none for the playbook
 */
export function take(section, part, answers) {
  const usual = prefilled(section);
  if (!answers) return { rows: usual, removed: [] };
  if (part === "stakeholders") {
    const rows = usual.map(({ row = "", cells }) => {
      const named = (answers[row] ?? []).map(({ name, cells }) => ({ ...cells, name }));
      return { row, cells: { ...cells, ...people(named) } };
    });
    return { rows, removed: [] };
  }
  const known = listed(section);
  const source = answers[part === "raci" ? "matrix" : "members"] ?? [];
  const rows = source
    .filter((each) => !each.removed)
    .map((each) => {
      const cells = Object.fromEntries(
        section.fields.map((field) => [field.id, each.cells?.[field.id] ?? ""]),
      );
      if (known.has(each.row)) return { row: each.row, cells };
      return { ...blankRow(section), name: each.name ?? each.row ?? "", cells };
    });
  const used = new Set(rows.map((row) => /** @type {Row} */ (row).row));
  return { rows, removed: [...known.keys()].filter((id) => !used.has(id)) };
}

/**
 * Stakeholders of one question on a line. macros/views/one_sheet.py says the same of those that are
 * committed; tests/vectors/people.json holds both to it.
 *
 * @param {{who?: string, name?: string, ask?: string}[]} stakeholders
 */
export function people(stakeholders) {
  const named = stakeholders.filter(({ who }) => who);
  return {
    names: named.map(({ who, name }) => (name ? `${who} (${name})` : String(who))).join("; "),
    ask: named.flatMap(({ ask }) => ask || []).join(" "),
  };
}

// --- drawing -------------------------------------------------------------------------------

/** @param {HTMLElement} page @param {Session} here */
function draw(page, { spec, draft }) {
  for (const place of page.querySelectorAll("[data-p]")) {
    const [id, field] = (place.getAttribute("data-p") ?? "").split(".");
    if (field) write(place, draft.forms[id]?.[field]);
  }
  list(page, sectionOf(spec, "stakeholders"), draft, (line, { cells }, question) => {
    fillIn(line, { question, names: cells.names, ask: cells.ask });
  });
  list(page, sectionOf(spec, "members"), draft, (line, { cells }, role) => {
    const share = Math.min(100, Math.max(0, Number(cells.share) || 0));
    fillIn(line, { role, who: cells.who, share: cells.share ? `${cells.share}% of the time` : "" });
    /** @type {HTMLElement} */ (line.querySelector("[data-p=bar]")).style.width = `${share}%`;
  });
  const matrix = sectionOf(spec, "raci");
  const lines = filled(draft, matrix).map(({ row, name }) => activity(matrix, row, name));
  page.querySelector('[data-pb-list="raci"]')?.replaceChildren(...lines);
  fit(page);
}

/** Rows that say something, with their names. @param {Draft} draft @param {SectionSpec} section */
const filled = (draft, section) =>
  draft.tables[section.id]
    .map((row, index) => ({ row, name: rowName(section, row, index) }))
    .filter(({ row }) => !isBlank(row));

/**
 * @param {HTMLElement} page
 * @param {SectionSpec} section
 * @param {Draft} draft
 * @param {(line: Element, row: Row, name: string) => void} show
 */
function list(page, section, draft, show) {
  const blank = /** @type {HTMLTemplateElement} */ (page.querySelector(`[data-pb-of="${section.id}"]`));
  const lines = filled(draft, section).map(({ row, name }) => {
    const line = /** @type {Element} */ (blank.content.firstElementChild?.cloneNode(true));
    show(line, row, name);
    return line;
  });
  page.querySelector(`[data-pb-list="${section.id}"]`)?.replaceChildren(...lines);
}

/** @param {SectionSpec} section @param {Row} row @param {string} name */
function activity(section, row, name) {
  const line = document.createElement("tr");
  const head = element("th", name);
  head.scope = "row";
  line.append(head);
  for (const field of section.fields) {
    const letters = String(row.cells[field.id] ?? "")
      .split("/")
      .filter(Boolean);
    line.insertCell().append(...letters.map((each) => element("b", each, `pb-letter pb-letter-${each}`)));
  }
  return line;
}

/** @param {Element} place @param {unknown} value */
function write(place, value) {
  const text = String(value ?? "");
  if (place.textContent !== text) place.textContent = text;
}

/** @param {Element} line @param {Record<string, unknown>} texts */
function fillIn(line, texts) {
  for (const [key, text] of Object.entries(texts)) {
    const place = line.querySelector(`[data-p="${key}"]`);
    if (place) write(place, text);
  }
}

/** @param {Element} each whether all of it can be seen */
const fits = (each) => each.scrollHeight <= each.clientHeight + 1;

/** As large as it can be read from across the room, and all of it on the page. @param {HTMLElement} page */
function fit(page) {
  const whole = () => fits(page) && [...page.querySelectorAll("section")].every(fits);
  let size = LARGEST;
  page.style.setProperty("--fit", String(size));
  while (!whole() && size > SMALLEST) {
    size = Math.max(SMALLEST, size - STEP);
    page.style.setProperty("--fit", String(size));
  }
  page.classList.toggle("pb-poster-full", !whole());
}
