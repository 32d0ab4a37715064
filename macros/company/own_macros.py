"""`company/macros.py`: the macros that a company brings along."""

from __future__ import annotations

import importlib.util
import traceback
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from macros.diagnostics import Diagnostic
from macros.project import COMPANY, Project


class Recorder:
    """Stands in for a generator's macro environment, to learn which names a module registers."""

    def __init__(self, root: Path) -> None:
        self.project_dir = str(root)
        self.conf: dict[str, Any] = {}
        self.variables: dict[str, Any] = {}
        self.filters: dict[str, Any] = {}
        self.macros: dict[str, Any] = {}

    def macro(self, function: Any, name: str = "") -> Any:
        """Register a macro, as a call or as a decorator."""
        self.macros[name or function.__name__] = function
        return function

    def filter(self, function: Any, name: str = "") -> Any:
        """Register a filter."""
        self.filters[name or function.__name__] = function
        return function


def company_module(project: Project) -> ModuleType | None:
    """The company's own macros, `company/macros.py`; None where there are none.

    Raises:
        Exception: whatever the file raises when it is run.
    """
    path = project.company / "macros.py"
    if not path.is_file():
        return None
    spec = importlib.util.spec_from_file_location("company_macros", path)
    if spec is None or spec.loader is None:
        raise ImportError(f"{path} cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@dataclass(frozen=True)
class Names:
    """What the company's macros bring along.

    Args:
        macros: names that are called.
        others: names of variables.
        filters: names that stand behind a bar.
    """

    macros: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()
    filters: frozenset[str] = frozenset()


def company_names(project: Project, taken: Collection[str]) -> Names | Diagnostic:
    """Names that the company's macros bring along, or what is wrong with their file.

    Names are known only once the module has run; it runs again where a generator takes its macros.

    Args:
        project: whose macros.
        taken: names of the playbook's own macros.
    """
    name = f"{COMPANY}/macros.py"
    recorder = Recorder(project.root)
    if (project.root / name).is_file():
        text, problems = project.read_text(name)
        if text is None:
            return problems[0]
    try:
        module = company_module(project)
        if module is None:
            return Names()
        if not hasattr(module, "define_env"):
            hint = "define it as mkdocs-macros does: def define_env(env)"
            return Diagnostic.of_file(name, "has no function define_env", hint, "company-macros")
        module.define_env(recorder)
    except (Exception, SystemExit) as error:
        line = error.lineno if isinstance(error, SyntaxError) else _line(error, name)
        said = error.msg if isinstance(error, SyntaxError) else str(error)
        return Diagnostic(name, line or 1, 1, "", f"{type(error).__name__}: {said}", "", "company-macros")
    both = sorted({*recorder.macros, *recorder.variables} & set(taken))
    if both:
        message = f"'{both[0]}' is a macro of the playbook"
        return Diagnostic.of_file(name, message, "rename yours", "company-macros")
    return Names(frozenset(recorder.macros), frozenset(recorder.variables), frozenset(recorder.filters))


def _line(error: BaseException, name: str) -> int | None:
    """Line of the company's file in which an error arose."""
    frames = traceback.extract_tb(error.__traceback__)
    return next((frame.lineno for frame in reversed(frames) if frame.filename.endswith(name)), None)
