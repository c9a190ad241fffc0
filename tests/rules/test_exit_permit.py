"""What neither the kind's own examples nor the tests of all kinds show."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from planner.core.money import Price
from planner.core.period import Period
from planner.itinerary.replay import replay
from planner.rules.kinds.exit_permit import ExitPermit
from planner.rules.stay_limits import Limit
from planner.scenario.documents import Acquirable, LeadTime, NewCertificate, NewPassport
from planner.scenario.law import Admission, LawBook
from planner.scenario.people import Certificate, PastStay, Permission
from planner.scenario.scenario import Scenario
from planner.testing.readings import compare
from tests.itinerary.builders import itinerary, leg, scenario, traveller

LEGS = (
    leg("in", "JFK-PEK", "2025-02-01 10:00", "2025-02-02 14:00"),
    leg("in-later", "JFK-PEK", "2025-02-03 10:00", "2025-02-04 14:00"),
    leg("off", "PEK-NRT", "2025-02-05 10:00", "2025-02-05 14:00"),
    leg("back", "NRT-PEK", "2025-02-10 10:00", "2025-02-10 14:00"),
    leg("home", "PEK-JFK", "2025-02-12 10:00", "2025-02-12 10:30"),
)
FREE = Price.parse("0")
ITEMS = (
    Acquirable(
        id="sent", price=FREE, lead=LeadTime(days=4), certificate=NewCertificate(kind="leave", validity=Period(7))
    ),
    Acquirable(id="fetched", price=FREE, certificate=NewCertificate(kind="go"), handed_over_in=("PEK",)),
    Acquirable(id="book", price=FREE, lead=LeadTime(days=6), passport=NewPassport(id="jp", state="JP")),
)


def world(items: tuple[Acquirable, ...] = (), who: dict[str, Any] | None = None, **rule: Any) -> Scenario:
    """Those legs, with a permit for leaving China."""
    free = [
        Admission(id=zone.lower(), zone=zone, nationalities=("US", "JP"), grant="visa_free") for zone in ("CN", "JP")
    ]
    arrival = Admission(id="arrival", zone="CN", nationalities=("US",), grant="on_arrival")
    permit = ExitPermit(id="permit", **{"zone": "CN", "certificates": ("leave", "go")} | rule)
    return scenario(
        LEGS,
        travellers=(traveller("ann", "us:US", "mx:MX", **who or {}),),
        law=LawBook(rules=(permit,), admissions=(*free, arrival)),
        acquirables=items,
        today=date(2025, 1, 28),
    )


@pytest.mark.parametrize(
    "rule",
    [
        {},
        {"types": ("visa_free",)},
        {"grounds_": ("arrival", "cn"), "types": ("on_arrival",)},
        {"nationals_of": ("JP",)},
        {"nationals_of": ("MX",), "exempt_nationalities": ("US",)},
        {"effective_from": date(2025, 2, 12)},
        {"effective_to": date(2025, 2, 11)},
        {"zone": "US"},
        {"certificates": ("go",)},
        {"certificates": ("never",), "nationals_of": ("JP",)},  # who becomes a national has no way to meet it
    ],
)
def test_both_readings_agree(rule: dict[str, Any]) -> None:
    seen = compare(world(ITEMS, **rule), {"exit-permit"}, 600)
    assert 0 < seen["permit.ann"] < seen[""]


@pytest.mark.parametrize(
    ("dates", "some"),
    [
        ({}, False),
        ({"valid_from": date(2025, 2, 5), "valid_to": date(2025, 2, 12)}, False),
        ({"valid_to": date(2025, 2, 11)}, True),
        ({"valid_from": date(2025, 2, 6)}, True),
    ],
)
def test_a_certificate_held_is_good_on_its_dates(dates: dict[str, date], some: bool) -> None:
    visa = Permission(id="visa", zone="CN")
    made = world(who={"certificates": (Certificate(kind="go", **dates),), "permissions": (visa,)})
    assert bool(compare(made, {"exit-permit"}, 300)["permit.ann"]) == some


def test_of_the_stay_at_the_start_a_past_stay_says_the_type() -> None:
    for type_, types, some in (
        ("residence", ("residence",), True),
        ("visa", ("residence",), False),
        (None, ("residence",), False),
        (None, (), True),
    ):
        past = PastStay(territory="US", from_=date(2024, 1, 1), type=type_)  # type: ignore[arg-type]
        made = world(who={"past_stays": (past,)}, zone="US", types=types)
        assert bool(compare(made, {"exit-permit"}, 100)["permit.ann"]) == some
    assert compare(world(zone="US", grounds_=("cn",)), {"exit-permit"}, 100)["permit.ann"] == 0


@pytest.mark.parametrize(
    ("ends", "limit"),
    [
        ((date(2025, 2, 8), date(2025, 2, 20)), Limit(on=date(2025, 2, 20), why="the end of certificate go")),
        ((date(2025, 2, 20), date(2025, 2, 8)), Limit(on=date(2025, 2, 20), why="the end of certificate go")),
        ((date(2025, 2, 8), None), None),
        ((date(2025, 2, 1),), None),  # it is no longer valid at the exit
    ],
)
def test_a_stay_may_last_until_the_last_permit_to_leave_ends(
    ends: tuple[date | None, ...], limit: Limit | None
) -> None:
    held = tuple(Certificate(kind="go", valid_to=end) for end in ends)
    made = world(who={"certificates": held})
    journey = replay(made, itinerary("in off back home", "lll", ("- us", "us us cn", "us us jp", "us us cn", "us -")))
    _, stay, *_, last = journey.stays["ann"]
    (rule,) = (rule for rule in made.law.rules if isinstance(rule, ExitPermit))
    found = rule.last_lawful(journey, stay)
    assert (found, found and found.why) == (limit, limit and limit.why)
    assert rule.last_lawful(journey, last) is None
    shown = list(rule.shows(journey, stay))
    assert [paper.id for paper in shown] == (["go"] if limit or None in ends else [])
