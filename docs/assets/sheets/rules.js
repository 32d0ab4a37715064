// The RACI linter for a sheet that is being filled. macros/rules/raci.py finds the same, in the
// same words; tests/vectors/raci.json holds both to it.

/** @import {Finding} from "./answers" */

/**
 * @typedef {{id: string, name: string, business?: boolean, ignore?: string[]}} Role
 * @typedef {{id: string, name: string, roles: Record<string, string>, business_decision?: boolean,
 *   shared_accountability?: string, ignore?: string[]}} Activity
 */

const holdsA = (/** @type {string} */ letter) => letter === "A" || letter === "R/A";
const holdsR = (/** @type {string} */ letter) => letter === "R" || letter === "R/A";

/** @param {Activity} activity ids of the roles that hold an A */
const accountable = (activity) => Object.keys(activity.roles).filter((role) => holdsA(activity.roles[role]));

/** @param {Role[]} roles @param {Activity[]} activities @returns {Finding[]} in the linter's order of rules */
export function lint(roles, activities) {
  /** @type {Finding[]} */
  const findings = [];
  /** @param {string} rule @param {Activity | Role} about @param {string} message @param {string} hint @param {"error" | "warning"} severity */
  const find = (rule, about, message, hint, severity = "error") => {
    if (!about.ignore?.includes(rule)) findings.push({ rule, severity, message, hint, item: about.id });
  };
  for (const each of activities) {
    if (!Object.values(each.roles).some(holdsR)) {
      find("raci-no-responsible", each, `nobody is responsible (R) for '${each.name}'`, "give one role an R");
    }
  }
  for (const each of activities) {
    const holders = accountable(each);
    if (holders.length === 0) {
      find(
        "raci-one-accountable",
        each,
        `nobody is accountable (A) for '${each.name}'`,
        "give one role an A",
      );
    } else if (holders.length > 1 && !each.shared_accountability) {
      find(
        "raci-one-accountable",
        each,
        `${holders.length} roles are accountable (A): ${holders.join(", ")}`,
        "keep one A, or say why it is shared in 'shared_accountability'",
      );
    } else if (holders.length === 1 && each.shared_accountability) {
      find(
        "raci-one-accountable",
        each,
        `said to be shared, but only ${holders[0]} is accountable (A)`,
        "remove 'shared_accountability', or add the second A",
      );
    }
  }
  const business = roles
    .filter((role) => role.business)
    .map((role) => role.id)
    .sort();
  const technical = new Set(roles.filter((role) => !role.business).map((role) => role.id));
  for (const each of activities) {
    if (!each.business_decision) continue;
    for (const role of accountable(each)) {
      if (technical.has(role)) {
        find(
          "raci-business-decision",
          each,
          `'${each.name}' is a business decision, but ${role} holds the A`,
          `give the A to a business role (${business.join(", ") || "none yet"})`,
        );
      }
    }
  }
  const used = new Set(activities.flatMap((each) => Object.keys(each.roles)));
  for (const role of roles) {
    if (!used.has(role.id)) {
      find(
        "raci-idle-role",
        role,
        `'${role.name}' has no letter in any activity of the RACI`,
        "give it one, or remove the role",
        "warning",
      );
    }
  }
  const counted = activities.filter((each) => !each.ignore?.includes("raci-overloaded-role"));
  for (const role of roles) {
    const number = counted.filter((each) => holdsA(each.roles[role.id] ?? "")).length;
    if (number * 2 > counted.length) {
      find(
        "raci-overloaded-role",
        role,
        `'${role.name}' is accountable for ${number} of ${counted.length} activities`,
        "share the load: one absence would stop all",
        "warning",
      );
    }
  }
  return findings;
}
