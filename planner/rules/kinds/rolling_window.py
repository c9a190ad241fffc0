"""K16: at most so many days of presence in any so many days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np
from attrs import frozen

from planner.itinerary.journey import Journey, Stay
from planner.rules.base import Example, Rule, grounds_of, kind
from planner.rules.facts import Broken, Fact, Telling
from planner.rules.masks import Mask
from planner.rules.outlook import Outlook
from planner.rules.shares import LongestStay, Share
from planner.rules.statements import NONE, AtMost, Count, Ids, Statement
from planner.rules.stay_limits import Limit, drawn_out
from planner.rules.tables import START, Stays, View
from planner.scenario.law import Entry
from planner.scenario.node import GroundType, State, ZoneRef
from planner.scenario.people import PastStay, Traveller
from planner.scenario.scenario import Scenario


@kind(
    "rolling-window",
    summary="Dates of presence in a zone are limited within every period of some length.",
    catalogue=("K16",),
    table=True,
)
@frozen(kw_only=True)
class RollingWindow(Entry, Rule):
    """See `docs/semantics.md`, «Rolling windows». Counts the person, on whatever passport."""

    examples = (
        Example(
            title="90 days are reached: 80 before, 10 now",
            toml="""
today = 2025-05-01
[[travellers]]
id = "t"
[[travellers.past_stays]]
territory = "BB"
from = 2025-01-01
to = 2025-03-21
[[rules]]
kind = "rolling-window"
id = "short-stay"
zone = "BB"
cap = 90
days = 180
""",
            source="https://5195.f2w.bosa.be/en/themes/border-control/entry-schengen-territory/electronic-calculator",
        ),
        Example(
            title="90 days are passed: 81 before, 10 now",
            toml="""
today = 2025-05-01
[[travellers]]
id = "t"
[[travellers.past_stays]]
territory = "BB"
from = 2025-01-01
to = 2025-03-22
[[rules]]
kind = "rolling-window"
id = "short-stay"
zone = "BB"
cap = 90
days = 180
""",
            refused_by="short-stay.t",
            source="https://5195.f2w.bosa.be/en/themes/border-control/entry-schengen-territory/electronic-calculator",
        ),
        Example(
            title="90 days of absence give 90 new days",
            toml="""
today = 2025-05-01
[[travellers]]
id = "t"
[[travellers.past_stays]]
territory = "BB"
from = 2024-12-03
to = 2025-03-02
[[rules]]
kind = "rolling-window"
id = "short-stay"
zone = "BB"
cap = 90
days = 180
""",
            source="https://wixlib.com/document/b80_user-manual-for-the-short-stay-schengen-calculator-1.html",
        ),
        Example(
            title="89 days of absence are one too few for that",
            toml="""
today = 2025-05-01
[[travellers]]
id = "t"
[[travellers.past_stays]]
territory = "BB"
from = 2024-12-04
to = 2025-03-03
[[rules]]
kind = "rolling-window"
id = "short-stay"
zone = "BB"
cap = 90
days = 180
""",
            refused_by="short-stay.t",
            source="https://wixlib.com/document/b80_user-manual-for-the-short-stay-schengen-calculator-1.html",
        ),
        Example(
            title="Days on a residence permit do not count",
            toml="""
today = 2025-05-01
[[travellers]]
id = "t"
[[travellers.past_stays]]
territory = "BB"
from = 2025-01-01
to = 2025-04-30
type = "residence"
[[rules]]
kind = "rolling-window"
id = "short-stay"
zone = "BB"
cap = 90
days = 180
""",
            source="https://www.ejpd.admin.ch/sem/en/home/themen/einreise/aufenthaltsrechner/berechnungsregeln.html",
        ),
    )

    zone: ZoneRef  # whose day clock runs
    cap: int  # dates present at most
    days: int  # in any so many days
    exempt_types: tuple[GroundType, ...] = ("citizen", "residence")
    exempt_nationalities: tuple[State, ...] = ()  # whoever holds one of these is not concerned

    def fact(self, scenario: Scenario, traveller: Traveller) -> Fact:
        """The cap, for one traveller."""
        return Fact(
            id=f"{self.id}.{traveller.id}",
            text=f"{traveller.label} may be in {scenario.name_of(self.zone)} on at most {self.cap} "
            f"of any {self.days} days{self._history(scenario, traveller)}",
            telling=Telling.ADMISSION,
            kind=self.kind,
            place=self.where.of("cap"),
            source=self.source,
        )

    def _history(self, scenario: Scenario, traveller: Traveller) -> str:
        """How many of the days just before the journey are used up by past stays."""
        first = min((leg.departs.date() for leg in scenario.legs), default=scenario.today)
        before = [first - timedelta(days=count) for count in range(1, self.days)]
        stays = [stay for stay in traveller.past_stays if scenario.ever_in(self.zone, stay.territory)]
        used = sum(
            any(
                stay.type not in self.exempt_types
                and stay.from_ <= day <= (stay.to or day)
                and scenario.in_clock(self.zone, stay.territory, day)
                for stay in stays
            )
            for day in before
        )
        return f"; past stays use {used} of the {self.days - 1} days before {first}" if used else ""

    # ---- for solving

    def restrict(self, view: View) -> Iterator[Statement]:
        """For each day on which the cap could be exceeded: a sum over the days of its window."""
        for traveller in view.scenario.travellers:
            if traveller.all_nationalities.isdisjoint(self.exempt_nationalities):
                yield from _Days(self, view, traveller).statements()

    def bound(self, outlook: Outlook) -> Iterator[Share]:
        """A single stay in zones where every date counts is as long as history leaves room for."""
        if self.cap >= self.days or not outlook.in_force(self).all():
            return
        scenario, counts = outlook.scenario, outlook.on_clock(self.zone)
        zones = [zone for zone in outlook.zones if counts[outlook.in_zone(zone)].all()]
        for traveller in scenario.travellers:
            if traveller.all_nationalities.isdisjoint(self.exempt_nationalities):
                past = self._past(scenario, traveller)
                entries = outlook.days.tolist() if len(past) else outlook.days[:1].tolist()  # else all are alike
                yield LongestStay(
                    facts=(self.fact(scenario, traveller),),
                    traveller=traveller.id,
                    nights=max(self._room(past, entry) for entry in entries) - 1,
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
        return np.array(days, dtype=np.int64)

    def _room(self, past: Ids, entry: int) -> int:
        """How many dates in a row, from an entry on, the cap leaves room for after the days that past stays count."""
        history = np.zeros(self.days, dtype=np.int64)  # the dates before the entry, the last one first
        history[entry - 1 - past[(entry - self.days <= past) & (past < entry)]] = 1
        # On the n-th date of the stay the window reaches back over `days` - n dates before the entry.
        used = history.cumsum()[::-1][1:]
        room = np.arange(1, self.days) + used <= self.cap
        return int(room.sum())  # once the cap is exceeded, it stays so

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
        if set(self.exempt_nationalities) & traveller.all_nationalities:
            return ""
        now = self._dates_now(journey, traveller)
        if not now:
            return ""
        counted = now | self._dates_before(journey, traveller)
        for day in sorted(now) if len(counted) > self.cap else ():
            first = day - timedelta(days=self.days - 1)
            count = sum(first <= other <= day for other in counted)
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

    def last_lawful(self, journey: Journey, stay: Stay) -> Limit | None:
        """The last date to which the stay could be drawn out."""
        traveller = journey.scenario.traveller_by_id[stay.traveller]
        # Longer than the window, every date in it counts.
        return drawn_out(journey, stay, lambda longer: not self._exceeded(longer, traveller), self.days + 1)


class _Days:
    """What may count on each day (an ordinal) for one traveller: options, and history that is certain."""

    def __init__(self, rule: RollingWindow, view: View, traveller: Traveller) -> None:
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
        # Between two days of presence the count only falls. So if all history lies before the journey, and does
        # not exceed the cap by itself, the cap holds on every day, present or not.
        falling = not self.open and start <= first and max(self.history, default=0) < first
        falling = falling and all(self._past(day) <= rule.cap for day in range(first, last + 1))
        for day in range(max(first, start), last + 1):
            past, window = self._past(day), [d for d in range(day - rule.days + 1, day + 1) if d in options]
            possible = past + len(window)
            leaves = day - rule.days + 1
            if possible <= rule.cap:
                continue
            fact = rule.fact(self.scenario, self.traveller)
            counts = _merged(options, window)
            if falling:
                if day == last or leaves in options or leaves in self.history:  # else the next day's cap says more
                    yield AtMost(fact, counts, rule.cap - past)
            elif day in self.now:
                slack = possible - rule.cap  # on days of absence the cap is not tested
                yield AtMost(fact, (*counts, Count(slack, self.now[day], once=True)), rule.cap - past + slack)

    def _past(self, day: int) -> int:
        return sum(day - self.rule.days < other <= day for other in self.history)


def _merged(options: dict[int, Ids], days: list[int]) -> tuple[Count, ...]:
    """One count for each set of options, weighted by the number of days it makes."""
    weights: dict[bytes, tuple[int, Ids]] = {}
    for day in days:
        key = options[day].tobytes()
        weights[key] = (weights.get(key, (0, NONE))[0] + 1, options[day])
    return tuple(Count(weight, ids, once=True) for weight, ids in weights.values())
