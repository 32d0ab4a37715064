"""`company/macros.py`: the macros that a company brings along."""

from __future__ import annotations

import pytest

from macros.company.own_macros import Names, Recorder, company_module, company_names
from macros.diagnostics import Diagnostic
from macros.report import line
from tests.conftest import Copy

GOOD = """\
def define_env(env):
    @env.macro
    def hello(name):
        return f"**Hello {name}**"

    env.macro(lambda: 1, "one")
    env.filter(lambda text: text, "same")
    env.variables["company"] = "Acme"
    assert env.project_dir and env.conf == {}
"""


def names(small: Copy, text: str) -> Names | Diagnostic:
    small.write("company/macros.py", text)
    return company_names(small.project, {"raci_table"})


def test_without_a_file_there_are_none(small: Copy) -> None:
    assert company_names(small.project, ()) == Names()
    assert company_module(small.project) is None


def test_names_of_macros_and_variables_are_known(small: Copy) -> None:
    found = names(small, GOOD)
    assert found == Names(frozenset({"hello", "one"}), frozenset({"company"}), frozenset({"same"}))


def test_the_module_works_as_it_is_written(small: Copy) -> None:
    small.write("company/macros.py", GOOD)
    module = company_module(small.project)
    assert module is not None
    recorder = Recorder(small.root)
    module.define_env(recorder)
    assert recorder.macros["hello"]("Ann") == "**Hello Ann**"
    assert recorder.filters["same"]("x") == "x"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("def define_env(env:\n", "company/macros.py:1:1: SyntaxError: "),
        ("x = (\n\n", "company/macros.py:1:1: SyntaxError: '(' was never closed"),
        ("x = 1\n", "company/macros.py:1:1: has no function define_env; define it as mkdocs-macros does: def define_env(env)"),
        ("def define_env(env):\n    1 / 0\n", "company/macros.py:2:1: ZeroDivisionError: division by zero"),
        ("import os\n\nos.no_such_thing\n", "company/macros.py:3:1: AttributeError: "),
        ("def define_env(env):\n    import json\n    json.loads('{')\n", "company/macros.py:3:1: JSONDecodeError: "),
        ("import nothing_of_that_name\n", "company/macros.py:1:1: ModuleNotFoundError: No module named 'nothing_of_that_name'"),
        ("def define_env(env):\n    env.macro(lambda: 1, 'raci_table')\n",
         "company/macros.py:1:1: 'raci_table' is a macro of the playbook; rename yours"),
        ("def define_env(env):\n    env.variables['raci_table'] = 1\n",
         "company/macros.py:1:1: 'raci_table' is a macro of the playbook; rename yours"),
        ("import sys\nsys.exit('enough')\n", "company/macros.py:2:1: SystemExit: enough"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_the_file_is_one_line_with_its_place(
    small: Copy, text: str, expected: str
) -> None:
    found = names(small, text)
    assert isinstance(found, Diagnostic)
    assert line(found).startswith(expected)
    assert found.rule == "company-macros"
