// What is shown around the form: drafts, progress, what can be undone, what the linter says, answers
// without a place, and what is worked out of the answers.

import { progress } from "./draft.js";
import { candidates, criteria, judge } from "./scorecard.js";
import { drop } from "./session.js";

/** @import {Checked, Draft, Parts, Pillar, Session, SheetSpec, View} from "./shapes" */

/** @param {HTMLFormElement} form @returns {Parts} */
export function parts(form) {
  const part = (/** @type {string} */ name) => /** @type {any} */ (form.querySelector(`[data-pb-${name}]`));
  return {
    fill: part("fill"),
    without: part("without"),
    drafts: part("drafts"),
    rename: part("rename"),
    name: part("rename").querySelector("input"),
    progress: part("progress"),
    bar: part("fill").querySelector("progress"),
    formats: part("formats"),
    download: part('do="download"'),
    open: part("open"),
    status: part("status"),
    undo: part("undo"),
    alert: part("alert"),
    kept: part("kept"),
    findings: part("findings"),
    result: part("result"),
  };
}

/**
 * An element with a text.
 *
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {string} text
 * @param {string} [className]
 */
export function element(tag, text, className = "") {
  const made = document.createElement(tag);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

/** @param {Parts} ui @param {Session} here */
export function showProgress(ui, { spec, draft }) {
  const { given, all } = progress(spec, draft);
  ui.progress.textContent = `${given} of ${all}${all && given === all ? ", complete" : ""}`;
  ui.bar.max = all || 1;
  ui.bar.value = given;
}

/** @param {Parts} ui @param {Session} here */
export function showDrafts(ui, { drafts, draft }) {
  const all = drafts.list();
  const options = all.map(({ id, name, saved }) => {
    return new Option(saved ? `${name} (${saved.slice(0, 10)})` : name, id);
  });
  if (!all.some(({ id }) => id === draft.id)) options.unshift(new Option(`${draft.name} (new)`, draft.id));
  ui.drafts.replaceChildren(...options);
  ui.drafts.value = draft.id;
}

/** @param {Parts} ui @param {Session} here */
export function showUndo(ui, { steps, on }) {
  const last = steps[steps.length - 1];
  ui.undo.hidden = !last;
  if (!last) return;
  /** @type {HTMLElement} */ (ui.undo.firstElementChild).textContent = last.text;
  on.said("");
}

// --- what the linter says ---------------------------------------------------------------

const MOST = 20; // that are shown at once

// What is shown, so that nothing is read aloud again that has not changed.
/** @type {WeakMap<Element, string>} */
const shown = new WeakMap();

/** @param {HTMLElement} place @param {Checked} checked @param {View} view */
export function showFindings(place, { findings, about }, { form, lines }) {
  const said = JSON.stringify(findings);
  if (said === (shown.get(place) ?? "")) return;
  shown.set(place, said);
  place.hidden = !findings.length;
  const listed = findings.slice(0, MOST).map(({ item, severity, message, hint }) => {
    const name = about.get(item)?.activity.name ?? "";
    const line = element("li", "");
    line.append(
      element("span", severity, `pb-tag pb-tag-${severity}`),
      ` ${message.includes(name) ? message : `${name}: ${message}`} `,
      element("span", hint, "pb-soft"),
    );
    return line;
  });
  if (findings.length > MOST) listed.push(element("li", `and ${findings.length - MOST} more`));
  place.querySelector("ul")?.replaceChildren(...listed);
  for (const each of form.querySelectorAll("tr.pb-wrong")) each.classList.remove("pb-wrong");
  for (const { item, severity } of findings) {
    const row = about.get(item)?.row;
    if (row && severity === "error") lines.get(row)?.classList.add("pb-wrong");
  }
}

/** @param {HTMLElement} place @param {Session} here */
export function showKept(place, here) {
  const { kept } = here.draft;
  place.hidden = !kept.length;
  const lines = kept.flatMap((each) => {
    const button = element("button", "Remove", "pb-small");
    button.type = "button";
    button.setAttribute("aria-label", `Remove ${each.where}`);
    button.addEventListener("click", () => drop(here, each));
    const value = element("dd", each.value);
    value.append(" ", button);
    return [element("dt", each.where), value];
  });
  place.querySelector("dl")?.replaceChildren(...lines);
}

// --- results ------------------------------------------------------------------------------

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
