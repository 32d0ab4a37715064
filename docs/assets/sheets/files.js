// Files out of a draft and into one: fetched when somebody asks for it.

import { check } from "./check.js";
import { adopt } from "./session.js";

/** @import {Session} from "./shapes" */

/** Hand a file to the browser. @param {Blob} blob @param {string} name */
export function download(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/**
 * Download the draft.
 *
 * @param {Session} here
 * @param {string} format
 * @throws {Error} where the file can't be made
 */
export async function downloadDraft(here, format) {
  const { write } = await import("./write.js");
  const { spec, draft, on } = here;
  const made = await write(format, spec, draft, check(spec, draft).findings);
  if ("problems" in made) return on.warned(`Not ready for company/: ${made.problems.join(" ")}`);
  on.warned("");
  download(made.blob, made.name);
  on.said(made.note ?? `Downloaded ${made.name}.`);
  here.safe = true;
}

/**
 * Open a file as a draft of its own.
 *
 * @param {Session} here
 * @param {File} file
 * @throws {Error} with a sentence for the reader, where it is not a file of this sheet
 */
export async function openFile(here, file) {
  const { read } = await import("./read.js");
  const notes = adopt(here, await read(file, here.spec));
  here.on.said([`Opened ${file.name} as “${here.draft.name}”.`, ...notes].join(" "));
  here.on.warned("");
}

/**
 * Open the sheet that the example company filled, as a draft of its own.
 *
 * @param {Session} here
 * @param {string} address of its file on this site
 * @throws {Error} where it can't be had
 */
export async function openExample(here, address) {
  const [answer, { fromData }] = await Promise.all([fetch(address), import("./read.js")]);
  if (!answer.ok) throw new Error(`the site answered ${answer.status}.`);
  const saved = fromData(await answer.json(), here.spec);
  const taken = here.drafts.list().map(({ name }) => name);
  const usual = saved.name;
  for (let number = 2; taken.includes(saved.name); number += 1) saved.name = `${usual} (${number})`;
  const notes = adopt(here, saved);
  here.on.said([`Opened “${saved.name}” as a draft of its own; yours are in the list.`, ...notes].join(" "));
  here.on.warned("");
}
