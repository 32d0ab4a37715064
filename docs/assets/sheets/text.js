// A draft as lines and cells: Markdown, CSV, and the grid that becomes a workbook. The command line
// writes the same (macros/sheets/); tests/vectors/ holds both to it.

import { answers, filledRows, isBlank, listed, rowName, shown } from "./draft.js";

/** @import {Draft, SectionSpec, SheetSpec, Value} from "./shapes" */

// --- Markdown ------------------------------------------------------------------------------

const MARKDOWN = /[\\`*_{}[\]<>&|~#!$]/g;

/**
 * Text that Markdown shows as it is, in a paragraph or in a cell of a table: nothing in it is
 * markup, HTML or a template. Entities where a backslash is not understood everywhere.
 *
 * @param {string} text
 */
export const markdown = (text) =>
  text
    .replace(MARKDOWN, (each) => ("<>&|~!$#{}".includes(each) ? `&#${each.charCodeAt(0)};` : `\\${each}`))
    .replaceAll("\n", "<br>");

/** @param {SheetSpec} spec @param {Draft} draft */
export function asMarkdown(spec, draft) {
  const lines = [`# ${markdown(spec.name)}: ${markdown(draft.name)}`, ""];
  for (const section of spec.sections) {
    const part = section.table ? tableLines(section, draft) : formLines(section, draft);
    lines.push(`## ${markdown(section.name)}`, "", ...part, "");
  }
  if (draft.kept.length) {
    lines.push("## No longer in this sheet", "");
    for (const each of draft.kept) lines.push(`- **${markdown(each.where)}:** ${markdown(each.value)}`);
    lines.push("");
  }
  return lines.join("\n");
}

/** @param {SectionSpec} section @param {Draft} draft */
const formLines = (section, draft) =>
  section.fields.map((field) => {
    const value = draft.forms[section.id][field.id];
    if (field.type === "checkbox") return `- ${box(value)} ${markdown(field.name)}`;
    return `- **${markdown(field.name)}:** ${markdown(shown(field, value)) || "–"}`;
  });

/** @param {Value} value */
const box = (value) => (value ? "[x]" : "[ ]");

/** @param {SectionSpec} section @param {Draft} draft */
function tableLines(section, draft) {
  const heads = [section.label ?? "Row", ...section.fields.map((field) => field.name)];
  const lines = [`| ${heads.map(markdown).join(" | ")} |`, `|${" --- |".repeat(heads.length)}`];
  draft.tables[section.id].forEach((row, index) => {
    if (isBlank(row)) return;
    const name = markdown(rowName(section, row, index)) + (row.note ? `<br>${markdown(row.note)}` : "");
    const cells = section.fields.map((field) => {
      const value = row.cells[field.id];
      return field.type === "checkbox" ? box(value) : markdown(shown(field, value));
    });
    lines.push(`| ${[name, ...cells].join(" | ")} |`);
  });
  return lines;
}

// --- CSV -----------------------------------------------------------------------------------

// What spreadsheets take for the beginning of a formula, the full-width forms too.
// Source: OWASP, CSV Injection.
const FORMULA = /^[=+\-@\t\r＝＋－＠]/;
const NUMBER = /^[-+]?\d+(\.\d+)?$/;

/** Text that no spreadsheet runs; a number stays one. @param {string} text */
const harmless = (text) => (FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text);

/** @param {string} text */
const quoted = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/**
 * Rows as CSV. A row of one empty cell is written as such, since a blank line is no row.
 *
 * @param {string[][]} rows
 */
export const csv = (rows) =>
  rows
    .map((row) => row.map((text) => quoted(harmless(text))).join(",") || (row.length ? '""' : ""))
    .map((line) => `${line}\r\n`)
    .join("");

/** A table as CSV. @param {Draft} draft @param {SectionSpec} section */
export function asCsv(draft, section) {
  const heads = section.fields.map((field) => field.name);
  const rows = [[section.label ?? "Row", ...(section.noted ? ["What it covers"] : []), ...heads]];
  draft.tables[section.id].forEach((row, index) => {
    if (isBlank(row)) return;
    const { note = "" } = (row.row && listed(section).get(row.row)) || row;
    // Numbers without their units, so that a spreadsheet can count with them.
    const cells = section.fields.map((field) => shown({ ...field, unit: undefined }, row.cells[field.id]));
    rows.push([rowName(section, row, index), ...(section.noted ? [note] : []), ...cells]);
  });
  return `\ufeff${csv(rows)}`;
}

// --- worksheets ----------------------------------------------------------------------------

/** Most that a cell of a workbook holds is 32,767 UTF-16 units; longer text goes on in the row below. */
export const CELL = 32_000;
export const CONTINUED = "…";

/** @param {string} text @returns {string[]} pieces of at most CELL units, no character cut in half */
export function pieces(text) {
  const result = [];
  for (let start = 0; start < text.length;) {
    let end = Math.min(start + CELL, text.length);
    const last = text.charCodeAt(end - 1);
    if (end < text.length && last >= 0xd800 && last < 0xdc00) end -= 1;
    result.push(text.slice(start, end));
    start = end;
  }
  return result.length ? result : [""];
}

/** A line with texts of any length as rows of cells. @param {string[]} line */
function continued(line) {
  const parts = line.map(pieces);
  const height = Math.max(...parts.map((each) => each.length));
  return Array.from({ length: height }, (_, at) =>
    parts.map((each, column) => (column === 0 && at > 0 ? CONTINUED : (each[at] ?? ""))),
  );
}

/**
 * A draft as worksheets of text. Cell A1 of a sheet is its section's id, the first row has ids, the
 * second what people read. An answer that is longer than a cell goes on below, in a row marked "…".
 *
 * @param {SheetSpec} spec
 * @param {Draft} draft
 * @returns {{name: string, rows: string[][], widths: number[]}[]}
 */
export function asGrid(spec, draft) {
  const about = [
    ["template", spec.id],
    ["format", "1"],
    ["draft", draft.name],
    ["saved", draft.saved],
  ];
  const sheets = [{ name: "About", rows: about, widths: [14, 60] }];
  const names = new Set(["about"]);
  for (const section of spec.sections) {
    const part = section.table ? tableGrid(section, draft) : formGrid(section, draft);
    sheets.push({ name: sheetName(section.name, names), ...part });
  }
  if (draft.kept.length) {
    const lines = draft.kept.flatMap((each) => continued(["", each.where, each.value]));
    const rows = [["kept:", "where", "value"], ["", "Was asked as", "Answer"], ...lines];
    sheets.push({ name: sheetName("No longer in this sheet", names), rows, widths: [16, 40, 80] });
  }
  return sheets;
}

/** @param {SectionSpec} section @param {Draft} draft */
function formGrid(section, draft) {
  const lines = section.fields.flatMap((field) =>
    continued([field.id, field.name, raw(draft.forms[section.id][field.id])]),
  );
  return {
    rows: [[section.id, "question", "answer"], ["", "Question", "Answer"], ...lines],
    widths: [16, 40, 80],
  };
}

/** @param {SectionSpec} section @param {Draft} draft */
function tableGrid(section, draft) {
  const { id, fields, noted } = section;
  const known = listed(section);
  const lines = filledRows(draft, section).flatMap((row) => {
    const { name = "", note = "" } = (row.row && known.get(row.row)) || row;
    return continued([row.row ?? "", name, note, ...fields.map((field) => raw(row.cells[field.id]))]);
  });
  const removed = draft.removed[id].map((each) => [`removed:${each}`, known.get(each)?.name ?? "", ""]);
  return {
    rows: [
      [id, "name", "note", ...fields.map((field) => field.id)],
      ["", section.label ?? "Row", noted ? "What it covers" : "", ...fields.map((field) => field.name)],
      ...lines,
      ...removed,
    ],
    widths: [16, 32, noted ? 40 : 6, ...fields.map((field) => (field.type === "long-text" ? 40 : 18))],
  };
}

/** @param {Value} value */
const raw = (value) => (value === true ? "yes" : value === false ? "" : value);

/**
 * A worksheet's name: at most 31 characters, none that Excel refuses, each once.
 *
 * @param {string} name
 * @param {Set<string>} taken
 */
function sheetName(name, taken) {
  const allowed = name.replace(/[[\]:*?/\\']/g, " ").trim();
  const base = [...allowed].slice(0, 28).join("") || "Sheet";
  let result = base;
  for (let number = 2; taken.has(result.toLowerCase()); number++) result = `${base} ${number}`;
  taken.add(result.toLowerCase());
  return result;
}

/** A draft as the value of a JSON or YAML file. @param {SheetSpec} spec @param {Draft} draft */
export const asData = (spec, draft) => ({
  template: spec.id,
  format: 1,
  draft: draft.name,
  saved: draft.saved,
  answers: answers(spec, draft),
  ...(draft.kept.length && { kept: draft.kept }),
});
