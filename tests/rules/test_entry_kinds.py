"""Grounds of entry and limits of stays: both readings agree on every journey, and every fact is broken by some."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve

from planner.core.period import Period
from planner.rules.kinds.rolling_window import RollingWindow
from planner.rules.kinds.transit_without_visa import TransitWithoutVisa
from planner.scenario.documents import Acquirable, LeadTime, NewPassport, NewPermission
from planner.scenario.law import Admission, LawBook
from planner.scenario.people import Dates, Passport, PastStay, Permission, Traveller
from planner.scenario.scenario import Scenario
from planner.testing.readings import compare
from tests.itinerary.builders import SCHENGEN, leg, price, scenario

KINDS = {
    "acquirable",
    "admission",
    "citizenship",
    "default-deny",
    "passport-book",
    "permission",
    "rolling-window",
    "transit-without-visa",
}
LEGS = [
    leg("a1", "JFK-PEK", "2025-02-01 10:00", "2025-02-02 14:00"),
    leg("a2", "JFK-CDG", "2025-02-01 10:00", "2025-02-01 22:00"),
    leg("b1", "PEK-FNJ", "2025-02-05 10:00", "2025-02-05 14:00"),
    leg("b2", "PEK-FNJ", "2025-02-09 10:00", "2025-02-09 14:00", mode="rail", exit_port="DDG"),
    leg("c1", "FNJ-PEK", "2025-02-12 10:00", "2025-02-12 14:00"),
    leg("c2", "FNJ-PEK", "2025-02-13 10:00", "2025-02-13 14:00"),
    leg("d1", "PEK-CDG", "2025-02-14 10:00", "2025-02-14 20:00"),
    leg("d2", "PEK-OTP", "2025-02-15 10:00", "2025-02-15 20:00"),
    leg("e1", "CDG-OTP", "2025-02-17 10:00", "2025-02-17 20:00"),
    leg("e2", "OTP-IST", "2025-02-19 10:00", "2025-02-19 20:00"),
    leg("e3", "CDG-IST", "2025-02-19 10:00", "2025-02-19 20:00"),
    leg("f1", "IST-CDG", "2025-02-23 10:00", "2025-02-23 20:00"),
    leg("f2", "IST-PEK", "2025-02-23 10:00", "2025-02-23 20:00"),
    leg("g1", "PEK-JFK", "2025-02-28 10:00", "2025-02-28 12:00"),
    leg("g2", "CDG-JFK", "2025-03-01 10:00", "2025-03-01 12:00"),
]
LAW = LawBook(
    zones=(evolve(SCHENGEN, members=(*SCHENGEN.members[:2], evolve(SCHENGEN.members[2], from_=date(2025, 2, 16)))),),
    admissions=(
        Admission(id="us", zone="US", nationalities=("MX",), grant="visa_free", effective_to=date(2025, 2, 28)),
        Admission(id="eu", zone="SCHENGEN", nationalities=("MX", "US"), grant="visa_free", max_stay=Period(5)),
        Admission(id="tr", zone="TR", nationalities=("MX", "US"), grant="on_arrival", max_stay=Period(80, "hours")),
        Admission(id="visa-only", zone="RO", nationalities=("MX", "US"), grant="visa"),
    ),
    rules=(
        RollingWindow(id="days", zone="SCHENGEN", cap=5, days=18),
        TransitWithoutVisa(
            id="transit",
            zone="CN",
            nationalities=("US", "RO"),
            stay=Period(70, "hours"),
            modes=("air",),
            exit_ports=("PEK",),
            onward_documents=("KP",),
        ),
    ),
)
FREE = price("0")
PAPERS = (
    Acquirable(
        id="cn-visa",
        price=FREE,
        nationalities=("RO",),
        lead=LeadTime(days=3),
        keeps_passport=True,
        permission=NewPermission(
            zone="CN",
            entries=1,
            enter_within=Period(10),
            max_stay=Period(5),
            valid_after_first_entry=Period(8),
            count_from="day_after",
        ),
    ),
    Acquirable(
        id="ro-book",
        price=FREE,
        passport=NewPassport(id="ro", state="RO", validity=Period(1, "months")),
        lead=LeadTime(days=10),
        handed_over_in=("JFK", "CDG"),
    ),
    Acquirable(
        id="tour",
        price=FREE,
        permission=NewPermission(zone="KP", entries=1, enter_within=Period(20), enter_by=date(2025, 2, 8)),
        lead=LeadTime(days=2),
        handed_over_in=("PEK", "CDG"),
    ),
    Acquirable(id="new-us", price=FREE, passport=NewPassport(id="us2", state="US", renews="us")),
)
ANN = Traveller(
    id="ann",
    passports=(
        Passport(
            id="us",
            state="US",
            issued=date(2025, 2, 1),
            expires=date(2025, 2, 27),
            away=(Dates(from_=date(2025, 2, 14), to=date(2025, 2, 16)),),
        ),
    ),
    permissions=(
        Permission(
            id="old-visa",
            zone="CN",
            entries=1,
            valid_from=date(2025, 2, 3),
            enter_by=date(2025, 2, 20),
            valid_after_first_entry=Period(20),
        ),
        Permission(id="ro-visa", zone="CN", max_stay=Period(1, "months"), passports=("ro",)),
    ),
)
WORLD = scenario(LEGS, law=LAW, acquirables=PAPERS, travellers=(ANN,))


def test_every_fact_is_broken_by_the_same_journeys_in_both_readings() -> None:
    broken = compare(WORLD, KINDS, tries=3000)
    assert broken.pop("") > 1000
    assert {fact for fact in broken if not fact.startswith("acquire")} == {
        *(f"admission.{zone}.ann" for zone in ("CN", "KP", "RO", "SCHENGEN", "TR", "US")),
        *(f"cn-visa.ann.{aspect}" for aspect in ("enter_by", "entries", "max_stay", "validity")),
        *(f"old-visa.ann.{aspect}" for aspect in ("enter_by", "entries", "valid_from", "validity")),
        *(f"passport.ann.{book}" for book in ("us.dates", "us.away", "ro.dates", "ro.away")),
        "days.ann",
        "eu.max_stay.ann",
        "tour.ann.enter_by",
        "tr.max_stay.ann",
        "transit.ann.clock",
    }
    assert broken["acquire.ro-book.ann.lead"] > 0
    assert broken["acquire.ro-book.ann.handed_over"] > 0


@pytest.mark.parametrize(
    "past",
    [
        [PastStay(territory="FR", from_=date(2025, 1, 25), to=date(2025, 1, 27))],
        [PastStay(territory="FR", from_=date(2025, 1, 2), to=date(2025, 1, 30))],  # more than the cap by itself
        [PastStay(territory="FR", from_=date(2025, 1, 25), to=date(2025, 2, 16))],  # runs into the journey
        [PastStay(territory="AT", from_=date(2025, 1, 30))],  # lasts until the first exit
        [PastStay(territory="RO", from_=date(2025, 1, 2), to=date(2025, 1, 30))],  # not a member then
        [PastStay(territory="FR", from_=date(2025, 1, 2), type="residence")],
    ],
)
def test_history_counts_alike_in_both_readings(past: list[PastStay]) -> None:
    world = evolve(WORLD, travellers=(evolve(ANN, past_stays=tuple(past)),))
    broken = compare(world, {"rolling-window"}, tries=400)
    assert 0 < broken["days.ann"] < broken[""]


@pytest.mark.parametrize(
    "dates",
    [
        {"effective_from": date(2025, 2, 20)},
        {"effective_to": date(2025, 2, 16)},
        {"exempt_types": ("visa_free",)},
        {"cap": 2, "days": 3},
    ],
)
def test_windows_in_force_for_a_while_count_alike_in_both_readings(dates: dict[str, object]) -> None:
    window = RollingWindow(**{"id": "days", "zone": "SCHENGEN", "cap": 6, "days": 180, **dates})  # type: ignore[arg-type]
    broken = compare(evolve(WORLD, law=evolve(LAW, rules=(window,))), {"rolling-window"}, tries=400)
    assert 0 < broken["days.ann"] < broken[""]


def onward() -> Scenario:
    """To Pyongyang in transit through Beijing, with two visas to fetch on the way and one that comes by itself."""
    legs = [
        leg("a", "JFK-CDG", "2025-02-01 10:00", "2025-02-01 22:00"),
        leg("b1", "CDG-IST", "2025-02-03 10:00", "2025-02-03 20:00"),
        leg("b2", "CDG-IST", "2025-02-06 10:00", "2025-02-06 20:00"),
        leg("c1", "IST-PEK", "2025-02-06 23:00", "2025-02-07 20:00"),
        leg("c2", "IST-PEK", "2025-02-08 23:00", "2025-02-09 20:00"),
        leg("d", "PEK-FNJ", "2025-02-10 10:00", "2025-02-10 14:00"),
    ]

    def visa(name: str, **more: object) -> Acquirable:
        gives = NewPermission(zone="KP", enter_within=Period(8))
        return Acquirable(id=name, price=FREE, permission=gives, apply_from=date(2025, 1, 28), **more)  # type: ignore[arg-type]

    papers = (
        visa("paris", handed_over_in=("CDG",), passports=("us",)),
        visa("istanbul", handed_over_in=("IST", "CDG"), passports=("us", "mx")),
        visa("letter", lead=LeadTime(days=5), passports=("mx",)),
    )
    person = Traveller(id="ann", passports=(Passport(id="us", state="US"), Passport(id="mx", state="MX")))
    rule = TransitWithoutVisa(
        id="transit", zone="CN", nationalities=("US", "MX"), stay=Period(10), onward_documents=("KP",)
    )
    law = LawBook(rules=(rule,))
    start = date(2025, 1, 28)
    return scenario(legs, end="FNJ", law=law, acquirables=papers, travellers=(person,), today=start)


def test_documents_for_the_onward_place_are_alternatives_in_both_readings() -> None:
    broken = compare(onward(), {"transit-without-visa"}, tries=4000)
    assert set(broken) == {"", "admission.CN.ann"}
    assert 0.05 < broken["admission.CN.ann"] / broken[""] < 0.95
