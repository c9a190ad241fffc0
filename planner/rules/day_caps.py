"""Caps on dates of presence: what kinds have in common that count a person's days in a zone over some period."""

from __future__ import annotations

from abc import abstractmethod
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np
from attrs import frozen

from planner.itinerary.journey import Journey, Stay
from planner.rules.base import Rule, grounds_of
from planner.rules.facts import Broken, Fact, Telling
from planner.rules.masks import Mask
from planner.rules.outlook import Outlook
from planner.rules.shares import LongestStay, Numbers, Share
from planner.rules.statements import NONE, AtMost, Count, Ids, Statement
from planner.rules.stay_limits import Limit, drawn_out
from planner.rules.tables import START, Stays, View
from planner.scenario.law import Entry
from planner.scenario.node import GroundType, State, ZoneRef
from planner.scenario.people import PastStay, Traveller
from planner.scenario.scenario import Scenario


@frozen(kw_only=True)
class DayCap(Entry, Rule):
    """At most `cap` dates of presence in a period that ends with any date of presence.

    Which dates count: `docs/semantics.md`, «Rolling windows». Counts the person, on whatever passport.
    """

    zone: ZoneRef
    """Whose `clock` runs."""
    cap: int
    """Days present at most, both ends of a stay included."""
    exempt_types: tuple[GroundType, ...] = ("citizen", "residence")
    """Stays that rest on these do not count."""
    nationals_of: tuple[State, ...] = ()
    """Only travellers who hold one of these nationalities. Left out: everybody."""
    exempt_nationalities: tuple[State, ...] = ()
    """Whoever holds one of these is not concerned."""

    @abstractmethod
    def since(self, day: date) -> date:
        """The first civil date of the period that ends with a date. Later periods begin no earlier."""

    @abstractmethod
    def period(self, scenario: Scenario, traveller: Traveller) -> str:
        """In words: in which period the days are counted, and what past stays use up of it."""

    @property
    @abstractmethod
    def longest(self) -> int:
        """How many dates the longest period has."""

    def fact(self, scenario: Scenario, traveller: Traveller) -> Fact:
        """The cap, for one traveller."""
        return Fact(
            id=f"{self.id}.{traveller.id}",
            text=f"{traveller.label} may be in {scenario.name_of(self.zone)} on at most {self.cap} "
            f"{self.period(scenario, traveller)}",
            telling=Telling.ADMISSION,
            kind=self.kind,
            place=self.where.of("cap"),
            source=self.source,
        )

    def used_before(self, scenario: Scenario, traveller: Traveller, since: date, day: date) -> int:
        """How many dates from one on, and before another, past stays use up as far as is known today."""
        stays = [stay for stay in traveller.past_stays if scenario.ever_in(self.zone, stay.territory)]
        return sum(
            any(
                stay.type not in self.exempt_types
                and stay.from_ <= past <= (stay.to or past)
                and scenario.in_clock(self.zone, stay.territory, past)
                for stay in stays
            )
            for past in (since + timedelta(days=n) for n in range((day - since).days))
        )

    # ---- for solving

    def restrict(self, view: View) -> Iterator[Statement]:
        """For each day on which the cap could be exceeded: a sum over the days of its period."""
        for traveller in view.scenario.travellers:
            if self.counts_for(traveller):
                yield from _Days(self, view, traveller).statements()

    def counts_for(self, traveller: Traveller) -> bool:
        """Whether the traveller's days count, as far as nationalities say."""
        held = traveller.all_nationalities
        wanted = not self.nationals_of or not held.isdisjoint(self.nationals_of)
        return wanted and held.isdisjoint(self.exempt_nationalities)

    def bound(self, outlook: Outlook) -> Iterator[Share]:
        """A single stay in zones where every date counts is as long as history leaves room for."""
        if not outlook.in_force(self).all():
            return
        scenario, counts = outlook.scenario, outlook.on_clock(self.zone)
        zones = [zone for zone in outlook.zones if counts[outlook.in_zone(zone)].all()]
        for traveller in scenario.travellers:
            if self.counts_for(traveller):
                most = self._room(self._past(scenario, traveller), outlook.days)
                if most is not None:
                    yield LongestStay(
                        facts=(self.fact(scenario, traveller),),
                        traveller=traveller.id,
                        nights=most - 1,
                        besides=self.exempt_types,
                        zones=zones,
                    )

    def _past(self, scenario: Scenario, traveller: Traveller) -> Ids:
        """The days (ordinals) that past stays count which have ended."""
        days = [
            day
            for past in traveller.past_stays
            if past.to is not None and (past.type is None or past.type not in self.exempt_types)
            if scenario.ever_in(self.zone, past.territory)
            for day in range(past.from_.toordinal(), past.to.toordinal() + 1)
            if scenario.in_clock(self.zone, past.territory, date.fromordinal(day))
        ]
        return np.unique(np.array(days, dtype=np.int64))

    def _room(self, past: Ids, entries: Numbers) -> int | None:
        """How many dates in a row, from some entry on, the cap leaves room for at most; None: any number.

        `past` has the days (ordinals) that count already, in order.
        """
        low, ahead = int(entries.min()), np.arange(2 * self.longest)
        days = np.arange(low, int(entries.max()) + len(ahead))
        since = np.array([self.since(date.fromordinal(day)).toordinal() for day in days.tolist()])
        most = 0
        for entry in entries.tolist():
            first = since[entry - low + ahead]
            used = np.searchsorted(past, entry) - np.searchsorted(past, np.minimum(first, entry))
            over = entry + ahead - np.maximum(first, entry) + 1 + used > self.cap
            if not over.any():
                return None
            most = max(most, int(over.argmax()))
        return most

    # ---- for verifying

    def check(self, journey: Journey) -> Iterator[Broken]:
        """Count the dates of each traveller, day by day."""
        scenario = journey.scenario
        for traveller in scenario.travellers:
            how = self._exceeded(journey, traveller)
            if how:
                yield Broken(self.fact(scenario, traveller), how)

    def _exceeded(self, journey: Journey, traveller: Traveller) -> str:
        """How the traveller passes the cap on the first date of which that is true; "" if on none."""
        held = traveller.all_nationalities
        if set(self.exempt_nationalities) & held or (self.nationals_of and not set(self.nationals_of) & held):
            return ""
        now = self._dates_now(journey, traveller)
        if not now:
            return ""
        counted = sorted(now | self._dates_before(journey, traveller))
        for day in sorted(now) if len(counted) > self.cap else ():
            first = self.since(day)
            count = bisect_right(counted, day) - bisect_left(counted, first)
            if self.in_force(day) and count > self.cap:
                return f"on {day} it is {count} days since {first}"
        return ""

    def _dates_now(self, journey: Journey, traveller: Traveller) -> set[date]:
        """Dates that the journey's own stays count."""
        scenario = journey.scenario
        types = {ground.id: ground.type for ground in grounds_of(scenario, traveller)}
        dates: set[date] = set()
        for stay in journey.stays[traveller.id]:
            counted = types.get(stay.ground) not in self.exempt_types
            if counted and stay.entry is not None and stay.last_on is not None:
                dates |= self._on_clock(scenario, stay.entry.territory, stay.entry.on, stay.last_on)
        return dates

    def _dates_before(self, journey: Journey, traveller: Traveller) -> set[date]:
        """Dates of past stays; one without end lasts until the journey's first exit."""
        start = journey.stays[traveller.id][0]
        dates: set[date] = set()
        for past in traveller.past_stays:
            last = past.to or (start.exit.on if start.exit else start.last_on)
            if last is not None and (past.type is None or past.type not in self.exempt_types):
                dates |= self._on_clock(journey.scenario, past.territory, past.from_, last)
        return dates

    def _on_clock(self, scenario: Scenario, territory: str, first: date, last: date) -> set[date]:
        if not scenario.ever_in(self.zone, territory):
            return set()
        dates = (first + timedelta(days=n) for n in range((last - first).days + 1))
        return {day for day in dates if scenario.in_clock(self.zone, territory, day)}

    def used(self, journey: Journey, traveller: Traveller, day: date) -> int:
        """How many dates count in the period that ends with a date, whether or not one is present on it."""
        counted = self._dates_now(journey, traveller) | self._dates_before(journey, traveller)
        return sum(self.since(day) <= other <= day for other in counted)

    def last_lawful(self, journey: Journey, stay: Stay) -> Limit | None:
        """The last date to which the stay could be drawn out."""
        traveller = journey.scenario.traveller_by_id[stay.traveller]
        # So far drawn out, every date of some period counts.
        return drawn_out(journey, stay, lambda longer: not self._exceeded(longer, traveller), 2 * self.longest)


class _Days:
    """What may count on each day (an ordinal) for one traveller: options, and history that is certain."""

    def __init__(self, rule: DayCap, view: View, traveller: Traveller) -> None:
        self.rule, self.scenario, self.traveller = rule, view.scenario, traveller
        stays = view.stays(traveller.id)
        self.now = self._of_stays(stays, stays.enters & ~np.isin(stays.ground_type, rule.exempt_types))
        self.history: set[int] = set()  # certain
        self.open: dict[int, Ids] = {}  # depends on the journey's first exit
        for past in traveller.past_stays:
            if past.type is None or past.type not in rule.exempt_types:
                self._add(past, stays)

    def _counts(self, territory: str, day: int) -> bool:
        return self.scenario.in_clock(self.rule.zone, territory, date.fromordinal(day))

    def _of_stays(self, stays: Stays, rows: Mask) -> dict[int, Ids]:
        """Options that make each day one of presence."""
        found: dict[int, list[Ids]] = {}
        for territory in np.unique(stays.entry_territory[rows]):
            if not self.scenario.ever_in(self.rule.zone, str(territory)):
                continue
            here = rows & (stays.entry_territory == territory)
            ids, entry_on, last_on = stays.ids[here], stays.entry_on[here], stays.last_on[here]
            for day in range(int(entry_on.min()), int(last_on.max()) + 1):
                present = ids[(entry_on <= day) & (day <= last_on)]
                if len(present) and self._counts(str(territory), day):
                    found.setdefault(day, []).append(present)
        return {day: np.concatenate(ids) for day, ids in found.items()}

    def _add(self, past: PastStay, stays: Stays) -> None:
        first = past.from_.toordinal()
        if past.to is not None:
            self.history |= {d for d in range(first, past.to.toordinal() + 1) if self._counts(past.territory, d)}
            return
        leaving = (stays.entry_run == START) & stays.exits
        if leaving.any():
            for day in range(first, int(stays.exit_on[leaving].max()) + 1):
                if self._counts(past.territory, day):
                    self.open[day] = stays.ids[leaving & (stays.exit_on >= day)]

    def statements(self) -> Iterator[Statement]:
        """The caps that can bind. Where one follows from another, only the other."""
        rule = self.rule
        options = {
            day: np.concatenate([self.now.get(day, NONE), self.open.get(day, NONE)])
            for day in sorted({*self.now, *self.open} - self.history)
        }
        first, last = min(self.now, default=0), max(self.now, default=-1)
        if rule.effective_to is not None:
            last = min(last, rule.effective_to.toordinal())
        start = rule.effective_from.toordinal() if rule.effective_from else first
        # Between two days of presence the count never grows. So if all history lies before the journey, and does
        # not exceed the cap by itself, the cap holds on every day, present or not.
        falling = not self.open and start <= first and max(self.history, default=0) < first
        falling = falling and all(self._past(day) <= rule.cap for day in range(first, last + 1))
        for day in range(max(first, start), last + 1):
            begins = self._begins(day)
            past, period = self._past(day), [d for d in range(begins, day + 1) if d in options]
            possible = past + len(period)
            if possible <= rule.cap:
                continue
            fact = rule.fact(self.scenario, self.traveller)
            counts = _merged(options, period)
            if falling:
                leaving = range(begins, self._begins(day + 1))
                if day == last or any(
                    d in options or d in self.history for d in leaving
                ):  # else the next cap says more
                    yield AtMost(fact, counts, rule.cap - past)
            elif day in self.now:
                slack = possible - rule.cap  # on days of absence the cap is not tested
                yield AtMost(fact, (*counts, Count(slack, self.now[day], once=True)), rule.cap - past + slack)

    def _begins(self, day: int) -> int:
        return self.rule.since(date.fromordinal(day)).toordinal()

    def _past(self, day: int) -> int:
        return sum(self._begins(day) <= other <= day for other in self.history)


def _merged(options: dict[int, Ids], days: list[int]) -> tuple[Count, ...]:
    """One count for each set of options, weighted by the number of days it makes."""
    weights: dict[bytes, tuple[int, Ids]] = {}
    for day in days:
        key = options[day].tobytes()
        weights[key] = (weights.get(key, (0, NONE))[0] + 1, options[day])
    return tuple(Count(weight, ids, once=True) for weight, ids in weights.values())
