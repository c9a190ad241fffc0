"""Which papers a traveller is told to show, rule by rule."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve

from planner.core.period import Period
from planner.itinerary.choices import Application
from planner.itinerary.replay import replay
from planner.rules.base import rules_of
from planner.rules.kinds.airside_visa import AirsideVisa
from planner.rules.kinds.arrival_form import ArrivalForm
from planner.rules.kinds.conditional_waiver import ConditionalWaiver
from planner.rules.kinds.exit_permit import ExitPermit
from planner.rules.kinds.minor import Minor
from planner.rules.kinds.permission_book import PermissionBook
from planner.rules.kinds.purpose import PurposeLimit
from planner.rules.kinds.quarantine import Quarantine
from planner.rules.kinds.refused_entry import RefusedEntry
from planner.rules.kinds.required_paper import RequiredPaper
from planner.rules.kinds.test_before_departure import FreshTest
from planner.rules.kinds.vaccination import Vaccination
from planner.rules.showing import Paper
from planner.scenario.documents import Acquirable, NewPermission
from planner.scenario.law import Entry, LawBook
from planner.scenario.people import Certificate, Permission, Traveller
from tests.itinerary.builders import itinerary, leg, ports, price, scenario, traveller
from tests.rules.judging import certificate

# To Paris by way of an airside change at Istanbul, and home on the third day.
LEGS = (
    leg("in", "JFK-IST", "2025-02-01 10:00", "2025-02-01 20:00"),
    leg("on", "IST-CDG", "2025-02-01 22:00", "2025-02-01 23:30"),
    leg("home", "CDG-JFK", "2025-02-03 10:00", "2025-02-03 13:00"),
)
HELD = (
    Certificate(kind="old", issued=date(2024, 1, 1), valid_to=date(2025, 2, 2)),
    Certificate(kind="paper", issued=date(2025, 1, 31)),
)
US_VISA = Permission(id="us-visa", zone="US")
UNLESS = (Paper(zones=("US",)),)


def shown(
    *rules: Entry,
    who: Traveller | None = None,
    applied: dict[str, str] | None = None,
    items: tuple[Acquirable, ...] = (),
    ground: str = "x",
) -> list[list[tuple[str, str, str, str]]]:
    """What the rules want to see for each stay of ann's journey: rule, place, id and label.

    `applied` says in which passport what is applied for.
    """
    person = who or traveller("ann", "us:US", "mx:MX", certificates=HELD, permissions=(US_VISA,))
    question = scenario(
        LEGS,
        end="JFK",
        travellers=(person,),
        law=LawBook(rules=rules),
        acquirables=items,
        ports=ports(IST={"airside": True, "airside_on_separate_tickets": True}),
    )
    applications = tuple(Application("ann", name, book, date(2025, 1, 10)) for name, book in (applied or {}).items())
    travelled = replay(
        question, itinerary("in on home", "al", ("- us", f"us us {ground}", "us -"), applications=applications)
    )
    return [
        [
            (found.rule, found.where, found.id, found.label)
            for rule in rules_of(question)
            if rule in rules or isinstance(rule, PermissionBook)
            for found in rule.shows(travelled, stay)
        ]
        for stay in travelled.stays["ann"]
    ]


def at_check_in(name: str, label: str) -> list[list[tuple[str, str, str, str]]]:
    """One paper, at the check-in for Paris."""
    return [[], [("r", "check_in", name, label)], []]


PAPER = at_check_in("paper", "certificate paper")
VISA = at_check_in("us-visa", "visa us-visa")
NOTHING: list[list[Any]] = [[], [], []]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (RequiredPaper(id="r", zone="FR", certificates=("paper",)), PAPER),
        (RequiredPaper(id="r", zone="JP", certificates=("paper",)), NOTHING),
        # the first in the file; for the whole stay, the first that is good for it
        (RequiredPaper(id="r", zone="FR", certificates=("paper", "old")), at_check_in("old", "certificate old")),
        (RequiredPaper(id="r", zone="FR", certificates=("paper", "old"), whole_stay=True), PAPER),
        (ConditionalWaiver(id="r", zone="FR", papers=UNLESS, certificates=("paper",)), VISA),
        (ConditionalWaiver(id="r", zone="FR", certificates=("paper",), exempt_nationalities=("US",)), NOTHING),
        (FreshTest(id="r", zone="FR", certificate="paper", days=1), PAPER),
        (Vaccination(id="r", zone="FR", risk=("US",), certificate="old"), at_check_in("old", "certificate old")),
        (Vaccination(id="r", zone="FR", risk=("JP",), certificate="old"), NOTHING),
        (Quarantine(id="r", zone="FR", days=3, certificates=("paper",)), PAPER),
        (Quarantine(id="r", zone="FR", days=2, certificates=("paper",)), NOTHING),  # it is kept
        (AirsideVisa(id="r", zone="TR", unless=UNLESS), VISA),
        (AirsideVisa(id="r", zone="TR", unless=UNLESS, nationalities=("MX",)), NOTHING),
        (AirsideVisa(id="r", zone="FR", unless=UNLESS), NOTHING),
        (
            ExitPermit(id="r", zone="FR", certificates=("paper",)),
            [[], [("r", "exit", "paper", "certificate paper")], []],
        ),
        (
            ExitPermit(id="r", zone="US", certificates=("paper",)),
            [[("r", "exit", "paper", "certificate paper")], [], []],
        ),
        (Minor(id="r", zone="FR", under_age=Period(18, "years"), certificates=("paper",)), NOTHING),
        # what exempts from a rule that would refuse the entry, remind of something, or say nothing
        (RefusedEntry(id="r", zone="FR", unless=UNLESS), VISA),
        (ArrivalForm(id="r", zone="FR", earliest=3, title="the form", unless=UNLESS), VISA),
        (PurposeLimit(id="r", zone="FR", not_for=("tourism",), unless=UNLESS), VISA),
        (PurposeLimit(id="r", zone="FR", not_for=("work",), unless=UNLESS), NOTHING),
        # one of both is enough
        (RequiredPaper(id="r", zone="FR", certificates=("paper",), unless=UNLESS), PAPER),
        (RequiredPaper(id="r", zone="FR", certificates=("another",), unless=UNLESS), VISA),
        (RequiredPaper(id="r", zone="FR", certificates=("paper",), unless=(Paper(zones=("JP",)),)), PAPER),
    ],
)
def test_what_is_shown(rule: Entry, expected: list[list[Any]]) -> None:
    assert shown(rule) == expected


def test_only_who_is_young_and_alone_shows_the_parents_consent() -> None:
    rule = Minor(id="r", zone="FR", under_age=Period(18, "years"), certificates=("paper",))
    child = traveller("ann", "us:US", certificates=HELD, born=date(2010, 1, 1))
    assert shown(rule, who=child) == PAPER
    assert shown(evolve(rule, adult_age=Period(15, "years")), who=child) == NOTHING


def test_what_is_held_comes_before_what_is_obtained() -> None:
    rule, new = RequiredPaper(id="r", zone="FR", certificates=("paper", "test")), certificate("test", title="The test")
    assert shown(rule, items=(new,), applied={"test": ""}) == PAPER
    nothing_held = traveller("ann", "us:US")
    assert shown(rule, items=(new,), applied={"test": ""}, who=nothing_held) == at_check_in("test", "The test")
    assert shown(rule, items=(new,), who=nothing_held) == NOTHING


def test_a_visa_in_another_passport_is_shown_with_it() -> None:
    rule = ConditionalWaiver(id="r", zone="FR", papers=UNLESS)
    item = Acquirable(id="new", title="US visa", price=price("1"), permission=NewPermission(zone="US"))
    person = traveller("ann", "us:US", "mx:MX")
    both = [[], [("r", "check_in", "new", "US visa in passport mx"), ("r", "check_in", "mx", "passport mx")], []]
    assert shown(rule, who=person, items=(item,), applied={"new": "mx"}) == both
    assert shown(rule, who=person, items=(item,), applied={"new": "us"}) == at_check_in("new", "US visa")
    held = evolve(person, permissions=(evolve(US_VISA, book="mx"),))
    assert [found[2] for found in shown(rule, who=held)[1]] == ["us-visa", "mx"]


def test_so_is_the_passport_that_the_visa_one_enters_on_is_in() -> None:
    french = Permission(id="fr-visa", zone="FR", book="mx")
    person = traveller("ann", "us:US", "mx:MX", permissions=(french,))
    book = [[], [("permission-book", "check_in", "mx", "passport mx")], []]
    assert shown(who=person, ground="fr-visa") == book
    assert shown(who=person, ground="x") == NOTHING
    assert shown(who=evolve(person, permissions=(evolve(french, book="us"),)), ground="fr-visa") == NOTHING
