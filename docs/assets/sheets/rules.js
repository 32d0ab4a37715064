// The linter's rules for a sheet that is being filled. macros/rules/ finds the same, and tests/vectors/
// holds both sides to it. Texts come with the page, so that both say it in the same words.

/** @import {Activity, Contender, RaciRule, RoleSpec, Rules, Values} from "./shapes" */

/**
 * A text with values for its `{words}`. In one pass: braces that somebody typed stay as they are.
 *
 * @param {string} template
 * @param {Values} values
 */
export const say = (template, values) =>
  template.replace(/\{(\w+)\}/g, (all, word) => (Object.hasOwn(values, word) ? String(values[word]) : all));

/**
 * @param {Rules} rules
 * @param {string} rule
 * @param {string} says which case of the rule
 * @param {string} item
 * @param {Values} values
 */
function finding(rules, rule, says, item, values) {
  const { message, hint } = rules[rule].says[says];
  const { severity } = rules[rule];
  return { rule, severity, message: say(message, values), hint: say(hint, values), item };
}

const holdsA = (/** @type {string} */ letter) => letter === "A" || letter === "R/A";
const holdsR = (/** @type {string} */ letter) => letter === "R" || letter === "R/A";

/** Roles that hold an A. @param {Activity} activity */
const accountable = ({ roles }) => Object.keys(roles).filter((role) => holdsA(roles[role]));

/** @type {RaciRule} */
const noResponsible = (_, activities) =>
  activities
    .filter(({ roles }) => !Object.values(roles).some(holdsR))
    .map((about) => ({ about, says: "none", values: { name: about.name } }));

/** @type {RaciRule} */
const oneAccountable = (_, activities) =>
  activities.flatMap((about) => {
    const holders = accountable(about);
    const [count, shared] = [holders.length, Boolean(about.shared_accountability)];
    const values = { name: about.name, count, holders: holders.join(", "), holder: holders[0] };
    if (!count) return { about, says: "none", values };
    if (count > 1 && !shared) return { about, says: "several", values };
    return count === 1 && shared ? { about, says: "alone", values } : [];
  });

/** @type {RaciRule} */
const businessDecision = (roles, activities, rules) => {
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
};

/** @type {RaciRule} */
const idleRole = (roles, activities) => {
  const used = new Set(activities.flatMap((each) => Object.keys(each.roles)));
  return roles
    .filter(({ id }) => !used.has(id))
    .map((about) => ({ about, says: "idle", values: { name: about.name } }));
};

/** @type {RaciRule} */
const overloadedRole = (roles, activities) => {
  const counted = activities.filter((each) => !each.ignore?.includes("raci-overloaded-role"));
  const all = counted.length;
  return roles.flatMap((about) => {
    const number = counted.filter((each) => holdsA(each.roles[about.id] ?? "")).length;
    return number * 2 > all ? [{ about, says: "overloaded", values: { name: about.name, number, all } }] : [];
  });
};

/** In the linter's order. */
const RACI = {
  "raci-no-responsible": noResponsible,
  "raci-one-accountable": oneAccountable,
  "raci-business-decision": businessDecision,
  "raci-idle-role": idleRole,
  "raci-overloaded-role": overloadedRole,
};

/** @param {RoleSpec[]} roles @param {Activity[]} activities @param {Rules} rules */
export const lintRaci = (roles, activities, rules) =>
  Object.entries(RACI).flatMap(([rule, found]) =>
    found(roles, activities, rules)
      .filter(({ about }) => !about.ignore?.includes(rule))
      .map(({ about, says, values }) => finding(rules, rule, says, about.id, values)),
  );

/** @param {Contender | undefined} chosen @param {string} id @param {Rules} rules */
export function lintFlagship(chosen, id, rules) {
  if (!chosen) return [];
  const { name, verdicts } = chosen;
  const exclusions = chosen.exclusions.join("; ");
  const fails = Object.keys(verdicts).filter((criterion) => verdicts[criterion] === "fails");
  const criteria = fails.join("; ");
  return [
    ...(chosen.exclusions.length
      ? [finding(rules, "flagship-excluded", "excluded", id, { name, exclusions })]
      : []),
    ...(fails.length ? [finding(rules, "flagship-fails", "fails", id, { name, criteria })] : []),
  ];
}
