"""What stands in a calendar: legs, stays, dates of preparation with alarms; the same bytes for the same answer."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from planner.answer import Answer, Plan
from planner.core.plain import plain
from planner.itinerary.choices import Application
from planner.itinerary.replay import replay
from planner.report.calendar import ics_text
from planner.report.forms import NotInThisForm
from planner.report.words import day
from planner.rules.base import Reminder
from planner.scenario.people import Passport
from tests.itinerary.builders import itinerary, scenario
from tests.report.answers import VISA, infeasible, marathon, optimal, person, plan_of, undecided
from tests.report.calendar.reading import events, minutes

REGISTER = Reminder(
    id="cn-registration",
    traveller="ann",
    text="register with the police",
    from_on=date(2025, 4, 4),
    by_on=date(2025, 4, 5),
    source="art. 39",
)


def party() -> Answer:
    """Ann's plan and Bo's."""
    question = marathon(travellers=(person("ann", "Ann"), person("bo", "Bo")))
    return Answer(status="optimal", scenario=question, plan=plan_of(question, people=("ann", "bo")))


def with_plan(answer: Answer, **changes: Any) -> Answer:
    assert answer.plan is not None
    return evolve(answer, plan=evolve(answer.plan, **changes))


def read(answer: Answer) -> dict[str, Any]:
    """Events by what they are called."""
    found = events(ics_text(answer))
    named = {event.summary.value: event for event in found}
    assert len(named) == len(found)
    return named


def days(event: Any) -> tuple[date, date]:
    """The first and the last day of an event of whole days."""
    assert type(event.dtstart.value) is type(event.dtend.value) is date
    return event.dtstart.value, event.dtend.value - timedelta(days=1)


def alarms(event: Any) -> list[timedelta]:
    return [alarm.trigger.value for alarm in event.contents.get("valarm", [])]


def test_legs_are_the_first_events_with_what_to_show_at_each_desk() -> None:
    answer = optimal()
    assert answer.plan is not None
    first = events(ics_text(answer))[:4]
    assert [(minutes(event.dtstart.value), minutes(event.dtend.value)) for event in first] == [
        (leg.departs_utc, leg.arrives_utc) for leg in answer.plan.journey.legs
    ]
    assert first[0].summary.value == "New York John F. Kennedy (JFK) to Beijing Capital (PEK)"
    assert first[0].location.value == "New York John F. Kennedy (JFK)"
    assert first[0].description.value.splitlines() == [
        "1. CA982 (air, Air China)",
        "leave Thu 3 Apr 2025 16:50 New York John F. Kennedy (JFK)",
        "arrive Fri 4 Apr 2025 18:20 Beijing Capital (PEK)",
        "check-in: show passport mx (MX) and Chinese visa, double entry, for China",
        "exit: United States at JFK: show passport us (US)",
        "entry: China at PEK: show passport mx (MX) on Chinese visa, double entry; until Sat 3 May 2025",
    ]


def test_stays_with_nights_are_whole_days_and_others_have_times() -> None:
    found = read(optimal())
    assert days(found["China, 1 night; leave by Sat 3 May 2025"]) == (date(2025, 4, 4), date(2025, 4, 5))
    assert days(found["North Korea, 3 nights; leave by Wed 9 Apr 2025"]) == (date(2025, 4, 5), date(2025, 4, 8))
    short = found["China, 3 h 10 min; leave by Wed 7 May 2025"]
    assert f"{short.dtstart.value:%d %H:%M} {short.dtend.value:%d %H:%M}" == "08 09:50 08 13:00"
    busy = [name for name, event in found.items() if event.transp.value == "OPAQUE"]
    assert busy == [event.summary.value for event in events(ics_text(optimal()))[:4]]  # the legs alone


def test_the_stay_at_home_afterwards_is_no_event_but_a_last_one_elsewhere_is() -> None:
    assert not [name for name in read(optimal()) if name.startswith("United States")]
    question = marathon()
    question = evolve(question, trip=evolve(question.trip, start="JFK", end="PEK", stops=(), events=()))
    visa = (Application("ann", "cn-double", "mx", date(2025, 3, 10)),)
    chosen = itinerary("CA982", "", {"ann": ("- us", "mx - cn-double")}, applications=visa)
    plan = Plan(itinerary=chosen, journey=replay(question, chosen), cost=0, costs=(), preparation=())
    found = read(Answer(status="optimal", scenario=question, plan=plan))
    assert days(found["China; leave by Sat 3 May 2025"]) == (date(2025, 4, 4), date(2025, 4, 4))


def test_an_event_attended_is_a_whole_day() -> None:
    event = read(optimal())["Pyongyang marathon"]
    assert days(event) == (date(2025, 4, 6), date(2025, 4, 6))
    assert event.location.value == "Pyongyang Sunan"


def test_a_step_is_on_its_planned_and_on_its_last_day() -> None:
    found = read(optimal())
    planned = found["Apply for Chinese visa, double entry"]
    assert days(planned) == (date(2025, 3, 10), date(2025, 3, 10))
    assert alarms(planned) == [timedelta(hours=9)]
    latest = found["Last day to apply for Chinese visa, double entry"]
    assert days(latest) == (date(2025, 3, 28), date(2025, 3, 28))
    assert alarms(latest) == [timedelta(days=-7, hours=9), timedelta(days=-1, hours=9), timedelta(hours=9)]
    assert "planned for Mon 10 Mar 2025" in latest.description.value
    assert f"source: {VISA.source}" in latest.description.value


def test_a_step_without_a_day_to_spare_is_one_event_and_no_alarm_is_before_today() -> None:
    found = read(optimal())
    assert "Book Pyongyang marathon" not in found
    latest = found["Last day to book Pyongyang marathon"]
    assert days(latest) == (date(2025, 3, 3), date(2025, 3, 3))
    assert alarms(latest) == [timedelta(hours=9)]  # planned on 3 March too


def test_reminders_are_on_their_first_and_on_their_last_day() -> None:
    found = read(with_plan(optimal(), reminders=(REGISTER,)))
    first = found["Register with the police: from Fri 4 Apr 2025"]
    assert days(first) == (date(2025, 4, 4), date(2025, 4, 4))
    assert alarms(first) == [timedelta(hours=9)]
    last = found["Register with the police: by Sat 5 Apr 2025"]
    assert days(last) == (date(2025, 4, 5), date(2025, 4, 5))
    assert alarms(last) == [timedelta(hours=9)]  # the day before, they still are on the way
    for event in (first, last):
        whole = "Register with the police: from Fri 4 Apr 2025 by Sat 5 Apr 2025"
        assert event.description.value.splitlines() == [whole, "source: art. 39"]


@pytest.mark.parametrize(
    ("by_on", "expected"),
    [
        (date(2025, 4, 3), timedelta(hours=9)),  # departs at 16:50
        (date(2025, 4, 4), timedelta(days=-1, hours=9)),  # then it is still in the air
        (date(2025, 4, 8), timedelta(days=-1, hours=18)),  # departs at 9:00
        (date(2025, 4, 7), timedelta(hours=9)),  # no leg
    ],
)
def test_the_last_alarm_is_before_the_departure_of_that_day(by_on: date, expected: timedelta) -> None:
    card = evolve(REGISTER, text="fill in the arrival card", from_on=None, by_on=by_on)
    event = read(with_plan(optimal(), reminders=(card,)))[f"Fill in the arrival card: by {day(by_on)}"]
    assert alarms(event)[-1] == expected
    steps = tuple(evolve(step, latest=by_on) for step in plan_of(marathon()).preparation)
    latest = read(with_plan(optimal(), preparation=steps))["Last day to apply for Chinese visa, double entry"]
    assert alarms(latest)[-1] == expected


def test_no_alarm_is_before_the_first_day_even_on_a_day_of_travel() -> None:
    card = evolve(REGISTER, from_on=date(2025, 4, 8), by_on=date(2025, 4, 8))
    event = read(with_plan(optimal(), reminders=(card,)))["Register with the police: by Tue 8 Apr 2025"]
    assert alarms(event) == [timedelta(hours=9)]


def test_an_address_is_in_the_notes_and_not_in_the_title() -> None:
    card = evolve(REGISTER, text="fill in the card (https://card.example/a?b=1,2;c) in time", from_on=None)
    event = read(with_plan(optimal(), reminders=(card,)))["Fill in the card in time: by Sat 5 Apr 2025"]
    assert event.url.value == "https://card.example/a?b=1,2;c"
    assert "(https://card.example/a?b=1,2;c)" in event.description.value


def test_a_reminder_without_dates_is_told_with_the_first_leg() -> None:
    bare = evolve(REGISTER, from_on=None, by_on=None)
    found = events(ics_text(with_plan(optimal(), reminders=(bare,))))
    assert "also see to: register with the police" in found[0].description.value
    assert not [event for event in found if "police" in event.summary.value]


def test_a_party_has_one_calendar_that_says_who() -> None:
    found = read(party())
    assert {"Last day to book Pyongyang marathon for Ann", "Last day to book Pyongyang marathon for Bo"} <= set(found)
    stay = found["North Korea, 3 nights; leave by Wed 9 Apr 2025"]
    assert [line.split(",")[0] for line in stay.description.value.splitlines()[:2]] == ["Ann", "Bo"]
    assert len(events(ics_text(party()))) == len(events(ics_text(optimal()))) + 3


def test_the_calendar_has_the_title_and_the_verdict() -> None:
    text = ics_text(optimal(title="Run; run, run"))
    assert "NAME:Run\\; run\\, run\r\n" in text
    assert "X-WR-CALNAME:Run\\; run\\, run\r\n" in text
    assert "USD 3\\,410.50" in text


def test_it_is_the_same_for_the_same_answer() -> None:
    assert ics_text(optimal()) == ics_text(optimal())
    assert {event.dtstamp.value.isoformat() for event in events(ics_text(optimal()))} == {"2025-03-03T00:00:00+00:00"}


def uids(answer: Answer) -> list[str]:
    return [event.uid.value for event in events(ics_text(answer))]


def test_names_of_events_are_all_different_and_last_when_dates_and_prices_change() -> None:
    before = uids(party())
    assert len(set(before)) == len(before)
    answer = optimal()
    assert answer.plan is not None
    later = [evolve(step, on=step.on + timedelta(days=1)) for step in answer.plan.preparation]
    moved = evolve(
        with_plan(answer, cost=1, preparation=tuple(later)),
        scenario=evolve(answer.scenario, today=date(2025, 3, 4)),
    )
    assert set(uids(answer)) <= set(uids(moved))
    assert not set(uids(answer)) & set(uids(optimal(title="Another trip")))


@pytest.mark.parametrize(("make", "why"), [(infeasible, "no valid trip"), (undecided, "undecided")])
def test_without_a_plan_there_is_no_calendar(make: Any, why: str) -> None:
    with pytest.raises(NotInThisForm, match=why):
        ics_text(make())


def test_nobody_travelling_is_no_calendar() -> None:
    question, chosen = scenario([]), itinerary(stays=("",))
    plan = Plan(itinerary=chosen, journey=replay(question, chosen), cost=0, costs=(), preparation=())
    with pytest.raises(NotInThisForm, match="nobody travels"):
        ics_text(Answer(status="optimal", scenario=question, plan=plan))


def test_numbers_of_passports_are_not_told() -> None:
    traveller = person("ann", "Ann")
    numbered = tuple(evolve(book, number="X1234567") for book in traveller.passports)
    assert isinstance(numbered[0], Passport)
    question = marathon(travellers=(evolve(traveller, passports=numbered),))
    assert "X1234567" not in ics_text(Answer(status="optimal", scenario=question, plan=plan_of(question)))


HOSTILE = st.text(st.one_of(st.characters(codec="utf-8"), st.sampled_from('\r\n\\;:,"\x1b\u202e\ud800N')), min_size=1)


@given(HOSTILE)
def test_any_text_comes_back_as_it_was_and_makes_no_lines_of_its_own(words: str) -> None:
    answer = optimal(title=f"t{words}")
    assert answer.plan is not None
    steps = tuple(evolve(step, label=f"x{words}y") for step in answer.plan.preparation)
    text = ics_text(with_plan(answer, preparation=steps))
    found = events(text)
    assert len(found) == len(events(ics_text(optimal())))
    assert f"Apply for x{plain(words)}y" in [event.summary.value for event in found]
    assert text.endswith("END:VCALENDAR\r\n")
    assert not re.search(r"(?<!\r)\n|\r(?!\n)|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", text)
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
