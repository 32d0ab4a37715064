"""What a company takes out breaks nothing of upstream's: links still arrive, and pages say its name."""

from __future__ import annotations

import pytest

from macros.load.files import read_files
from macros.load.reading import Reading, merged
from macros.model.kinds import BY_KEY
from macros.rules.left import left, taken_out
from macros.views.links import Linker
from macros.views.macros import MACROS
from macros.views.render import Context, typesetter
from tests.conftest import Copy

CASTLE = "company/wont_do.yml"
REMOVED = "wont_do:\n  - {id: castle, remove: true}\n"


def reading(copy: Copy) -> Reading:
    return merged(read_files(copy.project))


def kept(copy: Copy) -> dict[str, list[str]]:
    read = reading(copy)
    return {page: list(anchors) for page, anchors in left(read, taken_out(read)).items()}


def shown(copy: Copy, macro: str, *arguments: str, page: str = "x.md") -> str:
    playbook = copy.playbook()
    return str(MACROS[macro](Context(playbook, Linker(page), typesetter(playbook)), *arguments))


def test_a_page_that_showed_an_item_keeps_its_anchor_at_the_foot(small: Copy) -> None:
    small.write("docs/new.md", "{{ wont_do() }}\n\n{{ unmarked() }}\n")
    small.write(CASTLE, REMOVED)
    assert kept(small) == {"new.md": ["castle"]}
    assert '<span id="castle"></span>' in shown(small, "unmarked", page="new.md")
    assert "<span" not in shown(small, "unmarked", page="index.md")


def test_a_list_that_is_replaced_leaves_the_anchors_of_all_that_it_does_not_have(small: Copy) -> None:
    small.write("docs/new.md", "{{ wont_do() }}\n\n{{ unmarked() }}\n")
    small.write(CASTLE, "replace: true\nwont_do:\n  - {id: robot, name: R, reason: Why.}\n")
    assert kept(small) == {"new.md": ["castle"]}


def test_a_component_stays_where_its_group_is_and_nowhere_else(small: Copy) -> None:
    for group in ("make", "run"):
        small.write(f"docs/{group}.md", f"{{{{ components('{group}') }}}}\n\n{{{{ unmarked() }}}}\n")
    small.write("company/components.yml", "components: [{id: check, remove: true}]\n")
    assert kept(small) == {"run.md": ["check", "before"]}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("docs/new.md", "{{ wont_do() }}\n"),  # nothing ends it, so nothing would hold the anchor
        ("docs/new.md", "## Castle\n\n{{ wont_do() }}\n\n{{ unmarked() }}\n"),  # it has one of that name
        ("company/docs/new.md", "{{ wont_do() }}\n\n{{ unmarked() }}\n"),  # the company wrote it
    ],
)
def test_other_pages_keep_none(small: Copy, name: str, text: str) -> None:
    small.write(name, text)
    small.write(CASTLE, REMOVED)
    assert kept(small) == {}


def test_an_item_that_comes_back_is_not_taken_out(small: Copy) -> None:
    form = small.read("data/templates/form.yml")
    small.write("company/templates/a.yml", "templates: [{id: form, remove: true}]\n")
    assert list(taken_out(reading(small))["templates"]) == ["form"]
    small.write("company/templates/b.yml", form.replace("{id: form,", "{id: form, after: gaps,", 1))
    assert "templates" not in taken_out(reading(small))


def test_links_of_upstreams_to_it_are_warnings_and_a_companys_are_errors(small: Copy) -> None:
    small.write("docs/new.md", "{{ wont_do() }}\n\n[a](#castle)\n\n{{ unmarked() }}\n")
    small.write("company/docs/ours.md", "[a](new.md#castle)\n")
    small.edit("data/principles.yml", "text: One model.", "text: '[a](new.md#castle)'")
    small.edit("data/checklist_questions.yml", "text: Look at tools.", "text: '[a](new.md#castle)'")
    small.write(CASTLE, REMOVED)
    small.write("company/principles.yml", "principles: [{id: small, text: 'Ours, [a](new.md#castle)'}]\n")
    there = "unknown anchor 'castle' of page 'new.md'; it is removed in company/wont_do.yml:2; "
    mild, ours = f"{there}the link leads to the foot of the page", f"{there}change this item there, too"
    told = small.check()
    assert [each.partition(": ")[2] for each in told if each.startswith("docs/new")] == [f"warning: {mild}"]
    assert [each.partition(": ")[2] for each in told if each.startswith("company/docs")] == [ours]
    assert [each.partition(": ")[2] for each in told if each.startswith("data/")] == [
        f"warning: checklist_questions[0].text: {mild}"
    ]
    assert [each.partition(": ")[2] for each in told if each.startswith("company/principles")] == [
        f"principles[0].text: {ours}"
    ]


def test_a_template_that_is_gone_leaves_its_page_with_its_name_and_its_sections(small: Copy) -> None:
    page = small.read("docs/templates/gaps.md")
    assert 'name("templates", "gaps")' in page
    name = small.playbook().templates["gaps"].name
    small.write("company/templates/x.yml", "templates: [{id: gaps, remove: true}]\n")
    assert [each for each in small.check() if "warning" not in each] == []
    assert shown(small, "name", "templates", "gaps") == name
    instead = shown(small, "fill", "gaps", page="templates/gaps.md")
    assert "goes without this" in instead
    assert 'href="../../our-changes/"' in instead
    assert kept(small)["templates/gaps.md"]
    assert all(f'<span id="{each}">' in instead for each in kept(small)["templates/gaps.md"])


def test_a_companys_page_must_not_name_what_is_gone(small: Copy) -> None:
    small.write("company/templates/x.yml", "templates: [{id: gaps, remove: true}]\n")
    small.write("company/docs/ours.md", '# {{ name("templates", "gaps") }}\n')
    [told] = [each for each in small.check() if each.startswith("company/docs")]
    assert "unknown template 'gaps'" in told


def test_upstreams_items_are_not_alone_because_of_what_the_company_took_out(small: Copy) -> None:
    small.write("company/glossary.yml", "terms: [{id: sla, remove: true}]\n")
    assert small.lines() == []
    ours = (
        "{id: ours, after: log, name: O, pillar: tools, text: T., have: H., start: S., related: [term:model]}"
    )
    small.write("company/capabilities.yml", f"capabilities: [{ours}]\n")
    assert "'ours' has one relation" in small.problem()


@pytest.mark.parametrize(
    "key",
    ["components", "capabilities", "terms", "misconceptions", "situations", "templates", "exclusions", "topics",
     "wont_do", "activities", "members", "stakeholders", "takeaways", "milestones", "requirements"],
)  # fmt: skip
def test_a_company_can_take_out_all_of_a_list_but_one(project: Copy, key: str) -> None:
    before = project.check()  # this copy has no pictures
    kind = BY_KEY[key]
    *gone, _ = reading(project).ids(kind.model)
    file = f"{kind.file}x" if kind.file.endswith("/") else kind.file
    entries = "".join(f"  - {{id: {each}, remove: true}}\n" for each in gone)
    project.write(f"company/{file}.yml", f"{key}:\n{entries}")
    errors = [each for each in project.check() if ": warning: " not in each and each not in before]
    assert len(gone) > 1
    assert errors == []
