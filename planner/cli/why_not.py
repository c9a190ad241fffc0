"""`plan why-not FILE`: why the cheapest trip does not take that leg, show that passport, or stop there."""

from __future__ import annotations

import time

import click

from planner.cli import interrupts
from planner.cli.failures import SCENARIO
from planner.cli.line import Line
from planner.cli.options import form_option, output_option, scenario_argument, time_limit_option, travellers_option
from planner.cli.reading import read
from planner.cli.solve import EXIT_CODES
from planner.cli.writing import not_what_is_read, write, write_page


@click.command("why-not", short_help="Why the cheapest trip does not do something, or what that would cost.")
@scenario_argument
@click.option("--use", metavar="LEG", multiple=True, help="Take this leg.")
@click.option("--passport", "passports", metavar="ID", multiple=True, help="Show this passport at an entry.")
@click.option("--at", metavar="PLACE", multiple=True, help="Show it there: a port, territory or zone (else anywhere).")
@click.option(
    "--stop", "stops", metavar="PLACE", multiple=True, help="Stop at this port, or in this territory or zone."
)
@travellers_option
@form_option
@output_option
@time_limit_option
@click.pass_context
def why_not(
    ctx: click.Context,
    *,
    file: str,
    use: tuple[str, ...],
    passports: tuple[str, ...],
    at: tuple[str, ...],
    stops: tuple[str, ...],
    names: tuple[str, ...],
    form: str,
    output: str,
    time_limit: float,
) -> None:
    """Say why the cheapest trip of the scenario in FILE (- for standard input) does not do something.

    Either a trip that does it exists, and it is told what it costs more; or the statements that forbid it are told.
    Options can be combined: then all of it is asked for together.

    Exit code: 0 such a trip exists, 1 proved impossible, 2 bad input, 3 undecided (time ran out), 70 internal error,
    71 no memory.

    Example: plan why-not trip.toml --passport mx --at PEK
    """
    if not (use or passports or stops):
        raise click.UsageError("say what is asked for: --use LEG, --passport ID or --stop PLACE.")
    if at and not passports:
        raise click.UsageError("--at goes with --passport.")
    not_what_is_read(output, file)
    from planner.solving import start

    start.ahead()
    from planner import api
    from planner.report import why_not as forms

    began = time.monotonic()
    with Line(interrupts.stop) as line:
        scenario = ctx.meta[SCENARIO] = read(file, names)
        stop = interrupts.patiently()  # before, there is nothing that would be lost
        asked = api.why_not(
            scenario,
            use=use,
            passports=passports,
            at=at,
            stops=stops,
            time_limit=max(0.0, time_limit - (time.monotonic() - began)),
            progress=line.observer(scenario.currency),
            stop=stop,
        )
    if form == "json":
        write(output, forms.json_text(asked))
    else:
        write_page(output, lambda width: forms.page_of(asked, width))
    ctx.exit(EXIT_CODES[asked.asked_for.status])
