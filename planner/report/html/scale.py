"""The timeline's scale: times to percent of its width, and which dates are written on it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from attrs import frozen

from planner.report.words import month

_BEFORE = 36.0  # percent that the time before the departure takes at most
_STEPS = (1, 2, 7, 14, 28, 91, 182, 364, 1820)  # days between two dates written
_APART = 14.0  # percent between two dates written, at least


def midnight(day: date, after: int = 0) -> datetime:
    """The beginning of a civil date, or of one so many days after it; the last there is for later ones."""
    return datetime.combine(date.fromordinal(min(day.toordinal() + after, date.max.toordinal())), time())


@frozen(kw_only=True)
class Tick:
    """A date as it is written on the scale, and where, in percent."""

    text: str
    at: float


@frozen(kw_only=True)
class Scale:
    """From `first` to `last`, civil dates shown whole. A day before `bend` may take less room than one after it.

    Preparing takes weeks and a trip days: on one even scale the trip would be too small to see.
    """

    first: date
    bend: date
    last: date

    @property
    def bent_at(self) -> float:
        """Percent of the width left of the bend."""
        return min(self._even, _BEFORE)

    @property
    def is_bent(self) -> bool:
        """Whether a day takes less room before the bend than after it."""
        return self._even > _BEFORE

    @property
    def _even(self) -> float:
        before, after = (self.bend - self.first).days, (self.last - self.bend).days + 1
        return 100 * before / (before + after)

    def at(self, moment: datetime) -> float:
        """Percent from the left; 0 and 100 for times beyond the ends."""
        days = (moment - midnight(self.bend)) / timedelta(days=1)
        if days >= 0:
            return min(100.0, self.bent_at + (100 - self.bent_at) * days / ((self.last - self.bend).days + 1))
        before = (self.bend - self.first).days
        return max(0.0, self.bent_at * (1 + days / before)) if before else 0.0

    def ticks(self) -> Iterator[Tick]:
        """Dates at even distances on both sides of the bend, with room for what is written."""
        yield from self._ticks(self.first, (self.bend - self.first).days, self.bent_at)
        yield from self._ticks(self.bend, (self.last - self.bend).days + 1, 100 - self.bent_at)

    def _ticks(self, start: date, days: int, room: float) -> Iterator[Tick]:
        step = next((step for step in _STEPS if room * step >= _APART * days), _STEPS[-1])
        for ahead in range(0, days, step):
            if room * (days - ahead) >= _APART * days:
                on = start + timedelta(days=ahead)
                year = f" {on.year}" if on.year != self.first.year else ""
                yield Tick(text=f"{on.day} {month(on)}{year}", at=self.at(midnight(on)))
