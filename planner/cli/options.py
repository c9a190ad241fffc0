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


def not_a_scenario(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    """The name of a file to be written that will be no scenario: it must not look like one."""
    if value is not None and value.lower().endswith(".toml"):
        raise click.BadParameter(f"{value!r} looks like a scenario, which this will not be; name it otherwise.")
    return value


output_option = click.option(
    "-o", "--output", metavar="OUT", type=click.Path(), default=STDOUT, callback=not_a_scenario,
    help="Where to write the answer, if not to the screen.",
)  # fmt: skip

travellers_option = click.option(
    "--for", "names", metavar="NAME", multiple=True, help="Only these travellers (repeat, or use commas)."
)

form_option = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True,
    help="How the answer is written.",
)  # fmt: skip
