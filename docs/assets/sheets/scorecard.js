// Which candidate to take for the flagship. macros/views/scorecard.py says the same, and
// tests/vectors/scorecard.json holds both sides to it. The texts come with the page.

import { say } from "./rules.js";

/** @import {Contender, Draft, SheetSpec} from "./shapes" */

/** @param {Contender} each @param {string[]} criteria */
const passed = (each, criteria) => criteria.filter((name) => each.verdicts[name] === "passes").length;

/**
 * @param {Contender[]} contenders every candidate that has a name
 * @param {string[]} criteria names of all criteria
 * @param {Record<string, string>} verdicts what can be said
 */
export function judge(contenders, criteria, verdicts) {
  if (!contenders.length) return { take: [], text: verdicts["none-yet"], why: verdicts["name-one"] };
  const all = criteria.length;
  const inside = contenders.filter((each) => !each.exclusions.length);
  const take = inside.filter((each) => passed(each, criteria) === all).map((each) => each.name);
  const why = contenders.map((each) => about(each, criteria, verdicts)).join(" ");
  if (take.length) {
    const [first, last] = [take[0], take[take.length - 1]];
    const names = take.slice(0, -1).join(", ");
    const text =
      take.length > 1 ? say(verdicts.several, { names, last, first }) : say(verdicts.take, { name: first });
    return { take, text, why };
  }
  const hopeful = inside.filter((each) => !Object.values(each.verdicts).includes("fails"));
  if (!hopeful.length) return { take, text: verdicts["look-on"], why };
  const { name } = hopeful.reduce((best, each) =>
    passed(each, criteria) > passed(best, criteria) ? each : best,
  );
  return { take, text: say(verdicts.nearest, { name }), why };
}

/** @param {Contender} each @param {string[]} criteria @param {Record<string, string>} verdicts */
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
  /** @param {string} section @param {string} id */
  const nameOf = (section, id) => rowsOf(spec, section).find((row) => row.id === id)?.name ?? id;
  const lines = draft.tables.candidates.filter((row) => !row.row);
  return COLUMNS.map((column, index) => {
    const cells = lines[index]?.cells ?? {};
    const exclusions = answered(draft, "exclusions", column)
      .filter(([, value]) => value === "true")
      .map(([id]) => id);
    const verdicts = Object.fromEntries(answered(draft, "criteria", column).filter(([, value]) => value));
    const evidence = Object.fromEntries(
      answered(draft, "criteria", `evidence-${column}`).filter(([, value]) => value.trim()),
    );
    return {
      column,
      cells,
      given: Boolean(cells.name) || exclusions.length > 0 || Object.keys(verdicts).length > 0,
      chosen: draft.forms.decision.chosen === column,
      exclusions,
      verdicts,
      evidence,
      contender: {
        name: String(cells.name || `Candidate ${index + 1}`),
        exclusions: exclusions.map((id) => nameOf("exclusions", id)),
        verdicts: Object.fromEntries(
          Object.entries(verdicts).map(([id, value]) => [nameOf("criteria", id), value]),
        ),
      },
    };
  });
}

/**
 * What a column of a table says, by row.
 *
 * @param {Draft} draft
 * @param {string} section
 * @param {string} column
 */
const answered = (draft, section, column) =>
  draft.tables[section].map(({ row = "", cells }) => [row, String(cells[column] || "")]);

/** @param {SheetSpec} spec @param {string} section */
const rowsOf = (spec, section) => spec.sections.find(({ id }) => id === section)?.rows ?? [];

/** @param {SheetSpec} spec */
export const criteria = (spec) => rowsOf(spec, "criteria").map((row) => row.name);

/**
 * The verdict on a filled scorecard and why, as sentences; nothing before there is a candidate.
 *
 * @param {SheetSpec} spec @param {Draft} draft
 */
export function judged(spec, draft) {
  const given = candidates(spec, draft).filter((each) => each.given);
  if (!given.length) return [];
  const { text, why } = judge(
    given.map((each) => each.contender),
    criteria(spec),
    spec.verdicts ?? {},
  );
  return [text, why];
}
