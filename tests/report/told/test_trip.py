"""The journey as values: days of the trip, desks in order, what happens between legs."""

from __future__ import annotations

from datetime import date

from attrs import evolve

from planner.answer import Answer, Plan
from planner.itinerary.replay import replay
from planner.report.told.trip import TripTold, trip
from tests.itinerary.builders import itinerary, leg, scenario
from tests.report.answers import marathon, optimal, person, plan_of


def told(answer: Answer) -> TripTold:
    assert answer.plan is not None
    return trip(answer.plan)


def test_days_of_the_trip_are_local_dates_from_the_first_departure() -> None:
    legs = told(optimal()).legs
    assert [(leg.day, leg.arrival_day, leg.shift) for leg in legs] == [(1, 2, 1), (3, 3, 0), (6, 6, 0), (6, 6, 0)]


def test_an_arrival_over_the_date_line_is_on_day_0() -> None:
    question = scenario([leg("east", "NRT-HNL", "2025-02-02 20:00", "2025-02-02 08:00")], start="NRT", end="HNL")
    question = evolve(question, legs=(evolve(question.legs[0], arrives=question.legs[0].arrives.replace(day=1)),))
    chosen = itinerary("east", "", stays=("- us", "us - citizen:US"))
    (only,) = trip(Plan(itinerary=chosen, journey=replay(question, chosen), cost=0, costs=(), preparation=())).legs
    assert (only.day, only.arrival_day, only.shift) == (1, 0, -1)


def test_everyone_comes_to_check_in_then_exit_then_entry() -> None:
    question = marathon(travellers=(person("ann", "Ann"), person("bo", "Bo")))
    first = told(Answer(status="optimal", scenario=question, plan=plan_of(question, people=("ann", "bo")))).legs[0]
    assert [(desk.who, desk.desk) for desk in first.desks] == [
        ("Ann", "check_in"), ("Ann", "exit"), ("Ann", "entry"),
        ("Bo", "check_in"), ("Bo", "exit"), ("Bo", "entry"),
    ]  # fmt: skip


def test_an_entry_has_its_ground_its_source_and_its_limit_apart() -> None:
    entry = told(optimal()).legs[0].desks[-1]
    assert (entry.place, entry.shows, entry.ground) == ("China at PEK", ("passport mx (MX)",), VISA)
    assert (entry.ground_id, entry.source) == ("cn-double", "888newsmedia.com")
    assert (entry.until, entry.until_on) == ("until Sat 3 May 2025", date(2025, 5, 3))
    assert entry.sentence == f"China at PEK: show passport mx (MX) on {VISA}; until Sat 3 May 2025"


VISA = "Chinese visa, double entry"


def test_nights_and_events_stand_after_the_leg_that_leads_to_them() -> None:
    happening = [[(item.sort, item.nights, item.event) for item in leg.after] for leg in told(optimal()).legs]
    assert happening == [[("stay", 1, "")], [("stay", 3, ""), ("event", 0, "marathon")], [("stay", 0, "")], []]
