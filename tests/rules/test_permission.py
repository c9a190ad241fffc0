"""What neither the kind's own examples nor the tests of all kinds show."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from planner.core.errors import Place
from planner.core.money import Price
from planner.core.period import Period
from planner.itinerary.choices import Application
from planner.itinerary.journey import Journey
from planner.itinerary.replay import replay
from planner.network.columns import all_legs
from planner.rules.base import rules_of
from planner.rules.kinds.permission import PermissionRule
from planner.rules.outlook import Outlook
from planner.rules.shares import LongestStay, Refused, Single, Takes
from planner.scenario.documents import Acquirable, LeadTime, NewPermission
from planner.scenario.node import Where
from planner.scenario.people import Permission
from planner.scenario.scenario import Scenario
from planner.testing.readings import compare
from tests.itinerary.builders import itinerary, leg, scenario, traveller

# Twice into China, by way of Japan, where one can stay; ten and four days.
LEGS = (
    leg("in", "JFK-PEK", "2025-02-09 10:00", "2025-02-10 14:00"),
    leg("off", "PEK-NRT", "2025-02-19 10:00", "2025-02-19 14:00"),
    leg("back", "NRT-PEK", "2025-02-21 10:00", "2025-02-21 14:00"),
    leg("home", "PEK-JFK", "2025-02-24 10:00", "2025-02-24 10:30"),
)
BOOKS = ("us:US", "mx:MX")


def asked(*, held: bool = True, per: str = "traveller", **terms: Any) -> Scenario:
    """That way with a visa for China that ann holds, or that can be obtained in three days, in either passport."""
    passports = terms.pop("passports", ())
    if held:
        papers = (Permission(id="visa", **{"zone": "CN", "passports": passports} | terms),)
        return scenario(LEGS, travellers=(traveller("ann", *BOOKS, permissions=papers),), today=date(2025, 2, 1))
    item = Acquirable(
        id="visa",
        title="the visa",
        price=Price.parse("5"),
        per=per,  # type: ignore[arg-type]
        lead=LeadTime(days=3),
        passports=passports,
        permission=NewPermission(**{"zone": "CN"} | terms),
        source="https://visa.example",
    )
    return scenario(LEGS, travellers=(traveller("ann", *BOOKS),), acquirables=(item,), today=date(2025, 2, 1))


def visa(made: Scenario) -> PermissionRule:
    (rule,) = (rule for rule in rules_of(made) if isinstance(rule, PermissionRule))
    return rule


def trip(made: Scenario, first: str = "us", second: str = "us", **applied: int) -> Journey:
    """The trip, on these passports in China; a visa is applied for in each passport on a day of February."""
    stays = ("- us", f"{first} {first} visa", "us us", f"{second} {second} visa", "us - citizen:US")
    applications = tuple(Application("ann", "visa", name, date(2025, 2, day)) for name, day in applied.items())
    return replay(made, itinerary("in off back home", "lll", stays, applications=applications))


def told(travelled: Journey) -> list[str]:
    """The limits that are broken, and how."""
    found = visa(travelled.scenario).check(travelled)
    return [f"{item.fact.id.removeprefix('visa.ann.')}: {item.how}" for item in found]


TERMS = [
    ({}, []),
    ({"entries": 2}, []),
    ({"entries": 1}, ["entries: 2 entries rest on it"]),
    ({"valid_from": date(2025, 2, 10), "enter_by": date(2025, 2, 21)}, []),
    ({"valid_from": date(2025, 2, 11)}, ["valid_from: entered on 2025-02-10"]),
    ({"enter_by": date(2025, 2, 20)}, ["enter_by: entered on 2025-02-21"]),
    ({"max_stay": Period(10)}, []),
    ({"max_stay": Period(9)}, ["max_stay: stays from 2025-02-10 to 2025-02-19"]),
    ({"max_stay": Period(9), "count_from": "day_after"}, []),
    ({"max_stay": Period(8), "count_from": "day_after"}, ["max_stay: stays from 2025-02-10 to 2025-02-19"]),
    ({"max_stay": Period(212, "hours")}, []),
    ({"max_stay": Period(211, "hours")}, ["max_stay: stays from 2025-02-10 to 2025-02-19"]),
    ({"valid_after_first_entry": Period(15)}, []),
    (
        {"valid_after_first_entry": Period(14)},
        ["validity: first entered on 2025-02-10, still there on 2025-02-24"],
    ),
    ({"valid_after_first_entry": Period(14), "count_from": "day_after"}, []),
]


@pytest.mark.parametrize(("terms", "found"), TERMS)
def test_each_limit_is_judged_for_itself(terms: dict[str, Any], found: list[str]) -> None:
    made = asked(**terms)
    assert told(trip(made)) == found
    assert told(trip(made, "mx", "us")) == found  # one copy, whatever the passport
    bought = asked(held=False, **terms)
    assert told(trip(bought, us=1)) == found
    for question in (made, bought):
        compare(question, {"permission", "acquirable"}, 150)


def test_each_copy_obtained_counts_for_itself() -> None:
    for terms in ({"entries": 1}, {"valid_after_first_entry": Period(14)}):
        assert told(trip(asked(held=False, **terms), "mx", "us", us=1, mx=1)) == []  # type: ignore[arg-type]


def test_it_is_entered_on_so_long_after_it_is_ready_and_no_later() -> None:
    made = asked(held=False, enter_within=Period(10))
    assert told(trip(made, us=8)) == []  # ready on the 11th
    assert told(trip(made, us=7)) == ["enter_by: ready on 2025-02-10, entered on 2025-02-21"]
    assert told(trip(made, "mx", "us", us=8, mx=1)) == []
    assert compare(made, {"permission", "acquirable"}, 1000)["visa.ann.enter_by"] > 0


def test_facts_say_what_the_limit_is_and_where_it_stands() -> None:
    made = asked(held=False, entries=2, valid_from=date(2025, 2, 1), enter_within=Period(9), max_stay=Period(5))
    ann = made.travellers[0]
    facts = {aspect: visa(made).fact(made, ann, aspect) for aspect in ("entries", "valid_from", "enter_by", "max_stay")}
    assert [fact.text for fact in facts.values()] == [
        "the visa allows 2 entries to China",
        "the visa is valid for entries from 2025-02-01",
        "the visa must be used to enter China within 9 days of being ready",
        "the visa allows stays of at most 5 days in China",
    ]
    assert {fact.source for fact in facts.values()} == {"https://visa.example"}
    assert not any(fact.changeable for fact in facts.values())
    both = asked(held=False, enter_by=date(2025, 3, 1), enter_within=Period(9))
    assert visa(both).fact(both, ann, "enter_by").text == (
        "the visa must be used to enter China by 2025-03-01 and within 9 days of being ready"
    )
    for terms, key in (({"enter_by": date(2025, 3, 1)}, "enter_by"), ({}, "enter_within")):
        there = Where(keys={name: Place(name) for name in ("enter_by", "enter_within", "valid_after_first_entry")})
        written = asked(held=False, enter_within=Period(9), valid_after_first_entry=Period(9), where=there, **terms)
        assert visa(written).fact(written, ann, "enter_by").place.file == key
        assert visa(written).fact(written, ann, "validity").place.file == "valid_after_first_entry"
    mine = asked(entries=1)
    fact = visa(mine).fact(mine, ann, "entries")
    assert (fact.text, fact.source, fact.changeable) == ("ann's visa visa allows 1 entry to China", "", True)


def test_offers_are_for_the_holder_and_the_passports_that_it_is_good_with() -> None:
    for made, passports in (
        (asked(), ("us", "mx")),
        (asked(passports=("mx",)), ("mx",)),
        (asked(held=False), ("us", "mx")),
        (asked(held=False, passports=("mx",)), ("mx",)),
        (asked(held=False, passports=("none",)), None),
        (asked(type="airside"), None),
    ):
        offered = [ground.passports for ground in visa(made).grounds(made, made.travellers[0])]
        assert offered == ([] if passports is None else [passports])
    made = asked()
    assert list(visa(made).grounds(made, traveller("bob"))) == []


def test_bounds_hear_of_each_limit() -> None:
    terms = {
        "valid_from": date(2025, 2, 11),
        "enter_by": date(2025, 2, 20),
        "max_stay": Period(5),
        "valid_after_first_entry": Period(9),
    }
    for made, more in (
        (asked(**terms), []),
        (asked(held=False, **terms), [(Takes, ("visa",))]),
        (asked(held=False, entries=1, **terms), [(Takes, ("visa",)), (Single, "visa")]),
        (asked(held=False, entries=2, **terms), [(Takes, ("visa",))]),
        (asked(held=False, entries=1, per="party", **terms), [(Takes, ("visa",))]),
    ):
        outlook, found, facts = Outlook(made, all_legs(made)), list[tuple[type, Any]](), list[list[str]]()
        for share in visa(made).bound(outlook):
            assert getattr(share, "traveller", "") == "ann"
            facts.append([fact.id.removeprefix("visa.ann.") for fact in share.facts])
            if isinstance(share, Refused):
                days = outlook.days[share.arrivals[0]].tolist()  # type: ignore[index]
                found.append((Refused, [date.fromordinal(day).day for day in days]))
            elif isinstance(share, LongestStay):
                found.append((LongestStay, share.nights))
            elif isinstance(share, Takes):
                found.append((Takes, share.items))
            elif isinstance(share, Single):
                found.append((Single, share.item))
        assert found == [
            (Refused, [9, 10]),
            (Refused, [21, 22, 23, 24]),
            (LongestStay, 4),
            (LongestStay, 8),
            *more,
        ]
        said = ["valid_from"], ["enter_by"], ["max_stay"], ["validity"], [], ["entries"]
        assert facts == [*said[: len(found)]]
    made = asked(max_stay=Period(1, "months"))
    (share,) = visa(made).bound(Outlook(made, all_legs(made)))
    assert isinstance(share, LongestStay)
    assert share.nights == 27  # from February into March


def test_easings_come_down_to_the_dates_of_the_entries() -> None:
    made = asked(valid_from=date(2025, 2, 20), enter_by=date(2025, 2, 12), entries=1)
    rule = visa(made)
    easings = {easing.changes[0].path[-1]: easing for easing in rule.easings(made)}
    cut = {key: rule.settled(easing, trip(made)).changes[0].new for key, easing in easings.items()}
    assert cut == {"valid_from": date(2025, 2, 10), "enter_by": date(2025, 2, 21), "entries": None}
    bought = asked(held=False, entries=1)
    assert list(visa(bought).easings(bought)) == []
    assert visa(bought).settled(easings["enter_by"], trip(bought, us=1)) is easings["enter_by"]


def test_the_plan_says_until_when() -> None:
    def last(made: Scenario, stay: int = 1, **more: Any) -> date | None:
        travelled = trip(made, **more)
        limit = visa(made).last_lawful(travelled, travelled.stays["ann"][stay])
        return limit.on if limit else None

    assert last(asked()) is None
    assert last(asked(max_stay=Period(5))) == date(2025, 2, 14)
    assert last(asked(max_stay=Period(5), count_from="day_after")) == date(2025, 2, 15)
    assert last(asked(max_stay=Period(5)), 2) is None
    assert last(asked(max_stay=Period(24, "hours"))) == date(2025, 2, 11)
    validity = asked(valid_after_first_entry=Period(14))
    assert [last(validity, stay) for stay in (1, 3)] == [date(2025, 2, 23)] * 2
    assert last(validity, 3, first="mx") == date(2025, 2, 23)
    both = asked(valid_after_first_entry=Period(14), max_stay=Period(10))
    assert [last(both, stay) for stay in (1, 3)] == [date(2025, 2, 19), date(2025, 2, 23)]
    copies = asked(held=False, valid_after_first_entry=Period(14))
    assert last(copies, 3, first="mx", us=1, mx=1) == date(2025, 3, 6)
    assert last(copies, 3, us=1) == date(2025, 2, 23)
