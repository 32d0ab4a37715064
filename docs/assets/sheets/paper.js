// A sheet as it is printed: what was answered, as text that wraps, below a title block. It is made
// anew each time that the browser is about to print, so typing costs nothing. Without this script,
// the form itself is printed. The command line lays the same out: macros/sheets/partials/paper.html.j2.

import { element } from "./around.js";
import { answers, create, headed, isBlank, isEmpty, listed, rowName, shown } from "./draft.js";

/** @import {Draft, FieldSpec, Row, SectionSpec, Session, SheetSpec, Value} from "./shapes" */

const WIDE = 6; // columns that a page upright has room for
const MANY = 9; // columns that are printed smaller
const LONG = /\S{22}/; // letters of a word that no column is made wider for

/** Lay the sheet out whenever the page is printed. @param {HTMLFormElement} form @param {Session} here */
export function onPrint(form, here) {
  const put = () => {
    if (!form.isConnected) return removeEventListener("beforeprint", put);
    document.querySelector(".pb-print")?.remove();
    form.before(paper(form, here));
  };
  addEventListener("beforeprint", put);
}

/** @param {SheetSpec} spec @param {Draft} draft */
const untouched = (spec, draft) =>
  JSON.stringify(answers(spec, draft)) === JSON.stringify(answers(spec, create(spec, "")));

/** @param {HTMLFormElement} form @param {Session} here */
function paper(form, { spec, draft }) {
  const empty = untouched(spec, draft);
  const made = element("section", "", "pb-print");
  made.append(title(spec, draft, empty));
  for (const section of spec.sections) {
    if (section.table && !empty && draft.tables[section.id].every(isBlank)) continue;
    const part = element("section", "", section.table ? "pb-print-table" : "");
    part.append(element("h2", section.name));
    part.append(section.table ? table(section, draft, empty) : pairs(form, section, draft));
    made.append(part);
  }
  const result = form.querySelector("[data-pb-result]:not([hidden])");
  if (result && !empty) {
    const part = element("section", "");
    part.append(element("h2", "Result"), ...[...result.children].map((each) => each.cloneNode(true)));
    made.append(part);
  }
  if (draft.kept.length) {
    const part = element("section", "");
    const list = element("dl", "");
    list.append(...draft.kept.map(({ where, value }) => pair(where, value)));
    part.append(element("h2", "No longer in this sheet"), list);
    made.append(part);
  }
  const most = Math.max(...spec.sections.map((each) => (each.table ? each.fields.length : 0)));
  made.classList.toggle("pb-landscape", Boolean(spec.landscape) || most > WIDE);
  return made;
}

/**
 * Whose sheet it is, which one, of what day.
 *
 * @param {SheetSpec} spec
 * @param {Draft} draft
 * @param {boolean} empty
 */
function title(spec, draft, empty) {
  const made = element("header", "");
  const names = element("div", "");
  const logo = document.querySelector(".md-header .md-logo");
  const company = element("p", "", "pb-print-company");
  const picture = logo?.querySelector("img")?.cloneNode();
  if (picture) company.append(picture);
  const whose = logo?.getAttribute("aria-label") ?? "";
  company.append(whose);
  const name = element("p", spec.name, "pb-print-name");
  names.append(company, name);
  if (!empty) names.append(element("p", draft.name, "pb-print-draft"));
  const facts = element("dl", "");
  facts.append(
    pair("Date", empty ? "" : (draft.saved || new Date().toISOString()).slice(0, 10)),
    pair("In the room", ""),
  );
  made.append(names, facts);
  const foot = [whose, spec.name, empty ? "" : draft.name].filter(Boolean).join(" · ");
  document.documentElement.style.setProperty("--pb-foot", JSON.stringify(foot.replace(/\s+/g, " ")));
  return made;
}

/** @param {string} asked @param {string} text */
function pair(asked, text) {
  const made = element("div", "");
  made.append(element("dt", asked), element("dd", text, text ? "" : "pb-print-line"));
  return made;
}

/** @param {HTMLFormElement} form @param {SectionSpec} section @param {Draft} draft */
function pairs(form, section, draft) {
  const made = element("dl", "");
  for (const field of section.fields) {
    const value = draft.forms[section.id][field.id];
    // On the page, what is chosen may have a name that was typed, such as a candidate's.
    const control = form.elements.namedItem(`${section.id}.${field.id}`);
    const chosen = control instanceof HTMLSelectElement && value ? control.selectedOptions[0]?.text : "";
    const each = pair(field.name, chosen || said(field, value));
    each.classList.add(`pb-print-${field.type}`);
    made.append(each);
  }
  return made;
}

/** What an answer reads as on paper; a tick is a box. @param {FieldSpec} field @param {Value} value */
const said = (field, value) => (field.type === "checkbox" ? (value ? "☑" : "☐") : shown(field, value));

/** @param {SectionSpec} section @param {Draft} draft @param {boolean} empty */
function table(section, draft, empty) {
  const all = draft.tables[section.id];
  const rows = all.filter((row) => empty || !isBlank(row));
  // A column that waits for a name, and that nobody has named or used, is none.
  const fields = section.fields.filter(
    (field) => empty || !field.heading || headed(draft, field.heading) || used(field, rows),
  );
  const made = element("table", "", fields.length > MANY ? "pb-print-many" : "");
  const head = made.createTHead().insertRow();
  const heads = fields.map((field) => headed(draft, field.heading) || field.name);
  for (const text of isCalled(section) ? [section.label ?? "Row", ...heads] : heads) {
    const cell = element("th", text);
    cell.scope = "col";
    head.append(cell);
  }
  const body = made.createTBody();
  for (const row of rows) body.append(line(section, fields, row, all.indexOf(row), empty));
  return made;
}

/** Whether rows have names, and so a column for them. @param {SectionSpec} section */
const isCalled = ({ named, rows }) => Boolean(named || rows?.length);

/** @param {FieldSpec} field @param {Row[]} rows */
const used = (field, rows) => rows.some(({ cells }) => !isEmpty(cells[field.id]));

/**
 * @param {SectionSpec} section
 * @param {FieldSpec[]} fields
 * @param {Row} row
 * @param {number} index
 * @param {boolean} empty
 */
function line(section, fields, row, index, empty) {
  const made = element("tr", "", empty ? "pb-print-room" : "");
  if (isCalled(section)) {
    const name = element("th", row.row || row.name ? rowName(section, row, index) : "");
    name.scope = "row";
    name.classList.toggle("pb-print-break", LONG.test(name.textContent ?? ""));
    const note = row.note || (row.row && listed(section).get(row.row)?.note);
    if (note) name.append(element("span", note, "pb-print-note"));
    made.append(name);
  }
  for (const field of fields) {
    const text = said(field, row.cells[field.id]);
    made.append(element("td", text, `pb-print-${field.type}${LONG.test(text) ? " pb-print-break" : ""}`));
  }
  return made;
}
