"""One timetable from all tables of legs of a scenario."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from functools import cache
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from attrs import define, evolve, field

from planner.core.errors import Place, Problem, ScenarioError, did_you_mean
from planner.core.money import LARGEST, Price, digits, to_minor
from planner.scenario.node import Where
from planner.scenario.reading.airports import Atlas
from planner.scenario.reading.checks.tables import is_zone
from planner.scenario.reading.legs.columns import Array, Frame, Texts, Unreadable
from planner.scenario.reading.legs.fares import Fares
from planner.scenario.reading.legs.files import DataFile, files_of
from planner.scenario.reading.legs.findings import Findings
from planner.scenario.reading.legs.rows import EXCUSED, UNKNOWN, Rows, World, legs_of
from planner.scenario.reading.legs.written import FareTable, LegTable
from planner.scenario.reading.written import ScenarioFile
from planner.scenario.timetable import UNPRICED, RowIds, Source, Timetable
from planner.scenario.travel import Port

if TYPE_CHECKING:
    from planner.scenario.importing.base import Importer, Part

_TEXT = np.dtypes.StringDType()
_OF_TABLES = ("columns", "departs", "arrives", "times", "time_format")  # keys that say how a table is written


@define
class TableReader:
    """Reads the tables of legs of a scenario, one after the other, into one timetable.

    `excused` tells which unknown ports may have been left out with something else that is wrong. `ids_taken` are those
    of legs and fares of the scenario file. `alone`: tables are read for themselves, without a scenario, so that ports
    may be known by what a source says of them, and prices be in any currency. `ports` are those that rows name, by id;
    `tickets` what the sources sell besides legs.
    """

    written: ScenarioFile
    atlas: Atlas
    folder: Path
    excused: Callable[[str], bool]
    ids_taken: Collection[str]
    alone: bool = False
    problems: list[Problem] = field(factory=list)
    tickets: list[Fares] = field(factory=list)
    ports: dict[str, Port] = field(factory=dict)
    _port_numbers: dict[str, int] = field(factory=dict)
    _operators: dict[str, int] = field(factory=lambda: {"": 0})
    _sources: list[Source] = field(factory=list)
    _parts: list[dict[str, Array]] = field(factory=list)
    _ids: set[str] = field(factory=set)

    def read(self) -> Timetable | None:
        """The timetable of all tables; None if there are no tables or nothing could be read."""
        from planner.scenario.importing.base import importers  # they are made of parts of this package

        self._ids = set(self.ids_taken)
        for table in self.written.leg_tables:
            known = importers()
            if table.format not in known:
                hint = did_you_mean(table.format, list(known))
                place = table.where.of("format")
                self.problems.append(Problem(place, f"format: unknown format {table.format!r}", hint))
                continue
            self._check_keys(table)
            files = files_of(table, self.folder, self.problems, known[table.format].ends)
            self._import(known[table.format], table, files)
        if not self._parts:
            return None
        parts = self._parts
        columns = {
            name: parts[0][name] if len(parts) == 1 else np.concatenate([part[name] for part in parts])
            for name in Timetable.COLUMNS
        }
        (start, end), ports = _used(list(self.ports), columns["from_port"], columns["to_port"])
        (operator,), operators = _used(list(self._operators), columns["operator"])
        self.ports = {port: self.ports[port] for port in ports}
        columns |= {"from_port": start, "to_port": end, "operator": operator}
        return Timetable(ports=ports, operators=operators, sources=tuple(self._sources), **columns)

    def _check_keys(self, table: LegTable) -> None:
        """Other formats say themselves what the keys about columns and times say of a table."""
        plain = LegTable(files=())
        if table.format == plain.format:
            return
        for key in _OF_TABLES:
            if getattr(table, key) != getattr(plain, key):
                message = f"{key}: files of format {table.format!r} say this themselves"
                self.problems.append(Problem(table.where.of(key), message, "leave it out"))

    def _import(self, importer: Importer, table: LegTable, files: Sequence[DataFile]) -> None:
        """Read files one by one, or together where the importer says so: what is wrong with one hides no other."""
        for some in ([file] for file in files) if importer.apart else [list(files)] if files else []:
            try:
                for part in importer.read(some, table, self.atlas):
                    self._add(table, part)
            except Unreadable as error:
                place = Place(str(some[0].path), error.line, 1 if error.line else 0)
                self.problems.append(Problem(place, str(error), error.hint))
            except ScenarioError as error:
                self.problems += error.problems

    def _add(self, table: LegTable, part: Part) -> None:
        frame, file = part.frame, part.file
        if part.utc:
            table = evolve(table, times="utc", time_format="")
        if self.alone:
            self.atlas.defined.update({port.id: port for port in part.ports})
        sold = self.written.fares or self.written.fare_tables or part.tickets or table.price
        if "price" not in frame.columns and not sold and not self.alone:
            hint = "name it: columns = { price = … } in [[leg_tables]]"
            self.problems.append(Problem(Place(str(file.path)), "there is no column of prices, and no [[fares]]", hint))
        currency = part.currency or table.currency or self.written.currency
        rates = self.written.rates.values if self.written.rates else {}
        if part.currency and part.currency != self.written.currency and part.currency not in rates and not self.alone:
            hint = f"add {currency} to values of [rates]: what one {currency} is worth in {self.written.currency}"
            self.problems.append(Problem(Place(str(file.path)), f"no exchange rate for {currency}", hint))
        world = World(
            port=lambda text: self._port(table.ports.get(text, text)),
            port_hint=cache(lambda text: self.atlas.hint(text, self.ports)),
            timezones=lambda: [port.timezone for port in self.ports.values()],
            operator=lambda text: self._operators.setdefault(text, len(self._operators)),
            today=self.written.today.toordinal(),
            currency=currency,
            price=self._minor(table.price, currency, table.where.of("price"), UNPRICED),
            price_to=self._minor(table.only.price_to, currency, table.only.where.of("price_to"), LARGEST + 1),
            most=self._most(currency),
        )
        findings = Findings(file, frame)
        rows = legs_of(frame, table, world, findings)
        self._check_ids(rows, findings, table.format)
        found = list(findings.problems())
        self.problems += found
        if not found:
            self._keep(rows, table, part, currency)

    def _keep(self, rows: Rows, table: LegTable, part: Part, currency: str) -> None:
        file = part.file
        if part.tickets:
            self.tickets.append(_fares(part, table))
        prefix = self._prefix(file.name)
        ids = None
        if rows.ids is not None:
            texts = [text or f"{prefix}:{row}" for text, row in zip(rows.ids, rows.numbers.tolist(), strict=True)]
            ids = RowIds(rows.numbers, np.array(texts, dtype=_TEXT))
        number = len(self._sources)
        self._parts.append(
            {**rows.columns, "source": np.full(len(rows.numbers), number, dtype=np.int32), "row": rows.numbers}
        )
        self._sources.append(
            Source(
                prefix=prefix,
                currency=currency,
                per=table.per,
                ids=ids,
                left_out=dict(Counter(rows.left_out) + part.left_out),
                where=Where(Place(str(file.path))),
            )
        )

    def _minor(self, price: Price | None, currency: str, place: Place, otherwise: int) -> int:
        """A price that a table says of its rows, in their currency."""
        if price is None:
            return otherwise
        if price.currency not in ("", currency):
            message = f"expected an amount in {currency}, as the prices of the table are, found one in {price.currency}"
            hint = f'other prices: currency = "{price.currency}" in the [[leg_tables]]'
            self.problems.append(Problem(place, message, hint))
        return to_minor(price.amount, currency)

    def _check_ids(self, rows: Rows, findings: Findings, format_: str) -> None:
        """Every id a row has is its own, in all files."""
        own = [text for text in rows.ids or () if text]
        fresh = set(own)
        if len(fresh) == len(own) and self._ids.isdisjoint(fresh):
            self._ids |= fresh
            return
        frame = findings.frame
        assert frame.ids is not None
        kept, wrong = set(rows.numbers.tolist()), np.zeros(len(frame.rows), dtype=np.bool_)
        for position, (row, text) in enumerate(zip(frame.rows.tolist(), frame.ids, strict=True)):
            if text and row in kept:
                wrong[position] = text in self._ids
                self._ids.add(text)
        ids = frame.ids
        hint = 'a column that numbers something else is not read with columns = { id = "" }'
        if format_ != "table":
            hint = '`plan import` each into a file of its own, and say columns = { id = "" } of one of them'
        findings.add(wrong, lambda row: (f"the leg id {ids[row]!r} is used twice", hint))

    def _port(self, text: str) -> int:
        if text not in self._port_numbers:
            port = self.atlas.port(text)
            if port is None:
                self._port_numbers[text] = EXCUSED if self.excused(text) else UNKNOWN
            elif not is_zone(port.timezone):
                self._port_numbers[text] = EXCUSED
            else:
                self._port_numbers[text] = len(self.ports)
                self.ports[text] = port
        return self._port_numbers[text]

    def _most(self, currency: str) -> int:
        """The largest price that can still be counted with in the scenario's currency."""
        own = self.written.currency
        rate = self.written.rates.values.get(currency) if self.written.rates and currency != own else None
        if rate is None or rate <= 0:
            return LARGEST
        return min(LARGEST, int(LARGEST // 10 ** digits(own) / rate * 10 ** digits(currency)))

    def _prefix(self, name: str) -> str:
        """What rows of a file without ids are called: the file's name, with -2, -3 … where that is taken."""
        names = chain([name], (f"{name}-{number}" for number in count(2)))
        return next(text for text in names if not self._is_taken(text))

    def _is_taken(self, prefix: str) -> bool:
        own = any(text.startswith(f"{prefix}:") for text in self.ids_taken)
        return own or any(source.prefix == prefix for source in self._sources)


def _fares(part: Part, table: LegTable) -> Fares:
    """The tickets of a part as a frame."""
    names = ("legs", "price", "currency", "title", "per")
    cells = [(";".join(one.legs), one.price, one.currency, one.title, one.per) for one in part.tickets]
    columns = {name: Texts.coded(texts) for name, texts in zip(names, zip(*cells, strict=True), strict=True)}
    frame = Frame(np.arange(1, len(cells) + 1), columns, [one.id for one in part.tickets])
    return Fares(part.file, frame, FareTable(files=(), currency=table.currency))


def _used(names: list[str], *columns: Array) -> tuple[list[Array], tuple[str, ...]]:
    """Columns of numbers of names, and only the names that they use: rows left out may have named others."""
    used = np.zeros(len(names), dtype=np.bool_)
    for column in columns:
        used[column] = True
    number = (np.cumsum(used) - 1).astype(np.int32)
    moved = list(columns) if used.all() else [number[column] for column in columns]
    return moved, tuple(name for name, kept in zip(names, used.tolist(), strict=True) if kept)
