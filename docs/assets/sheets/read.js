// Opening what was downloaded: YAML, JSON and Excel. A file that isn't one is refused with the
// reason, and nothing is changed.

import { clean } from "./draft.js";
import { CONTINUED } from "./text.js";
import { library, script } from "./vendor.js";

/** @import {Cells, Row, Saved, SectionSpec, SheetSpec} from "./shapes" */

const MAX_BYTES = 20 * 1024 * 1024;

/**
 * @param {File} file @param {SheetSpec} spec
 * @returns {Promise<Saved>}
 * @throws {Error} with a sentence for the reader, where it is not a file of this sheet
 */
export async function read(file, spec) {
  if (file.size > MAX_BYTES) throw new Error("it is larger than 20 MB, and no draft is.");
  if (file.size === 0) throw new Error("it is empty.");
  const ending = file.name.split(".").pop()?.toLowerCase();
  if (ending === "xlsx") return fromGrid(await sheets(file), spec);
  const text = await file.text();
  /** @type {unknown} */
  let value;
  if (ending === "json") {
    try {
      value = JSON.parse(text);
    } catch (error) {
      throw new Error(`it is not JSON (${error instanceof Error ? error.message : error}).`);
    }
  } else if (ending === "yml" || ending === "yaml") {
    const { load } = await library("js-yaml.mjs");
    try {
      value = load(text);
    } catch (error) {
      throw new Error(`it is not YAML (${error instanceof Error ? error.message.split("\n")[0] : error}).`);
    }
  } else throw new Error("expected a file that ends in .yml, .json or .xlsx.");
  return fromData(value, spec);
}

/** @param {unknown} value @returns {value is Record<string, unknown>} */
const isMapping = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** @param {unknown} template @param {SheetSpec} spec */
function sameTemplate(template, spec) {
  if (typeof template !== "string")
    throw new Error("it is not a draft of a sheet: it does not say which template it fills.");
  if (template !== spec.id)
    throw new Error(`it fills the template “${template}”, and this page is “${spec.id}”.`);
}

/** @param {unknown} value @param {SheetSpec} spec @returns {Saved} */
export function fromData(value, spec) {
  if (!isMapping(value)) throw new Error("it is not a draft of a sheet.");
  sameTemplate(value.template, spec);
  if (value.format !== 1)
    throw new Error(`its format is ${JSON.stringify(value.format)}, and this page reads format 1.`);
  if (!isMapping(value.answers)) throw new Error("its answers are missing.");
  /** @type {Saved["answers"]} */
  const answers = Object.create(null); // any id is an id, `__proto__` too
  for (const [id, section] of Object.entries(value.answers)) {
    if (Array.isArray(section))
      answers[id] = section.map((row, index) => rowOf(row, `${id}, row ${index + 1}`));
    else answers[id] = cellsOf(section, id);
  }
  const kept = value.kept ?? [];
  if (
    !Array.isArray(kept) ||
    !kept.every((each) => isMapping(each) && typeof each.where === "string" && typeof each.value === "string")
  )
    throw new Error("what it kept is not a list of answers.");
  const name =
    typeof value.draft === "string" && value.draft.trim() ? clean(value.draft).slice(0, 80) : "Opened draft";
  return {
    name,
    answers,
    kept: kept.map((each) => ({ where: clean(each.where), value: clean(each.value) })),
  };
}

/** @param {unknown} cells @param {string} where @returns {Cells} */
function cellsOf(cells, where) {
  if (!isMapping(cells)) throw new Error(`${where}: expected answers by question.`);
  return Object.fromEntries(
    Object.entries(cells).map(([id, value]) => {
      if (typeof value === "string") return [id, clean(value)];
      if (typeof value === "boolean") return [id, value];
      if (typeof value === "number") return [id, String(value)];
      const got = value === null ? "nothing" : Array.isArray(value) ? "a list" : typeof value;
      throw new Error(`${where}, ${id}: expected text, got ${got}.`);
    }),
  );
}

/** @param {unknown} row @param {string} where @returns {Row} */
function rowOf(row, where) {
  if (!isMapping(row)) throw new Error(`${where}: expected a row of answers.`);
  for (const key of ["row", "name", "note"])
    if (key in row && typeof row[key] !== "string") throw new Error(`${where}, ${key}: expected text.`);
  const result = /** @type {any} */ ({ cells: row.removed === true ? {} : cellsOf(row.cells, where) });
  for (const key of ["row", "name", "note"]) if (key in row) result[key] = clean(String(row[key]));
  if (row.removed === true) result.removed = true;
  return result;
}

/** @param {File} file @returns {Promise<unknown[][][]>} rows of each worksheet */
async function sheets(file) {
  // The library turns `&#128578;`, as some writers put an emoji, into half a character, since it
  // makes characters by String.fromCharCode. While it reads, that function knows all of Unicode.
  const usual = String.fromCharCode;
  String.fromCharCode = (...codes) =>
    codes.some((code) => code > 0xffff) ? String.fromCodePoint(...codes) : usual(...codes);
  try {
    const readFile = await script("read-excel-file.js", "readXlsxFile");
    const all = /** @type {{data: unknown[][]}[]} */ (await readFile(file, { trim: false }));
    return all.map((each) => each.data);
  } catch (error) {
    if (error instanceof Error && error.message.includes("could not be loaded")) throw error;
    throw new Error("it is not an Excel workbook that can be read.");
  } finally {
    String.fromCharCode = usual;
  }
}

/** @param {unknown} value a cell, maybe typed in Excel: a number, a date, a yes */
function cellText(value) {
  if (value === null || value === undefined) return "";
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  return clean(String(value));
}

/** @param {unknown[][][]} all @param {SheetSpec} spec @returns {Saved} */
export function fromGrid(all, spec) {
  const about = Object.fromEntries((all[0] ?? []).map((row) => [cellText(row[0]), cellText(row[1])]));
  sameTemplate(about.template || undefined, spec);
  if (about.format !== "1")
    throw new Error(`its format is “${about.format ?? ""}”, and this page reads format 1.`);
  /** @type {Saved["answers"]} */
  const answers = Object.create(null);
  /** @type {Saved["kept"]} */
  const kept = [];
  for (const rows of all.slice(1)) {
    const ids = (rows[0] ?? []).map(cellText);
    const lines = joined(rows.slice(2).map((row) => ids.map((_, column) => cellText(row[column]))));
    if (ids[0] === "kept:") {
      for (const [, where, value] of lines) kept.push({ where, value });
      continue;
    }
    const section = spec.sections.find((each) => each.id === ids[0] || each.was?.includes(ids[0]));
    const isForm = ids[1] === "question";
    if (isForm)
      answers[ids[0]] = Object.fromEntries(lines.map(([id, , value]) => [id, typed(section, id, value)]));
    else
      answers[ids[0]] = lines.map((line) => {
        const [id, name, note] = line;
        if (id.startsWith("removed:"))
          return /** @type {any} */ ({ row: id.slice(8), removed: true, cells: {} });
        const cells = Object.fromEntries(
          ids.slice(3).map((field, index) => [field, typed(section, field, line[index + 3])]),
        );
        return { ...(id && { row: id }), ...(name && { name }), ...(note && { note }), cells };
      });
  }
  return { name: about.draft || "Opened draft", answers, kept };
}

/** Answers that went on in rows below are put together again. @param {string[][]} lines */
function joined(lines) {
  /** @type {string[][]} */
  const result = [];
  for (const line of lines) {
    const last = result[result.length - 1];
    if (line[0] === CONTINUED && last) line.forEach((text, column) => column && (last[column] += text));
    else result.push([...line]);
  }
  return result;
}

/**
 * @param {SectionSpec | undefined} section
 * @param {string} id
 * @param {string} text
 * @returns {string | boolean}
 */
function typed(section, id, text) {
  const field = section?.fields.find((each) => each.id === id || each.was?.includes(id));
  if (field?.type === "choice") {
    // Somebody who filled it in a spreadsheet wrote what the choice is called.
    const choices = field.choices ?? [];
    const called = choices.find(([, label]) => label.toLowerCase() === text.trim().toLowerCase());
    return choices.some(([value]) => value === text) || !called ? text : called[0];
  }
  if (field?.type !== "checkbox") return text;
  return ["yes", "x", "true", "1"].includes(text.trim().toLowerCase());
}
