// Shapes that only the scripts know: answers, and what is made of them. Beside them stands what a
// page hands over, so that a script finds both in one place.

import type { FieldSpec, RoleSpec, RuleSpec, SectionSpec, SheetSpec } from "./types";

export * from "./types";

export type Value = string | boolean;
export type Cells = Record<string, Value>;

export interface Row {
  /** The playbook's row; empty for one that was added. */
  row?: string;
  name?: string;
  note?: string;
  cells: Cells;
}

/** An answer that the sheet has no place for any more. */
export interface Kept {
  where: string;
  value: string;
}

export interface Draft {
  id: string;
  name: string;
  saved: string;
  /** Changes with each saving, so that two windows notice each other. */
  rev: string;
  forms: Record<string, Cells>;
  tables: Record<string, Row[]>;
  /** Rows of the playbook that were taken out, by section. */
  removed: Record<string, string[]>;
  kept: Kept[];
  /** Of the one-sheet, by section: the draft it was taken from, and what it was then. */
  assembled?: Record<string, { from: string; was: string }>;
}

export type SavedRow = Row & { removed?: boolean };

/** A draft as it is stored or stands in a file: of this sheet, or of an older one. */
export interface Saved {
  id?: string;
  name: string;
  saved?: string;
  rev?: string;
  answers: Record<string, Cells | SavedRow[]>;
  kept?: Kept[];
  assembled?: Draft["assembled"];
}

export interface Fitted {
  draft: Draft;
  /** What the reader should know, one sentence each. */
  notes: string[];
}

/** What fitting old answers has to tell. */
export interface Told {
  kept: Kept[];
  news: string[];
  /** Questions that were not asked before. */
  isNew: Set<string>;
  /** How many answers follow a question that has a new id. */
  moved: number;
}

// --- workbooks ---------------------------------------------------------------------------------

/** A cell as laid out: its column from 0, how many it goes over, and how it looks. */
export interface Spot {
  at: number;
  span: number;
  text: string;
  look: string;
  /** A number's format; empty for text. */
  code: string;
  choices: string[];
}

/** A row; a hidden one has the height 0. */
export interface BookLine {
  cells: Spot[];
  height: number;
}

export interface Book {
  name: string;
  /** Of columns, in characters; 0 is hidden. */
  widths: number[];
  lines: BookLine[];
  /** How many rows stay in sight. */
  frozen: number;
  landscape: boolean;
  /** What the hidden worksheet about the draft says. */
  about: string[][];
  filtered: number[];
}

// --- files -----------------------------------------------------------------------------------

/** What both readers of files know: docs/assets/sheets/reading.json. */
export interface SharedSpec {
  yes: string[];
  no: string[];
  durations: Record<string, number>;
  currencies: Record<string, string[]>;
  says: Record<string, string>;
  most: Record<"bytes" | "unpacked" | "values" | "elements", number>;
  formats: Record<string, string>;
}

/** What stands in a cell of a workbook. */
export interface Cell {
  /** As people see it; dates as ISO 8601. */
  shown: string;
  /** The number behind it; empty where there is none. */
  value: string;
  kind: "text" | "number" | "percent" | "time" | "date";
  /** What the format puts before and behind a number, such as a currency. */
  beside: string;
}

/** A section of a number format, taken apart. */
export interface Look {
  date: boolean;
  time: boolean;
  seconds: boolean;
  /** Whether hours go on beyond a day. */
  total: boolean;
  /** Placeholders of digits; empty where the number is shown as it is. */
  core: string;
  before: string;
  behind: string;
}

export interface Worksheet {
  name: string;
  rows: Map<number, Map<number, Cell>>;
  remarks: { row: number; column: number; said: string }[];
}

/** A workbook's archive while it is read. */
export interface Package {
  bytes: Uint8Array;
  entries: Map<string, { flags: number; method: number; size: number; start: number }>;
  /** Bytes that may still be unpacked. */
  left: number;
  /** Cells that may still be read. */
  cells: number;
}

/** Rows of a worksheet below one heading of ids. */
export interface Block {
  number: number;
  id: string;
  kind: "form" | "table" | "kept";
  /** What each column holds: id, name, note, answer, or a field as `.field`. */
  columns: Map<number, string>;
  /** Cells by what their column holds; extra columns by their letter as `+D`. */
  rows: Map<string, Cell>[];
  numbers: number[];
  /** What the second row calls the columns. */
  heads: Map<string, Cell>;
}

// --- the session ---------------------------------------------------------------------------

export type Store = ReturnType<typeof import("./store.js").store>;

/** What is answered: a form's question, a row's, or the name or note of an added row. */
export interface Place {
  section: SectionSpec;
  row?: Row;
  field?: FieldSpec;
  part?: "name" | "note";
}

/** What the page is told. */
export interface Listener {
  /** All answers are others: another draft, or this one as it was. */
  shown(): void;
  /** Rows came, went or moved. */
  arranged(): void;
  /** Some answer is another. */
  changed(): void;
  /** What is kept beside the sheet is another. */
  kept(): void;
  /** The list of drafts is another. */
  listed(): void;
  /** What can be undone is another. */
  undoable(): void;
  said(text: string): void;
  /** Empty to take a warning back. */
  warned(text: string): void;
  /** A draft can't be opened; this is what is stored. */
  unreadable(raw: string): void;
}

export interface Session {
  spec: SheetSpec;
  drafts: Store;
  on: Listener;
  draft: Draft;
  /** Whether something is not in the storage yet. */
  dirty: boolean;
  /** Whether everything typed is in the storage or in a file. */
  safe: boolean;
  timer: number;
  /** What can be undone, the latest last. */
  steps: { text: string; back: () => void }[];
}

// --- the form ------------------------------------------------------------------------------

export type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** Parts of the page that the sheet's script works with. */
export interface Parts {
  fill: HTMLElement;
  without: HTMLElement;
  drafts: HTMLSelectElement;
  rename: HTMLElement;
  name: HTMLInputElement;
  progress: HTMLElement;
  bar: HTMLProgressElement;
  formats: HTMLSelectElement;
  download: HTMLButtonElement;
  open: HTMLInputElement;
  status: HTMLElement;
  undo: HTMLElement;
  alert: HTMLElement;
  kept: HTMLElement;
  findings: HTMLElement;
  result: HTMLElement | null;
}

export interface Table {
  body: HTMLTableSectionElement;
  /** Lines of the playbook's rows, by id. */
  listed: Map<string, HTMLTableRowElement>;
  /** Lines of the others. */
  spare: HTMLTableRowElement[];
  /** Makes one more. */
  fresh(): HTMLTableRowElement;
}

export interface View {
  form: HTMLFormElement;
  here: Session;
  /** What each control answers. */
  places: WeakMap<Element, Place>;
  /** Of rows. */
  lines: WeakMap<Row, HTMLTableRowElement>;
  /** By section. */
  tables: Map<string, Table>;
  /** Columns that are headed by another answer, such as a candidate's name. */
  heads: { place: HTMLElement; path: string; usual: string }[];
}

/** A section of the one-sheet that is taken from drafts of another template. */
export interface Part {
  section: SectionSpec;
  label: string;
  drafts: Store;
  /** Chooses the draft; empty for the playbook. */
  picker: HTMLSelectElement;
}

// --- rules and results ---------------------------------------------------------------------

export interface Finding {
  rule: string;
  severity: "error" | "warning";
  message: string;
  hint: string;
  /** Id of the activity or role it is about. */
  item: string;
}

/** What the linter says of a draft, and the activities with their rows by the id that it is about. */
export interface Checked {
  findings: Finding[];
  about: Map<string, { activity: Activity; row: Row }>;
}

export interface Activity {
  id: string;
  name: string;
  roles: Record<string, string>;
  business_decision?: boolean;
  shared_accountability?: string;
  ignore?: string[];
}

/** By id. */
export type Rules = Record<string, RuleSpec>;
/** By the word in braces. */
export type Values = Record<string, string | number>;

/** What is wrong with an item: a case of a rule. */
export interface Found {
  about: Activity | RoleSpec;
  says: string;
  values: Values;
}

export type RaciRule = (roles: RoleSpec[], activities: Activity[], rules: Rules) => Found[];

export interface Contender {
  name: string;
  exclusions: string[];
  verdicts: Record<string, string>;
}

export interface Item {
  name: string;
  rating: number | null;
}

export interface Pillar {
  name: string;
  items: Item[];
  ratings: (number | null)[];
}
