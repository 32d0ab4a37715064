// Shows answers that the sheet has no place for any more.

import { element } from "./bar.js";
import { drop } from "./session.js";

/** @import {Session} from "./shapes" */

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
