"""Options that several commands share."""

from __future__ import annotations

import math

import click

from planner.cli.completing import scenario_files
from planner.cli.writing import STDOUT


def _seconds(_ctx: click.Context, _param: click.Parameter, value: float) -> float:
    if not (math.isfinite(value) and value > 0):
        raise click.BadParameter("a number of seconds above 0 is expected.")
    return value


time_limit_option = click.option(
    "--time-limit", metavar="SECONDS", type=float, default=60.0, show_default=True, callback=_seconds,
    help="For everything, proof included.",
)  # fmt: skip

scenario_argument = click.argument("file", shell_complete=scenario_files)

output_option = click.option(
    "-o", "--output", metavar="OUT", type=click.Path(), default=STDOUT,
    help="Where to write the answer, if not to the screen.",
)  # fmt: skip

travellers_option = click.option(
    "--for", "names", metavar="NAME", multiple=True, help="Only these travellers (repeat, or use commas)."
)
