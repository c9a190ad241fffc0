"""Papers that rulebooks offer: which of them may serve, and the fact against each."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve

from planner.itinerary.choices import Application
from planner.itinerary.replay import replay
from planner.model.options import Options
from planner.network.columns import all_legs
from planner.rules.base import rules_of
from planner.rules.facts import Telling
from planner.rules.offered import NotListed, offered_scenario, offers, useful
from planner.rules.outlook import Outlook
from planner.rules.shares import Refused
from planner.rules.statements import Block
from planner.scenario.changing import Change
from planner.scenario.documents import Acquirable, NewCertificate, NewPassport, NewPermission, NewValidation
from planner.scenario.scenario import Scenario
from tests.itinerary.builders import itinerary, leg, price, scenario, traveller

LEGS = (
    leg("in", "JFK-PEK", "2025-02-01 10:00", "2025-02-02 14:00"),
    leg("home", "PEK-JFK", "2025-02-14 08:00", "2025-02-14 09:00"),
)


def paper(name: str, **more: Any) -> Acquirable:
    """Something offered; a visa for China if nothing else is said."""
    gives = {"permission", "validation", "certificate", "passport"} & more.keys()
    return Acquirable(id=name, price=price("1"), **({} if gives else {"permission": NewPermission(zone="CN")}), **more)


def world(*offered: Acquirable, **more: Any) -> Scenario:
    """Ann goes to China and back; these papers are offered."""
    return scenario(LEGS, offered=offered, **more)


VISA = paper("visa")
TO_VIENNA = NewPermission(zone="SCHENGEN")


@pytest.mark.parametrize(
    ("item", "serves"),
    [
        (VISA, True),
        (paper("visa", permission=TO_VIENNA), False),  # no leg goes there
        (paper("visa", permission=evolve(TO_VIENNA, with_zones=("CN",))), True),
        (paper("visa", permission=NewPermission(zone="US")), False),  # she is a citizen
        (paper("stamp", validation=NewValidation(area="CN")), True),
        (paper("stamp", validation=NewValidation(area="KP")), False),
        (paper("test", certificate=NewCertificate(kind="test")), False),  # nothing needs it
        (paper("book", passport=NewPassport(id="cn", state="CN")), False),
        (paper("visa", travellers=("bob",)), False),
        (paper("visa", nationalities=("US",)), True),
        (paper("visa", nationalities=("MX",)), False),
        (paper("visa", issued_by="CN"), True),
        (paper("visa", issued_by="FR"), False),  # whose consulates see to journeys to France
        (paper("visa", apply_from=date(2025, 2, 14)), True),  # the day of the last departure
        (paper("visa", apply_from=date(2025, 2, 15)), False),
        (paper("visa", apply_by=date(2025, 1, 1)), True),  # today
        (paper("visa", apply_by=date(2024, 12, 31)), False),
    ],
)
def test_what_lets_in_somewhere_on_the_way_may_serve(item: Acquirable, serves: bool) -> None:
    assert useful(world(item)) == ((item,) if serves else ())


def test_one_of_several_travellers_is_enough() -> None:
    people = (traveller("ann", "cn:CN"), traveller("bob", "us:US"))
    assert useful(world(VISA, travellers=people)) == (VISA,)
    assert useful(world(VISA, travellers=people[:1])) == ()


@pytest.mark.parametrize(
    ("need", "item"),
    [
        ("test", paper("test", certificate=NewCertificate(kind="other"))),  # by its own name
        ("other", paper("test", certificate=NewCertificate(kind="other"))),  # or what it gives
        ("mx", paper("book", passport=NewPassport(id="mx", state="MX"))),
        ("book", paper("book", passport=NewPassport(id="mx", state="MX"))),
    ],
)
def test_what_a_useful_paper_needs_is_useful_too(need: str, item: Acquirable) -> None:
    visa = paper("visa", needs=(need,))
    assert useful(world(item, visa)) == (item, visa)
    assert useful(world(evolve(item, travellers=("bob",)), visa)) == (visa,)
    assert useful(world(item, VISA)) == (VISA,)
    deeper = paper("deeper", certificate=NewCertificate(kind="x"))
    assert useful(world(deeper, evolve(item, needs=("x",)), visa)) == (deeper, evolve(item, needs=("x",)), visa)


def test_the_fact_against_a_paper_is_one_of_papers_and_giving_it_up_lists_it() -> None:
    made = world(VISA)
    rule = NotListed(item=VISA)
    assert rule.fact().telling == Telling.PAPER
    assert rule.fact().changeable
    (easing,) = rule.easings(made)
    assert (easing.fact, easing.changes) == (rule.fact().id, (Change(path=("may_obtain", "visa"), new="visa"),))


def test_both_readings_refuse_its_applications_and_bounds_whoever_enters_on_it() -> None:
    made = offered_scenario(world(VISA))
    (rule,) = made.beside
    options = Options(made, rules_of(made))
    (block,) = rule.restrict(options)
    assert isinstance(block, Block)
    assert block.fact == rule.fact()
    assert block.options.tolist() == options.applications("ann").ids.tolist()
    assert len(block.options)
    plan = evolve(
        itinerary("in home", "l", ["- us", "us us visa", "us - citizen:US"]),
        applications=(Application("ann", "visa", "us", date(2025, 1, 2)),),
    )
    assert [found.fact for found in rule.check(replay(made, plan))] == [rule.fact()]
    (share,) = rule.bound(Outlook(made, all_legs(made)))
    assert isinstance(share, Refused)
    assert (share.facts, share.traveller, share.grounds, share.passports) == ((rule.fact(),), "ann", ("visa",), None)


def test_bounds_hear_of_a_passport_that_is_not_listed_and_nothing_of_a_certificate() -> None:
    made = world()
    outlook = Outlook(made, all_legs(made))
    (share,) = NotListed(item=paper("book", passport=NewPassport(id="mx", state="MX"))).bound(outlook)
    assert isinstance(share, Refused)
    assert (share.passports, share.grounds) == (("mx",), None)
    assert list(NotListed(item=paper("test", certificate=NewCertificate(kind="x"))).bound(outlook)) == []


def test_everything_useful_is_added_in_its_order_and_offered_the_same_before_and_after() -> None:
    made = world(VISA, paper("useless", travellers=("bob",)), paper("stamp", validation=NewValidation(area="CN")))
    more = offered_scenario(made)
    assert more.may_obtain == ("visa", "stamp")
    assert [rule.item.id for rule in more.beside] == ["visa", "stamp"]
    assert offers(made) == offers(more)
    assert [(rung.fact, rung.dropped, rung.rule) for rung in offers(made)] == [
        (f"offered.{name}", f"offered.{name}", None) for name in ("visa", "stamp")
    ]
    assert {rung.weight for rung in offers(made)} == {made.repairs.weight("document")}
