"""What to do when, with latest dates."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve

from planner.answer import Step
from planner.itinerary.choices import Application, Booking, Itinerary
from planner.itinerary.replay import Unreal
from planner.scenario.documents import Acquirable, LeadTime, NewCertificate, NewPassport, NewPermission
from planner.scenario.law import Admission, Holidays, LawBook
from planner.scenario.node import TerritoryRef
from planner.scenario.scenario import Scenario
from planner.scenario.trip import Event, Trip
from planner.verify import verify
from planner.verify.timeline import preparation
from tests.itinerary.builders import itinerary, leg, price, scenario, traveller

LAW = LawBook(
    admissions=(
        Admission(id="home", zone="US", nationalities=("US",), grant="citizen"),
        Admission(id="free", zone="JP", nationalities=("US", "MX"), grant="visa_free"),
    )
)
LEGS = [
    leg("out", "JFK-NRT", "2025-03-01 10:00", "2025-03-02 14:00"),
    leg("on", "NRT-PEK", "2025-03-10 10:00", "2025-03-10 13:00"),
    leg("again", "PEK-NRT", "2025-03-15 10:00", "2025-03-15 15:00"),
    leg("back", "NRT-JFK", "2025-03-20 18:00", "2025-03-20 17:00"),
]
STAYS = ["- us", "us us free", "us us visa", "us us free", "us - home"]
EARLY = date(2025, 1, 2)
FREE = price("0")


def paper(name: str, **more: Any) -> Acquirable:
    """Something to apply for; a Chinese visa unless it says what it gives."""
    if not more.keys() & {"passport", "certificate"}:
        more["permission"] = NewPermission(zone="CN", entries=2)
    return Acquirable(id=name, price=FREE, source=f"where {name} is from", **more)


def world(*papers: Acquirable, events: tuple[Event, ...] = (), **more: Any) -> Scenario:
    return scenario(LEGS, trip=Trip(start="JFK", events=events), law=LAW, acquirables=papers, **more)


def applied(*papers: str, stays: list[str] = STAYS, **more: Any) -> Itinerary:
    """The journey with applications «name passport date»; passport `-` for none, and early without a date."""
    made = []
    for text in papers:
        words = text.split()
        passport = words[1].strip("-") if len(words) > 1 else ""
        day = date.fromisoformat(words[2]) if len(words) > 2 else EARLY
        made.append(Application("ann", words[0], passport, day))
    return itinerary("out on again back", "lll", stays, applications=tuple(made), **more)


def latest(steps: tuple[Step, ...]) -> list[tuple[str, date]]:
    assert all(step.on <= step.latest for step in steps)
    return [(step.id, step.latest) for step in steps]


def test_the_latest_date_leaves_the_lead_time() -> None:
    there, plan = world(paper("visa", lead=LeadTime(days=10))), applied("visa us")
    (step,) = preparation(there, plan)
    assert (step.on, step.latest, step.ready) == (EARLY, date(2025, 2, 28), date(2025, 1, 12))
    assert (step.kind, step.traveller, step.passport, step.source) == ("apply", "ann", "us", "where visa is from")
    late = evolve(plan, applications=(Application("ann", "visa", "us", date(2025, 3, 1)),))
    assert not verify(there, late).valid


def test_nothing_to_do() -> None:
    plan = itinerary("out back", "l", ["- us", "us us free", "us - home"])
    assert preparation(world(), plan) == ()


@pytest.mark.parametrize(
    ("terms", "day"),
    [
        ({"apply_by": date(2025, 2, 1)}, date(2025, 2, 1)),
        ({"apply_on": (EARLY, date(2025, 1, 20), date(2025, 2, 3), date(2025, 3, 9))}, date(2025, 2, 3)),
        ({"at_least_before_use": 60}, date(2025, 1, 9)),
        ({"apply_in": ("US",)}, date(2025, 2, 28)),
        ({"apply_in": ("JP",), "lead": LeadTime()}, date(2025, 3, 10)),
        # Once more possible from the day after the entry on; but not on all days until then.
        ({"keeps_passport": True, "lead": LeadTime(days=7)}, date(2025, 2, 22)),
        ({"keeps_passport": True, "lead": LeadTime(days=8)}, date(2025, 2, 21)),  # it is back for leaving home
        ({"handed_over_in": ("US",), "lead": LeadTime(days=7)}, date(2025, 2, 22)),
        ({"lead": LeadTime(business_days=5)}, date(2025, 3, 3)),
    ],
)
def test_what_bounds_the_latest_date(terms: dict[str, Any], day: date) -> None:
    terms = {"lead": LeadTime(days=10), **terms}
    plan = applied("visa us 2025-03-05" if terms.get("apply_in") == ("JP",) else "visa us")
    assert latest(preparation(world(paper("visa", **terms)), plan)) == [("visa", day)]


def test_what_others_wait_for_is_moved_after_them() -> None:
    """Papers for the visa: first the jab, then the certificate, then the visa itself."""
    there = world(
        paper("visa", needs=("letter",), lead=LeadTime(days=10)),
        paper("note", certificate=NewCertificate(kind="letter"), needs=("jab", "us"), lead=LeadTime(days=5)),
        paper("jab", certificate=NewCertificate(kind="fever"), lead=LeadTime(days=14)),
    )
    steps = preparation(there, applied("jab", "visa us 2025-01-21", "note - 2025-01-16"))
    assert latest(steps) == [("jab", date(2025, 2, 9)), ("note", date(2025, 2, 23)), ("visa", date(2025, 2, 28))]
    assert [step.waits_for for step in steps] == [(), ("jab", "us"), ("note",)]


def test_steps_of_one_date_stand_in_order() -> None:
    there = world(
        paper("visa", needs=("letter",), lead=LeadTime(days=10)),
        paper("note", certificate=NewCertificate(kind="letter")),
    )
    for papers in (("visa us", "note"), ("note", "visa us")):
        assert latest(preparation(there, applied(*papers))) == [
            ("note", date(2025, 2, 28)),
            ("visa", date(2025, 2, 28)),
        ]


def test_a_new_passport_comes_before_the_visa_in_it() -> None:
    book = paper("book", passport=NewPassport(id="mx", state="MX"), lead=LeadTime(days=30))
    stays = ["- us", "us us free", "mx mx visa", "us us free", "us - home"]
    there = world(paper("visa", lead=LeadTime(days=10), needs=("mx",)), book)
    steps = preparation(there, applied("visa mx 2025-02-03", "book", stays=stays))
    assert latest(steps) == [("book", date(2025, 1, 29)), ("visa", date(2025, 2, 28))]
    assert [step.waits_for for step in steps] == [(), ("book",)]
    there = world(paper("visa", lead=LeadTime(days=10)), book)  # the visa goes into it, without asking for it
    steps = preparation(there, applied("visa mx 2025-02-03", "book", stays=stays))
    assert latest(steps) == [("book", date(2025, 1, 29)), ("visa", date(2025, 2, 28))]
    assert [step.waits_for for step in steps] == [(), ("book",)]


def test_bookings() -> None:
    race = Event(id="race", at=("PEK",), first_day=date(2025, 3, 12), book_by=date(2025, 2, 10), needs=("visa",))
    book = Booking("ann", "race", "us", date(2025, 1, 31))
    there = world(paper("visa", lead=LeadTime(days=10)), events=(race,))
    steps = preparation(there, applied("visa us", bookings=(book,)))
    assert latest(steps) == [("visa", date(2025, 1, 31)), ("race", date(2025, 2, 10))]
    (step,) = steps[1:]
    assert (step.kind, step.traveller, step.label, step.passport) == ("book", "ann", "race", "us")
    assert (step.ready, step.waits_for) == (None, ("visa",))


def test_what_is_booked_already_is_no_step_but_still_counts() -> None:
    race = Event(id="race", at=("PEK",), first_day=date(2025, 3, 12), booked_on=date(2024, 12, 1), booked_with=("us",))
    book = Booking("ann", "race", "us", date(2024, 12, 1))
    steps = preparation(world(paper("visa"), events=(race,)), applied("visa us", bookings=(book,)))
    assert latest(steps) == [("visa", date(2025, 3, 10))]


def test_everybody_has_own_steps() -> None:
    own = dict.fromkeys(("ann", "bob"), STAYS)
    made = tuple(Application(name, "visa", "us", EARLY) for name in own)
    plan = itinerary("out on again back", "lll", own, applications=made)
    there = world(paper("visa", lead=LeadTime(days=10)), travellers=(traveller("ann"), traveller("bob")))
    assert [(step.traveller, step.latest) for step in preparation(there, plan)] == [
        ("ann", date(2025, 2, 28)),
        ("bob", date(2025, 2, 28)),
    ]


def test_dates_stay_where_they_are_if_the_plan_is_not_valid() -> None:
    stays = ["- us", "us us", "us us visa", "us us free", "us - home"]
    (step,) = preparation(world(paper("visa")), applied("visa us", stays=stays))
    assert step.latest == EARLY


def test_no_steps_for_what_is_no_journey() -> None:
    with pytest.raises(Unreal):
        preparation(world(), evolve(applied(), fares=()))
    with pytest.raises(Unreal, match="cannot apply for nothing"):
        preparation(world(paper("visa")), applied("visa us", "nothing us"))


def test_a_step_says_where_and_whether_the_passport_is_away() -> None:
    visa = paper("visa", title="the visa", keeps_passport=True, apply_in=("US",), handed_over_in=("US",))
    (step,) = preparation(world(visa), applied("visa us"))
    assert (step.label, step.apply_in, step.handed_over_in) == ("the visa", ("US",), ("US",))
    assert step.passport_away
    (step,) = preparation(world(paper("visa")), applied("visa us"))
    assert (step.label, step.apply_in, step.handed_over_in) == ("visa", (), ())
    assert not step.passport_away


def test_what_no_rule_asks_for_can_wait_until_the_last_departure() -> None:
    last = date(2025, 3, 20)
    there, plan = world(paper("visa")), applied("visa us")
    assert latest(preparation(there, plan, [])) == [("visa", last)]
    some = world(paper("visa", apply_on=(EARLY, last, date(2025, 3, 21))))
    assert latest(preparation(some, plan, [])) == [("visa", last)]
    at_home = itinerary(applications=plan.applications)
    assert latest(preparation(there, at_home, [])) == [("visa", last)]  # the last one that there is


def test_no_office_on_holidays() -> None:
    lead = LeadTime(business_days=1, calendar=TerritoryRef("CN"))
    holidays = (Holidays(id="feast", place=TerritoryRef("CN"), dates=(date(2025, 3, 20),)),)
    there = evolve(world(paper("visa", lead=lead)), law=evolve(LAW, holidays=holidays))
    assert latest(preparation(there, applied("visa us"), [])) == [("visa", date(2025, 3, 19))]


def test_one_step_makes_room_for_another_that_was_moved_before() -> None:
    """Both keep the passport; the first one cannot go past the second before that one has been moved."""
    there = world(*(paper(name, keeps_passport=True, lead=LeadTime(days=10)) for name in ("visa", "more")))
    for papers in (("visa us 2025-01-20", "more us"), ("more us", "visa us 2025-01-20")):
        assert latest(preparation(there, applied(*papers))) == [
            ("more", date(2025, 2, 9)),
            ("visa", date(2025, 2, 19)),
        ]
