"""«Until», as told in the plan, against what `check` says about every date on which a stay could be left."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from planner.core.period import Period
from planner.itinerary.choices import Application
from planner.itinerary.journey import Journey
from planner.itinerary.replay import replay
from planner.report.limits import until
from planner.rules.base import rules_of
from planner.rules.kinds.exit_permit import ExitPermit
from planner.rules.kinds.onward_journey import OnwardJourney
from planner.rules.kinds.passport_validity import PassportValidity
from planner.rules.kinds.required_paper import RequiredPaper
from planner.rules.kinds.rolling_window import RollingWindow
from planner.rules.kinds.yearly_days import YearlyDays
from planner.scenario.documents import Acquirable, LeadTime, NewPassport
from planner.scenario.law import Admission, LawBook
from planner.scenario.people import Certificate, Passport, PastStay, Permission, Traveller
from planner.scenario.scenario import Scenario
from tests.itinerary.builders import itinerary, leg, price, scenario
from tests.rules.judging import certificate

ENTRY = date(2025, 2, 2)
DAYS = 60  # after the entry, on each of which one may leave
LEGS = (
    leg("in", "JFK-PEK", "2025-02-01 10:00", "2025-02-02 14:30"),
    *(
        leg(f"out-{n}", "PEK-NRT", f"{ENTRY + timedelta(days=n)} 18:00", f"{ENTRY + timedelta(days=n)} 22:00")
        for n in range(DAYS + 1)
    ),
)
TODAY = date(2025, 1, 1)


def around(first: int, last: int) -> st.SearchStrategy[date]:
    """A date that is so many days after the entry."""
    return st.integers(first, last).map(lambda n: ENTRY + timedelta(days=n))


periods = st.builds(Period, st.integers(0, 40)) | st.builds(Period, st.integers(1, 3), st.just("months"))
kinds = st.sampled_from([("a",), ("b",), ("a", "b"), ("new",), ("a", "new")])
rules = st.one_of(
    st.builds(PassportValidity, id=st.just("r"), zone=st.just("CN"), after_exit=periods),
    st.builds(RequiredPaper, id=st.just("r"), zone=st.just("CN"), certificates=kinds, whole_stay=st.booleans()),
    st.builds(ExitPermit, id=st.just("r"), zone=st.just("CN"), certificates=kinds),
    st.builds(OnwardJourney, id=st.just("r"), zone=st.just("CN"), within=periods),
    st.builds(RollingWindow, id=st.just("r"), zone=st.just("CN"), cap=st.integers(10, 60), days=st.integers(60, 90)),
    st.builds(YearlyDays, id=st.just("r"), zone=st.just("CN"), cap=st.integers(10, 60)),
)
past_stays = st.lists(
    st.integers(1, 60).map(
        lambda n: PastStay(territory="CN", from_=TODAY - timedelta(days=n + 5), to=TODAY - timedelta(days=n))
    ),
    max_size=2,
)


@st.composite
def worlds(draw: st.DrawFn) -> Scenario:
    """Somebody who enters China, and what may end the stay there: passports, certificates, limits, counts of days."""
    book = Passport(id="us", state="US", issued=date(2020, 1, 1), expires=draw(st.none() | around(-2, 150)))
    papers = st.builds(Certificate, kind=st.sampled_from("ab"), valid_to=st.none() | around(-2, 90))
    person = Traveller(
        id="ann",
        passports=(book, Passport(id="mx", state="MX", expires=draw(st.none() | around(-2, 90)))),
        certificates=tuple(draw(st.lists(papers, min_size=1, max_size=3))),
        past_stays=tuple(draw(past_stays)),
    )
    free = [
        Admission(id=zone.lower(), zone=zone, nationalities=("US", "MX"), grant="visa_free", max_stay=length)
        for zone, length in (("CN", draw(st.none() | st.builds(Period, st.integers(1, 60)))), ("JP", None))
    ]
    return scenario(
        LEGS,
        end="NRT",
        today=TODAY,
        travellers=(person,),
        law=LawBook(admissions=tuple(free), rules=tuple(draw(st.lists(rules, max_size=3)))),
        acquirables=(
            certificate(
                "new", validity=draw(st.none() | st.builds(Period, st.integers(20, 90))), lead=draw(st.integers(0, 10))
            ),
        ),
    )


def leaving_after(question: Scenario, days: int, exit_passport: str, *applications: Application) -> Journey:
    """The journey that leaves China so many days after the entry."""
    stays = ("- us", f"us {exit_passport} cn", f"{exit_passport} - jp")
    return replay(question, itinerary(f"in out-{days}", "l", stays, applications=applications))


def lawful(journey: Journey) -> bool:
    """Whether no rule is broken."""
    return not any(True for rule in rules_of(journey.scenario) for _ in rule.check(journey))


@given(question=worlds(), exit_passport=st.sampled_from(["us", "mx"]), applied=st.none() | st.integers(0, 20))
def test_until_is_the_last_lawful_date_of_leaving(question: Scenario, exit_passport: str, applied: int | None) -> None:
    papers = [Application("ann", "new", "", TODAY + timedelta(days=applied))] if applied is not None else []
    journeys = [leaving_after(question, days, exit_passport, *papers) for days in range(DAYS + 1)]
    good = [lawful(journey) for journey in journeys]
    if not good[0]:
        return  # nobody enters
    limit = until(journeys[0], journeys[0].stays["ann"][1])
    last = (limit.on - ENTRY).days if limit else DAYS
    assert good == [days <= last for days in range(DAYS + 1)]
    # what is told does not depend on when one leaves lawfully
    longest = journeys[min(last, DAYS)]
    assert until(longest, longest.stays["ann"][1]) == limit


def told(*books: Passport, stay: str = "us us cn", **more: Any) -> tuple[date, str] | None:
    """Until when a stay in China may last that is planned to end on the second day, and why."""
    applications = more.pop("applications", ())
    law = LawBook(rules=more.pop("rules", ()))
    person = Traveller(
        id="ann", passports=books, certificates=more.pop("certificates", ()), permissions=more.pop("permissions", ())
    )
    question = scenario(LEGS, end="NRT", today=TODAY, travellers=(person,), law=law, **more)
    chosen = itinerary("in out-1", "l", ("- us", stay, "us - jp"), applications=applications)
    journey = replay(question, chosen)
    limit = until(journey, journey.stays["ann"][1])
    return (limit.on, limit.why) if limit else None


US = Passport(id="us", state="US", expires=date(2025, 3, 10))
MX = Passport(id="mx", state="MX", expires=date(2025, 5, 20))


def test_the_passport_shown_at_the_exit_counts() -> None:
    assert told(US, MX) == (date(2025, 3, 10), "when passport us expires")
    assert told(US, MX, stay="us mx cn") == (date(2025, 5, 20), "when passport mx expires")
    assert told(evolve(US, expires=None)) is None


def test_citizens_and_residents_can_stay_on_without_a_passport() -> None:
    card = Permission(id="card", zone="CN", type="residence")
    assert told(evolve(US, state="CN"), stay="us us citizen:CN") is None
    assert told(US, stay="us us card", permissions=(card,)) is None
    visa = evolve(card, type="visa")
    assert told(US, stay="us us card", permissions=(visa,)) == (date(2025, 3, 10), "when passport us expires")


def test_a_passport_given_up_on_the_way_is_shown_no_more() -> None:
    gives = NewPassport(id="new", state="US", validity=Period(10, "years"), renews="us")
    renewal = Acquirable(id="renewal", price=price("1"), lead=LeadTime(days=30), passport=gives)
    applications = (Application("ann", "renewal", "", date(2025, 2, 8)),)
    why = "the day before passport us is given up"
    assert told(US, acquirables=(renewal,), applications=applications) == (date(2025, 2, 7), why)


@pytest.mark.parametrize(
    ("period", "last"),
    [
        (Period(6), date(2025, 3, 4)),
        (Period(1, "months"), date(2025, 2, 10)),
        (Period(0), date(2025, 3, 10)),
    ],
)
def test_a_passport_that_must_outlast_the_exit_ends_the_stay_earlier(period: Period, last: date) -> None:
    rule = PassportValidity(id="r", zone="CN", after_exit=period)
    found = told(US, rules=(rule,))
    assert found is not None
    assert found[0] == last
    assert told(US, rules=(evolve(rule, exempt_nationalities=("US",)),)) == (
        date(2025, 3, 10),
        "when passport us expires",
    )
    assert told(US, rules=(evolve(rule, zone="JP"),)) == (date(2025, 3, 10), "when passport us expires")


def test_of_several_certificates_the_one_that_lasts_longest_counts() -> None:
    rule = RequiredPaper(id="r", zone="CN", certificates=("a", "b"), whole_stay=True)
    held = (Certificate(kind="a", valid_to=date(2025, 2, 20)), Certificate(kind="b", valid_to=date(2025, 3, 1)))
    assert told(US, rules=(rule,), certificates=held) == (date(2025, 3, 1), "the end of certificate b")
    assert told(US, rules=(evolve(rule, whole_stay=False),), certificates=held) == (
        date(2025, 3, 10),
        "when passport us expires",
    )
