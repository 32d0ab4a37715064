// Says of every function in the given scripts how many lines it has, as JSON: [file, line, name, lines].
// The first argument is TypeScript's compiler as a module; it does the parsing.
const { readFileSync } = require("node:fs");
const [compiler, ...files] = process.argv.slice(2);
const ts = require(compiler);

const found = [];
for (const file of files) {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true, ts.ScriptKind.JS);
  const lineOf = (position) => source.getLineAndCharacterOfPosition(position).line + 1;
  const visit = (node) => {
    if (ts.isFunctionLike(node) && node.body) {
      const name = node.name ?? node.parent.name;
      const first = lineOf(node.getStart(source));
      found.push([file, first, name ? name.getText(source) : "", lineOf(node.end) - first + 1]);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
}
console.log(JSON.stringify(found));
