// The missing-capability check: which pillar has the gaps, and where to begin.

/** @import {Draft} from "./answers" */
/** @import {SheetSpec} from "./types" */

/** @typedef {{name: string, ratings: {name: string, rating: number | null}[], gaps: number, missing: number}} Pillar */

/**
 * Each pillar's items with their ratings from 0 to 3; a gap is an item that is missing (0) or only begun (1).
 * @param {SheetSpec} spec @param {Draft} draft @returns {Pillar[]}
 */
export function pillars(spec, draft) {
  return spec.sections
    .filter((section) => section.of === "capabilities")
    .map((section) => {
      const ratings = (section.rows ?? []).map((row) => {
        const value = draft.tables[section.id].find((each) => each.row === row.id)?.cells.rating;
        return { name: row.name, rating: value ? Number(value) : null };
      });
      const gaps = ratings.filter(({ rating }) => rating !== null && rating < 2).length;
      return {
        name: section.name,
        ratings,
        gaps,
        missing: ratings.filter(({ rating }) => rating === 0).length,
      };
    });
}

/**
 * Where to begin: most gaps, then most that are missing altogether, then the playbook's order.
 * @param {Pillar[]} all @returns {string} sentences; empty before anything is rated
 */
export function verdict(all) {
  const items = all.flatMap((each) => each.ratings);
  const open = items.filter(({ rating }) => rating === null).length;
  if (open === items.length) return "";
  const later = open ? ` ${open} of ${items.length} not rated yet.` : "";
  const first = all.reduce((worst, each) =>
    each.gaps > worst.gaps || (each.gaps === worst.gaps && each.missing > worst.missing) ? each : worst,
  );
  if (!first.gaps) return `No gap so far.${later}`;
  const even = all.filter(
    (each) => each !== first && each.gaps === first.gaps && each.missing === first.missing,
  );
  const tie = even.length
    ? ` ${even.map((each) => each.name).join(" and ")} ${even.length > 1 ? "have" : "has"} as many; talk about which one you meet every week.`
    : "";
  return `Begin with ${first.name}: ${first.gaps} of ${first.ratings.length} are missing or only begun.${tie}${later}`;
}

/** @param {HTMLElement} place @param {Pillar[]} all @param {string} text */
export function draw(place, all, text) {
  const chart = document.createElement("div");
  chart.className = "pb-gaps";
  for (const pillar of all) {
    const name = document.createElement("span");
    name.textContent = pillar.name;
    const items = document.createElement("span");
    items.className = "pb-gap-items";
    items.setAttribute("role", "img");
    items.setAttribute("aria-label", `${pillar.name}: ${pillar.gaps} of ${pillar.ratings.length} are gaps`);
    for (const { name: item, rating } of [...pillar.ratings].sort(
      (a, b) => (a.rating ?? 9) - (b.rating ?? 9),
    )) {
      const box = document.createElement("i");
      box.className = `pb-rating-${rating ?? "none"}`;
      box.title = `${item}: ${rating === null ? "not rated" : ["missing", "begun", "works mostly", "works"][rating]}`;
      box.textContent = rating === null ? "·" : String(rating);
      items.append(box);
    }
    const count = document.createElement("span");
    count.className = "pb-gap-count";
    count.textContent = `${pillar.gaps} ${pillar.gaps === 1 ? "gap" : "gaps"}`;
    chart.append(name, items, count);
  }
  const said = document.createElement("p");
  said.className = "pb-verdict";
  said.textContent = text;
  place.replaceChildren(chart, said);
}
