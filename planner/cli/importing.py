"""`plan import`: legs and fares from timetables, offers and other tables, as tables for scenarios."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planner.cli.completing import scenario_files
from planner.cli.failures import emit
from planner.cli.rules import as_day, day_type
from planner.cli.writing import not_what_is_read, write_files

if TYPE_CHECKING:
    from planner.scenario.importing.alone import Imported

_KINDS = ("amadeus", "duffel", "gtfs", "table")  # the registry's, which is not imported for the help


def _named(_ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    pairs = [value.rpartition("=")[::2] for value in values]
    if not all(name and port for name, port in pairs):
        raise click.BadParameter("expected NAME=PORT, such as stop-17=PEK.")
    return dict(pairs)


def _output(_ctx: click.Context, _param: click.Parameter, value: str) -> str:
    if not value.lower().endswith((".csv", ".parquet")):
        raise click.BadParameter(f"{value!r}: a name that ends in .parquet or .csv is expected.")
    return value


@click.command(name="import", short_help="Legs and fares from timetables, offers and tables.")
@click.argument("kind", metavar="KIND", type=click.Choice(_KINDS))
@click.argument("files", metavar="FILE...", nargs=-1, required=True, shell_complete=scenario_files)
@click.option("-o", "--output", metavar="OUT", required=True, callback=_output, help="A .parquet or .csv file.")
@click.option("--from", "first", type=day_type, callback=as_day, help="Only legs that depart on this date or later.")
@click.option("--to", "last", type=day_type, callback=as_day, help="Only legs that depart on this date or earlier.")
@click.option(
    "--port", "ports", metavar="NAME=PORT", multiple=True, callback=_named,
    help="Which port is meant by what the files call NAME, such as a stop; repeat.",
)  # fmt: skip
@click.option(
    "--keys", metavar="TOML", type=click.Path(path_type=Path), help="A file with further keys of [[leg_tables]]."
)
def import_(
    *,
    kind: str,
    files: tuple[str, ...],
    output: str,
    first: date | None,
    last: date | None,
    ports: dict[str, str],
    keys: Path | None,
) -> None:
    """Read legs and fares from FILEs of a KIND, and write them as tables for scenarios: legs into OUT, and fares, if
    there are any, into another file beside it.

    \b
    KIND is  gtfs     timetables: GTFS feeds, zip files or folders
             duffel   flight offers, JSON as Duffel's API answers
             amadeus  flight offers, JSON as Amadeus' Flight Offers Search answers
             table    CSV, TSV or Parquet; --keys says what their columns are called

    Nothing is written if anything is wrong. Exit code: 0 imported, 2 bad input.

    Example: plan import gtfs feed.zip -o legs.parquet
    """
    from planner.core.errors import Place, Problem, ScenarioError
    from planner.scenario.importing.alone import imported
    from planner.scenario.importing.saving import saved
    from planner.scenario.reading.legs.columns import Unreadable

    fares = _beside(output)
    for name in (output, fares):
        not_what_is_read(name, *files, str(keys or ""))
    found = imported(kind, files, keys, first, last, ports)
    tables = {output: found.legs()} | ({fares: found.fares()} if found.tickets is not None else {})
    try:
        made = {name: saved(columns, name) for name, columns in tables.items()}
    except Unreadable as error:
        raise ScenarioError([Problem(Place(output), str(error), error.hint)]) from None
    # Fares of an import before would name legs that are no longer there.
    gone = () if fares in made or not Path(fares).exists() else (fares,)
    write_files(made, gone=gone)
    emit(_told(found, output, fares, gone, ports))


def _beside(output: str) -> str:
    """The name of the file with the fares: legs.fares.parquet for legs.parquet."""
    path = Path(output)
    return str(path.with_name(f"{path.stem}.fares{path.suffix}"))


def _told(found: Imported, output: str, fares: str, gone: Collection[str], ports: Mapping[str, str]) -> str:
    """What was imported, what was not, and what the scenario has to say to use it."""
    from planner.core.plain import plain
    from planner.core.time import written
    from planner.core.words import all_of
    from planner.report.words import count

    table, sold = found.timetable, found.tickets
    days = [date.fromordinal(int(day)) for day in (table.departs_on.min(), table.departs_on.max())]
    lines = [f"{count(len(table), 'leg')} in {output}"]
    lines += [f"Removed, as there are no fares: {name}" for name in gone]
    if sold is not None:
        several = int((sold.lengths() > 1).sum())
        lines.append(f"{count(len(sold), 'fare')} in {fares}, {several:,} of them for several legs")
    lines.append(f"Departures: {written(days[0])} to {written(days[1])}")
    lines.append(f"Ports: {len(table.used_ports):,} ({all_of(sorted(table.used_ports))})")
    lines += [f"Left out: {words} ({number:,})" for words, number in found.left_out.items() if number]
    for name, port in ports.items():
        if port not in table.used_ports:
            lines.append(f"No leg has to do with {port}: is {name!r} what the files call it?")
    if found.unsold:
        lines.append(f"Without a price or fare: {count(found.unsold, 'leg')}; give them one: price = … below")
    lines += ["", "For the scenario:", "", *_keys(found, output, fares)]
    return "".join(f"{plain(line)}\n" for line in lines)


def _keys(found: Imported, output: str, fares: str) -> list[str]:
    lines = ["[[leg_tables]]", f"files = {_text(output)}", 'times = "utc"']
    if found.currency:
        lines.append(f"currency = {_text(found.currency)}")
    if found.tickets is not None:
        lines += ["", "[[fare_tables]]", f"files = {_text(fares)}"]
    for port in found.strangers:
        named = {"id": port.id, "name": port.name, "timezone": port.timezone}
        lines += ["", "[[ports]]", *(f"{key} = {_text(value)}" for key, value in named.items())]
        lines.append('territory = "…"')
    return lines


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)
