// Entry point: starts what the page at hand has. Material announces each page on document$, with
// instant navigation too.

/** @type {[string, string][]} What a page may hold, and the module for it. */
const PARTS = [
  ["[data-pb-tree]", "./tree.js"],
  ["[data-pb-roles]", "./raci.js"],
  ["[data-pb-checklist]", "./checklist.js"],
  ["[data-pb-spec]", "./sheets/fill.js"],
];

function start() {
  for (const [selector, module] of PARTS) {
    const found = document.querySelector(selector);
    if (found) import(module).then((part) => part.start(found));
  }
}

// @ts-ignore Material's observable
const pages = window.document$;
if (pages) pages.subscribe(start);
else start();
