"""What neither the kind's own examples nor the tests of all kinds show."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve

from planner.core.money import Price
from planner.itinerary.choices import Application
from planner.itinerary.journey import Journey
from planner.itinerary.replay import replay
from planner.network.columns import all_legs
from planner.rules.base import rules_of
from planner.rules.kinds.permission_book import PermissionBook
from planner.rules.outlook import Outlook
from planner.rules.shares import Refused
from planner.scenario.documents import Acquirable, LeadTime, NewPassport, NewPermission
from planner.scenario.people import Dates, Passport, Permission, Traveller
from planner.scenario.scenario import Scenario
from planner.testing.readings import compare
from tests.itinerary.builders import itinerary, leg, scenario, traveller

# To Beijing, where one arrives on the day after the check-in, and home.
LEGS = (
    leg("in", "JFK-PEK", "2025-02-09 10:00", "2025-02-10 14:00"),
    leg("home", "PEK-JFK", "2025-02-20 10:00", "2025-02-20 10:30"),
)
FREE = Price.parse("0")
VISA = Acquirable(
    id="other",
    title="a visa",
    price=FREE,
    lead=LeadTime(days=3),
    keeps_passport=True,
    permission=NewPermission(zone="JP"),
)
QUICK = evolve(VISA, id="quick", keeps_passport=False)
RENEWAL = Acquirable(id="renewal", price=FREE, passport=NewPassport(id="new", state="US", renews="old"))
FURTHER = Acquirable(id="further", price=FREE, passport=NewPassport(id="second", state="US"))


def asked(*away: Dates) -> Scenario:
    """That trip of ann's with a visa in her old passport, and bob's, who has nothing to do with it."""
    old = Passport(id="old", state="US", away=away)
    us = Passport(id="us", state="US", away=(Dates(to=date(2025, 2, 1)),))
    papers = (Permission(id="visa", zone="CN", book="old"), Permission(id="plain", zone="CN"))
    ann = Traveller(id="ann", passports=(us, old), permissions=papers)
    items = (VISA, QUICK, RENEWAL, FURTHER)
    return scenario(LEGS, travellers=(ann, traveller("bob")), acquirables=items, today=date(2025, 2, 4))


def rule_of(made: Scenario) -> PermissionBook:
    (rule,) = (rule for rule in rules_of(made) if isinstance(rule, PermissionBook))
    return rule


def trip(made: Scenario, entry: str = "us", ground: str = "visa", **applied: tuple[int, str]) -> Journey:
    """The trip, on this passport and ground in China; applied for on a day of February in a passport."""
    applications = tuple(Application("ann", name, book, date(2025, 2, day)) for name, (day, book) in applied.items())
    stays = {"ann": ("- us", f"{entry} us {ground}", "us"), "bob": ("- us", "us us visa", "us")}
    return replay(made, itinerary("in home", "l", stays, applications=applications))


def told(travelled: Journey) -> list[str]:
    """How the rule is broken."""
    return [item.how for item in rule_of(travelled.scenario).check(travelled)]


@pytest.mark.parametrize(
    ("away", "found"),
    [
        ((), []),
        ((Dates(to=date(2025, 2, 8)), Dates(from_=date(2025, 2, 11))), []),
        ((Dates(to=date(2025, 2, 9)),), ["old is away on 2025-02-09"]),
        ((Dates(from_=date(2025, 2, 10)),), ["old is away on 2025-02-10"]),
        (
            (Dates(from_=date(2025, 2, 9), to=date(2025, 2, 10)),),
            ["old is away on 2025-02-09", "old is away on 2025-02-10"],
        ),
        (
            (Dates(from_=date(2025, 2, 1), to=date(2025, 2, 2)), Dates(from_=date(2025, 2, 10))),
            ["old is away on 2025-02-10"],
        ),
    ],
)
def test_the_book_is_at_hand_at_check_in_and_entry(away: tuple[Dates, ...], found: list[str]) -> None:
    made = asked(*away)
    assert told(trip(made)) == found
    assert told(trip(made, "old")) == []  # it is shown itself: for the rule about that book
    assert told(trip(made, "us", "plain")) == []
    assert compare(made, {"permission-book"}, 120)["visa.ann.book"] > 0


@pytest.mark.parametrize(
    ("applied", "found"),
    [
        ({"other": (6, "old")}, []),
        ({"other": (7, "old")}, ["old is kept for a visa on 2025-02-09"]),
        ({"other": (8, "old")}, ["old is kept for a visa on 2025-02-09", "old is kept for a visa on 2025-02-10"]),
        ({"other": (10, "old")}, ["old is kept for a visa on 2025-02-10"]),
        ({"other": (11, "old")}, []),
        ({"other": (8, "us"), "quick": (8, "old")}, []),
        ({"renewal": (9, "")}, ["old is given up on 2025-02-09", "old is given up on 2025-02-10"]),
        ({"renewal": (10, "")}, ["old is given up on 2025-02-10"]),
        ({"renewal": (11, ""), "further": (5, "")}, []),
    ],
)
def test_applications_take_the_book_away(applied: dict[str, tuple[int, str]], found: list[str]) -> None:
    assert told(trip(asked(), **applied)) == found


@pytest.mark.parametrize("item", [evolve(VISA, passports=("old",)), QUICK, RENEWAL, FURTHER], ids=lambda item: item.id)
def test_both_readings_agree_on_what_takes_the_book_away(item: Acquirable) -> None:
    made = asked()
    alone = scenario(LEGS, travellers=made.travellers[:1], acquirables=(item,), today=date(2025, 2, 5))
    seen = compare(alone, {"permission-book"}, 800 if item.keeps_passport or item is RENEWAL else 50)
    assert (seen["visa.ann.book"] > 0) == (item.id in ("other", "renewal"))


def test_the_book_is_shown_where_another_is_presented() -> None:
    made = asked()
    for entry, ground, papers in (("us", "visa", ["passport old"]), ("old", "visa", []), ("us", "plain", [])):
        travelled = trip(made, entry, ground)
        shown = [
            paper.label
            for stays in travelled.stays.values()
            for stay in stays
            for paper in rule_of(made).shows(travelled, stay)
        ]
        assert shown == papers


def test_bounds_hear_of_the_dates_on_which_it_is_away() -> None:
    made = asked(Dates(to=date(2025, 2, 9)), Dates(from_=date(2025, 2, 19)))
    outlook, found = Outlook(made, all_legs(made)), []
    for share in rule_of(made).bound(outlook):
        assert isinstance(share, Refused)
        assert (share.grounds, share.passports) == (("visa",), ["us", "new", "second"])
        days = outlook.days[share.arrivals[0]].tolist()  # type: ignore[index]
        found.append([date.fromordinal(day).day for day in days])
    assert found == [[9], [19, 20]]
