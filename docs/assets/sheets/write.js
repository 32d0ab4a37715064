// Downloads. Libraries for the formats are in ../vendor/ and come from this site, when asked for.

import { filledRows, rowName } from "./draft.js";
import { companyFile, fileText } from "./home.js";
import { asCsv, asData, asGrid, asMarkdown, shown } from "./text.js";

/** @import {Draft, Finding} from "./answers" */
/** @import {SheetSpec} from "./types" */
/** @typedef {{blob: Blob, name: string, note?: string} | {problems: string[]}} Made */

/** @param {string} format @param {SheetSpec} spec @param {Draft} draft @param {Finding[]} findings @returns {Promise<Made>} */
export async function write(format, spec, draft, findings) {
  const stem = `${spec.id}-${
    draft.name
      .normalize("NFKD")
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, "")
      .slice(0, 40) || "draft"
  }`;
  /** @param {string} text @param {string} ending @param {string} type */
  const text = (text, ending, type) => ({ blob: new Blob([text], { type }), name: `${stem}.${ending}` });
  if (format === "md") return text(asMarkdown(spec, draft), "md", "text/markdown");
  if (format === "json")
    return text(`${JSON.stringify(asData(spec, draft), null, 2)}\n`, "json", "application/json");
  if (format === "yaml") return text(await yaml(asData(spec, draft)), "yml", "application/yaml");
  if (format === "xlsx") return { blob: await excel(spec, draft), name: `${stem}.xlsx` };
  if (format === "docx") return { blob: await word(spec, draft), name: `${stem}.docx` };
  if (format === "company") {
    const made = companyFile(spec, draft, findings);
    if ("problems" in made) return made;
    const home = /** @type {NonNullable<SheetSpec["home"]>} */ (spec.home);
    const file = fileText(home.list, home.file, made.comments, await yaml(made.value));
    if (file.problems) return { problems: file.problems };
    return {
      blob: new Blob([file.text], { type: "application/yaml" }),
      name: `${home.file}.yml`,
      note: `Downloaded ${home.file}.yml. Put it into company/ in your copy of the playbook (it takes the place of a file of that name), run “playbook check”, and commit it.`,
    };
  }
  const section = spec.sections.find((each) => format === `csv:${each.id}`);
  if (!section) throw new Error(`unknown format ${format}`);
  return { blob: new Blob([asCsv(draft, section)], { type: "text/csv" }), name: `${stem}-${section.id}.csv` };
}

/** A vendored module. @param {string} name @returns {Promise<any>} */
export const library = (name) => import(new URL(`../vendor/${name}`, import.meta.url).href);

/** @param {unknown} value */
async function yaml(value) {
  const { dump } = await library("js-yaml.mjs");
  return /** @type {string} */ (dump(value, { lineWidth: -1, noRefs: true }));
}

/** @param {string} name of a script that puts a function on `window` @param {string} global */
export async function script(name, global) {
  const there = () => /** @type {Record<string, any>} */ (/** @type {unknown} */ (window))[global];
  if (!there()) {
    await new Promise((done, failed) => {
      const tag = document.createElement("script");
      tag.src = new URL(`../vendor/${name}`, import.meta.url).href;
      tag.onload = done;
      tag.onerror = () => failed(new Error(`${name} could not be loaded from this site`));
      document.head.append(tag);
    });
  }
  return there();
}

/** Excel reads `_x0041_` as an escaped letter; the underscore is escaped so that it stays text. @param {string} text */
const cellText = (text) => text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, "_x005F_");

/** @param {SheetSpec} spec @param {Draft} draft @returns {Promise<Blob>} */
async function excel(spec, draft) {
  const writeFile = await script("write-excel-file.js", "writeXlsxFile");
  const sheets = asGrid(spec, draft).map(({ name, rows, widths }, number) => ({
    sheet: name,
    columns: widths.map((width) => ({ width })),
    orientation: spec.landscape ? "landscape" : undefined,
    stickyRowsCount: number ? 2 : undefined,
    // Every cell is text: what begins with = + - @ is no formula.
    data: rows.map((row, index) =>
      row.map((value, column) =>
        value === ""
          ? null
          : {
              value: cellText(value),
              type: String,
              wrap: true,
              alignVertical: "top",
              ...(number && index === 0 && { textColor: "#6b7785", fontSize: 8 }),
              ...(((number && index === 1) || column === 1) && { fontWeight: "bold" }),
              ...(number && index > 1 && column === 0 && { textColor: "#6b7785", fontSize: 8 }),
            },
      ),
    ),
  }));
  return await writeFile(sheets).toBlob();
}

/** @param {SheetSpec} spec @param {Draft} draft @returns {Promise<Blob>} */
async function word(spec, draft) {
  const {
    Document,
    Packer,
    Paragraph,
    TextRun,
    Table,
    TableRow,
    TableCell,
    HeadingLevel,
    WidthType,
    PageOrientation,
  } = await library("docx.mjs");
  const run = (/** @type {string} */ text, bold = false) =>
    text.split("\n").map((line, index) => new TextRun({ text: line, bold, break: index ? 1 : 0 }));
  const paragraph = (/** @type {string} */ text, bold = false) =>
    new Paragraph({ children: run(text, bold) });
  const cell = (/** @type {string} */ text, bold = false, /** @type {number} */ width = 0) =>
    new TableCell({
      children: [paragraph(text, bold)],
      ...(width && { width: { size: width, type: WidthType.PERCENTAGE } }),
      margins: { top: 60, bottom: 60, left: 90, right: 90 },
    });
  const table = (/** @type {string[][]} */ rows, /** @type {number[]} */ widths, headed = true) =>
    new Table({
      width: { size: 100, type: WidthType.PERCENTAGE },
      rows: rows.map(
        (row, index) =>
          new TableRow({
            tableHeader: headed && index === 0,
            cantSplit: row.every((each) => each.length < 1500),
            children: row.map((text, column) =>
              cell(text, (headed && index === 0) || column === 0, widths[column]),
            ),
          }),
      ),
    });
  const body = [
    new Paragraph({ text: spec.name, heading: HeadingLevel.TITLE }),
    paragraph([draft.name, draft.saved.slice(0, 10)].filter(Boolean).join(", ")),
  ];
  for (const section of spec.sections) {
    body.push(new Paragraph({ text: section.name, heading: HeadingLevel.HEADING_1 }));
    if (!section.table) {
      body.push(
        table(
          section.fields.map((field) => [field.name, shown(field, draft.forms[section.id][field.id])]),
          [35, 65],
          false,
        ),
      );
      continue;
    }
    const rows = draft.tables[section.id];
    const named = filledRows(draft, section).map((row) => [
      [rowName(section, row, rows.indexOf(row)), ...(row.note ? [row.note] : [])].join("\n"),
      ...section.fields.map((field) => shown(field, row.cells[field.id])),
    ]);
    body.push(table([[section.label ?? "Row", ...section.fields.map((field) => field.name)], ...named], []));
  }
  if (draft.kept.length) {
    body.push(new Paragraph({ text: "No longer in this sheet", heading: HeadingLevel.HEADING_1 }));
    body.push(
      table(
        draft.kept.map((each) => [each.where, each.value]),
        [35, 65],
        false,
      ),
    );
  }
  const orientation = spec.landscape ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT;
  const document = new Document({
    creator: "MLOps playbook",
    title: spec.name,
    styles: { default: { document: { run: { font: "Calibri", size: 20 } } } },
    sections: [
      {
        properties: {
          page: { size: { orientation }, margin: { top: 900, bottom: 900, left: 900, right: 900 } },
        },
        children: body,
      },
    ],
  });
  return await Packer.toBlob(document);
}
