// A draft as lines and cells: Markdown, CSV, and the grid that becomes a workbook. The command line
// writes the same (macros/sheets/); tests/vectors/ holds both to it.

import { answers, filledRows, isBlank, listed, rowName, shown } from "./draft.js";
import { pillars, verdict } from "./gaps.js";
import { judged } from "./scorecard.js";

/** @import {Draft, FieldSpec, SectionSpec, SheetSpec, Value} from "./shapes" */

/**
 * What columns are called by another answer, such as by a candidate's name: the column's id and its name.
 *
 * @param {SheetSpec} spec @param {Pick<Draft, "forms" | "tables">} draft @returns {Map<string, string>}
 */
export function called(spec, { forms, tables }) {
  const found = new Map();
  for (const { id, heading } of spec.sections.flatMap(({ fields }) => fields)) {
    const path = heading?.split(".") ?? [];
    const [section, row, field] = path.length === 2 ? [path[0], "", path[1]] : path;
    const added = (tables[section] ?? []).filter((each) => !each.row);
    const cells = row ? added[Number(row.slice("row-".length)) - 1]?.cells : forms[section];
    const text = String(cells?.[field] || "")
      .replace(/[\n\t ]+/g, " ")
      .replace(/^ | $/g, "");
    if (text) found.set(id, text);
  }
  return found;
}

/** What a column or a question is called. @param {FieldSpec} field @param {Map<string, string>} names */
export const head = ({ id, name, heading }, names) => (heading && names.get(id)) || name;

/** What a sheet says of its answers, in sentences. @param {SheetSpec} spec @param {Draft} draft */
export function results(spec, draft) {
  if (spec.result === "gaps") return [verdict(pillars(spec, draft), spec.verdicts ?? {})].filter(Boolean);
  return spec.result === "scorecard" ? judged(spec, draft) : [];
}

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
  const names = called(spec, draft);
  const lines = [`# ${markdown(spec.name)}: ${markdown(draft.name)}`, ""];
  for (const text of results(spec, draft)) lines.push(`**${markdown(text)}**`, "");
  for (const section of spec.sections) {
    const part = section.table ? tableLines(section, draft, names) : formLines(section, draft, names);
    lines.push(`## ${markdown(section.name)}`, "", ...part, "");
  }
  if (draft.kept.length) {
    lines.push("## No longer in this sheet", "");
    for (const each of draft.kept) lines.push(`- **${markdown(each.where)}:** ${markdown(each.value)}`);
    lines.push("");
  }
  return lines.join("\n");
}

/** @param {SectionSpec} section @param {Draft} draft @param {Map<string, string>} names */
const formLines = (section, draft, names) =>
  section.fields.map((field) => {
    const value = draft.forms[section.id][field.id];
    if (field.type === "checkbox") return `- ${box(value)} ${markdown(field.name)}`;
    return `- **${markdown(field.name)}:** ${markdown(shown(field, value, names)) || "–"}`;
  });

/** @param {Value} value */
const box = (value) => (value ? "[x]" : "[ ]");

/** @param {SectionSpec} section @param {Draft} draft @param {Map<string, string>} names */
function tableLines(section, draft, names) {
  const heads = [section.label ?? "Row", ...section.fields.map((field) => head(field, names))];
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
/** Begins the first cell of a worksheet's row that is there for people alone. */
export const MARK = "~";

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

/** A draft as the value of a JSON or YAML file. @param {SheetSpec} spec @param {Draft} draft */
export const asData = (spec, draft) => ({
  template: spec.id,
  format: 1,
  draft: draft.name,
  saved: draft.saved,
  answers: answers(spec, draft),
  ...(draft.kept.length && { kept: draft.kept }),
});
