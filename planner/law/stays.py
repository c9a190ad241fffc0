"""Counts of days over several stays: how many are used, until when a stay may last, when one may come again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise

from attrs import evolve, frozen

from planner.core.errors import Problem, ScenarioError, did_you_mean
from planner.core.money import Price
from planner.itinerary.choices import Itinerary, StayChoice
from planner.itinerary.journey import Journey
from planner.itinerary.replay import replay
from planner.law.question import ELSEWHERE, empty_scenario, refuse, rulebooks
from planner.rules.base import Rule, rules_of, table_kinds
from planner.rules.day_caps import DayCap
from planner.scenario.law import Entry, LawBook
from planner.scenario.node import GroundType, LegRef, PassportRef, PortRef, State, TerritoryRef, ZoneRef
from planner.scenario.people import Passport, PastStay, Permission, Traveller
from planner.scenario.reading import read_mapping
from planner.scenario.scenario import Scenario
from planner.scenario.travel import Fare, Leg, Port
from planner.scenario.trip import Trip

COUNTING = {"K16", "K17"}  # numbers, in the catalogue, of the kinds that look at several stays
HORIZON = 800  # days that are looked ahead
_HOME = PortRef("HOME")
_SLOT = timedelta(minutes=20)  # for each crossing of a day


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
class Counted:
    """What all rules together say about one traveller's stays in one zone.

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
    refuse(f"stay: {span.last} lies before {span.first}" for span in spans if span.last < span.first)
    today = max((span.last for span in spans), default=date(2000, 1, 1))
    places = {span.territory for span in spans} - {""}
    data = empty_scenario(used, today) | {
        "ports": [{"id": str(_HOME), "territory": ELSEWHERE, "timezone": "UTC"}],
        "trip": {"start": str(_HOME)},
        "travellers": [
            {
                "id": "traveller",
                "name": "the traveller",
                "passports": [{"id": state, "state": state} for state in passports],
                "past_stays": [{"territory": place, "from": today} for place in sorted(places)],  # to have them checked
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
    stays that overlap, and where no rule in use counts anything there.
    """
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
    return tuple(item for item in found if item.rules or item.limited_by or zone)


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
        states = person.all_nationalities
        self.rules = [r for r in rules if not (isinstance(r, DayCap) and states & {*r.exempt_nationalities})]
        closed = (evolve(stay, to=stay.to or max(on, stay.from_)) for stay in person.past_stays)
        self.given = sorted(closed, key=lambda stay: stay.from_)
        for before, after in pairwise(self.given):
            if after.from_ < _last(before):
                message = f"these stays overlap: {before.from_} to {before.to}, and {after.from_} to {after.to}"
                raise ScenarioError([Problem(after.where.place, message)])

    def answer(self, entry: date, days: int | None) -> Counted:
        """All that is asked."""
        there = self._there()
        away = (_last(stay) for stay in self.given if stay.from_ <= entry < _last(stay) and stay not in there)
        entry = max(away, default=entry)
        begins = next((stay.from_ for stay in reversed(there) if stay.from_ <= entry <= _last(stay)), entry)
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
                    journey = self._journey(rule, self.given, ())
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
            clear = all(last <= stay.from_ or first >= _last(stay) for stay in self.given)
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
        return (found.how for found in rule.check(self._journey(rule, past, now)))

    def _journey(self, rule: Rule, past: Sequence[PastStay], now: Sequence[PastStay]) -> Journey:
        """The journey on which some stays are made: from a place without law and back to it."""
        legs, places = list(self._legs(now)), dict.fromkeys(stay.territory for stay in now)
        books = self.person.passports or (Passport(id=PassportRef("passport"), state=State("")),)
        papers = {paper.id: paper for paper in (self._paper(rule, stay) for stay in now)}
        person = evolve(self.person, past_stays=tuple(past), passports=books, permissions=tuple(papers.values()))
        home = Port(id=_HOME, territory=TerritoryRef(ELSEWHERE), timezone="UTC")
        law = self.scenario.law
        assert isinstance(rule, Entry)
        scenario = Scenario(
            today=self.on,
            currency="USD",
            travellers=(person,),
            legs=tuple(legs),
            fares=tuple(Fare(id=leg.id, legs=(leg.id,), price=Price(Decimal(0))) for leg in legs),
            trip=Trip(start=_HOME),
            law=LawBook(territories=law.territories, zones=law.zones, rules=(rule,)),
            ports={port.id: port for port in (home, *map(_port, places))},
        )
        grounds = [self._paper(rule, stay).id for stay in now]
        return replay(scenario, self._itinerary(now, legs, str(books[0].id), grounds))

    def _paper(self, rule: Rule, stay: PastStay) -> Permission:
        """What a stay rests on: a paper of its type, else of the sort that the rule is about."""
        types: tuple[GroundType, ...] = getattr(rule, "types", ())
        named: tuple[str, ...] = getattr(rule, "grounds_", ())
        type_ = stay.type or (types[0] if types else "visa_free")
        name = named[0] if named and stay.type is None else f"as-{type_}"
        return Permission(id=name, zone=ZoneRef(self.zone), type=type_)

    def _itinerary(self, now: Sequence[PastStay], legs: Sequence[Leg], book: str, grounds: Sequence[str]) -> Itinerary:
        shown = [str(stay.passport) or book for stay in now]
        chosen = [StayChoice("", shown[0] if shown else "")]
        for index, (stay, passport) in enumerate(zip(now, shown, strict=True)):
            chosen.append(StayChoice(passport, passport, grounds[index]))
            direct = index + 1 < len(now) and self._direct(stay, now[index + 1])
            if not direct:
                chosen.append(StayChoice(passport, shown[index + 1] if index + 1 < len(now) else ""))
        return Itinerary(
            legs=tuple(leg.id for leg in legs),
            touches=tuple("landside" for _ in legs[1:]),
            fares=tuple(leg.id for leg in legs),
            stays={self.person.id: tuple(chosen)},
        )

    def _direct(self, stay: PastStay, following: PastStay) -> bool:
        """Whether one stay ends where another begins: on one date, in another permission zone."""
        zones = {self.scenario.permission_zone(item.territory, following.from_) for item in (stay, following)}
        return stay.to == following.from_ and len(zones) > 1

    def _legs(self, now: Sequence[PastStay]) -> Iterator[Leg]:
        """The legs between the stays, each as early on its date as those before leave room for."""
        at, last = _HOME, datetime.min
        for index, stay in enumerate(now):
            last = max(datetime.combine(stay.from_, time(1)), last + _SLOT)
            yield _leg(f"in-{index}", at, _port(stay.territory).id, last)
            at = _port(stay.territory).id
            if index + 1 == len(now) or not self._direct(stay, now[index + 1]):
                last = max(datetime.combine(_last(stay), time(1)), last + _SLOT)
                yield _leg(f"out-{index}", at, _HOME, last)
                at = _HOME


def _last(stay: PastStay) -> date:
    assert stay.to is not None, "stays without an end were given one"
    return stay.to


def _port(territory: TerritoryRef) -> Port:
    return Port(id=PortRef(f"IN-{territory}"), territory=territory, timezone="UTC")


def _leg(name: str, start: PortRef, end: PortRef, departs: datetime) -> Leg:
    arrives = departs + _SLOT / 2
    leg = Leg(id=LegRef(name), from_=start, to=end, departs=departs, arrives=arrives)
    begins, ends = leg.timed("UTC", "UTC")
    return evolve(leg, departs_utc=begins, arrives_utc=ends)
