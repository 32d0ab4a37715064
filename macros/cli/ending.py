"""How a command ends: with an exit code and at most a sentence, whatever happens."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from types import FrameType

import click

SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")
"""What asks a process to end: Ctrl-C, a supervisor, the terminal that is closed."""


class Stopped(BaseException):
    """The process was asked to end: what it has begun is cleared away on the way out."""


def outcome(command: click.Command) -> int:
    """Run a command to its end.

    Args:
        command: takes the words that this process was called with.

    Returns:
        The exit code; 128 and the signal's number where one ended it.
    """
    asked: list[int] = []

    def stop(number: int, _: FrameType | None) -> None:
        if asked:  # clearing away takes too long for somebody: the next build does it
            os._exit(128 + number)
        asked.append(number)
        raise Stopped

    for name in SIGNALS:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:  # as nohup wants it
            signal.signal(number, stop)
    try:
        code = _code(command)
    except Stopped:
        code = 1
    if asked:
        say("Stopped.")
        return 128 + asked[0]
    return code


def _code(command: click.Command) -> int:
    try:
        code: object = command.main(standalone_mode=False)
    except SystemExit as end:
        code = end.code
    except click.ClickException as error:
        with suppress(OSError):
            error.show()
        code = error.exit_code
    except click.Abort:
        say("Aborted!")
        code = 1
    except OSError as error:
        where = f"{error.filename}: " if error.filename else "cannot read or write: "
        say(f"{where}{error.strerror or os.strerror(error.errno or 0)}")
        code = 1
    except Exception as error:
        if sys.flags.dev_mode:
            raise
        import traceback  # noqa: PLC0415 - seldom needed

        frame = traceback.extract_tb(error.__traceback__)[-1]
        say(
            f"This is a mistake of the playbook's own: {type(error).__name__}: {error} "
            f"({frame.filename}:{frame.lineno}). Please report it; PYTHONDEVMODE=1 shows how it came about."
        )
        code = 1
    return code if isinstance(code, int) else int(code is not None)


def open_streams() -> None:
    """Have standard input, output and errors where somebody closed them, as `>&-` does.

    The next file that is opened would take their number, and what anything prints would go into it.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            nowhere = os.open(os.devnull, os.O_RDWR)
            if nowhere != number:
                os.dup2(nowhere, number)
                os.close(nowhere)
            os.set_inheritable(number, True)
        if getattr(sys, name) is None:
            mode = "w" if number else "r"
            setattr(sys, name, open(number, mode, encoding="utf-8", errors="replace", closefd=False))  # noqa: SIM115 - a descriptor, for as long as we run


def say(text: str) -> None:
    """Say something on the terminal, where there still is one."""
    with suppress(OSError, ValueError):
        click.echo(text, err=True)
