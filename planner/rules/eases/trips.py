"""Wishes made weaker: dates of the trip, stops, changes of planes, events."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from planner.core.time import written
from planner.itinerary.journey import Journey
from planner.rules.eases.grids import earlier, fewer, first_day, last_day, later, more
from planner.rules.easing import Easing
from planner.scenario.changing import Change
from planner.scenario.node import EventRef
from planner.scenario.reading.walk import values
from planner.scenario.scenario import Scenario
from planner.scenario.trip import Connections, Event, Stop, Trip

HALF_AN_HOUR = 30  # minutes: one unit of connections


def trip_dates(scenario: Scenario, trip: Trip) -> Iterator[Easing]:
    """Leaving earlier or later, coming back later."""
    first, last = first_day(scenario), last_day(scenario)
    moved = {
        "depart_from": ("leave on {} or later instead of {}", trip.depart_from, earlier, first),
        "depart_by": ("leave by {} instead of {}", trip.depart_by, later, last),
        "return_by": ("return by {} instead of {}", trip.return_by, later, last),
    }
    for key, (text, day, grid, until) in moved.items():
        for days, new in grid(day, until) if day is not None else ():
            assert day is not None
            yield Easing(
                fact=f"trip.{key}",
                changes=(Change(path=("trip", key), old=day, new=new),),
                text=text.format(written(new), written(day)),
                sort="date",
                amount=days,
            )


def stop(scenario: Scenario, wanted: Stop, name: str) -> Iterator[Easing]:
    """A stop given up; fewer or more nights there; other dates. `name` is what the stop is called."""
    path, first, last = ("trip", "stops", wanted.id), first_day(scenario), last_day(scenario)
    fact = f"stop.{wanted.id}"
    gone = Change(path=path, old=wanted)
    yield Easing(fact=fact, changes=(gone,), text=f"give up the stop in {name}", sort="stop")
    least, most = wanted.nights.min, wanted.nights.max
    if least is not None:
        for nights in (*fewer(least), None):
            yield Easing(
                fact=f"{fact}.min_nights",
                changes=(Change(path=(*path, "nights", "min"), old=least, new=nights),),
                text=f"spend {nights} instead of at least {_nights(least)} in {name}"
                if nights
                else f"no need to spend a night in {name}",
                sort="night",
                amount=max(1, least - (nights or 0)),
            )
    if most is not None:
        for nights in more(most, (last - first).days):
            yield Easing(
                fact=f"{fact}.max_nights",
                changes=(Change(path=(*path, "nights", "max"), old=most, new=nights),),
                text=f"spend {nights} instead of at most {_nights(most)} in {name}",
                sort="night",
                amount=nights - most,
            )
    moved = {
        "arrive_by": ("arrive in {} by {} instead of {}", wanted.arrive_by, later, last),
        "leave_from": ("leave {} on {} or later instead of {}", wanted.leave_from, earlier, first),
    }
    for key, (text, day, grid, until) in moved.items():
        for days, new in grid(day, until) if day is not None else ():
            assert day is not None
            yield Easing(
                fact=f"{fact}.{key}",
                changes=(Change(path=(*path, key), old=day, new=new),),
                text=text.format(name, written(new), written(day)),
                sort="date",
                amount=days,
            )


def _nights(count: int) -> str:
    return f"{count} night{'' if count == 1 else 's'}"


def any_order(trip: Trip) -> Iterator[Easing]:
    """The stops in whatever order."""
    change = Change(path=("trip", "ordered"), old=trip.ordered)
    yield Easing(fact="stops.order", changes=(change,), text="make the stops in any order", sort="order")


# ---- events


def event(scenario: Scenario, wanted: Event, fact: str) -> Iterator[Easing]:
    """An event given up, and with it what rules of the scenario's own say about it."""
    changes = [Change(path=("trip", "events", wanted.id), old=wanted)]
    for rule in scenario.law.rules:
        if rule.where.place.file == scenario.where.place.file:
            for value in values({EventRef}, rule):
                if value.value == wanted.id:
                    inside = (value.field.key, wanted.id) if value.field.many else ()
                    old = wanted.id if value.field.many else rule
                    changes.append(Change(path=("rules", rule.id, *inside), old=old))
    yield Easing(fact=fact, changes=tuple(changes), text=f"give up {wanted.label}", sort="event")


# ---- connections


def connections(minimum: Connections) -> Iterator[Easing]:
    """All minimum times shorter, by half an hour at a time."""
    wanted = _minutes(minimum)
    for count in range(1, -(-max(wanted.values()) // HALF_AN_HOUR) + 1):
        yield _shorter(wanted, {path: max(0, least - count * HALF_AN_HOUR) for path, least in wanted.items()})


def just_enough(easing: Easing, minimum: Connections, journey: Journey) -> Easing:
    """Each minimum time shortened to what a journey keeps to, if it does not keep to all of them."""
    wanted = _minutes(minimum)
    new = dict(wanted)
    bought = [fare.legs for fare in journey.scenario.fares if fare.id in journey.itinerary.fares]
    for touch in journey.touches:
        ticketed = any(touch.inbound.id in legs and touch.outbound.id in legs for legs in bought)
        usual = ("same_ticket",) if ticketed else ("self_transfer",)
        path = ("ports", touch.port) if touch.port in minimum.ports else usual
        if path in new:
            new[path] = min(new[path], touch.outbound.departs_utc - touch.inbound.arrives_utc)
    return _shorter(wanted, new) if new != wanted else easing


def _minutes(minimum: Connections) -> dict[tuple[str, ...], int]:
    usual = {("same_ticket",): minimum.same_ticket, ("self_transfer",): minimum.self_transfer}
    there = {("ports", port): minutes for port, minutes in minimum.ports.items()}
    return {path: minutes for path, minutes in (usual | there).items() if minutes}


def _shorter(wanted: Mapping[tuple[str, ...], int], new: Mapping[tuple[str, ...], int]) -> Easing:
    kept = {path: minutes for path, minutes in new.items() if minutes < wanted[path]}
    names = {"same_ticket": "on one ticket", "self_transfer": "between tickets"}
    parts = [
        f"{new} instead of {wanted[path]} minutes {names.get(path[0], f'at {path[-1]}')}" for path, new in kept.items()
    ]
    return Easing(
        fact="trip.connections",
        changes=tuple(
            Change(path=("trip", "connections", *path), old=wanted[path], new=minutes) for path, minutes in kept.items()
        ),
        text=f"change in {' and '.join(parts)}",
        sort="connection",
        amount=max((-(-(wanted[path] - minutes) // HALF_AN_HOUR) for path, minutes in kept.items()), default=1),
    )
