// Opening what was downloaded: YAML, JSON and Excel. A file that isn't one is refused with the
// reason, and nothing is changed. The command line reads the same (macros/sheets/read.py).

import { clean } from "./draft.js";
import { about, answersIn } from "./grid.js";
import { fieldOf, meant, refuse, sectionOf, shared } from "./meaning.js";
import { library } from "./vendor.js";
import { decode, worksheets } from "./xlsx.js";

/** @import {Cells, Saved, SavedRow, SectionSpec, SheetSpec, Worksheet} from "./shapes" */

const TEXTS = ["yml", "yaml", "json"];
const BOOKS = ["xlsx", "xlsm"];

/**
 * @param {File} file @param {SheetSpec} spec
 * @returns {Promise<Saved>}
 * @throws {Error} with a sentence for the reader, where it is not a file of this sheet
 */
export async function read(file, spec) {
  const ending = file.name.split(".").pop()?.toLowerCase() ?? "";
  if (![...TEXTS, ...BOOKS].includes(ending)) refuse("ending");
  if (file.size > shared.most.bytes) refuse("large");
  const bytes = new Uint8Array(await file.arrayBuffer());
  const stem = file.name.replace(/\.[^.]*$/, "");
  if (BOOKS.includes(ending)) return fromSheets(await worksheets(bytes), spec, stem);
  if (!bytes.length) refuse("empty");
  const [first, second] = bytes;
  if ((first === 0x50 && second === 0x4b) || (first === 0xd0 && second === 0xcf)) refuse("book");
  let text = "";
  try {
    text = decode(bytes);
  } catch {
    refuse("encoding");
  }
  return fromData(ending === "json" ? fromJson(text) : await fromYaml(text), spec, stem);
}

/** @param {unknown} error */
const reason = (error) => (error instanceof Error ? error.message.split("\n")[0] : error);

/** A number is the text that stands there, where the browser tells it. @param {string} text */
function fromJson(text) {
  if ((text.match(/[,[{]/g)?.length ?? 0) > 5 * shared.most.values) refuse("many");
  const asWritten = (
    /** @type {string} */ _,
    /** @type {unknown} */ value,
    /** @type {{source?: string}} */ { source } = {},
  ) => (typeof value === "number" ? (source ?? String(value)) : value);
  let value;
  try {
    value = JSON.parse(text, /** @type {(key: string, value: unknown) => unknown} */ (asWritten));
  } catch (error) {
    throw new Error(`it is not JSON (${reason(error)}).`);
  }
  /** @type {Set<string>[]} */
  const open = [];
  for (const [token, key, colon] of text.matchAll(/("(?:[^"\\]|\\.)*")(\s*:)?|[{}]/g)) {
    if (token === "{") open.push(new Set());
    else if (token === "}") open.pop();
    else if (colon) {
      const name = JSON.parse(key);
      const keys = open[open.length - 1];
      if (keys.has(name)) throw new Error(`it has the key “${name}” twice.`);
      keys.add(name);
    }
  }
  return value;
}

/**
 * A bare word is the text that stands there; true, false and nothing are what they are.
 *
 * @param {string} text
 */
async function fromYaml(text) {
  const { load, FAILSAFE_SCHEMA, nullCoreTag, boolCoreTag } = await library("js-yaml.mjs");
  try {
    return load(text, { schema: FAILSAFE_SCHEMA.withTags(nullCoreTag, boolCoreTag) });
  } catch (error) {
    throw new Error(`it is not YAML (${reason(error)}).`);
  }
}

/** @param {unknown} value @returns {value is Record<string, unknown>} */
const isMapping = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** @param {unknown} template @param {SheetSpec} spec */
function sameTemplate(template, spec) {
  if (typeof template !== "string" || !template) return refuse("template");
  if (template !== spec.id)
    throw new Error(`it fills the template “${template}”, and this page is “${spec.id}”.`);
}

/** @param {string} format */
function sameFormat(format) {
  if (format !== "1") throw new Error(`its format is “${format}”, and this page reads format 1.`);
}

/** @param {unknown} value @param {string} where */
function textOf(value, where) {
  if (value === undefined || value === null) return "";
  if (typeof value === "string") return clean(value);
  const got = Array.isArray(value) ? "a list" : typeof value === "boolean" ? "a yes/no value" : "a mapping";
  throw new Error(`${where}: expected text, got ${got}.`);
}

/**
 * Tell keys that nobody reads.
 *
 * @param {Record<string, unknown>} value @param {string[]} known @param {string} where
 */
function onlyKnown(value, known, where) {
  const key = Object.keys(value).find((each) => !known.includes(each));
  if (key !== undefined)
    throw new Error(`${where}unknown key “${key}”; expected one of ${known.join(", ")}.`);
}

/**
 * An id without blanks around it, as a workbook has it, where nothing else is called so.
 *
 * @param {string} id @param {object[]} taken
 */
function short(id, ...taken) {
  const trimmed = clean(id).trim();
  return taken.some((each) => Object.hasOwn(each, trimmed)) ? id : trimmed;
}

/**
 * @param {unknown} value @param {SheetSpec} spec @param {string} [stem] of the file's name
 * @returns {Saved}
 */
export function fromData(value, spec, stem = "Opened draft") {
  if (!isMapping(value)) throw new Error("it is not a draft of a sheet.");
  sameTemplate(value.template, spec);
  sameFormat(String(value.format ?? ""));
  onlyKnown(value, ["template", "format", "draft", "saved", "answers", "kept"], "");
  if (!isMapping(value.answers)) throw new Error("its answers are missing.");
  /** @type {Saved["answers"]} */
  const answers = Object.create(null); // any id is an id, `__proto__` too
  let count = 0;
  for (const [written, given] of Object.entries(value.answers)) {
    const id = short(written, value.answers, answers);
    const section = sectionOf(spec.sections, id);
    if (!Array.isArray(given)) answers[id] = cellsOf(section, given, id);
    else {
      if ((count += given.length) > shared.most.values) refuse("many");
      answers[id] = given.map((row, index) => rowOf(section, row, `${id}, row ${index + 1}`));
    }
  }
  const kept = value.kept ?? [];
  const isKept = (/** @type {unknown} */ each) => isMapping(each) && "where" in each && "value" in each;
  if (!Array.isArray(kept) || !kept.every(isKept)) throw new Error("what it kept is not a list of answers.");
  textOf(value.saved, "saved");
  return {
    name: textOf(value.draft, "draft").trim() || stem,
    answers,
    kept: kept.map((each) => ({ where: textOf(each.where, "kept"), value: textOf(each.value, "kept") })),
  };
}

/** @param {SectionSpec | undefined} section @param {unknown} cells @param {string} where @returns {Cells} */
function cellsOf(section, cells, where) {
  if (!isMapping(cells)) throw new Error(`${where}: expected answers by question.`);
  /** @type {Cells} */
  const found = Object.create(null);
  for (const [written, value] of Object.entries(cells)) {
    const given = typeof value === "boolean" ? value : textOf(value, `${where}, ${written}`);
    const id = short(written, cells, found);
    found[id] = meant(fieldOf(section, id), given);
  }
  return { ...found };
}

/** @param {SectionSpec | undefined} section @param {unknown} row @param {string} where @returns {SavedRow} */
function rowOf(section, row, where) {
  if (!isMapping(row)) throw new Error(`${where}: expected a row of answers.`);
  onlyKnown(row, ["row", "name", "note", "cells", "removed"], `${where}: `);
  const texts = Object.fromEntries(
    ["row", "name", "note"].flatMap((key) => {
      const text = textOf(row[key], `${where}, ${key}`);
      return text ? [[key, text]] : [];
    }),
  );
  if (row.removed === true) return { ...texts, removed: true, cells: {} };
  return { ...texts, cells: cellsOf(section, row.cells, where) };
}

/** @param {Worksheet[]} sheets @param {SheetSpec} spec @param {string} stem @returns {Saved} */
function fromSheets(sheets, spec, stem) {
  const { template, format = "", draft } = about(sheets);
  sameTemplate(template, spec);
  sameFormat(format);
  return { name: draft || stem, ...answersIn(spec, sheets) };
}
