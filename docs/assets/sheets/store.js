// Drafts in this browser: one key a draft, so that two windows with two drafts never meet.
// Nothing is overwritten that this window has not seen.

import { scope } from "../scope.js";

/** @import {Saved, Store} from "./shapes" */

/** @param {string} template */
export function store(template) {
  const prefix = `playbook:template:v1:${scope()}:${template}:`;
  /** @type {Storage | null} */
  let storage = null;
  try {
    storage = localStorage;
    storage.getItem(prefix);
  } catch {
    storage = null; // switched off
  }

  return {
    prefix,
    available: storage !== null,

    /** Drafts, the latest first. */
    list() {
      const all = [];
      for (let index = 0; index < (storage?.length ?? 0); index++) {
        const key = storage?.key(index) ?? "";
        if (!key.startsWith(prefix)) continue;
        const id = key.slice(prefix.length);
        const draft = this.read(id);
        const { name = "Unreadable draft" } = draft ?? {};
        all.push({ id, name, saved: draft?.saved ?? "", readable: draft !== null });
      }
      return all.sort((a, b) => (a.saved < b.saved ? 1 : -1));
    },

    /** @param {string} id @returns {(Saved & {saved: string, rev: string}) | null} */
    read(id) {
      try {
        const value = JSON.parse(storage?.getItem(prefix + id) ?? "null");
        return typeof value?.name === "string" && value.answers ? value : null;
      } catch {
        return null;
      }
    },

    /** @param {string} id */
    raw: (id) => storage?.getItem(prefix + id) ?? null,

    /**
     * Write a draft if nobody else has changed it meanwhile.
     * @param {string} id @param {string} seen the `rev` that this window knows; empty for a new one
     * @param {object} content
     */
    write(id, seen, content) {
      if (!storage) return "off";
      const there = storage.getItem(prefix + id);
      if (there !== null && this.read(id)?.rev !== seen) return "changed elsewhere";
      if (there === null && seen) return "gone";
      try {
        storage.setItem(prefix + id, JSON.stringify(content));
        return "saved";
      } catch {
        return "full";
      }
    },

    /** @param {string} id */
    remove(id) {
      storage?.removeItem(prefix + id);
    },
  };
}

/** Remember which draft this window has open, for its next visit. @param {Store} drafts @param {string} id */
export function mark(drafts, id) {
  try {
    sessionStorage.setItem(`${drafts.prefix}open`, id);
  } catch {
    // The latest draft is opened then.
  }
}

/** The draft that this window had open. @param {Store} drafts */
export function marked(drafts) {
  try {
    return sessionStorage.getItem(`${drafts.prefix}open`) ?? "";
  } catch {
    return "";
  }
}
