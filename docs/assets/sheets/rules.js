// The linter for a sheet that is being filled: the rules of the RACI and of the flagship.
// macros/rules/ finds the same, and tests/vectors/ holds both sides to it. Here stands only what is
// found; severities and texts come with the page, so that both sides say it in the same words.

/** @import {Finding} from "./answers" */
/** @import {RuleSpec} from "./types" */
/** @import {Contender} from "./scorecard" */

/**
 * @typedef {{id: string, name: string, business?: boolean, ignore?: string[]}} Role
 * @typedef {{id: string, name: string, roles: Record<string, string>, business_decision?: boolean,
 *   shared_accountability?: string, ignore?: string[]}} Activity
 * @typedef {Record<string, string | number>} Values
 * @typedef {{about: Activity | Role, says: string, values: Values}} Found what is wrong with an item, by
 *   the case of its rule
 * @typedef {Record<string, RuleSpec>} Rules by id
 */

/**
 * A text with its values. In one pass: braces that somebody typed into a value stay as they are.
 *
 * @param {string} template with `{words}` in braces
 * @param {Values} values by word
 */
export const say = (template, values) =>
  template.replace(/\{(\w+)\}/g, (all, word) => (Object.hasOwn(values, word) ? String(values[word]) : all));

/**
 * @param {Rules} rules
 * @param {string} rule its id
 * @param {string} says which of its cases
 * @param {string} item id of what it is about
 * @param {Values} values
 * @returns {Finding}
 */
function finding(rules, rule, says, item, values) {
  const { severity, says: cases } = rules[rule];
  const { message, hint } = cases[says];
  return { rule, severity, message: say(message, values), hint: say(hint, values), item };
}

const holdsA = (/** @type {string} */ letter) => letter === "A" || letter === "R/A";
const holdsR = (/** @type {string} */ letter) => letter === "R" || letter === "R/A";

/** @param {Activity} activity ids of the roles that hold an A */
const accountable = (activity) => Object.keys(activity.roles).filter((role) => holdsA(activity.roles[role]));

/** @param {Role[]} _ @param {Activity[]} activities @returns {Found[]} */
const noResponsible = (_, activities) =>
  activities
    .filter((each) => !Object.values(each.roles).some(holdsR))
    .map((each) => ({ about: each, says: "none", values: { name: each.name } }));

/** @param {Role[]} _ @param {Activity[]} activities @returns {Found[]} */
function oneAccountable(_, activities) {
  /** @type {Found[]} */
  const found = [];
  for (const about of activities) {
    const holders = accountable(about);
    const count = holders.length;
    if (!count) {
      found.push({ about, says: "none", values: { name: about.name } });
    } else if (count > 1 && !about.shared_accountability) {
      found.push({ about, says: "several", values: { count, holders: holders.join(", ") } });
    } else if (count === 1 && about.shared_accountability) {
      found.push({ about, says: "alone", values: { holder: holders[0] } });
    }
  }
  return found;
}

/** @param {Role[]} roles @param {Activity[]} activities @param {Rules} rules @returns {Found[]} */
function businessDecision(roles, activities, rules) {
  const ids = (/** @type {boolean} */ business) =>
    roles.filter((role) => Boolean(role.business) === business).map((role) => role.id);
  const business = ids(true).sort().join(", ") || rules["raci-business-decision"].says.none.message;
  const technical = new Set(ids(false));
  return activities
    .filter((each) => each.business_decision)
    .flatMap((about) =>
      accountable(about)
        .filter((role) => technical.has(role))
        .map((role) => ({ about, says: "technical", values: { name: about.name, role, business } })),
    );
}

/** @param {Role[]} roles @param {Activity[]} activities @returns {Found[]} */
function idleRole(roles, activities) {
  const used = new Set(activities.flatMap((each) => Object.keys(each.roles)));
  return roles
    .filter((role) => !used.has(role.id))
    .map((role) => ({ about: role, says: "idle", values: { name: role.name } }));
}

/** @param {Role[]} roles @param {Activity[]} activities @returns {Found[]} */
function overloadedRole(roles, activities) {
  const counted = activities.filter((each) => !each.ignore?.includes("raci-overloaded-role"));
  const all = counted.length;
  return roles.flatMap((about) => {
    const number = counted.filter((each) => holdsA(each.roles[about.id] ?? "")).length;
    return number * 2 > all ? [{ about, says: "overloaded", values: { name: about.name, number, all } }] : [];
  });
}

/** In the linter's order. */
const RACI = {
  "raci-no-responsible": noResponsible,
  "raci-one-accountable": oneAccountable,
  "raci-business-decision": businessDecision,
  "raci-idle-role": idleRole,
  "raci-overloaded-role": overloadedRole,
};

/**
 * What the linter says of a matrix.
 *
 * @param {Role[]} roles
 * @param {Activity[]} activities
 * @param {Rules} rules what it can say
 */
export const lintRaci = (roles, activities, rules) =>
  Object.entries(RACI).flatMap(([rule, found]) =>
    found(roles, activities, rules)
      .filter(({ about }) => !about.ignore?.includes(rule))
      .map(({ about, says, values }) => finding(rules, rule, says, about.id, values)),
  );

/**
 * What the linter says of the choice of a flagship.
 *
 * @param {Contender | undefined} chosen
 * @param {string} id
 * @param {Rules} rules what it can say
 */
export function lintFlagship(chosen, id, rules) {
  /** @type {Finding[]} */
  const findings = [];
  if (!chosen) return findings;
  const { name } = chosen;
  if (chosen.exclusions.length) {
    const exclusions = chosen.exclusions.join("; ");
    findings.push(finding(rules, "flagship-excluded", "excluded", id, { name, exclusions }));
  }
  const fails = Object.keys(chosen.verdicts).filter((criterion) => chosen.verdicts[criterion] === "fails");
  if (fails.length) {
    findings.push(finding(rules, "flagship-fails", "fails", id, { name, criteria: fails.join("; ") }));
  }
  return findings;
}
