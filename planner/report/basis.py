"""What a plan rests on: readings of the law, statements without an official source, and places."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import attrs

from planner.answer import Answer, Plan
from planner.itinerary.journey import Journey
from planner.report.grounds import ground_of
from planner.report.notes import without_holidays
from planner.report.words import Page, day, listed
from planner.scenario.documents import Acquirable
from planner.scenario.law import Admission, Entry
from planner.scenario.scenario import Scenario
from planner.scenario.travel import Territory, Zone

_NAMED = 20  # places that are named
_WEAK = ("unsourced", "assumption")
Sourced = Admission | Entry | Acquirable | Territory | Zone


def readings(page: Page, answer: Answer) -> None:
    """Add the readings used, if the law in force has any."""
    if not answer.readings:
        return
    page.heading("READINGS USED")
    for reading in answer.readings:
        chosen = "chosen in the file" if reading.declared else "not chosen in the file, so the strict one"
        page.add(f"{reading.id} = {reading.answer} ({chosen}): {reading.question}", 0, 2)


def basis(page: Page, answer: Answer, plan: Plan) -> None:
    """Add the territories concerned and each statement used that no official or secondary source backs."""
    scenario, places = answer.scenario, _territories(plan.journey)
    page.heading("WHAT THIS RESTS ON")
    page.add(f"Rules as of {day(scenario.today)}, from: {', '.join(scenario.rulebooks) or 'this file alone'}.")
    page.add(f"Territories on the way: {listed(scenario.name_of(place) for place in places)}.")
    open_ended = [place for place in places if place not in scenario.covered]
    if open_ended:
        names = listed(map(scenario.name_of, open_ended))
        page.add(f"No rulebook in use covers {names}: only what the file itself says about it was checked.")
    for place in places if plan.journey.legs else ():
        since = scenario.uncovered_until(place, plan.journey.legs[0].departs.date())
        if since is not None:
            page.add(f"The rulebooks in use cover {scenario.name_of(place)} only from {day(since)} on.")
    imported(page, scenario, places)
    for traveller, passport in _undated(plan.journey):
        page.add(f"Not checked: whether {traveller}'s passport {passport} is still valid; the file has no expiry date.")
    made = [(a, scenario.acquirable_by_id[a.acquirable]) for a in plan.itinerary.applications]
    days = [(item, on) for a, item in made if item.lead.business_days for on in (a.on, plan.journey.ready(a))]
    for text in without_holidays(scenario, ((item, on.year) for item, on in days)):
        page.add(f"{text[0].upper()}{text[1:]}.")
    weak = list(_weak(scenario, plan, places))
    if weak:
        page.add("Check these yourself before you pay; no source backs them:")
    for item in weak:
        about = f": {item.source}" if item.source else ""
        page.add(f"- {item.id} ({item.grade}){about}", 2, 2)


def imported(page: Page, scenario: Scenario, places: Collection[str]) -> None:
    """Say of which of some territories only the imported base knows who is admitted, and what it leaves open."""
    base = scenario.base
    mine = [scenario.name_of(place) for place in (base.territories if base else ()) if place in places]
    if base is None or not mine:
        return
    if len(mine) > _NAMED:
        mine[_NAMED:] = [f"{len(mine) - _NAMED} more places"]
    page.add(
        f"For {listed(mine)} this rests on the imported base alone ({base.source}; as of {day(base.on)}; licence: "
        f"{base.licence}): one word for each passport, without any conditions. Ask the embassy."
    )


def _undated(journey: Journey) -> list[tuple[str, str]]:
    """Passports shown on the way, with their holder's name, of which the file does not say when they expire."""
    return [
        (person.label, book.id)
        for person in journey.scenario.travellers
        for book in person.passports
        if book.expires is None
        and any(book.id in (stay.passport, stay.exit_passport) for stay in journey.stays[person.id])
    ]


def _territories(journey: Journey) -> list[str]:
    """The territories of all ports touched, in order."""
    scenario = journey.scenario
    ports = [port for leg in journey.legs for port in (leg.from_, leg.exit_port, leg.entry_port, leg.to) if port]
    return list(dict.fromkeys(scenario.territory_of(port) for port in ports or [scenario.trip.start]))


def _weak(scenario: Scenario, plan: Plan, places: list[str]) -> Iterator[Sourced]:
    """What was used or applied on this trip and has only an assumption behind it."""
    used: list[Sourced] = [scenario.acquirable_by_id[a.acquirable] for a in plan.itinerary.applications]
    for traveller in scenario.travellers:
        for stay in plan.journey.stays[traveller.id]:
            ground = ground_of(scenario, traveller, stay.ground)
            if ground is not None and isinstance(ground.item, Admission | Entry):
                used.append(ground.item)
    used += [rule for rule in scenario.law.rules if _concerns(scenario, rule, places)]
    used += [place for place in scenario.law.territories if place.id in places]
    used += [zone for zone in scenario.law.zones if any(m.territory in places for m in zone.members)]
    yield from {item.id: item for item in used if item.grade in _WEAK}.values()


def _concerns(scenario: Scenario, rule: Entry, places: list[str]) -> bool:
    """Whether a rule is about a place on the way. Rules that name no place concern every trip."""
    named = [getattr(rule, field.name) for field in attrs.fields(type(rule)) if field.name in _PLACE_FIELDS]
    return not named or any(scenario.is_in(place, there, scenario.today) for place in named for there in places)


_PLACE_FIELDS = ("zone", "area", "territory")
