"""`plan new`: a scenario to begin with, from options and, on a terminal, from a few questions."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from planner.cli.failures import complain
from planner.cli.reading import STDIN, text_of
from planner.cli.rules import as_day, day_type
from planner.cli.schema import NAME
from planner.cli.writing import STDOUT, write

if TYPE_CHECKING:
    from decimal import Decimal

    from planner.law.mrz import Zone
    from planner.law.starting import Shelf, Start

T = TypeVar("T")
_SEVERAL = re.compile(r"[\s,]+")


def _apart(_ctx: click.Context, _param: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    """The values of an option that may be repeated, or have several with commas."""
    return tuple(part for text in given for part in _SEVERAL.split(text) if part)


@click.command(short_help="A scenario to begin with, with comments on what to fill in.")
@click.argument("file", default="trip.toml", type=click.Path())
@click.option("--passport", "passports", multiple=True, callback=_apart, metavar="STATE[:EXPIRES]", help="Held.")
@click.option("--mrz", "scans", multiple=True, metavar="FILE|-", help="Passports as their machine-readable lines.")
@click.option(
    "--keep",
    multiple=True,
    type=click.Choice(["name", "number"]),
    help="Of what --mrz reads; else neither is written down.",
)
@click.option("--from", "origin", metavar="PORT", help="Where the trip starts and ends.")
@click.option(
    "--to",
    "wanted",
    multiple=True,
    callback=_apart,
    metavar="PLACE",
    help="Where to go: port, territory or zone.",
)
@click.option("--via", multiple=True, callback=_apart, metavar="PLACE", help="What may lie on the way.")
@click.option("--depart", metavar="DATE", help="Earliest date of departure.")
@click.option("--return", "back", metavar="DATE", help="Latest date of return.")
@click.option("--currency", metavar="CODE", help="Of the answer; else USD.")
@click.option(
    "--rate",
    "rates",
    multiple=True,
    callback=_apart,
    metavar="CODE=VALUE",
    help="What one of another currency is worth.",
)
@click.option(
    "--rulebook",
    "rulebooks",
    multiple=True,
    callback=_apart,
    metavar="ID",
    help="Instead of those that cover the places.",
)
@click.option("--today", type=day_type, callback=as_day, help="The day of planning; else this machine's.")
def new(
    *,
    file: str,
    passports: tuple[str, ...],
    scans: tuple[str, ...],
    keep: tuple[str, ...],
    origin: str | None,
    wanted: tuple[str, ...],
    via: tuple[str, ...],
    depart: str | None,
    back: str | None,
    currency: str | None,
    rates: tuple[str, ...],
    rulebooks: tuple[str, ...],
    today: date | None,
) -> None:
    """Write a scenario to begin with into FILE (- for standard output), and the schema for editors beside it.

    On a terminal, what is needed and not given is asked for. Nothing is overwritten. FILE is trip.toml if left out.
    Passports, places, rates and rulebooks may be several: repeat the option, or write commas.

    \b
    Example: plan new --passport MX --from SFO --to CDG --depart 2027-04-01 --return 2027-04-14
    """
    if file != STDOUT and os.path.lexists(file):
        raise click.BadParameter(f"{file!r} exists, and is not overwritten; name another file.", param_hint="'FILE'")
    if file != STDOUT and not (folder := Path(file).parent).is_dir():
        raise click.BadParameter(f"there is no folder {str(folder)!r}.", param_hint="'FILE'")
    needed = {"--passport": passports or scans, "--from": origin, "--to": wanted, "--depart": depart, "--return": back}
    missing = [option for option, given in needed.items() if not given]
    if missing and not on_a_terminal():
        raise click.UsageError(f"Missing: {', '.join(missing)}.")
    from planner.law import starting

    shelf = starting.Shelf.whole()
    _check_all(
        [
            ("--passport", passports, shelf.passport),
            ("--from", [origin], shelf.port),
            ("--to", wanted, shelf.place),
            ("--via", via, shelf.place),
            ("--depart", [depart], starting.day),
            ("--return", [back], starting.day),
            ("--currency", [currency], starting.currency),
            ("--rulebook", rulebooks, shelf.book),
            ("--rate", rates, starting.rate),
        ]
    )
    ask = bool(missing)  # who gives all that is needed is asked nothing more
    read = [zone for scan in scans for zone in _zones(scan, today or date.today(), keep)]
    held = "Passports held, by country: MX, or MX:2030-05-01"
    books = [zone.book for zone in read]
    books += _several("--passport", held, passports, shelf.passport) if passports or not scans else []
    start = _one("--from", "Airport where the trip starts and ends", origin, shelf.port)
    to = _several("--to", "Where to go: airports or countries", wanted, shelf.place)
    changes = "Where planes could be changed: airports or countries, if any"
    on_the_way = _several("--via", changes, via, shelf.place, "") if via or ask else []
    first = _one("--depart", "Earliest date of departure, such as 2027-04-01", depart, starting.day)
    last = _one("--return", "Latest date of return", back, lambda text: starting.day(text, since=first))
    own = _one("--currency", "Currency", currency or (None if ask else "USD"), starting.currency, "USD")
    law = [shelf.book(text) for text in rulebooks]
    law = law or shelf.suggested((start, *on_the_way, *to), [book.state for book in books])
    if today is not None and today > first:
        raise click.BadParameter(f"{today} lies after the departure.", param_hint="'--today'")
    made = starting.Start(
        passports=tuple(books),
        name=next((zone.name for zone in read if zone.name), ""),
        born=_born(read),
        start=start,
        to=tuple(to),
        via=tuple(on_the_way),
        depart=first,
        back=last,
        today=today or starting.day_of_planning(first, date.today()),
        currency=own,
        rulebooks=tuple(law),
        rates=_rates(rates, shelf.currencies(law, own), own),
    )
    _write(made, shelf, file)


def _zones(file: str, today: date, keep: Sequence[str]) -> list[Zone]:
    """What the machine-readable zones in a file say. Raises ScenarioError, click.UsageError."""
    from planner.law.mrz import GET_IT, NotInstalled, without, zones

    try:
        found = zones(text_of(file), STDIN if file == "-" else file, today)
    except NotInstalled:
        raise click.UsageError(f"--mrz needs the library mrz, which is not installed ({GET_IT}).") from None
    for zone in found:
        for note in zone.notes:
            complain(f"Note: {note}.")
    return [without(zone, keep) for zone in found]


def _born(zones: Sequence[Zone]) -> date | None:
    """When the holder of some passports was born. Raises click.UsageError if they are not one person's."""
    dates = {zone.born for zone in zones if zone.born is not None}
    if len(dates) > 1:
        raise click.UsageError("The passports of --mrz are not one person's: their dates of birth differ.")
    return next(iter(dates), None)


def _check_all(given: Iterable[tuple[str, Sequence[str | None], Callable[[str], object]]]) -> None:
    """Raise click.UsageError with all values of options that cannot be used, if there are such."""
    wrong = []
    for option, texts, parse in given:
        for text in texts:
            try:
                if text:
                    _given(option, text, parse)
            except click.BadParameter as error:
                wrong.append(error.format_message())
    if wrong:
        raise click.UsageError("\n".join(wrong))


def _rates(given: Sequence[str], codes: Sequence[str], own: str) -> dict[str, Decimal]:
    """What one of each currency is worth: those given, and those that the law in use needs."""
    from planner.law.starting import rate, worth

    found = dict(map(rate, given))
    missing = [code for code in codes if code not in found]
    if missing and not on_a_terminal():
        options = ", ".join(f"--rate {code}=…" for code in missing)
        raise click.UsageError(
            f"Missing: {options} (what one is worth in {own}; the law that applies names such prices)."
        )
    for code in missing:
        words = f"What one {code} is worth in {own}, as the law that applies names prices in {code}"
        found[code] = _one("--rate", words, None, partial(worth, code))
    return found


def _write(start: Start, shelf: Shelf, file: str) -> None:
    """Write the scenario, and the schema if there is none beside it. Raises ScenarioError if it cannot be read."""
    from planner.core.plain import plain
    from planner.report.notes import notes
    from planner.report.starting import text
    from planner.rules.base import table_kinds
    from planner.scenario.reading import read_text
    from planner.scenario.reading.schema import schema_text

    schema = Path(file).parent / NAME
    made = text(start, shelf, plain(file) if file != STDOUT else "FILE", "" if file == STDOUT else f"./{NAME}")
    scenario = read_text(made, table_kinds(), file)
    if file != STDOUT and not schema.exists():
        write(str(schema), schema_text(table_kinds()))
        complain(f"Written: {schema}, with which editors complete and check scenarios.")
    write(file, made)
    for note in notes(scenario):
        complain(f"Note: {note}.")
    if file != STDOUT:
        complain(f"Written: {file}. Fill in the legs, then: plan check {file}")


def on_a_terminal() -> bool:
    """Whether somebody is there to answer questions."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stderr is not None and sys.stderr.isatty()


def _one(option: str, words: str, given: str | None, parse: Callable[[str], T], default: str | None = None) -> T:
    """The value of an option, or the answer to a question, which is asked until it can be used."""
    if given is not None:
        return _given(option, given, parse)

    def answer(text: str) -> T:
        return _given("", text.strip(), parse)

    found: T = click.prompt(words, default=default, show_default=bool(default), value_proc=answer, err=True)
    return found


def _several(
    option: str, words: str, given: Sequence[str], parse: Callable[[str], T], default: str | None = None
) -> list[T]:
    """The same for several values: in a question, they stand in one line."""
    if given:
        return [_given(option, text, parse) for text in given]

    def answers(text: str) -> list[T]:
        parts = [part for part in _SEVERAL.split(text) if part]
        if not parts and default is None:
            raise ValueError("name at least one")
        return [parse(part) for part in parts]

    return _one(option, words, None, answers, default)


def _given(option: str, text: str, parse: Callable[[str], T]) -> T:
    """A value as it was given. Raises click.BadParameter, which says what was expected."""
    try:
        return parse(text)
    except ValueError as error:
        hint: Any = f"'{option}'" if option else None
        raise click.BadParameter(f"{error}.", param_hint=hint) from None
