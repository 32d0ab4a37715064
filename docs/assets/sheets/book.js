// A draft laid out as a workbook: what stands where, how wide and how high, as macros/sheets/book.py
// lays it out. All sections stand on one worksheet; ids and what readers of files need are hidden.

import { answer, numberCell, written } from "./cells.js";
import { clean, filledRows, isDate, isNumber, listed } from "./draft.js";
import { meant } from "./meaning.js";
import { CONTINUED, MARK, called, head, pieces, results } from "./text.js";

/** @import {Book, BookLine, Draft, FieldSpec, SectionSpec, SheetSpec, Spot, Value} from "./shapes" */

/** @typedef {{text: string, value: string, code: string, choices: string[], look: string}} Said */
/**
 * A section before its columns have their places. `wants` is the width that each field would like, in
 * characters.
 *
 * @typedef {{name: string, ids: string[], heads: string[], named: boolean, noted: boolean,
 *   table: boolean, wants: number[], rows: [string, Said[]][]}} Part
 */

export const ABOUT = "About";
const [NAME, NOTE, FIRST] = [3, 4, 5];
const [TOTAL, TOTAL_SIDEWAYS] = [118, 176];
const UPRIGHT = 5;
const HIGHEST = 409;
const LINE = 15;
const NARROW = 16;

/** @param {SheetSpec} spec @param {Draft} draft @returns {Book} */
export function layOut(spec, draft) {
  const names = called(spec, draft);
  const parts = spec.sections.map((each) => part(each, draft, names));
  if (draft.kept.length) {
    /** @type {Part["rows"]} */
    const rows = draft.kept.map((each) => ["", [said(each.where, { look: "name" }), said(each.value)]]);
    const [ids, heads] = [
      ["kept:", "where", "value"],
      ["Was asked as", "Answer"],
    ];
    parts.push({
      ...{ name: "No longer in this sheet", ids, heads, rows },
      ...{ named: true, noted: false, table: false, wants: [] },
    });
  }
  const landscape = Boolean(spec.landscape) || Math.max(0, ...parts.map(columns)) > UPRIGHT;
  const widths = allWidths(parts, landscape ? TOTAL_SIDEWAYS : TOTAL);
  const lines = title(spec, draft, widths);
  const frozen = lines.length;
  for (const each of parts) lines.push(...sectionLines(each, widths));
  const about = [
    ["template", spec.id],
    ["format", "1"],
    ["draft", draft.name],
    ["saved", draft.saved],
  ];
  return { name: sheetName(spec.name), widths, lines, frozen, landscape, about, filtered: [0, 0] };
}

/** A worksheet's name, which Excel takes and which isn't `ABOUT`. @param {string} name */
function sheetName(name) {
  let short = clean(name.replace(/[[\]:*?/\\']/g, " ")).slice(0, 28);
  if (/[\ud800-\udbff]$/.test(short)) short = short.slice(0, -1);
  short = short.trim() || "Sheet";
  return ["about", "history"].includes(short.toLowerCase()) ? `${short} 2` : short;
}

// --- what is said ---------------------------------------------------------------------------

/** @param {string} text @param {Partial<Said>} [how] @returns {Said} */
const said = (text, how) => ({ text, value: "", code: "", choices: [], look: "cell", ...how });

/** @param {SectionSpec} section @param {Draft} draft @param {Map<string, string>} names @returns {Part} */
function part(section, draft, names) {
  const { id, name, fields } = section;
  if (!section.table) {
    const rows = fields.map((field) => {
      const answered = { ...saidOf(field, draft.forms[id][field.id], names), look: "answer" };
      return /** @type {[string, Said[]]} */ ([
        field.id,
        [said(head(field, names), { look: "name" }), answered],
      ]);
    });
    return {
      ...{ name, ids: [id, "question", "answer"], heads: [], rows },
      ...{ named: true, noted: false, table: false, wants: [] },
    };
  }
  const known = listed(section);
  /** @type {Part["rows"]} */
  const rows = filledRows(draft, section).map((row) => {
    const { name = "", note = "" } = (row.row && known.get(row.row)) || row;
    const cells = fields.map((field) => saidOf(field, row.cells[field.id], names));
    return [row.row ?? "", [said(name, { look: "name" }), said(note, { look: "note" }), ...cells]];
  });
  const isNamed = rows.some(([, cells]) => cells[0].text) || section.named || section.rows?.length;
  const noted = Boolean(section.noted) || rows.some(([, cells]) => cells[1].text);
  const heads = [
    section.label ?? "Row",
    section.noted ? "What it covers" : "",
    ...fields.map((each) => head(each, names)),
  ];
  const wants = fields.map((field, at) =>
    want(
      field,
      heads[2 + at],
      rows.map(([, cells]) => cells[2 + at].text),
    ),
  );
  for (const each of draft.removed[id]) rows.push([`removed:${each}`, [said(known.get(each)?.name ?? "")]]);
  const ids = [id, "name", "note", ...fields.map((field) => field.id)];
  return { name, ids, heads, named: Boolean(isNamed) || noted, noted, table: true, wants, rows };
}

/**
 * An answer as a cell shows it; only what is read again as the same answer.
 *
 * @param {FieldSpec} field @param {Value | undefined} value @param {Map<string, string>} names
 */
function saidOf(field, value, names) {
  if (field.type === "checkbox") return said(value ? "yes" : "", { choices: ["yes"], look: "short" });
  const text = String(value ?? "");
  if (field.type === "choice") {
    const choices = (field.choices ?? []).map(([each]) => label(field, each, names));
    return said(text && label(field, text, names), { choices, look: "short" });
  }
  const found = asNumber(field, text);
  return found ? said(text, { ...found, look: "number" }) : said(text);
}

/**
 * What a choice is called, where that leads back to it.
 *
 * @param {FieldSpec} field @param {string} value @param {Map<string, string>} names
 */
function label(field, value, names) {
  const choices = field.choices ?? [];
  const mine = choices.map(([each]) => names.get(each) ?? "");
  const name = choices.some(([each]) => each === value) ? (names.get(value) ?? "") : "";
  const others = choices.flatMap(([each, text]) =>
    each === value ? [each] : [each, text.toLowerCase(), (names.get(each) ?? "").toLowerCase()],
  );
  if (name && mine.every(Boolean) && !others.includes(name.toLowerCase())) return name;
  const text = choices.find(([each]) => each === value)?.[1] ?? value;
  return meant(field, text) === value ? text : value;
}

/**
 * A number or a date as a cell holds it, with its format; undefined for what a reader would not find again.
 *
 * @param {FieldSpec} field @param {string} text
 */
function asNumber(field, text) {
  let [value, code] = [text, ""];
  if (field.type === "date" && isDate(text)) {
    const days = Math.round((Date.parse(`${text}T00:00Z`) - Date.UTC(1899, 11, 30)) / 86_400_000);
    if (days < 61) return undefined;
    [value, code] = [String(days), "yyyy-mm-dd"];
  } else if (field.type === "number" && isNumber(text) && text.length < 16) {
    const { unit = "" } = field;
    const [, ...part] = text.split(".");
    const decimals = part.join(".").length;
    const core = `#,##0${decimals ? `.${"0".repeat(decimals)}` : ""}`;
    if (unit === "%") value = written(Number(text) / 100);
    code = unit === "" ? core : unit === "$" ? `"$"${core}` : unit === "%" ? `${core}%` : `${core}" ${unit}"`;
  } else return undefined;
  return answer(field, numberCell(value, code, false)) === text ? { value, code } : undefined;
}

// --- where it stands ------------------------------------------------------------------------

/** Width of a line, in characters; East Asian ones and emoji are wide. @param {string} text */
const size = (text) =>
  [...text].reduce((sum, each) => sum + ((each.codePointAt(0) ?? 0) > 0x2e7f ? 2 : 1), 0);

/** @param {string} text */
const word = (text) => Math.max(...text.split(/[ \n]/).map(size));

/** @param {string} text */
const longest = (text) => Math.max(...text.split("\n").map(size));

/** @param {number} one @param {number} other */
const div = (one, other) => Math.floor(one / other);

/** @param {number[]} numbers */
const sum = (numbers) => numbers.reduce((all, each) => all + each, 0);

/** Width that a column would like. @param {FieldSpec} field @param {string} title @param {string[]} texts */
function want(field, title, texts) {
  const least = Math.min(word(title), 16) + 2;
  if (["choice", "checkbox", "date", "number"].includes(field.type)) {
    const labels = (field.choices ?? []).map(([, text]) => text);
    const most = Math.max(...[...labels, ...texts, field.type === "date" ? "x".repeat(10) : ""].map(longest));
    return Math.max(least, Math.min(most + 2, 16), 7);
  }
  const most = Math.max(0, ...texts.map(longest));
  if (!most) return Math.max(least, field.type === "long-text" ? 34 : 18);
  return Math.max(least, Math.min(most + 2, 12), Math.min(div(most, 3), 44));
}

/** How many columns a table has behind the first, and the notes. @param {Part} each */
const columns = ({ wants, named }) => wants.length - (named ? 0 : 1);

/** @param {Part[]} parts @param {number} total */
function allWidths(parts, total) {
  const tables = parts.filter((each) => each.table);
  const count = tables.length ? Math.max(...tables.map(columns)) : 1;
  const most = tables.filter((each) => columns(each) === count);
  const widest = most.map(({ wants, named }) => wants.slice(named ? 0 : 1));
  const fields = Array.from({ length: count }, (_, at) =>
    widest.length ? Math.max(...widest.map((wants) => wants[at])) : total,
  );
  const notes = tables.flatMap(({ noted, rows }) =>
    rows.flatMap(([, cells]) => (noted && cells.length > 1 ? longest(cells[1].text) : [])),
  );
  const note = notes.length ? Math.max(16, Math.min(div(Math.max(...notes), 2), 44)) : 0;
  const names = parts.flatMap((each) => {
    const { table, named, heads, rows, wants } = each;
    if (!table) return div(total * 3, 10) - note;
    if (!named) return most.includes(each) ? wants[0] : [];
    const called = rows.map(([, cells]) => Math.min(div(longest(cells[0].text), 2) + 4, 30));
    return [...called, word(heads[0]) + 2];
  });
  const widths = [Math.max(12, ...names), note, ...fields];
  const taken = sum(widths);
  if (taken < total) return [0, 0, 0, ...widths.map((each) => div(each * total, taken))];
  const free = sum(widths.filter((each) => each > NARROW));
  const rest = Math.max(total - taken + free, div(free * 3, 5));
  const fitted = widths.map((each) => (each > NARROW ? Math.max(div(each * rest, free), 12) : each));
  return [0, 0, 0, ...fitted];
}

/** Over how many columns each cell goes. @param {number[]} wants @param {number[]} widths */
function spansOf(wants, widths) {
  const [total, need] = [sum(widths), sum(wants)];
  /** @type {number[]} */
  const spans = [];
  let [at, done, asked] = [0, 0, 0];
  wants.forEach((each, index) => {
    const left = wants.length - index - 1;
    asked += each;
    let count = 1;
    done += widths[at];
    const off = (/** @type {number} */ width) => Math.abs(width * need - total * asked);
    while (at + count < widths.length - left && (!left || off(done + widths[at + count]) <= off(done))) {
      done += widths[at + count];
      count += 1;
    }
    spans.push(count);
    at += count;
  });
  return spans;
}

/** Column and span of each cell of a section's rows. @param {Part} each @param {number[]} widths */
function placesOf({ table, named, noted, wants }, widths) {
  if (!table) return halves(widths);
  /** @type {[number, number][]} */
  const places = named
    ? [
        [NAME, noted || !widths[NOTE] ? 1 : 2],
        [NOTE, 1],
      ]
    : [
        [1, 1],
        [2, 1],
      ];
  const fields = widths.slice(FIRST);
  const spans = spansOf(wants, named ? fields : [widths[NAME] + widths[NOTE], ...fields]);
  if (!named && spans.length) spans[0] += 1;
  let at = named ? FIRST : NAME;
  for (const span of spans) {
    places.push([at, span]);
    at += span;
  }
  return places;
}

/** Places of questions and answers. @param {number[]} widths @returns {[number, number][]} */
function halves(widths) {
  const last = widths.length - 1;
  const total = sum(widths);
  const isWide = widths[NOTE] > 0 && widths[NAME] * 4 >= total;
  let until = isWide ? NAME : NOTE;
  let done = widths[NAME] + (isWide ? 0 : widths[NOTE]);
  while (until < last - 1 && done * 4 < total) {
    until += 1;
    done += widths[until];
  }
  return [
    [NAME, until - NAME + 1],
    [until + 1, last - until],
  ];
}

/** How high a row has to be for a text, in points. @param {string} text @param {number} width */
function height(text, width) {
  const room = Math.max(width > NARROW ? div(width * 6, 5) : width, 1);
  const lines = sum(text.split("\n").map((line) => 1 + div(Math.max(size(line) - 1, 0), room)));
  return Math.min(LINE * lines + 3, HIGHEST);
}

/** @param {SheetSpec} spec @param {Draft} draft @param {number[]} widths @returns {BookLine[]} */
function title(spec, draft, widths) {
  const whose = [spec.company, draft.name, draft.saved.slice(0, 10)].filter(Boolean).join(" · ");
  return [
    shownLine(spec.name, "title", widths, 26),
    ...(whose === spec.name ? [] : [shownLine(whose, "whose", widths, 18)]),
    ...results(spec, draft).map((text) => shownLine(text, "result", widths, height(text, sum(widths)))),
  ];
}

/** @param {number} at @param {number} span @param {string} text @param {string} look @returns {Spot} */
const spot = (at, span, text, look) => ({ at, span, text, look, code: "", choices: [] });

/**
 * A line for people, with its mark.
 *
 * @param {string} text @param {string} look @param {number[]} widths @param {number} high
 */
function shownLine(text, look, widths, high) {
  const short = [...clean(text).trim()].slice(0, 2000).join("");
  return {
    cells: [spot(0, 1, MARK + short, "id"), spot(NAME, widths.length - NAME, short, look)],
    height: high,
  };
}

/** @param {Part} each @param {number[]} widths @returns {BookLine[]} */
function sectionLines(each, widths) {
  const { name, ids, heads, named, noted, table, rows } = each;
  const places = placesOf(each, widths);
  const wide = (/** @type {Spot} */ { at, span }) => sum(widths.slice(at, at + span));
  const idLine = [
    spot(0, 1, ids[0], "id"),
    ...places.map(([at], index) => spot(at, 1, ids[index + 1], "id")),
  ];
  const lines = [
    { cells: [], height: 12 },
    shownLine(name, "section", widths, 22),
    { cells: idLine, height: 0 },
  ];
  const isHidden = (/** @type {number} */ index) =>
    (index === 0 && !named) || (index === 1 && table && !noted);
  const headed = heads.flatMap((text, index) =>
    isHidden(index) ? [] : spot(...places[index], text, "head"),
  );
  if (headed.length) {
    const high = Math.max(20, ...headed.map((head) => height(head.text, wide(head) - 1)));
    lines.push({ cells: headed, height: high });
  }
  for (const [id, cells] of rows) {
    const texts = cells.map(({ text }) => pieces(text));
    for (let at = 0; at < Math.max(...texts.map((parts) => parts.length)); at += 1) {
      const spots = cells.flatMap(({ look, code, value, choices }, index) => {
        if (isHidden(index)) return [];
        const [column, span] = places[index];
        const text = code ? (at ? "" : value) : (texts[index][at] ?? "");
        return { at: column, span, text, look, code, choices: code ? [] : choices };
      });
      const high = Math.max(20, ...spots.map((each) => height(each.text, wide(each))));
      const begin = id || at ? [spot(0, 1, at ? CONTINUED : id, "id")] : [];
      lines.push({ cells: [...begin, ...spots], height: id.startsWith("removed:") ? 0 : high });
    }
  }
  return lines;
}
