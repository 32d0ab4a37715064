// A sheet on its page: session, form and what is shown around it. What is typed never leaves the
// browser: no request is made with it.

import { parts, showDrafts, showFindings, showKept, showProgress, showResult, showUndo } from "./around.js";
import { check } from "./check.js";
import { onPrint } from "./paper.js";
import * as work from "./session.js";
import { sheet, show } from "./sheet.js";
import { store } from "./store.js";

/** @import {Listener, Parts, Session, SheetSpec} from "./shapes" */

/** @param {HTMLFormElement} form */
export function start(form) {
  /** @type {SheetSpec} */
  const spec = JSON.parse(form.dataset.pbSpec ?? "{}");
  const ui = parts(form);
  /** @type {ReturnType<typeof import("./one-sheet.js").poster> | undefined} */
  let poster;
  let frame = 0;
  const redraw = () => {
    frame = 0;
    showProgress(ui, here);
    showFindings(ui.findings, check(spec, here.draft), view);
    if (ui.result) showResult(ui.result, form, here);
    poster?.draw();
  };
  /** @type {Listener} */
  const on = {
    shown() {
      show(view);
      on.listed();
      on.kept();
      redraw();
    },
    arranged: () => show(view),
    changed() {
      frame ||= requestAnimationFrame(redraw);
    },
    kept: () => showKept(ui.kept, here),
    listed: () => showDrafts(ui, here),
    undoable: () => showUndo(ui, here),
    said(text) {
      ui.status.textContent = text;
    },
    warned(text) {
      ui.alert.textContent = text;
    },
    async unreadable(raw) {
      const { download } = await import("./files.js");
      download(new Blob([raw], { type: "text/plain" }), `${spec.id}-unreadable.txt`);
      on.said("That draft can't be read. Its text was downloaded as it is, and it stays in this browser.");
    },
  };
  const here = work.session(spec, store(spec.id), on);
  const view = sheet(form, here);
  onBar(form, ui, here);
  onWindow(form, here);
  ui.without.hidden = true;
  ui.fill.hidden = false;
  work.resume(here);
  if (spec.result !== "one-sheet") onPrint(form, here);
  else {
    import("./one-sheet.js").then((module) => {
      poster = module.poster(form, here);
      poster.draw();
    });
  }
}

/** @param {unknown} error */
const reason = (error) => (error instanceof Error ? error.message : error);

/** @param {HTMLFormElement} form @param {Parts} ui @param {Session} here */
function onBar(form, ui, here) {
  /** @type {Record<string, () => void>} By their names in the page. */
  const buttons = {
    new: () => work.begin(here),
    rename() {
      ui.rename.hidden = !ui.rename.hidden;
      ui.name.value = here.draft.name;
      if (!ui.rename.hidden) ui.name.select();
    },
    renamed() {
      work.rename(here, ui.name.value);
      ui.rename.hidden = true;
      ui.drafts.focus();
    },
    clear: () => work.clear(here),
    delete: () => work.remove(here),
    undo: () => work.undo(here),
    async example() {
      try {
        const { openExample } = await import("./files.js");
        await openExample(
          here,
          /** @type {HTMLAnchorElement} */ (form.querySelector("[data-pb-example]")).href,
        );
      } catch (error) {
        here.on.warned(`The example was not loaded, and nothing was changed: ${reason(error)}`);
      }
    },
    print: () => print(),
    async download() {
      work.save(here);
      try {
        const { downloadDraft } = await import("./files.js");
        await downloadDraft(here, ui.formats.value);
      } catch (error) {
        here.on.said(`The file could not be made: ${reason(error)}`);
      }
    },
  };
  form.addEventListener("click", ({ target }) => {
    const pressed = target instanceof Element ? target.closest("[data-pb-do]") : null;
    if (pressed) buttons[pressed.getAttribute("data-pb-do") ?? ""]?.();
  });
  ui.name.addEventListener("keydown", ({ key, isComposing, keyCode }) => {
    if (isComposing || keyCode === 229) return; // the key ends a word of an input method
    if (key === "Enter") buttons.renamed();
    if (key === "Escape") buttons.rename();
  });
  ui.drafts.addEventListener("change", () => {
    work.save(here);
    if (!work.open(here, ui.drafts.value)) ui.drafts.value = here.draft.id;
  });
  ui.formats.addEventListener("change", () => {
    ui.download.disabled = !ui.formats.value;
  });
  ui.open.addEventListener("change", async () => {
    const file = ui.open.files?.[0];
    ui.open.value = "";
    if (!file) return;
    try {
      const { openFile } = await import("./files.js");
      await openFile(here, file);
    } catch (error) {
      here.on.warned(`${file.name} was not opened, and nothing was changed: ${reason(error)}`);
    }
  });
}

/** @param {HTMLFormElement} form @param {Session} here */
function onWindow(form, here) {
  /** @param {StorageEvent} event */
  const elsewhere = (event) => {
    if (form.isConnected) work.follow(here, event);
    else removeEventListener("storage", elsewhere);
  };
  addEventListener("storage", elsewhere);
  addEventListener("pagehide", () => work.save(here));
  document.addEventListener("visibilitychange", () => document.hidden && work.save(here));
  addEventListener("beforeunload", (event) => {
    work.save(here);
    if (form.isConnected && here.dirty && !here.safe) event.preventDefault();
  });
}
