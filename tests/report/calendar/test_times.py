"""Times in calendars, across zones and changes of clocks: another library reads the instants that were meant."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from planner.answer import Answer, Plan
from planner.core.time import EPOCH, at_zone, to_local, zone
from planner.itinerary.replay import replay
from planner.report.calendar import ics_text
from planner.report.calendar.zones import time_zone
from planner.scenario.scenario import Scenario
from planner.scenario.travel import Leg, Port
from planner.scenario.trip import Trip
from tests.itinerary.builders import itinerary, price, scenario
from tests.report.calendar.reading import events, minutes, span, zones

# Zones with odd offsets and odd summer times, and zones whose rules changed (in the years given).
ZONES = [
    "Africa/Cairo",  # 2023
    "Africa/Casablanca",
    "America/Mexico_City",  # 2022
    "America/New_York",
    "America/Nuuk",  # 2023, 2024
    "America/Sao_Paulo",  # 2019
    "America/St_Johns",
    "Antarctica/Troll",
    "Asia/Almaty",  # 2024
    "Asia/Amman",  # 2022
    "Asia/Kathmandu",
    "Asia/Pyongyang",  # 2015, 2018
    "Asia/Tehran",  # 2022
    "Australia/Lord_Howe",
    "Europe/Dublin",
    "Europe/Istanbul",  # 2016
    "Europe/London",
    "Europe/Volgograd",  # 2018, 2020
    "Pacific/Apia",  # 2011, 2021
    "Pacific/Chatham",
    "UTC",
]
DAY = timedelta(days=1)
FIRST, LAST = datetime(2011, 6, 1, tzinfo=UTC), datetime(2027, 6, 1, tzinfo=UTC)


def utc(text: str) -> int:
    """Minutes of a UTC time."""
    return (datetime.fromisoformat(text).replace(tzinfo=UTC) - EPOCH) // timedelta(minutes=1)


@cache
def changes(name: str) -> list[int]:
    """UTC minutes at which a zone's offset changes."""
    days = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days)]
    halves = [
        day + timedelta(minutes=30 * half) for day in days if _offsets(name, day, day + DAY) for half in range(48)
    ]
    half_hour = timedelta(minutes=30)
    changed = [half + half_hour for half in halves if _offsets(name, half, half + half_hour)]
    return [(moment - EPOCH) // timedelta(minutes=1) for moment in changed]


def _offsets(name: str, before: datetime, after: datetime) -> bool:
    """Whether a zone's offset is another one at two instants."""
    return before.astimezone(zone(name)).utcoffset() != after.astimezone(zone(name)).utcoffset()


@st.composite
def instants(draw: st.DrawFn) -> tuple[int, str, int, str]:
    """A departure and an arrival, often near a change of clocks."""
    here, there = draw(st.sampled_from(ZONES)), draw(st.sampled_from(ZONES))
    near = draw(st.sampled_from([*changes(here), *changes(there), utc("2025-04-01 12:00")]))
    departs = near + draw(st.integers(-300, 300))
    return departs, here, departs + draw(st.integers(1, 900)), there


def answer(departs: int, here: str, arrives: int, there: str) -> Answer:
    """The plan of a trip with one leg, in UTC minutes."""
    places = {
        "A": Port(id="A", territory="AA", timezone=here),
        "B": Port(id="B", territory="BB", timezone=there),
    }
    times = {"departs": to_local(departs, here), "arrives": to_local(arrives, there)}
    leg = Leg(id="only", from_="A", to="B", price=price("100"), **times)
    question: Scenario = scenario([leg], ports=places, trip=Trip(start="A", end="B"), today=leg.departs.date())
    question = evolve(question, legs=(evolve(question.legs[0], departs_utc=departs, arrives_utc=arrives),))
    chosen = itinerary("only", "", ("- us", "us - x"))
    plan = Plan(itinerary=chosen, journey=replay(question, chosen), cost=0, costs=(), preparation=())
    return Answer(status="optimal", scenario=question, plan=plan)


@given(instants())
def test_the_instants_are_those_meant(drawn: tuple[int, str, int, str]) -> None:
    departs, _, arrives, _ = drawn
    (leg,) = events(ics_text(answer(*drawn)))
    assert span(leg) == (departs, arrives)


@given(instants())
def test_local_times_are_those_on_the_spot_unless_clocks_show_them_twice(drawn: tuple[int, str, int, str]) -> None:
    departs, here, _, _ = drawn
    *_, written = re.finditer(r"^DTSTART(?:;TZID=(.*))?:(\d+T\d+Z?)\r$", ics_text(answer(*drawn)), re.MULTILINE)
    local = at_zone(departs, here)
    twice = local.replace(fold=1 - local.fold).utcoffset() != local.utcoffset()
    if twice or here == "UTC":
        assert written[2].endswith("Z")
    else:
        assert written.groups() == (here, f"{local:%Y%m%dT%H%M}00")


@pytest.mark.parametrize(("departs", "here", "arrives", "there"), [
    ("2025-11-02 04:50", "America/New_York", "2025-11-02 05:30", "America/New_York"),  # 00:50 to the first 01:30
    ("2025-11-02 04:50", "America/New_York", "2025-11-02 06:30", "America/New_York"),  # to the second 01:30
    ("2025-03-30 00:30", "Europe/London", "2025-03-30 01:00", "Europe/London"),  # 00:30 to 02:00, half an hour
    ("2018-05-04 14:00", "Asia/Pyongyang", "2018-05-04 15:10", "Asia/Pyongyang"),  # half an hour vanishes between
    ("2011-12-30 09:00", "Pacific/Apia", "2011-12-30 11:00", "Pacific/Apia"),  # a whole day vanishes between
    ("2025-04-05 14:45", "Australia/Lord_Howe", "2025-04-05 15:15", "Australia/Lord_Howe"),
])  # fmt: skip
def test_over_a_change_of_clocks(departs: str, here: str, arrives: str, there: str) -> None:
    (leg,) = events(ics_text(answer(utc(departs), here, utc(arrives), there)))
    assert span(leg) == (utc(departs), utc(arrives))


@pytest.mark.parametrize("name", [name for name in ZONES if name != "UTC"])
def test_every_change_begins_at_its_instant_in_the_offset_before_it(name: str) -> None:
    """RFC 5545: the beginning of each part is a local time in its TZOFFSETFROM."""
    written = time_zone(name, FIRST.date(), LAST.date())
    first, *later = written.subcomponents
    begins = [
        (part["dtstart"].dt.replace(tzinfo=UTC) - part["tzoffsetfrom"].td - EPOCH) // timedelta(minutes=1)
        for part in later
        if part["tzoffsetfrom"].td != part["tzoffsetto"].td
    ]
    assert begins == changes(name)
    for part, after in zip((first, *later), later, strict=False):
        assert part["tzoffsetto"].td == after["tzoffsetfrom"].td


@given(instants(), st.integers(-60 * 24 * 300, 60 * 24 * 300))
def test_the_zones_described_have_the_offsets_of_the_zones(drawn: tuple[int, str, int, str], away: int) -> None:
    """On the days of the trip, and as far from them as somebody may move an event."""
    for name, described in zones(ics_text(answer(*drawn))).items():
        moment = at_zone(drawn[0] + away, name).replace(tzinfo=None)
        shown = moment.replace(tzinfo=zone(name))
        if shown.utcoffset() == shown.replace(fold=1).utcoffset():  # neither twice nor never
            assert moment.replace(tzinfo=described).utcoffset() == shown.utcoffset()


def test_each_zone_is_described_once_and_none_that_no_event_is_in() -> None:
    text = ics_text(answer(utc("2025-04-01 12:00"), "Asia/Kathmandu", utc("2025-04-01 14:00"), "Asia/Kathmandu"))
    assert re.findall(r"^TZID:(.*)\r$", text, re.MULTILINE) == ["Asia/Kathmandu"]
    assert minutes(events(text)[0].dtend.value) == utc("2025-04-01 14:00")
