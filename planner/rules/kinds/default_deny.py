"""Default deny: every entry rests on a ground that something offers, or it is not allowed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import frozen

from planner.itinerary.journey import Journey
from planner.rules.base import Example, Rule, grounds_of, kind
from planner.rules.denial import denial
from planner.rules.facts import Broken
from planner.rules.masks import by_zone
from planner.rules.outlook import Outlook
from planner.rules.shares import Refused, Share
from planner.rules.statements import Block, Statement
from planner.rules.tables import View
from planner.scenario.people import Traveller
from planner.scenario.scenario import Scenario


@kind("default-deny", summary="An entry is allowed only if something admits the traveller.")
@frozen
class DefaultDeny(Rule):
    """See `docs/semantics.md`, «Grounds and default deny». One for the whole scenario."""

    examples = (
        Example(
            title="Everybody is admitted everywhere",
            toml="""""",
            cost=20000,
        ),
        Example(
            title="Nothing admits anybody to Beta",
            toml="""
remove = ["visit-beta"]
""",
            refused_by="admission.BB.t",
        ),
        Example(
            title="An admission for others does not help",
            toml="""
[[admissions]]
id = "visit-beta"
nationalities = ["CC"]
""",
            refused_by="admission.BB.t",
        ),
    )

    @classmethod
    def instances(cls, scenario: Scenario) -> Iterable[Rule]:
        """Always in force."""
        return [cls()]

    def restrict(self, view: View) -> Iterator[Statement]:
        """Block the entries that rest on nothing."""
        for traveller in view.scenario.travellers:
            stays = view.stays(traveller.id)
            groundless = stays.enters & (stays.ground == "")
            for zone, rows in by_zone(stays, groundless):
                yield Block(denial(view.scenario, traveller, zone), stays.ids[rows])

    def bound(self, outlook: Outlook) -> Iterator[Share]:
        """Nobody enters on nothing."""
        for traveller in outlook.scenario.travellers:
            for zone in outlook.zones:
                fact, arrivals = denial(outlook.scenario, traveller, zone), outlook.everywhere()
                yield Refused(facts=(fact,), traveller=traveller.id, arrivals=arrivals, grounds=("",), zone=zone)

    def check(self, journey: Journey) -> Iterator[Broken]:
        """Look for entries without ground, or on one that is not offered for that passport and zone."""
        for traveller in journey.scenario.travellers:
            offered = set(_offers(journey.scenario, traveller))
            for stay in journey.stays[traveller.id]:
                if stay.entry is None or (stay.ground, stay.zone, stay.passport) in offered:
                    continue
                how = f"{stay.ground} does not admit holders of {stay.passport}" if stay.ground else "nothing admits"
                yield Broken(
                    denial(journey.scenario, traveller, stay.zone),
                    f"{how} at the entry to {journey.scenario.name_of(stay.zone)} on {stay.entry.on}",
                )


def _offers(scenario: Scenario, traveller: Traveller) -> Iterator[tuple[str, str, str]]:
    """Each (ground, zone, passport) that some rule of the scenario offers the traveller."""
    for ground in grounds_of(scenario, traveller):
        for zone in ground.zones:
            for passport in ground.passports:
                yield ground.id, zone, passport
