"""All legs of a scenario: those it writes one by one, those of its schedules, and its tables."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import islice
from pathlib import Path

import numpy as np
from attrs import frozen

from planner.core.errors import Problem
from planner.scenario.node import LegRef, Where
from planner.scenario.reading.airports import Atlas
from planner.scenario.reading.damage import Damage
from planner.scenario.reading.legs import kept
from planner.scenario.reading.legs.fares import FareReader, fare_files
from planner.scenario.reading.legs.schedules import MOST, check_schedule, legs_of
from planner.scenario.reading.legs.tables import TableReader
from planner.scenario.reading.legs.written import LegTable, Only
from planner.scenario.reading.names import PLACES
from planner.scenario.reading.tables import Table
from planner.scenario.reading.walk import values
from planner.scenario.reading.written import ScenarioFile
from planner.scenario.tickets import Tickets
from planner.scenario.timetable import Timetable
from planner.scenario.travel import Leg, Port

_TABLES = "write so many into a table: [[leg_tables]]"


@frozen(kw_only=True)
class Network:
    """The legs as objects, and those as columns; the ports that the latter name, and what is wrong with them.

    `legs` are those written one by one, then those of the schedules, then those of tables that a fare or a change of
    the scenario names; these are not in the timetable.
    """

    legs: tuple[Leg, ...]
    timetable: Timetable | None
    tickets: Tickets | None
    ports: Mapping[str, Port]
    problems: tuple[Problem, ...]
    damage: Damage


def read_network(
    written: ScenarioFile, atlas: Atlas, damage: Damage, folder: Path, wanted: Collection[str] = ()
) -> Network:
    """All legs. Names of files count from `folder`; `damage` says what may be missing among the ports.

    Legs of tables whose ids are `wanted` become objects, as those do that a fare or a change names.
    """
    problems = [problem for schedule in written.schedules for problem in check_schedule(schedule)]
    legs = [*written.legs, *_scheduled(written)]
    if len(legs) > len(written.legs) + MOST:
        legs = [*written.legs]
        problems.append(
            Problem(written.schedules[-1].where.place, f"the schedules have more than {MOST:,} legs", _TABLES)
        )
    reader = TableReader(
        written=written,
        atlas=atlas,
        folder=folder,
        excused=lambda port: damage.may_hold(port, PLACES),
        ids_taken={*(str(leg.id) for leg in legs), *(fare.id for fare in (*written.fares, *written.tours))},
    )
    timetable = reader.read() if damage != Damage() else kept.read(reader)  # what is missing may be excused
    if timetable is not None:
        named = {*wanted} | {
            str(value.value) for value in values({LegRef}, *written.fares, *written.tours, *written.touches)
        }
        timetable, picked = _picked(timetable, named - {str(leg.id) for leg in legs}, reader.ports)
        legs += picked
    fares = [*fare_files(written, folder, reader.problems), *reader.tickets]
    fare_reader = FareReader(
        currency=written.currency,
        rates=written.rates.values if written.rates else {},
        taken={*(str(leg.id) for leg in legs), *(fare.id for fare in (*written.fares, *written.tours))},
        legs=legs,
        timetable=timetable,
        incomplete=bool(reader.problems) or _gaps(written, timetable),
        problems=reader.problems,
    )
    tickets = fare_reader.read(fares)
    return Network(
        legs=tuple(legs),
        timetable=timetable,
        tickets=tickets,
        ports=reader.ports,
        problems=(*problems, *reader.problems),
        damage=Damage.of("leg_tables") if reader.problems else Damage(),
    )


def _gaps(written: ScenarioFile, timetable: Timetable | None) -> bool:
    """Whether rows of tables were left out."""
    wished = any(table.only != Only() for table in written.leg_tables)
    return wished or (timetable is not None and any(source.left_out for source in timetable.sources))


def without_files(data: Table) -> tuple[Table, tuple[LegTable, ...]]:
    """What `legs = "fares.parquet"` is short for, and the data without it."""
    legs = data.get("legs")
    names = [legs] if isinstance(legs, str) else legs
    if not isinstance(names, list) or not names or not all(isinstance(name, str) for name in names):
        return data, ()
    keys = {key.replace("legs", "files"): place for key, place in data.where.keys.items() if key.startswith("legs")}
    where = Where(data.where.of("legs"), keys)
    return data.without("legs"), (LegTable(files=tuple(names), where=where),)


def _scheduled(written: ScenarioFile) -> list[Leg]:
    """The legs of the schedules, in their order. Of those that share an id, which is a problem, the first counts."""
    first = {schedule.id: schedule for schedule in reversed(written.schedules)}
    legs = (
        leg
        for schedule in written.schedules
        if first[schedule.id] is schedule
        for leg in legs_of(schedule, written.today)
    )
    return list(islice(legs, MOST + 1))


def _picked(timetable: Timetable, ids: set[str], ports: Mapping[str, Port]) -> tuple[Timetable, list[Leg]]:
    """The legs of some ids as objects, and the timetable without them."""
    positions = sorted(timetable.positions(ids).values()) if ids else []
    if not positions:
        return timetable, []
    timezones = [ports[port].timezone for port in timetable.ports]
    legs = [timetable.leg(position, timezones) for position in positions]
    return timetable.take(np.delete(np.arange(len(timetable)), positions)), legs
