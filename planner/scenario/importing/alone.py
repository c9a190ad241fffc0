"""Importing without a scenario: from files of some format to legs and fares that can be saved as tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np
from attrs import evolve, frozen

from planner.core.errors import Place, Problem, ScenarioError
from planner.core.money import digits
from planner.scenario.law import LawBook
from planner.scenario.node import Currency, PortRef
from planner.scenario.reading.airports import Atlas, airports
from planner.scenario.reading.legs.fares import FareReader
from planner.scenario.reading.legs.tables import TableReader
from planner.scenario.reading.legs.written import LegTable
from planner.scenario.reading.structure import structure
from planner.scenario.reading.text import parse, read_bytes
from planner.scenario.reading.written import ScenarioFile
from planner.scenario.tickets import Tickets
from planner.scenario.timetable import MODES, UNPRICED, Timetable
from planner.scenario.travel import Port
from planner.scenario.trip import Trip

Columns = dict[str, list[str]]
_NO_CURRENCY = "XXX"  # what ISO 4217 writes for none


@frozen(kw_only=True)
class Imported:
    """Legs and fares from files. `strangers` are ports that a scenario has to describe, as the files do."""

    timetable: Timetable
    tickets: Tickets | None
    strangers: Sequence[Port]
    left_out: Mapping[str, int]
    currency: str  # of the legs' prices; empty if none is told

    @property
    def unsold(self) -> int:
        """Legs without a price and in no fare."""
        sold = self.timetable.price != UNPRICED
        if self.tickets is not None:
            sold[self.tickets.legs] = True
        return int((~sold).sum())

    def legs(self) -> Columns:
        """The legs as columns of texts, with times in UTC."""
        table = self.timetable
        when = {
            name: np.datetime_as_string(getattr(table, name).astype("datetime64[m]")).tolist()
            for name in ("departs", "arrives")
        }
        return {
            "id": [table.leg_id(row) for row in range(len(table))],
            "from": [table.ports[number] for number in table.from_port.tolist()],
            "to": [table.ports[number] for number in table.to_port.tolist()],
            "departs": [f"{text}Z" for text in when["departs"]],
            "arrives": [f"{text}Z" for text in when["arrives"]],
            "price": [_amount(minor, self.currency) for minor in table.price.tolist()],
            "operator": [table.operators[number] for number in table.operator.tolist()],
            "mode": [str(MODES[number]) for number in table.mode.tolist()],
        }

    def fares(self) -> Columns:
        """The fares as columns of texts."""
        sold, ids = self.tickets, self.legs()["id"]
        if sold is None:
            return {}
        legs = [ids[at] for at in sold.legs.tolist()]
        ends = sold.start.tolist()
        currencies = [sold.currencies[number] for number in sold.currency.tolist()]
        return {
            "id": list(sold.ids),
            "legs": [";".join(legs[begin:end]) for begin, end in pairwise(ends)],
            "price": [_amount(minor, code) for minor, code in zip(sold.price.tolist(), currencies, strict=True)],
            "currency": [code.replace(_NO_CURRENCY, "") for code in currencies],
            "per": ["party" if party else "traveller" for party in sold.party.tolist()],
            "title": list(sold.titles),
        }


def imported(
    kind: str,
    files: Sequence[str],
    keys: Path | None = None,
    first: date | None = None,
    last: date | None = None,
    ports: Mapping[str, str] | None = None,
) -> Imported:
    """What files hold, read as a format: legs that depart from `first` to `last`, at ports as the files call them.

    `keys` is a TOML file with further keys of a `[[leg_tables]]`. Raises ScenarioError with all that is wrong.
    """
    table = _table(kind, files, keys)
    only = evolve(table.only, departs_from=first or table.only.departs_from, departs_to=last or table.only.departs_to)
    table = evolve(table, only=only, ports={**table.ports, **(ports or {})})
    currency = table.currency or Currency(_NO_CURRENCY)
    written = ScenarioFile(
        today=date(1, 1, 2), currency=currency, travellers=(), trip=Trip(start=PortRef("")), leg_tables=(table,)
    )
    atlas = Atlas.of(LawBook())
    reader = TableReader(written, atlas, Path(), lambda port: False, (), alone=True)
    timetable = reader.read()
    incomplete = only != type(only)() or bool(reader.problems) or _any_left(timetable)
    fares = FareReader(currency, None, (), (), timetable, incomplete, reader.problems)
    tickets = fares.read(reader.tickets)
    sources = timetable.sources if timetable is not None else ()
    currencies = {source.currency for source in sources}
    if len(currencies) > 1:
        message = f"the prices are in several currencies: {', '.join(sorted(currencies))}"
        reader.problems.append(Problem(Place(files[0]), message, "import these files one by one"))
    if reader.problems:
        raise ScenarioError(reader.problems)
    if timetable is None or not len(timetable):
        raise ScenarioError([Problem(Place(files[0]), "there is no leg in it", _why_none(sources))])
    left_out = Counter[str]()
    for some in (*(source.left_out for source in sources), tickets.left_out if tickets is not None else {}):
        left_out.update(some)
    return Imported(
        timetable=timetable,
        tickets=tickets if tickets is not None and len(tickets) else None,
        strangers=[atlas.defined[port] for port in timetable.used_ports if port not in airports()],
        left_out=left_out,
        currency=next(iter(currencies)).replace(_NO_CURRENCY, ""),
    )


def _table(kind: str, files: Sequence[str], keys: Path | None) -> LegTable:
    if keys is None:
        return LegTable(files=tuple(files), format=kind)
    data, places = parse(read_bytes(keys), str(keys))
    for taken in ("files", "format"):
        if taken in data:
            raise ScenarioError(
                [Problem(places.of((taken,)), f"{taken} is said by the command itself", "leave it out")]
            )
    data["files"], data["format"] = list(files), kind
    outcome = structure(data, LegTable, {}, places)
    if outcome.value is None or outcome.problems:
        raise ScenarioError(outcome.problems)
    return outcome.value


def _any_left(timetable: Timetable | None) -> bool:
    return timetable is not None and any(source.left_out for source in timetable.sources)


def _why_none(sources: Collection[object]) -> str:
    told = Counter[str]()
    for source in sources:
        told.update(getattr(source, "left_out", {}))
    return "; ".join(f"{number:,} {words} were left out" for words, number in told.items() if number)


def _amount(minor: int, currency: str) -> str:
    if minor == UNPRICED:
        return ""
    places = digits(currency)
    return f"{minor // 10**places}.{minor % 10**places:0{places}}" if places else str(minor)
