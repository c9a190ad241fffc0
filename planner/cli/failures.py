"""What happens when something goes wrong: a message, an exit code, never a traceback on the screen."""

from __future__ import annotations

import os
import platform
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

import click

from planner.cli import interrupts
from planner.version import SCENARIO_LANGUAGE, __version__

if TYPE_CHECKING:
    from planner.scenario.scenario import Scenario

BAD_INPUT, INTERNAL, INTERRUPTED = 2, 70, 130
SCENARIO = "planner.scenario"  # key of `ctx.meta` under which a command leaves the scenario it read
_PACKAGES = (
    "attrs",
    "cattrs",
    "click",
    "icalendar",
    "jsonschema",
    "numpy",
    "ortools",
    "platformdirs",
    "python-sat",
    "rich",
    "tree-sitter",
    "tree-sitter-json",
    "tree-sitter-toml",
    "tzdata",
)


@contextmanager
def guarded(ctx: click.Context) -> Iterator[None]:
    """Turn exceptions into messages and exit codes: 2 bad input, 70 internal error, 130 Ctrl-C."""
    from planner.core.errors import ScenarioError

    try:
        yield
    except ScenarioError as error:
        complain(*(str(p) if p.place.file else str(p).removeprefix(": ") for p in error.problems))
        ctx.exit(BAD_INPUT)
    except KeyboardInterrupt:
        complain("Interrupted.")
        ctx.exit(INTERRUPTED)
    except (click.ClickException, click.exceptions.Exit, click.Abort):
        raise
    except Exception as error:  # a bug: told apart from answers by its exit code
        internal_error(error, ctx.meta.get(SCENARIO))
        ctx.exit(INTERNAL)


def complain(*messages: str) -> None:
    """Print messages on stderr, one a line, with nothing in them that a terminal would obey."""
    from planner.report.words import plain

    for message in messages:
        click.echo(plain(message), err=True)


def emit(text: str) -> None:
    """Print an answer. A reader that has gone away is no failure; a full disk is one (CannotWrite)."""
    interrupts.patiently()  # all of it or nothing
    if sys.stdout is None:  # closed by the caller
        return
    try:
        click.echo(text, nl=False)
        sys.stdout.flush()
    except BrokenPipeError:
        _silence_stdout()
    except OSError as error:
        _silence_stdout()
        raise CannotWrite("standard output", error) from error


def _silence_stdout() -> None:
    """Point stdout nowhere, so that the flush at the interpreter's end cannot fail."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class CannotWrite(click.ClickException):
    """«answer.json: cannot be written: No space left on device», with the exit code of bad input."""

    exit_code = BAD_INPUT

    def __init__(self, name: str, error: OSError) -> None:
        super().__init__(f"{name}: cannot be written: {error.strerror or type(error).__name__}")


def internal_error(error: BaseException, scenario: Scenario | None) -> None:
    """Write a report without personal data into the current directory and say where it is."""
    name = f"plan-internal-error-{datetime.now():%Y%m%dT%H%M%S-%f}.txt"
    path = os.path.abspath(name)
    told = "Internal error: the planner contradicts itself or broke down. This is not an answer to your question."
    try:
        with open(path, "x", encoding="utf-8") as file:
            file.write(report(error, scenario))
    except OSError as failure:
        complain(told, f"The report could not be written to {path}: {failure.strerror}")
    else:
        complain(told, f"Report: {path}", "Please send it with what --dump-model writes; neither has personal data.")


def report(error: BaseException, scenario: Scenario | None) -> str:
    """Versions and traceback. Of messages only the planner's own, with the travellers' data taken out.

    Messages of other exceptions may quote the input (a name, a passport number), so they are left out; so are
    the command line and the folders of the machine.
    """
    versions = [f"planner {__version__}, scenario language {SCENARIO_LANGUAGE}"]
    versions.append(f"Python {platform.python_version()}, {sys.platform}, {platform.machine()}")
    versions += [f"{package} {_version(package)}" for package in _PACKAGES]
    return "\n".join([*versions, "", *_chain(error, scenario)]) + "\n"


def _version(package: str) -> str:
    from importlib import metadata

    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "missing"


def _chain(error: BaseException, scenario: Scenario | None) -> Iterator[str]:
    import traceback

    from planner.core.errors import InternalError

    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None:
        yield from _chain(cause, scenario)
        yield "which led to"
    for frame, line in traceback.walk_tb(error.__traceback__):
        yield f"  {frame.f_globals.get('__name__', '?')}:{line} in {frame.f_code.co_name}"
    message = f": {without_people(str(error), scenario)}" if isinstance(error, InternalError) and scenario else ""
    yield f"{type(error).__module__}.{type(error).__qualname__}{message}"


def without_people(text: str, scenario: Scenario) -> str:
    """The text with names, ids of travellers, passport numbers and birth dates replaced."""
    for number, person in enumerate(scenario.travellers, 1):
        private = {person.id, person.name, *person.name.split(), *(p.number for p in person.passports)}
        if person.born is not None:
            private |= {person.born.isoformat(), repr(person.born)}
        for word in sorted(private - {""}, key=len, reverse=True):
            text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", f"traveller-{number}", text, flags=re.IGNORECASE)
    return text
