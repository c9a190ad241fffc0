"""Papers that the rulebooks offer and the scenario does not list: added, each with a fact against applying for it.

Giving up that fact is the easing «apply for it as well».
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

import numpy as np
from attrs import evolve, frozen

from planner.itinerary.journey import Journey
from planner.rules.base import Rule
from planner.rules.eased import Rung
from planner.rules.easing import Easing
from planner.rules.facts import Broken, Fact, Telling
from planner.rules.obtainable import open_to
from planner.rules.outlook import Outlook
from planner.rules.shares import Refused, Share
from planner.rules.statements import Block, Statement
from planner.rules.tables import View
from planner.scenario.changing import Change, changed
from planner.scenario.documents import Acquirable
from planner.scenario.holdings import issued_in
from planner.scenario.node import CertificateRef, TerritoryRef, ZoneRef
from planner.scenario.people import Traveller
from planner.scenario.reading.walk import values
from planner.scenario.scenario import Scenario
from planner.scenario.travel import Tour
from planner.scenario.trip import Event


@frozen(kw_only=True)
class NotListed(Rule):
    """An acquirable that is offered is not applied for."""

    kind: ClassVar[str] = "offered"
    summary: ClassVar[str] = "Only papers that the file lists are applied for."
    catalogue: ClassVar[tuple[str, ...]] = ()
    table: ClassVar[bool] = False

    item: Acquirable

    def fact(self) -> Fact:
        """That it is not listed."""
        item = self.item
        return Fact(
            id=f"offered.{item.id}",
            text=f"{item.label} is not among what the travellers may obtain",
            telling=Telling.PAPER,
            kind=self.kind,
            place=item.where.place,
            source=item.source,
            changeable=True,
        )

    def restrict(self, view: View) -> Iterator[Statement]:
        """Block every application for it."""
        for traveller in view.scenario.travellers:
            applications = view.applications(traveller.id)
            yield Block(self.fact(), applications.ids[np.equal(applications.acquirable, self.item.id)])

    def bound(self, outlook: Outlook) -> Iterator[Share]:
        """Nobody enters on it."""
        said: dict[str, Any] = {"grounds": (self.item.id,)}
        if self.item.passport is not None:
            said = {"passports": (self.item.passport.id,)}
        for traveller in outlook.scenario.travellers if self.item.permission or self.item.passport else ():
            yield Refused(facts=(self.fact(),), traveller=traveller.id, arrivals=outlook.everywhere(), **said)

    def check(self, journey: Journey) -> Iterator[Broken]:
        """Go through the applications."""
        for application in journey.itinerary.applications:
            if application.acquirable == self.item.id:
                yield Broken(self.fact(), f"applied for on {application.on}")

    def easings(self, scenario: Scenario) -> Iterator[Easing]:
        """To list it."""
        yield Easing(
            fact=self.fact().id,
            changes=(Change(path=("may_obtain", self.item.id), new=self.item.id),),
            text=f"apply for {self.item.label} as well",
            sort="document",
        )


def offered_scenario(scenario: Scenario) -> Scenario:
    """The scenario with everything offered that might serve its travellers, and the facts against using it."""
    items = useful(scenario)
    more = changed(scenario, [Change(path=("may_obtain", item.id), new=item.id) for item in items])
    return evolve(more, beside=(*scenario.beside, *(NotListed(item=item) for item in items)))


def offers(scenario: Scenario) -> list[Rung]:
    """What giving up the facts of `offered_scenario` takes: of the scenario with or without the papers added."""
    beside = [rule for rule in scenario.beside if isinstance(rule, NotListed)]
    rules = beside or [NotListed(item=item) for item in useful(scenario)]
    weight = scenario.repairs.weight("document")
    return [
        Rung(fact=easing.fact, dropped=easing.fact, easing=easing, weight=weight, rule=None)
        for rule in rules
        for easing in rule.easings(scenario)
    ]


def useful(scenario: Scenario) -> tuple[Acquirable, ...]:
    """What is offered that one of the travellers could get, and that leads somewhere on this network.

    A permission must admit to a territory with a port of some leg where the traveller is no citizen, a validation be
    for such a territory; other papers must be needed for these, or by something that the scenario already lists.
    """
    people = scenario.travellers
    found = {item.id: item for item in scenario.offered if any(_serves(scenario, person, item) for person in people)}
    while True:
        needs = _needs(scenario, found.values())
        more = [
            item
            for item in scenario.offered
            if item.id not in found
            and needs & _names(item)
            and any(open_to(scenario, item, person) for person in people)
        ]
        if not more:
            return tuple(item for item in scenario.offered if item.id in found)
        found |= {item.id: item for item in more}


def _serves(scenario: Scenario, traveller: Traveller, item: Acquirable) -> bool:
    """Whether it lets the traveller in somewhere on the network, and the traveller may apply."""
    place = item.permission.zone if item.permission else item.validation.area if item.validation else None
    too_soon = item.apply_from is not None and item.apply_from > scenario.last_departure
    too_late = item.apply_by is not None and item.apply_by < scenario.today
    if place is None or too_soon or too_late:
        return False
    if not open_to(scenario, item, traveller) or not issued_in(scenario, traveller, item):
        return False
    zones = item.permission.zones if item.permission else (place,)
    abroad = _abroad(scenario, traveller)
    if item.issued_by and item.issued_by not in abroad:  # no consulate for this journey
        return False
    return any(scenario.ever_in(zone, territory) for zone in zones for territory in abroad)


def _abroad(scenario: Scenario, traveller: Traveller) -> set[str]:
    """The territories with a port of some leg where the traveller is no citizen."""
    ports = {port for leg in scenario.legs for port in (leg.from_, leg.to, leg.exit_port, leg.entry_port) if port}
    names: set[str] = {*ports, *(scenario.timetable.ports if scenario.timetable is not None else ())}
    nationals = {str(area.id): area.nationals for area in scenario.law.territories}
    return {
        territory
        for territory in map(scenario.territory_of, names)
        if traveller.all_nationalities.isdisjoint(nationals.get(territory) or (territory,))
    }


def _needs(scenario: Scenario, items: Iterable[Acquirable]) -> set[str]:
    """Names of papers that these and the scenario's own acquirables, events and tours need, or rules on the way."""
    asking: tuple[Acquirable | Event | Tour, ...] = (
        *items,
        *scenario.acquirables,
        *scenario.trip.events,
        *scenario.tours,
    )
    needs = {str(need) for asked in asking for need in asked.needs}
    everywhere = {territory for traveller in scenario.travellers for territory in _abroad(scenario, traveller)}
    for rule in scenario.law.rules:
        places = [value.value for value in values({ZoneRef, TerritoryRef}, rule)]
        if any(scenario.ever_in(place, territory) for place in places for territory in everywhere):
            needs |= {value.value for value in values({CertificateRef}, rule)}
    held = {str(paper.kind) for traveller in scenario.travellers for paper in traveller.certificates}
    return needs - held


def _names(item: Acquirable) -> set[str]:
    """What a paper is called where it is needed."""
    names = {item.id}
    names |= {str(item.passport.id)} if item.passport else set()
    return names | ({str(item.certificate.kind)} if item.certificate else set())
