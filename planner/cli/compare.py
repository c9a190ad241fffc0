"""`plan compare A B`: what differs between the answers to two scenarios, or between saved ones."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planner.cli import interrupts
from planner.cli.failures import SCENARIO
from planner.cli.line import Line
from planner.cli.options import form_option, output_option, time_limit_option
from planner.cli.reading import STDIN, read_from, text_of
from planner.cli.writing import not_what_is_read, write

# A line that every scenario has, whatever else is wrong with it.
_SCENARIO = re.compile(r"^\s*(?:(?:today|currency|trip|travellers)\s*[.=]|\[+\s*(?:trip|travellers)\b)", re.MULTILINE)

if TYPE_CHECKING:
    from planner.core.errors import Problem
    from planner.scenario.scenario import Scenario


@click.command(short_help="What differs between two answers.")
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@form_option
@output_option
@time_limit_option
@click.pass_context
def compare(ctx: click.Context, *, a: str, b: str, form: str, output: str, time_limit: float) -> None:
    """Say what differs between A and B: scenarios, or answers saved with `plan FILE --format json`, in any mix.

    Scenarios are solved first, each within the time limit. Exit code: 0 compared, whether anything differs or not,
    2 bad input, 70 internal error, 71 no memory, 130 interrupted.

    Example: plan compare before.toml after.toml
    """
    if a == b == "-":
        raise click.UsageError("Only one of the two can be standard input.")
    not_what_is_read(output, a, b)
    with Line(interrupts.stop) as line:
        read = [_read(file) for file in (a, b)]  # both, before either is solved
        answers = [found if isinstance(found, dict) else _solved(ctx, found, time_limit, line) for found in read]
    from planner.report.compare import compared, json_text

    found = compared((a, b), (answers[0], answers[1]))
    if form == "json":
        write(output, json_text(found))
    else:
        from planner.report.compare.text import text

        write(output, text(found))


def _read(file: str) -> Scenario | dict[str, Any]:
    """The scenario in a file, or the answer saved in it. Raises ScenarioError."""
    from planner.core.errors import Place, Problem, ScenarioError
    from planner.report.compare.saved import EXPECTED, saved

    name = STDIN if file == "-" else file
    try:
        text = text_of(file)
    except ScenarioError as error:
        raise ScenarioError([_also_expected(problem) for problem in error.problems]) from None
    # A scenario cannot begin with a brace; every answer does.
    if file.lower().endswith(".json") or text.lstrip().startswith("{"):
        return saved(text, name)
    if not _SCENARIO.search(text):
        raise ScenarioError([Problem(Place(name), "this is neither a scenario nor a saved answer", EXPECTED)])
    return read_from(text, name, Path() if file == "-" else Path(file).parent)


def _also_expected(problem: Problem) -> Problem:
    """A file that cannot be read as text: it may be one that was not meant."""
    from planner.core.errors import Problem
    from planner.report.compare.saved import EXPECTED

    return Problem(problem.place, problem.message, "; ".join(filter(None, (problem.hint, EXPECTED))))


def _solved(ctx: click.Context, scenario: Scenario, time_limit: float, line: Line) -> dict[str, Any]:
    """The answer as `plan FILE --format json` would print it."""
    import json

    from planner import api
    from planner.report.json import json_text

    ctx.meta[SCENARIO], observer = scenario, line.observer(scenario.currency)
    answer: dict[str, Any] = json.loads(json_text(api.plan(scenario, time_limit=time_limit, progress=observer)))
    return answer
