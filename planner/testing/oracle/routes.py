"""Every way through the network, by enumeration: legs, tickets, changes, and what follows for visits and stays.

Written from `docs/semantics.md` alone; shares nothing with the planner's own network, model or replay.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from attrs import frozen
from constraint import Problem

from planner.scenario.scenario import Scenario
from planner.scenario.travel import Fare, Leg, Port, Tour


@frozen
class Route:
    """Legs with the tickets bought and the changes made. `stays` counts the stays, `entered` their zones."""

    legs: tuple[Leg, ...]
    fares: tuple[str, ...]
    touches: tuple[str, ...]
    runs: tuple[tuple[Leg, ...], ...]
    crossing: tuple[tuple[Leg, ...], ...]  # the runs that cross a border
    entered: tuple[str, ...]  # permission zone of each entry, on the entry date
    cost: int  # fares and nights, for the whole party

    @property
    def stays(self) -> int:
        """Number of stays: the one at the start and one for each entry."""
        return len(self.entered) + 1

    @property
    def arrival(self) -> int:
        """UTC minutes of the arrival at the end; -1 for staying at home."""
        return self.legs[-1].arrives_utc if self.legs else -1


def routes(scenario: Scenario) -> Iterator[Route]:
    """Every route from the trip's start to its end."""
    for legs in paths(scenario):
        for tickets, touches in _tickets_and_touches(scenario, legs):
            runs = _runs(legs, touches)
            crossing = [run for run in runs if _crosses(scenario, run)]
            fares = {fare.id: fare for fare in tickets}
            yield Route(
                legs=legs,
                fares=tuple(fares),
                touches=touches,
                runs=tuple(runs),
                crossing=tuple(crossing),
                entered=tuple(_zone(scenario, run[-1].to, run[-1].arrives.date()) for run in crossing),
                cost=sum(_times(scenario, fare.per) * scenario.minor(fare.price) for fare in fares.values())
                + _nightly(scenario, runs),
            )


def paths(scenario: Scenario) -> Iterator[tuple[Leg, ...]]:
    """Every sequence of connecting legs from start to end, the empty one included where they are the same port.

    A leg takes some time, so a set of legs can be travelled in one order only: that of departure.
    """
    start, goal = scenario.trip.start, scenario.trip.goal
    legs = sorted(scenario.legs, key=lambda leg: leg.departs_utc)
    if not legs:
        yield from [()] if start == goal else []
        return

    def connect(*taken: bool) -> bool:
        here, now = start, legs[0].departs_utc
        for leg, travelled in zip(legs, taken, strict=True):
            if travelled:
                if leg.from_ != here or leg.departs_utc < now:
                    return False
                here, now = leg.to, leg.arrives_utc
        return here == goal

    problem = Problem()
    problem.addVariables(range(len(legs)), [False, True])
    problem.addConstraint(connect, range(len(legs)))
    for found in problem.getSolutions():
        yield tuple(leg for number, leg in enumerate(legs) if found[number])


def _tickets_and_touches(
    scenario: Scenario, legs: tuple[Leg, ...]
) -> Iterator[tuple[tuple[Fare, ...], tuple[str, ...]]]:
    """Every way to buy the legs, one fare each, and to make the changes between them."""
    if not legs:
        yield (), ()
        return
    order: dict[str, int] = {leg.id: place for place, leg in enumerate(legs)}
    usable = {fare.id: fare for fare in scenario.fares if _in_order(fare, order)}
    problem = Problem()
    for leg in legs:
        covering = [fare.id for fare in usable.values() if leg.id in fare.legs]
        if not covering:
            return
        problem.addVariable(leg.id, covering)
    for fare in usable.values():
        if len(fare.legs) > 1:  # all of its legs, or none
            problem.addConstraint(lambda *by, one=fare.id: len({f == one for f in by}) == 1, list(fare.legs))
    for number, (inbound, outbound) in enumerate(pairwise(legs)):
        problem.addVariable(number, ["airside", "landside"])

        def possible(first: str, second: str, touch: str, a: Leg = inbound, b: Leg = outbound) -> bool:
            return touch == "landside" or airside(scenario, a, b, one_ticket=first == second)

        problem.addConstraint(possible, [inbound.id, outbound.id, number])
    for found in problem.getSolutions():
        bought = dict.fromkeys(found[leg.id] for leg in legs)
        yield tuple(usable[fare] for fare in bought), tuple(found[number] for number in range(len(legs) - 1))


def _in_order(fare: Fare, order: dict[str, int]) -> bool:
    places = [order.get(leg, -1) for leg in fare.legs]
    return -1 not in places and places == sorted(set(places))


def airside(scenario: Scenario, inbound: Leg, outbound: Leg, *, one_ticket: bool) -> bool:
    """Whether the change between two legs can be made airside (section «Changes»)."""
    port = scenario.ports[inbound.to]
    said = any((t.after, t.before, t.mode) == (inbound.id, outbound.id, "airside") for t in scenario.touches)
    day = inbound.arrives.date()
    here, origin, target = (_zone(scenario, name, day) for name in (port.id, inbound.from_, outbound.to))
    return (
        (one_ticket or port.airside_on_separate_tickets or said)
        and (port.airside is True or said)
        and (inbound.mode, outbound.mode) == ("air", "air")
        and here not in (origin, target)
        and _open(port, inbound.arrives, outbound.departs)
    )


def _open(port: Port, arrives: datetime, departs: datetime) -> bool:
    """Whether one opening of the airside area, tried from each date, contains both local times."""
    if port.airside_from is None and port.airside_to is None:
        return True
    opens, closes = port.airside_from or time.min, port.airside_to or time.max
    for day in (arrives.date() - timedelta(days=1), arrives.date()):
        begin = datetime.combine(day, opens)
        end = datetime.combine(day + timedelta(days=1) if opens > closes else day, closes)
        if begin <= arrives <= end and begin <= departs <= end:
            return True
    return False


def _runs(legs: tuple[Leg, ...], touches: tuple[str, ...]) -> list[tuple[Leg, ...]]:
    runs: list[tuple[Leg, ...]] = []
    for number, leg in enumerate(legs):
        if number and touches[number - 1] == "airside":
            runs[-1] += (leg,)
        else:
            runs.append((leg,))
    return runs


def _crosses(scenario: Scenario, run: tuple[Leg, ...]) -> bool:
    day = run[0].departs.date()
    return len(run) > 1 or _zone(scenario, run[0].from_, day) != _zone(scenario, run[-1].to, day)


def _zone(scenario: Scenario, port: str, day: date) -> str:
    """The permission zone of a port's territory on a date."""
    territory = scenario.ports[port].territory
    for zone in scenario.law.zones:
        for member in zone.members:
            begun = member.from_ is None or member.from_ <= day
            over = member.to is not None and member.to < day
            if member.territory == territory and "permission" in member.purposes and begun and not over:
                return zone.id
    return territory


def _nightly(scenario: Scenario, runs: list[tuple[Leg, ...]]) -> int:
    """What the nights cost: at each port, from the arrival by one run to the departure by the next."""
    total = 0
    for run, following in pairwise(runs):
        port = run[-1].to
        nights = (following[0].departs.date() - run[-1].arrives.date()).days
        tours = [fare.legs for fare in scenario.fares if isinstance(fare, Tour) and fare.nights_included]
        if any((run[-1].id, following[0].id) in pairwise(legs) for legs in tours):
            continue
        for price in scenario.trip.nightly:
            if port in scenario.ports_at(price.at):
                total += nights * _times(scenario, price.per) * scenario.minor(price.price)
                break
    return total


def _times(scenario: Scenario, per: str) -> int:
    return 1 if per == "party" else len(scenario.travellers)
