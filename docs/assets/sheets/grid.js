// Answers in a workbook: found by the ids in its cells, wherever those stand, as in
// macros/sheets/grid.py. What stands beside the questions is kept.

import { answer, textCell } from "./cells.js";
import { clean } from "./draft.js";
import { fieldOf, sectionOf } from "./meaning.js";
import { CONTINUED, MARK, called } from "./text.js";

/**
 * @import {Block, Cell, Cells, Kept, Row, Saved, SavedRow, SectionSpec, SheetSpec, Value,
 *   Worksheet} from "./shapes"
 */

/** @typedef {Map<string, Cell>} Line Cells by what their column holds. */

/** What the sheet about a draft says, a line each. */
const ABOUT = ["template", "format", "draft", "saved"];

/** What its cells say that are not blank, from left to right. @param {Map<number, Cell>} row */
const texts = (row) => inOrder(row).flatMap(([, { shown }]) => clean(shown).trim() || []);

/** @param {Map<number, Cell>} row */
const inOrder = (row) => [...row].sort(([one], [other]) => one - other);

/** What the sheet about the draft says. @param {Worksheet[]} sheets @returns {Record<string, string>} */
export function about(sheets) {
  const found = sheets.map(aboutIn).filter((each) => each.template !== undefined);
  return found.find((each) => each.format !== undefined) ?? found[0] ?? {};
}

/** @param {Worksheet} sheet */
function aboutIn({ rows }) {
  /** @type {Record<string, string>} */
  const found = {};
  for (const row of rows.values()) {
    const [first, second] = texts(row);
    if (second !== undefined && ABOUT.includes(first)) found[first] ??= second;
  }
  return found;
}

/**
 * Answers by section, and what belongs to no question.
 *
 * @param {SheetSpec} spec @param {Worksheet[]} sheets
 * @returns {{answers: Saved["answers"], kept: Kept[]}}
 */
export function answersIn(spec, sheets) {
  const found = { spec, answers: Object.create(null), kept: [] };
  for (const sheet of sheets) takeSheet(found, sheet);
  namedAgain(found);
  return found;
}

/**
 * Put the column's id where a choice says what the column is called, such as a candidate's name.
 *
 * @param {Found} found
 */
function namedAgain({ spec, answers }) {
  /** @type {[Record<string, Cells>, Record<string, Row[]>]} */
  const [forms, tables] = [{}, {}];
  for (const [id, given] of Object.entries(answers)) {
    if (Array.isArray(given)) tables[id] = given.filter((row) => !row.removed);
    else forms[id] = given;
  }
  const names = called(spec, { forms, tables });
  for (const { id, was = [], fields } of spec.sections) {
    const cells = [id, ...was].map((each) => forms[each]).find(Boolean) ?? {};
    for (const field of fields) {
      const choices = (field.choices ?? []).map(([value]) => value);
      const text = String(cells[field.id] ?? "");
      if (!text || choices.includes(text) || !choices.length || !choices.every((each) => names.has(each)))
        continue;
      const said = text.trim().toLowerCase();
      const meant = choices.filter((each) => names.get(each)?.toLowerCase() === said);
      if (meant.length === 1) [cells[field.id]] = meant;
    }
  }
}

/** @typedef {{spec: SheetSpec, answers: Saved["answers"], kept: Kept[]}} Found */

/** @param {Found} found @param {string} where @param {string} value */
function keep(found, where, value) {
  if (value) found.kept.push({ where: clean(where), value: clean(value) });
}

/** @param {Found} found @param {Worksheet} sheet */
function takeSheet(found, sheet) {
  const outside = [];
  /** @type {Block[]} */
  const blocks = [];
  const said = aboutIn(sheet);
  const isAbout = said.template !== undefined && said.format !== undefined;
  for (const [number, cells] of sheet.rows) {
    const begun = heading(number, cells);
    const words = texts(cells);
    const block = blocks[blocks.length - 1];
    if (words[0]?.startsWith(MARK)) {
      // For people alone; what somebody has written over it is kept.
      if (words.join("\t") !== `${words[0]}\t${words[0].slice(MARK.length)}`) {
        keep(found, sheet.name, words.slice(1).join("\t"));
      }
    } else if (begun) blocks.push(begun);
    else if (block) {
      const what = (/** @type {number} */ column) => block.columns.get(column) ?? `+${letters(column)}`;
      block.rows.push(new Map(inOrder(cells).map(([column, cell]) => [what(column), cell])));
      block.numbers.push(number);
    } else if (words.length && !(isAbout && ABOUT.includes(words[0]))) outside.push(words.join("\t"));
  }
  /** @type {Map<string, string>} */
  const places = new Map();
  for (const block of blocks) takeBlock(found, block, places);
  if (outside.length) keep(found, sheet.name, outside.join("\n"));
  for (const { row, column, said } of sheet.remarks) {
    const where = places.get(`${row} ${column}`) ?? `${sheet.name} ${letters(column)}${row}`;
    keep(found, `${where} (remark)`, said);
  }
}

/** A column as people name it. @param {number} column @returns {string} */
const letters = (column) =>
  column > 0 ? letters(Math.floor((column - 1) / 26)) + String.fromCharCode(65 + ((column - 1) % 26)) : "";

const KINDS = /** @type {const} */ ({
  "question answer": "form",
  "where value": "kept",
  "name note": "table",
});

/**
 * The rows that begin with a line of ids, if this is one.
 *
 * @param {number} number @param {Map<number, Cell>} cells
 */
function heading(number, cells) {
  const columns = inOrder(cells).flatMap(([column, { shown }]) => (clean(shown).trim() ? column : []));
  const [id, second, third, ...fields] = texts(cells);
  const pair = `${second} ${third}`;
  const kind =
    third !== undefined && Object.hasOwn(KINDS, pair) ? KINDS[/** @type {keyof typeof KINDS} */ (pair)] : "";
  if (!kind || (kind === "kept") !== (id === "kept:")) return undefined;
  const known = ["id", "name", kind === "table" ? "note" : "answer"];
  if (kind === "table") known.push(...fields.map((each) => `.${each}`));
  /** @type {Block} */
  const block = { number, id, kind, columns: new Map(), rows: [], numbers: [], heads: new Map() };
  columns.forEach((column, index) => known[index] && block.columns.set(column, known[index]));
  return block;
}

/**
 * Take up the rows below a heading.
 *
 * @param {Found} found @param {Block} block @param {Map<string, string>} places
 */
function takeBlock(found, block, places) {
  const section = sectionOf(found.spec.sections, block.id);
  takeLabels(block, section);
  const columns = new Map([...block.columns].map(([column, what]) => [what, column]));
  const before = Object.values(found.answers[block.id] ?? []).length;
  for (const { number, row } of joined(block)) {
    const id = text(row, "id");
    if (block.kind === "kept") {
      keep(found, text(row, "name"), shown(row, "answer"));
      continue;
    }
    const called = id || text(row, "name") || "row";
    if (block.kind === "form") {
      places.set(`${number} ${columns.get("answer")}`, `${block.id}.${called}`);
      takeAnswer(found, block.id, section, row);
    } else {
      for (const [what, column] of columns) {
        places.set(`${number} ${column}`, `${block.id}.${called}${what[0] === "." ? what : ""}`);
      }
      takeRow(found, block.id, section, row, { columns: [...columns.keys()], before });
    }
    for (const [what, cell] of row) {
      if (what[0] !== "+") continue;
      keep(found, `${block.id}.${called}: ${text(block.heads, what) || what.slice(1)}`, cell.shown);
    }
  }
}

/** @param {Found} found @param {string} home @param {SectionSpec | undefined} section @param {Line} row */
function takeAnswer(found, home, section, row) {
  const id = text(row, "id");
  const cell = row.get("answer") ?? textCell("");
  const name = text(row, "name");
  if (!id) return keep(found, cell.shown && name ? `${home}: ${name}` : home, cell.shown || name);
  const given = (found.answers[home] ??= Object.create(null));
  if (Array.isArray(given)) keep(found, `${home}.${id}`, cell.shown);
  else merge(found, given, { [id]: asked(section, id, cell) }, home);
}

/** @param {SectionSpec | undefined} section @param {string} id @param {Cell} cell @returns {Value} */
function asked(section, id, cell) {
  return answer(fieldOf(section, id), { ...cell, shown: clean(cell.shown) });
}

/**
 * @param {Found} found @param {string} home @param {SectionSpec | undefined} section @param {Line} row
 * @param {{columns: string[], before: number}} block what its columns hold, and how many rows there were
 *   before it: one of the team's that stood among them is a copy
 */
function takeRow(found, home, section, row, { columns, before }) {
  const id = text(row, "id");
  const given = (found.answers[home] ??= []);
  const fields = columns.filter((each) => each[0] === ".");
  const cells = Object.fromEntries(
    fields.map((each) => [each.slice(1), asked(section, each.slice(1), row.get(each) ?? textCell(""))]),
  );
  const [name, note] = [clean(shown(row, "name")), clean(shown(row, "note"))];
  /** @type {SavedRow} */
  const made = id.startsWith("removed:")
    ? { row: id.slice("removed:".length), removed: true, cells: {} }
    : { ...(id && { row: id }), ...(name && { name }), ...(note && { note }), cells };
  if (!Array.isArray(given) || !(id || name || note || Object.values(cells).some(Boolean))) {
    for (const [field, value] of Object.entries(cells)) {
      keep(found, `${home}.${name || "row"}.${field}`, value === true ? "yes" : String(value || ""));
    }
    return;
  }
  const there = id ? given.find((each) => each.row === made.row) : undefined;
  const same = (/** @type {SavedRow} */ each) => JSON.stringify(each) === JSON.stringify(made);
  if (!there && (id || !given.slice(0, before).some(same))) given.push(made);
  else if (there && !there.removed) merge(found, there.cells, cells, `${home}.${id}`);
}

/**
 * The first of two answers counts, and another one is kept.
 *
 * @param {Found} found @param {Cells} into @param {Cells} cells @param {string} where
 */
function merge(found, into, cells, where) {
  for (const [id, value] of Object.entries(cells)) {
    if (!into[id]) into[id] = value;
    else if (value && value !== into[id]) keep(found, `${where}.${id}`, value === true ? "yes" : value);
  }
}

/**
 * Take people's headings out of a block, wherever they were sorted to.
 *
 * @param {Block} block @param {SectionSpec | undefined} section
 */
function takeLabels(block, section) {
  let labels =
    block.kind === "form"
      ? ["Question", "Answer"]
      : block.kind === "kept"
        ? ["Was asked as", "Answer"]
        : ["", ""];
  if (section && block.kind === "table")
    labels = [section.label ?? "Row", section.noted ? "What it covers" : ""];
  const names = new Map(section?.fields.map((field) => [`.${field.id}`, field.name]));
  const says = (/** @type {Line} */ row) =>
    text(row, "name") === labels[0] &&
    (text(row, "note") || text(row, "answer")) === labels[1] &&
    [...row.keys()].every((what) => what[0] !== "." || names.get(what) === text(row, what));
  let at = block.rows.findIndex((row) => !text(row, "id") && says(row));
  const first = block.rows[0];
  if (at < 0 && first && !text(first, "id") && block.numbers[0] === block.number + 1) {
    // It says something else in an older file, though not in all of its columns.
    const known = new Set([...labels, ...names.values()].filter(Boolean));
    if (!section || [...first.keys()].some((what) => known.has(text(first, what)))) at = 0;
  }
  if (at < 0) return;
  [block.heads] = block.rows.splice(at, 1);
  block.numbers.splice(at, 1);
}

/** Answers that went on in rows below are put together again. @param {Block} block */
function joined({ rows, numbers }) {
  /** @type {{number: number, row: Line}[]} */
  const found = [];
  rows.forEach((row, index) => {
    const last = found[found.length - 1];
    if (text(row, "id") !== CONTINUED || !last) found.push({ number: numbers[index], row: new Map(row) });
    else
      for (const [what, cell] of row)
        if (what !== "id") last.row.set(what, textCell(shown(last.row, what) + cell.shown));
  });
  return found;
}

/** @param {Line} row @param {string} what */
const shown = (row, what) => row.get(what)?.shown ?? "";

/** @param {Line} row @param {string} what */
const text = (row, what) => clean(shown(row, what)).trim();
