// What is worked out from the answers: which candidate to take, or which pillar to begin with.

import { element } from "./bar.js";
import { candidates, criteria, judge } from "./scorecard.js";

/** @import {Draft, Pillar, Session, SheetSpec} from "./shapes" */

/** @param {HTMLElement} place @param {HTMLFormElement} form @param {Session} here */
export function showResult(place, form, { spec, draft }) {
  if (spec.result === "gaps") {
    const found = pillars(spec, draft);
    const text = verdict(found);
    place.hidden = !text;
    return place.replaceChildren(chart(found), element("p", text, "pb-verdict"));
  }
  const all = candidates(spec, draft);
  const contenders = all.filter((each) => each.given).map((each) => each.contender);
  const { text, why } = judge(contenders, criteria(spec), spec.verdicts ?? {});
  place.hidden = !contenders.length;
  // Read aloud only where it says something else than before.
  if (place.textContent !== text + why) {
    place.replaceChildren(element("p", text, "pb-verdict"), element("p", why));
  }
  // The candidates to choose from are called by their names.
  const choice = /** @type {HTMLSelectElement} */ (form.elements.namedItem("decision.chosen"));
  for (const { column, contender } of all) {
    const option = [...choice.options].find((each) => each.value === column);
    if (option) option.text = contender.name;
  }
}

/** A gap is an item that is missing (0) or only begun (1). @param {SheetSpec} spec @param {Draft} draft */
const pillars = (spec, draft) =>
  spec.sections
    .filter((section) => section.of === "capabilities")
    .map(({ id, name, rows = [] }) => {
      const ratings = rows.map((row) => {
        const value = draft.tables[id].find((each) => each.row === row.id)?.cells.rating;
        return { name: row.name, rating: value ? Number(value) : null };
      });
      const gaps = ratings.filter(({ rating }) => rating !== null && rating < 2).length;
      return { name, ratings, gaps, missing: ratings.filter(({ rating }) => rating === 0).length };
    });

/**
 * Where to begin: most gaps, then most that are missing altogether, then the playbook's order.
 * Empty before anything is rated.
 *
 * @param {Pillar[]} all
 */
function verdict(all) {
  const items = all.flatMap((each) => each.ratings);
  const open = items.filter(({ rating }) => rating === null).length;
  if (open === items.length) return "";
  const later = open ? ` ${open} of ${items.length} not rated yet.` : "";
  const first = all.reduce((worst, each) =>
    each.gaps > worst.gaps || (each.gaps === worst.gaps && each.missing > worst.missing) ? each : worst,
  );
  if (!first.gaps) return `No gap so far.${later}`;
  const even = all
    .filter((each) => each !== first && each.gaps === first.gaps && each.missing === first.missing)
    .map(({ name }) => name);
  const others = `${even.join(" and ")} ${even.length > 1 ? "have" : "has"} as many`;
  const tie = even.length ? ` ${others}; talk about which one you meet every week.` : "";
  const gaps = `${first.gaps} of ${first.ratings.length} are missing or only begun`;
  return `Begin with ${first.name}: ${gaps}.${tie}${later}`;
}

const RATINGS = ["missing", "begun", "works mostly", "works"];

/** @param {Pillar[]} all */
function chart(all) {
  const made = element("div", "", "pb-gaps");
  for (const { name, gaps, ratings } of all) {
    const items = element("span", "", "pb-gap-items");
    items.setAttribute("role", "img");
    items.setAttribute("aria-label", `${name}: ${gaps} of ${ratings.length} are gaps`);
    for (const { name, rating } of [...ratings].sort((a, b) => (a.rating ?? 9) - (b.rating ?? 9))) {
      const box = element("i", String(rating ?? "·"), `pb-rating-${rating ?? "none"}`);
      box.title = `${name}: ${rating === null ? "not rated" : RATINGS[rating]}`;
      items.append(box);
    }
    const count = `${gaps} ${gaps === 1 ? "gap" : "gaps"}`;
    made.append(element("span", name), items, element("span", count, "pb-gap-count"));
  }
  return made;
}
