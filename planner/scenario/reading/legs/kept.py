"""Timetables kept from one scenario to the next, in a process that reads many of them with the same tables."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from planner.core.errors import Problem
from planner.scenario.reading.legs.fares import Fares
from planner.scenario.reading.legs.files import KINDS, files_of
from planner.scenario.reading.legs.tables import TableReader
from planner.scenario.timetable import Timetable
from planner.scenario.travel import Port


@frozen(eq=False)
class _Kept:
    """A timetable, with the ports it names, and all that it was made from."""

    made_from: tuple[object, ...]
    timetable: Timetable | None
    ports: Mapping[str, Port]
    tickets: tuple[Fares, ...]


_kept: list[_Kept] = []
_most = 0


def keep(count: int) -> None:
    """From now on, remember so many timetables; at first, none is."""
    global _most  # noqa: PLW0603 - of the whole process, as are other caches
    _most = count
    del _kept[count:]


def read(reader: TableReader) -> Timetable | None:
    """What the reader reads, from memory if nothing that it depends on has changed. One with problems is not kept."""
    if not _most or any(table.format != "table" for table in reader.written.leg_tables):  # others may be folders
        return reader.read()
    key = _made_from(reader)
    found = next((item for item in _kept if item.made_from == key), None)
    if found is None:
        timetable = reader.read()
        found = _Kept(key, timetable, reader.ports, tuple(reader.tickets))
        if reader.problems:
            return found.timetable
    elif found in _kept:
        _kept.remove(found)
    reader.ports, reader.tickets = dict(found.ports), list(found.tickets)
    _kept.insert(0, found)
    del _kept[_most:]
    return found.timetable


def _made_from(reader: TableReader) -> tuple[object, ...]:
    """The files as they are now, and whatever else of a scenario decides what is read from them."""
    written, problems = reader.written, list[Problem]()
    files = [file.path for table in written.leg_tables for file in files_of(table, reader.folder, problems, [*KINDS])]
    states = [(str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in files]
    return (
        tuple(states), reader.folder, written.leg_tables, written.today, written.currency, written.rates,
        bool(written.fares or written.fare_tables), frozenset(reader.ids_taken), reader.atlas,
    )  # fmt: skip
