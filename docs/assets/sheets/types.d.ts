// Shapes that the modules share. What the page hands over: macros/views/template.py, spec().

export interface Field {
  id: string;
  name: string;
  type: "text" | "long-text" | "number" | "date" | "choice" | "checkbox";
  unit?: string;
  required?: boolean;
  was?: string[];
  heading?: string;
  /** Where the answer stands in the playbook's data: `interest`, or `roles.ml-engineer`. */
  key?: string;
  /** What a form's field is prefilled with. */
  value?: string;
  choices?: [string, string][];
}

export interface SpecRow {
  id: string;
  name: string;
  note?: string;
  values?: Record<string, string>;
  /** Of an activity of the RACI: what the linter asks for, where the sheet has no column for it. */
  business?: boolean;
  shared?: string;
  ignore?: string[];
}

/** A column of the RACI. */
export interface Role {
  id: string;
  name: string;
  business?: boolean;
  ignore?: string[];
}

export interface Section {
  id: string;
  name: string;
  help?: string;
  was?: string[];
  fields: Field[];
  table?: boolean;
  /** Heading of the column that names the row. */
  label?: string;
  /** What an added row can be called, where its name is chosen. */
  names?: [string, string][];
  named?: boolean;
  noted?: boolean;
  note?: string;
  /** Whether rows can be added, removed and moved. */
  open?: boolean;
  home?: boolean;
  of?: string;
  where?: Record<string, string>;
  blank?: number;
  rows?: SpecRow[];
  /** Roles that are columns here, for the linter. */
  roles?: Role[];
  /** New id by former id of the list that the rows come from. */
  renamed?: Record<string, string>;
}

export interface Home {
  list: string;
  file: string;
  one: string;
  /** Ids of upstream's list, in its order. */
  upstream: string[];
  /** The company's entries as they are committed, by id. */
  ours: Record<string, Record<string, unknown>>;
  /** Keys that an item of the list cannot do without. */
  needed: string[];
}

export interface Spec {
  id: string;
  name: string;
  result?: string;
  landscape?: boolean;
  sections: Section[];
  home?: Home;
}

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

export interface Fitted {
  draft: Draft;
  /** What the reader should know, one sentence each. */
  notes: string[];
}

export interface Finding {
  rule: string;
  severity: "error" | "warning";
  message: string;
  hint: string;
  /** Id of the activity or role it is about. */
  item: string;
}
