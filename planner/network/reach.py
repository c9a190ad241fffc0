"""What the network itself lacks: places no leg leads to, ends that cannot be reached in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np
from attrs import evolve
from numpy.typing import NDArray

from planner.core.time import to_local, written
from planner.network.columns import all_legs
from planner.scenario.holdings import passports_of
from planner.scenario.scenario import Scenario
from planner.scenario.timetable import Timetable

NEVER = 10**15  # a time after all others; its negative lies before them
Times = NDArray[np.int64]


def lacking(scenario: Scenario) -> tuple[str, ...]:
    """Sentences on what the file does not offer, rules and wishes about dates aside; empty if nothing is missing."""
    found = tuple(_lacking(scenario))
    if found and not scenario.legs and not scenario.timetable:
        found = ("it has no legs at all: write down those that you would take, as [[legs]] or in a table of legs",)
    return (*found, *_without_passport(scenario))


def _without_passport(scenario: Scenario) -> Iterator[str]:
    """Travellers who could show no passport at any border."""
    for traveller in scenario.travellers:
        if not passports_of(scenario, traveller):
            yield f"{traveller.label} has no passport and can get none, and so cannot cross any border"


def _lacking(scenario: Scenario) -> Iterator[str]:
    trip, table = scenario.trip, all_legs(scenario)
    names = np.array(table.ports)
    outward = _earliest(table, trip.start)
    homeward = -_earliest(_backward(table), trip.goal)
    reached, returning = set(names[outward < NEVER].tolist()), set(names[homeward > -NEVER].tolist())
    in_time = set(names[outward <= homeward].tolist())
    arriving = set(names[np.unique(table.to_port)].tolist())
    if trip.goal not in reached:
        yield f"no sequence of the legs listed leads from {_name(scenario, trip.start)} to {_name(scenario, trip.goal)}"
    wanted = [(event.label, event.at) for event in trip.events] + [(stop.label, stop.at) for stop in trip.stops]
    for label, places in wanted:
        ports = scenario.ports_at(places)
        where = ", ".join(_name(scenario, place) for place in places)
        if not ports & arriving and trip.start not in ports:
            yield f"no leg in the file arrives at {where} (wanted for {label})"
        elif not ports & reached:
            yield f"no sequence of the legs listed leads from {_name(scenario, trip.start)} to {where}"
        elif not ports & returning:
            yield f"no sequence of the legs listed leads from {where} to {_name(scenario, trip.goal)}"
        elif not ports & reached & returning & in_time:
            start, goal = _name(scenario, trip.start), _name(scenario, trip.goal)
            yield f"no sequence of the legs listed leads from {start} to {where} and from there on to {goal}"
    earliest = dict(zip(names.tolist(), outward.tolist(), strict=True))
    for event in trip.events:
        ports = scenario.ports_at(event.at) & reached
        if ports and not any(_by(scenario, port, earliest[port], event.first_day) for port in ports):
            where = ", ".join(_name(scenario, place) for place in event.at)
            yield f"no sequence of the legs listed reaches {where} by {written(event.first_day)}, for {event.label}"


def _by(scenario: Scenario, port: str, minutes: int, day: date) -> bool:
    """Whether an instant (UTC minutes) is on a civil date at a port, or before it."""
    return minutes <= -NEVER or to_local(minutes, scenario.ports[port].timezone).date() <= day


def _earliest(table: Timetable, start: str) -> Times:
    """When each port can be reached from a start by legs that follow each other in time (UTC minutes), else NEVER.

    All legs are looked at again until nothing changes: as often as the longest way that is needed has legs.
    """
    earliest = np.full(len(table.ports), NEVER, dtype=np.int64)
    earliest[table.ports.index(start)] = -NEVER
    while True:
        caught = earliest[table.from_port] <= table.departs
        sooner = earliest.copy()
        np.minimum.at(sooner, table.to_port[caught], table.arrives[caught])
        if (sooner == earliest).all():
            return earliest
        earliest = sooner


def _backward(table: Timetable) -> Timetable:
    """The same legs with time and direction reversed."""
    return evolve(
        table,
        from_port=table.to_port,
        to_port=table.from_port,
        departs=-table.arrives,
        arrives=-table.departs,
    )


def _name(scenario: Scenario, place: str) -> str:
    name = scenario.name_of(place)
    return place if name == place else f"{name} ({place})"
