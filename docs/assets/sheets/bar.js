// The parts of the page, and what its bar shows: drafts, progress, what can be undone.

import { progress } from "./draft.js";

/** @import {Parts, Session} from "./shapes" */

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
