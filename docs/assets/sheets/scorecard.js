// Which candidate to take for the flagship. macros/views/scorecard.py says the same, and
// tests/vectors/scorecard.json holds both sides to it. The texts come with the page.

import { say } from "./rules.js";

/** @import {Draft} from "./answers" */
/** @import {SheetSpec} from "./types" */
/** @typedef {{name: string, exclusions: string[], verdicts: Record<string, string>}} Contender */

/** @param {Contender} each @param {string[]} criteria */
const passed = (each, criteria) => criteria.filter((name) => each.verdicts[name] === "passes").length;

/**
 * @param {Contender[]} contenders every candidate that has a name
 * @param {string[]} criteria names of all criteria
 * @param {Record<string, string>} verdicts what can be said
 * @returns {{take: string[], text: string, why: string}}
 */
export function judge(contenders, criteria, verdicts) {
  if (!contenders.length) return { take: [], text: verdicts["none-yet"], why: verdicts["name-one"] };
  const inside = contenders.filter((each) => !each.exclusions.length);
  const take = inside
    .filter((each) => criteria.every((name) => each.verdicts[name] === "passes"))
    .map((each) => each.name);
  const why = contenders.map((each) => about(each, criteria, verdicts)).join(" ");
  if (take.length === 1) return { take, text: say(verdicts.take, { name: take[0] }), why };
  if (take.length) {
    const [first, last] = [take[0], take[take.length - 1]];
    return { take, text: say(verdicts.several, { names: take.slice(0, -1).join(", "), last, first }), why };
  }
  const hopeful = inside.filter((each) => !Object.values(each.verdicts).includes("fails"));
  if (!hopeful.length) return { take, text: verdicts["look-on"], why };
  const nearest = hopeful.reduce((best, each) =>
    passed(each, criteria) > passed(best, criteria) ? each : best,
  );
  return { take, text: say(verdicts.nearest, { name: nearest.name }), why };
}

/**
 * One sentence on one candidate.
 *
 * @param {Contender} each @param {string[]} criteria @param {Record<string, string>} verdicts
 */
function about(each, criteria, verdicts) {
  const { name } = each;
  if (each.exclusions.length) return say(verdicts.out, { name, exclusions: each.exclusions.join("; ") });
  const fails = criteria.filter((criterion) => each.verdicts[criterion] === "fails");
  if (fails.length) return say(verdicts.fails, { name, criteria: fails.join("; ") });
  const open = criteria.filter((criterion) => each.verdicts[criterion] !== "passes");
  const all = criteria.length;
  if (!open.length) return say(verdicts.passes, { name, all });
  return say(verdicts.open, { name, passed: passed(each, criteria), all, criteria: open.join("; ") });
}

const COLUMNS = ["a", "b", "c"];

/**
 * The candidates of a sheet: its first table names them, the others have a column for each.
 *
 * @param {SheetSpec} spec
 * @param {Draft} draft
 */
export function candidates(spec, draft) {
  const names = new Map(
    spec.sections.flatMap((section) =>
      (section.rows ?? []).map((row) => [`${section.id}.${row.id}`, row.name]),
    ),
  );
  const lines = draft.tables.candidates.filter((row) => !row.row);
  return COLUMNS.map((column, index) => {
    const cells = lines[index]?.cells ?? {};
    const exclusions = answered(draft, "exclusions", column)
      .filter(([, value]) => value === "true")
      .map(([id]) => id);
    const verdicts = Object.fromEntries(answered(draft, "criteria", column).filter(([, value]) => value));
    return {
      column,
      cells,
      given: Boolean(cells.name) || exclusions.length > 0 || Object.keys(verdicts).length > 0,
      chosen: draft.forms.decision.chosen === column,
      exclusions,
      verdicts,
      contender: {
        name: String(cells.name || `Candidate ${index + 1}`),
        exclusions: exclusions.map((id) => names.get(`exclusions.${id}`) ?? id),
        verdicts: Object.fromEntries(
          Object.entries(verdicts).map(([id, value]) => [names.get(`criteria.${id}`) ?? id, value]),
        ),
      },
    };
  });
}

/**
 * What a column of a table says.
 *
 * @param {Draft} draft @param {string} section @param {string} column
 * @returns {[string, string][]} id and answer of each row
 */
const answered = (draft, section, column) =>
  draft.tables[section].map(({ row = "", cells }) => [
    row,
    cells[column] === true ? "true" : String(cells[column] || ""),
  ]);

/** @param {SheetSpec} spec */
export const criteria = (spec) =>
  (spec.sections.find((each) => each.id === "criteria")?.rows ?? []).map((row) => row.name);
