"""The stay options of one traveller: every pair of crossings, with passports and grounds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from planner.network.presences import Spans
from planner.rules.base import Ground
from planner.rules.statements import Ids
from planner.rules.tables import END, NEVER, START, Column, Runs, Stays
from planner.scenario.holdings import passports_of
from planner.scenario.people import Traveller
from planner.scenario.scenario import Scenario

Shown: TypeAlias = list[tuple[str, str]]  # grounds and their types


def stay_table(
    scenario: Scenario,
    traveller: Traveller,
    grounds: Sequence[Ground],
    runs: Runs,
    pairs: Spans,
    take: Callable[[int], Ids],
) -> tuple[Stays, Ids]:
    """One row for each pair of crossings × entry passport × ground × exit passport, in the canonical order.

    Also returns, for each row, which of the pairs it belongs to.
    """
    states = passports_of(scenario, traveller)
    zones = _entry_zones(scenario, runs)
    rows, choice, choices = _choices(pairs, zones, states, _offers(scenario, traveller, grounds))
    passport, state, exit_passport, exit_state, ground, ground_type = (column[choice] for column in choices)
    before, after, last = pairs.before[rows], pairs.after[rows], pairs.last[rows]
    entered, left = before != START, after != END

    def at_entry(column: Column, otherwise: str | int) -> Column:
        return pick(column, before, entered, otherwise)

    def at_exit(column: Column, otherwise: str | int) -> Column:
        return pick(column, after, left, otherwise)

    finished = pick(runs.arrives_on, last, last != START, -NEVER)
    finished_at = pick(runs.arrives, last, last != START, -NEVER)
    exit_on, exit_at = at_exit(runs.departs_on, NEVER), at_exit(runs.departs, NEVER)
    table = Stays(
        ids=take(len(rows)),
        entry_run=before,
        exit_run=after,
        zone=at_entry(np.array(zones, dtype=str), ""),
        entry_territory=at_entry(runs.to_territory, ""),
        exit_territory=at_exit(runs.from_territory, ""),
        entry_port=at_entry(runs.entry_port, ""),
        exit_port=at_exit(runs.exit_port, ""),
        previous=at_entry(runs.previous_territory, ""),
        following=at_exit(runs.next_territory, ""),
        entry_mode=at_entry(runs.last_mode, ""),
        exit_mode=at_exit(runs.first_mode, ""),
        entry_on=at_entry(runs.arrives_on, -NEVER),
        exit_on=exit_on,
        entry_at=at_entry(runs.arrives, -NEVER),
        exit_at=exit_at,
        last_on=np.where(left, exit_on, finished),
        last_at=np.where(left, exit_at, finished_at),
        check_on=at_entry(runs.departs_on, -NEVER),
        check_at=at_entry(runs.departs, -NEVER),
        check_port=at_entry(runs.from_port, ""),
        passport=passport,
        state=state,
        exit_passport=exit_passport,
        exit_state=exit_state,
        ground=ground,
        ground_type=ground_type,
    )
    return table, rows


def _choices(
    pairs: Spans, zones: Sequence[str], states: Mapping[str, str], offers: Mapping[tuple[str, str], Shown]
) -> tuple[Ids, Ids, Column]:
    """For each row of the table: the pair it belongs to, and what is shown, as a column of the last array.

    Its rows are entry passport, its state, exit passport, its state, ground, its type.
    """
    kinds = sorted(set(zones))
    number = {zone: index for index, zone in enumerate(kinds)}
    entered = np.array([number[zone] for zone in zones] + [len(kinds)], dtype=np.int64)  # last: at the start, nothing
    tables: list[tuple[str, ...]] = []
    sizes: list[int] = []
    for zone in [*kinds, None]:
        for leaves in (False, True):
            entries = [("", "", "", "")]
            if zone is not None:
                entries = [
                    (passport, state, *ground)
                    for passport, state in states.items()
                    for ground in [*offers.get((zone, passport), ()), ("", "")]
                ]
            exits = list(states.items()) if leaves else [("", "")]
            made = [
                (entry, state, *shown, *ground)
                for entry, state, *ground in entries
                for shown in sorted(exits, key=lambda exit_: exit_[0] != entry)  # rather the one entered on
            ]
            tables.extend(made)
            sizes.append(len(made))
    which = entered[pairs.before] * 2 + (pairs.after != END)
    count = np.array(sizes, dtype=np.int64)
    first = np.cumsum(count) - count
    rows = np.repeat(np.arange(len(which)), count[which])
    along = np.arange(len(rows)) - np.repeat(np.cumsum(count[which]) - count[which], count[which])
    return rows, first[which[rows]] + along, np.ascontiguousarray(np.array(tables, dtype=str).reshape(-1, 6).T)


def pick(column: Column, rows: Ids, there: NDArray[np.bool_], otherwise: str | int) -> Column:
    """Values of a column of runs: for the rows where there is a run that run's, else the other value."""
    if not len(column):
        return np.full(len(rows), otherwise)
    picked: Column = np.where(there, column[np.where(there, rows, 0)], np.asarray(otherwise))
    return picked


def _entry_zones(scenario: Scenario, runs: Runs) -> list[str]:
    """The permission zone each run enters, on its arrival date."""
    return [
        scenario.permission_zone(territory, date.fromordinal(day))
        for territory, day in zip(runs.to_territory.tolist(), runs.arrives_on.tolist(), strict=True)
    ]


def _offers(scenario: Scenario, traveller: Traveller, grounds: Sequence[Ground]) -> dict[tuple[str, str], Shown]:
    """Grounds by zone and passport, each as (id, type), in the canonical order."""
    order = {
        name: (rank, position)
        for rank, names in enumerate(
            (
                [permission.id for permission in traveller.permissions],
                [item.id for item in scenario.acquirables],
                [entry.id for entry in scenario.law.admissions],
                [entry.id for entry in scenario.law.rules],
            ),
            start=1,
        )
        for position, name in enumerate(names)
    }
    found: dict[tuple[str, str], Shown] = {}
    for ground in sorted(grounds, key=lambda g: (order.get(g.id, (0, 0)), g.id)):
        for zone in ground.zones:
            for passport in ground.passports:
                found.setdefault((zone, passport), []).append((ground.id, ground.type))
    return found
