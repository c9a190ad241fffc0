"""The stay options of one traveller: every pair of crossings, with passports and grounds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from planner.network.presences import Spans
from planner.network.runs import LegColumns
from planner.rules.base import Ground
from planner.rules.statements import Ids
from planner.rules.tables import END, NEVER, START, Column, Runs, Stays
from planner.scenario.holdings import passports_of
from planner.scenario.people import Traveller
from planner.scenario.scenario import Scenario

Pairs: TypeAlias = Spans


def stay_table(
    scenario: Scenario,
    traveller: Traveller,
    grounds: Sequence[Ground],
    legs: LegColumns,
    runs: Runs,
    pairs: Pairs,
    take: Callable[[int], Ids],
) -> tuple[Stays, Ids]:
    """One row for each pair of crossings × entry passport × ground × exit passport, in the canonical order.

    Also returns, for each row of the journey's last stay, the last run taken (START if none was).
    """
    states = passports_of(scenario, traveller)
    offers = _offers(scenario, traveller, grounds)
    zones = _entry_zones(scenario, runs)
    pair: list[int] = []
    shown: list[tuple[str, str, str, str]] = []  # entry passport, exit passport, ground, its type
    for index in range(len(pairs.before)):
        run_in, run_out = int(pairs.before[index]), int(pairs.after[index])
        exits = list(states) if run_out != END else [""]
        if run_in == START:
            choices = [("", "", "")]
        else:
            choices = [
                (passport, ground, kind)
                for passport in states
                for ground, kind in [*offers.get((zones[run_in], passport), ()), ("", "")]
            ]
        for passport, ground, kind in choices:
            for exit_passport in exits:
                pair.append(index)
                shown.append((passport, exit_passport, ground, kind))
    rows = np.array(pair, dtype=np.int64)
    before, after, last = pairs.before[rows], pairs.after[rows], pairs.last[rows]
    entered, left = before != START, after != END
    shown_columns = np.array(shown, dtype=str).reshape(-1, 4)
    state_of = np.vectorize(lambda passport: states.get(passport, ""), otypes=[str])

    def at_entry(column: Column, otherwise: str | int) -> Column:
        return pick(column, before, entered, otherwise)

    def at_exit(column: Column, otherwise: str | int) -> Column:
        return pick(column, after, left, otherwise)

    no_rows = not len(rows)
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
        passport=shown_columns[:, 0],
        state=shown_columns[:, 0] if no_rows else state_of(shown_columns[:, 0]),
        exit_passport=shown_columns[:, 1],
        exit_state=shown_columns[:, 1] if no_rows else state_of(shown_columns[:, 1]),
        ground=shown_columns[:, 2],
        ground_type=shown_columns[:, 3],
    )
    return table, last


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


def _offers(
    scenario: Scenario, traveller: Traveller, grounds: Sequence[Ground]
) -> dict[tuple[str, str], list[tuple[str, str]]]:
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
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for ground in sorted(grounds, key=lambda g: (order.get(g.id, (0, 0)), g.id)):
        for zone in ground.zones:
            for passport in ground.passports:
                found.setdefault((zone, passport), []).append((ground.id, ground.type))
    return found
