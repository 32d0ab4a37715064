// The sheet of paper: it assembles itself from the drafts of stakeholder map, members and RACI, or
// from what the company has committed, and keeps to one page.

import { blankRow, isBlank, listed, prefilled, rowName } from "./draft.js";
import { store } from "./store.js";

/** @import {Draft, Row} from "./answers" */
/** @import {SectionSpec, SheetSpec} from "./types" */

/** Section of this sheet, and the template whose drafts it is taken from. */
const PARTS = { stakeholders: "stakeholder-map", members: "initial-members", raci: "raci-sheet" };
const LABELS = { stakeholders: "Stakeholders", members: "Members", raci: "RACI" };
/** @typedef {keyof typeof PARTS} Part */

const SMALLEST = 0.5; // of the usual size: below it nobody reads the print
const LARGEST = 1.4;

/**
 * @param {HTMLFormElement} form @param {SheetSpec} spec
 * @param {{draft: () => Draft, assembled: (next: Draft, text: string) => void}} on
 */
export function poster(form, spec, on) {
  const paper = /** @type {HTMLElement} */ (document.querySelector("[data-pb-poster]"));
  const page = /** @type {HTMLElement} */ (paper.querySelector(".pb-poster"));
  const sources = /** @type {HTMLElement} */ (document.querySelector("[data-pb-sources]"));
  const note = /** @type {HTMLElement} */ (sources.querySelector("[data-pb-assembled]"));
  const section = (/** @type {string} */ id) =>
    /** @type {SectionSpec} */ (spec.sections.find((each) => each.id === id));
  const parts = /** @type {Part[]} */ (Object.keys(PARTS));
  const stores = Object.fromEntries(parts.map((part) => [part, store(PARTS[part])]));
  const latest = (/** @type {Part} */ part) => stores[part].list().find((each) => each.readable);

  /** @type {Map<Part, HTMLSelectElement>} */
  const pickers = new Map();
  for (const part of parts) {
    const label = document.createElement("label");
    label.textContent = `${LABELS[part]} from `;
    const picker = document.createElement("select");
    picker.append(new Option("the playbook", ""));
    for (const each of stores[part].list())
      if (each.readable) picker.append(new Option(`draft “${each.name}”`, each.id));
    picker.addEventListener("change", () => {
      const next = structuredClone(on.draft());
      assemble(next, part, picker.value);
      on.assembled(next, `${LABELS[part]} taken from ${picker.selectedOptions[0].text}.`);
    });
    label.append(picker);
    sources.append(label);
    pickers.set(part, picker);
  }
  sources.hidden = false;

  /** @param {Draft} draft @param {Part} part @param {string} from id of a draft; empty for the playbook */
  function assemble(draft, part, from) {
    const saved = from ? /** @type {any} */ (stores[part].read(from)) : null;
    const { rows, removed } = take(section(part), part, saved?.answers);
    draft.tables[part] = rows;
    draft.removed[part] = removed;
    draft.assembled = { ...draft.assembled, [part]: { from, was: said(rows) } };
  }

  // A part that nobody has changed by hand follows its source; another one is left alone.
  const draft = structuredClone(on.draft());
  const byHand = [];
  let renewed = false;
  for (const part of parts) {
    const before = draft.assembled?.[part];
    const untouched = before ? before.was === said(draft.tables[part]) : !draft.saved;
    const from = before?.from && stores[part].read(before.from) ? before.from : (latest(part)?.id ?? "");
    /** @type {HTMLSelectElement} */ (pickers.get(part)).value = from;
    if (!untouched) byHand.push(LABELS[part]);
    else if (from) {
      const was = said(draft.tables[part]);
      assemble(draft, part, from);
      if (said(draft.tables[part]) !== was) renewed = true;
    }
  }
  const used = parts.filter((part) => pickers.get(part)?.value);
  note.textContent =
    (used.length
      ? `Assembled from your drafts (${used.map((part) => LABELS[part].toLowerCase()).join(", ")}).`
      : "Assembled from the playbook. As soon as you fill the stakeholder map, the initial members or the RACI sheet in this browser, their answers stand here.") +
    (byHand.length
      ? ` Changed by hand, so left alone: ${byHand.join(", ")}; choose a source to take it anew.`
      : "");
  if (renewed) on.assembled(draft, "");

  const papers = /** @type {HTMLSelectElement} */ (form.querySelector("[data-pb-paper]"));
  const choosePaper = () => {
    document.documentElement.dataset.pbPaper = papers.value;
  };
  papers.addEventListener("change", choosePaper);
  choosePaper();

  /** @param {Draft} draft */
  function draw(draft) {
    for (const place of page.querySelectorAll("[data-p]")) {
      const [id, field] = (place.getAttribute("data-p") ?? "").split(".");
      if (field) write(place, String(draft.forms[id]?.[field] ?? ""));
    }
    list("stakeholders", draft, (line, row, name) => {
      fillIn(line, { question: name, names: row.cells.names, ask: row.cells.ask });
    });
    list("members", draft, (line, row, name) => {
      const share = Math.min(100, Math.max(0, Number(row.cells.share) || 0));
      fillIn(line, {
        role: name,
        who: row.cells.who,
        share: row.cells.share ? `${row.cells.share} % of the time` : "",
      });
      /** @type {HTMLElement} */ (line.querySelector("[data-p=bar]")).style.width = `${share}%`;
    });
    const body = /** @type {HTMLTableSectionElement} */ (page.querySelector('[data-pb-list="raci"]'));
    body.replaceChildren(
      ...filled(draft, "raci").map(([row, name]) => {
        const line = document.createElement("tr");
        const head = document.createElement("th");
        head.scope = "row";
        head.textContent = name;
        line.append(head);
        for (const field of section("raci").fields) {
          const cell = line.insertCell();
          for (const letter of String(row.cells[field.id] ?? "").split("/")) {
            if (!letter) continue;
            const mark = document.createElement("b");
            mark.className = `pb-letter pb-letter-${letter}`;
            mark.textContent = letter;
            cell.append(mark);
          }
        }
        return line;
      }),
    );
    fit();
  }

  /** @param {Draft} draft @param {Part} part @returns {[Row, string][]} */
  const filled = (draft, part) =>
    draft.tables[part].flatMap((row, index) =>
      isBlank(row) ? [] : [/** @type {[Row, string]} */ ([row, rowName(section(part), row, index)])],
    );

  /** @param {Part} part @param {Draft} draft @param {(line: Element, row: Row, name: string) => void} show */
  function list(part, draft, show) {
    const place = /** @type {HTMLElement} */ (page.querySelector(`[data-pb-list="${part}"]`));
    const blank = /** @type {HTMLTemplateElement} */ (page.querySelector(`[data-pb-of="${part}"]`));
    place.replaceChildren(
      ...filled(draft, part).map(([row, name]) => {
        const line = /** @type {Element} */ (
          /** @type {DocumentFragment} */ (blank.content.cloneNode(true)).firstElementChild
        );
        show(line, row, name);
        return line;
      }),
    );
  }

  /** As large as it can be read from across the room, and all of it on the page. */
  function fit() {
    const whole = () =>
      page.scrollHeight <= page.clientHeight + 1 &&
      [...page.querySelectorAll("section")].every((each) => each.scrollHeight <= each.clientHeight + 1);
    let size = LARGEST;
    page.style.setProperty("--fit", String(size));
    while (!whole() && size > SMALLEST) {
      size = Math.max(SMALLEST, size - 0.04);
      page.style.setProperty("--fit", String(size));
    }
    page.classList.toggle("pb-poster-full", !whole());
  }

  return { draw };
}

/** @param {Element} place @param {string} text */
function write(place, text) {
  if (place.textContent !== text) place.textContent = text;
}

/** @param {Element} line @param {Record<string, unknown>} texts */
function fillIn(line, texts) {
  for (const [key, text] of Object.entries(texts)) {
    const place = line.querySelector(`[data-p="${key}"]`);
    if (place) write(place, String(text ?? ""));
  }
}

/** What a table says, to compare it. @param {Row[]} rows */
const said = (rows) => JSON.stringify(rows.filter((row) => !isBlank(row)));

/**
 * The rows of a section as a source has them.
 * @param {SectionSpec} section @param {Part} part
 * @param {Record<string, any[]> | undefined} answers of another template's draft; none for the playbook
 * @returns {{rows: Row[], removed: string[]}}
 */
export function take(section, part, answers) {
  const usual = prefilled(section);
  if (!answers) return { rows: usual, removed: [] };
  if (part === "stakeholders") {
    const rows = usual.map(({ row, cells }) => {
      const people = (answers[String(row)] ?? []).filter((each) => each.cells?.who);
      return {
        row,
        cells: {
          ...cells,
          names: people
            .map((each) => (each.name ? `${each.cells.who} (${each.name})` : String(each.cells.who)))
            .join("; "),
          ask: people
            .map((each) => each.cells.ask)
            .filter(Boolean)
            .join(" "),
        },
      };
    });
    return { rows, removed: [] };
  }
  const known = listed(section);
  const source = answers[part === "raci" ? "matrix" : "members"] ?? [];
  const rows = source
    .filter((each) => !each.removed)
    .map((each) => {
      const cells = Object.fromEntries(
        section.fields.map((field) => [field.id, each.cells?.[field.id] ?? ""]),
      );
      return known.has(each.row)
        ? { row: each.row, cells }
        : { ...blankRow(section), name: each.name ?? each.row ?? "", cells };
    });
  const used = new Set(rows.map((row) => /** @type {Row} */ (row).row));
  return { rows, removed: [...known.keys()].filter((id) => !used.has(id)) };
}
