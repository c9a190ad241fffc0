"""Where on the way a journey breaks a fact: at which leg, on leaving or on entering."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from attrs import frozen

from planner.itinerary.beginning import before_entry, beginning
from planner.itinerary.journey import Crossing, Journey
from planner.rules.base import rules_of
from planner.rules.facts import Broken, Fact
from planner.rules.kinds.default_deny import DefaultDeny
from planner.scenario.travel import Leg


@frozen
class Located:
    """A fact broken, and where: None for the journey as a whole. `traveller` is "" if it is about nobody alone."""

    broken: Broken
    leg: Leg | None = None
    crossing: Crossing | None = None
    traveller: str = ""


@frozen
class _Moment:
    """A journey cut short after a leg, or after the exit at its start."""

    journey: Journey
    leg: Leg | None = None
    direction: str = ""


def located(journey: Journey) -> Iterator[Located]:
    """Each fact that a journey breaks, and where it comes up: cut short anywhere after that, it breaks it still."""
    moments = list(_moments(journey))
    for rule in rules_of(journey.scenario):
        found = list(rule.check(journey))
        said = [Counter(broken.fact for broken in rule.check(moment.journey)) for moment in moments] if found else []
        met: Counter[Fact] = Counter()
        for broken in found:
            met[broken.fact] += 1
            at = len(moments) - 1  # what is broken for the second time comes up where it is broken twice
            while at > 0 and said[at - 1][broken.fact] >= met[broken.fact]:
                at -= 1
            yield _at(journey, broken, moments[at])


def _at(journey: Journey, broken: Broken, moment: _Moment) -> Located:
    traveller = _traveller(journey, broken)
    stays = journey.stays.get(traveller) or next(iter(journey.stays.values()), ())
    for stay in stays:
        leaving = moment.direction == "exit" and stay.exit is not None and stay.exit.leg == moment.leg
        if leaving and broken.fact.kind == DefaultDeny.kind and stay.entry is not None:
            return Located(broken, stay.entry.leg, stay.entry, traveller)  # where one goes on to shows who is let in
        for crossing in (stay.entry, stay.exit):
            if crossing and crossing.leg == moment.leg and crossing.direction == moment.direction:
                return Located(broken, moment.leg, crossing, traveller)
    return Located(broken, moment.leg, None, traveller)


def _moments(journey: Journey) -> Iterator[_Moment]:
    stays = next(iter(journey.stays.values()), ())
    exits = {stay.exit.leg.id for stay in stays if stay.exit}
    entries = {stay.entry.leg.id for stay in stays if stay.entry}
    yield _Moment(beginning(journey, 0))
    for count, leg in enumerate(journey.legs, 1):
        begun = beginning(journey, count)
        if leg.id in exits:
            yield _Moment(before_entry(begun), leg, "exit")
        if leg.id in entries or leg.id not in exits:
            yield _Moment(begun, leg, "entry" if leg.id in entries else "")


def _traveller(journey: Journey, broken: Broken) -> str:
    """The traveller whom a fact names in its id."""
    people = journey.scenario.travellers
    return next((person.id for person in people if f".{person.id}." in f"{broken.fact.id}."), "")
