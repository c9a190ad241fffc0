"""What the rulebooks say of one passport over time, and with one voice: across all of them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from planner.rules.base import table_kinds
from planner.rules.kinds.arrival_registration import ArrivalRegistration
from planner.rules.kinds.conditional_waiver import ConditionalWaiver
from planner.rules.kinds.purpose import PurposeLimit
from planner.rules.kinds.refused_entry import RefusedEntry
from planner.scenario.law import Admission
from planner.scenario.reading.rulebooks import shipped

BOOKS = shipped(table_kinds())
ISLANDS = {"HAINAN", "JEJU", "PHU-QUOC"}  # parts of zones that other books describe
ADMISSIONS = [item for name, book in BOOKS.items() if name not in ISLANDS for item in book.admissions]
RULES = {item.id: item for book in BOOKS.values() for item in book.rules}
ON_CONDITION = {ground for rule in RULES.values() if isinstance(rule, ConditionalWaiver) for ground in rule.grounds_}
ENDING = [item for item in ADMISSIONS if item.effective_to is not None]


def entered_as(territory: str, day: date) -> set[str]:
    """The names by which admissions to a territory go: its own, and those of the zones that it is then a member of."""
    zones = [zone for book in BOOKS.values() for zone in book.zones]
    return {territory} | {
        str(zone.id)
        for zone in zones
        for member in zone.members
        if member.territory == territory
        and "permission" in member.purposes
        and (member.from_ or date.min) <= day <= (member.to or date.max)
    }


@pytest.mark.parametrize("ended", ENDING, ids=lambda item: item.id)
def test_when_an_admission_ends_something_is_said_of_its_nationals_on_the_next_day(ended: Admission) -> None:
    assert ended.effective_to is not None
    day = ended.effective_to + timedelta(days=1)
    names = entered_as(str(ended.zone), day)
    followed = {
        state for item in ADMISSIONS if item.zone in names and item.in_force(day) for state in item.nationalities
    }
    at_home = {str(member) for zone in names for member in citizens(zone)}
    assert sorted({*map(str, ended.nationalities)} - {*map(str, followed)} - at_home) == []


def citizens(zone: str) -> set[str]:
    """The states whose nationals are at home in a zone."""
    zones = [item for book in BOOKS.values() for item in book.zones if item.id == zone]
    return {str(member.territory) for item in zones for member in item.members}


@pytest.mark.parametrize("day", [date(2026, 5, 1), date(2026, 10, 1), date(2027, 2, 1)])
def test_nobody_needs_a_visa_where_it_is_free(day: date) -> None:
    now = [item for item in ADMISSIONS if item.in_force(day) and item.id not in ON_CONDITION]
    free = {(str(item.zone), str(state)) for item in now if item.grant == "visa_free" for state in item.nationalities}
    visa = {(str(item.zone), str(state)) for item in now if item.grant == "visa" for state in item.nationalities}
    assert sorted(free & visa) == []


@pytest.mark.parametrize(
    "rule", [item for item in RULES.values() if isinstance(item, ArrivalRegistration)], ids=lambda item: item.id
)
def test_one_registers_with_somebody(rule: ArrivalRegistration) -> None:
    assert not rule.where_.startswith(("at ", "with ", "in "))


@pytest.mark.parametrize("zone", ["CZ", "EE", "FI", "LT", "LV", "NO", "PL"])
def test_russian_tourists_are_refused_by_seven_states_and_by_no_other(zone: str) -> None:
    rules = [item for item in RULES.values() if item.id.startswith("schengen-russian-tourists-")]
    assert len(rules) == 7
    (rule,) = [item for item in rules if isinstance(item, PurposeLimit) and item.zone == zone]
    assert (rule.nationalities, rule.types, rule.not_for) == (("RU",), ("visa",), ("tourism",))


def test_russians_are_refused_on_all_visas_for_several_entries() -> None:
    several = {item.id for item in BOOKS["SCHENGEN"].acquirables if item.permission and not item.permission.entries}
    rule = RULES["schengen-russians-one-entry"]
    assert isinstance(rule, RefusedEntry)
    assert {*rule.grounds_} == several
