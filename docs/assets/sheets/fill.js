// A template on its page: drafts in this browser, progress, undo, what the linter says, files in
// and out. What is typed never leaves the browser: no request is made with it.

import { answers, clean, create, fit, isBlank, listed, newId, progress, rowName } from "./draft.js";
import { draw, pillars, verdict } from "./gaps.js";
import { lintFlagship, lintRaci } from "./rules.js";
import * as scorecard from "./scorecard.js";
import { sheet } from "./sheet.js";
import { store } from "./store.js";

/** @import {Draft, Finding, Row} from "./answers" */
/** @import {SheetSpec} from "./types" */

const OFF =
  "This browser does not keep anything (its storage is switched off): what you type stays in this window only. Download the draft as YAML before you close it.";
const FULL =
  "This browser's storage is full: what you type stays in this window only. Download the draft as YAML before you close it, or delete drafts that you don't need.";
const SAVE_AFTER = 250; // milliseconds without a key; leaving the page saves at once

/** @param {HTMLFormElement} form */
export function start(form) {
  /** @type {SheetSpec} */
  const spec = JSON.parse(form.dataset.pbSpec ?? "{}");
  const drafts = store(spec.id);
  /** @template {Element} T @param {string} name @returns {T} */
  const part = (name) => /** @type {T} */ (/** @type {unknown} */ (form.querySelector(`[data-pb-${name}]`)));
  const ui = {
    fill: /** @type {HTMLElement} */ (part("fill")),
    drafts: /** @type {HTMLSelectElement} */ (part("drafts")),
    rename: /** @type {HTMLElement} */ (part("rename")),
    progress: /** @type {HTMLElement} */ (part("progress")),
    formats: /** @type {HTMLSelectElement} */ (part("formats")),
    open: /** @type {HTMLInputElement} */ (part("open")),
    status: /** @type {HTMLElement} */ (part("status")),
    undo: /** @type {HTMLElement} */ (part("undo")),
    alert: /** @type {HTMLElement} */ (part("alert")),
    kept: /** @type {HTMLElement} */ (part("kept")),
    findings: /** @type {HTMLElement} */ (part("findings")),
    result: /** @type {HTMLElement | null} */ (part("result")),
    download: /** @type {HTMLButtonElement} */ (form.querySelector('[data-pb-do="download"]')),
    bar: /** @type {HTMLProgressElement} */ (form.querySelector("progress")),
    name: /** @type {HTMLInputElement} */ (form.querySelector("[data-pb-rename] input")),
  };

  /** @type {Draft} */
  let draft;
  let dirty = false;
  let safe = true; // whether everything typed is in a store or in a file
  let timer = 0;
  let drawing = 0;
  /** @type {{text: string, back: () => void}[]} */
  const steps = [];
  /** @type {ReturnType<typeof import("./one-sheet.js").poster> | undefined} */
  let poster;

  const view = sheet(form, spec, {
    change({ section, row, field, part: of }, value) {
      const text = typeof value === "string" ? clean(value) : value;
      if (!row && field) draft.forms[section.id][field.id] = text;
      else if (row && field) row.cells[field.id] = text;
      else if (row && of) row[of] = String(text);
      changed();
    },
    tell: (text) => say(text),
    rows(change, what, back) {
      const apply = (/** @type {() => void} */ how) => {
        how();
        view.show(draft);
        changed();
      };
      apply(change);
      if (what && back) offer(what, () => apply(back));
    },
  });

  // --- showing ---------------------------------------------------------------------------

  /** @param {Draft} next */
  function show(next) {
    draft = next;
    view.show(draft);
    listDrafts();
    listKept();
    redraw();
  }

  function changed() {
    dirty = true;
    safe = false;
    clearTimeout(timer);
    timer = window.setTimeout(save, SAVE_AFTER);
    drawing ||= requestAnimationFrame(redraw);
  }

  function redraw() {
    drawing = 0;
    const { given, all } = progress(spec, draft);
    ui.progress.textContent = `${given} of ${all}${all && given === all ? ", complete" : ""}`;
    ui.bar.max = all || 1;
    ui.bar.value = given;
    listFindings();
    if (ui.result) {
      if (spec.result === "gaps") {
        const found = pillars(spec, draft);
        const text = verdict(found);
        ui.result.hidden = !text;
        draw(ui.result, found, text);
      } else {
        const candidates = scorecard.candidates(spec, draft);
        const contenders = candidates.filter((each) => each.given).map((each) => each.contender);
        const { text, why } = scorecard.judge(contenders, scorecard.criteria(spec), spec.verdicts ?? {});
        ui.result.hidden = !contenders.length;
        tell(ui.result, text, why);
        nameChoices(candidates);
      }
    }
    poster?.draw(draft);
  }

  /** The candidates to choose from are called by their names. @param {ReturnType<typeof scorecard.candidates>} candidates */
  function nameChoices(candidates) {
    const choice = /** @type {HTMLSelectElement} */ (form.elements.namedItem("decision.chosen"));
    for (const { column, contender } of candidates) {
      const option = [...choice.options].find((each) => each.value === column);
      if (option) option.text = contender.name;
    }
  }

  /** @param {HTMLElement} place @param {string} strong @param {string} rest */
  function tell(place, strong, rest) {
    const said = document.createElement("p");
    said.className = "pb-verdict";
    said.textContent = strong;
    const why = document.createElement("p");
    why.textContent = rest;
    if (place.textContent !== strong + rest) place.replaceChildren(said, why);
  }

  let shownFindings = "";
  function listFindings() {
    const { findings, rows, names } = check(spec, draft);
    const key = JSON.stringify(findings);
    if (key === shownFindings) return;
    shownFindings = key;
    ui.findings.hidden = !findings.length;
    for (const line of form.querySelectorAll("tr.pb-wrong")) line.classList.remove("pb-wrong");
    const list = /** @type {HTMLElement} */ (ui.findings.querySelector("ul"));
    list.replaceChildren(
      ...findings.slice(0, 20).map((finding) => {
        const line = document.createElement("li");
        const kind = document.createElement("span");
        kind.className = `pb-tag pb-tag-${finding.severity}`;
        kind.textContent = finding.severity;
        const about = names.get(finding.item) ?? "";
        line.append(kind, ` ${finding.message.includes(about) ? "" : `${about}: `}${finding.message} `);
        const hint = document.createElement("span");
        hint.className = "pb-soft";
        hint.textContent = finding.hint;
        line.append(hint);
        return line;
      }),
    );
    if (findings.length > 20) {
      const more = document.createElement("li");
      more.textContent = `and ${findings.length - 20} more`;
      list.append(more);
    }
    for (const finding of findings) {
      const row = rows.get(finding.item);
      if (row && finding.severity === "error") view.line(row)?.classList.add("pb-wrong");
    }
  }

  function listDrafts() {
    const listed = drafts.list();
    const options = listed.map(
      (each) => new Option(`${each.name}${each.saved ? ` (${each.saved.slice(0, 10)})` : ""}`, each.id),
    );
    if (!listed.some((each) => each.id === draft.id))
      options.unshift(new Option(`${draft.name} (new)`, draft.id));
    ui.drafts.replaceChildren(...options);
    ui.drafts.value = draft.id;
  }

  function listKept() {
    ui.kept.hidden = !draft.kept.length;
    const list = /** @type {HTMLElement} */ (ui.kept.querySelector("dl"));
    list.replaceChildren(
      ...draft.kept.flatMap((each) => {
        const where = document.createElement("dt");
        where.textContent = each.where;
        const value = document.createElement("dd");
        value.textContent = each.value;
        const drop = document.createElement("button");
        drop.type = "button";
        drop.className = "pb-small";
        drop.textContent = "Remove";
        drop.setAttribute("aria-label", `Remove ${each.where}`);
        drop.addEventListener("click", () => {
          const apply = (/** @type {typeof draft.kept} */ kept) => {
            draft.kept = kept;
            listKept();
            changed();
          };
          apply(draft.kept.filter((one) => one !== each));
          offer(`Removed what was kept of ${each.where}.`, () => apply([...draft.kept, each]));
        });
        value.append(" ", drop);
        return [where, value];
      }),
    );
  }

  /** @param {string} text */
  const say = (text) => {
    ui.status.textContent = text;
  };

  // --- keeping -----------------------------------------------------------------------------

  const content = () => ({
    format: 1,
    template: spec.id,
    name: draft.name,
    saved: draft.saved,
    rev: draft.rev,
    answers: answers(spec, draft),
    kept: draft.kept,
    assembled: draft.assembled,
  });

  function save() {
    clearTimeout(timer);
    if (!dirty) return;
    const seen = draft.rev;
    const was = { saved: draft.saved, rev: draft.rev };
    draft.rev = newId();
    draft.saved = new Date().toISOString();
    const result = drafts.write(draft.id, seen, content());
    if (result === "changed elsewhere" || result === "gone") {
      // Neither version is lost: theirs stays, and ours becomes a draft of its own.
      draft.id = newId();
      if (result === "changed elsewhere") draft.name = `${draft.name} (this window)`.slice(0, 80);
      drafts.write(draft.id, "", content());
      say(
        result === "gone"
          ? `This draft was deleted in another window. What you see here is saved again, as “${draft.name}”.`
          : `Another window changed this draft meanwhile. Yours is kept as “${draft.name}”; the other one is in the list of drafts.`,
      );
      listDrafts();
      mark();
    } else if (result === "saved") {
      if (!seen) listDrafts();
      mark();
    } else {
      Object.assign(draft, was);
      ui.alert.textContent = result === "full" ? FULL : OFF;
      return; // still dirty: the next key tries again
    }
    dirty = false;
    safe = true;
    ui.alert.textContent = "";
  }

  /** Which draft this window has open, for the next time it comes to this page. */
  function mark() {
    try {
      sessionStorage.setItem(`${drafts.prefix}open`, draft.id);
    } catch {
      // The latest draft is opened then.
    }
  }

  /**
   * Offer the draft as it is now, before all of it changes. What is typed after the change is not
   * lost by going back: that, too, can be undone.
   * @param {string} text what is done, for the line with Undo
   */
  function remember(text) {
    const before = structuredClone(draft);
    offer(text, () => {
      remember(`Undone: ${text}`);
      show({ ...before, id: draft.id, name: draft.name, rev: draft.rev, saved: draft.saved });
      changed();
    });
  }

  /** @param {string} text @param {() => void} back */
  function offer(text, back) {
    steps.push({ text, back });
    if (steps.length > 20) steps.shift();
    showUndo();
  }

  /** Another draft is on the page: what was done to the one before can't be undone in it. */
  function forget() {
    steps.length = 0;
    showUndo();
  }

  function showUndo() {
    const last = steps[steps.length - 1];
    ui.undo.hidden = !last;
    if (last) /** @type {HTMLElement} */ (ui.undo.firstElementChild).textContent = last.text;
    if (last) say("");
  }

  /** @param {string} id */
  function open(id) {
    const saved = drafts.read(id);
    if (!saved) {
      const raw = drafts.raw(id);
      if (raw !== null) {
        download(new Blob([raw], { type: "text/plain" }), `${spec.id}-unreadable.txt`);
        say("That draft can't be read. Its text was downloaded as it is, and it stays in this browser.");
      }
      return false;
    }
    const { draft: next, notes } = fit(spec, { .../** @type {any} */ (saved), id });
    forget();
    show(next);
    say(notes.join(" "));
    mark();
    return true;
  }

  const nextName = () => {
    const taken = new Set(drafts.list().map((each) => each.name));
    let number = 1;
    while (taken.has(`Draft ${number}`)) number += 1;
    return `Draft ${number}`;
  };

  /** @type {Record<string, () => void>} */
  const actions = {
    new() {
      save();
      forget();
      show(create(spec, nextName()));
      say("A new draft. It is saved with the first thing that you type.");
    },
    rename() {
      ui.rename.hidden = !ui.rename.hidden;
      ui.name.value = draft.name;
      if (!ui.rename.hidden) ui.name.select();
    },
    renamed() {
      const name = clean(ui.name.value).trim();
      if (name) {
        draft.name = name;
        changed();
        save();
        listDrafts();
      }
      ui.rename.hidden = true;
      ui.drafts.focus();
    },
    clear() {
      remember("Cleared the draft; the playbook's own entries are back.");
      const blank = create(spec, draft.name);
      show({ ...blank, id: draft.id, rev: draft.rev, saved: draft.saved });
      changed();
    },
    delete() {
      save();
      const gone = structuredClone(draft);
      const raw = drafts.raw(gone.id);
      drafts.remove(gone.id);
      const left = drafts.list().find((each) => each.readable);
      if (!left || !open(left.id)) show(create(spec, nextName()));
      offer(`Deleted “${gone.name}”.`, () => {
        gone.rev = "";
        show(gone);
        if (raw !== null) {
          changed();
          save();
        }
      });
    },
    undo() {
      const last = steps.pop();
      if (!last) return;
      last.back();
      showUndo();
      if (!steps.length) say("Undone.");
    },
    print: () => print(),
    async download() {
      save();
      const format = ui.formats.value;
      try {
        // Formats, and the libraries for them, are fetched from this site when they are asked for.
        const { write } = await import("./write.js");
        const made = await write(format, spec, draft, check(spec, draft).findings);
        if ("problems" in made) {
          ui.alert.textContent = `Not ready for company/: ${made.problems.join(" ")}`;
          return;
        }
        ui.alert.textContent = "";
        download(made.blob, made.name);
        say(made.note ?? `Downloaded ${made.name}.`);
        safe = true;
      } catch (error) {
        say(`The file could not be made: ${error instanceof Error ? error.message : error}`);
      }
    },
  };

  form.addEventListener("click", (event) => {
    const pressed = event.target instanceof Element ? event.target.closest("[data-pb-do]") : null;
    if (pressed) actions[pressed.getAttribute("data-pb-do") ?? ""]?.();
  });
  ui.name.addEventListener("keydown", (event) => {
    if (event.key === "Enter") actions.renamed();
    if (event.key === "Escape") actions.rename();
  });
  ui.drafts.addEventListener("change", () => {
    save();
    if (!open(ui.drafts.value)) ui.drafts.value = draft.id;
  });
  ui.formats.addEventListener("change", () => {
    ui.download.disabled = !ui.formats.value;
  });
  ui.open.addEventListener("change", async () => {
    const file = ui.open.files?.[0];
    ui.open.value = "";
    if (!file) return;
    try {
      const { read } = await import("./read.js");
      const saved = await read(file, spec);
      save();
      const { draft: next, notes } = fit(spec, saved);
      show(next);
      changed();
      save();
      say([`Opened ${file.name} as “${next.name}”.`, ...notes].join(" "));
      ui.alert.textContent = "";
    } catch (error) {
      ui.alert.textContent = `${file.name} was not opened, and nothing was changed: ${error instanceof Error ? error.message : error}`;
    }
  });

  /** @param {StorageEvent} event */
  const elsewhere = (event) => {
    if (!form.isConnected) return removeEventListener("storage", elsewhere);
    if (!event.key?.startsWith(drafts.prefix)) return;
    if (event.key !== drafts.prefix + draft.id) return listDrafts();
    if (dirty) return save(); // finds out what happened, and keeps both
    if (event.newValue === null) {
      say("Another window deleted this draft. It is still here: as soon as you type, it is saved again.");
      return listDrafts();
    }
    const saved = drafts.read(draft.id);
    if (!saved || saved.rev === draft.rev) return;
    const { draft: next } = fit(spec, { .../** @type {any} */ (saved), id: draft.id });
    forget();
    show(next);
    say("Another window changed this draft; you see its answers now.");
  };
  addEventListener("storage", elsewhere);
  addEventListener("pagehide", save);
  document.addEventListener("visibilitychange", () => document.hidden && save());
  addEventListener("beforeunload", (event) => {
    save();
    if (form.isConnected && dirty && !safe) event.preventDefault();
  });

  /** @type {HTMLElement} */ (form.querySelector("[data-pb-without]")).hidden = true;
  ui.fill.hidden = false;
  let latest = "";
  try {
    latest = sessionStorage.getItem(`${drafts.prefix}open`) ?? "";
  } catch {
    // The latest is opened then.
  }
  const listed = drafts.list().filter((each) => each.readable);
  const first = listed.find((each) => each.id === latest) ?? listed[0];
  if (!first || !open(first.id)) show(create(spec, nextName()));
  if (!drafts.available) {
    ui.alert.textContent = OFF;
  }
  if (spec.result === "one-sheet") {
    import("./one-sheet.js").then((module) => {
      poster = module.poster(form, spec, {
        draft: () => draft,
        assembled(next, text) {
          if (text) remember(text);
          show(next);
          changed();
        },
      });
      poster.draw(draft);
    });
  }
}

/** @param {Blob} blob @param {string} name */
function download(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/**
 * What the linter finds in a draft, and the rows that it is about.
 * @param {SheetSpec} spec @param {Draft} draft
 * @returns {{findings: Finding[], rows: Map<string, Row>, names: Map<string, string>}} rows and their
 *   names by the id that a finding is about
 */
export function check(spec, draft) {
  /** @type {Map<string, Row>} */
  const rows = new Map();
  const names = new Map();
  if (spec.result === "scorecard") {
    const chosen = scorecard.candidates(spec, draft).find((each) => each.chosen);
    return { findings: lintFlagship(chosen?.contender, chosen?.column ?? "", spec.rules ?? {}), rows, names };
  }
  const section = spec.sections.find((each) => each.of === "activities" && each.roles);
  if (!section?.roles) return { findings: [], rows, names };
  const business = section.fields.find((field) => field.key === "business_decision");
  const shared = section.fields.find((field) => field.key === "shared_accountability");
  const activities = draft.tables[section.id].flatMap((row, index) => {
    const known = row.row ? listed(section).get(row.row) : undefined;
    if (isBlank(row)) return [];
    const id = row.row ?? `own-${index}`;
    rows.set(id, row);
    const letters = Object.fromEntries(
      (section.roles ?? []).flatMap((role) =>
        row.cells[role.id] ? [[role.id, String(row.cells[role.id])]] : [],
      ),
    );
    return [
      {
        id,
        name: rowName(section, row, index),
        roles: letters,
        business_decision: business ? row.cells[business.id] === true : known?.business,
        shared_accountability: shared ? String(row.cells[shared.id]).trim() : known?.shared,
        ignore: known?.ignore,
      },
    ];
  });
  for (const each of activities) names.set(each.id, each.name);
  return { findings: lintRaci(section.roles, activities, spec.rules ?? {}), rows, names };
}
