// One window's work on a sheet: the draft that is open, whether all of it is kept, and what can be
// undone. It knows the storage and not the page, which is told what happened.

import { answers, clean, create, fit, newId } from "./draft.js";
import { mark, marked } from "./store.js";

/** @import {Draft, Kept, Listener, Place, Saved, Session, SheetSpec, Store, Value} from "./shapes" */

const OFF =
  "This browser does not keep anything (its storage is switched off): what you type stays in this " +
  "window only. Download the draft as YAML before you close it.";
const FULL =
  "This browser's storage is full: what you type stays in this window only. " +
  "Download the draft as YAML before you close it, or delete drafts that you don't need.";
const SAVE_AFTER = 250; // milliseconds without a key; leaving the page saves at once
const STEPS = 20; // that can be undone

/** @param {SheetSpec} spec @param {Store} drafts @param {Listener} on @returns {Session} */
export const session = (spec, drafts, on) => ({
  spec,
  drafts,
  on,
  draft: create(spec, ""),
  dirty: false,
  safe: true,
  timer: 0,
  steps: [],
});

/** Open what this window had open, the latest draft, or a new one. @param {Session} here */
export function resume(here) {
  const listed = here.drafts.list().filter((each) => each.readable);
  const before = marked(here.drafts);
  const first = listed.find((each) => each.id === before) ?? listed[0];
  if (!first || !open(here, first.id)) blank(here);
  if (!here.drafts.available) here.on.warned(OFF);
}

/** @param {Session} here @param {Draft} draft */
function show(here, draft) {
  here.draft = draft;
  here.on.shown();
}

/** Show a new draft. @param {Session} here */
function blank(here) {
  const taken = new Set(here.drafts.list().map((each) => each.name));
  let number = 1;
  while (taken.has(`Draft ${number}`)) number += 1;
  show(here, create(here.spec, `Draft ${number}`));
}

// --- answers -------------------------------------------------------------------------------

/** @param {Session} here */
function changed(here) {
  here.dirty = true;
  here.safe = false;
  clearTimeout(here.timer);
  here.timer = setTimeout(() => save(here), SAVE_AFTER);
  here.on.changed();
}

/** @param {Session} here @param {Place} place @param {Value} value */
export function answer(here, { section, row, field, part }, value) {
  const text = typeof value === "string" ? clean(value) : value;
  if (field) (row ? row.cells : here.draft.forms[section.id])[field.id] = text;
  else if (row && part) row[part] = String(text);
  changed(here);
}

/**
 * Let rows come, go or move.
 *
 * @param {Session} here
 * @param {() => void} change
 * @param {string} [what] is done, where it can be undone
 * @param {() => void} [back] undoes it
 */
export function arrange(here, change, what, back) {
  const apply = (/** @type {() => void} */ how) => {
    how();
    here.on.arranged();
    changed(here);
  };
  apply(change);
  if (what && back) offer(here, what, () => apply(back));
}

/** Remove an answer that the sheet has no place for. @param {Session} here @param {Kept} gone */
export function drop(here, gone) {
  const apply = (/** @type {Kept[]} */ kept) => {
    here.draft.kept = kept;
    here.on.kept();
    changed(here);
  };
  apply(here.draft.kept.filter((each) => each !== gone));
  offer(here, `Removed what was kept of ${gone.where}.`, () => apply([...here.draft.kept, gone]));
}

/**
 * Change all answers; it stays the same draft.
 *
 * @param {Session} here
 * @param {Draft} other
 * @param {string} [what] is done, where it can be undone
 */
export function replace(here, other, what) {
  if (what) remember(here, what);
  const { id, name, rev, saved } = here.draft;
  show(here, { ...other, id, name, rev, saved });
  changed(here);
}

/** @param {Session} here */
export const clear = (here) =>
  replace(
    here,
    create(here.spec, here.draft.name),
    "Cleared the draft; the playbook's own entries are back.",
  );

// --- undoing -------------------------------------------------------------------------------

/**
 * Offer the draft as it is now, before all of it changes. What is typed after the change is not
 * lost by going back: that, too, can be undone.
 *
 * @param {Session} here
 * @param {string} what is done
 */
function remember(here, what) {
  const before = structuredClone(here.draft);
  offer(here, what, () => replace(here, before, `Undone: ${what}`));
}

/** @param {Session} here @param {string} text @param {() => void} back */
function offer(here, text, back) {
  here.steps.push({ text, back });
  if (here.steps.length > STEPS) here.steps.shift();
  here.on.undoable();
}

/** What was done to another draft can't be undone in this one. @param {Session} here */
function forget(here) {
  here.steps.length = 0;
  here.on.undoable();
}

/** @param {Session} here */
export function undo(here) {
  const last = here.steps.pop();
  if (!last) return;
  last.back();
  here.on.undoable();
  if (!here.steps.length) here.on.said("Undone.");
}

// --- drafts --------------------------------------------------------------------------------

/** @param {Session} here @param {string} id @returns whether it could be read */
export function open(here, id) {
  const saved = here.drafts.read(id);
  if (!saved) {
    const raw = here.drafts.raw(id);
    if (raw !== null) here.on.unreadable(raw);
    return false;
  }
  const { draft, notes } = fit(here.spec, { ...saved, id });
  forget(here);
  show(here, draft);
  here.on.said(notes.join(" "));
  mark(here.drafts, id);
  return true;
}

/** Take answers from a file as a new draft. @param {Session} here @param {Saved} saved */
export function adopt(here, saved) {
  save(here);
  forget(here);
  const { draft, notes } = fit(here.spec, saved);
  show(here, draft);
  changed(here);
  save(here);
  return notes;
}

/** @param {Session} here */
export function begin(here) {
  save(here);
  forget(here);
  blank(here);
  here.on.said("A new draft. It is saved with the first thing that you type.");
}

/** @param {Session} here @param {string} text */
export function rename(here, text) {
  const name = clean(text).trim();
  if (!name) return;
  here.draft.name = name;
  changed(here);
  save(here);
  here.on.listed();
}

/** @param {Session} here */
export function remove(here) {
  save(here);
  forget(here);
  const gone = structuredClone(here.draft);
  const wasStored = here.drafts.raw(gone.id) !== null;
  here.drafts.remove(gone.id);
  const left = here.drafts.list().find((each) => each.readable);
  if (!left || !open(here, left.id)) blank(here);
  offer(here, `Deleted “${gone.name}”.`, () => {
    save(here); // what was typed into the draft that stands there since
    gone.rev = "";
    show(here, gone);
    if (!wasStored) return;
    changed(here);
    save(here);
  });
}

// --- keeping -------------------------------------------------------------------------------

/** A draft as it is stored. @param {SheetSpec} spec @param {Draft} draft */
function content(spec, draft) {
  const { name, saved, rev, kept, assembled } = draft;
  return { format: 1, template: spec.id, name, saved, rev, answers: answers(spec, draft), kept, assembled };
}

/** @param {Session} here */
export function save(here) {
  const { spec, drafts, draft, on } = here;
  clearTimeout(here.timer);
  if (!here.dirty) return;
  const { saved, rev } = draft;
  draft.rev = newId();
  draft.saved = new Date().toISOString();
  const result = drafts.write(draft.id, rev, content(spec, draft));
  if (result === "full" || result === "off") {
    Object.assign(draft, { saved, rev });
    return on.warned(result === "full" ? FULL : OFF); // still dirty: the next key tries again
  }
  if (result !== "saved") keepBoth(here, result);
  else if (!rev) on.listed();
  mark(drafts, draft.id);
  here.dirty = false;
  here.safe = true;
  on.warned("");
}

/**
 * Neither version is lost: the other window's stays, and ours becomes a draft of its own.
 *
 * @param {Session} here
 * @param {string} what the other window did
 */
function keepBoth({ spec, drafts, draft, on }, what) {
  draft.id = newId();
  if (what === "changed elsewhere") draft.name = `${draft.name} (this window)`.slice(0, 80);
  drafts.write(draft.id, "", content(spec, draft));
  on.said(
    what === "gone"
      ? `This draft was deleted in another window. What you see here is saved again, as “${draft.name}”.`
      : "Another window changed this draft meanwhile. " +
          `Yours is kept as “${draft.name}”; the other one is in the list of drafts.`,
  );
  on.listed();
}

/** Follow what another window did. @param {Session} here @param {StorageEvent} change */
export function follow(here, { key, newValue }) {
  const { spec, drafts, draft, on } = here;
  if (!key?.startsWith(drafts.prefix)) return;
  if (key !== drafts.prefix + draft.id) return on.listed();
  if (here.dirty) return save(here); // finds out what happened, and keeps both
  if (newValue === null) {
    on.said("Another window deleted this draft. It is still here: as soon as you type, it is saved again.");
    return on.listed();
  }
  const saved = drafts.read(draft.id);
  if (!saved || saved.rev === draft.rev) return;
  const fitted = fit(spec, { ...saved, id: draft.id });
  forget(here);
  show(here, fitted.draft);
  on.said("Another window changed this draft; you see its answers now.");
}
