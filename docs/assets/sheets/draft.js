// A draft: what was answered on one sheet, as plain values. Nothing here knows the page.

/** @import {Cells, Draft, Fitted, Row, Value} from "./answers" */
/** @import {FieldSpec, RowSpec, SectionSpec, SheetSpec} from "./types" */

const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;
const DATE = /^\d{4}-\d\d-\d\d$/;
// eslint-disable-next-line no-control-regex
const UNWRITABLE =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

export const newId = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(6)), (each) => each.toString(36)).join("");

/**
 * Text without what no file format can hold (control characters, halves of characters), and with
 * one kind of line break. All of it becomes a space; the playbook's own files refuse the same.
 * @param {string} text
 */
export const clean = (text) => text.replace(/\r\n?/g, "\n").replace(UNWRITABLE, " ");

/** @param {FieldSpec} field @param {string} [prefilled] @returns {Value} */
export const initial = (field, prefilled = field.value ?? "") =>
  field.type === "checkbox" ? prefilled === "true" : prefilled;

/** @param {Value | undefined} value */
export const isEmpty = (value) => value === undefined || value === "" || value === false;

/** @param {SectionSpec} section @param {Record<string, string>} [values] @returns {Cells} */
const cellsOf = (section, values = {}) =>
  Object.fromEntries(section.fields.map((field) => [field.id, initial(field, values[field.id] ?? "")]));

/** @param {SectionSpec} section @returns {Row} */
export const blankRow = (section) => ({ cells: cellsOf(section) });

/** @type {WeakMap<SectionSpec, Map<string, RowSpec>>} */
const byId = new WeakMap();
/** A section's rows of the playbook by id; a section never changes. @param {SectionSpec} section */
export function listed(section) {
  let rows = byId.get(section);
  if (!rows) byId.set(section, (rows = new Map((section.rows ?? []).map((row) => [row.id, row]))));
  return rows;
}

/** Those rows as the page is prefilled. @param {SectionSpec} section @returns {Row[]} */
export const prefilled = (section) => [...listed(section).values()].map((row) => prefilledRow(section, row));

/** @param {SectionSpec} section @param {RowSpec} row @returns {Row} */
const prefilledRow = (section, row) => ({ row: row.id, cells: cellsOf(section, row.values) });

/** Rows that say something: those of the playbook, and those that were added and filled. @param {Draft} draft @param {SectionSpec} section */
export const filledRows = (draft, section) => draft.tables[section.id].filter((row) => !isBlank(row));

/** @param {Row} row */
export const isBlank = (row) => !row.row && !row.name && !row.note && Object.values(row.cells).every(isEmpty);

/**
 * A new draft, as the page is prefilled.
 * @param {SheetSpec} spec @param {string} name @returns {Draft}
 */
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

/** @param {SectionSpec} section @param {Row[]} rows as many blank rows at the end as a new sheet has */
function pad(section, rows) {
  const own = rows.filter((row) => !row.row).length;
  for (let count = own; count < (section.blank ?? 0); count++) rows.push(blankRow(section));
  return rows;
}

/**
 * Whether a field can hold a value; else it is kept beside the sheet.
 * @param {FieldSpec} field @param {Value} value
 */
function fits(field, value) {
  if (field.type === "checkbox") return typeof value === "boolean";
  if (typeof value !== "string") return false;
  if (value === "") return true;
  if (field.type === "choice") return (field.choices ?? []).some(([each]) => each === value);
  if (field.type === "number") return NUMBER.test(value);
  return field.type !== "date" || DATE.test(value);
}

/**
 * What was answered under an id, or under one that it had before.
 * @template T @param {Record<string, T>} answers @param {{id: string, was?: string[]}} named
 * @returns {[string, T] | undefined}
 */
function found(answers, named) {
  for (const id of [named.id, ...(named.was ?? [])]) if (Object.hasOwn(answers, id)) return [id, answers[id]];
  return undefined;
}

/**
 * What fitting old answers has to tell.
 * @typedef {{kept: Draft["kept"], notes: string[], isNew: Set<string>, moved: number}} Told
 * @typedef {Row & {removed?: boolean}} SavedRow
 */

/**
 * Put saved answers into the sheet as it is today. Nothing is dropped: what has no place any more
 * is in `kept`, and the notes say what happened.
 * @param {SheetSpec} spec
 * @param {{name: string, saved?: string, rev?: string, id?: string,
 *   answers: Record<string, Cells | SavedRow[]>, kept?: {where: string, value: string}[],
 *   assembled?: Draft["assembled"]}} saved
 * @returns {Fitted}
 */
export function fit(spec, saved) {
  const draft = create(spec, saved.name);
  if (saved.id) draft.id = saved.id;
  draft.saved = saved.saved ?? "";
  draft.rev = saved.rev ?? "";
  if (saved.assembled) draft.assembled = saved.assembled;
  /** @type {Told} */
  const told = { kept: [], notes: [], isNew: new Set(), moved: 0 };
  const used = new Set();
  for (const section of spec.sections) {
    const pair = found(saved.answers, section);
    if (!pair) continue;
    const [id, answers] = pair;
    used.add(id);
    if (Array.isArray(answers) !== Boolean(section.table)) keepAll(id, answers, told);
    else if (Array.isArray(answers)) fillTable(section, answers, draft, told);
    else fill(section, answers, draft.forms[section.id], section.id, told);
  }
  for (const [id, answers] of Object.entries(saved.answers)) if (!used.has(id)) keepAll(id, answers, told);

  const { kept, notes, isNew, moved } = told;
  const before = saved.kept ?? [];
  const returned = before.filter((each) => restore(spec, draft, each));
  draft.kept = [...before.filter((each) => !returned.includes(each)), ...kept];
  if (moved)
    notes.push(
      `${moved === 1 ? "One answer has" : `${moved} answers have`} moved to where this sheet asks for them now.`,
    );
  if (isNew.size) notes.push(`New since this draft was saved: ${[...isNew].join("; ")}.`);
  if (returned.length) notes.push("Answers that were kept beside the sheet fit again, and are back in it.");
  if (kept.length)
    notes.push(
      `${kept.length === 1 ? "One answer no longer fits" : `${kept.length} answers no longer fit`} this sheet; kept below.`,
    );
  return { draft, notes };
}

/** A row's or a form's answers into their fields. @param {SectionSpec} section @param {Cells} from @param {Cells} into @param {string} where @param {Told} told */
function fill(section, from, into, where, told) {
  const used = new Set();
  for (const field of section.fields) {
    const pair = found(from, field);
    if (!pair) {
      if (Object.keys(from).length) told.isNew.add(`${section.name}: ${field.name}`);
      continue;
    }
    used.add(pair[0]);
    if (pair[0] !== field.id && !isEmpty(pair[1])) told.moved += 1;
    if (fits(field, pair[1])) into[field.id] = pair[1];
    else {
      into[field.id] = initial(field, "");
      told.kept.push({ where: `${where}.${field.id}`, value: String(pair[1]) });
    }
  }
  keepCells(Object.fromEntries(Object.entries(from).filter(([id]) => !used.has(id))), where, told);
}

/** Saved rows into a table, and rows that the playbook has gained since. @param {SectionSpec} section @param {SavedRow[]} given @param {Draft} draft @param {Told} told */
function fillTable(section, given, draft, told) {
  const known = listed(section);
  const removed = draft.removed[section.id];
  /** @type {Row[]} */
  const rows = [];
  const seen = new Set();
  for (const each of given) {
    const id = each.row === undefined ? undefined : (section.renamed?.[each.row] ?? each.row);
    const spec = id !== undefined && !seen.has(id) ? known.get(id) : undefined;
    const spare = id !== undefined && !spec;
    if (each.removed) {
      if (spec && section.open) removed.push(spec.id);
      if (spec) seen.add(id);
    } else if (spec) {
      seen.add(id);
      const row = prefilledRow(section, spec);
      fill(section, each.cells, row.cells, `${section.id}.${id}`, told);
      rows.push(row);
    } else if (
      spare
        ? !(section.open && section.named)
        : !section.open && rows.filter((row) => !row.row).length >= (section.blank ?? 0)
    ) {
      keepRow(each, section.id, told);
    } else {
      rows.push(ownRow(section, each, told));
      if (spare)
        told.notes.push(
          `“${each.name ?? each.row}” is no longer in the playbook; it stays as a row of your own.`,
        );
    }
  }
  // Rows that the playbook has gained stand behind the neighbor that they have there.
  let before = "";
  for (const row of known.values()) {
    if (!seen.has(row.id)) {
      const at = rows.findIndex((each) => each.row === before);
      rows.splice(before && at >= 0 ? at + 1 : before ? rows.length : 0, 0, prefilledRow(section, row));
      told.notes.push(`New in the playbook: “${row.name}”.`);
    }
    if (!removed.includes(row.id)) before = row.id;
  }
  draft.tables[section.id] = pad(section, rows);
}

/** A row that was added, or one that the playbook no longer has: the team's own. @param {SectionSpec} section @param {SavedRow} each @param {Told} told @returns {Row} */
function ownRow(section, each, told) {
  const row = blankRow(section);
  const name = each.name ?? each.row;
  if (section.named && name) {
    if (!section.names || section.names.some(([value]) => value === name)) row.name = name;
    else told.kept.push({ where: `${section.id}.name`, value: name });
  }
  if (section.noted && each.note) row.note = each.note;
  else if (each.note && !each.row) told.kept.push({ where: `${section.id}.note`, value: each.note });
  fill(section, each.cells, row.cells, `${section.id}.${each.row ?? "row"}`, told);
  return row;
}

/** @param {string} id @param {Cells | SavedRow[]} answers @param {Told} told */
function keepAll(id, answers, told) {
  if (!Array.isArray(answers)) keepRow({ cells: answers }, id, told);
  else for (const each of answers) if (!each.removed) keepRow(each, id, told);
}

/** @param {Row} row @param {string} where @param {Told} told */
function keepRow(row, where, told) {
  const called = `${where}.${row.row ?? row.name ?? "row"}`;
  if (row.name && !row.row) told.kept.push({ where: `${where}.name`, value: row.name });
  if (row.note && !row.row) told.kept.push({ where: `${called}.note`, value: row.note });
  keepCells(row.cells, called, told);
}

/** @param {Cells} cells @param {string} where @param {Told} told */
function keepCells(cells, where, told) {
  for (const [id, value] of Object.entries(cells)) {
    if (!isEmpty(value))
      told.kept.push({ where: `${where}.${id}`, value: value === true ? "yes" : String(value) });
  }
}

/** Put a kept answer back if its place is there again and free. @param {SheetSpec} spec @param {Draft} draft @param {{where: string, value: string}} kept */
function restore(spec, draft, kept) {
  const parts = kept.where.split(".");
  const section = spec.sections.find((each) => each.id === parts[0]);
  const field = section?.fields.find((each) => each.id === parts[parts.length - 1]);
  if (!section || !field || field.type === "checkbox" || !fits(field, kept.value)) return false;
  const cells = section.table
    ? parts.length === 3 && draft.tables[section.id].find((row) => row.row === parts[1])?.cells
    : parts.length === 2 && draft.forms[section.id];
  if (!cells || !isEmpty(cells[field.id])) return false;
  cells[field.id] = kept.value;
  return true;
}

/**
 * Everything that was answered, as it goes into a file: every question, answered or not, so that a
 * file says by itself what it knew. Rows that nobody touched are left out.
 * @param {SheetSpec} spec @param {Draft} draft
 */
export function answers(spec, draft) {
  /** @type {Record<string, unknown>} */
  const result = {};
  for (const section of spec.sections) {
    if (!section.table) {
      result[section.id] = { ...draft.forms[section.id] };
      continue;
    }
    result[section.id] = [
      ...filledRows(draft, section).map((row) => ({
        ...(row.row && { row: row.row }),
        ...((row.row || row.name) && { name: row.row ? listed(section).get(row.row)?.name : row.name }),
        ...(row.note && { note: row.note }),
        cells: { ...row.cells },
      })),
      ...draft.removed[section.id].map((id) => ({
        row: id,
        name: listed(section).get(id)?.name,
        removed: true,
      })),
    ];
  }
  return result;
}

/** @param {SheetSpec} spec @param {Draft} draft @returns {{given: number, all: number}} required answers */
export function progress(spec, draft) {
  let given = 0;
  let all = 0;
  for (const section of spec.sections) {
    const needed = section.fields.filter((field) => field.required);
    const lists = section.table
      ? filledRows(draft, section).map((row) => row.cells)
      : [draft.forms[section.id]];
    for (const cells of lists) {
      all += needed.length;
      for (const field of needed) if (!isEmpty(cells[field.id])) given += 1;
    }
  }
  return { given, all };
}

/** What a row is called. @param {SectionSpec} section @param {Row} row @param {number} index */
export function rowName(section, row, index) {
  const known = row.row && listed(section).get(row.row)?.name;
  const chosen = row.name && section.names?.find(([value]) => value === row.name)?.[1];
  return known || chosen || row.name || `${section.label ?? "Row"} ${index + 1}`;
}
