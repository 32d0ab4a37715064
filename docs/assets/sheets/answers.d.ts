// Shapes that only the scripts know: answers, and what is made of them.

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
