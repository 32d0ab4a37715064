// A filled sheet as the very file of the company layer. It says what differs from upstream's
// list and keeps every entry that the company has committed before.

import { isBlank, isEmpty, isNumber, listed as listedRows, prefilledRow, rowName } from "./draft.js";
import { candidates } from "./scorecard.js";

/**
 * @import {Cells, Draft, FieldSpec, Finding, HomeSpec, Row, SectionSpec, SheetSpec,
 *   Value} from "./shapes"
 */

/** @typedef {Record<string, unknown>} Entry */

const MAX_BYTES = 1024 * 1024; // what the playbook reads of one file

/**
 * The file's value, or why there is none yet.
 *
 * @param {SheetSpec} spec
 * @param {Draft} draft
 * @param {Finding[]} findings what the linter says
 * @returns {{problems: string[]} | {value: Entry, comments: string[]}}
 */
export function companyFile(spec, draft, findings) {
  const home = /** @type {HomeSpec} */ (spec.home);
  const problems = findings
    .filter((each) => each.severity === "error")
    .map((each) => `${each.message} (${each.hint}).`);
  const { entries, replace, missing } =
    spec.result === "scorecard" ? flagship(spec, draft) : listed(spec, draft);
  problems.push(...missing);
  if (!problems.length && !entries.length) {
    problems.push("Nothing differs from the playbook, so there is nothing to commit.");
  }
  if (problems.length) return { problems };
  return {
    value: { ...(replace && { replace: true }), [home.list]: entries },
    comments: comments(spec, draft),
  };
}

/**
 * Answers that have no place in the list stand above it, so that the file has the whole meeting.
 *
 * @param {SheetSpec} spec
 * @param {Draft} draft
 */
function comments(spec, draft) {
  const on = draft.saved ? ` on ${draft.saved.slice(0, 10)}` : "";
  const lines = [`${spec.name}, filled in as “${draft.name}”${on}.`];
  for (const section of spec.sections) {
    if (section.table) {
      if (!section.home && spec.result !== "scorecard") lines.push(...table(section, draft));
      continue;
    }
    for (const field of section.fields) {
      const value = draft.forms[section.id][field.id];
      if (!isEmpty(value)) lines.push(`${field.name}: ${value === true ? "yes" : value}`);
    }
  }
  for (const each of draft.kept) lines.push(`(no longer asked) ${each.where}: ${each.value}`);
  return lines;
}

/**
 * What a table without a home says, a line for each row in which somebody answered.
 *
 * @param {SectionSpec} section
 * @param {Draft} draft
 */
function table(section, draft) {
  const known = listedRows(section);
  return draft.tables[section.id].flatMap((row, index) => {
    const listed = row.row ? known.get(row.row) : undefined;
    const usual = listed && prefilledRow(section, listed).cells;
    const given = section.fields
      .filter(({ id }) => !isEmpty(row.cells[id]) && row.cells[id] !== usual?.[id])
      .map((field) => `${field.name}: ${row.cells[field.id] === true ? "yes" : row.cells[field.id]}`);
    return given.length ? [`${section.name}, ${rowName(section, row, index)}: ${given.join("; ")}`] : [];
  });
}

/**
 * @param {string} list
 * @param {string} home file of the list
 * @param {string[]} comments
 * @param {string} yaml
 */
export function fileText(list, home, comments, yaml) {
  // YAML ends a comment at these separators, too.
  const above = comments
    .flatMap((each) => each.split(/[\n\u2028\u2029]/))
    .map((line) => `# ${line}`.trimEnd());
  const schema = `# yaml-language-server: $schema=../data/schema/company/${home}.schema.json`;
  const text = [schema, ...above, yaml].join("\n");
  const bytes = new TextEncoder().encode(text).length;
  if (bytes <= MAX_BYTES) return { text };
  const size = `${(bytes / MAX_BYTES).toFixed(1)} MiB, and the playbook reads 1 MiB`;
  return { problems: [`The file would be ${size}: shorten the longest answers.`] };
}

/**
 * What the playbook shows as inline Markdown, written so that it shows what was typed.
 * @param {string} text
 */
export function inline(text) {
  return text
    .trim()
    .replace(/[\\`<&[\]]|\*(?! )|(?<= )\*(?=\S)|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\$&");
}

/** A name stands as it is, but no pair of brackets in it may name a role. @param {string} text */
const plainName = (text) =>
  text
    .trim()
    .replace(/\s*\n\s*/g, " ")
    .replaceAll("[[", "[\u2060[");

/** Said of where an item stands, which the sheet says anew. */
const PLACING = ["after", "before", "remove"];

/**
 * The entries of a list: items of our own, and what differs from upstream's.
 *
 * @param {SheetSpec} spec
 * @param {Draft} draft
 * @returns {{entries: Entry[], replace: boolean, missing: string[]}}
 */
function listed(spec, draft) {
  const home = /** @type {HomeSpec} */ (spec.home);
  const order = new Map(home.upstream.map((id, index) => [id, index]));
  const sections = spec.sections.filter((section) => section.home);
  const known = sections.flatMap((section) => (section.rows ?? []).map((row) => row.id));
  const taken = new Set([...home.upstream, ...Object.keys(home.ours), ...known]);
  /** @type {Entry[]} */
  const entries = [];
  /** @type {string[]} */
  const missing = [];
  const replace = !order.size;
  let before = "";
  let highest = -1;
  for (const section of sections) {
    for (const [index, row] of draft.tables[section.id].entries()) {
      const name = rowName(section, row, index);
      if (!row.row && !row.name) {
        if (!isBlank(row)) missing.push(`${section.name}: ${name} needs a name.`);
        continue;
      }
      const id = row.row ?? slug(home.list === "members" ? (row.name ?? "") : name, home.one, taken);
      taken.add(id);
      const place = order.get(id);
      const own = place === undefined;
      const entry = entryOf(home, section, row, id, name, own);
      missing.push(...needs(home, section, entry, name, own), ...noNumbers(section, row));
      if (!replace) {
        // An item that stands before all of upstream's names the first of them, and does so before
        // that one may be removed.
        const stands = before ? { after: before } : { before: home.upstream[0] };
        if (own || place < highest) Object.assign(entry, stands);
        highest = Math.max(highest, place ?? highest);
      }
      before = id;
      if (own || Object.keys(entry).length > 1) entries.push(entry);
    }
  }
  const gone = new Set([
    ...sections.flatMap((section) => draft.removed[section.id]),
    ...Object.keys(home.ours).filter((id) => "remove" in home.ours[id]),
  ]);
  for (const id of gone) if (order.has(id)) entries.push({ id, remove: true });
  return { entries, replace, missing };
}

/**
 * A row as an entry, on top of what the company has committed of it.
 *
 * @param {HomeSpec} home
 * @param {SectionSpec} section
 * @param {Row} row
 * @param {string} id
 * @param {string} name
 * @param {boolean} own whether upstream does not have the item
 */
function entryOf(home, section, row, id, name, own) {
  const ours = Object.entries(home.ours[id] ?? {}).filter(([key]) => !PLACING.includes(key));
  /** @type {Entry} */
  const entry = { id, ...Object.fromEntries(ours) };
  if (!row.row) {
    const called = home.list === "members" ? { role: row.name } : { name: plainName(name) };
    Object.assign(entry, called, section.where);
    if (section.noted && section.note) {
      const note = inline(row.note || (home.needed.includes(section.note) ? name : ""));
      if (note) entry[section.note] = note;
    }
  }
  apply(section, row, entry, own);
  return entry;
}

/** What stands where a number is asked for, and is none. @param {SectionSpec} section @param {Row} row */
const noNumbers = ({ name, fields }, { cells }) =>
  fields.flatMap(({ id, type }) => {
    const text = String(cells[id] ?? "");
    if (type !== "number" || !text.trim() || isNumber(text)) return [];
    return `${name}: “${text}” is no number.`;
  });

/**
 * What an item cannot do without and does not have.
 *
 * @param {HomeSpec} home
 * @param {SectionSpec} section
 * @param {Entry} entry
 * @param {string} name
 * @param {boolean} own
 */
const needs = (home, section, entry, name, own) =>
  home.needed.flatMap((key) => {
    const asked = section.fields.find((field) => field.key?.split(".")[0] === key);
    const there = own ? entry[key] !== undefined : entry[key] !== null;
    return !asked || there ? [] : [`${section.name}: “${name}” needs “${asked.name}”.`];
  });

/**
 * Put a row's answers into its entry: all of them in an item of our own, else what differs.
 *
 * @param {SectionSpec} section
 * @param {Row} row
 * @param {Entry} entry
 * @param {boolean} own
 */
function apply(section, row, entry, own) {
  const known = row.row ? listedRows(section).get(row.row) : undefined;
  const usual = known && prefilledRow(section, known).cells;
  for (const field of section.fields) {
    if (!field.key) continue;
    const [key, below] = field.key.split(".");
    const value = row.cells[field.id];
    if (value === usual?.[field.id]) continue; // what is committed, or upstream's own
    const written = asWritten(field, value);
    const isNothing = written === null || written === false;
    if (below) {
      const inside = /** @type {Entry} */ ({ .../** @type {Entry} */ (entry[key] ?? {}) });
      if (!isNothing) inside[below] = written;
      else if (own) delete inside[below];
      else inside[below] = null;
      if (Object.keys(inside).length) entry[key] = inside;
    } else if (!isNothing) entry[key] = written;
    else if (own) delete entry[key];
    else entry[key] = field.type === "checkbox" ? false : null;
  }
}

/** An answer as it stands in the data; null for none. @param {FieldSpec} field @param {Value} value */
function asWritten(field, value) {
  if (typeof value === "boolean") return value;
  const text = value.trim();
  if (!text) return null;
  if (field.type === "number") return Number(text);
  return field.type === "choice" || field.type === "date" ? text : inline(text);
}

/**
 * An id from a name: lower-case words joined by hyphens, used by nobody else.
 *
 * @param {string} name
 * @param {string} one
 * @param {Set<string>} taken
 */
export function slug(name, one, taken) {
  const words = name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  const base = words.slice(0, 60).replace(/-+$/, "") || one.replace(/[^a-z]+/g, "-");
  let id = base;
  for (let number = 2; taken.has(id); number++) id = `${base}-${number}`;
  return id;
}

/**
 * The flagship's candidates: a list that upstream leaves empty.
 *
 * @param {SheetSpec} spec
 * @param {Draft} draft
 */
function flagship(spec, draft) {
  const taken = new Set();
  /** @type {string[]} */
  const missing = [];
  const all = candidates(spec, draft);
  const { chosen } = draft.forms.decision;
  if (chosen && chosen !== "none" && !all.some((each) => each.chosen && each.cells.name)) {
    missing.push("The candidate that you take has no name yet.");
  }
  const entries = all
    .filter((each) => each.given)
    .map((each) => {
      if (!each.cells.name) missing.push(`${each.contender.name} needs a name.`);
      const id = slug(String(each.cells.name), "candidate", taken);
      taken.add(id);
      return candidate(id, each, draft.forms.decision);
    });
  return { entries, replace: true, missing };
}

/** @param {string} id @param {ReturnType<typeof candidates>[number]} each @param {Cells} decision */
function candidate(id, { cells, exclusions, verdicts, evidence, chosen }, decision) {
  /** @type {Entry} */
  const entry = { id, name: plainName(String(cells.name)) };
  /** @param {string} key @param {Value} value */
  const put = (key, value) => {
    const text = inline(String(value ?? ""));
    if (text) entry[key] = text;
  };
  for (const key of ["owner", "value", "data", "labels", "rule", "risk", "effort"]) put(key, cells[key]);
  if (exclusions.length) entry.exclusions = exclusions;
  if (Object.keys(verdicts).length) entry.criteria = verdicts;
  const shown = Object.entries(evidence).map(([row, text]) => [row, inline(text)]);
  if (shown.length) entry.evidence = Object.fromEntries(shown);
  if (chosen) {
    entry.chosen = true;
    put("because", decision.because);
  }
  return entry;
}
