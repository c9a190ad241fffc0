"""The law behind the desks of a leg: what admits, what asks for further papers, what limits the stay."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from attrs import frozen

from planner.itinerary.journey import Journey, Stay
from planner.report.desks import papers
from planner.report.grounds import ground_of, type_name
from planner.report.limits import deciding
from planner.rules.base import Rule, rules_of
from planner.scenario.documents import Acquirable
from planner.scenario.law import Admission, Entry
from planner.scenario.travel import Leg


@frozen(kw_only=True)
class LawTold:
    """One statement of law, or the terms of one paper: what it is about, and where it comes from."""

    id: str
    about: str
    source: str
    grade: str
    read_on: date | None


def law(journey: Journey, leg: Leg) -> tuple[LawTold, ...]:
    """What the crossings on a leg rest on, for all travellers, each statement once."""
    stays = (stay for person in journey.scenario.travellers for stay in journey.stays[person.id])
    found = [told for stay in stays for told in _of_stay(journey, stay, leg)]
    return tuple({told.id: told for told in reversed(found)}.values())[::-1]


def _of_stay(journey: Journey, stay: Stay, leg: Leg) -> Iterator[LawTold]:
    scenario = journey.scenario
    rules = {rule.id: rule for rule in rules_of(scenario) if isinstance(rule, Entry)}
    if stay.entry is not None and stay.entry.leg.id == leg.id:
        ground = ground_of(scenario, scenario.traveller_by_id[stay.traveller], stay.ground)
        item = ground.item if ground else None
        if isinstance(item, Acquirable | Entry):
            yield _told(item)
        for shown in papers(journey, stay, "check_in"):
            yield from (_told(rules[name]) for name in shown.rules if name in rules)
        limit = deciding(journey, stay)
        if limit is not None and isinstance(limit[1], Entry):
            yield _told(limit[1])
    if stay.exit is not None and stay.exit.leg.id == leg.id:
        for shown in papers(journey, stay, "exit"):
            yield from (_told(rules[name]) for name in shown.rules if name in rules)


def _told(item: Acquirable | Entry) -> LawTold:
    about = ""
    if isinstance(item, Acquirable):
        about = item.label
    elif isinstance(item, Admission):
        about = type_name(item.grant)
    elif isinstance(item, Rule):
        about = item.summary.rstrip(".")
    return LawTold(id=item.id, about=about, source=item.source, grade=item.grade, read_on=item.read_on)
