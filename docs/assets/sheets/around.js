// What is shown around the form: drafts, progress, what can be undone, what the linter says, answers
// without a place, and what is worked out of the answers.

import { progress } from "./draft.js";
import { gaps, pillars, verdict } from "./gaps.js";
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
    const text = verdict(found, spec.verdicts ?? {});
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

const RATINGS = ["missing", "begun", "works mostly", "works"];

/** @param {Pillar[]} all */
function chart(all) {
  const made = element("div", "", "pb-gaps");
  for (const pillar of all) {
    const { name, items: rated } = pillar;
    const found = gaps(pillar);
    const items = element("span", "", "pb-gap-items");
    items.setAttribute("role", "img");
    items.setAttribute("aria-label", `${name}: ${found} of ${rated.length} are gaps`);
    for (const { name, rating } of [...rated].sort((a, b) => (a.rating ?? 9) - (b.rating ?? 9))) {
      const box = element("i", String(rating ?? "·"), `pb-rating-${rating ?? "none"}`);
      box.title = `${name}: ${rating === null ? "not rated" : RATINGS[rating]}`;
      items.append(box);
    }
    const count = `${found} ${found === 1 ? "gap" : "gaps"}`;
    made.append(element("span", name), items, element("span", count, "pb-gap-count"));
  }
  return made;
}
