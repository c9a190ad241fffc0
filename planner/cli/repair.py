"""`plan repair FILE -o FIXED`: an impossible scenario with the changes of a repair made, comments kept."""

from __future__ import annotations

import os
from errno import EISDIR
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planner.cli.failures import SCENARIO, CannotWrite, complain, emit
from planner.cli.solve import time_limit_option

if TYPE_CHECKING:
    from planner.answer import Answer, Repair
    from planner.scenario.scenario import Scenario

NONE_FOUND, UNDECIDED = 1, 3


@click.command(short_help="Write an impossible scenario anew, with what would help changed.")
@click.argument("file")
@click.option("-o", "--output", metavar="FIXED", required=True, help="Where to write it (- for standard output).")
@click.option(
    "--repair", "number", metavar="N", type=click.IntRange(1, 1000), default=1, show_default=True,
    help="Which repair to make, as `plan FILE --repair` numbers them.",
)  # fmt: skip
@time_limit_option
@click.pass_context
def repair(ctx: click.Context, *, file: str, output: str, number: int, time_limit: float) -> None:
    """Make the least disruptive, then cheapest changes of the scenario in FILE after which there is a plan.

    Comments and layout are kept. Exit code: 0 written (or copied, if there is a plan as it is), 1 no such repair
    exists, 2 bad input, 3 undecided (time ran out), 70 internal error.
    """
    from planner import api
    from planner.cli.reading import STDIN, text_of

    if output != "-" and file != "-" and os.path.exists(output) and os.path.samefile(file, output):
        raise click.BadParameter("this is the scenario itself; name another file.", param_hint="'--output'")
    text = text_of(file)
    folder = Path() if file == "-" else Path(file).parent
    scenario = ctx.meta[SCENARIO] = _read(text, STDIN if file == "-" else file, folder)
    answer = api.plan(scenario, repairs=number, time_limit=time_limit)
    if answer.plan is not None:
        complain("There is a plan as it is: nothing is changed.")
        _write(output, text)
        return
    repairs = answer.repairs or ()
    if len(repairs) < number:
        complain(_missing(answer, number))
        ctx.exit(NONE_FOUND if answer.repairs_complete else UNDECIDED)
    chosen = repairs[number - 1]
    fixed = api.rewritten(text, chosen)
    _read(fixed, output, folder)  # what is written can be read
    _write(output, fixed)
    complain(*_told(chosen, scenario))


def _read(text: str, name: str, folder: Path) -> Scenario:
    from planner.rules.base import table_kinds
    from planner.scenario import reading

    return reading.read_text(text, table_kinds(), name, folder)


def _missing(answer: Answer, number: int) -> str:
    found = len(answer.repairs or ())
    if not answer.repairs_complete:
        return f"Undecided: time ran out with {found} of {number} repairs found. Nothing is written."
    if not found:
        return "Nothing that the travellers could change was found to help. Nothing is written."
    return f"Only {found} {'repair was' if found == 1 else 'repairs were'} found, not {number}. Nothing is written."


def _told(chosen: Repair, scenario: Scenario) -> list[str]:
    from planner.core.money import show

    price = show(chosen.cost, scenario.currency)
    return [*(f"Changed: {easing.text}" for easing in chosen.easings), f"The trip then costs {price}."]


def _write(output: str, text: str) -> None:
    """Write the whole text or nothing."""
    if output == "-":
        emit(text)
        return
    target = Path(output)
    if target.is_dir() or not target.name:
        raise CannotWrite(output, IsADirectoryError(EISDIR, os.strerror(EISDIR)))
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        try:
            with part.open("x", encoding="utf-8", newline="") as file:
                file.write(text)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise CannotWrite(output, error) from error
