"""What the network itself lacks: places no leg leads to, ends that cannot be reached in time."""

from __future__ import annotations

from collections.abc import Iterator

from planner.scenario.scenario import Scenario


def lacking(scenario: Scenario) -> tuple[str, ...]:
    """Sentences on what the legs of the file do not offer, rules and wishes about dates aside; empty if nothing."""
    return tuple(_lacking(scenario))


def _lacking(scenario: Scenario) -> Iterator[str]:
    trip = scenario.trip
    outward, homeward = _earliest(scenario), _latest(scenario)
    if trip.goal not in outward:
        yield f"no sequence of the legs listed leads from {_name(scenario, trip.start)} to {_name(scenario, trip.goal)}"
    wanted = [(event.label, event.at) for event in trip.events] + [(stop.label, stop.at) for stop in trip.stops]
    for label, places in wanted:
        ports = scenario.ports_at(places)
        where = ", ".join(_name(scenario, place) for place in places)
        if not any(leg.to in ports for leg in scenario.legs) and trip.start not in ports:
            yield f"no leg in the file arrives at {where} (wanted for {label})"
        elif not ports & outward.keys():
            yield f"no sequence of the legs listed leads from {_name(scenario, trip.start)} to {where}"
        elif not ports & homeward.keys():
            yield f"no sequence of the legs listed leads from {where} to {_name(scenario, trip.goal)}"
        elif not any(outward[port] <= homeward[port] for port in ports & outward.keys() & homeward.keys()):
            start, goal = _name(scenario, trip.start), _name(scenario, trip.goal)
            yield f"no sequence of the legs listed leads from {start} to {where} and from there on to {goal}"


def _earliest(scenario: Scenario) -> dict[str, int]:
    """Ports that can be reached from the start by legs that follow each other in time, and when (UTC minutes)."""
    earliest = {str(scenario.trip.start): -(10**18)}
    for leg in sorted(scenario.legs, key=lambda leg: leg.departs_utc):
        if earliest.get(leg.from_, leg.departs_utc + 1) <= leg.departs_utc:
            earliest[leg.to] = min(earliest.get(leg.to, leg.arrives_utc), leg.arrives_utc)
    return earliest


def _latest(scenario: Scenario) -> dict[str, int]:
    """Ports from which the end can be reached by legs that follow each other in time, and until when (UTC minutes)."""
    latest = {str(scenario.trip.goal): 10**18}
    for leg in sorted(scenario.legs, key=lambda leg: -leg.arrives_utc):
        if latest.get(leg.to, leg.arrives_utc - 1) >= leg.arrives_utc:
            latest[leg.from_] = max(latest.get(leg.from_, leg.departs_utc), leg.departs_utc)
    return latest


def _name(scenario: Scenario, place: str) -> str:
    name = scenario.name_of(place)
    return place if name == place else f"{name} ({place})"
