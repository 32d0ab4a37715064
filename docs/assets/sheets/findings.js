// Shows what the linter says, with the rows that it is about, and answers that have no place any more.

import { element } from "./bar.js";
import { drop } from "./session.js";

/** @import {Checked, Session, View} from "./shapes" */

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
