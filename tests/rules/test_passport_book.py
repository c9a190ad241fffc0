"""What neither the kind's own examples nor the tests of all kinds show."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve

from planner.core.errors import Place
from planner.core.money import Price
from planner.core.period import Period
from planner.itinerary.choices import Application
from planner.itinerary.journey import Journey
from planner.itinerary.replay import replay
from planner.network.columns import all_legs
from planner.rules.base import rules_of
from planner.rules.facts import Telling
from planner.rules.kinds.passport_book import PassportBook
from planner.rules.outlook import Outlook
from planner.rules.shares import Refused
from planner.scenario.documents import Acquirable, LeadTime, NewPassport, NewPermission
from planner.scenario.law import Admission, LawBook
from planner.scenario.node import GroundType, Where
from planner.scenario.people import Dates, Passport, Permission, Traveller
from planner.scenario.scenario import Scenario
from planner.testing.readings import compare
from tests.itinerary.builders import itinerary, leg, scenario, traveller

# To Beijing for ten days and, with an hour left on the way home, back.
LEGS = (
    leg("in", "JFK-PEK", "2025-02-09 10:00", "2025-02-10 14:00"),
    leg("home", "PEK-JFK", "2025-02-20 10:00", "2025-02-20 10:30"),
)
FREE = Price.parse("0")
NEW = Acquirable(
    id="renewal",
    title="a new book",
    price=FREE,
    lead=LeadTime(days=3),
    passport=NewPassport(id="new", state="US", validity=Period(10), renews="us"),
)
VISA = Acquirable(
    id="visa", price=FREE, lead=LeadTime(days=3), keeps_passport=True, permission=NewPermission(zone="CN")
)
SLOW = evolve(VISA, id="slow", keeps_passport=False)


def asked(*items: Acquirable, **book: Any) -> Scenario:
    """That trip of ann's with a US passport, and one of Mexico."""
    free = Admission(id="free", zone="CN", nationalities=("MX",), grant="visa_free")
    home = Admission(id="home", zone="US", nationalities=("MX",), grant="visa_free")
    us = Passport(id="us", state="US", **book)
    return scenario(
        LEGS,
        travellers=(Traveller(id="ann", passports=(us, Passport(id="mx", state="MX"))),),
        law=LawBook(admissions=(free, home)),
        acquirables=items,
        today=date(2025, 2, 4),
    )


def book(made: Scenario, name: str = "us") -> PassportBook:
    (rule,) = (rule for rule in rules_of(made) if isinstance(rule, PassportBook) and rule.id == name)
    return rule


def trip(made: Scenario, *shown: str, **applied: int) -> Journey:
    """The trip with passports shown at the exit, entry, exit, entry; applied for in the US one on days of February."""
    out, entry, leaving, back = shown or ("us",) * 4
    applications = tuple(
        Application("ann", name, "" if name == "renewal" else "us", date(2025, 2, day)) for name, day in applied.items()
    )
    stays = (f"- {out}", f"{entry} {leaving} free", back)
    return replay(made, itinerary("in home", "l", stays, applications=applications))


def told(travelled: Journey, name: str = "us") -> list[str]:
    """The facts about a book that are broken, and how."""
    start = f"passport.ann.{name}."
    return [
        f"{item.fact.id.removeprefix(start)}: {item.how}"
        for item in book(travelled.scenario, name).check(travelled)
    ]  # fmt: skip


EXIT, CHECK_IN = "shown at the exit in JFK on 2025-02-09", "shown at check-in in JFK on 2025-02-09"
ENTRY, LEAVING = "shown at the entry in PEK on 2025-02-10", "shown at the exit in PEK on 2025-02-20"
BACK = ["shown at check-in in PEK on 2025-02-20", "shown at the entry in JFK on 2025-02-20"]


@pytest.mark.parametrize(
    ("dates", "found"),
    [
        ({}, []),
        ({"issued": date(2025, 2, 9), "expires": date(2025, 2, 20)}, []),
        ({"issued": date(2025, 2, 10)}, [f"dates: {EXIT}", f"dates: {CHECK_IN}"]),
        ({"expires": date(2025, 2, 19)}, [f"dates: {how}" for how in (LEAVING, *BACK)]),
        ({"away": (Dates(to=date(2025, 2, 9)),)}, [f"away: {EXIT}", f"away: {CHECK_IN}"]),
        ({"away": (Dates(from_=date(2025, 2, 11), to=date(2025, 2, 19)),)}, []),
        ({"away": (Dates(from_=date(2025, 2, 10), to=date(2025, 2, 10)),)}, [f"away: {ENTRY}"]),
        ({"away": (Dates(from_=date(2025, 2, 11)),)}, [f"away: {how}" for how in (LEAVING, *BACK)]),
        (
            {"away": (Dates(to=date(2025, 2, 8)), Dates(from_=date(2025, 2, 10), to=date(2025, 2, 12)))},
            [f"away: {ENTRY}"],
        ),
    ],
)
def test_a_book_is_shown_on_its_dates_and_in_hand(dates: dict[str, Any], found: list[str]) -> None:
    made = asked(**dates)
    assert told(trip(made)) == found
    assert told(trip(made, "mx", "mx", "mx", "mx")) == []
    assert told(trip(made, "mx", "mx", "mx", "us")) == [how for how in found if any(back in how for back in BACK)]
    compare(made, {"passport-book"}, 150)


def test_a_book_is_its_holders() -> None:
    """Bob's is of the same name."""
    us = Passport(id="us", state="US", expires=date(2025, 2, 12))
    people = Traveller(id="ann", passports=(us,)), traveller("bob")
    made = scenario(LEGS, travellers=people, today=date(2025, 2, 4))
    hers, his = (rule for rule in rules_of(made) if isinstance(rule, PassportBook))
    stays = dict.fromkeys(("ann", "bob"), ("- us", "us us", "us"))
    travelled = replay(made, itinerary("in home", "l", stays))
    assert {item.fact.id for item in hers.check(travelled)} == {"passport.ann.us.dates"}
    assert list(his.check(travelled)) == []
    outlook = Outlook(made, all_legs(made))
    assert [[fact.id for fact in share.facts] for share in hers.bound(outlook)] == [["passport.ann.us.dates"]]
    assert hers.last_lawful(travelled, travelled.stays["bob"][1]) is None
    assert compare(made, {"passport-book"}, 20)["passport.ann.us.dates"] > 0


def test_bounds_hear_when_it_is_not_shown() -> None:
    away = Dates(from_=date(2025, 2, 12), to=date(2025, 2, 13)), Dates(from_=date(2025, 2, 15))
    made = asked(issued=date(2025, 2, 11), expires=date(2025, 2, 18), away=away)
    outlook, found = Outlook(made, all_legs(made)), {}
    for share in book(made).bound(outlook):
        assert isinstance(share, Refused)
        assert share.passports == ("us",)
        days = outlook.days[share.arrivals[0]].tolist()  # type: ignore[index]
        found[share.facts[0].id] = [date.fromordinal(day).day for day in days]
    assert found == {
        "passport.ann.us.dates": [9, 10, 19, 20],
        "passport.ann.us.away": [12, 13, 15, 16, 17, 18, 19, 20],
    }


def test_facts_stand_where_they_are_written() -> None:
    there = Where(keys={name: Place(name) for name in ("issued", "expires", "away", "validity")})
    day = date(2025, 3, 1)
    new = evolve(NEW, passport=NewPassport(id="new", state="US", where=there))
    for dates, name, key in (
        ({"issued": day}, "us", "issued"),
        ({"issued": day, "expires": day}, "us", "expires"),
        ({}, "new", "validity"),
    ):
        made = asked(new, where=there, **dates)
        assert book(made, name).dates_fact(made.travellers[0]).place.file == key
    assert book(made).away_fact(made.travellers[0]).place.file == "away"


@pytest.mark.parametrize(
    ("applied", "found"),
    [
        ({"visa": 6}, []),  # back on the day of departure
        ({"visa": 7}, [f"{how}, while visa keeps it" for how in (EXIT, CHECK_IN)]),
        ({"visa": 10}, [f"{ENTRY}, while visa keeps it"]),
        ({"visa": 11}, []),
        ({"slow": 8}, []),
        ({"renewal": 20}, [f"{how}, renewed on 2025-02-20" for how in (LEAVING, *BACK)]),
        ({"renewal": 11}, [f"{how}, renewed on 2025-02-11" for how in (LEAVING, *BACK)]),
    ],
)
def test_applications_take_a_book_away(applied: dict[str, int], found: list[str]) -> None:
    made = asked(VISA, SLOW, NEW)
    assert told(trip(made, **applied)) == [f"away: {how}" for how in found]
    assert told(trip(made, "mx", "mx", "mx", "mx", **applied)) == []


def test_both_readings_agree_on_books_given_away_and_obtained() -> None:
    for items in ((VISA,), (NEW,), (VISA, SLOW, NEW)):
        assert compare(asked(*items), {"passport-book", "acquirable", "permission"}, 300)["passport.ann.us.away"] > 0
    assert compare(asked(NEW), {"passport-book", "acquirable", "permission"}, 600)["passport.ann.new.dates"] > 0


def test_a_new_book_expires_its_validity_after_the_day_it_is_ready() -> None:
    made = asked(NEW)
    assert told(trip(made, "mx", "mx", "new", "mx", renewal=7), "new") == []
    assert told(trip(made, "mx", "mx", "new", "mx", renewal=6), "new") == [f"dates: {LEAVING}"]
    assert told(trip(made, "us", "us", "us", "new", renewal=6), "new") == [f"dates: {how}" for how in BACK]
    fact = book(made, "new").dates_fact(made.travellers[0])
    assert fact.text == "a new book is valid for 10 days"
    assert not fact.changeable


def test_facts_say_what_is_known_and_what_can_be_changed() -> None:
    away = (Dates(from_=date(2025, 2, 1), to=date(2025, 2, 3)),)
    for dates, text, changeable in (
        ({"issued": date(2025, 2, 1)}, "ann's passport us is valid from 2025-02-01", False),
        ({"expires": date(2025, 3, 1)}, "ann's passport us is valid until 2025-03-01", True),
        (
            {"issued": date(2025, 2, 1), "expires": date(2025, 3, 1), "away": away},
            "ann's passport us is valid from 2025-02-01 until 2025-03-01",
            True,
        ),
    ):
        made = asked(NEW, **dates)  # type: ignore[arg-type]
        ann = made.travellers[0]
        fact, gone = book(made).dates_fact(ann), book(made).away_fact(ann)
        assert (fact.text, fact.changeable) == (text, changeable)
        held = "away" in dates
        assert (gone.changeable, gone.telling) == (held, Telling.PAPER if held else Telling.REMOTE)
        assert not book(made, "new").away_fact(ann).changeable
        assert gone.text == "ann cannot show passport us while it is away"


def test_easings_are_cut_down_to_what_the_journey_shows() -> None:
    away = (
        Dates(to=date(2025, 2, 8)),
        Dates(from_=date(2025, 2, 9), to=date(2025, 2, 9)),
        Dates(from_=date(2025, 2, 11)),
    )
    made = asked(NEW, expires=date(2025, 2, 12), away=away)
    rule = book(made)
    dates, gone = rule.easings(made)
    assert (dates.changes[0].new, len(gone.changes)) == (date(2035, 2, 4), 3)
    shown = trip(made)
    assert [(change.path[-1], change.new) for change in rule.settled(dates, shown).changes] == [
        ("expires", date(2025, 2, 20))
    ]
    assert [change.path[-1] for change in rule.settled(gone, shown).changes] == ["1", "2"]
    assert (rule.settled(dates, shown).fact, rule.settled(gone, shown).fact) == (dates.fact, gone.fact)
    never = trip(made, "mx", "mx", "mx", "mx")
    assert rule.settled(dates, never) == dates
    assert rule.settled(gone, never) == gone
    early = trip(made, "us", "us", "mx", "mx")
    assert rule.settled(dates, early) == dates  # it was valid
    assert [change.path[-1] for change in rule.settled(gone, early).changes] == ["1"]
    other = book(made, "new")
    assert list(other.easings(made)) == []
    assert other.settled(dates, shown) == dates


def test_the_plan_says_until_when() -> None:
    made = asked(NEW, expires=date(2025, 3, 1))

    def last(travelled: Journey, name: str = "us", stay: int = 1) -> tuple[date, str] | None:
        limit = book(made, name).last_lawful(travelled, travelled.stays["ann"][stay])
        return (limit.on, limit.why) if limit else None

    assert last(trip(made)) == (date(2025, 3, 1), "when passport us expires")
    assert last(trip(made, "us", "us", "mx", "mx")) is None
    assert last(trip(made, "mx", "mx", "us", "us")) == (date(2025, 3, 1), "when passport us expires")
    given_up = (date(2025, 2, 11), "the day before passport us is given up")
    assert last(trip(made, renewal=12)) == given_up
    assert last(trip(made, "us", "us", "new", "new", renewal=12)) is None
    expires = (date(2025, 2, 25), "when passport new expires")
    assert last(trip(made, "us", "us", "new", "new", renewal=12), "new") == expires
    end = trip(made, "mx", "mx", "mx", "us")  # the last stay is not left: the passport of its entry counts
    assert last(end, stay=2) == (date(2025, 3, 1), "when passport us expires")
    assert last(end, stay=1) is None


@pytest.mark.parametrize(("sort", "told"), [("visa", True), ("residence", False)])
def test_who_is_at_home_can_stay_without_a_passport(sort: GroundType, told: bool) -> None:
    us = Passport(id="us", state="US", expires=date(2025, 3, 1))
    ann = Traveller(id="ann", passports=(us,), permissions=(Permission(id="paper", zone="CN", type=sort),))
    made = scenario(LEGS, travellers=(ann,), today=date(2025, 2, 4))
    travelled = replay(made, itinerary("in home", "l", ("- us", "us us paper", "us - citizen:US")))
    assert (book(made).last_lawful(travelled, travelled.stays["ann"][1]) is not None) == told
