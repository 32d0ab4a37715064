// A draft as a Word document.

import { filledRows, rowName, shown } from "./draft.js";
import { library } from "./vendor.js";

/** @import {Draft, SectionSpec, SheetSpec} from "./shapes" */

/** Longest text of a row that is kept on one page. */
const SHORT = 1500;
const MARGIN = 900; // twentieths of a point, as all sizes here

/** @param {SheetSpec} spec @param {Draft} draft @returns {Promise<Blob>} */
export async function word(spec, draft) {
  const docx = await library("docx.mjs");
  const { Document, Packer, Paragraph, HeadingLevel, PageOrientation } = docx;
  const heading = (/** @type {string} */ text) => new Paragraph({ text, heading: HeadingLevel.HEADING_1 });
  const body = [
    new Paragraph({ text: spec.name, heading: HeadingLevel.TITLE }),
    paragraph(docx, [draft.name, draft.saved.slice(0, 10)].filter(Boolean).join(", ")),
  ];
  for (const section of spec.sections) {
    const [rows, widths] = section.table ? [lines(section, draft), []] : [pairs(section, draft), [35, 65]];
    body.push(heading(section.name), table(docx, rows, widths));
  }
  if (draft.kept.length) {
    const rows = draft.kept.map((each) => [each.where, each.value]);
    body.push(heading("No longer in this sheet"), table(docx, rows, [35, 65]));
  }
  const orientation = spec.landscape ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT;
  const margin = { top: MARGIN, bottom: MARGIN, left: MARGIN, right: MARGIN };
  const document = new Document({
    creator: "MLOps playbook",
    title: spec.name,
    styles: { default: { document: { run: { font: "Calibri", size: 20 } } } },
    sections: [{ properties: { page: { size: { orientation }, margin } }, children: body }],
  });
  return await Packer.toBlob(document);
}

/** A form's questions beside their answers. @param {SectionSpec} section @param {Draft} draft */
const pairs = (section, draft) =>
  section.fields.map((field) => [field.name, shown(field, draft.forms[section.id][field.id])]);

/** A table's rows below their headings. @param {SectionSpec} section @param {Draft} draft */
function lines(section, draft) {
  const rows = draft.tables[section.id];
  return [
    [section.label ?? "Row", ...section.fields.map((field) => field.name)],
    ...filledRows(draft, section).map((row) => [
      [rowName(section, row, rows.indexOf(row)), ...(row.note ? [row.note] : [])].join("\n"),
      ...section.fields.map((field) => shown(field, row.cells[field.id])),
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

/**
 * @param {any} docx the library
 * @param {string[][]} rows
 * @param {number[]} widths of the columns in percent; none for a table whose first row has headings
 */
function table(docx, rows, widths) {
  const { Table, TableRow, TableCell, WidthType } = docx;
  const headed = !widths.length;
  const margins = { top: 60, bottom: 60, left: 90, right: 90 };
  const cell = (/** @type {string} */ text, /** @type {boolean} */ bold, /** @type {number} */ width) =>
    new TableCell({
      children: [paragraph(docx, text, bold)],
      ...(width && { width: { size: width, type: WidthType.PERCENTAGE } }),
      margins,
    });
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    rows: rows.map(
      (row, index) =>
        new TableRow({
          tableHeader: headed && index === 0,
          cantSplit: row.every((each) => each.length < SHORT),
          children: row.map((text, column) =>
            cell(text, (headed && index === 0) || column === 0, widths[column]),
          ),
        }),
    ),
  });
}
