// The cells of an Excel workbook, whoever wrote it, in bounded time and memory. What counts is what
// the parts hold, as in macros/sheets/xlsx.py. The browser itself unpacks and parses.

import { dateCell, numberCell, textCell } from "./cells.js";
import { refuse, shared } from "./meaning.js";

/** @import {Cell, Package, Worksheet} from "./shapes" */

/** @typedef {{kind: string, part: string}} Target */

/** The worksheets of a workbook, in its order. @param {Uint8Array} bytes @returns {Promise<Worksheet[]>} */
export async function worksheets(bytes) {
  refuseOthers(bytes);
  const said = Object.values(shared.says).map((each) => `it ${each}.`);
  try {
    return await sheets({
      bytes,
      entries: directory(bytes),
      left: shared.most.unpacked,
      cells: shared.most.values,
    });
  } catch (error) {
    // A broken archive fails in as many ways as it has parts.
    if (error instanceof Error && said.includes(error.message)) throw error;
    return refuse("none");
  }
}

/** Name what is no workbook, or one of another format. @param {Uint8Array} bytes */
function refuseOthers(bytes) {
  if (!bytes.length) refuse("empty");
  const begins = (/** @type {number[]} */ ...begin) => begin.every((each, index) => bytes[index] === each);
  if (begins(0xd0, 0xcf, 0x11, 0xe0)) {
    const text = new TextDecoder("latin1").decode(bytes);
    refuse(text.includes([..."EncryptedPackage"].join("\0")) ? "locked" : "xls");
  }
  if (begins(0x50, 0x4b)) return;
  try {
    decode(bytes);
  } catch {
    refuse("none");
  }
  refuse("text");
}

/** Text, whose first bytes say whether it is UTF-16. @param {Uint8Array} bytes */
export function decode(bytes) {
  const [first, second] = bytes;
  const form =
    first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
  return new TextDecoder(form, { fatal: true }).decode(bytes);
}

// --- the archive ---------------------------------------------------------------------------

/** @param {string} path */
const partName = (path) => path.replaceAll("\\", "/").replace(/^\/+/, "").toLowerCase();

/** What an archive holds, by its list at the end. @param {Uint8Array} bytes @returns {Package["entries"]} */
function directory(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  while (view.getUint32(end, true) !== 0x06054b50) end -= 1; // ends in a RangeError where there is none
  let at = view.getUint32(end + 16, true);
  let count = view.getUint16(end + 10, true);
  // What stands in front of an archive moves all of it.
  let moved = end - view.getUint32(end + 12, true) - at;
  if (at === 0xffffffff || count === 0xffff) {
    moved = 0;
    const large = Number(view.getBigUint64(end - 20 + 8, true)); // of the record before this one
    count = Number(view.getBigUint64(large + 32, true));
    at = Number(view.getBigUint64(large + 48, true));
  }
  at += moved;
  const entries = new Map();
  for (; count > 0; count -= 1) {
    if (view.getUint32(at, true) !== 0x02014b50) refuse("none");
    const [flags, method] = [view.getUint16(at + 8, true), view.getUint16(at + 10, true)];
    let [size, whole] = [view.getUint32(at + 20, true), view.getUint32(at + 24, true)];
    let start = view.getUint32(at + 42, true);
    const [named, extra, comment] = [28, 30, 32].map((offset) => view.getUint16(at + offset, true));
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + named));
    const last = at + 46 + named + extra;
    for (let field = at + 46 + named; field + 4 <= last; field += 4 + view.getUint16(field + 2, true)) {
      if (view.getUint16(field, true) !== 1) continue;
      let next = field + 4; // sizes of more than 32 bits
      const large = () => Number(view.getBigUint64((next += 8) - 8, true));
      if (whole === 0xffffffff) whole = large();
      if (size === 0xffffffff) size = large();
      if (start === 0xffffffff) start = large();
    }
    entries.set(partName(name), { flags, method, size, start: start + moved });
    at = last + comment;
  }
  return entries;
}

/** A part unpacked, and no more of it than is left to read. @param {Package} from @param {string} name */
async function unpacked(from, name) {
  const entry = from.entries.get(name);
  if (!entry) return undefined;
  const { bytes } = from;
  const { flags, method, size, start } = entry;
  if (flags & 1) refuse("locked");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(start, true) !== 0x04034b50 || (method !== 0 && method !== 8)) refuse("none");
  const begin = start + 30 + view.getUint16(start + 26, true) + view.getUint16(start + 28, true);
  if (begin + size > bytes.length) refuse("none");
  const packed = new Blob([/** @type {BlobPart} */ (bytes.subarray(begin, begin + size))]).stream();
  const stream = method ? packed.pipeThrough(new DecompressionStream("deflate-raw")) : packed;
  const pieces = [];
  const reader = stream.getReader();
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    from.left -= piece.value.length;
    if (from.left < 0) {
      reader.cancel().catch(() => {});
      refuse("unpacked");
    }
    pieces.push(piece.value);
  }
  return new Uint8Array(await new Blob(pieces).arrayBuffer());
}

// What it says of the encoding is often wrong, and its first bytes are right.
const DECLARATION = /^[\t\n\r ]*<\?xml[^>]*\?>/;

/** A part as a tree. @param {Package} from @param {string} name */
async function tree(from, name) {
  const bytes = await unpacked(from, name);
  if (!bytes) return new Document();
  const text = decode(bytes);
  if (/<!DOCTYPE/.test(text)) refuse("none");
  let count = 0;
  for (let at = text.indexOf("<"); at >= 0; at = text.indexOf("<", at + 1)) {
    if (text[at + 1] !== "/" && text[at + 1] !== "!" && text[at + 1] !== "?") count += 1;
  }
  if (count > shared.most.elements) refuse("many");
  const parsed = new DOMParser().parseFromString(text.replace(DECLARATION, ""), "application/xml");
  if (parsed.getElementsByTagName("parsererror").length) refuse("none");
  return parsed;
}

// --- its parts -----------------------------------------------------------------------------

/** @param {Document | Element} within @param {string} tag whatever its prefix */
const all = (within, tag) => [...within.getElementsByTagNameNS("*", tag)];

/** An attribute, whatever its prefix. @param {Element} element @param {string} name */
const attribute = (element, name) =>
  element.getAttribute(name) ??
  [...element.attributes].find((each) => each.localName === name && each.prefix !== "xmlns")?.value ??
  "";

/**
 * What a part refers to, by id.
 *
 * @param {Package} from @param {string} part @returns {Promise<Map<string, Target>>}
 */
async function related(from, part) {
  const [, folder, file] = /** @type {RegExpExecArray} */ (/^(.*?)([^/]*)$/.exec(part));
  const found = new Map();
  for (const each of all(await tree(from, partName(`${folder}_rels/${file}.rels`)), "Relationship")) {
    if (attribute(each, "TargetMode") === "External") continue;
    const target = attribute(each, "Target").replaceAll("\\", "/");
    const path = (target.startsWith("/") ? target : `${folder}${target}`).split("/");
    /** @type {string[]} */
    const names = [];
    for (const name of path) {
      if (name === "..") names.pop();
      else if (name && name !== ".") names.push(name);
    }
    const kind = attribute(each, "Type").split("/").pop() ?? "";
    found.set(attribute(each, "Id"), { kind, part: partName(names.join("/")) });
  }
  return found;
}

/** @param {Iterable<Target>} targets @param {string} kind */
const ofKind = (targets, kind) => [...targets].find((each) => each.kind === kind)?.part;

/** @param {Package} from @returns {Promise<Worksheet[]>} */
async function sheets(from) {
  const kind = await unpacked(from, "mimetype");
  if (kind && new TextDecoder().decode(kind.subarray(0, 100)).includes("opendocument")) refuse("ods");
  const book = ofKind((await related(from, "")).values(), "officeDocument") ?? "xl/workbook.xml";
  if (book.endsWith(".bin")) refuse("xlsb");
  const parts = await related(from, book);
  const parsed = await tree(from, book);
  const texts = await sharedTexts(from, ofKind(parts.values(), "sharedStrings") ?? "");
  const codes = await formats(from, ofKind(parts.values(), "styles") ?? "");
  const since1904 = all(parsed, "workbookPr").some((each) =>
    ["1", "true", "on"].includes(attribute(each, "date1904")),
  );
  const found = [];
  for (const each of all(parsed, "sheet")) {
    const target = parts.get(attribute(each, "id"));
    if (target?.kind !== "worksheet") continue;
    /** @type {Worksheet} */
    const sheet = { name: attribute(each, "name"), rows: new Map(), remarks: [] };
    fillSheet(from, sheet, await tree(from, target.part), { texts, codes, since1904 });
    const beside = ofKind((await related(from, target.part)).values(), "comments");
    if (beside) sheet.remarks = remarks(await tree(from, beside));
    found.push(sheet);
  }
  return found;
}

/** Text with its escaped characters, `_x000D_`, as Excel reads them. @param {string} text */
const decoded = (text) =>
  text.replace(/_x([0-9A-F]{4})_/gi, (_, code) => String.fromCharCode(parseInt(code, 16)));

/** A text without the readings above Japanese words. @param {Element} element */
const textOf = (element) =>
  decoded(
    all(element, "t")
      .filter((each) => /** @type {Element} */ (each.parentNode).localName !== "rPh")
      .map(own)
      .join(""),
  );

/** An element's own text, as far as it has no elements inside. @param {Element | undefined} element */
const own = (element) =>
  [...(element?.childNodes ?? [])]
    .map((each) =>
      each instanceof CharacterData && each.nodeType !== 8 && each.nodeType !== 7 ? each.data : "",
    )
    .join("");

/** @param {Package} from @param {string} part */
async function sharedTexts(from, part) {
  const found = all(await tree(from, part), "si");
  if (found.length > shared.most.values) refuse("many");
  return found.map(textOf);
}

/** The number format of each style of cells. @param {Package} from @param {string} part */
async function formats(from, part) {
  const parsed = await tree(from, part);
  const codes = new Map(
    all(parsed, "numFmt").map((each) => [attribute(each, "numFmtId"), attribute(each, "formatCode")]),
  );
  return all(parsed, "cellXfs").flatMap((list) =>
    all(list, "xf").map((each) => {
      const id = attribute(each, "numFmtId");
      return codes.get(id) || shared.formats[id] || "";
    }),
  );
}

/** Row and column of a reference such as B3, counted from 1. @param {string} reference */
function position(reference) {
  const found = /^\$?([A-Za-z]{0,3})\$?(\d{0,9})$/.exec(reference);
  if (!found) return refuse("none");
  const column = [...found[1].toUpperCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
  return { row: Number(found[2]), column };
}

/**
 * Put the cells of a worksheet's part where they stand.
 *
 * @param {Package} from @param {Worksheet} sheet @param {Document} parsed
 * @param {{texts: string[], codes: string[], since1904: boolean}} known
 */
function fillSheet(from, sheet, parsed, known) {
  let row = 0;
  let column = 0;
  /** @type {Map<number, Map<number, Cell>>} */
  const rows = new Map();
  for (const line of all(parsed, "row")) {
    row = whole(attribute(line, "r"), row + 1);
    column = 0;
    for (const each of all(line, "c")) {
      const place = attribute(each, "r") ? position(attribute(each, "r")) : { row, column: column + 1 };
      row = place.row || row;
      column = place.column;
      const cell = cellOf(each, known);
      if (!cell.shown) continue;
      if ((from.cells -= 1) < 0) refuse("many");
      if (!rows.has(row)) rows.set(row, new Map());
      rows.get(row)?.set(column, cell);
    }
  }
  sheet.rows = new Map([...rows].sort(([one], [other]) => one - other));
}

/** A whole number, as the other side takes it. @param {string} text @param {number} [otherwise] */
function whole(text, otherwise = 0) {
  if (!text) return otherwise;
  return /^\s*[-+]?\d+\s*$/.test(text) ? Number(text) : refuse("none");
}

/**
 * @param {Element} element @param {{texts: string[], codes: string[], since1904: boolean}} known
 * @returns {Cell}
 */
function cellOf(element, { texts, codes, since1904 }) {
  const kind = attribute(element, "t") || "n";
  const value = all(element, "v").map(own).pop() ?? "";
  if (kind === "inlineStr") return textCell(textOf(element) || decoded(value));
  if (!value) {
    // A program that does not reckon leaves a formula without its result.
    const formula = all(element, "f").map(own);
    return textCell(formula.length ? `=${decoded(formula[formula.length - 1])}` : "");
  }
  if (kind === "s") return textCell(texts[whole(value)] ?? "");
  if (kind === "b") return textCell(["1", "true"].includes(value.trim()) ? "TRUE" : "FALSE");
  if (kind === "d") return dateCell(value.trim());
  if (kind === "n") return numberCell(value.trim(), codes[whole(attribute(element, "s"))] ?? "", since1904);
  return textCell(decoded(value)); // the text of a formula, or an error
}

/** What was remarked on cells. @param {Document} parsed @returns {Worksheet["remarks"]} */
const remarks = (parsed) =>
  all(parsed, "comment").flatMap((each) => {
    const said = textOf(each).trim();
    return said ? [{ ...position(attribute(each, "ref")), said }] : [];
  });
