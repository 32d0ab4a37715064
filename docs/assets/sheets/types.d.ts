// What the page hands over to its script. Written by `playbook schema` from
// macros/sheets/contract.py: change it there.

/** Something to fill in: a line of a form, or a column of a table. */
export interface FieldSpec {
  id: string;
  name: string;
  type: "text" | "long-text" | "number" | "date" | "choice" | "checkbox";
  unit?: string;
  required?: boolean;
  /** Ids that it had before. */
  was?: string[];
  /** Another answer that heads this column once it is given, such as people.row-1.name. */
  heading?: string;
  /** Where the answer stands in the playbook's data: `interest`, or `roles.ml-engineer`. */
  key?: string;
  /** What a form's field is prefilled with. */
  value?: string;
  /** What is stored and what is shown. */
  choices?: [string, string][];
}

/** A row of the playbook's. */
export interface RowSpec {
  id: string;
  name: string;
  note?: string;
  /** What its cells are prefilled with, by field. */
  values?: Record<string, string>;
  /** Of an activity of the RACI: what the linter asks for, where the sheet has no column for it. */
  business?: boolean;
  shared?: string;
  ignore?: string[];
}

/** A column of the RACI. */
export interface RoleSpec {
  id: string;
  name: string;
  business?: boolean;
  ignore?: string[];
}

/** A part of a sheet: a form, or a table. */
export interface SectionSpec {
  id: string;
  name: string;
  help?: string;
  was?: string[];
  fields: FieldSpec[];
  table?: boolean;
  /** Heading of the column that names the row. */
  label?: string;
  /** What an added row can be called, where its name is chosen. */
  names?: [string, string][];
  /** Whether an added row has a name. */
  named?: boolean;
  /** Whether rows have a note under their name. */
  noted?: boolean;
  /** The field of the row's item that the note is. */
  note?: string;
  /** Whether rows can be added, removed and moved. */
  open?: boolean;
  /** Whether its answers become the company's own version of the list. */
  home?: boolean;
  of?: string;
  where?: Record<string, string>;
  blank?: number;
  rows?: RowSpec[];
  /** Roles that are columns here, for the linter. */
  roles?: RoleSpec[];
  /** New id by former id of the list that the rows come from. */
  renamed?: Record<string, string>;
}

/** The file of the company's layer that the answers can become. */
export interface HomeSpec {
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

/** What a rule says of a case, with {placeholders}. */
export interface SaysSpec {
  message: string;
  hint: string;
}

/** A rule of the linter that the sheet is held to while it is filled. */
export interface RuleSpec {
  severity: "error" | "warning";
  /** By case. */
  says: Record<string, SaysSpec>;
}

/** A template laid out for filling. */
export interface SheetSpec {
  id: string;
  name: string;
  /** Whose playbook it is; a file to hand out says so. */
  company?: string;
  result?: "scorecard" | "gaps" | "one-sheet";
  landscape?: boolean;
  sections: SectionSpec[];
  home?: HomeSpec;
  /** The linter's rules for this sheet, by id. */
  rules?: Record<string, RuleSpec>;
  /** What the result says, with {placeholders}. */
  verdicts?: Record<string, string>;
}
