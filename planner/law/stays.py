"""Counts of days over several stays: how many are used, until when a stay may last, when one may come again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

from attrs import evolve, frozen

from planner.core.errors import Problem, ScenarioError, did_you_mean
from planner.law.books import ELSEWHERE, empty_scenario, refuse, rulebooks, wrong_days
from planner.law.journeys import Journeys, last_day
from planner.rules.base import Rule, grounds_of, rules_of, table_kinds
from planner.rules.day_caps import DayCap
from planner.scenario.law import Entry
from planner.scenario.node import TerritoryRef
from planner.scenario.people import PastStay, Traveller
from planner.scenario.reading import read_mapping
from planner.scenario.scenario import Scenario

COUNTING = {"K16", "K17"}  # numbers, in the catalogue, of the kinds that look at several stays
HORIZON = 800  # days that are looked ahead
_HOME = "HOME"


@frozen(kw_only=True)
class Used:
    """The dates of presence that a cap counts up to a date: `days` since `since`, of `cap` at most."""

    since: date
    days: int
    cap: int


@frozen(kw_only=True)
class RuleCount:
    """One rule that looks at the stays. `used`: up to the date asked about; None for rules that count no dates.

    `exceeded`: how the stays given break the rule by themselves; "" if they do not.
    """

    rule: Entry
    used: Used | None
    exceeded: str


@frozen(kw_only=True)
class Exempt:
    """A rule that does not count a traveller's days: as a citizen of a member of the zone, or by nationality."""

    rule: Entry
    why: Literal["citizen", "nationality"]


@frozen(kw_only=True)
class Counted:
    """What all rules together say about one traveller's stays in one zone.

    `exempt`: rules in force on `on` that do not count for this traveller. `outside`: stays given that are elsewhere.
    `rules`: those that look at this traveller's stays and are in force on `on`, or are broken by the stays given.
    `entry`: when the stay begins that is asked about: on the date asked, or that of a stay given which lasts over it,
    or after a stay elsewhere that does.
    `lawful`: whether it may begin. `last_exit`: its last lawful date; None with `lawful` if no rule ends it within
    HORIZON days. `limited_by`: ids of the rules that a longer one breaks. `earliest`: the first date from `on` on which
    a stay of `days` dates may begin; None if there is none within HORIZON days, or none was asked for.
    """

    traveller: Traveller
    zone: str
    on: date
    entry: date
    rules: tuple[RuleCount, ...]
    lawful: bool
    last_exit: date | None
    limited_by: tuple[str, ...]
    days: int | None
    earliest: date | None
    exempt: tuple[Exempt, ...] = ()
    outside: tuple[PastStay, ...] = ()


@frozen(kw_only=True)
class Span:
    """A stay for `history`: first and last date; the territory, "" for any in the zone."""

    first: date
    last: date
    territory: str = ""


def history(
    zone: str, spans: Iterable[Span], passports: Iterable[str] = (), books: Iterable[str] | None = None
) -> Scenario:
    """A scenario about somebody with some stays, to be asked about with `stays`.

    All rulebooks are used, or some by id. Raises ScenarioError for what nobody knows.
    """
    used, spans = rulebooks(books), list(spans)
    refuse(wrong_days(("stay", day) for span in spans for day in (span.first, span.last)))
    refuse(f"stay: {span.last} lies before {span.first}" for span in spans if span.last < span.first)
    today = max((span.last for span in spans), default=date(2000, 1, 1))
    places = {span.territory for span in spans} - {""}
    data = empty_scenario(used, today) | {
        "ports": [{"id": _HOME, "territory": ELSEWHERE, "timezone": "UTC"}],
        "trip": {"start": _HOME},
        "travellers": [
            {
                "id": "traveller",
                "name": "the traveller",
                "passports": [{"id": state, "state": state} for state in passports],
                "past_stays": [
                    {"territory": place, "from": today, "to": today} for place in sorted(places)
                ],  # for checks
            }
        ],
    }
    scenario = read_mapping(data, table_kinds(), file="")
    zones = sorted({zone.id for zone in scenario.law.zones} | {str(place) for book in used for place in book.covers})
    refuse(f"zone: no rulebook in use speaks of {name!r}|{did_you_mean(name, zones)}" for name in {zone} - {*zones})
    past = [
        PastStay(
            territory=TerritoryRef(span.territory or _member(scenario, zone, span.first)),
            from_=span.first,
            to=span.last,
        )
        for span in spans
    ]
    return evolve(scenario, travellers=(evolve(scenario.travellers[0], past_stays=tuple(past)),))


def stays(
    scenario: Scenario, *, on: date, zone: str = "", entry: date | None = None, days: int | None = None
) -> tuple[Counted, ...]:
    """What the rules that look at several stays say about each traveller's past (and planned) stays, zone by zone.

    `on`: the date on which days are counted; `entry` (else `on`): when the next stay begins, or a date in a stay that
    may go on; `days`: how long a stay that is looked for shall last. `zone`: only rules about that zone or territory.
    Stays without an end last until `on`. A stay of no known type is taken for one
    of the sort that the rule is about, or else without visa. Raises ScenarioError for
    stays that overlap, where no rule in use counts anything there, and for `days` or dates that are out of range.
    """
    refuse(wrong_days((("on", on), ("entry", entry))))
    if days is not None and not 1 <= days <= HORIZON:
        refuse([f"days: expected 1 to {HORIZON} days, found {days}"])
    rules = [rule for rule in rules_of(scenario) if isinstance(rule, Entry) and COUNTING & {*rule.catalogue}]
    about = [rule for rule in rules if not zone or _is_about(scenario, rule, zone, on)]
    if not about:
        where = f" in {scenario.name_of(zone)}" if zone else ""
        refuse([f"no rule in use counts days or stays{where}"])
    zones: dict[str, list[Rule]] = {}
    for rule in about:
        zones.setdefault(str(getattr(rule, "zone", "")), []).append(rule)
    found = [
        _Counter(scenario, person, name, rules, on).answer(entry or on, days)
        for person in scenario.travellers
        for name, rules in zones.items()
    ]
    return tuple(item for item in found if item.rules or item.limited_by or item.exempt or zone)


def _is_about(scenario: Scenario, rule: Rule, place: str, day: date) -> bool:
    zone = str(getattr(rule, "zone", ""))
    return zone == place or scenario.is_in(zone, place, day)


def _member(scenario: Scenario, zone: str, day: date) -> str:
    """A territory on the zone's clock on a date."""
    members = next((item.members for item in scenario.law.zones if item.id == zone), ())
    return next((str(m.territory) for m in members if scenario.in_clock(zone, m.territory, day)), zone)


class _Counter:
    """The rules about one zone and one traveller: asks their own checks about stays that might be made."""

    def __init__(self, scenario: Scenario, person: Traveller, zone: str, rules: Iterable[Rule], on: date) -> None:
        self.scenario, self.person, self.zone, self.on = scenario, person, zone, on
        exempt = {rule: self._exempt(rule) for rule in rules}
        self.rules = [rule for rule, why in exempt.items() if why is None]
        self.exempt = [Exempt(rule=rule, why=why) for rule, why in exempt.items() if isinstance(rule, Entry) and why]
        closed = (evolve(stay, to=stay.to or max(on, stay.from_)) for stay in person.past_stays)
        self.given = sorted(closed, key=lambda stay: stay.from_)
        for before, after in pairwise(self.given):
            if after.from_ < last_day(before):
                message = f"these stays overlap: {before.from_} to {before.to}, and {after.from_} to {after.to}"
                raise ScenarioError([Problem(after.where.place, message)])

    def _exempt(self, rule: Rule) -> Literal["citizen", "nationality"] | None:
        """Why a rule does not count this traveller's days; None: it does, or a stay is said to be of another type."""
        if not isinstance(rule, DayCap):
            return None
        if self.person.all_nationalities & {*rule.exempt_nationalities}:
            return "nationality"
        if "citizen" not in rule.exempt_types or any(stay.type for stay in self.person.past_stays):
            return None
        grounds = (ground for ground in grounds_of(self.scenario, self.person) if ground.type == "citizen")
        homes = {place for ground in grounds for place in ground.zones}
        return "citizen" if any(self.scenario.is_in(rule.zone, home, self.on) for home in homes) else None

    def answer(self, entry: date, days: int | None) -> Counted:
        """All that is asked."""
        there = self._there()
        away = (last_day(stay) for stay in self.given if stay.from_ <= entry < last_day(stay) and stay not in there)
        entry = max(away, default=entry)
        begins = next((stay.from_ for stay in reversed(there) if stay.from_ <= entry <= last_day(stay)), entry)
        lawful = not self._against(begins, entry)
        last = self._last_exit(begins, entry) if lawful else None
        longer = self._against(begins, entry if last is None else last + timedelta(days=1))
        return Counted(
            traveller=self.person,
            zone=self.zone,
            on=self.on,
            entry=begins,
            rules=tuple(self._counts()),
            lawful=lawful,
            last_exit=last,
            limited_by=tuple(longer),
            days=days,
            earliest=self._earliest(days) if days else None,
            exempt=tuple(item for item in self.exempt if item.rule.in_force(self.on)),
            outside=tuple(s for s in self.given if not self.scenario.ever_in(self.zone, s.territory)),
        )

    def _there(self) -> list[PastStay]:
        """The stays given that are in the zone."""
        return [stay for stay in self.given if self.scenario.is_in(self.zone, stay.territory, stay.from_)]

    def _counts(self) -> Iterator[RuleCount]:
        for rule in self.rules:
            assert isinstance(rule, Entry)
            exceeded = next(self._broken(rule, (), self.given), "")
            if rule.in_force(self.on) or exceeded:
                used = None
                if isinstance(rule, DayCap):
                    journey = self._journeys(rule).through(self.given, ())
                    counted = rule.used(journey, journey.scenario.travellers[0], self.on)
                    used = Used(since=rule.since(self.on), days=counted, cap=rule.cap)
                yield RuleCount(rule=rule, used=used, exceeded=exceeded)

    def _last_exit(self, begins: date, good: date) -> date | None:
        """The last lawful end of a stay, which may last until `good` at least and until the next stay at most."""
        following = [stay.from_ for stay in self.given if stay.from_ > good]
        bad = min(following, default=good + timedelta(days=HORIZON))
        if not self._against(begins, bad):
            return bad if following else None
        while (bad - good).days > 1:
            middle = good + (bad - good) // 2
            good, bad = (good, middle) if self._against(begins, middle) else (middle, bad)
        return good

    def _earliest(self, days: int) -> date | None:
        """The first date on which a stay may begin that lasts so many dates and keeps clear of those given."""
        for ahead in range(HORIZON):
            first = self.on + timedelta(days=ahead)
            last = first + timedelta(days=days - 1)
            clear = all(last <= stay.from_ or first >= last_day(stay) for stay in self.given)
            if clear and not self._against(first, last):
                return first
        return None

    def _against(self, first: date, last: date) -> list[str]:
        """Ids of the rules against a stay from one date to another, or then against those given after it.

        One given that begins on the same date is the stay itself. What was before is history and not judged, except
        for rules whose clocks are started by stays.
        """
        place = next((stay.territory for stay in self._there() if stay.from_ == first), None)
        new = PastStay(territory=place or TerritoryRef(_member(self.scenario, self.zone, first)), from_=first, to=last)
        others = [stay for stay in self.given if not (place and stay.from_ == first)]
        before, after = [s for s in others if s.from_ <= first], [s for s in others if s.from_ > first]
        found = []
        for rule in self.rules:
            past, now = (before, [new, *after]) if isinstance(rule, DayCap) else ([], [*before, new, *after])
            if any(self._broken(rule, past, now)) and isinstance(rule, Entry):
                found.append(rule.id)
        return found

    def _broken(self, rule: Rule, past: Sequence[PastStay], now: Sequence[PastStay]) -> Iterator[str]:
        """How stays that are made break a rule, after others that are history."""
        return (found.how for found in rule.check(self._journeys(rule).through(past, now)))

    def _journeys(self, rule: Rule) -> Journeys:
        return Journeys(scenario=evolve(self.scenario, today=self.on), person=self.person, rule=rule)
