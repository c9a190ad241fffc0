"""What neither the kind's own examples nor the tests of all kinds show."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest
from attrs import evolve

from planner.core.period import Period
from planner.itinerary.journey import Journey
from planner.itinerary.replay import replay
from planner.model.options import Options
from planner.rules.base import rules_of
from planner.rules.kinds.return_entry import ReturnEntry
from planner.rules.statements import Block, Clause
from planner.scenario.law import Admission, LawBook
from planner.scenario.scenario import Scenario
from planner.testing.readings import compare
from tests.itinerary.builders import itinerary, leg, scenario, traveller
from tests.rules.plainly import TWO, heard

# Into China by air, and twice by train to North Korea and back. The border is crossed at Dandong.
LEGS = (
    leg("in", "JFK-PEK", "2025-01-31 10:00", "2025-02-01 14:00"),
    leg("off", "PEK-FNJ", "2025-02-05 10:00", "2025-02-06 10:00", mode="rail", exit_port="DDG", entry_port="SIN"),
    leg("back", "FNJ-PEK", "2025-02-08 10:00", "2025-02-09 10:00", mode="rail", exit_port="SIN", entry_port="DDG"),
    leg("out", "PEK-FNJ", "2025-02-11 10:00", "2025-02-12 10:00", mode="rail", exit_port="DDG", entry_port="SIN"),
    leg("more", "FNJ-PEK", "2025-02-14 10:00", "2025-02-15 10:00", mode="rail", exit_port="SIN", entry_port="DDG"),
    leg("home", "PEK-JFK", "2025-02-20 10:00", "2025-02-20 11:00"),
)
STAYS = ("- us", "us us free", "us us kp", "us us back", "us us kp", "us us back", "us -")


def question(legs: tuple[str, ...] = (), **rule: Any) -> Scenario:
    """The scenario with a rule for coming back, and with those legs only (none: all)."""
    back = ReturnEntry(
        **{"id": "back", "zone": "CN", "ports": ("DDG",), "within": Period(20), "nationalities": ("US",)} | rule
    )
    free, kp = (
        Admission(id=name, zone=zone, nationalities=("US", "MX"), grant="visa_free")
        for name, zone in (("free", "CN"), ("kp", "KP"))
    )
    return scenario(
        [item for item in LEGS if not legs or item.id in legs],
        law=LawBook(rules=(back,), admissions=(free, kp)),
        travellers=(traveller("ann", "us:US", "mx:MX"),),
    )


def travelled(world: Scenario, *stays: str) -> Journey:
    """The whole journey with those stays."""
    return replay(world, itinerary("in off back out more home", "lllll", stays))


def broken(*stays: str, **rule: Any) -> list[str]:
    """How coming back is not possible."""
    world = question(**rule)
    kind = world.law.rules[0]
    assert isinstance(kind, ReturnEntry)
    found = list(kind.check(travelled(world, *(stays or STAYS))))
    assert all(item.fact.id == "admission.CN.ann" for item in found)
    return [item.how.removeprefix("back does not apply: ") for item in found]


def test_every_return_counts_from_the_entry_that_was_no_return() -> None:
    assert broken(within=Period(20), types=("visa_free",)) == []
    assert broken(within=Period(19), types=("visa_free",)) == ["it ends on 2025-02-19, the stay on 2025-02-20"]
    assert broken(within=Period(12)) == []  # from the return before; the type is that of returns too
    assert broken(within=Period(11)) == ["it ends on 2025-02-19, the stay on 2025-02-20"]
    later = ("- us", "us us", "us us kp", "us us free", "us us kp", "us us back", "us -")
    assert broken(*later, within=Period(12), grounds_=("free",)) == []
    assert broken(within=Period(12), grounds_=("free",)) == ["it ends on 2025-02-12, the stay on 2025-02-20"]


NOT_LEFT = "no earlier stay was left at one of its ports"


@pytest.mark.parametrize(
    ("stays", "found"),
    [
        (("- us", "us us free", "us us kp", "us us free", "us us kp", "us us back", "us -"), []),
        (("- us", "us mx free", "us us kp", "us us back", "us us kp", "us us free", "us -"), [NOT_LEFT]),
        (("- us", "mx us free", "us us kp", "us us back", "us us kp", "us us free", "us -"), [NOT_LEFT]),
        (("- us", "mx mx free", "us us kp", "us us back", "us us kp", "us us free", "us -"), [NOT_LEFT]),
        (("- us", "us mx free", "us us kp", "us us free", "us us kp", "us us back", "us -"), []),
    ],
)
def test_it_is_one_passport_throughout(stays: tuple[str, ...], found: list[str]) -> None:
    assert broken(*stays) == found


def test_ports_of_both_crossings_and_the_date_of_the_return() -> None:
    assert broken(ports=("PEK",)) == ["entry at DDG", NOT_LEFT] * 2
    assert broken(effective_from=date(2025, 2, 10)) == ["it is not in force on 2025-02-09"]
    assert broken(effective_from=date(2025, 2, 9)) == []


def test_the_plan_says_until_when() -> None:
    world = question(within=Period(1, "months"))
    kind = world.law.rules[0]
    assert isinstance(kind, ReturnEntry)
    stays = travelled(world, *STAYS).stays["ann"]
    limits = [kind.last_lawful(travelled(world, *STAYS), stay) for stay in stays]
    assert [limit and limit.on for limit in limits] == [None] * 3 + [date(2025, 2, 28), None, date(2025, 3, 8), None]


def test_who_may_come_back() -> None:
    for rule, passports in (
        ({}, ("us",)),
        ({"nationalities": ()}, ("us", "mx")),
        ({"nationalities": (), "exempt_nationalities": ("US",)}, ("mx",)),
    ):
        world = question(**rule)
        grounds = list(world.law.rules[0].grounds(world, world.travellers[0]))  # type: ignore[attr-defined]
        assert [(ground.type, ground.passports) for ground in grounds] == [("permit", passports)]


def test_one_clause_for_each_return_and_passport_that_could_be_in_time() -> None:
    world = question(("in", "off", "back", "home"))
    options = Options(world, rules_of(world))
    stays = options.stays("ann")
    said, blocked = world.law.rules[0].restrict(options)  # type: ignore[attr-defined]
    assert isinstance(said, Clause)
    (given,) = (np.isin(stays.ids, group) for group in said.given)
    assert {*stays.ground[given], *stays.entry_port[given]} == {"back", "DDG"}
    assert set(stays.entry_on[np.isin(stays.ids, said.then)]) == {date(2025, 2, 1).toordinal()}
    assert isinstance(blocked, Block)
    assert set(stays.entry_port[np.isin(stays.ids, blocked.options)]) == {"PEK"}


def test_returns_that_nothing_before_can_be_in_time_for_are_blocked() -> None:
    world = question(("in", "off", "back", "home"), within=Period(19))
    said = list(world.law.rules[0].restrict(Options(world, rules_of(world))))  # type: ignore[attr-defined]
    assert [type(statement) for statement in said] == [Block]


BACK = '[[rules]]\nkind = "return-entry"\nid = "back"\nzone = "BB"\nports = ["BBX"]\nwithin = "5 days"\n'


def test_bounds_hear_of_two_people() -> None:
    refused, longest = (
        "bounds hear from admission.BB.{0}: Refused traveller {0}, "
        "arrivals AA 0601-0609; BB 0601-0609; CC 0601-0609, grounds [back]",
        "bounds hear from admission.BB.{0}: LongestStay traveller {0}, nights 4, grounds [back], besides []",
    )
    assert heard("return-entry", BACK, TWO) == [longest.format(who) for who in "tu"]
    then = "effective_from = 2025-06-10\n"
    assert heard("return-entry", BACK + then, TWO) == [said.format(who) for who in "tu" for said in (refused, longest)]


# Straight to North Korea, so that the first stay in China begins with coming by train.
STRAIGHT = leg("kp", "JFK-FNJ", "2025-02-05 10:00", "2025-02-06 18:00")


@pytest.mark.parametrize(
    "rule",
    [
        {},
        {"ports": ("DDG", "SIN")},  # where North Korea is left, too
        {"types": ("visa_free",), "within": Period(15)},
        {"grounds_": ("free",), "within": Period(15), "ports": ("DDG", "SIN")},
    ],
)
def test_both_readings_agree_on_each_of_two_people(rule: dict[str, Any]) -> None:
    made = question(**rule)
    more = scenario([STRAIGHT], ports=dict(made.ports))
    two = evolve(
        made,
        legs=(*made.legs, *more.legs),
        fares=(*made.fares, *more.fares),
        travellers=(traveller("bob", "jp:JP"), *made.travellers),
    )
    assert compare(two, {"return-entry"}, 250)["admission.CN.ann"] > 0
