// What somebody meant who wrote an answer in their own way. The command line reads it alike
// (macros/sheets/meaning.py); words, formats and limits are shared as data.

import { isDate, number as numberOf, plain } from "./draft.js";

/** @import {FieldSpec, SectionSpec, SharedSpec, Value} from "./shapes" */

/** @type {SharedSpec} */
export const shared = await (await fetch(new URL("reading.json", import.meta.url))).json();

/** Why a file is not read. @param {string} key of `says` @returns {never} */
export function refuse(key) {
  throw new Error(`it ${shared.says[key]}.`);
}

/** @param {string} text @param {string} [unit] */
export function number(text, unit = "") {
  const short = plain(text);
  for (const each of unit ? (shared.currencies[unit] ?? [unit]) : []) {
    const sign = plain(each);
    const rest = short.startsWith(sign)
      ? short.slice(sign.length)
      : short.endsWith(sign) && short.slice(0, -sign.length);
    if (rest !== false) return plain(rest) ? numberOf(rest) : undefined;
  }
  return numberOf(short);
}

const DATES = [
  /^(?<y>\d{4})[-/.年](?<m>\d{1,2})[-/.月](?<d>\d{1,2})日?(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?$/,
  /^(?<d>\d{1,2})\. ?(?<m>\d{1,2})\. ?(?<y>\d{4})$/,
];

/** @param {string} text */
export function date(text) {
  for (const form of DATES) {
    const found = form.exec(plain(text))?.groups;
    if (!found) continue;
    const day = `${found.y}-${found.m.padStart(2, "0")}-${found.d.padStart(2, "0")}`;
    return isDate(day) ? day : undefined;
  }
  return undefined;
}

/** @param {string} text @returns {boolean | undefined} undefined where it says neither yes nor no */
export function tick(text) {
  const word = plain(text)
    .replace(/[\ufe0e\ufe0f]/g, "")
    .toLowerCase()
    .replace(/(?<=.)[!.。]+$/s, "");
  if (shared.yes.includes(word)) return true;
  return !word || shared.no.includes(word) ? false : undefined;
}

/** @param {FieldSpec} field @param {string} text */
function choice({ choices = [] }, text) {
  const word = plain(text);
  for (const each of [text, word]) if (choices.some(([value]) => value === each)) return each;
  return choices.find(([, label]) => plain(label).toLowerCase() === word.toLowerCase())?.[0] ?? text;
}

/**
 * An answer as the field holds it. What does not fit stays as it was written, and `fit` keeps it.
 *
 * @param {FieldSpec | undefined} field @param {Value} given @returns {Value}
 */
export function meant(field, given) {
  if (!field || typeof given === "boolean") return given;
  const { type, unit } = field;
  if (type === "checkbox") return tick(given) ?? given;
  if (type === "text" || type === "long-text") return given;
  if (!plain(given)) return type === "choice" ? given : "";
  return (
    (type === "number" ? number(given, unit) : type === "date" ? date(given) : choice(field, given)) ?? given
  );
}

/** @param {SectionSpec[]} sections @param {string} id today's, or a former one */
export const sectionOf = (sections, id) => sections.find((each) => each.id === id || each.was?.includes(id));

/** @param {SectionSpec | undefined} section @param {string} id today's, or a former one */
export const fieldOf = (section, id) =>
  section?.fields.find((each) => each.id === id || each.was?.includes(id));
