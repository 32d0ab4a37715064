// A draft: what was answered on one sheet, as plain values. Nothing here knows the page.

/**
 * @import {Cells, Draft, FieldSpec, Kept, Row, RowSpec, Saved, SavedRow, SectionSpec, SheetSpec,
 *   Told, Value} from "./shapes"
 */

const DATE = /^(?!0000)\d{4}-\d\d-\d\d$/;
// Control characters, halves of characters, and what is none; a file with them is refused by others.
const UNWRITABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ud800-\udfff\ufffe\uffff]/gu;

export const newId = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(6)), (each) => each.toString(36)).join("");

/** Text that any format holds, as the playbook's own files do. @param {string} text */
export const clean = (text) => text.replace(/\r\n?/g, "\n").replace(UNWRITABLE, " ");

/** @param {FieldSpec} field @param {string} [prefilled] */
const initial = (field, prefilled = field.value ?? "") =>
  field.type === "checkbox" ? prefilled === "true" : prefilled;

/** @param {Value | undefined} value */
export const isEmpty = (value) => value === undefined || value === "" || value === false;

/** @param {SectionSpec} section @param {Record<string, string>} [values] */
const cellsOf = ({ fields }, values = {}) =>
  Object.fromEntries(
    fields.map((field) => [
      field.id,
      initial(field, Object.hasOwn(values, field.id) ? values[field.id] : ""),
    ]),
  );

/** @param {SectionSpec} section @returns {Row} */
export const blankRow = (section) => ({ cells: cellsOf(section) });

/** @type {WeakMap<SectionSpec, Map<string, RowSpec>>} */
const byId = new WeakMap();
/** The playbook's rows of a section, which never change. @param {SectionSpec} section */
export function listed(section) {
  let rows = byId.get(section);
  if (!rows) byId.set(section, (rows = new Map((section.rows ?? []).map((row) => [row.id, row]))));
  return rows;
}

/** Those rows as the page is prefilled. @param {SectionSpec} section */
export const prefilled = (section) => [...listed(section).values()].map((row) => prefilledRow(section, row));

/** @param {SectionSpec} section @param {RowSpec} row */
export const prefilledRow = (section, row) => ({ row: row.id, cells: cellsOf(section, row.values) });

/** Rows that say something. @param {Draft} draft @param {SectionSpec} section */
export const filledRows = (draft, section) => draft.tables[section.id].filter((row) => !isBlank(row));

/** @param {Row} row */
export const isBlank = (row) => !row.row && !row.name && !row.note && Object.values(row.cells).every(isEmpty);

/** A new draft, as the page is prefilled. @param {SheetSpec} spec @param {string} name */
export function create(spec, name) {
  /** @type {Draft} */
  const draft = { id: newId(), name, saved: "", rev: "", forms: {}, tables: {}, removed: {}, kept: [] };
  for (const section of spec.sections) {
    if (!section.table) {
      draft.forms[section.id] = Object.fromEntries(section.fields.map((field) => [field.id, initial(field)]));
      continue;
    }
    draft.tables[section.id] = pad(section, prefilled(section));
    draft.removed[section.id] = [];
  }
  return draft;
}

/** How many rows are not the playbook's. @param {Row[]} rows */
const added = (rows) => rows.filter((row) => !row.row).length;

/** As many blank rows at the end as a new sheet has. @param {SectionSpec} section @param {Row[]} rows */
function pad(section, rows) {
  for (let count = added(rows); count < (section.blank ?? 0); count++) rows.push(blankRow(section));
  return rows;
}

/** A day of the calendar. @param {string} text */
export const isDate = (text) =>
  DATE.test(text) && Date.parse(text) >= -1e15 && new Date(text).toISOString().startsWith(text);

/** Whether a field can hold a value; else it is kept. @param {FieldSpec} field @param {Value} value */
function fits(field, value) {
  if (field.type === "checkbox") return typeof value === "boolean";
  if (typeof value !== "string") return false;
  if (value === "") return true;
  if (field.type === "choice") return (field.choices ?? []).some(([each]) => each === value);
  if (field.type === "number") return isNumber(value);
  return field.type !== "date" || isDate(value);
}

/**
 * The id under which something was answered: today's, or one that it had before.
 *
 * @param {object} answers
 * @param {{id: string, was?: string[]}} asked
 */
const found = (answers, { id, was = [] }) => [id, ...was].find((each) => Object.hasOwn(answers, each));

/**
 * Put saved answers into the sheet as it is today. Nothing is dropped: what has no place any more
 * is kept, and the notes say what happened.
 *
 * @param {SheetSpec} spec
 * @param {Saved} saved
 */
export function fit(spec, saved) {
  const draft = create(spec, saved.name);
  if (saved.id) draft.id = saved.id;
  draft.saved = saved.saved ?? "";
  draft.rev = saved.rev ?? "";
  if (saved.assembled) draft.assembled = saved.assembled;
  /** @type {Told} */
  const told = { kept: [], news: [], isNew: new Set(), moved: 0 };
  const used = new Set();
  for (const section of spec.sections) {
    const id = found(saved.answers, section);
    if (id === undefined) continue;
    const answers = saved.answers[id];
    used.add(id);
    if (Array.isArray(answers) !== Boolean(section.table)) keepAll(id, answers, told);
    else if (Array.isArray(answers)) fillTable(section, answers, draft, told);
    else fill(section, answers, draft.forms[section.id], section.id, told);
  }
  for (const [id, answers] of Object.entries(saved.answers)) if (!used.has(id)) keepAll(id, answers, told);

  const before = saved.kept ?? [];
  const returned = before.filter((each) => restore(spec, draft, each));
  draft.kept = [...before.filter((each) => !returned.includes(each)), ...told.kept];
  return { draft, notes: notes(told, returned.length) };
}

/** @param {Told} told @param {number} returned how many answers that were kept have a place again */
function notes({ kept, news, isNew, moved }, returned) {
  const all = [...news];
  if (moved) {
    const answers = moved === 1 ? "One answer has" : `${moved} answers have`;
    all.push(`${answers} moved to where this sheet asks for them now.`);
  }
  if (isNew.size) all.push(`New since this draft was saved: ${[...isNew].join("; ")}.`);
  if (returned) all.push("Answers that were kept beside the sheet fit again, and are back in it.");
  if (kept.length) {
    const answers = kept.length === 1 ? "One answer no longer fits" : `${kept.length} answers no longer fit`;
    all.push(`${answers} this sheet; kept below.`);
  }
  return all;
}

/**
 * A row's or a form's answers into their fields.
 *
 * @param {SectionSpec} section
 * @param {Cells} from
 * @param {Cells} into
 * @param {string} where
 * @param {Told} told
 */
function fill(section, from, into, where, told) {
  const used = new Set();
  for (const field of section.fields) {
    const id = found(from, field);
    if (id === undefined) {
      if (Object.keys(from).length) told.isNew.add(`${section.name}: ${field.name}`);
      continue;
    }
    used.add(id);
    const value = from[id];
    if (id !== field.id && !isEmpty(value)) told.moved += 1;
    if (fits(field, value)) into[field.id] = value;
    else {
      into[field.id] = initial(field, "");
      keep(told, `${where}.${field.id}`, String(value));
    }
  }
  keepCells(Object.fromEntries(Object.entries(from).filter(([id]) => !used.has(id))), where, told);
}

/**
 * Saved rows into a table, and rows that the playbook has gained since.
 *
 * @param {SectionSpec} section
 * @param {SavedRow[]} given
 * @param {Draft} draft
 * @param {Told} told
 */
function fillTable(section, given, draft, told) {
  const { renamed = {}, blank = 0 } = section;
  const known = listed(section);
  const removed = draft.removed[section.id];
  /** @type {Row[]} */
  const rows = [];
  const seen = new Set();
  for (const each of given) {
    const id = each.row && (Object.hasOwn(renamed, each.row) ? renamed[each.row] : each.row);
    const spec = id && !seen.has(id) ? known.get(id) : undefined;
    const former = id && !spec; // no longer in the playbook, or here twice
    if (spec) seen.add(id);
    if (each.removed) {
      if (spec && section.open) removed.push(spec.id);
    } else if (spec) {
      const row = prefilledRow(section, spec);
      fill(section, each.cells, row.cells, `${section.id}.${id}`, told);
      rows.push(row);
    } else if (former ? section.open && section.named : section.open || added(rows) < blank) {
      rows.push(ownRow(section, each, told));
      if (!former) continue;
      const name = each.name || each.row;
      told.news.push(`“${name}” is no longer in the playbook; it stays as a row of your own.`);
    } else keepRow(each, section.id, told);
  }
  // Rows that the playbook has gained stand behind the neighbor that they have there.
  let before = "";
  for (const row of known.values()) {
    if (!seen.has(row.id)) {
      const neighbor = rows.findIndex((each) => each.row === before);
      const at = !before ? 0 : neighbor < 0 ? rows.length : neighbor + 1;
      rows.splice(at, 0, prefilledRow(section, row));
      told.news.push(`New in the playbook: “${row.name}”.`);
    }
    if (!removed.includes(row.id)) before = row.id;
  }
  draft.tables[section.id] = pad(section, rows);
}

/**
 * A row that was added, or one that the playbook no longer has: the team's own.
 *
 * @param {SectionSpec} section
 * @param {SavedRow} each
 * @param {Told} told
 */
function ownRow(section, each, told) {
  const { id, named, names, noted } = section;
  const row = blankRow(section);
  const name = each.name || each.row;
  if (named && name) {
    if (!names || names.some(([value]) => value === name)) row.name = name;
    else keep(told, `${id}.name`, name);
  } else if (each.name && !each.row) keep(told, `${id}.name`, each.name);
  if (noted && each.note) row.note = each.note;
  else if (each.note && !each.row) keep(told, `${id}.note`, each.note);
  fill(section, each.cells, row.cells, `${id}.${each.row || "row"}`, told);
  return row;
}

/** @param {Told} told @param {string} where @param {string} value */
const keep = ({ kept }, where, value) => kept.push({ where: clean(where).trim(), value });

/** @param {string} id @param {Cells | SavedRow[]} answers @param {Told} told */
function keepAll(id, answers, told) {
  if (!Array.isArray(answers)) keepRow({ cells: answers }, id, told);
  else for (const each of answers) if (!each.removed) keepRow(each, id, told);
}

/** @param {Row} row @param {string} where @param {Told} told */
function keepRow({ row, name, note, cells }, where, told) {
  const called = `${where}.${row || name || "row"}`;
  if (name && !row) keep(told, `${where}.name`, name);
  if (note && !row) keep(told, `${called}.note`, note);
  keepCells(cells, called, told);
}

/** @param {Cells} cells @param {string} where @param {Told} told */
function keepCells(cells, where, told) {
  for (const [id, value] of Object.entries(cells)) {
    if (!isEmpty(value)) keep(told, `${where}.${id}`, value === true ? "yes" : String(value));
  }
}

/**
 * Put a kept answer back if its place is there again and free.
 *
 * @param {SheetSpec} spec
 * @param {Draft} draft
 * @param {Kept} kept
 */
function restore(spec, draft, { where, value }) {
  const parts = where.split(".");
  const section = spec.sections.find((each) => each.id === parts[0]);
  const field = section?.fields.find((each) => each.id === parts[parts.length - 1]);
  if (!section || !field || field.type === "checkbox" || !fits(field, value)) return false;
  const cells = section.table
    ? parts.length === 3 && draft.tables[section.id].find((row) => row.row === parts[1])?.cells
    : parts.length === 2 && draft.forms[section.id];
  if (!cells || !isEmpty(cells[field.id])) return false;
  cells[field.id] = value;
  return true;
}

/**
 * Everything that was answered, as it goes into a file: every question, answered or not, so that a
 * file says by itself what it knew, and no row that nobody touched.
 *
 * @param {SheetSpec} spec
 * @param {Draft} draft
 */
export const answers = (spec, draft) =>
  Object.fromEntries(
    spec.sections.map((section) => {
      const { id } = section;
      if (!section.table) return [id, { ...draft.forms[id] }];
      const nameOf = (/** @type {string} */ row) => listed(section).get(row)?.name;
      const rows = filledRows(draft, section).map(({ row, name, note, cells }) => ({
        ...(row && { row }),
        ...((row || name) && { name: row ? nameOf(row) : name }),
        ...(note && { note }),
        cells: { ...cells },
      }));
      const removed = draft.removed[id].map((row) => ({ row, name: nameOf(row), removed: true }));
      return [id, [...rows, ...removed]];
    }),
  );

/** How many of the required answers are given. @param {SheetSpec} spec @param {Draft} draft */
export function progress(spec, draft) {
  const values = spec.sections.flatMap((section) => {
    const needed = section.fields.filter((field) => field.required);
    const lists = section.table ? filledRows(draft, section) : [{ cells: draft.forms[section.id] }];
    return lists.flatMap(({ cells }) => needed.map((field) => cells[field.id]));
  });
  return { given: values.filter((value) => !isEmpty(value)).length, all: values.length };
}

/** What a row is called. @param {SectionSpec} section @param {Row} row @param {number} index */
export function rowName(section, row, index) {
  const known = row.row && listed(section).get(row.row)?.name;
  const chosen = row.name && section.names?.find(([value]) => value === row.name)?.[1];
  return known || chosen || row.name || `${section.label ?? "Row"} ${index + 1}`;
}

/**
 * What an answer reads as; a choice among columns by what those are called.
 *
 * @param {FieldSpec} field @param {Value | undefined} value @param {Map<string, string>} [names]
 */
export function shown(field, value, names) {
  if (field.type === "checkbox") return value ? "yes" : "";
  const text = String(value ?? "");
  if (field.type === "choice") {
    const choices = field.choices ?? [];
    const isNamed = choices.some(([each]) => each === text) && choices.every(([each]) => names?.get(each));
    if (isNamed) return names?.get(text) ?? text;
    return choices.find(([each]) => each === text)?.[1] ?? text;
  }
  if (!text || !field.unit) return text;
  if (field.unit === "$") return `$${text}`;
  return field.unit === "%" ? `${text}%` : `${text} ${field.unit}`;
}

/**
 * What heads a column that another answer names, such as `people.row-1.name`; empty while it is not given.
 *
 * @param {Draft} draft
 * @param {string} [heading] where that answer stands
 */
export function headed({ forms, tables }, heading = "") {
  const path = heading.split(".");
  const [section, row, id] = path.length === 2 ? [path[0], "", path[1]] : path;
  const added = tables[section]?.filter((each) => !each.row);
  const cells = row ? added?.[Number(row.slice("row-".length)) - 1]?.cells : forms[section];
  return String(cells?.[id] ?? "");
}

// --- numbers, read by macros/sheets/meaning.py alike -----------------------------------------

const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;
// What separates thousands, and whether a comma is left. One before three digits alone can be both.
/** @type {[RegExp, RegExp, boolean][]} */
const WRITTEN = [
  [/^[-+]?\d{1,3}(?:[ '’]\d{3})+(?:[.,]\d+)?$/, /[ '’]/g, true],
  [/^[-+]?\d{1,3}(?:,\d{2,3})*,\d{3}\.\d+$|^[-+]?\d{1,3}(?:,\d{2,3})+,\d{3}$/, /,/g, false],
  [/^[-+]?\d{1,3}(?:\.\d{3})+,\d+$|^[-+]?\d{1,3}(?:\.\d{3}){2,}$/, /\./g, true],
  [/^(?![-+]?[1-9]\d{0,2},\d{3}$)[-+]?\d+,\d*$/, /^$/, true],
];

/** @param {string} text */
export const plain = (text) => text.normalize("NFKC").replaceAll("−", "-").trim();

/** @param {string} text */
export const isNumber = (text) => NUMBER.test(text);

/** As files hold it, if it can be read in one way. @param {string} text */
export function number(text) {
  const short = plain(text);
  if (isNumber(short) || !short) return short;
  const found = WRITTEN.find(([form]) => form.test(short));
  if (!found) return undefined;
  const digits = short.replace(found[1], "");
  return found[2] ? digits.replace(",", ".") : digits;
}
