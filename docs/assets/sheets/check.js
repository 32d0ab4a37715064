// What the linter finds in a draft, and the rows that it is about.

import { isBlank, listed, rowName } from "./draft.js";
import { lintFlagship, lintRaci } from "./rules.js";
import { candidates } from "./scorecard.js";

/** @import {Activity, Checked, Draft, RoleSpec, Row, SectionSpec, SheetSpec} from "./shapes" */

/** @param {SheetSpec} spec @param {Draft} draft @returns {Checked} */
export function check(spec, draft) {
  const { rules } = spec;
  const about = new Map();
  if (rules && spec.result === "scorecard") {
    const chosen = candidates(spec, draft).find((each) => each.chosen);
    return { findings: lintFlagship(chosen?.contender, chosen?.column ?? "", rules), about };
  }
  const matrix = spec.sections.find((each) => each.of === "activities" && each.roles);
  if (!rules || !matrix?.roles) return { findings: [], about };
  const found = activities(matrix, matrix.roles, draft.tables[matrix.id]);
  for (const each of found) about.set(each.activity.id, each);
  const all = found.map(({ activity }) => activity);
  return { findings: lintRaci(matrix.roles, all, rules), about };
}

/**
 * The activities of a matrix. What the sheet has no column for is as in the playbook.
 *
 * @param {SectionSpec} section
 * @param {RoleSpec[]} roles
 * @param {Row[]} rows
 */
function activities(section, roles, rows) {
  const business = section.fields.find((field) => field.key === "business_decision");
  const shared = section.fields.find((field) => field.key === "shared_accountability");
  return rows.flatMap((row, index) => {
    if (isBlank(row)) return [];
    const known = row.row ? listed(section).get(row.row) : undefined;
    const letters = roles.filter(({ id }) => row.cells[id]).map(({ id }) => [id, String(row.cells[id])]);
    /** @type {Activity} */
    const activity = {
      id: row.row ?? `own-${index}`,
      name: rowName(section, row, index),
      roles: Object.fromEntries(letters),
      business_decision: business ? row.cells[business.id] === true : known?.business,
      shared_accountability: shared ? String(row.cells[shared.id]).trim() : known?.shared,
      ignore: known?.ignore,
    };
    return { activity, row };
  });
}
