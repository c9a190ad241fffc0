"""Clocks of places for whole columns of times: from local time to UTC, and from UTC to offsets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import pairwise
from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from planner.core.time import EPOCH, zone

Numbers = NDArray[np.integer[Any]]
_DAY = 86_400
_ZONE = 1 << 40  # seconds: further apart than any two instants of planning
_NEVER = np.iinfo(np.int64).max


@frozen(eq=False)
class Clocks:
    """How far the clocks of some time zones are ahead of UTC, piece by piece between changes of clocks.

    A piece is known by the second at which it begins, in UTC and on its own clock; the zone's number times `_ZONE`
    is added, so that one search finds the pieces of rows in many zones. `single` says of which zones there is one piece
    only: in most months most clocks are left alone.
    """

    first: Numbers  # each zone's first piece
    single: NDArray[np.bool_]
    utc_from: Numbers
    local_from: Numbers
    skipped_from: Numbers  # on the clock: from here to the piece's end the time does not exist
    offset: Numbers  # seconds ahead of UTC

    @classmethod
    def of(cls, zones: Sequence[str], *minutes: Numbers) -> Clocks:
        """The clocks of some zones (IANA names), right for all of some times (minutes, local or UTC) there."""
        seconds = _days(minutes) * _DAY
        pieces = [(number, *piece) for number, name in enumerate(zones) for piece in _pieces(name, seconds.tolist())]
        columns: list[Numbers] = [np.array(column, dtype=np.int64) for column in zip(*pieces, strict=True)]
        number, utc, local, skipped, offset = columns or [np.empty(0, dtype=np.int64)] * 5
        base, counts = number * _ZONE, np.bincount(number, minlength=len(zones))
        return cls(
            first=np.cumsum(counts) - counts,
            single=counts == 1,
            utc_from=base + utc,
            local_from=base + local,
            skipped_from=np.where(skipped == _NEVER, _NEVER, base + skipped),
            offset=offset,
        )

    def to_utc(self, zone_numbers: Numbers, local: Numbers) -> tuple[Numbers, NDArray[np.bool_]]:
        """UTC minutes of local minutes, and which of them are skipped by clocks put forward.

        Of a repeated hour (clocks put back) it is the first one.
        """
        piece, rows, key = self._pieces(self.local_from, zone_numbers, local)
        skipped = np.zeros(len(local), dtype=np.bool_)
        skipped[rows] = key >= self.skipped_from[piece[rows]]
        behind = -self.offset // 60  # whole minutes; some clocks of long ago were off by seconds
        return local + behind[piece], skipped

    def ahead(self, zone_numbers: Numbers, utc: Numbers) -> Numbers:
        """Minutes ahead of UTC at instants (UTC minutes)."""
        piece, _, _ = self._pieces(self.utc_from, zone_numbers, utc)
        found: Numbers = (self.offset // 60)[piece]
        return found

    def _pieces(self, starts: Numbers, zone_numbers: Numbers, minutes: Numbers) -> tuple[Numbers, Numbers, Numbers]:
        """The piece of each row; the rows in zones with several pieces, and their keys among `starts`."""
        piece = self.first[zone_numbers]
        rows = np.flatnonzero(~self.single[zone_numbers])
        key = zone_numbers[rows].astype(np.int64) * _ZONE + minutes[rows].astype(np.int64) * 60
        piece[rows] = np.searchsorted(starts, key, side="right") - 1
        return piece, rows, key


def _days(columns: Sequence[Numbers]) -> Numbers:
    """The days since 1970 on which some times fall, with the days around them, each once and in order."""
    found: set[int] = set()
    for minutes in columns:
        if len(minutes):
            day = minutes // 1440
            first = int(day.min())
            found.update((np.flatnonzero(np.bincount(day - first)) + first).tolist())
    return np.array(sorted({day + shift for day in found or {0} for shift in (-2, -1, 0, 1, 2)}), dtype=np.int64)


def _pieces(name: str, seconds: Sequence[int]) -> Iterator[tuple[int, int, int, int]]:
    """Pieces of one zone: first second in UTC and on its clock, first second skipped at its end, offset.

    Clocks do not change twice within a day; between days further apart no time is asked for.
    """
    start = local = -_ZONE // 2
    offsets = [_offset(second, name) for second in seconds]
    for (before, old), (after, new) in pairwise(zip(seconds, offsets, strict=True)):
        if old != new:
            change = _change(before, after, old, name)
            yield start, local, change + old if new > old else _NEVER, old
            start, local = change, change + max(old, new)
    if seconds:
        yield start, local, _NEVER, offsets[-1]


def _change(low: int, high: int, old: int, name: str) -> int:
    """The first second after `low` at which the offset is no longer the old one; at `high` it is not."""
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _offset(middle, name) == old else (low, middle)
    return high


def _offset(second: int, name: str) -> int:
    ahead = (EPOCH + timedelta(seconds=second)).astimezone(zone(name)).utcoffset()
    assert ahead is not None
    return int(ahead.total_seconds())
