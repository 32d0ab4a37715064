"""Filling a template: drafts, rows, undo, windows, storage, what the linter says."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
TEAM = '[name="scope.team"]'


def ready(page: Page) -> Page:
    """Wait for the sheet's script."""
    page.wait_for_selector("[data-pb-fill]:not([hidden])")
    return page


def sheet(visit, template: str = "raci-sheet", **window) -> Page:
    return ready(visit(**window).go(f"templates/{template}/"))


def stored(page: Page) -> list[dict]:
    """Drafts in this browser's storage."""
    values = page.evaluate("Object.entries(localStorage).filter(([k]) => k.startsWith('playbook:template'))")
    return [json.loads(value) for _, value in values]


def saved(page: Page, condition: str = "true") -> None:
    """Wait until a draft is in the storage for which a JavaScript condition on `draft` holds."""
    page.wait_for_function(
        f"""Object.entries(localStorage).filter(([k]) => k.startsWith('playbook:template'))
        .some(([, v]) => {{ const draft = JSON.parse(v); return {condition}; }})"""
    )


def rows(page: Page, section: str = "matrix") -> list[str]:
    """Names of a table's rows as they are shown."""
    return page.evaluate(
        """section => [...document.querySelectorAll(`#${section} tbody tr`)].map(line =>
            line.querySelector('th input, th select')?.value ?? line.querySelector('th').firstChild.textContent.trim())""",
        section,
    )


def undo(page: Page) -> None:
    page.get_by_role("button", name="Undo").click()


# --- without JavaScript ----------------------------------------------------------------


def test_without_javascript_the_sheet_is_a_plain_form_and_says_how_to_use_it(visit) -> None:
    page = visit(javascript=False).go("templates/raci-sheet/")
    expect(page.locator("[data-pb-without]")).to_contain_text("Print this page")
    expect(page.locator("[data-pb-fill]")).to_be_hidden()
    expect(page.locator("[data-pb-add]").first).to_be_hidden()
    expect(page.locator(TEAM)).to_be_visible()


# --- drafts ----------------------------------------------------------------------------


def test_what_is_typed_is_there_after_a_reload(visit) -> None:
    page = sheet(visit)
    page.fill(TEAM, 'Pricing <b>"x"</b> {{ 7*7 }} 🙂')
    page.select_option('[name="matrix.model-development.infra-engineer"]', "A")
    page.check('[name="matrix.model-development.business"]')
    page.fill('[name="matrix.row-8"]', "Our own activity")
    page.fill('[name="people.names"]', "two\nlines")
    saved(page, "draft.answers.people.names === 'two\\nlines'")
    page.reload()
    ready(page)
    expect(page.locator(TEAM)).to_have_value('Pricing <b>"x"</b> {{ 7*7 }} 🙂')
    expect(page.locator('[name="matrix.model-development.infra-engineer"]')).to_have_value("A")
    expect(page.locator('[name="matrix.model-development.business"]')).to_be_checked()
    expect(page.locator('[name="people.names"]')).to_have_value("two\nlines")
    assert "Our own activity" in rows(page)


def test_leaving_at_once_saves_the_last_key(visit) -> None:
    page = sheet(visit)
    page.locator(TEAM).press_sequentially("Quick")
    page.reload()
    ready(page)
    expect(page.locator(TEAM)).to_have_value("Quick")


def test_nothing_is_stored_before_somebody_types(visit) -> None:
    assert stored(sheet(visit)) == []


def test_several_named_drafts_stand_side_by_side(visit) -> None:
    page = sheet(visit)
    page.fill(TEAM, "First")
    page.get_by_role("button", name="Rename").first.click()
    page.get_by_label("Name of this draft").fill("Pricing")
    page.get_by_label("Name of this draft").press("Enter")
    page.get_by_role("button", name="New").click()
    expect(page.locator(TEAM)).to_have_value("")
    page.fill(TEAM, "Second")
    saved(page, "draft.answers.scope.team === 'Second'")
    assert sorted((each["name"], each["answers"]["scope"]["team"]) for each in stored(page)) == [
        ("Draft 1", "Second"),
        ("Pricing", "First"),
    ]
    drafts = page.locator("[data-pb-drafts]")
    drafts.select_option(
        index=[text.startswith("Pricing") for text in drafts.locator("option").all_inner_texts()].index(True)
    )
    expect(page.locator(TEAM)).to_have_value("First")


def test_deleting_a_draft_can_be_undone_after_saving_too(visit) -> None:
    page = sheet(visit)
    page.fill(TEAM, "Precious")
    saved(page)
    page.get_by_role("button", name="Delete").click()
    expect(page.locator(TEAM)).to_have_value("")
    assert stored(page) == []
    undo(page)
    expect(page.locator(TEAM)).to_have_value("Precious")
    saved(page, "draft.answers.scope.team === 'Precious'")


def test_clearing_brings_the_playbooks_entries_back_and_can_be_undone(visit) -> None:
    page = sheet(visit)
    page.fill(TEAM, "Precious")
    page.select_option('[name="matrix.model-development.ml-engineer"]', "I")
    page.locator("[data-pb-do=clear]").click()
    expect(page.locator(TEAM)).to_have_value("")
    expect(page.locator('[name="matrix.model-development.ml-engineer"]')).to_have_value("R/A")
    undo(page)
    expect(page.locator(TEAM)).to_have_value("Precious")
    expect(page.locator('[name="matrix.model-development.ml-engineer"]')).to_have_value("I")
    saved(page, "draft.answers.scope.team === 'Precious'")


def test_what_was_typed_after_clearing_is_not_lost_by_undoing_it(visit) -> None:
    page = sheet(visit)
    page.fill(TEAM, "Before")
    page.locator("[data-pb-do=clear]").click()
    page.fill(TEAM, "After")
    undo(page)
    expect(page.locator(TEAM)).to_have_value("Before")
    undo(page)
    expect(page.locator(TEAM)).to_have_value("After")


def test_progress_counts_required_answers(visit) -> None:
    page = sheet(visit, "stakeholder-map")
    progress = page.locator("[data-pb-progress]")
    expect(progress).to_have_text("0 of 12")
    page.fill('[name="scope.initiative"]', "Forecast")
    page.fill('[name="why.management-layer.who"]', "Maria")
    expect(progress).to_have_text("2 of 12")
    page.fill('[name="why.management-layer.who"]', "")
    expect(progress).to_have_text("1 of 12")


# --- rows ------------------------------------------------------------------------------


def test_rows_move_by_keyboard_and_focus_stays_in_the_answer(visit) -> None:
    page = sheet(visit)
    control = page.locator('[name="matrix.build-training-pipeline.ml-engineer"]')
    control.focus()
    page.keyboard.press("Alt+ArrowUp")
    assert rows(page)[:2] == ["Build training pipeline", "Model development"]
    expect(control).to_be_focused()
    expect(page.locator("[data-pb-status]")).to_have_text("“Build training pipeline” is row 1 of 9 now.")
    page.keyboard.press("Alt+ArrowDown")
    page.keyboard.press("Alt+ArrowDown")
    assert rows(page)[1:3] == ["Production deployment", "Build training pipeline"]
    saved(page, "draft.answers.matrix[2].row === 'build-training-pipeline'")


def test_rows_are_added_and_removed_by_keyboard_and_removing_can_be_undone(visit) -> None:
    page = sheet(visit)
    add = page.locator("#matrix").get_by_role("button", name="Add a row")
    add.focus()
    page.keyboard.press("Enter")
    page.keyboard.type("Typed at once")
    assert rows(page)[-1] == "Typed at once"
    remove = page.get_by_role("button", name="Remove: Model development")
    remove.focus()
    page.keyboard.press("Enter")
    assert "Model development" not in rows(page)
    expect(page.get_by_role("button", name="Remove: Build training pipeline")).to_be_focused()
    saved(page, "draft.answers.matrix.some(row => row.row === 'model-development' && row.removed)")
    page.reload()
    ready(page)
    assert "Model development" not in rows(page)
    page.get_by_role("button", name="Remove: Build training pipeline").click()
    page.fill(TEAM, "Typed since")
    undo(page)
    assert rows(page)[0] == "Build training pipeline"
    expect(page.locator(TEAM)).to_have_value("Typed since")


def test_columns_are_headed_by_the_candidates_names(visit) -> None:
    page = sheet(visit, "flagship-scorecard")
    page.fill('[name="candidates.row-2.name"]', "Returns forecast")
    expect(page.locator("#criteria thead th").nth(2)).to_contain_text("Returns forecast")
    expect(page.locator("#criteria thead th").nth(1)).to_contain_text("Candidate 1")


# --- windows and storage ---------------------------------------------------------------


def second_window(page: Page, script: str = "") -> Page:
    other = page.context.new_page()
    other.add_init_script(script)
    other.goto(page.url)
    return ready(other)


def test_a_second_window_on_the_same_draft_follows_the_first(visit) -> None:
    page = sheet(visit)
    page.fill(TEAM, "One")
    saved(page)
    other = second_window(page)
    expect(other.locator(TEAM)).to_have_value("One")
    page.fill(TEAM, "Two")
    expect(other.locator(TEAM)).to_have_value("Two")
    expect(other.locator("[data-pb-status]")).to_contain_text("Another window changed this draft")


def test_a_new_window_opens_the_draft_that_was_saved_last(visit) -> None:
    page = sheet(visit)
    for team in ("First", "Second", "Third"):
        page.get_by_role("button", name="New").click()
        page.fill(TEAM, team)
        saved(page, f"draft.answers.scope.team === '{team}'")
    expect(second_window(page).locator(TEAM)).to_have_value("Third")


def test_two_windows_that_type_at_the_same_time_lose_nothing(visit) -> None:
    page = sheet(visit)
    page.fill(TEAM, "One")
    saved(page)
    # The other window does not hear of it: as if both typed within the same moment.
    other = second_window(
        page, "addEventListener('storage', event => event.stopImmediatePropagation(), true)"
    )
    page.fill(TEAM, "Left")
    saved(page, "draft.answers.scope.team === 'Left'")
    other.fill(TEAM, "Right")
    expect(other.locator("[data-pb-status]")).to_contain_text("Yours is kept as “Draft 1 (this window)”")
    assert sorted(each["answers"]["scope"]["team"] for each in stored(page)) == ["Left", "Right"]
    expect(other.locator(TEAM)).to_have_value("Right")


def test_a_draft_deleted_in_another_window_is_saved_again(visit) -> None:
    page = sheet(visit)
    page.fill(TEAM, "One")
    saved(page)
    other = second_window(page)
    other.get_by_role("button", name="Delete").click()
    expect(page.locator("[data-pb-status]")).to_contain_text("deleted this draft")
    page.locator(TEAM).press_sequentially("!")
    saved(page, "draft.answers.scope.team.includes('!')")


def test_full_storage_is_told_and_nothing_typed_is_lost(visit) -> None:
    page = sheet(visit)
    page.evaluate(
        """() => { let size = 1 << 20, n = 0;
        while (size >= 1) { try { localStorage.setItem('ballast' + n++, 'x'.repeat(size)); } catch { size >>= 1; } } }"""
    )
    page.fill(TEAM, "Does not fit")
    expect(page.locator("[data-pb-alert]")).to_contain_text("storage is full")
    expect(page.locator(TEAM)).to_have_value("Does not fit")
    page.evaluate(
        "Object.keys(localStorage).filter(k => k.startsWith('ballast')).forEach(k => localStorage.removeItem(k))"
    )
    page.locator(TEAM).press_sequentially("!")
    saved(page, "draft.answers.scope.team.startsWith('!') || draft.answers.scope.team.endsWith('!')")
    expect(page.locator("[data-pb-alert]")).to_be_empty()


def test_storage_that_is_switched_off_is_told_and_files_still_come_out(visit) -> None:
    window = visit()
    window.page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } })"
    )
    page = ready(window.go("templates/raci-sheet/"))
    expect(page.locator("[data-pb-alert]")).to_contain_text("does not keep anything")
    page.fill(TEAM, "In this window")
    page.get_by_label("Download").select_option("json")
    with page.expect_download() as made:
        page.get_by_role("button", name="Download").click()
    assert json.loads(made.value.path().read_text("utf-8"))["answers"]["scope"]["team"] == "In this window"


def test_an_unreadable_draft_stays_where_it_is(visit) -> None:
    window = visit()
    page = sheet(lambda **_: window)
    key = page.evaluate("`playbook:template:v1:/playbook/:raci-sheet:broken`")
    page.evaluate("key => localStorage.setItem(key, '{\"name\": ')", key)
    page.reload()
    ready(page)
    with page.expect_download():
        page.locator("[data-pb-drafts]").select_option("broken")
    assert page.evaluate("key => localStorage.getItem(key)", key) == '{"name": '


# --- drafts of an older template -------------------------------------------------------


OLD = {
    "format": 1,
    "template": "raci-sheet",
    "name": "From last year",
    "saved": "2025-11-01T10:00:00.000Z",
    "rev": "x",
    "answers": {
        "scope": {"team": "Pricing", "budget": "40,000"},
        "matrix": [
            {"row": "model-development", "name": "Model development", "cells": {"ml-engineer": "A", "data-steward": "R"}},
            {"row": "gone-activity", "name": "An activity that is gone", "cells": {"ml-engineer": "R"}},
        ],
        "exceptions": {"shared": "Because we said so"},
    },
    "kept": [{"where": "scope.date", "value": "2025-11-01"}],
}  # fmt: skip


def test_a_draft_of_an_older_template_loses_nothing(visit) -> None:
    window = visit()
    page = sheet(lambda **_: window)
    page.evaluate(
        "old => localStorage.setItem('playbook:template:v1:/playbook/:raci-sheet:old', JSON.stringify(old))",
        OLD,
    )
    page.reload()
    ready(page)
    expect(page.locator(TEAM)).to_have_value("Pricing")
    expect(page.locator('[name="matrix.model-development.ml-engineer"]')).to_have_value("A")
    assert "An activity that is gone" in rows(page)
    kept = page.locator("[data-pb-kept]")
    for answer in ("40,000", "Because we said so", "R"):
        expect(kept.get_by_text(answer, exact=False).first).to_be_visible()
    expect(page.locator('[name="scope.date"]')).to_have_value("2025-11-01")  # has a place again
    said = page.locator("[data-pb-status]")
    expect(said).to_contain_text("no longer fit")
    expect(said).to_contain_text("New in the playbook")
    page.locator(TEAM).press_sequentially("!")
    saved(page, "draft.kept.some(each => each.value === '40,000')")
    page.reload()
    ready(page)
    expect(kept.get_by_text("40,000")).to_be_visible()


def test_an_answer_follows_its_renamed_question(visit) -> None:
    page = sheet(visit)
    result = page.evaluate(
        """async () => {
        const { fit } = await import('/playbook/assets/sheets/draft.js');
        const spec = { id: 't', name: 'T', sections: [
          { id: 'new', was: ['old'], name: 'N', fields: [{ id: 'b', was: ['a'], name: 'B', type: 'text' }] },
          { id: 'rows', name: 'R', table: true, open: true, named: true, renamed: { was: 'now' },
            fields: [{ id: 'x', name: 'X', type: 'text' }], rows: [{ id: 'now', name: 'Now' }] } ] };
        const { draft, notes } = fit(spec, { name: 'D', answers: { old: { a: 'kept' }, rows: [{ row: 'was', cells: { x: '1' } }] } });
        return [draft.forms.new.b, draft.tables.rows, draft.kept, notes.join(' ')];
        }"""
    )
    assert result[0] == "kept"
    assert result[1] == [{"row": "now", "cells": {"x": "1"}}]
    assert result[2] == []
    assert "moved" in result[3]


# --- results and the linter ------------------------------------------------------------


def test_the_linter_says_at_once_what_it_will_say_of_the_file(visit) -> None:
    page = sheet(visit)
    found = page.locator("[data-pb-findings]")
    expect(found).to_be_hidden()
    page.select_option('[name="matrix.model-development.ops-engineer"]', "A")
    expect(found).to_contain_text("2 roles are accountable (A): ml-engineer, ops-engineer")
    page.fill('[name="matrix.model-development.shared"]', "They sit at one desk")
    expect(found).to_be_hidden()
    page.select_option('[name="matrix.keep-or-withdraw.stakeholders"]', "R")
    page.select_option('[name="matrix.keep-or-withdraw.ml-engineer"]', "A")
    expect(found).to_contain_text("is a business decision, but ml-engineer holds the A")


def test_the_scorecard_takes_the_one_that_passes_and_an_exclusion_beats_it(visit) -> None:
    page = sheet(visit, "flagship-scorecard")
    page.fill('[name="candidates.row-1.name"]', "Returns")
    page.fill('[name="candidates.row-2.name"]', "Chat")
    for criterion in ("value-in-numbers", "data-exists", "failure-not-fatal", "owner-is-waiting"):
        page.select_option(f'[name="criteria.{criterion}.a"]', "passes")
        page.select_option(f'[name="criteria.{criterion}.b"]', "passes")
    result = page.locator("[data-pb-result]")
    expect(result).to_contain_text("Returns and Chat qualify")
    page.check('[name="exclusions.everything-into-an-llm.b"]')
    expect(result).to_contain_text("Take Returns.")
    expect(result).to_contain_text("Chat is out, whatever it scores")
    page.select_option('[name="criteria.data-exists.a"]', "fails")
    expect(result).to_contain_text("None qualifies.")
    page.select_option('[name="decision.chosen"]', "b")
    expect(page.locator("[data-pb-findings]")).to_contain_text("'Chat' is chosen, but it is excluded")


def test_the_check_draws_the_gaps_and_names_the_pillar_to_begin_with(visit) -> None:
    page = sheet(visit, "missing-capability-check")
    result = page.locator("[data-pb-result]")
    expect(result).to_be_hidden()
    for capability in ("release-criteria", "incident-response", "documentation"):
        page.select_option(f'[name="process.{capability}.rating"]', "1")
    page.select_option('[name="technology.versioning.rating"]', "0")
    page.select_option('[name="organization.psychological-safety.rating"]', "3")
    expect(result).to_contain_text("Begin with Process (operation): 3 of 4 are missing or only begun.")
    expect(result).to_contain_text("8 of 13 not rated yet.")
    expect(result.get_by_role("img", name="Technology (fundamental): 1 of 5 are gaps")).to_be_visible()


def test_where_everything_is_missing_the_pillar_that_the_playbook_names_first_comes_first(visit) -> None:
    page = sheet(visit, "missing-capability-check")
    for rating in page.locator('select[name$=".rating"]').all():
        rating.select_option("0")
    result = page.locator("[data-pb-result]")
    expect(result).to_contain_text("Begin with Organization: 4 of 4 are missing or only begun.")
    expect(result).to_contain_text("and Organization comes first in the playbook.")


def test_an_invitation_is_copied_as_it_stands(visit) -> None:
    page = sheet(visit)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_text("Invitation to copy").click()
    page.locator(".pb-invite button").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(
        "Subject: Who answers for what around [model], 60 minutes on [date]\n\nHello all,\n"
    )
    assert copied.rstrip().endswith("[Your name]")


def test_what_to_prepare_can_be_read_without_a_script(visit) -> None:
    page = visit(javascript=False).go("templates/raci-sheet/")
    page.get_by_text("Invitation to copy").click()
    expect(page.locator(".pb-invite pre")).to_contain_text("Subject: Who answers for what")
    page.get_by_text("If you have 15 minutes").click()
    expect(page.get_by_text("Do two rows: incident response")).to_be_visible()


def test_no_request_is_made_with_what_is_typed(visit) -> None:
    window = visit()
    page = sheet(lambda **_: window)
    before = len(window.requests)
    page.fill(TEAM, "Secret-4711")
    saved(page)
    for form in ("json", "yaml", "xlsx", "docx", "md"):
        page.get_by_label("Download").select_option(form)
        with page.expect_download():
            page.get_by_role("button", name="Download").click()
    asked = window.requests[before:]
    assert asked, "the libraries come from the site"
    for url in asked:
        assert url.startswith((f"{window.address}assets/", "blob:")), url
        assert "4711" not in url
        assert "?" not in url


def test_no_library_is_fetched_before_a_format_is_asked_for(visit) -> None:
    window = visit()
    page = sheet(lambda **_: window)
    page.fill(TEAM, "x")
    saved(page)
    assert not [url for url in window.requests if "/vendor/" in url]


# --- the sheet of paper ----------------------------------------------------------------


def test_the_one_sheet_assembles_itself_from_the_drafts_of_the_other_sheets(visit) -> None:
    window = visit()
    page = ready(window.go("templates/stakeholder-map/"))
    page.fill('[name="why.management-layer.who"]', "Maria Okafor")
    saved(page, "draft.template === 'stakeholder-map'")
    page = ready(window.go("templates/initial-members/"))
    page.fill('[name="members.ml-engineer.who"]', "Priya Nair")
    page.fill('[name="members.ml-engineer.share"]', "80")
    saved(page, "draft.template === 'initial-members'")
    page = ready(window.go("templates/raci-sheet/"))
    page.fill('[name="matrix.row-8"]', "Own work")
    page.select_option('[name="matrix.row-8.stakeholders"]', "A")
    saved(page, "draft.template === 'raci-sheet'")
    page = ready(window.go("templates/one-sheet/"))
    poster = page.locator(".pb-poster")
    expect(poster).to_contain_text("Maria Okafor (Management layer)")
    expect(poster).to_contain_text("Priya Nair")
    expect(poster).to_contain_text("80% of the time")
    expect(poster.locator("tbody tr").last).to_contain_text("Own work")
    page.fill('[name="purpose.team"]', "Forecast team")
    expect(poster).to_contain_text("Forecast team")
    # A source that changes later is followed, as long as nobody wrote over it by hand.
    saved(page, "draft.template === 'one-sheet'")
    page = ready(window.go("templates/initial-members/"))
    page.fill('[name="members.ml-engineer.who"]', "Ana Silva")
    saved(
        page,
        "draft.template === 'initial-members' && draft.answers.members.some(row => row.cells.who === 'Ana Silva')",
    )
    page = ready(window.go("templates/one-sheet/"))
    expect(poster).to_contain_text("Ana Silva")
    expect(poster).to_contain_text("Forecast team")


def test_what_was_changed_by_hand_on_the_one_sheet_is_left_alone(visit) -> None:
    window = visit()
    page = ready(window.go("templates/one-sheet/"))
    page.fill('[name="members.ml-engineer.who"]', "By hand")
    saved(page, "draft.template === 'one-sheet'")
    page = ready(window.go("templates/initial-members/"))
    page.fill('[name="members.ml-engineer.who"]', "From the draft")
    saved(page, "draft.template === 'initial-members'")
    page = ready(window.go("templates/one-sheet/"))
    expect(page.locator(".pb-poster")).to_contain_text("By hand")
    page.get_by_label("Members from").select_option(index=1)
    expect(page.locator(".pb-poster")).to_contain_text("From the draft")
    undo(page)
    expect(page.locator(".pb-poster")).to_contain_text("By hand")


@pytest.mark.parametrize(("paper", "size"), [("a4", (842, 595)), ("a3", (1191, 842)), ("letter", (792, 612))])
@pytest.mark.parametrize("activities", [0, 12])
def test_the_one_sheet_prints_on_one_page(
    visit, tmp_path, paper: str, size: tuple[int, int], activities: int
) -> None:
    page = sheet(visit, "one-sheet")
    page.fill(
        '[name="purpose.team"]', "Forecast team for all of fresh food and everything that has to do with it"
    )
    page.fill('[name="start.wont-do"]', "One\nTwo\nThree")
    for number in range(activities):
        page.locator("#raci").get_by_role("button", name="Add a row").click()
        page.keyboard.type(f"An activity of our own with a name of usual length {number}")
    page.locator("select[data-pb-paper]").select_option(paper)
    assert page.locator(".pb-poster-full").count() == 0
    made = page.pdf(prefer_css_page_size=True)
    boxes = [
        tuple(round(float(each)) for each in box.split()[2:])
        for box in __import__("re").findall(r"/MediaBox \[([^\]]+)\]", made.decode("latin-1"))
    ]
    assert boxes == [size]


def test_undo_belongs_to_the_draft_in_which_something_was_done(visit, tmp_path) -> None:
    page = sheet(visit, "wont-do-list")
    page.locator('#list tbody tr [data-pb-row="remove"]').first.click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    other = {"template": "wont-do-list", "format": 1, "draft": "Other", "answers": {}}
    (tmp_path / "other.json").write_text(json.dumps(other), "utf-8")
    page.locator("[data-pb-open]").set_input_files(tmp_path / "other.json")
    expect(page.locator("[data-pb-status]")).to_contain_text("Opened other.json")
    expect(page.get_by_role("button", name="Undo")).to_be_hidden()


def test_a_key_that_ends_a_word_of_an_input_method_renames_nothing(visit) -> None:
    page = sheet(visit)
    page.locator('[data-pb-do="rename"]').click()
    name = page.locator("[data-pb-rename] input")
    name.fill("機械学習")
    for key in ("Enter", "Escape"):
        name.dispatch_event("keydown", {"key": key, "isComposing": True})
    expect(page.locator("[data-pb-rename]")).to_be_visible()
    name.press("Enter")
    expect(page.locator("[data-pb-drafts]")).to_contain_text("機械学習")


# --- numbers -------------------------------------------------------------------------------

SHARE = '[name^="members."][name$=".share"]'


@pytest.mark.parametrize(
    ("typed", "becomes"),
    [("3,5", "3.5"), ("2 500", "2500"), ("２５", "25"), ("1.250,5", "1250.5"), ("7", "7")],
)
def test_a_number_is_understood_as_people_write_it(visit, typed: str, becomes: str) -> None:
    page = sheet(visit, "initial-members")
    share = page.locator(SHARE).first
    share.press("ControlOrMeta+a")
    share.press_sequentially(typed)
    share.blur()
    expect(share).to_have_value(becomes)
    expect(share).to_have_attribute("aria-invalid", "false")
    saved(page, f"draft.answers.members.some(row => row.cells.share === '{becomes}')")


@pytest.mark.parametrize("typed", ["12e", "-", "1,250", "half"])
def test_what_is_no_number_stays_as_it_was_typed_and_is_said(visit, typed: str) -> None:
    page = sheet(visit, "initial-members")
    share = page.locator(SHARE).first
    share.fill(typed)
    share.blur()
    expect(page.locator("[data-pb-status]")).to_contain_text(f"“{typed}” is no number")
    expect(share).to_have_attribute("aria-invalid", "true")
    saved(page, f"draft.answers.members.some(row => row.cells.share === '{typed}')")
    page.reload()
    ready(page)
    expect(page.locator("[data-pb-kept]")).to_contain_text(typed)


def test_a_wheel_or_an_arrow_changes_no_number(visit) -> None:
    page = sheet(visit, "initial-members")
    share = page.locator(SHARE).first
    share.fill("50")
    share.hover()
    page.mouse.wheel(0, 200)
    share.press("ArrowUp")
    expect(share).to_have_value("50")


# --- undo belongs to one draft ---------------------------------------------------------------


def test_undo_of_a_deletion_loses_nothing_that_was_typed_since(visit) -> None:
    page = sheet(visit)
    page.fill(TEAM, "First")
    saved(page)
    page.get_by_role("button", name="Delete").click()
    page.fill(TEAM, "Second")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(TEAM)).to_have_value("First")
    page.wait_for_timeout(400)
    assert sorted(each["answers"]["scope"]["team"] for each in stored(page)) == ["First", "Second"]


def test_a_step_of_a_deleted_draft_is_not_undone_in_another(visit) -> None:
    page = sheet(visit)
    page.fill(TEAM, "First")
    page.locator("[data-pb-row=remove]").first.click()
    saved(page)
    page.get_by_role("button", name="Delete").click()
    expect(page.locator("[data-pb-undo]")).to_contain_text("Deleted")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("[data-pb-undo]")).to_be_hidden()
