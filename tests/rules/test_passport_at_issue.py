"""What neither the kind's own examples nor the tests of all kinds show."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from planner.core.money import Price
from planner.core.period import Period
from planner.network.columns import all_legs
from planner.rules.base import rules_of
from planner.rules.kinds.passport_at_issue import PassportAtIssue
from planner.rules.outlook import Outlook
from planner.rules.shares import Refused
from planner.scenario.documents import Acquirable, LeadTime, NewPassport, NewPermission, NewValidation
from planner.scenario.people import Passport, Traveller
from planner.scenario.scenario import Scenario
from planner.testing.readings import compare
from tests.itinerary.builders import leg, scenario

LEGS = (
    leg("in", "JFK-PEK", "2025-02-09 10:00", "2025-02-10 14:00"),
    leg("home", "PEK-JFK", "2025-02-12 10:00", "2025-02-12 10:30"),
)
FREE = Price.parse("0")
SOURCE = "https://visa.example"


def world(expires: date | None, **gives: Any) -> Scenario:
    """A paper that asks for ten days, a passport that expires then, and a new one that is valid for twelve days."""
    item = Acquirable(id="paper", price=FREE, passport_validity=Period(10), source=SOURCE, **gives)
    book = Acquirable(
        id="book", price=FREE, lead=LeadTime(days=3), passport=NewPassport(id="new", state="US", validity=Period(12))
    )
    ann = Traveller(id="ann", passports=(Passport(id="us", state="US", expires=expires),))
    return scenario(LEGS, travellers=(ann,), acquirables=(item, book), today=date(2025, 2, 1))


@pytest.mark.parametrize(
    "gives", [{"permission": NewPermission(zone="CN")}, {"validation": NewValidation(area="CN")}], ids=["visa", "stamp"]
)
def test_both_readings_agree_on_passports_held_and_obtained(gives: dict[str, Any]) -> None:
    for expires in (None, date(2025, 2, 10), date(2025, 2, 15)):
        seen = compare(world(expires, **gives), {"passport-at-issue"}, 400)
        assert 0 < seen["acquire.paper.ann.passport_validity"] < seen[""]


@pytest.mark.parametrize(("expires", "short"), [(date(2025, 2, 10), True), (date(2025, 2, 11), False), (None, False)])
def test_bounds_leave_out_passports_that_are_too_short_already_today(expires: date | None, short: bool) -> None:
    made = world(expires, permission=NewPermission(zone="CN"))
    (rule,) = (rule for rule in rules_of(made) if isinstance(rule, PassportAtIssue))
    shares = list(rule.bound(Outlook(made, all_legs(made))))
    assert [(share.passports, share.grounds) for share in shares if isinstance(share, Refused)] == (
        [(["us"], ("paper",))] if short else []
    )


def test_the_sentence_says_what_is_known_of_the_passport_and_where_it_was_read() -> None:
    for expires, end in ((None, ""), (date(2025, 2, 10), " (us expires on 2025-02-10)")):
        made = world(expires, permission=NewPermission(zone="CN"))
        (rule,) = (rule for rule in rules_of(made) if isinstance(rule, PassportAtIssue))
        fact = rule.fact(made.travellers[0])
        assert fact.text.endswith(f"must be valid for 10 days more{end}")
        assert fact.source == SOURCE
