"""A journey on which stays are made one after the other, so that a rule's own check can be asked about them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from attrs import evolve, frozen

from planner.core.money import Price
from planner.itinerary.choices import Itinerary, StayChoice
from planner.itinerary.journey import Journey
from planner.itinerary.replay import replay
from planner.law.books import ELSEWHERE
from planner.rules.base import Rule
from planner.scenario.law import Entry, LawBook
from planner.scenario.node import GroundType, LegRef, PassportRef, PortRef, State, TerritoryRef, ZoneRef
from planner.scenario.people import Passport, PastStay, Permission, Traveller
from planner.scenario.scenario import Scenario
from planner.scenario.travel import Fare, Leg, Port
from planner.scenario.trip import Trip

_HOME = PortRef("HOME")
_SLOT = timedelta(minutes=20)  # for each crossing of a day


@frozen(kw_only=True)
class Journeys:
    """Journeys of one traveller under one rule; only territories, zones and that rule of the scenario's law count."""

    scenario: Scenario
    person: Traveller
    rule: Rule

    def through(self, past: Sequence[PastStay], now: Sequence[PastStay]) -> Journey:
        """The journey on which some stays are made, after others that are history.

        It leads from a place without law and back to it, and there between stays, unless one begins where another
        ends: on one date, in another permission zone. All stays have an end, and stand in order.
        """
        rule, law = self.rule, self.scenario.law
        assert isinstance(rule, Entry)
        legs, places = list(self._legs(now)), dict.fromkeys(stay.territory for stay in now)
        books = self.person.passports or (Passport(id=PassportRef("passport"), state=State("")),)
        papers = {paper.id: paper for paper in map(self._paper, now)}
        person = evolve(self.person, past_stays=tuple(past), passports=books, permissions=tuple(papers.values()))
        home = Port(id=_HOME, territory=TerritoryRef(ELSEWHERE), timezone="UTC")
        scenario = Scenario(
            today=self.scenario.today,
            currency="USD",
            travellers=(person,),
            legs=tuple(legs),
            fares=tuple(Fare(id=leg.id, legs=(leg.id,), price=Price(Decimal(0))) for leg in legs),
            trip=Trip(start=_HOME),
            law=LawBook(territories=law.territories, zones=law.zones, rules=(rule,)),
            ports={port.id: port for port in (home, *map(_port, places))},
        )
        return replay(scenario, self._itinerary(now, legs, str(books[0].id)))

    def _paper(self, stay: PastStay) -> Permission:
        """What a stay rests on: a paper of its type, else of the sort that the rule is about."""
        types: tuple[GroundType, ...] = getattr(self.rule, "types", ())
        named: tuple[str, ...] = getattr(self.rule, "grounds_", ())
        type_ = stay.type or (types[0] if types else "visa_free")
        name = named[0] if named and stay.type is None else f"as-{type_}"
        return Permission(id=name, zone=ZoneRef(stay.territory), type=type_)

    def _itinerary(self, now: Sequence[PastStay], legs: Sequence[Leg], book: str) -> Itinerary:
        shown = [*(str(stay.passport) or book for stay in now), ""]
        chosen = [StayChoice("", shown[0])]
        for index, stay in enumerate(now):
            chosen.append(StayChoice(shown[index], shown[index], self._paper(stay).id))
            if not self._direct(now, index):
                chosen.append(StayChoice(shown[index], shown[index + 1]))
        return Itinerary(
            legs=tuple(leg.id for leg in legs),
            touches=tuple("landside" for _ in legs[1:]),
            fares=tuple(leg.id for leg in legs),
            stays={self.person.id: tuple(chosen)},
        )

    def _legs(self, now: Sequence[PastStay]) -> Iterator[Leg]:
        """The legs between the stays, each as early on its date as those before leave room for."""
        at, last = _HOME, datetime.min
        for index, stay in enumerate(now):
            last = max(datetime.combine(stay.from_, time(1)), last + _SLOT)
            yield _leg(f"in-{index}", at, _port(stay.territory).id, last)
            at = _port(stay.territory).id
            if not self._direct(now, index):
                last = max(datetime.combine(last_day(stay), time(1)), last + _SLOT)
                yield _leg(f"out-{index}", at, _HOME, last)
                at = _HOME

    def _direct(self, now: Sequence[PastStay], index: int) -> bool:
        """Whether one goes on from a stay straight to the next."""
        if index + 1 == len(now):
            return False
        stay, following = now[index], now[index + 1]
        zones = {self.scenario.permission_zone(item.territory, following.from_) for item in (stay, following)}
        return stay.to == following.from_ and len(zones) > 1


def last_day(stay: PastStay) -> date:
    """The end of a stay that has one."""
    assert stay.to is not None
    return stay.to


def _port(territory: TerritoryRef) -> Port:
    return Port(id=PortRef(f"IN-{territory}"), territory=territory, timezone="UTC")


def _leg(name: str, start: PortRef, end: PortRef, departs: datetime) -> Leg:
    arrives = departs + _SLOT / 2
    leg = Leg(id=LegRef(name), from_=start, to=end, departs=departs, arrives=arrives)
    begins, ends = leg.timed("UTC", "UTC")
    return evolve(leg, departs_utc=begins, arrives_utc=ends)
