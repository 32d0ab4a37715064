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
