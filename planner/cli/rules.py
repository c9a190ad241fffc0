"""`plan rules`: the kinds of rules and the rulebooks; `show` what they say, `import` a base for the rest."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planner.cli import interrupts
from planner.cli.failures import CannotWrite, complain, emit
from planner.cli.options import form_option

if TYPE_CHECKING:
    from planner.report.catalogue import Data

_SHOW = "show"
day_type = click.DateTime(["%Y-%m-%d"])


def as_day(ctx: click.Context, _param: click.Parameter, value: datetime | None) -> date | None:
    """A date of the command line as one without time of day, in a year of which clocks and calendars are known."""
    if value is None or ctx.resilient_parsing:
        return None
    from planner.scenario.reading.checks.travel import FIRST_YEAR, LAST_YEAR

    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise click.BadParameter(f"the year {value.year} is out of range: dates go from {FIRST_YEAR} to {LAST_YEAR}.")
    return value.date()


class RulesGroup(click.Group):
    """`plan rules KP` is short for `plan rules show KP`."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Put in the command's name where an id stands."""
        return super().resolve_command(ctx, args if args[0] in self.commands else [_SHOW, *args])


@click.group(
    cls=RulesGroup,
    invoke_without_command=True,
    subcommand_metavar="[ID|KIND | COMMAND [ARGS]...]",
    short_help="Kinds of rules and rulebooks, with sources and age.",
)
@click.option("--stale", type=click.IntRange(0, 36_525), metavar="DAYS", help="Only entries read longer ago than that.")
@click.option("--today", type=day_type, callback=as_day, help="The day from which age is counted; else this machine's.")
@form_option
@click.pass_context
def rules(ctx: click.Context, stale: int | None, today: date | None, form: str) -> None:
    """List the kinds of rules and the rulebooks: what they cover, and how old what they say is.

    `plan rules ID` is short for `plan rules show ID`.

    Example: plan rules KP
    """
    if ctx.invoked_subcommand is not None:
        if stale is not None:
            raise click.UsageError("--stale lists entries of all rulebooks: give it without anything after it.")
        return
    from planner.report import catalogue

    found, day = _everything(), today or date.today()
    if stale is not None:
        found = catalogue.stale(found, stale, day)
        _print(found, form, catalogue.stale_text(found, stale, day))
    else:
        _print(found, form, catalogue.overview(found, day))


@rules.command(short_help="All that a kind, rulebook or entry says.")
@click.argument("name", metavar="ID|KIND")
@form_option
@click.pass_context
def show(ctx: click.Context, name: str, form: str) -> None:
    """Show the kind, rulebook or entry of that name, in capitals or not; a single entry with all it says.

    Example: plan rules show us-passport-kp
    """
    from planner.core.errors import did_you_mean
    from planner.report.catalogue import names, only, text

    if ctx.parent is not None and ctx.parent.params["form"] == "json":
        form = "json"
    found = _everything()
    known = names(found)
    name = next((other for other in (name, *known) if other in known and other.lower() == name.lower()), name)
    if name not in known:
        hint = did_you_mean(name, known)
        raise click.BadParameter(f"no kind, rulebook or entry {name!r}{f' ({hint})' if hint else ''}.")
    found = only(found, name)
    single = sum(len(book["entries"]) for book in found["rulebooks"]) == 1
    _print(found, form, text(found, details=single))


@rules.command("import", short_help="Take in a Passport Index table as a base for the rest of the world.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--date", "on", type=day_type, callback=as_day, help="As of when the table holds; else the file's date.")
@click.option("--source", default="", help="Where the table comes from; else its file's name.")
@click.option("--licence", default="not stated", show_default=True, help="Under which licence.")
def import_(file: Path, on: date | None, source: str, licence: str) -> None:
    """Take in a table of visa requirements: tidy CSV or a matrix, by ISO codes or English names.

    It takes the place of the one imported before. Scenarios that say `base = true`, and `plan admit`, use it for
    territories that no rulebook covers.

    Example: plan rules import passport-index-tidy-iso2.csv --date 2025-01-12
    """
    from planner.scenario.reading.base.store import Base, write_base
    from planner.scenario.reading.base.table import read_table

    if on is not None and on > date.today():
        raise click.BadParameter(f"{on} lies in the future.", param_hint="'--date'")
    table = read_table(file)
    on = on or date.fromtimestamp(file.stat().st_mtime)
    base = Base.of(table, source=source or f"Passport Index table {file.name}", licence=licence, on=on)
    try:
        with interrupts.whole:
            path = write_base(base)
    except OSError as error:
        raise CannotWrite("the base", error) from error
    passports, destinations = len(base.passports), len(base.destinations)
    emit(f"Imported {passports} passports and {destinations} destinations, as of {base.on}.\nThe base is {path}\n")


def _everything() -> Data:
    from planner.core.errors import ScenarioError
    from planner.report.catalogue import data
    from planner.rules.base import kinds, table_kinds
    from planner.scenario.reading import read_rulebooks
    from planner.scenario.reading.base.store import read_base

    try:
        base = read_base()
    except ScenarioError as error:  # the rulebooks can be shown all the same
        base = None
        complain(*map(str, error.problems))
    return data(kinds(), list(read_rulebooks(table_kinds()).values()), base)


def _print(found: Any, form: str, text: str) -> None:
    import json

    emit(json.dumps(found, indent=2) + "\n" if form == "json" else text)
