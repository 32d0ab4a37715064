"""How a command ends: with an exit code and at most a sentence."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator

import click
import pytest

from macros.cli import ending as module
from macros.cli.ending import outcome


@pytest.fixture(autouse=True)
def unchanged(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No signal is ignored, as it is behind a shell's ``&``; afterwards each means what it meant before."""
    monkeypatch.setattr(sys, "argv", ["playbook"])
    known = [getattr(signal, name) for name in module.SIGNALS if hasattr(signal, name)]
    before = {number: signal.getsignal(number) for number in known}
    for number in known:
        signal.signal(number, signal.SIG_DFL)
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def ends(how: Callable[[], object]) -> int:
    return outcome(click.Command("playbook", callback=lambda: how() and None))


def raising(error: BaseException) -> Callable[[], object]:
    def how() -> object:
        raise error

    return how


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (SystemExit(0), 0, ""),
        (SystemExit(2), 2, ""),
        (SystemExit(None), 0, ""),
        (SystemExit("a message"), 1, ""),
        (click.Abort(), 1, "Aborted!\n"),
        (OSError(28, "No space left on device"), 1, "cannot read or write: No space left on device\n"),
        (FileNotFoundError(2, "No such file or directory", "a.txt"), 1, "a.txt: No such file or directory\n"),
    ],
)
def test_an_end_has_a_code_and_at_most_a_sentence(
    capsys: pytest.CaptureFixture[str], error: BaseException, code: int, said: str
) -> None:
    assert ends(raising(error)) == code
    assert capsys.readouterr().err == said


def test_misuse_is_told_as_click_tells_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert ends(raising(click.UsageError("not so"))) == 2
    assert "Error: not so\n" in capsys.readouterr().err


def test_a_mistake_of_our_own_asks_for_a_report(capsys: pytest.CaptureFixture[str]) -> None:
    assert ends(raising(KeyError("x"))) == 1
    said = capsys.readouterr().err
    assert said.startswith("This is a mistake of the playbook's own: KeyError: 'x' (")
    assert said.count("\n") == 1


def test_a_command_that_just_returns_is_fine() -> None:
    assert ends(lambda: None) == 0


@pytest.mark.skipif(sys.platform == "win32", reason="signals are the systems' that know them")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_lets_it_clear_up_and_ends_it_with_one_line(
    capsys: pytest.CaptureFixture[str], number: signal.Signals
) -> None:
    cleared: list[bool] = []

    def how() -> object:
        try:
            os.kill(os.getpid(), number)
        finally:
            cleared.append(True)
        return None

    assert ends(how) == 128 + number
    assert cleared == [True]
    assert capsys.readouterr().err == "Stopped.\n"


@pytest.mark.skipif(sys.platform == "win32", reason="signals are the systems' that know them")
def test_what_takes_a_signal_for_somebody_elses_error_is_ended_all_the_same() -> None:
    def how() -> object:
        try:
            os.kill(os.getpid(), signal.SIGTERM)
        except BaseException:
            return None

    assert ends(how) == 128 + signal.SIGTERM


@pytest.mark.skipif(sys.platform == "win32", reason="there is no terminal to be closed")
def test_under_nohup_a_closed_terminal_ends_nothing() -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    assert ends(lambda: os.kill(os.getpid(), signal.SIGHUP)) == 0


def test_without_a_terminal_nothing_can_be_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    assert ends(raising(click.Abort())) == 1
