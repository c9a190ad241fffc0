"""`plan repair FILE -o FIXED`: an impossible scenario with the changes of a repair made, comments kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from planner.cli import interrupts
from planner.cli.failures import SCENARIO, complain
from planner.cli.line import Line
from planner.cli.options import scenario_argument, time_limit_option
from planner.cli.writing import STDOUT, not_what_is_read, write

if TYPE_CHECKING:
    from planner.answer import Answer, Repair
    from planner.scenario.scenario import Scenario

NONE_FOUND, UNDECIDED = 1, 3


@click.command(short_help="Write an impossible scenario anew, with what would help changed.")
@scenario_argument
@click.option(
    "-o",
    "--output",
    metavar="FIXED",
    type=click.Path(),
    required=True,
    help="Where to write it (- for standard output).",
)
@click.option(
    "--repair", "number", metavar="N", type=click.IntRange(1, 1000), default=1, show_default=True,
    help="Which repair to make, as `plan FILE --repair` numbers them.",
)  # fmt: skip
@time_limit_option
@click.pass_context
def repair(ctx: click.Context, *, file: str, output: str, number: int, time_limit: float) -> None:
    """Make the least disruptive, then cheapest changes of the scenario in FILE after which there is a plan.

    Comments and layout are kept. Exit code: 0 written (or copied, if there is a plan as it is), 1 no such repair
    exists, 2 bad input, 3 undecided (time ran out), 70 internal error, 71 no memory, 130
    interrupted twice, or while reading.

    Example: plan repair trip.toml -o fixed.toml
    """
    from planner import api
    from planner.cli.reading import STDIN, read_from, text_of

    not_what_is_read(output, file)
    text = text_of(file)
    folder = Path() if file == "-" else Path(file).parent
    with Line(interrupts.stop) as line:
        scenario = ctx.meta[SCENARIO] = read_from(text, STDIN if file == "-" else file, folder)
        stop = interrupts.patiently()  # before, there is nothing that would be lost
        observer = line.observer(scenario.currency)
        answer = api.plan(scenario, repairs=number, time_limit=time_limit, progress=observer, stop=stop)
    if answer.plan is not None:
        complain("There is a plan as it is: nothing is changed.")
        write(output, text)
        return
    repairs = answer.repairs or ()
    if len(repairs) < number:
        complain(_missing(answer, number))
        ctx.exit(NONE_FOUND if answer.repairs_complete else UNDECIDED)
    chosen = repairs[number - 1]
    fixed = api.rewritten(text, chosen)
    read_from(fixed, output, folder if output == STDOUT else Path(output).parent)  # what is written can be read there
    write(output, fixed)
    complain(*_told(chosen, scenario))


def _missing(answer: Answer, number: int) -> str:
    found = len(answer.repairs or ())
    if not answer.repairs_complete:
        return f"Undecided: {answer.ending} with {found} of {number} repairs found. Nothing is written."
    if not found:
        return "Nothing that the travellers could change was found to help. Nothing is written."
    return f"Only {found} {'repair was' if found == 1 else 'repairs were'} found, not {number}. Nothing is written."


def _told(chosen: Repair, scenario: Scenario) -> list[str]:
    from planner.core.money import show

    price = show(chosen.cost, scenario.currency)
    return [*(f"Changed: {easing.text}" for easing in chosen.easings), f"The trip then costs {price}."]
