// A draft as an Excel file: as it was laid out (book.js), with what the library itself doesn't set put into
// its parts. macros/sheets/excel.py writes the same.

import { ABOUT, layOut } from "./book.js";
import { script } from "./vendor.js";

/** @import {Book, Draft, SheetSpec, Spot} from "./shapes" */

/**
 * Excel reads `_x0041_` as an escaped letter; the underscore is escaped so that it stays text. The library
 * looks texts up among an object's properties, where it would find "constructor": there a letter is escaped.
 *
 * @param {string} text
 */
function cellText(text) {
  const [first] = text;
  if (first && text in {}) {
    const code = first.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
    return `_x${code}_${text.slice(1)}`;
  }
  return text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, "_x005F_");
}

const FONT = { fontFamily: "Calibri", fontSize: 11 };
const DARK = "#14365c";
const CELL = { ...FONT, wrap: true, alignVertical: "top", borderStyle: "thin", borderColor: "#c3cbd4" };
/** @type {Record<string, object>} */
const LOOKS = {
  title: { ...FONT, fontWeight: "bold", fontSize: 18, textColor: DARK, alignVertical: "center" },
  whose: { ...FONT, textColor: "#4a5766", alignVertical: "top" },
  result: { ...FONT, fontWeight: "bold", wrap: true, alignVertical: "top", backgroundColor: "#f4f7fa" },
  section: { ...FONT, fontWeight: "bold", fontSize: 13, textColor: DARK, alignVertical: "center" },
  head: { ...CELL, fontWeight: "bold", alignVertical: "center", backgroundColor: "#e3ebf4", textColor: DARK },
  name: { ...CELL, fontWeight: "bold" },
  note: { ...CELL, textColor: "#4a5766" },
  cell: CELL,
  answer: { ...CELL, align: "left" },
  short: { ...CELL, align: "center" },
  number: { ...CELL, align: "right" },
  id: { textColor: "#6b7785", fontSize: 8 },
};
/** Most characters that Excel takes as a list of choices. */
const LONGEST = 255;
/** A sheet is made so small that it fits on so many pages. */
const PAGES = 3;

/** @param {SheetSpec} spec @param {Draft} draft @returns {Promise<Blob>} */
export async function excel(spec, draft) {
  const writeFile = await script("write-excel-file.js", "writeXlsxFile");
  const book = layOut(spec, draft);
  const printed = {
    head: [spec.company, spec.name].filter(Boolean).join(" · "),
    foot: [draft.name, draft.saved.slice(0, 10)].filter(Boolean).join(" · "),
  };
  const sheets = [
    {
      sheet: book.name,
      columns: book.widths.map((width) => ({ width: width || 1 })),
      orientation: book.landscape ? "landscape" : "portrait",
      showGridLines: false,
      stickyRowsCount: book.frozen,
      data: book.lines.map(({ cells, height }) => row(cells, height, book.widths.length)),
    },
    {
      sheet: ABOUT,
      data: book.about.map((line) => line.map((text) => ({ value: cellText(text), type: String }))),
    },
  ];
  return await writeFile(sheets, { features: [finish(book, printed)] }).toBlob();
}

/**
 * A row of cells. What is no number of a number's field is text: =1+1 is no formula.
 *
 * @param {Spot[]} spots @param {number} height @param {number} count of columns
 */
function row(spots, height, count) {
  /** @type {(object | null | undefined)[]} */
  const cells = Array.from({ length: count }, () => null);
  for (const { at, span, text, look, code } of spots) {
    const value = !text ? undefined : code ? Number(text) : cellText(text);
    cells[at] = {
      ...LOOKS[look],
      ...(value !== undefined && { value, type: code ? Number : String }),
      ...(code && value !== undefined && { format: code }),
      ...(span > 1 && { span }),
      height: height || undefined,
    };
  }
  cells[0] ??= { height: height || undefined };
  return cells;
}

/** @param {string} text */
const escaped = (text) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/**
 * What the library leaves out, as it lets it be added: hidden rows and columns, choices, and the page.
 *
 * @param {Book} book @param {{head: string, foot: string}} printed
 */
const finish = (book, printed) => ({
  files: {
    transform: {
      "xl/worksheets/sheet{id}.xml": {
        transform: (/** @type {string} */ xml, /** @type {{sheet: string}} */ { sheet }) =>
          sheet === book.name ? ofSheet(xml, book, printed) : xml,
      },
      "xl/workbook.xml": { transform: (/** @type {string} */ xml) => ofWorkbook(xml, book) },
    },
  },
});

/** @param {string} xml @param {Book} book @param {{head: string, foot: string}} printed */
function ofSheet(xml, book, { head, foot }) {
  // An ampersand begins a command there, and Excel takes 255 characters.
  const short = (/** @type {string} */ text) =>
    escaped([...text].slice(0, 100).join("").replaceAll("&", "&&").replaceAll("\n", " "));
  const cells = `A1:XFD${book.lines.length}`;
  const page =
    `<headerFooter><oddHeader>&amp;L${short(head)}</oddHeader>` +
    `<oddFooter>&amp;L${short(foot)}&amp;RPage &amp;P of &amp;N</oddFooter></headerFooter>` +
    `<ignoredErrors><ignoredError sqref="${cells}" numberStoredAsText="1"/></ignoredErrors>`;
  return xml
    .replace(/<worksheet[^>]*>/, (tag) => `${tag}<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>`)
    .replace(/<col min="(\d+)"/g, (tag, number) => (book.widths[number - 1] ? tag : `${tag} hidden="1"`))
    .replace(/<row r="(\d+)"/g, (tag, number) => (book.lines[number - 1]?.height ? tag : `${tag} hidden="1"`))
    .replace(/<pageMargins[^>]*>/, () => {
      const margins =
        '<pageMargins left="0.5" right="0.5" top="0.75" bottom="0.7" header="0.3" footer="0.3"/>';
      return choices(book) + margins;
    })
    .replace(
      /<pageSetup([^>]*)\/>/,
      (_, given) => `<pageSetup${given} fitToWidth="1" fitToHeight="${PAGES}"/>${page}`,
    );
}

/** @param {number} column from 0 @returns {string} */
const letter = (column) =>
  (column > 25 ? letter(Math.floor(column / 26) - 1) : "") + String.fromCharCode(65 + (column % 26));

/** Lists to choose from; anything else can be written all the same. @param {Book} book */
function choices({ lines }) {
  /** @type {Map<string, string[]>} */
  const places = new Map();
  lines.forEach(({ cells, height }, index) => {
    for (const { at, choices } of height ? cells : []) {
      const listed = choices.join(",");
      const isPlain = listed && listed.length <= LONGEST && !listed.includes('"');
      if (!isPlain || choices.some((each) => each.includes(","))) continue;
      places.set(listed, [...(places.get(listed) ?? []), `${letter(at)}${index + 1}`]);
    }
  });
  const all = [...places].map(
    ([listed, cells]) =>
      `<dataValidation type="list" allowBlank="1" sqref="${cells.join(" ")}">` +
      `<formula1>"${escaped(listed)}"</formula1></dataValidation>`,
  );
  return all.length ? `<dataValidations count="${all.length}">${all.join("")}</dataValidations>` : "";
}

/** @param {string} xml @param {Book} book */
function ofWorkbook(xml, { name, lines, widths, frozen }) {
  const place = `'${escaped(name)}'!`;
  const named = (/** @type {string} */ id, /** @type {string} */ cells) =>
    `<definedName name="_xlnm.${id}" localSheetId="0">${place}${cells}</definedName>`;
  const area = `$D$1:$${letter(widths.length - 1)}$${lines.length}`;
  const names = named("Print_Area", area) + named("Print_Titles", `$1:$${frozen}`);
  return xml
    .replace(/<sheet ([^>]*name="About"[^>]*)\/>/, '<sheet $1 state="veryHidden"/>')
    .replace(
      /<definedNames\/>|<definedNames><\/definedNames>/,
      () => `<definedNames>${names}</definedNames>`,
    );
}
