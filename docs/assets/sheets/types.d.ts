// What a page hands over to its scripts. macros/views/template.py, spec(), makes it.

export interface FieldSpec {
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

export interface RowSpec {
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
export interface RoleSpec {
  id: string;
  name: string;
  business?: boolean;
  ignore?: string[];
}

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
  named?: boolean;
  noted?: boolean;
  note?: string;
  /** Whether rows can be added, removed and moved. */
  open?: boolean;
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

/** What a rule says of one case; `{words}` in braces are filled in. */
export interface Says {
  message: string;
  hint: string;
}

export interface RuleSpec {
  severity: "error" | "warning";
  /** By case. */
  says: Record<string, Says>;
}

export interface SheetSpec {
  id: string;
  name: string;
  result?: string;
  landscape?: boolean;
  sections: SectionSpec[];
  home?: HomeSpec;
  /** What the linter can say of this sheet, by rule. */
  rules?: Record<string, RuleSpec>;
  /** What the scorecard can say of the candidates, by case. */
  verdicts?: Record<string, string>;
}
