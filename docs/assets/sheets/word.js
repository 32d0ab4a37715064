// A draft as a Word document.

import { filledRows, rowName, shown } from "./draft.js";
import { called, head, results } from "./text.js";
import { library } from "./vendor.js";

/** @import {Draft, SectionSpec, SheetSpec} from "./shapes" */

/** Longest text of a row that is kept on one page. */
const SHORT = 1500;
const MARGIN = 900; // twentieths of a point, as all sizes here
const A4 = { width: 11906, height: 16838 };
const GRAY = "4A5766";
const DARK = "14365C";

/** @param {SheetSpec} spec @param {Draft} draft @returns {Promise<Blob>} */
export async function word(spec, draft) {
  const docx = await library("docx.mjs");
  const { Document, Packer, Paragraph, HeadingLevel, PageOrientation } = docx;
  const heading = (/** @type {string} */ text) =>
    new Paragraph({ text, heading: HeadingLevel.HEADING_1, keepNext: true });
  const names = called(spec, draft);
  const date = draft.saved.slice(0, 10);
  const width = (spec.landscape ? A4.height : A4.width) - 2 * MARGIN;
  const body = [
    new Paragraph({ text: spec.name, heading: HeadingLevel.TITLE }),
    paragraph(docx, [spec.company, draft.name, date].filter(Boolean).join(" · ")),
    ...results(spec, draft).map((text) => paragraph(docx, text, true)),
  ];
  for (const section of spec.sections) {
    const rows = section.table ? lines(section, draft, names) : pairs(section, draft, names);
    body.push(heading(section.name), table(docx, rows, Boolean(section.table), width));
  }
  if (draft.kept.length) {
    const rows = draft.kept.map((each) => [each.where, each.value]);
    body.push(heading("No longer in this sheet"), table(docx, rows, false, width));
  }
  const orientation = spec.landscape ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT;
  const margin = { top: MARGIN, bottom: MARGIN, left: MARGIN, right: MARGIN };
  const document = new Document({
    creator: spec.company || "MLOps playbook",
    lastModifiedBy: spec.company || "MLOps playbook",
    title: spec.name,
    styles: STYLES,
    sections: [
      {
        properties: { page: { size: { ...A4, orientation }, margin } },
        headers: { default: new docx.Header(edge(docx, spec.company ?? "", [spec.name], width)) },
        footers: { default: new docx.Footer(edge(docx, date, pageNumber(docx), width)) },
        children: body,
      },
    ],
  });
  return await Packer.toBlob(document);
}

const STYLES = {
  default: {
    document: { run: { font: "Calibri", size: 20 } },
    title: { run: { size: 36, bold: true, color: DARK }, paragraph: { spacing: { after: 80 } } },
    heading1: {
      run: { size: 26, bold: true, color: DARK },
      paragraph: { spacing: { before: 280, after: 80 } },
    },
  },
};

/** @param {any} docx the library */
const pageNumber = ({ PageNumber }) => ["Page ", PageNumber.CURRENT, " of ", PageNumber.TOTAL_PAGES];

/**
 * The head or foot of each page.
 *
 * @param {any} docx the library @param {string} left @param {string[]} right @param {number} width
 */
function edge({ Paragraph, TextRun, TabStopType }, left, right, width) {
  const look = { color: GRAY, size: 16 };
  const children = [
    new TextRun({ ...look, text: left }),
    new TextRun({ ...look, children: ["\t", ...right] }),
  ];
  const tabStops = [{ type: TabStopType.RIGHT, position: width }];
  return { children: [new Paragraph({ children, tabStops })] };
}

/**
 * A form's questions beside their answers.
 *
 * @param {SectionSpec} section @param {Draft} draft @param {Map<string, string>} names
 */
const pairs = (section, draft, names) =>
  section.fields.map((field) => [head(field, names), shown(field, draft.forms[section.id][field.id], names)]);

/**
 * A table's rows below their headings.
 *
 * @param {SectionSpec} section @param {Draft} draft @param {Map<string, string>} names
 */
function lines(section, draft, names) {
  const rows = draft.tables[section.id];
  return [
    [section.label ?? "Row", ...section.fields.map((field) => head(field, names))],
    ...filledRows(draft, section).map((row) => [
      [rowName(section, row, rows.indexOf(row)), ...(row.note ? [row.note] : [])].join("\n"),
      ...section.fields.map((field) => shown(field, row.cells[field.id], names)),
    ]),
  ];
}

/** @param {any} docx the library @param {string} text @param {boolean} [bold] */
function paragraph({ Paragraph, TextRun }, text, bold = false) {
  const children = text
    .split("\n")
    .map((line, index) => new TextRun({ text: line, bold, break: index ? 1 : 0 }));
  return new Paragraph({ children });
}

/** About what a letter takes. */
const LETTER = 105;
/** Left and right of a cell's text. */
const PADDING = 210;

/**
 * Widths of a table's columns: each has room for its longest word, and the rest goes to where the texts are.
 *
 * @param {string[][]} rows @param {number} width of the table
 */
export function columnWidths(rows, width) {
  const columns = rows[0].map((_, at) => rows.map((row) => row[at]));
  const longest = (/** @type {string[]} */ texts) => Math.max(...texts.map((text) => text.length));
  for (const most of [24, 16, 12, 9, 6]) {
    const taken = columns.map(
      (texts) => Math.min(longest(texts.flatMap((text) => text.split(/[ \n]/))), most) * LETTER + PADDING,
    );
    const rest = width - taken.reduce((sum, each) => sum + each, 0);
    if (rest < 0) continue;
    // What a column has on more than one line is what it would use.
    const wants = columns.map((texts, at) =>
      Math.max(Math.min(longest(texts), 160) * LETTER + PADDING - taken[at], 0),
    );
    const all = wants.reduce((sum, each) => sum + each, 0);
    return taken.map((each, at) => each + Math.floor((rest * (all ? wants[at] : 1)) / (all || taken.length)));
  }
  return columns.map(() => Math.floor(width / columns.length));
}

/**
 * @param {any} docx the library
 * @param {string[][]} rows
 * @param {boolean} headed whether the first row has headings
 * @param {number} width
 */
function table(docx, rows, headed, width) {
  const { Table, TableRow, TableCell, TableLayoutType, WidthType, ShadingType } = docx;
  const third = Math.floor(width / 3);
  const widths = headed ? columnWidths(rows, width) : [third, width - third];
  const margins = { top: 60, bottom: 60, left: 90, right: 90 };
  const cell = (/** @type {string} */ text, /** @type {number} */ column, /** @type {boolean} */ isHead) =>
    new TableCell({
      children: [paragraph(docx, text, isHead || column === 0)],
      width: { size: widths[column], type: WidthType.DXA },
      ...((isHead || column === 0) && {
        shading: { type: ShadingType.CLEAR, color: "auto", fill: isHead ? "E3EBF4" : "F4F7FA" },
      }),
      margins,
    });
  return new Table({
    width: { size: width, type: WidthType.DXA },
    layout: TableLayoutType.FIXED,
    columnWidths: widths,
    rows: rows.map(
      (row, index) =>
        new TableRow({
          tableHeader: headed && index === 0,
          cantSplit: row.every((each) => each.length < SHORT),
          children: row.map((text, column) => cell(text, column, headed && index === 0)),
        }),
    ),
  });
}
