// In which pillar to begin. macros/sheets/gaps.py says the same, and tests/vectors/gaps.json holds both
// sides to it. The texts come with the page.

import { say } from "./rules.js";

/** @import {Draft, Pillar, SheetSpec} from "./shapes" */

/** What counts as a rating; a company may ask with other choices, which say nothing here. */
const RATINGS = ["0", "1", "2", "3"];

/**
 * The pillars of a filled sheet.
 *
 * @param {SheetSpec} spec
 * @param {Draft} draft
 * @returns {Pillar[]}
 */
export const pillars = (spec, draft) =>
  spec.sections
    .filter((section) => section.of === "capabilities")
    .map(({ id, name, rows = [] }) => {
      const items = rows.map((row) => {
        const value = String(draft.tables[id].find((each) => each.row === row.id)?.cells.rating ?? "");
        return { name: row.name, rating: RATINGS.includes(value) ? Number(value) : null };
      });
      return { name, items, ratings: items.map(({ rating }) => rating) };
    });

/** How many items are missing (0) or only begun (1). @param {{ratings: (number | null)[]}} pillar */
export const gaps = ({ ratings }) => ratings.filter((rating) => rating !== null && rating < 2).length;

/**
 * Where to begin: the largest share of gaps, then the playbook's order. Empty before anything is rated.
 *
 * @param {{name: string, ratings: (number | null)[]}[]} all
 * @param {Record<string, string>} words what can be said
 */
export function verdict(all, words) {
  const ratings = all.flatMap((each) => each.ratings);
  const open = ratings.filter((rating) => rating === null).length;
  if (open === ratings.length) return "";
  const later = open ? [say(words.later, { open, all: ratings.length })] : [];
  const counted = all
    .map((each) => ({ name: each.name, gaps: gaps(each), all: each.ratings.length }))
    .filter((each) => each.gaps);
  if (!counted.length) return [words.none, ...later].join(" ");
  // Shares are compared crosswise, so that no fraction is rounded.
  const first = counted.reduce((worst, each) =>
    each.gaps * worst.all > worst.gaps * each.all ? each : worst,
  );
  const even = counted.filter((each) => each !== first && each.gaps * first.all === first.gaps * each.all);
  const said = [say(words.begin, first)];
  if (even.length) {
    const others = even.map(({ name }) => name).join(" and ");
    said.push(say(words[even.length > 1 ? "even-more" : "even"], { others, name: first.name }));
  }
  return [...said, ...later].join(" ");
}
