"""Column helpers for the solving side of rules. The checking side does without them, on purpose."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import numpy as np
from numpy.typing import NDArray

from planner.core.period import Period
from planner.rules.tables import NEVER, Column, Stays
from planner.scenario.law import Entry
from planner.scenario.node import CountFrom
from planner.scenario.scenario import Scenario

Mask = NDArray[np.bool_]


def inside(scenario: Scenario, place: str, territories: Column, days: Column) -> Mask:
    """Where a territory is the place or, on that day, in the zone it names. "" and NEVER are nowhere."""
    mask: Mask = territories == place
    for zone in scenario.law.zones:
        for member in zone.members if zone.id == place else ():
            mask |= (territories == member.territory) & _within(member.from_, member.to, days)
    return mask & (days > 0) & (days < NEVER)


def per_pair(test: Callable[[str, date], bool], names: Column, days: Column) -> Mask:
    """Evaluate a test of (name, civil date) once for each distinct pair of two columns; False on NEVER."""
    result = np.zeros(len(names), dtype=bool)
    known: dict[tuple[str, int], bool] = {}
    for row, pair in enumerate(zip(names.tolist(), days.tolist(), strict=True)):
        if pair not in known:
            day = pair[1]
            known[pair] = 0 < day < NEVER and test(pair[0], date.fromordinal(day))
        result[row] = known[pair]
    return result


def effective(entry: Entry, days: Column) -> Mask:
    """Where an entry of law is in force on the column's civil date."""
    return _within(entry.effective_from, entry.effective_to, days)


def _within(first: date | None, last: date | None, days: Column) -> Mask:
    """Where the column's civil date is one from `first` to `last`; None: open."""
    low = first.toordinal() if first else 0
    high = last.toordinal() if last else NEVER
    return (days >= low) & (days <= high)


def by_value(column: Column, mask: Mask) -> Iterator[tuple[int, Mask]]:
    """Each distinct value of an integer column within the mask, with the mask of its rows."""
    for value in np.unique(column[mask]):
        yield int(value), mask & (column == value)


def by_zone(stays: Stays, mask: Mask) -> Iterator[tuple[str, Mask]]:
    """Each zone entered within the mask, with the mask of its rows.

    In the order of the first entries: what comes of it must not depend on names, nor on which legs are listed first.
    """
    order = np.argsort(stays.entry_at[mask], kind="stable")
    for zone in dict.fromkeys(stays.zone[mask][order].tolist()):
        yield zone, mask & (stays.zone == zone)


def use_day(stays: Stays) -> Column:
    """The civil date on which a stay's papers must be usable: at check-in; for the first stay, at its exit."""
    return np.where(stays.enters, stays.check_on, stays.exit_on)


def per_day(change: Callable[[date], date], days: Column) -> Column:
    """Another civil date for each date of a column, worked out once for each distinct one; open ends stay open."""
    distinct, place = np.unique(days, return_inverse=True)
    changed = [change(date.fromordinal(d)).toordinal() if 0 < d < NEVER else d for d in distinct.tolist()]
    column: Column = np.array(changed, dtype=np.int64)[place]
    return column


def overstays(stays: Stays, limit: Period, count_from: CountFrom) -> Mask:
    """Stays with an entry that last longer than a limit: by civil dates, or in hours from the instant of entry."""
    if limit.unit == "hours":
        long: Mask = stays.last_at > stays.entry_at + limit.count * 60
    else:
        long = stays.last_on > per_day(lambda day: limit.last_day(day, count_from), stays.entry_on)
    return stays.enters & long


def most_nights(limit: Period, count_from: CountFrom, entries: Column) -> int:
    """The most nights that a stay of at most that length can have, for any entry on one of some days.

    In hours, from the instant of entry on; clocks may be put back during the stay.
    """
    if limit.unit == "hours":
        return (1439 + limit.count * 60 + 60) // 1440
    if limit.unit == "days":
        return limit.count - (count_from == "entry_day")
    return int((per_day(lambda day: limit.last_day(day, count_from), entries) - entries).max())


def covering(first: Column, last: Column) -> list[Mask]:
    """For each day that is covered by some row, from its first day to its last one: the rows that cover it."""
    days = range(int(first.min()), int(last.max()) + 1) if len(first) else ()
    return [rows for rows in ((first <= day) & (day <= last) for day in days) if rows.any()]
