"""What one plan trades against another: price, dates, time, papers, what to see to first."""

from __future__ import annotations

from collections.abc import Iterator

from planner.answer import Plan
from planner.core.money import show
from planner.itinerary.character import door_to_door
from planner.report.grounds import ground_of
from planner.report.words import count, day, duration, listed, passport_name
from planner.scenario.people import Traveller
from planner.scenario.scenario import Scenario


def trades(scenario: Scenario, first: Plan, other: Plan) -> tuple[str, ...]:
    """What the other plan is like beside the first one, in phrases; the difference of price comes first."""
    return (
        price(scenario, other.cost - first.cost),
        *_dates(first, other),
        *_lengths(first, other),
        *(text for person in scenario.travellers for text in _papers(scenario, person, first, other)),
        *_beginning(first, other),
    )


def price(scenario: Scenario, more: int) -> str:
    """«USD 11.00 more», «the same price»."""
    if not more:
        return "the same price"
    return f"{show(abs(more), scenario.currency)} {'more' if more > 0 else 'less'}"


def _dates(first: Plan, other: Plan) -> Iterator[str]:
    if not (first.journey.legs and other.journey.legs):
        return
    begin, begins = first.journey.legs[0].departs.date(), other.journey.legs[0].departs.date()
    end, ends = first.journey.legs[-1].arrives.date(), other.journey.legs[-1].arrives.date()
    if begins != begin:
        yield f"leaves {_later((begins - begin).days)}, on {day(begins)}"
    if ends != end:
        yield f"arrives {_later((ends - end).days)}, on {day(ends)}"


def _later(days: int) -> str:
    return f"{count(abs(days), 'day')} {'later' if days > 0 else 'earlier'}"


def _lengths(first: Plan, other: Plan) -> Iterator[str]:
    more = door_to_door(other.journey) - door_to_door(first.journey)
    if more:
        yield f"takes {duration(abs(more))} {'more' if more > 0 else 'less'} from door to door"
    legs = len(other.journey.legs) - len(first.journey.legs)
    if legs:
        yield f"{count(abs(legs), 'leg')} {'more' if legs > 0 else 'fewer'}"


def _papers(scenario: Scenario, person: Traveller, first: Plan, other: Plan) -> Iterator[str]:
    """Place by place, on which passports and grounds a traveller is let in."""
    who = f"{person.label}: " if len(scenario.travellers) > 1 else ""
    before, after = (_admitted(scenario, person, plan) for plan in (first, other))
    for zone in dict.fromkeys((*before, *after)):
        name, was, now = scenario.name_of(zone), before.get(zone, []), after.get(zone, [])
        if not now:
            yield f"{who}does not enter {name}"
        elif not was:
            yield f"{who}enters {name} too, with {listed(now)}"
        elif set(was) != set(now):
            yield f"{who}enters {name} with {listed(now)} instead of {listed(was)}"


def _admitted(scenario: Scenario, person: Traveller, plan: Plan) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for stay in plan.journey.stays[person.id]:
        if stay.entry is not None:
            ground = ground_of(scenario, person, stay.ground)
            label = "" if ground is None else ground.label if ground.type == "citizen" else f"and {ground.label}"
            used = found.setdefault(stay.zone, [])
            phrase = " ".join(filter(None, (passport_name(scenario, person, stay.passport), label)))
            if phrase not in used:
                used.append(phrase)
    return found


def _beginning(first: Plan, other: Plan) -> Iterator[str]:
    """The first deadline, if it is another one."""
    was, now = (min((step.latest for step in plan.preparation), default=None) for plan in (first, other))
    if was == now:
        return
    if now is None:
        yield "nothing to apply for or book ahead"
    else:
        yield f"the first deadline is {day(now)}"
