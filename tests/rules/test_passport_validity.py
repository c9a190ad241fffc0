"""What neither the kind's own examples nor the tests of all kinds show."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest
from attrs import evolve

from planner.core.money import Price
from planner.core.period import Period
from planner.itinerary.choices import Application
from planner.itinerary.journey import Journey
from planner.itinerary.replay import replay
from planner.network.columns import all_legs
from planner.rules.kinds.passport_validity import PassportValidity
from planner.rules.outlook import Outlook
from planner.rules.shares import Refused
from planner.scenario.changing import Change
from planner.scenario.documents import Acquirable, LeadTime, NewPassport, NewPermission
from planner.scenario.people import Passport, Traveller
from planner.scenario.scenario import Scenario
from planner.scenario.travel import Member, Zone
from planner.testing.readings import compare
from tests.itinerary.builders import itinerary, leg
from tests.rules.judging import told, world

# Twice into China, by way of Japan.
LEGS = (
    leg("in", "JFK-PEK", "2025-02-09 10:00", "2025-02-10 14:00"),
    leg("off", "PEK-NRT", "2025-02-12 10:00", "2025-02-12 14:00"),
    leg("back", "NRT-PEK", "2025-02-20 10:00", "2025-02-20 14:00"),
    leg("home", "PEK-JFK", "2025-02-25 10:00", "2025-02-25 10:30"),
)
US = Passport(id="us", state="US", issued=date(2025, 2, 1), expires=date(2025, 2, 27))


def asked(*books: Passport, acquirable: bool = False, **rule: Any) -> tuple[PassportValidity, Scenario]:
    """A demand on passports, and that trip under it; a new passport takes three days."""
    valid = PassportValidity(id="valid", **{"zone": "CN"} | rule)
    book = Acquirable(
        id="book",
        price=Price.parse("0"),
        lead=LeadTime(days=3),
        passport=NewPassport(id="new", state="US", validity=Period(20)),
    )
    visa = Acquirable(id="visa", price=Price.parse("0"), permission=NewPermission(zone="JP"))
    china = Member(territory="CN", to=date(2025, 2, 19), purposes=("clock",))
    return valid, world(
        valid,
        LEGS,
        zones=(Zone(id="Z", members=(china,)),),
        travellers=(Traveller(id="ann", passports=books or (US, Passport(id="mx", state="MX"))),),
        acquirables=(visa, book) if acquirable else (),
        today=date(2025, 2, 4),
    )


def travelled(made: Scenario, first: str = "us", second: str = "us", applied: date | None = None) -> Journey:
    """The trip, with these passports in China; where they are not the US one, the rest is on the US one."""
    stays = ("- us", f"{first} {first}", "us us", f"{second} {second}", "us")
    applications = (Application("ann", "book", "", applied),) if applied else ()
    return replay(made, itinerary("in off back home", "lll", stays, applications=applications))


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        ({"after_entry": Period(7)}, []),
        ({"after_entry": Period(8)}, ["us expires 2025-02-27, entry on 2025-02-20"]),
        ({"after_exit": Period(2)}, []),
        ({"after_exit": Period(3)}, ["us expires 2025-02-27, leaving on 2025-02-25"]),
        ({"issued_within": Period(19)}, []),
        ({"issued_within": Period(18)}, ["us was issued 2025-02-01, entry on 2025-02-20"]),
        (
            {"after_entry": Period(20), "after_exit": Period(3)},
            [
                "us expires 2025-02-27, entry on 2025-02-10",
                "us expires 2025-02-27, entry on 2025-02-20",
                "us expires 2025-02-27, leaving on 2025-02-25",
            ],
        ),
        ({"after_entry": Period(20), "zone": "Z"}, ["us expires 2025-02-27, entry on 2025-02-10"]),
        (
            {"after_entry": Period(20), "effective_from": date(2025, 2, 11)},
            ["us expires 2025-02-27, entry on 2025-02-20"],
        ),
        ({"after_entry": Period(20), "exempt_nationalities": ("US",)}, []),
    ],
)
def test_dates_are_compared_at_each_entry(rule: dict[str, Any], found: list[str]) -> None:
    _, made = asked(**rule)
    assert told(travelled(made)) == found
    assert told(travelled(made, "mx", "mx")) == []  # nothing is known of it
    for acquirable in (False, True):
        compare(asked(acquirable=acquirable, **rule)[1], {"passport-validity"}, 150)


def test_a_new_passport_is_issued_on_the_day_it_is_ready() -> None:
    _, made = asked(acquirable=True, after_entry=Period(17))
    assert told(travelled(made, "new", applied=date(2025, 2, 4))) == ["us expires 2025-02-27, entry on 2025-02-20"]
    _, made = asked(acquirable=True, after_entry=Period(17), exempt_nationalities=("MX",))
    assert told(travelled(made, "new", "new", applied=date(2025, 2, 6))) == [
        "new expires 2025-03-01, entry on 2025-02-20"
    ]
    _, made = asked(acquirable=True, issued_within=Period(10))
    assert told(travelled(made, "new", "new", applied=date(2025, 2, 6))) == [
        "new was issued 2025-02-09, entry on 2025-02-20"
    ]


def test_newer_passports_are_offered_where_one_expires_too_soon() -> None:
    other = Passport(id="mx", state="MX", expires=date(2025, 3, 1))
    for rule, books in (
        ({"after_entry": Period(8)}, ["us", "mx"]),
        ({"after_exit": Period(8)}, ["us", "mx"]),
        ({"issued_within": Period(8)}, []),
        ({"after_entry": Period(8), "exempt_nationalities": ("US",)}, ["mx"]),
    ):
        valid, made = asked(US, other, Passport(id="old", state="JP"), **rule)
        offered = [change.path[3] for easing in valid.easings(made) for change in easing.changes]
        assert offered == books
        assert valid.fact(made, made.travellers[0]).changeable == bool(books)


@pytest.mark.parametrize(
    ("rule", "text", "days"),
    [
        (
            {"after_entry": Period(7), "after_exit": Period(15)},
            "be valid for 7 days after the entry and be valid for 15 days after leaving",
            range(14, 26),
        ),
        (
            {"after_entry": Period(15), "after_exit": Period(2)},
            "be valid for 15 days after the entry and be valid for 2 days after leaving",
            range(13, 26),
        ),
        (
            {"after_entry": Period(2), "issued_within": Period(19)},
            "be valid for 2 days after the entry and have been issued at most 19 days before the entry",
            range(21, 26),
        ),
        (
            {"after_entry": Period(15), "issued_within": Period(30)},
            "be valid for 15 days after the entry and have been issued at most 30 days before the entry",
            range(13, 26),
        ),
    ],
)
def test_demands_add_up(rule: dict[str, Any], text: str, days: range) -> None:
    valid, made = asked(acquirable=True, **rule)
    ann = made.travellers[0]
    assert valid.fact(made, ann).text == (
        f"the passport that ann enters China on must {text} (us expires on 2025-02-27)"
    )
    compare(made, {"passport-validity"}, 150)
    outlook, found = Outlook(made, all_legs(made)), {}
    row = list(outlook.territories).index("CN")
    for share in valid.bound(outlook):
        assert isinstance(share, Refused)
        assert share.arrivals is not None
        refused = outlook.days[np.broadcast_to(share.arrivals, outlook.shape)[row]].tolist()
        found[share.passports] = [date.fromordinal(day).day for day in refused]
    assert found == {("us",): list(days), ("mx",): []}


def test_both_readings_agree_on_the_age_of_new_passports() -> None:
    compare(asked(acquirable=True, issued_within=Period(10))[1], {"passport-validity"}, 300)


@pytest.mark.parametrize(
    ("rule", "day"),
    [
        ({"after_entry": Period(8)}, 28),
        ({"after_exit": Period(3)}, 28),
        ({"after_entry": Period(8), "after_exit": Period(1)}, 28),
        ({"after_entry": Period(18), "zone": "Z"}, 28),
        ({"after_entry": Period(1)}, None),  # as far as can be: nothing is needed
    ],
)
def test_a_passport_need_not_last_longer_than_the_journey_wants(rule: dict[str, Any], day: int | None) -> None:
    valid, made = asked(US, Passport(id="mx", state="MX", expires=date(2025, 2, 12)), **rule)
    (easing,) = valid.easings(made)
    changes = valid.settled(easing, travelled(made)).changes
    path = ("travellers", "ann", "passports", "us", "expires")
    needed = Change(path=path, old=date(2025, 2, 27), new=date(2025, 2, day or 1))
    assert valid.settled(easing, travelled(made)).fact == "valid.ann"
    assert changes == (easing.changes if day is None else (needed,))
    other = evolve(easing, fact="other")
    assert valid.settled(other, travelled(made)) is other


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        ({"after_exit": Period(3)}, {10: 24, 20: 24}),
        ({"after_exit": Period(1, "months")}, {10: 27, 20: 27}),
        ({"after_exit": Period(3), "zone": "Z"}, {10: 24}),
        ({"after_entry": Period(3)}, {}),
    ],
)
def test_the_plan_says_until_when(rule: dict[str, Any], found: dict[int, int]) -> None:
    valid, made = asked(**rule)
    trip = travelled(made)
    limits = {stay.entry.on.day: valid.last_lawful(trip, stay) for stay in trip.stays["ann"] if stay.entry is not None}
    assert {day: limit.on for day, limit in limits.items() if limit is not None} == {
        day: date(2025, 1 if rule["after_exit"].unit == "months" else 2, last) for day, last in found.items()
    }
    trip = travelled(made, "mx", "mx")
    assert [valid.last_lawful(trip, stay) for stay in trip.stays["ann"]] == [None] * 5
