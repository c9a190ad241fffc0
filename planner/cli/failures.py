"""What happens when something goes wrong: a message, an exit code, never a traceback on the screen."""

from __future__ import annotations

import os
import platform
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from typing import TYPE_CHECKING, TextIO

import click

from planner.cli import interrupts
from planner.cli.codes import BAD_INPUT, BROKE_DOWN, INTERNAL, INTERRUPTED, NO_MEMORY, OUT_OF_MEMORY
from planner.core.memory import lacks_memory
from planner.core.plain import plain
from planner.version import SCENARIO_LANGUAGE, __version__

if TYPE_CHECKING:
    from planner.scenario.scenario import Scenario

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


MOST_TOLD = 200  # problems of one file


@contextmanager
def guarded(ctx: click.Context) -> Iterator[None]:
    """Turn exceptions into messages and exit codes: 2 bad input, 70 internal error, 71 no memory, 130 Ctrl-C."""
    from planner.core.errors import ScenarioError

    try:
        yield
    except ScenarioError as error:
        complain(*(str(problem) for problem in error.problems[:MOST_TOLD]))
        if len(error.problems) > MOST_TOLD:
            complain(f"There are {len(error.problems) - MOST_TOLD:,} more problems.")
        ctx.exit(BAD_INPUT)
    except KeyboardInterrupt:
        complain("Interrupted.")
        ctx.exit(INTERRUPTED)
    except (click.ClickException, click.exceptions.Exit, click.Abort):
        raise
    except Exception as error:  # a bug, or no memory: told apart from answers by the exit code
        if lacks_memory(error):
            error.__traceback__ = None  # its frames hold what there was no room beside
            complain(OUT_OF_MEMORY)
            ctx.exit(NO_MEMORY)
        internal_error(error, ctx.meta.get(SCENARIO))
        ctx.exit(INTERNAL)


def complain(*messages: str) -> None:
    """Print messages on stderr, one a line, with nothing in them that a terminal would obey."""
    for message in messages:
        tell(plain(message) + "\n")


def tell(text: str) -> None:
    """Print a text on stderr. That it cannot be printed is no failure: the answer and the exit code are what counts."""
    try:
        click.echo(text, err=True, nl=False)
    except OSError:
        silence(sys.stderr)


def emit(text: str) -> None:
    """Print an answer. A reader that has gone away is no failure; a full disk is one (CannotWrite)."""
    interrupts.patiently()  # all of it or nothing
    if sys.stdout is None:  # closed by the caller
        return
    try:
        click.echo(text, nl=False)
        sys.stdout.flush()
    except BrokenPipeError:
        silence(sys.stdout)
    except OSError as error:
        silence(sys.stdout)
        raise CannotWrite("standard output", error) from error


def silence(stream: TextIO) -> None:
    """Point a stream nowhere, so that the flush at the interpreter's end cannot fail and change the exit code."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


class CannotWrite(click.ClickException):
    """«answer.json: cannot be written: No space left on device», with the exit code of bad input."""

    exit_code = BAD_INPUT

    def __init__(self, name: str, error: OSError) -> None:
        super().__init__(f"{name}: cannot be written: {error.strerror or type(error).__name__}")


def internal_error(error: BaseException, scenario: Scenario | None) -> None:
    """Write a report without personal data into the current directory and say where it is; else print it."""
    from planner.cli.writing import write

    told, name = report(error, scenario), f"plan-internal-error-{datetime.now():%Y%m%dT%H%M%S-%f}.txt"
    complain(BROKE_DOWN, *_elsewhere(error))
    try:
        write(name, told)
        complain(f"Report: {os.path.abspath(name)}")
    except (CannotWrite, OSError) as failure:
        why = failure.message if isinstance(failure, CannotWrite) else failure.strerror
        complain(f"The report could not be written to a file, so here it is ({why}):", *told.splitlines())
    complain("Please send it with what --dump-model writes; neither has personal data.")


def _elsewhere(error: BaseException) -> Iterator[str]:
    """Whose mistake it may be, where other packages add kinds of rules."""
    import traceback

    from planner.rules.base import kinds_elsewhere

    if others := kinds_elsewhere():
        passed = (frame.f_globals.get("__name__") for frame, _ in traceback.walk_tb(error.__traceback__))
        arose = [module for module in passed if module in others]
        if arose:
            yield f"It arose in a kind of rule of another package: {arose[-1]}."
        else:
            yield f"Kinds of rules of other packages are in use; the mistake may be theirs: {', '.join(others)}."


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
    except OSError:  # too many open files, perhaps: a report without it is better than none
        return "not known"


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
