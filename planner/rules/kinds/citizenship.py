"""Citizens may enter their own country, and the permission zones it belongs to, on its passport."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import numpy as np
from attrs import frozen

from planner.itinerary.journey import Journey
from planner.rules.base import Example, Ground, Rule, kind
from planner.rules.denial import denial
from planner.rules.facts import Broken
from planner.rules.masks import by_zone, per_pair
from planner.rules.outlook import Outlook
from planner.rules.shares import Refused, Share
from planner.rules.statements import Block, Statement
from planner.rules.tables import View
from planner.scenario.holdings import passports_of
from planner.scenario.people import Traveller
from planner.scenario.scenario import Scenario

PREFIX = "citizen:"


@kind("citizenship", summary="Citizens may enter their own territory and the zones it is a member of.")
@frozen
class Citizenship(Rule):
    """Offers `citizen:S` with passports of state S. One for the whole scenario."""

    examples = (
        Example(
            title="One comes home on one's own passport",
            toml="""
remove = ["visit-alpha"]
""",
            cost=20000,
            source="https://kr.usembassy.gov/services-dual-nationality/",
        ),
        Example(
            title="Foreigners are no citizens",
            toml="""
remove = ["visit-alpha"]
[[travellers]]
id = "t"
[[travellers.passports]]
id = "a"
state = "DD"
""",
            refused_by="admission.AA.t",
        ),
        Example(
            title="Croatians in Schengen, since Croatia is a member",
            toml="""
remove = ["visit-beta"]
[[travellers]]
id = "t"
[[travellers.passports]]
id = "a"
state = "CC"
[[zones]]
id = "Z"
members = [{ territory = "BB" }, { territory = "CC", from = 2025-06-01 }]
""",
            source="https://schengenvisa.news/bulgaria-and-romania-becoming-fully-part-of-schengen-from-1-january-2025",
        ),
        Example(
            title="A member state that no leg touches",
            toml="""
remove = ["visit-beta"]
[[travellers]]
id = "t"
[[travellers.passports]]
id = "a"
state = "GR"
[[zones]]
id = "Z"
members = [{ territory = "BB" }, { territory = "GR" }]
[[admissions]]
id = "visit-alpha"
nationalities = ["GR"]
""",
        ),
        Example(
            title="Where the citizens are another state's, as in Hong Kong",
            toml="""
remove = ["visit-beta"]
[[territories]]
id = "BB"
nationals = ["AA"]
""",
            cost=20000,
        ),
        Example(
            title="Croatians in Schengen, before Croatia is a member",
            toml="""
remove = ["visit-beta"]
[[travellers]]
id = "t"
[[travellers.passports]]
id = "a"
state = "CC"
[[zones]]
id = "Z"
members = [{ territory = "BB" }, { territory = "CC", from = 2025-06-02 }]
""",
            refused_by="admission.Z.t",
            source="https://schengenvisa.news/bulgaria-and-romania-becoming-fully-part-of-schengen-from-1-january-2025",
        ),
    )

    @classmethod
    def instances(cls, scenario: Scenario) -> Iterable[Rule]:
        """Always in force."""
        return [cls()]

    def grounds(self, scenario: Scenario, traveller: Traveller) -> Iterator[Ground]:
        """One ground for each state that issued, or could issue, a passport to the traveller."""
        passports = passports_of(scenario, traveller)
        for state in dict.fromkeys(passports.values()):
            home = _home(scenario, state)
            zones = [zone.id for zone in scenario.law.zones if any(_admits(scenario, zone.id, t) for t in home)]
            if home:
                yield Ground(
                    id=PREFIX + state,
                    type="citizen",
                    zones=(*home, *zones),
                    passports=tuple(p for p, issuer in passports.items() if issuer == state),
                )

    def restrict(self, view: View) -> Iterator[Statement]:
        """Block entries to a zone on dates on which no territory of the state is a member."""
        scenario = view.scenario
        for traveller in scenario.travellers:
            stays = view.stays(traveller.id)
            for state in dict.fromkeys(passports_of(scenario, traveller).values()):
                home = _home(scenario, state)
                rows = stays.ground == PREFIX + state

                def member(zone: str, day: date, home: tuple[str, ...] = home) -> bool:
                    return zone in home or any(_admits(scenario, zone, territory, day) for territory in home)

                outside = rows & ~per_pair(member, stays.zone, stays.entry_on)
                for zone, refused in by_zone(stays, outside):
                    yield Block(denial(scenario, traveller, zone), stays.ids[refused])

    def bound(self, outlook: Outlook) -> Iterator[Share]:
        """Zones admit citizens of a member while it is one."""
        scenario = outlook.scenario
        changing = [zone.id for zone in scenario.law.zones if any(m.from_ or m.to for m in zone.members)]
        for traveller in scenario.travellers if changing else ():
            for state in dict.fromkeys(passports_of(scenario, traveller).values()):
                home = _home(scenario, state)
                for zone in (name for name in changing if name not in home):
                    outside = [
                        not any(_admits(scenario, zone, place, date.fromordinal(day)) for place in home)
                        for day in outlook.days.tolist()
                    ]
                    yield Refused(
                        facts=(denial(scenario, traveller, zone),),
                        traveller=traveller.id,
                        arrivals=np.array([outside], dtype=bool),
                        grounds=(PREFIX + state,),
                        zone=zone,
                    )

    def check(self, journey: Journey) -> Iterator[Broken]:
        """A citizen of a member state enters the zone only while that state is a member."""
        scenario = journey.scenario
        nationals = {str(item.id): [*map(str, item.nationals or (item.id,))] for item in scenario.law.territories}
        for traveller in scenario.travellers:
            for stay in journey.stays[traveller.id]:
                if stay.entry is None or not stay.ground.startswith(PREFIX):
                    continue
                state, on = stay.ground.removeprefix(PREFIX), stay.entry.on
                territories = {stay.zone} | {
                    str(member.territory)
                    for zone in scenario.law.zones
                    for member in zone.members
                    if zone.id == stay.zone
                    and "permission" in member.purposes
                    and (member.from_ or on) <= on <= (member.to or on)
                }
                if not any(state in nationals.get(territory, [territory]) for territory in territories):
                    yield Broken(
                        denial(scenario, traveller, stay.zone),
                        f"{scenario.name_of(state)} is not a member of {scenario.name_of(stay.zone)} on {on}",
                    )


def _home(scenario: Scenario, state: str) -> tuple[str, ...]:
    """The territories of which a state's nationals are citizens; those the law does not list go by their id."""
    listed = {item.id: item.nationals or (item.id,) for item in scenario.law.territories}
    members = {member.territory for zone in scenario.law.zones for member in zone.members}
    named = members | {port.territory for port in scenario.ports.values()}
    known = {territory: (territory,) for territory in sorted(named)} | listed
    return tuple(territory for territory, states in known.items() if state in states)


def _admits(scenario: Scenario, zone: str, territory: str, day: date | None = None) -> bool:
    """Whether the territory is a member of the zone for permission on that date (None: ever)."""
    return any(
        member.territory == territory
        and "permission" in member.purposes
        and (day is None or ((member.from_ or day) <= day <= (member.to or day)))
        for item in scenario.law.zones
        if item.id == zone
        for member in item.members
    )
