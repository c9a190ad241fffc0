"""What neither the kind's own examples nor the tests of all kinds show."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from planner.core.period import Period
from planner.rules.kinds.vaccination import Vaccination
from planner.scenario.node import TerritoryRef
from planner.scenario.people import Certificate, PastStay
from planner.scenario.travel import Member, Zone
from planner.testing.readings import compare
from tests.itinerary.builders import SCHENGEN, leg, ports, traveller
from tests.rules.judging import certificate, journey, told, world
from tests.rules.plainly import TWO, been, heard, refusal
from tests.rules.plainly import world as plain

# New York to Beijing for a week, through Istanbul airside for 10 hours, to Tokyo; home after two weeks there.
LEGS = (
    leg("a", "JFK-PEK", "2025-02-01 10:00", "2025-02-02 14:00"),
    leg("b", "PEK-IST", "2025-02-09 10:00", "2025-02-09 16:00"),
    leg("c", "IST-NRT", "2025-02-10 02:00", "2025-02-10 20:00"),
    leg("d", "NRT-JFK", "2025-02-24 10:00", "2025-02-24 09:00"),
)
PLACES = ports(IST={"airside": True, "airside_on_separate_tickets": True})
TO_JAPAN, HOME = "entry on 2025-02-10, in {} until {}", "entry on 2025-02-24, in {} until {}"


def broken(
    *held: Certificate, zone: str = "JP", past: tuple[PastStay, ...] = (), zones: tuple[Zone, ...] = (), **rule: Any
) -> list[str]:
    """How the demand for a vaccination is broken on that trip."""
    fever = Vaccination(id="fever", zone=zone, certificate="jab", **{"risk": ("CN",)} | rule)
    person = traveller("ann", certificates=held, past_stays=past)
    question = world(fever, LEGS, ports=PLACES, travellers=(person,), zones=(SCHENGEN, *zones), today=date(2025, 1, 28))
    compare(question, {"vaccination"}, 3)
    return told(journey(question, "a b c d", "lal", *["us"] * 4))


def test_what_counts_is_the_last_date_of_presence() -> None:
    assert broken() == [TO_JAPAN.format("CN", "2025-02-09")]
    assert broken(look_back=1) == [TO_JAPAN.format("CN", "2025-02-09")]
    assert broken(look_back=0) == []
    assert broken(zone="US", look_back=15) == [HOME.format("CN", "2025-02-09")]
    assert broken(zone="US", look_back=14) == []
    assert broken(zone="CN") == []  # not yet there


def test_a_change_of_planes_counts_if_it_takes_long_enough() -> None:
    assert broken(risk=("TR",)) == []
    assert broken(risk=("TR",), airside_hours=9) == [TO_JAPAN.format("TR", "2025-02-10")]
    assert broken(risk=("TR",), airside_hours=10) == []
    assert broken(risk=("TR",), airside_hours=9, zone="US", look_back=14) == [HOME.format("TR", "2025-02-10")]


def test_the_start_and_past_stays_count() -> None:
    assert broken(risk=("US",), look_back=9) == [TO_JAPAN.format("US", "2025-02-01")]
    assert broken(risk=("US",), look_back=8) == []
    before = (PastStay(territory="FR", from_=date(2025, 1, 1), to=date(2025, 1, 28)),)
    assert broken(risk=("SCHENGEN",), past=before, look_back=13) == [TO_JAPAN.format("FR", "2025-01-28")]
    assert broken(risk=("SCHENGEN",), past=before, look_back=12) == []
    for day, count in ((19, 0), (20, 1)):  # Romania joins the zone on the 20th
        past = (PastStay(territory="RO", from_=date(2025, 1, 1), to=date(2025, 1, day)),)
        assert len(broken(risk=("SCHENGEN",), past=past)) == count
    still = (PastStay(territory="FR", from_=date(2025, 1, 1)),)
    assert broken(risk=("FR",), past=still, look_back=9) == [TO_JAPAN.format("FR", "2025-02-01")]
    assert broken(risk=("FR",), past=still, look_back=8) == []


@pytest.mark.parametrize(("place", "left"), [("CN", 9), ("TR", 10)])
def test_a_place_is_at_risk_or_not_on_the_last_date(place: TerritoryRef, left: int) -> None:
    for last, count in ((left - 1, 0), (left, 1)):
        member = Member(territory=place, to=date(2025, 2, last), purposes=("clock",))
        assert len(broken(risk=("RISK",), zones=(Zone(id="RISK", members=(member,)),), airside_hours=9)) == count


def test_who_flies_on_at_once_has_not_been_there_before() -> None:
    legs = (LEGS[0], leg("on", "PEK-NRT", "2025-02-02 14:00", "2025-02-02 18:00"))
    bob, ann = traveller("bob", "jp:JP"), traveller("ann")
    for zone, count in (("CN", 0), ("JP", 20)):
        rule = Vaccination(id="fever", zone=zone, certificate="jab", risk=("CN",), nationalities=("US",))
        seen = compare(world(rule, legs, end="NRT", travellers=(bob, ann)), {"vaccination"}, 20)
        assert (seen["fever.bob"], seen["fever.ann"]) == (0, count)


@pytest.mark.parametrize(
    ("held", "count"),
    [
        (Certificate(kind="jab", issued=date(2025, 1, 31)), 0),
        (Certificate(kind="jab", issued=date(2025, 2, 1)), 1),
        (Certificate(kind="jab"), 0),
        (Certificate(kind="jab", issued=date(2015, 1, 31), valid_to=date(2025, 2, 9)), 1),
        (Certificate(kind="other", issued=date(2025, 1, 31)), 1),
    ],
)
def test_certificates_held(held: Certificate, count: int) -> None:
    assert len(broken(held)) == count


@pytest.mark.parametrize(
    ("applied", "days_before", "count"),
    [(date(2025, 1, 30), 10, 0), (date(2025, 1, 31), 10, 1), (date(2025, 2, 8), 0, 0), (date(2025, 2, 9), 0, 1)],
)
def test_one_that_is_obtained_is_issued_when_it_is_ready(applied: date, days_before: int, count: int) -> None:
    rule = Vaccination(id="fever", zone="JP", certificate="jab", risk=("CN",), days_before=days_before)
    question = world(rule, LEGS, ports=PLACES, acquirables=(certificate("jab", lead=1, validity=Period(30)),))
    assert len(told(journey(question, "a b c d", "lal", *["us"] * 4, applied={"jab": applied}))) == count


FEVER = '[[rules]]\nkind = "vaccination"\nid = "fever"\nzone = "BB"\nrisk = ["{}"]\ncertificate = "jab"\n'
FROM_GAMMA, FROM_ALPHA = FEVER.format("CC"), FEVER.format("AA")
IN_GAMMA = been("CC", "2025-04-24", "2025-04-23")  # 38 days before the first entry
A_DAY_EARLIER = """
[[legs]]
id = "ac"
from = "AAA"
to = "CCC"
departs = 2025-05-31T08:00:00
arrives = 2025-05-31T10:00:00
price = "1"
"""


@pytest.mark.parametrize(
    ("overlays", "expected"),
    [
        ((FROM_GAMMA, IN_GAMMA), ["BB always"]),
        ((FROM_GAMMA + "look_back = 37", IN_GAMMA), ["nowhere"]),
        ((FROM_GAMMA + "look_back = 38", IN_GAMMA), ["BB 0601"]),
        ((FROM_GAMMA, been("DD", "2025-04-24")), []),
        ((FROM_GAMMA, TWO, IN_GAMMA), ["BB always"]),
        ((FROM_ALPHA,), ["BB always"]),
        ((FROM_ALPHA + "look_back = 0",), ["BB 0601"]),
        ((FROM_ALPHA + "look_back = 0", A_DAY_EARLIER), ["BB 0531"]),  # it may be left then
    ],
)
def test_bounds_hear_of_what_is_certain(overlays: tuple[str, ...], expected: list[str]) -> None:
    assert heard("vaccination", *overlays) == [refusal("fever.t", days) for days in expected]


def test_bounds_hear_of_the_one_who_was_there_and_of_what_can_be_obtained() -> None:
    ugo = been("CC", "2025-04-24", traveller="u")
    assert heard("vaccination", FROM_GAMMA, TWO, ugo) == [refusal("fever.u", "BB always", "c")]
    jab = '[[acquirables]]\nid = "jab"\nprice = "25"\ncertificate = { kind = "jab" }\n'
    takes = "bounds hear from fever.t: Takes traveller t, items [jab], arrivals BB always, passports [a]"
    assert heard("vaccination", FROM_GAMMA, IN_GAMMA, jab) == [takes, refusal("fever.t", "nowhere")]


def test_both_readings_of_two_people_one_of_whom_was_there() -> None:
    broken = compare(plain(FROM_GAMMA + "look_back = 40", TWO, IN_GAMMA), {"vaccination"}, 40)
    assert 0 < broken["fever.u"] < broken["fever.t"]
