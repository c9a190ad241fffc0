"""`plan stays`: days used in a window, last lawful exit, earliest return."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from planner.cli.completing import scenario_files
from planner.cli.failures import SCENARIO, emit
from planner.cli.options import form_option
from planner.cli.rules import as_day, day_type

if TYPE_CHECKING:
    from planner.law.stays import Span


@click.command(short_help="Days used in a window, last lawful exit, earliest return.")
@click.argument("file", required=False, shell_complete=scenario_files)
@click.option("--zone", default="", metavar="ZONE", help="Only rules about this zone or territory.")
@click.option("--stay", "spans", multiple=True, metavar="FROM..TO[@PLACE]", help="A stay, past or planned; repeat.")
@click.option("--passport", "passports", multiple=True, metavar="STATE", help="Held, for rules that exempt some.")
@click.option("--on", type=day_type, callback=as_day, help="Date on which days are counted; else today.")
@click.option("--entry", type=day_type, callback=as_day, help="Date on which the next stay begins; else that date.")
@click.option("--days", type=click.IntRange(min=1), help="Look for the earliest entry for a stay of so many days.")
@click.option("--book", "books", multiple=True, metavar="ID", help="Rulebooks to ask; else all. Not with a FILE.")
@form_option
@click.pass_context
def stays(
    ctx: click.Context,
    *,
    file: str | None,
    zone: str,
    spans: tuple[str, ...],
    passports: tuple[str, ...],
    on: date | None,
    entry: date | None,
    days: int | None,
    books: tuple[str, ...],
    form: str,
) -> None:
    """Count the days of stays that rules such as «90 days in any 180» look at.

    The stays are those of the travellers in the scenario FILE (`past_stays`), whose `today` is today, or are given by
    --zone and --stay.

    \b
    Example: plan stays --zone SCHENGEN --stay 2025-01-10..2025-02-03
    """
    from planner.law.stays import history
    from planner.law.stays import stays as ask

    if file is not None:
        if spans or passports or books:
            raise click.UsageError("Stays, passports and rulebooks are those of the FILE.")
        from planner.cli.reading import read

        scenario = ctx.meta[SCENARIO] = read(file)
        on = on or scenario.today
    elif not zone:
        raise click.UsageError("Give a scenario FILE, or --zone and --stay.")
    else:
        scenario = history(zone, [_span(text) for text in spans], passports, books or None)
        on = on or date.today()
    answer = ask(scenario, on=on, zone=zone, entry=entry, days=days)
    if form == "json":
        from planner.report.stays import json_text as write
    else:
        from planner.report.stays import text as write
    emit(write(scenario, answer))


def _span(text: str) -> Span:
    from planner.law.stays import Span

    dates, _, territory = text.partition("@")
    first, _, last = dates.partition("..")
    try:
        begin = date.fromisoformat(first)
        return Span(first=begin, last=date.fromisoformat(last), territory=territory)
    except ValueError:
        message = f"{text!r}: expected dates such as 2025-01-10..2025-02-03."
        raise click.BadParameter(message, param_hint="'--stay'") from None
