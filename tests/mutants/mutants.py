"""Whether the tests would notice: each mutant is the code with one small mistake.

For each mutant, the unit tests of its module run on a copy. A mutant that lives shows a promise that
nobody holds us to: write the test that it would have failed.

    python tests/mutants/mutants.py [a word of the mutants to try]
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COPIED = ("macros", "tests", "data", "docs", "pyproject.toml", "mkdocs.yml")


@dataclass(frozen=True)
class Mutant:
    """One small mistake.

    Args:
        mistake: what is wrong, in words.
        file: the module, below macros/.
        old: what stands there, once.
        new: what the mistake makes of it.
    """

    mistake: str
    file: str
    old: str
    new: str

    @property
    def tests(self) -> str:
        """The tests of the module."""
        folder, _, name = self.file.rpartition("/")
        name = {"project.py": "project_module.py"}.get(name, name) if not folder else name
        return "/".join(filter(None, ["tests/unit", folder, f"test_{name}"]))


MUTANTS = (
    # load/
    Mutant("after and before are confused", "load/merge.py", '(target[0] == "after")', '(target[0] == "before")'),
    Mutant("a mapping inside an item is replaced", "load/merge.py", "isinstance(value, dict) and isinstance(result", "False and isinstance(result"),
    Mutant("a changed item does not say so", "load/merge.py", "else Changed(source)", "else source"),
    Mutant("nothing takes no key out", "load/merge.py", "result.pop(key, None)", "pass"),
    Mutant("aliases may expand without end", "load/yaml.py", "self.left -= 1", "self.left -= 0"),
    Mutant("a tag is let pass", "load/yaml.py", "if node.tag in _KNOWN_TAGS:", "if True:"),
    Mutant("a duplicate key is let pass", "load/yaml.py", "if key in lines:", "if False:"),
    Mutant("1e3 is text", "load/scalars.py", "if _NUMBER_IN_12.fullmatch(raw) else raw", "if False else raw"),
    Mutant("a stranger among the files is let pass", "load/files.py", 'if each.suffix != ".yml" or each.stem not in known:', "if False:"),
    Mutant("a broken item is not declared", "load/reading.py", "declared[name] = None", "pass"),
    Mutant("an id twice is let pass", "load/reading.py", "if name in declared:", "if False:"),
    Mutant("broken items make a list too short", "load/words.py", 'if problem["type"] == "too_short" and', "if False and"),
    Mutant("a removed role is not said to be removed", "load/names.py", "gone.removal() if gone else", '"" if gone else'),
    # model/
    Mutant("a company's file needs every key", "model/schema.py", 'item["required"] = ["id"]', "pass"),
    Mutant("slide 0 is taken", "model/base.py", "1 <= n <= LAST_SLIDE", "0 <= n <= LAST_SLIDE"),
    Mutant("text without markup is parsed wrongly", "model/inline.py", '"\\n" if "break" in token.type', '" " if "break" in token.type'),
    # rules/
    Mutant("half of the activities is too much", "rules/raci.py", "number * 2 > len(counted)", "number * 2 >= len(counted)"),
    Mutant("a broken activity makes roles idle", "rules/raci.py", "return reading.whole(Activity) and", "return True or"),
    Mutant("a shared A needs no reason", "rules/raci.py", "entry.item.shared_accountability is None:", "False:"),
    Mutant("anchors are judged while lists are unread", "rules/references.py", "anchor and self.complete and", "anchor and"),
    Mutant("references that may be left out are not checked", "rules/references.py", "if get_origin(annotation) is UnionType or get_origin(annotation) is Union:", "if False:"),
    Mutant("a misspelled answer leaves a question unled", "rules/tree.py", "and reading.whole(Question) and leads_on", "and reading.whole(Question)"),
    Mutant("an id that is still in use counts as renamed", "rules/renamed.py", "if entry.old in known:", "if False:"),
    Mutant("a renamed id stands twice", "rules/renamed.py", "if (entry.list, entry.old) in seen:", "if False:"),
    Mutant("former ids may be in use", "rules/templates.py", "if former in taken:", "if False:"),
    Mutant("an excluded flagship is fine", "rules/flagship.py", "if entry.item.chosen and entry.item.exclusions:", "if False:"),
    # company/
    Mutant("provenance counts as a difference", "company/differences.py", 'old, new = before.model_dump(exclude={"source"}), after.model_dump(exclude={"source"})', "old, new = before.model_dump(), after.model_dump()"),
    Mutant("dark links are measured on white", "company/colors.py", '("link_dark", DARK)', '("link_dark", WHITE)'),
    Mutant("after and before are confused in the navigation", "company/navigation.py", "at + (change.after is not None)", "at + (change.after is None)"),
    Mutant("an override that upstream adds too is not told", "company/upgrade.py", 'yield _finding(place, f"{where} exists upstream now, too")', "continue"),
    Mutant("an overridden key is not said to be one", "company/upgrade.py", 'in keys else ""', 'in () else ""'),
    Mutant("a logo may lie anywhere", "company/settings.py", 'if path is not None and ".." in path.split("/"):', "if False:"),
    Mutant("a company's macro may stand in for ours", "company/own_macros.py", "if both:", "if False:"),
    Mutant("markup in a company's name", "company/first_files.py", "seen.translate(str.maketrans('<>\"{}', \"‹›”()\"))", "seen"),
    Mutant("!ENV is read in the wrong order", "company/mkdocs_yml.py", "for name in variables if", "for name in reversed(variables) if"),
    # sheets/
    Mutant("a fixed table takes one row too many", "sheets/draft.py", '>= section.get("blank", 0)\n', '> section.get("blank", 0)\n'),
    Mutant("renamed rows are not followed", "sheets/draft.py", "id = former.get(each.row, each.row)", "id = each.row"),
    Mutant("a kept answer overwrites another", "sheets/draft.py", 'if cells is None or cells[asked["id"]] not in ("", False):', "if cells is None:"),
    Mutant("a removed row comes back", "sheets/draft.py", "seen.add(id)\n        elif", "pass\n        elif"),
    Mutant("an answer that does not fit is lost", "sheets/draft.py", 'kept.append(Kept(f"{where}.{asked[\'id\']}", _as_written(given[id])))', "pass"),
    Mutant("an entry of a mapping has no key of its own", "sheets/spec.py", 'f"{field.prefill}.{field.id}" if is_mapping', "field.prefill if is_mapping"),
    Mutant("a spec says more than its contract", "sheets/spec.py", '"id": template.id,', '"id": template.id, "zzz": 1,'),
    Mutant("removed ids are handed over as renamed", "sheets/spec.py", ".renamed.items() if new}", ".renamed.items()}"),
    Mutant("full-width formulas are run", "sheets/text.py", "=+\\\\-@\\t\\r＝＋－＠", "=+\\\\-@\\t\\r"),
    Mutant("negative numbers get an apostrophe", "sheets/text.py", "and not _NUMBER.fullmatch(text)", ""),
    Mutant("a letter is cut in half", "sheets/text.py", "size = 2 if ord(letter) > 0xFFFF else 1", "size = 1"),
    Mutant("the mean is the largest", "sheets/collect.py", "mean = sum(numbers) / len(numbers)", "mean = max(numbers)"),
    Mutant("what a choice is called is not understood", "sheets/read.py", "else str(called[0])", "else text"),
    Mutant("text that goes on below is dropped", "sheets/read.py", "(a + b for a, b in zip(last[1:], texts[1:], strict=False))", "last[1:]"),
    Mutant("an exclusion counts for nothing", "sheets/scorecard.py", "inside = [each for each in contenders if not each.exclusions]", "inside = list(contenders)"),
    Mutant("memory confuses what is glued together", "sheets/remember.py", 'len(part).to_bytes(8, "big") + part', "part"),
    # views/
    Mutant("abbreviations are not tried longest first", "views/text.py", "sorted(abbreviations, key=len, reverse=True)", "sorted(abbreviations)"),
    Mutant("braces reach Jinja", "views/text.py", '"{": "&#123;", ', ""),
    Mutant("any candidate is the flagship", "views/one_sheet.py", "if candidate.chosen:", "if candidate:"),
    Mutant("letters of roles are not looked up", "views/raci.py", "activity.roles.get(role.id", "activity.roles.get(activity.id"),
    Mutant("links forget their anchors", "views/links.py", "directory_urls=self.directory_urls)) + hash_ + anchor", "directory_urls=self.directory_urls))"),
    # export/, site/, and what stands alone
    Mutant("a page's markup stays", "export/pages.py", "(form|svg|button)", "(svg|button)"),
    Mutant("unknown names on pages are let pass", "site/pages.py", 'if node.ctx == "load" and', "if False and"),
    Mutant("a page may take in any file", "site/pages.py", '".." in wanted.split("/")', "False"),
    Mutant("settings are not checked", "site/ready.py", "*(site if isinstance(site, Diagnostics) else ())", ""),
    Mutant("the guide has words of its own", "site/build.py", 'known, "site_description"\n', 'known, "site_name"\n'),
    Mutant("an old page stays in the assembled site", "site/assemble.py", "shutil.rmtree(target, ignore_errors=True)", "pass"),
    Mutant("CR ends a command on GitHub", "report.py", '.replace("\\r", "%0D")', ""),
    Mutant("a colon ends a property on GitHub", "report.py", '.replace(":", "%3A")', ""),
    Mutant("an assembled project forgets its origin", "project.py", "return Project((self.root / folder).resolve())", "return self"),
    Mutant("pages are listed each time", "project.py", "@cached_property\n    def pages", "@property\n    def pages"),
    Mutant("a file that was half written stays", "project.py", "aside.unlink(missing_ok=True)", "pass"),
    Mutant("warnings are errors", "diagnostics.py", 'if d.severity == "error")', ")"),
    Mutant("a playbook with errors is one", "playbook.py", "if found.errors:", "if False:"),
)  # fmt: skip


def made(mutant: Mutant, root: Path) -> str:
    """Make the mistake in a copy; returns the text that was there."""
    path = root / "macros" / mutant.file
    text = path.read_text("utf-8")
    if text.count(mutant.old) != 1:
        sys.exit(
            f"{mutant.file}: {mutant.old!r} is there {text.count(mutant.old)} times, so '{mutant.mistake}' cannot be made"
        )
    path.write_text(text.replace(mutant.old, mutant.new), "utf-8")
    return text


def passes(tests: str, root: Path) -> bool:
    """Whether no test of a file fails."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "--timeout", "60", tests]
    return subprocess.run(command, cwd=root, capture_output=True, check=False).returncode == 0


def main(word: str) -> int:
    """Try each mutant; returns how many live."""
    alive = 0
    chosen = [each for each in MUTANTS if word in f"{each.file} {each.mistake}"]
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        root = Path(folder)
        for name in COPIED:
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(
                    source, root / name, ignore=shutil.ignore_patterns("__pycache__", "assets", "browser")
                )
            else:
                shutil.copy(source, root / name)
        for tests in sorted({each.tests for each in chosen}):
            if not passes(tests, root):
                sys.exit(f"{tests} fails already, so it would prove nothing")
        for mutant in chosen:
            before = made(mutant, root)
            living = passes(mutant.tests, root)
            (root / "macros" / mutant.file).write_text(before, "utf-8")
            alive += living
            print(f"{'LIVES ' if living else 'killed'}  {mutant.file}: {mutant.mistake}", flush=True)
    print(f"{alive} live.")
    return alive


if __name__ == "__main__":
    sys.exit(min(main(" ".join(sys.argv[1:])), 1))
