// A filled sheet as the very file of the company layer. It says what differs from upstream's
// list and keeps every entry that the company has committed before.

import { isEmpty, listed as listedRows, rowName } from "./draft.js";
import { candidates } from "./scorecard.js";

/** @import {Draft, Finding, Row} from "./answers" */
/** @import {SectionSpec, SheetSpec} from "./types" */
/** @typedef {Record<string, unknown>} Entry */

const MAX_BYTES = 1024 * 1024; // what the playbook reads of one file

/**
 * @param {SheetSpec} spec @param {Draft} draft @param {Finding[]} findings what the linter says
 * @returns {{problems: string[]} | {value: Entry, comments: string[]}} the file's value, or why there is none yet
 */
export function companyFile(spec, draft, findings) {
  const home = /** @type {NonNullable<SheetSpec["home"]>} */ (spec.home);
  const problems = findings
    .filter((each) => each.severity === "error")
    .map((each) => `${each.message} (${each.hint}).`);
  const { entries, replace, missing } =
    spec.result === "scorecard" ? flagship(spec, draft) : listed(spec, draft);
  problems.push(...missing);
  if (!problems.length && !entries.length)
    problems.push("Nothing differs from the playbook, so there is nothing to commit.");
  if (problems.length) return { problems };
  return {
    value: { ...(replace && { replace: true }), [home.list]: entries },
    comments: comments(spec, draft),
  };
}

/** Answers that have no place in the list stand above it, so that the file has the whole meeting. @param {SheetSpec} spec @param {Draft} draft */
function comments(spec, draft) {
  const lines = [
    `${spec.name}, filled in as “${draft.name}”${draft.saved ? ` on ${draft.saved.slice(0, 10)}` : ""}.`,
  ];
  for (const section of spec.sections) {
    if (section.table) continue;
    for (const field of section.fields) {
      const value = draft.forms[section.id][field.id];
      if (!isEmpty(value)) lines.push(`${field.name}: ${value === true ? "yes" : value}`);
    }
  }
  for (const each of draft.kept) lines.push(`(no longer asked) ${each.where}: ${each.value}`);
  return lines;
}

/** @param {string} list @param {string} home file of the list @param {string[]} comments @param {string} yaml */
export function fileText(list, home, comments, yaml) {
  // YAML ends a comment at these separators, too.
  const above = comments
    .flatMap((each) => each.split(/[\n\u2028\u2029]/))
    .map((line) => `# ${line}`.trimEnd());
  const text = [
    `# yaml-language-server: $schema=../data/schema/company/${home}.schema.json`,
    ...above,
    yaml,
  ].join("\n");
  const bytes = new TextEncoder().encode(text).length;
  if (bytes > MAX_BYTES)
    return {
      problems: [
        `The file would be ${(bytes / MAX_BYTES).toFixed(1)} MiB, and the playbook reads 1 MiB: shorten the longest answers.`,
      ],
    };
  return { text };
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

/**
 * @param {SheetSpec} spec @param {Draft} draft
 * @returns {{entries: Entry[], replace: boolean, missing: string[]}}
 */
function listed(spec, draft) {
  const home = /** @type {NonNullable<SheetSpec["home"]>} */ (spec.home);
  const upstream = new Map(home.upstream.map((id, index) => [id, index]));
  const taken = new Set([...home.upstream, ...Object.keys(home.ours)]);
  const sections = spec.sections.filter((section) => section.home);
  for (const section of sections) for (const row of section.rows ?? []) taken.add(row.id);
  /** @type {Entry[]} */
  const entries = [];
  /** @type {string[]} */
  const missing = [];
  const replace = !upstream.size;
  // An item that stands before all of upstream's names the first of them, and does so before that one may be removed.
  const first = home.upstream[0];
  let before = "";
  let highest = -1;
  for (const section of sections) {
    draft.tables[section.id].forEach((row, index) => {
      const known = row.row ? listedRows(section).get(row.row) : undefined;
      if (!row.row && !row.name) {
        if (Object.values(row.cells).some((value) => !isEmpty(value)) || row.note)
          missing.push(`${section.name}: ${rowName(section, row, index)} needs a name.`);
        return;
      }
      const name = rowName(section, row, index);
      const id = row.row ?? slug(home.list === "members" ? (row.name ?? "") : name, home.one, taken);
      taken.add(id);
      const own = !upstream.has(id);
      const ours = Object.fromEntries(
        Object.entries(home.ours[id] ?? {}).filter(([key]) => !["after", "before", "remove"].includes(key)),
      );
      /** @type {Entry} */
      const entry = { id, ...ours };
      if (!row.row)
        Object.assign(
          entry,
          home.list === "members" ? { role: row.name } : { name: plainName(name) },
          section.where,
        );
      if (!row.row && section.noted && section.note) {
        const note = row.note ? inline(row.note) : home.needed.includes(section.note) ? inline(name) : "";
        if (note) entry[section.note] = note;
      }
      apply(section, row, known?.values ?? {}, entry, own);
      for (const key of home.needed) {
        const value = entry[key];
        const asked = section.fields.find((field) => field.key?.split(".")[0] === key);
        if (asked && (own ? value === undefined : value === null))
          missing.push(`${section.name}: “${name}” needs “${asked.name}”.`);
      }
      if (!replace) {
        const moved = !own && (upstream.get(id) ?? 0) < highest;
        if (own || moved) Object.assign(entry, before ? { after: before } : { before: first });
        if (!own) highest = Math.max(highest, upstream.get(id) ?? 0);
      }
      before = id;
      if (own || Object.keys(entry).length > 1) entries.push(entry);
    });
  }
  const gone = new Set([
    ...sections.flatMap((section) => draft.removed[section.id]),
    ...Object.keys(home.ours).filter((id) => "remove" in home.ours[id]),
  ]);
  for (const id of gone) if (upstream.has(id)) entries.push({ id, remove: true });
  return { entries, replace, missing };
}

/** Put a row's answers into its entry: all of them in an item of our own, else what differs. @param {SectionSpec} section @param {Row} row @param {Record<string, string>} values @param {Entry} entry @param {boolean} own */
function apply(section, row, values, entry, own) {
  for (const field of section.fields) {
    if (!field.key) continue;
    const [key, below] = field.key.split(".");
    const value = row.cells[field.id];
    const usual = field.type === "checkbox" ? values[field.id] === "true" : (values[field.id] ?? "");
    if (row.row && value === usual) continue; // what is committed, or upstream's own
    const text = typeof value === "string" ? value.trim() : "";
    const written =
      field.type === "checkbox"
        ? value
        : !text
          ? null
          : field.type === "number"
            ? Number(text)
            : field.type === "choice" || field.type === "date"
              ? text
              : inline(text);
    const isNothing = written === null || (field.type === "checkbox" && !written);
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

/** An id from a name: lower-case words joined by hyphens, used by nobody else. @param {string} name @param {string} one @param {Set<string>} taken */
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
 * @param {SheetSpec} spec @param {Draft} draft
 */
function flagship(spec, draft) {
  const taken = new Set();
  /** @type {string[]} */
  const missing = [];
  const all = candidates(spec, draft);
  const chosen = draft.forms.decision.chosen;
  if (chosen && chosen !== "none" && !all.some((each) => each.column === chosen && each.cells.name))
    missing.push("The candidate that you take has no name yet.");
  const entries = all
    .filter((each) => each.given)
    .map((each) => {
      if (!each.cells.name) missing.push(`${each.contender.name} needs a name.`);
      const id = slug(String(each.cells.name), "candidate", taken);
      taken.add(id);
      /** @type {Entry} */
      const entry = { id, name: plainName(String(each.cells.name)) };
      for (const key of ["owner", "value", "data"])
        if (String(each.cells[key] ?? "").trim()) entry[key] = inline(String(each.cells[key]));
      if (each.exclusions.length) entry.exclusions = each.exclusions;
      if (Object.keys(each.verdicts).length) entry.criteria = each.verdicts;
      if (each.chosen) {
        entry.chosen = true;
        if (String(draft.forms.decision.because ?? "").trim())
          entry.because = inline(String(draft.forms.decision.because));
      }
      return entry;
    });
  return { entries, replace: true, missing };
}
