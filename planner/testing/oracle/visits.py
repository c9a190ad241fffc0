"""Visits to places on a route, and the wishes about them (section «Events and stops» of `docs/semantics.md`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from itertools import product

from attrs import frozen

from planner.scenario.scenario import Scenario
from planner.scenario.trip import Event, Stop
from planner.testing.oracle.routes import Route


@frozen
class Visit:
    """Landside presence in a place; `number` counts the run that leads into it (-1: there from the start)."""

    number: int
    arrives: date
    departs: date | None  # None: there at the end


def visits_to(scenario: Scenario, route: Route, places: Iterable[str]) -> list[Visit]:
    """The visits to ports, territories or zones together, in order."""
    ports = scenario.ports_at(places)
    found: list[Visit] = []
    going_on = Visit(-1, date.min, None) if scenario.trip.start in ports else None
    for number, run in enumerate(route.runs):
        if going_on is not None and not all(leg.to in ports for leg in run):
            found.append(Visit(going_on.number, going_on.arrives, run[0].departs.date()))
            going_on = None
        if going_on is None and run[-1].to in ports:
            going_on = Visit(number, run[-1].arrives.date(), None)
    return [*found, going_on] if going_on is not None else found


def attended(scenario: Scenario, route: Route, event: Event) -> bool:
    """Whether the route is there for all of an event."""
    return any(
        visit.arrives <= event.first_day and (visit.departs is None or visit.departs >= event.end)
        for visit in visits_to(scenario, route, event.at)
    )


def stops_made(scenario: Scenario, route: Route, enforced: Callable[[str, str], bool]) -> bool:
    """Whether some choice of visits makes every stop enforced, within what is enforced about it.

    Which visit serves a stop is nobody's decision, so it cannot be left to a rule that judges one choice.
    """
    stops = [stop for stop in scenario.trip.stops if enforced(f"stop.{stop.id}", "stop")]
    ordered = scenario.trip.ordered and enforced("stops.order", "stop")
    visits = [[v for v in visits_to(scenario, route, stop.at) if _suits(v, stop, enforced)] for stop in stops]
    return any(_together(list(zip(stops, choice, strict=True)), ordered) for choice in product(*visits))


def _suits(visit: Visit, stop: Stop, enforced: Callable[[str, str], bool]) -> bool:
    if visit.number < 0:
        return False
    nights = None if visit.departs is None else (visit.departs - visit.arrives).days
    least, most, by, until = stop.nights.min, stop.nights.max, stop.arrive_by, stop.leave_from
    missed = {
        "min_nights": least is not None and (nights is None or nights < least),
        "max_nights": most is not None and nights is not None and nights > most,
        "arrive_by": by is not None and visit.arrives > by,
        "leave_from": until is not None and (visit.departs is None or visit.departs < until),
    }
    return not any(wrong and enforced(f"stop.{stop.id}.{limit}", "stop") for limit, wrong in missed.items())


def _together(choice: list[tuple[Stop, Visit]], ordered: bool) -> bool:
    for place, (stop, visit) in enumerate(choice):
        for later, after in choice[place + 1 :]:
            if visit == after and stop.place == later.place:
                return False
            if ordered and after.number < visit.number:
                return False
    return True
