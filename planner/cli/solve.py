"""`plan solve FILE`: the answer to a scenario."""

from __future__ import annotations

import time

import click

from planner.cli import interrupts
from planner.cli.failures import SCENARIO, complain, tell
from planner.cli.line import Line
from planner.cli.options import not_a_scenario, output_option, scenario_argument, time_limit_option, travellers_option
from planner.cli.reading import read
from planner.cli.writing import not_what_is_read, write, write_page
from planner.report.forms import FORMS, NotInThisForm, written

EXIT_CODES = {"optimal": 0, "feasible": 0, "infeasible": 1, "undecided": 3}


def _conflicts(_ctx: click.Context, _param: click.Parameter, value: str) -> int | None:
    """How many conflicts; None: all of them."""
    if value == "all":
        return None
    if not (value.isascii() and value.isdecimal() and len(value) < 10 and int(value)):
        raise click.BadParameter(f"{value!r} is neither a number from 1 to 999999999 nor 'all'.")
    return int(value)


@click.command(short_help="The cheapest valid trip, or why there is none (the default).")
@scenario_argument
@click.option(
    "--format", "form", type=click.Choice(list(FORMS)), default="text", show_default=True,
    help="How the answer is written.",
)  # fmt: skip
@output_option
@travellers_option
@time_limit_option
@click.option("--workers", type=click.IntRange(1, 1024), default=2, show_default=True, help="Threads to search with.")
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=0, show_default=True, help="Of the search.")
@click.option(
    "--explain", "explain", metavar="N|all", default="1", show_default=True, callback=_conflicts,
    help="If impossible: so many minimal conflicts, smallest first, or all of them.",
)  # fmt: skip
@click.option(
    "--repair", "repairs", metavar="N", type=click.IntRange(0, 1000), default=3, show_default=True,
    help="If impossible: so many ways to change the trip, least disruptive first, then cheapest.",
)  # fmt: skip
@click.option(
    "--alternatives", metavar="N", type=click.IntRange(0, 1000), default=0, show_default=True,
    help="So many next-cheapest trips too, with another route, other dates or other papers.",
)  # fmt: skip
@click.option("--pareto", is_flag=True, help="Also the trips that none beats in both cost and time from door to door.")
@click.option("--stats", is_flag=True, help="Also print where the time went, to standard error.")
@click.option(
    "--dump-model", "dump", metavar="FILE", type=click.Path(), callback=not_a_scenario,
    help="Also write the model, without personal data, for a bug report.",
)  # fmt: skip
@click.pass_context
def solve(
    ctx: click.Context,
    *,
    file: str,
    form: str,
    output: str,
    names: tuple[str, ...],
    time_limit: float,
    workers: int,
    seed: int,
    explain: int | None,
    repairs: int,
    alternatives: int,
    pareto: bool,
    stats: bool,
    dump: str | None,
) -> None:
    """Find the cheapest valid trip for the scenario in FILE (- for standard input).

    Exit code: 0 a plan, 1 proved impossible, 2 bad input, 3 undecided (time ran out), 70 internal error,
    71 no memory, 130 interrupted twice, or while reading: one Ctrl-C ends the search with what it has found.

    Example: plan trip.toml --alternatives 2
    """
    from planner.solving import start

    start.ahead()  # first of all, as it takes as long as everything up to the first question
    from attrs import evolve

    from planner import api

    not_what_is_read(output, file)
    began = time.monotonic()
    with Line(interrupts.stop) as line:
        scenario = ctx.meta[SCENARIO] = read(file, names)
        stop = interrupts.patiently()  # before, there is nothing that would be lost
        reading = time.monotonic() - began
        if dump is not None:
            write(dump, api.dump_model(scenario))
        answer = api.plan(
            scenario,
            limit=explain,
            repairs=repairs,
            alternatives=alternatives,
            front=pareto,
            time_limit=time_limit,
            workers=workers,
            seed=seed,
            progress=line.observer(scenario.currency),
            stop=stop,
        )
    answer = evolve(answer, stats={"seconds_reading": round(reading, 3), **answer.stats})
    if form == "text":
        from planner.report.text import page_of

        write_page(output, lambda width: page_of(answer, width))
    else:
        try:
            write(output, written(answer, form))
        except NotInThisForm as nothing:
            complain(str(nothing))
    if stats:
        from planner.report.stats import stats_text

        tell(stats_text(answer.stats))
    ctx.exit(EXIT_CODES[answer.status])
