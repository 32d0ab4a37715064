// A workbook's cell as people see it: its value under its number format, as macros/sheets/cells.py has it.

import { meant, shared } from "./meaning.js";

/** @import {Cell, FieldSpec, Look, Value} from "./shapes" */

/** @param {string} shown @returns {Cell} */
export const textCell = (shown) => ({ shown, value: "", kind: "text", beside: "" });

/** What a cell answers. @param {FieldSpec | undefined} field @param {Cell} cell @returns {Value} */
export function answer(field, { shown, value, kind, beside }) {
  if (!field || !value || ["text", "long-text", "date"].includes(field.type)) return meant(field, shown);
  const { type, unit = "" } = field;
  if (type !== "number") {
    return meant(field, ["date", "time", "percent"].includes(kind) || beside ? shown : value);
  }
  if (kind === "percent") return unit === "%" ? written(Number(value) * 100) : shown;
  if (kind === "time") {
    const perDay = Object.hasOwn(shared.durations, unit) ? shared.durations[unit] : 0;
    const milliseconds = Math.floor(Number(value) * 86_400_000 + 0.5);
    return perDay ? written((milliseconds * perDay) / 86_400_000) : shown;
  }
  const fits = kind === "number" && ["", unit, ...(shared.currencies[unit] ?? [])].includes(beside);
  return fits ? value : meant(field, shown);
}

/** A number with the 15 digits that a workbook holds. @param {number} value */
export const written = (value) => String(Number(value.toPrecision(15)) || 0);

// A quoted text, an escaped character, what is padding, a currency, hours that go on, other brackets,
// halves of the day, a number as it is, a power of ten, any other character.
const TOKEN = new RegExp(
  [
    /"([^"]*)"?|\\(.)|_.|\*.|\[\$([^\]-]*)[^\]]*\]|\[(h+|m+|s+)\]|\[[^\]]*\]/,
    /(AM\/PM|A\/P|上午\/下午)|(General)|(E[+-])|(.)/,
  ]
    .map(({ source }) => source)
    .join("|"),
  "gisu",
);

/** A number format, a section for each sign. @param {string} code @returns {Look[]} */
function looks(code) {
  /** @type {[string, string][][]} */
  const sections = [[]];
  for (const [, quoted, escaped, currency, total, noon, general, power, char] of code.matchAll(TOKEN)) {
    const literal = quoted ?? escaped ?? currency;
    const tokens = sections[sections.length - 1];
    if (char === ";") sections.push([]);
    else if (literal !== undefined) tokens.push(["text", literal]);
    else if (char !== undefined) tokens.push(["code", char]);
    else if (total) tokens.push(["total", total]);
    else if (noon) tokens.push(["noon", noon]);
    else if (general ?? power) tokens.push(["none", ""]);
  }
  return sections.slice(0, 3).map(look);
}

/** @param {[string, string][]} tokens @returns {Look} */
function look(tokens) {
  const is = (/** @type {string} */ kind) => tokens.some(([each]) => each === kind);
  const codes = tokens
    .map(([kind, part]) => (kind === "code" ? part : ""))
    .join("")
    .toLowerCase();
  const time = is("total") || is("noon") || /[hs]/.test(codes);
  const date = (time ? /[ydgbe]/ : /[ydgbem]/).test(codes);
  let [core, before, behind] = ["", "", ""];
  let whole = !is("none") && !/[/@]/.test(codes);
  for (const [kind, part] of tokens) {
    if (kind === "code" && "0#?.,".includes(part)) {
      whole &&= !behind;
      core += part;
    } else if (kind === "text" || kind === "code") {
      if (core) behind += part;
      else before += part;
    }
  }
  if (!whole || !/[0#?]/.test(core)) [core, before, behind] = ["", "", ""];
  return { date, time, seconds: codes.includes("s"), total: is("total"), core, before, behind };
}

const LAST_DAY = 2958466 - 1462; // the first after the year 9999, wherever days begin

/**
 * A cell with a number.
 *
 * @param {string} text as the file has it
 * @param {string} code its number format
 * @param {boolean} since1904 whether days are counted from 1904
 * @returns {Cell}
 */
export function numberCell(text, code, since1904) {
  const value = Number(text);
  if (!/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) || !Number.isFinite(value)) return textCell(text);
  const raw = /^-?[1-9][0-9]*$/.test(text) ? text : written(value);
  /** @type {Cell} */
  const bare = { shown: raw, value: raw, kind: "number", beside: "" };
  const all = looks(code);
  const [first] = all;
  if (first.date || first.time) {
    const shown = moment(value, first, since1904);
    return shown ? { ...bare, shown, kind: first.date ? "date" : "time" } : bare;
  }
  const which = value < 0 && all.length > 1 ? 1 : value === 0 && all.length > 2 ? 2 : 0;
  const { core, before, behind } = all[which];
  if (!core) return bare;
  const sign = value < 0 && which === 0 ? "-" : "";
  return {
    ...bare,
    shown: `${sign}${before}${digits(Math.abs(value), all[which])}${behind}`.trim(),
    kind: (before + behind).includes("%") ? "percent" : "number",
    beside: (before + behind).replace(/[\s()+\-%]/g, ""),
  };
}

/** A number's digits as a format shows them. @param {number} value @param {Look} look */
function digits(value, { core, before, behind }) {
  const [whole, part = ""] = core.split(/\.(.*)/s);
  const count = (/** @type {string} */ text, /** @type {RegExp} */ what) => text.match(what)?.length ?? 0;
  const thousands = /,*$/.exec(core)?.[0].length ?? 0;
  const scaled = (value * 100 ** count(before + behind, /%/g)) / 1000 ** thousands;
  const most = Math.min(count(part, /[0#?]/g), 20);
  return new Intl.NumberFormat("en-US", {
    useGrouping: whole.replace(/,*$/, "").includes(","),
    minimumIntegerDigits: Math.min(Math.max(count(whole, /0/g), 1), 20),
    minimumFractionDigits: Math.min(count(part, /0/g), most),
    maximumFractionDigits: most,
  }).format(Number(scaled.toPrecision(15)));
}

const two = (/** @type {number} */ value) => String(value).padStart(2, "0");

/**
 * A number of days as a date, a time or both.
 *
 * @param {number} value @param {Look} look @param {boolean} since1904
 */
function moment(value, { date, time, seconds, total }, since1904) {
  if (!(value >= 0 && value < LAST_DAY)) return "";
  const all = Math.floor(value * 86_400 + 0.5);
  const days = Math.floor(all / 86_400);
  const rest = all % 86_400;
  const hours = Math.floor((total ? all : rest) / 3600);
  const clock = `${two(hours)}:${two(Math.floor(rest / 60) % 60)}${seconds ? `:${two(rest % 60)}` : ""}`;
  if (!date || (!days && !since1904)) return clock;
  // Day 60 is a 29 February 1900 that there never was: days before it count from one day later.
  const start = since1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, days < 60 ? 31 : 30);
  const day = new Date(start + days * 86_400_000).toISOString().slice(0, 10);
  return time ? `${day} ${clock}` : day;
}

/** A cell whose date is written as ISO 8601. @param {string} text */
export function dateCell(text) {
  const found = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)(:\d\d)?(?:\.\d+)?Z?)?$/.exec(text);
  if (!found) return textCell(text);
  const [, day, clock, seconds = ":00"] = found;
  const rest = seconds === ":00" ? "" : seconds;
  return textCell(!clock || (clock === "00:00" && !rest) ? day : `${day} ${clock}${rest}`);
}
