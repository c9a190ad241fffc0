"""What one plan trades against another: price, dates, time, papers, what to see to first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planner.answer import Plan
from planner.core.money import show
from planner.core.words import all_of
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
        *_legs(first, other),
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


def _legs(first: Plan, other: Plan) -> Iterator[str]:
    """The legs that are taken instead of others."""
    was, now = first.itinerary.legs, other.itinerary.legs
    gone, new = [leg for leg in was if leg not in now], [leg for leg in now if leg not in was]
    if new:
        yield f"takes {all_of(new)}{f', not {all_of(gone)}' if gone else ''}"
    elif gone:
        yield f"does not take {all_of(gone)}"


def _lengths(first: Plan, other: Plan) -> Iterator[str]:
    more = door_to_door(other.journey) - door_to_door(first.journey)
    if more:
        yield f"takes {duration(abs(more))} {'more' if more > 0 else 'less'} from door to door"
    legs = len(other.journey.legs) - len(first.journey.legs)
    if legs:
        yield f"{count(abs(legs), 'leg')} {'more' if legs > 0 else 'fewer'}"


def _papers(scenario: Scenario, person: Traveller, first: Plan, other: Plan) -> Iterator[str]:
    """Place by place, on which passports and grounds a traveller is let in; of one and the same passport, no word."""
    who = f"{person.label}: " if len(scenario.travellers) > 1 else ""
    before, after = (_admitted(person, plan) for plan in (first, other))
    for zone in dict.fromkeys((*before, *after)):
        name, was, now = scenario.name_of(zone), before.get(zone, ()), after.get(zone, ())
        books = {passport for passport, _ in (*was, *now)}
        told_was, told_now = (_told(scenario, person, used, len(books) > 1) for used in (was, now))
        if not now:
            yield f"{who}does not enter {name}"
        elif not was:
            yield f"{who}enters {name} too, {_told(scenario, person, now, True)}"
        elif set(was) != set(now):
            yield f"{who}enters {name} {told_now}, not {told_was}"


def _admitted(person: Traveller, plan: Plan) -> dict[str, tuple[tuple[str, str], ...]]:
    """The passports and grounds used for each zone, in order."""
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for stay in plan.journey.stays[person.id]:
        if stay.entry is not None:
            used = (*found.get(stay.zone, ()), (stay.passport, stay.ground))
            found[stay.zone] = tuple(dict.fromkeys(used))
    return found


def _told(scenario: Scenario, person: Traveller, used: Iterable[tuple[str, str]], passports: bool) -> str:
    """«on passport mx (MX) with Chinese visa, two entries», «as a citizen of Mexico»; `passports`: name them."""
    phrases = []
    for passport, id_ in used:
        ground = ground_of(scenario, person, id_)
        on = f"on {passport_name(scenario, person, passport)}" if passports else ""
        label = "" if ground is None else ground.label if ground.type == "citizen" else f"with {ground.label}"
        phrases.append(" ".join(filter(None, (on, label))))
    return listed(phrases)


def _beginning(first: Plan, other: Plan) -> Iterator[str]:
    """The first deadline, if it is another one."""
    was, now = (min((step.latest for step in plan.preparation), default=None) for plan in (first, other))
    if was == now:
        return
    if now is None:
        yield "nothing to apply for or book ahead"
    else:
        yield f"the first deadline is {day(now)}"
