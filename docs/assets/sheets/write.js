// A draft as a file to download. Libraries for the formats come from this site, when asked for.

import { excel } from "./excel.js";
import { companyFile, fileText } from "./home.js";
import { asCsv, asData, asMarkdown } from "./text.js";
import { library } from "./vendor.js";
import { word } from "./word.js";

/** @import {Draft, Finding, HomeSpec, SheetSpec} from "./shapes" */

/** @typedef {{blob: Blob, name: string, note?: string} | {problems: string[]}} Made */

/**
 * @param {string} format
 * @param {SheetSpec} spec
 * @param {Draft} draft
 * @param {Finding[]} findings what the linter says of it
 * @returns {Promise<Made>}
 */
export async function write(format, spec, draft, findings) {
  if (format === "company") return await ofCompany(spec, draft, findings);
  const stem = `${spec.id}-${inName(draft.name)}`;
  /** @param {string} text @param {string} ending @param {string} type */
  const file = (text, ending, type) => ({ blob: new Blob([text], { type }), name: `${stem}${ending}` });
  if (format === "md") return file(asMarkdown(spec, draft), ".md", "text/markdown");
  if (format === "json") {
    return file(`${JSON.stringify(asData(spec, draft), null, 2)}\n`, ".json", "application/json");
  }
  if (format === "yaml") return file(await yaml(asData(spec, draft)), ".yml", "application/yaml");
  if (format === "xlsx") return { blob: await excel(spec, draft), name: `${stem}.xlsx` };
  if (format === "docx") return { blob: await word(spec, draft), name: `${stem}.docx` };
  const section = spec.sections.find((each) => format === `csv:${each.id}`);
  if (!section) throw new Error(`unknown format ${format}`);
  return file(asCsv(draft, section), `-${section.id}.csv`, "text/csv");
}

/** A draft's name as part of a file's. @param {string} name */
const inName = (name) =>
  name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 40) || "draft";

/** @param {SheetSpec} spec @param {Draft} draft @param {Finding[]} findings @returns {Promise<Made>} */
async function ofCompany(spec, draft, findings) {
  const made = companyFile(spec, draft, findings);
  if ("problems" in made) return made;
  const { list, file } = /** @type {HomeSpec} */ (spec.home);
  const { text, problems } = fileText(list, file, made.comments, await yaml(made.value));
  if (problems) return { problems };
  return {
    blob: new Blob([text], { type: "application/yaml" }),
    name: `${file}.yml`,
    note:
      `Downloaded ${file}.yml. Put it into company/ in your copy of the playbook ` +
      "(it takes the place of a file of that name), run “playbook check”, and commit it.",
  };
}

/** @param {unknown} value */
async function yaml(value) {
  const { dump } = await library("js-yaml.mjs");
  return /** @type {string} */ (dump(value, { lineWidth: -1, noRefs: true }));
}
