// Entry point: starts what the page at hand has. Material announces each page on document$, with
// instant navigation too.

/** @type {[string, string][]} What a page may hold, and the module for it. */
const PARTS = [
  ["[data-pb-tree]", "./tree.js"],
  ["[data-pb-roles]", "./raci.js"],
  ["[data-pb-checklist]", "./checklist.js"],
  ["[data-pb-spec]", "./sheets/fill.js"],
];

/** What has started says so, for whoever has to wait for it. */
function start() {
  for (const [selector, module] of PARTS) {
    const found = document.querySelector(selector);
    if (found) {
      import(module).then(async (part) => {
        await part.start(found);
        found.setAttribute("data-pb-started", "");
      });
    }
  }
}

// @ts-ignore Material's observable
const pages = window.document$;
if (pages) pages.subscribe(start);
else start();
