"""What is shown besides passports and grounds of entry, and where borders are checked that are no crossings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal

from attrs import evolve, frozen

from planner.itinerary.journey import Journey, Stay
from planner.itinerary.replay import crosses
from planner.rules.base import Shown, rules_of
from planner.scenario.travel import Leg


@frozen(kw_only=True)
class PaperShown:
    """A paper to show at one desk, and the rules that want to see it."""

    paper: Shown
    rules: tuple[str, ...]


def papers(journey: Journey, stay: Stay, where: Literal["check_in", "exit"]) -> tuple[PaperShown, ...]:
    """The papers to show at the check-in for a stay, or at its exit, each once, in the order of the rules' kinds."""
    found: dict[tuple[str, str], PaperShown] = {}
    for rule in rules_of(journey.scenario):
        for shown in rule.shows(journey, stay):
            key = (shown.sort, shown.id)
            # What the entry rests on is shown anyway.
            if shown.where != where or key == ("permission", stay.ground):
                continue
            before = found.get(key, PaperShown(paper=shown, rules=()))
            found[key] = evolve(before, rules=tuple(dict.fromkeys((*before.rules, shown.rule))))
    return tuple(found.values())


@frozen(kw_only=True)
class BorderCheck:
    """A border with checks inside one permission zone, which ends no stay: who passes it, and on what.

    `on` is the date of departure; `passport` that of the stay, "" if none is shown on the whole journey.
    """

    leg: Leg
    from_: str
    to: str
    on: date
    traveller: str
    passport: str


def checks(journey: Journey) -> Iterator[BorderCheck]:
    """The borders with checks that are no crossings, leg by leg, for each of the party."""
    scenario = journey.scenario
    stay = 0  # the number of the stay that a run leads to, or is part of
    for run in journey.runs:
        if crosses(scenario, run):
            stay += 1
            continue
        leg = run.legs[0]  # without airside changes, the only one
        here, there = scenario.territory_of(leg.from_), scenario.territory_of(leg.to)
        days = {leg.departs.date(), leg.arrives.date()}
        if any(scenario.checked(here, there, leg.mode, day) for day in days):
            for traveller in scenario.travellers:
                held = journey.stays[traveller.id][stay]
                passport = held.passport or held.exit_passport
                yield BorderCheck(
                    leg=leg, from_=here, to=there, on=leg.departs.date(), traveller=traveller.id, passport=passport
                )
