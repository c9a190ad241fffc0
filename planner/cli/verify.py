"""`plan verify PLAN SCENARIO`: whether a saved or hand-written plan stands, and what changed since it was made."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planner.cli import interrupts
from planner.cli.completing import scenario_files
from planner.cli.failures import SCENARIO
from planner.cli.line import Line
from planner.cli.options import form_option, output_option
from planner.cli.reading import STDIN, read_from, text_of
from planner.cli.rules import as_day, day_type
from planner.cli.writing import not_what_is_read, write, write_page

if TYPE_CHECKING:
    from planner.checking.check import Checked
    from planner.scenario.reading.added import Added
    from planner.scenario.scenario import Scenario

DOES_NOT_STAND = 1


@click.command(short_help="Whether a saved or hand-written plan stands, and what changed since.")
@click.argument("plan", metavar="PLAN")
@click.argument("file", metavar="SCENARIO", shell_complete=scenario_files)
@click.option(
    "--as-of", "as_of", type=day_type, callback=as_day,
    help="The day of checking, instead of the scenario's `today`. What the plan dates before is taken as done.",
)  # fmt: skip
@form_option
@output_option
@click.pass_context
def verify(ctx: click.Context, *, plan: str, file: str, as_of: date | None, form: str, output: str) -> None:
    """Check a PLAN, saved with `plan FILE --format json` or written by hand, against the law and wishes of a SCENARIO.

    Exit code: 0 the plan stands, 1 it does not, 2 bad input, 70 internal error, 71 no memory,
    130 interrupted.

    Example: plan verify march.json trip.toml
    """
    if plan == file == "-":
        raise click.UsageError("Only one of the two can be standard input.")
    not_what_is_read(output, plan, file)
    with Line(interrupts.stop):
        checked = _checked(ctx, plan, file, as_of)
    if form == "json":
        from planner.report.verified import json_text

        write(output, json_text(checked))
    else:
        from planner.report.verified import page_of

        write_page(output, lambda width: page_of(checked, width))
    ctx.exit(0 if checked.stands else DOES_NOT_STAND)


def _checked(ctx: click.Context, plan: str, file: str, as_of: date | None) -> Checked:
    from planner.checking.check import check_text

    planned, scenario = text_of(plan), text_of(file)

    def reader(added: Added) -> Scenario:
        name, folder = (STDIN, Path()) if file == "-" else (file, Path(file).parent)
        read = ctx.meta[SCENARIO] = read_from(scenario, name, folder, added)
        return read

    return check_text(planned, STDIN if plan == "-" else plan, reader, as_of=as_of)
