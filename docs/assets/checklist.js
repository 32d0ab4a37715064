// Ticks on the capabilities checklist, kept in this browser by id: they survive changes of
// wording and order, and a tick of an item that is gone comes back with the item.

import { scope } from "./scope.js";

/** @param {HTMLElement} list */
export function start(list) {
  const boxes = /** @type {NodeListOf<HTMLInputElement>} */ (list.querySelectorAll("[data-pb-check]"));
  const count = /** @type {HTMLElement} */ (list.querySelector("[data-pb-count]"));
  const key = `playbook:checklist:v1:${scope()}:${list.dataset.pbChecklist}`;
  const ticked = new Set(stored(key));
  let kept = true;

  const tell = () => {
    const here = [...boxes].filter((box) => box.checked).length;
    count.textContent =
      `${here} of ${boxes.length} in place.` +
      (kept ? "" : " This browser does not keep ticks; they are gone when you leave the page.");
  };
  for (const box of boxes) {
    const id = box.dataset.pbCheck ?? "";
    box.checked = ticked.has(id);
    box.addEventListener("change", () => {
      if (box.checked) ticked.add(id);
      else ticked.delete(id);
      try {
        localStorage.setItem(key, JSON.stringify([...ticked]));
      } catch {
        kept = false; // private window or full storage
      }
      tell();
    });
  }
  count.hidden = false;
  tell();
}

/** @param {string} key @returns {string[]} */
function stored(key) {
  try {
    const value = JSON.parse(localStorage.getItem(key) ?? "[]");
    return Array.isArray(value) ? value.filter((id) => typeof id === "string") : [];
  } catch {
    return [];
  }
}
