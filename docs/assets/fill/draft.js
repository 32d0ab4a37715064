// A draft: what was answered on one sheet, as plain values. Nothing here knows the page.

/** @import {Cells, Draft, Field, Fitted, Row, Section, Spec, Value} from "./types" */

const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;
const DATE = /^\d{4}-\d\d-\d\d$/;
// eslint-disable-next-line no-control-regex
const UNWRITABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

export const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(6)), (each) => each.toString(36)).join("");

/**
 * Text without what no file format can hold (control characters, halves of characters), and with
 * one kind of line break. All of it becomes a space; the playbook's own files refuse the same.
 * @param {string} text
 */
export const clean = (text) => text.replace(/\r\n?/g, "\n").replace(UNWRITABLE, " ");

/** @param {Field} field @param {string} [prefilled] @returns {Value} */
export const initial = (field, prefilled = field.value ?? "") =>
  field.type === "checkbox" ? prefilled === "true" : prefilled;

/** @param {Value | undefined} value */
export const isEmpty = (value) => value === undefined || value === "" || value === false;

/** @param {Section} section @param {Record<string, string>} [values] @returns {Cells} */
const cellsOf = (section, values = {}) =>
  Object.fromEntries(section.fields.map((field) => [field.id, initial(field, values[field.id] ?? "")]));

/** @param {Section} section @returns {Row} */
export const blankRow = (section) => ({ cells: cellsOf(section) });

/** @param {Row} row */
export const isBlank = (row) => !row.row && !row.name && !row.note && Object.values(row.cells).every(isEmpty);

/**
 * A new draft, as the page is prefilled.
 * @param {Spec} spec @param {string} name @returns {Draft}
 */
export function create(spec, name) {
  /** @type {Draft} */
  const draft = { id: newId(), name, saved: "", rev: "", forms: {}, tables: {}, removed: {}, kept: [] };
  for (const section of spec.sections) {
    if (!section.table) {
      draft.forms[section.id] = Object.fromEntries(section.fields.map((field) => [field.id, initial(field)]));
      continue;
    }
    const rows = (section.rows ?? []).map((row) => ({ row: row.id, cells: cellsOf(section, row.values) }));
    draft.tables[section.id] = pad(section, rows);
    draft.removed[section.id] = [];
  }
  return draft;
}

/** @param {Section} section @param {Row[]} rows as many blank rows at the end as a new sheet has */
function pad(section, rows) {
  const own = rows.filter((row) => !row.row).length;
  for (let count = own; count < (section.blank ?? 0); count++) rows.push(blankRow(section));
  return rows;
}

/**
 * Whether a field can hold a value; else it is kept beside the sheet.
 * @param {Field} field @param {Value} value
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
 * Put saved answers into the sheet as it is today. Nothing is dropped: what has no place any more
 * is in `kept`, and the notes say what happened.
 * @param {Spec} spec
 * @param {{name: string, saved?: string, rev?: string, id?: string,
 *   answers: Record<string, Cells | Row[] | {removed?: boolean}[]>, kept?: {where: string, value: string}[],
 *   assembled?: Draft["assembled"]}} saved
 * @returns {Fitted}
 */
export function fit(spec, saved) {
  const draft = create(spec, saved.name);
  if (saved.id) draft.id = saved.id;
  draft.saved = saved.saved ?? "";
  draft.rev = saved.rev ?? "";
  if (saved.assembled) draft.assembled = saved.assembled;
  /** @type {string[]} */
  const notes = [];
  /** @type {Draft["kept"]} */
  const kept = [];
  /** @type {Set<string>} */
  const isNew = new Set();
  let moved = 0;

  /** @param {Section} section @param {Cells} from @param {Cells} into @param {string} where */
  const fill = (section, from, into, where) => {
    const used = new Set();
    for (const field of section.fields) {
      const pair = found(from, field);
      if (!pair) {
        if (Object.keys(from).length) isNew.add(`${section.name}: ${field.name}`);
        continue;
      }
      used.add(pair[0]);
      if (pair[0] !== field.id && !isEmpty(pair[1])) moved += 1;
      if (fits(field, pair[1])) into[field.id] = pair[1];
      else {
        into[field.id] = initial(field, "");
        kept.push({ where: `${where}.${field.id}`, value: String(pair[1]) });
      }
    }
    for (const [id, value] of Object.entries(from)) {
      if (!used.has(id) && !isEmpty(value)) kept.push({ where: `${where}.${id}`, value: value === true ? "yes" : String(value) });
    }
  };
  /** @param {Row} row @param {string} where */
  const keepRow = (row, where) => {
    const called = `${where}.${row.row ?? row.name ?? "row"}`;
    if (row.name && !row.row) kept.push({ where: `${where}.name`, value: row.name });
    if (row.note && !row.row) kept.push({ where: `${called}.note`, value: row.note });
    for (const [id, value] of Object.entries(row.cells)) {
      if (!isEmpty(value)) kept.push({ where: `${called}.${id}`, value: value === true ? "yes" : String(value) });
    }
  };

  const usedSections = new Set();
  for (const section of spec.sections) {
    const pair = found(saved.answers, section);
    if (!pair) continue;
    usedSections.add(pair[0]);
    const answers = pair[1];
    if (Array.isArray(answers) !== Boolean(section.table)) {
      keepAll(pair[0], answers);
      continue;
    }
    if (!section.table) {
      fill(section, /** @type {Cells} */ (answers), draft.forms[section.id], section.id);
      continue;
    }
    const known = new Map((section.rows ?? []).map((row) => [row.id, row]));
    /** @type {Row[]} */
    const rows = [];
    const seen = new Set();
    for (const each of /** @type {(Row & {removed?: boolean})[]} */ (answers)) {
      const id = each.row === undefined ? undefined : (section.renamed?.[each.row] ?? each.row);
      const spare = id !== undefined && (!known.has(id) || seen.has(id));
      if (each.removed) {
        if (id !== undefined && known.has(id) && !seen.has(id)) {
          if (section.open) draft.removed[section.id].push(id);
          seen.add(id);
        }
        continue;
      }
      if (id !== undefined && !spare) {
        seen.add(id);
        const row = { row: id, cells: cellsOf(section, known.get(id)?.values) };
        fill(section, each.cells, row.cells, `${section.id}.${id}`);
        rows.push(row);
      } else if (spare && !(section.open && section.named)) {
        keepRow(each, section.id);
      } else if (!spare && !section.open && rows.filter((row) => !row.row).length >= (section.blank ?? 0)) {
        keepRow(each, section.id);
      } else {
        // A row that the playbook no longer has stays as the team's own, if the sheet takes such rows.
        const row = blankRow(section);
        const name = each.name ?? each.row;
        if (section.named && name) {
          if (!section.names || section.names.some(([value]) => value === name)) row.name = name;
          else kept.push({ where: `${section.id}.name`, value: name });
        }
        if (section.noted && each.note) row.note = each.note;
        else if (each.note && !each.row) kept.push({ where: `${section.id}.note`, value: each.note });
        if (spare) notes.push(`“${name}” is no longer in the playbook; it stays as a row of your own.`);
        fill(section, each.cells, row.cells, `${section.id}.${each.row ?? "row"}`);
        rows.push(row);
      }
    }
    // Rows that the playbook has gained stand behind the neighbor that they have there.
    let before = "";
    for (const row of section.rows ?? []) {
      if (!seen.has(row.id)) {
        const at = rows.findIndex((each) => each.row === before);
        rows.splice(before && at >= 0 ? at + 1 : before ? rows.length : 0, 0, { row: row.id, cells: cellsOf(section, row.values) });
        notes.push(`New in the playbook: “${row.name}”.`);
      }
      if (!draft.removed[section.id].includes(row.id)) before = row.id;
    }
    draft.tables[section.id] = pad(section, rows);
  }
  for (const [id, answers] of Object.entries(saved.answers)) if (!usedSections.has(id)) keepAll(id, answers);

  /** @param {string} id @param {Cells | Row[] | {removed?: boolean}[]} answers */
  function keepAll(id, answers) {
    if (!Array.isArray(answers)) keepRow({ name: undefined, row: undefined, cells: answers }, id);
    else for (const each of /** @type {(Row & {removed?: boolean})[]} */ (answers)) if (!each.removed) keepRow(each, id);
  }

  const before = saved.kept ?? [];
  const returned = before.filter((each) => restore(spec, draft, each));
  draft.kept = [...before.filter((each) => !returned.includes(each)), ...kept];
  if (moved) notes.push(`${moved === 1 ? "One answer has" : `${moved} answers have`} moved to where this sheet asks for them now.`);
  if (isNew.size) notes.push(`New since this draft was saved: ${[...isNew].join("; ")}.`);
  if (returned.length) notes.push("Answers that were kept beside the sheet fit again, and are back in it.");
  if (kept.length) notes.push(`${kept.length === 1 ? "One answer no longer fits" : `${kept.length} answers no longer fit`} this sheet; kept below.`);
  return { draft, notes };
}

/** Put a kept answer back if its place is there again and free. @param {Spec} spec @param {Draft} draft @param {{where: string, value: string}} kept */
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
 * @param {Spec} spec @param {Draft} draft
 */
export function answers(spec, draft) {
  /** @type {Record<string, unknown>} */
  const result = {};
  for (const section of spec.sections) {
    if (!section.table) {
      result[section.id] = { ...draft.forms[section.id] };
      continue;
    }
    const names = new Map((section.rows ?? []).map((row) => [row.id, row.name]));
    result[section.id] = [
      ...draft.tables[section.id]
        .filter((row) => !isBlank(row))
        .map((row) => ({
          ...(row.row && { row: row.row }),
          ...((row.row || row.name) && { name: row.row ? names.get(row.row) : row.name }),
          ...(row.note && { note: row.note }),
          cells: { ...row.cells },
        })),
      ...draft.removed[section.id].map((id) => ({ row: id, name: names.get(id), removed: true })),
    ];
  }
  return result;
}

/** @param {Spec} spec @param {Draft} draft @returns {{given: number, all: number}} required answers */
export function progress(spec, draft) {
  let given = 0;
  let all = 0;
  for (const section of spec.sections) {
    const needed = section.fields.filter((field) => field.required);
    const lists = section.table ? draft.tables[section.id].filter((row) => row.row || !isBlank(row)).map((row) => row.cells) : [draft.forms[section.id]];
    for (const cells of lists) {
      all += needed.length;
      for (const field of needed) if (!isEmpty(cells[field.id])) given += 1;
    }
  }
  return { given, all };
}

/** What a row is called. @param {Section} section @param {Row} row @param {number} index */
export function rowName(section, row, index) {
  const listed = row.row && section.rows?.find((each) => each.id === row.row)?.name;
  const chosen = row.name && section.names?.find(([value]) => value === row.name)?.[1];
  return listed || chosen || row.name || `${section.label ?? "Row"} ${index + 1}`;
}
