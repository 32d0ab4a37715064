// A draft as lines and cells: Markdown, CSV, and the grid that becomes a workbook. The command line
// writes the same (macros/filled/); tests hold both to it.

import { answers, filledRows, isBlank, listed, rowName } from "./draft.js";

/** @import {Draft, Row, Value} from "./answers" */
/** @import {FieldSpec, SectionSpec, SheetSpec} from "./types" */

/** What an answer reads as. @param {FieldSpec} field @param {Value | undefined} value */
export function shown(field, value) {
  if (field.type === "checkbox") return value ? "yes" : "";
  const text = String(value ?? "");
  if (field.type === "choice") return field.choices?.find(([each]) => each === text)?.[1] ?? text;
  if (!text || !field.unit) return text;
  return field.unit === "$" ? `$${text}` : `${text} ${field.unit}`;
}

const MARKDOWN = /[\\`*_{}[\]<>&|~#!$]/g;

/**
 * Text that Markdown shows as it is, in a paragraph or in a cell of a table: nothing in it is
 * markup, HTML or a template. Entities where a backslash is not understood everywhere.
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
    lines.push(`## ${markdown(section.name)}`, "");
    if (!section.table) {
      for (const field of section.fields) {
        const value = draft.forms[section.id][field.id];
        if (field.type === "checkbox") lines.push(`- [${value ? "x" : " "}] ${markdown(field.name)}`);
        else lines.push(`- **${markdown(field.name)}:** ${markdown(shown(field, value)) || "–"}`);
      }
    } else {
      const heads = [section.label ?? "Row", ...section.fields.map((field) => field.name)];
      lines.push(`| ${heads.map(markdown).join(" | ")} |`, `|${" --- |".repeat(heads.length)}`);
      draft.tables[section.id].forEach((row, index) => {
        if (isBlank(row)) return;
        const cells = section.fields.map((field) =>
          field.type === "checkbox"
            ? `[${row.cells[field.id] ? "x" : " "}]`
            : markdown(shown(field, row.cells[field.id])),
        );
        const name = markdown(rowName(section, row, index)) + (row.note ? `<br>${markdown(row.note)}` : "");
        lines.push(`| ${[name, ...cells].join(" | ")} |`);
      });
    }
    lines.push("");
  }
  if (draft.kept.length) {
    lines.push("## No longer in this sheet", "");
    for (const each of draft.kept) lines.push(`- **${markdown(each.where)}:** ${markdown(each.value)}`);
    lines.push("");
  }
  return lines.join("\n");
}

// What spreadsheets take for the beginning of a formula, the full-width forms too. Source: OWASP, CSV Injection.
const FORMULA = /^[=+\-@\t\r＝＋－＠]/;
const NUMBER = /^[-+]?\d+(\.\d+)?$/;

/** A table as CSV. @param {Draft} draft @param {SectionSpec} section */
export function asCsv(draft, section) {
  const lines = [
    [
      section.label ?? "Row",
      ...(section.noted ? ["What it covers"] : []),
      ...section.fields.map((field) => field.name),
    ],
  ];
  draft.tables[section.id].forEach((row, index) => {
    if (isBlank(row)) return;
    const note = section.noted
      ? [row.row ? (listed(section).get(row.row)?.note ?? "") : (row.note ?? "")]
      : [];
    lines.push([
      rowName(section, row, index),
      ...note,
      ...section.fields.map((field) => shown({ ...field, unit: undefined }, row.cells[field.id])),
    ]);
  });
  const cell = (/** @type {string} */ text) => {
    const safe = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return `\ufeff${lines.map((line) => line.map(cell).join(",")).join("\r\n")}\r\n`;
}

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

/**
 * A draft as worksheets of text. Cell A1 of a sheet is its section's id, the first row has ids, the
 * second what people read. An answer that is longer than a cell goes on below, in a row marked "…".
 * @param {SheetSpec} spec @param {Draft} draft
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
  /** @param {string[][]} rows @param {string[]} line */
  const push = (rows, line) => {
    const parts = line.map(pieces);
    const height = Math.max(...parts.map((each) => each.length));
    for (let at = 0; at < height; at++)
      rows.push(parts.map((each, column) => (column === 0 && at > 0 ? CONTINUED : (each[at] ?? ""))));
  };
  const names = new Set(["about"]);
  for (const section of spec.sections) {
    /** @type {string[][]} */
    const rows = [];
    if (section.table) {
      rows.push([section.id, "name", "note", ...section.fields.map((field) => field.id)]);
      rows.push([
        "",
        section.label ?? "Row",
        section.noted ? "What it covers" : "",
        ...section.fields.map((field) => field.name),
      ]);
      for (const row of filledRows(draft, section)) {
        const { name, note } = (row.row && listed(section).get(row.row)) || row;
        push(rows, [
          row.row ?? "",
          name ?? "",
          note ?? "",
          ...section.fields.map((field) => raw(row.cells[field.id])),
        ]);
      }
      for (const id of draft.removed[section.id])
        rows.push([`removed:${id}`, listed(section).get(id)?.name ?? "", ""]);
    } else {
      rows.push([section.id, "question", "answer"], ["", "Question", "Answer"]);
      for (const field of section.fields)
        push(rows, [field.id, field.name, raw(draft.forms[section.id][field.id])]);
    }
    sheets.push({
      name: sheetName(section.name, names),
      rows,
      widths: section.table
        ? [
            16,
            32,
            section.noted ? 40 : 6,
            ...section.fields.map((field) => (field.type === "long-text" ? 40 : 18)),
          ]
        : [16, 40, 80],
    });
  }
  if (draft.kept.length) {
    /** @type {string[][]} */
    const rows = [
      ["kept:", "where", "value"],
      ["", "Was asked as", "Answer"],
    ];
    for (const each of draft.kept) push(rows, ["", each.where, each.value]);
    sheets.push({ name: sheetName("No longer in this sheet", names), rows, widths: [16, 40, 80] });
  }
  return sheets;
}

/** @param {Value} value */
const raw = (value) => (value === true ? "yes" : value === false ? "" : value);

/** A worksheet's name: at most 31 characters, none that Excel refuses, each once. @param {string} name @param {Set<string>} taken */
function sheetName(name, taken) {
  const base =
    name
      .replace(/[[\]:*?/\\']/g, " ")
      .trim()
      .slice(0, 28) || "Sheet";
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
