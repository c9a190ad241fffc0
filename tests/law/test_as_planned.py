"""What `admit` answers is what planning finds: the same entry, as a trip from a home without law and back."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

import pytest

from planner.api import plan
from planner.core.time import to_local, to_minutes
from planner.law.admit import admit
from planner.law.books import empty_scenario, rulebooks
from planner.law.question import Question
from planner.law.world import World, world_of
from planner.rules.base import table_kinds
from planner.scenario.reading import read_mapping
from planner.scenario.scenario import Scenario

# Of places that no rulebook covers: state, airport, its time zone.
HOMES = [
    ("PE", "LIM", "America/Lima"),
    ("CO", "BOG", "America/Bogota"),
    ("NG", "LOS", "Africa/Lagos"),
    ("PH", "MNL", "Asia/Manila"),
]
PLACES = {
    "CDG": "Europe/Paris", "PEK": "Asia/Shanghai", "JFK": "America/New_York", "MEX": "America/Mexico_City",
    "SVO": "Europe/Moscow", "LHR": "Europe/London", "DEL": "Asia/Kolkata", "NRT": "Asia/Tokyo", "DXB": "Asia/Dubai",
    "BKK": "Asia/Bangkok", "JNB": "Africa/Johannesburg", "GRU": "America/Sao_Paulo", "IST": "Europe/Istanbul",
}  # fmt: skip


def cases() -> list[tuple[str, str, str, date, int]]:
    """A state, its airport, the port entered, the date, and the days after it that the stay lasts."""
    draw = random.Random(4)
    found = []
    for _ in range(24):
        state, home, _zone = draw.choice(HOMES)
        day = date(2025, 1, 10) + timedelta(days=draw.randrange(600))
        found.append((state, home, draw.choice(sorted(PLACES)), day, draw.choice([1, 20, 80, 200])))
    return found


@pytest.mark.parametrize(("state", "home", "port", "day", "days"), cases())
def test_whoever_is_admitted_can_make_the_trip_and_nobody_else(
    state: str, home: str, port: str, day: date, days: int
) -> None:
    until = day + timedelta(days=days)
    question = Question(
        passports=[state],
        to=port,
        on=day,
        until=until,
        come_from=home,
        following=home,
        base=False,
        purposes=("tourism",),
    )
    answer = plan(trip(question, state, home, port, day, until))
    assert answer.status in ("optimal", "infeasible")
    assert (admit(question).admitted is True) == (answer.status == "optimal")


def trip(question: Question, state: str, home: str, port: str, day: date, until: date) -> Scenario:
    """From home to the port at noon of the day, and back on the last one."""
    there, here = PLACES[port], next(zone for _, code, zone in HOMES if code == home)
    arrive = to_minutes(datetime(day.year, day.month, day.day, 12), there)
    leave = to_minutes(datetime(until.year, until.month, until.day, 18), there)
    legs = [
        leg("out", home, port, to_local(arrive - 120, here), to_local(arrive, there)),
        leg("back", port, home, to_local(leave, there), to_local(leave + 120, here)),
    ]
    data = empty_scenario(rulebooks(None), day - timedelta(days=4)) | {
        "travellers": [{"id": "traveller", "passports": [{"id": state, "state": state}]}],
        "legs": legs,
        "trip": {"start": home, "stops": [{"at": [port]}]},
    }
    return read_mapping(data, table_kinds())


def leg(name: str, start: str, end: str, departs: datetime, arrives: datetime) -> dict[str, object]:
    return {"id": name, "from": start, "to": end, "departs": departs, "arrives": arrives, "price": 1}


def test_the_homes_are_covered_by_nothing() -> None:
    world: World = world_of(Question(passports=["PE"], to="PE", on=date(2025, 1, 1), base=False))
    assert not any(world.scenario.covers(state) for state, _, _ in HOMES)
