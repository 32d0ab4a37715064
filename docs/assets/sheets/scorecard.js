// Which candidate to take for the flagship. macros/views/scorecard.py says the same in the same
// words, and macros/rules/flagship.py refuses the same choices; tests/vectors/scorecard.json holds
// both sides to it.

/** @import {Draft, Finding} from "./answers" */
/** @import {SheetSpec} from "./types" */
/** @typedef {{name: string, exclusions: string[], verdicts: Record<string, string>}} Contender */

/** @param {Contender} each @param {string[]} criteria */
const passed = (each, criteria) => criteria.filter((name) => each.verdicts[name] === "passes").length;

/**
 * @param {Contender[]} contenders every candidate that has a name
 * @param {string[]} criteria names of all criteria
 * @returns {{take: string[], text: string, why: string}}
 */
export function judge(contenders, criteria) {
  if (!contenders.length)
    return { take: [], text: "No candidate yet.", why: "Name one, with its business owner." };
  const inside = contenders.filter((each) => !each.exclusions.length);
  const take = inside
    .filter((each) => criteria.every((name) => each.verdicts[name] === "passes"))
    .map((each) => each.name);
  const why = contenders.map((each) => about(each, criteria)).join(" ");
  if (take.length === 1) return { take, text: `Take ${take[0]}.`, why };
  if (take.length) {
    const listed = `${take.slice(0, -1).join(", ")} and ${take[take.length - 1]}`;
    return {
      take,
      text: `${listed} qualify. Take the one whose owner has the earlier date; if they share it, ${take[0]}.`,
      why,
    };
  }
  const hopeful = inside.filter((each) => !Object.values(each.verdicts).includes("fails"));
  if (hopeful.length) {
    const nearest = hopeful.reduce((best, each) =>
      passed(each, criteria) > passed(best, criteria) ? each : best,
    );
    return {
      take,
      text: `None qualifies yet. ${nearest.name} comes nearest: settle what is open there.`,
      why,
    };
  }
  return { take, text: "None qualifies. Look for another candidate, and begin with its owner.", why };
}

/** @param {Contender} each @param {string[]} criteria */
function about(each, criteria) {
  if (each.exclusions.length)
    return `${each.name} is out, whatever it scores: ${each.exclusions.join("; ")}.`;
  const fails = criteria.filter((name) => each.verdicts[name] === "fails");
  if (fails.length) return `${each.name} fails: ${fails.join("; ")}.`;
  const open = criteria.filter((name) => each.verdicts[name] !== "passes");
  if (open.length)
    return `${each.name} passes ${passed(each, criteria)} of ${criteria.length}; open: ${open.join("; ")}.`;
  return `${each.name} passes all ${criteria.length}.`;
}

/** What the linter says of the choice. @param {Contender | undefined} chosen @param {string} id @returns {Finding[]} */
export function lint(chosen, id) {
  /** @type {Finding[]} */
  const findings = [];
  if (!chosen) return findings;
  if (chosen.exclusions.length) {
    const message = `'${chosen.name}' is chosen, but it is excluded: ${chosen.exclusions.join("; ")}`;
    findings.push({
      rule: "flagship-excluded",
      severity: "error",
      message,
      hint: "an exclusion beats any score",
      item: id,
    });
  }
  const fails = Object.keys(chosen.verdicts).filter((name) => chosen.verdicts[name] === "fails");
  if (fails.length) {
    const message = `'${chosen.name}' is chosen, but it fails: ${fails.join("; ")}`;
    findings.push({
      rule: "flagship-fails",
      severity: "warning",
      message,
      hint: "take one that passes all criteria",
      item: id,
    });
  }
  return findings;
}

const COLUMNS = ["a", "b", "c"];

/**
 * The candidates of a sheet: its first table names them, the others have a column for each.
 * @param {SheetSpec} spec @param {Draft} draft
 */
export function candidates(spec, draft) {
  const names = new Map(
    spec.sections.flatMap((section) =>
      (section.rows ?? []).map((row) => [`${section.id}.${row.id}`, row.name]),
    ),
  );
  /** @param {string} section @param {string} column @returns {[string, string][]} id and answer of each row */
  const answered = (section, column) =>
    draft.tables[section].map((row) => [
      row.row ?? "",
      row.cells[column] === true ? "true" : String(row.cells[column] || ""),
    ]);
  return COLUMNS.map((column, index) => {
    const cells = draft.tables.candidates.filter((row) => !row.row)[index]?.cells ?? {};
    const exclusions = answered("exclusions", column)
      .filter(([, value]) => value === "true")
      .map(([id]) => id);
    const verdicts = Object.fromEntries(answered("criteria", column).filter(([, value]) => value));
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

/** @param {SheetSpec} spec */
export const criteria = (spec) =>
  (spec.sections.find((each) => each.id === "criteria")?.rows ?? []).map((row) => row.name);
