"""Numbers and lists in the rulebooks on the Americas, the Middle East and Africa, and that they fit each other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from planner.rules.base import table_kinds
from planner.rules.kinds.conditional_waiver import ConditionalWaiver
from planner.rules.kinds.passport_validity import PassportValidity
from planner.scenario.documents import Acquirable
from planner.scenario.law import Admission
from planner.scenario.reading.rulebooks import shipped

BOOKS = shipped(table_kinds())
NAMES = ("AE", "BR", "CA", "CA4", "EA", "EG", "IL", "JO", "LB", "MX", "SA", "US", "ZA")
ADMISSIONS = {item.id: item for name in NAMES for item in BOOKS[name].admissions}
ACQUIRABLES = {item.id: item for name in NAMES for item in BOOKS[name].acquirables}
RULES: dict[str, Any] = {item.id: item for name in NAMES for item in BOOKS[name].rules}
# These admit only who can show some paper, whether or not there is another way in.
ON_CONDITION = {ground for rule in RULES.values() if isinstance(rule, ConditionalWaiver) for ground in rule.grounds_}


def overlaps(one: Admission, other: Admission) -> bool:
    """Whether two admissions are in force together on some day."""
    return max(one.effective_from or date.min, other.effective_from or date.min) <= min(
        one.effective_to or date.max, other.effective_to or date.max
    )


def contradictions(*grants: str) -> Iterator[tuple[str, str]]:
    """Admissions of the same people to the same zone on the same day, one with a visa and one of these grants."""
    for needed in (item for item in ADMISSIONS.values() if item.grant == "visa"):
        for free in ADMISSIONS.values():
            same = free.zone == needed.zone and set(free.nationalities) & set(needed.nationalities)
            if same and free.grant in grants and free.id not in ON_CONDITION and overlaps(free, needed):
                yield free.id, needed.id


def test_nobody_both_needs_a_visa_and_comes_without_one() -> None:
    assert list(contradictions("visa_free", "on_arrival", "citizen")) == []


@pytest.mark.parametrize("name", NAMES)
def test_no_state_admits_its_own_nationals_as_visitors(name: str) -> None:
    visits = [item for item in BOOKS[name].admissions if item.grant != "citizen"]
    assert [item.id for item in visits if str(item.zone) in map(str, item.nationalities)] == []


@pytest.mark.parametrize(
    ("id_", "price"),
    [
        ("us-b-visa", "USD 185"),
        ("us-esta", "USD 40"),
        ("ca-eta", "CAD 7"),
        ("br-evisa-us", "USD 80.90"),
        ("il-eta", "ILS 25"),
        ("jo-visa-2", "JOD 60"),
        ("sa-evisa", "SAR 300"),
        ("eg-evisa-multiple", "USD 60"),
        ("ea-visa-rwanda", "USD 100"),
        ("ea-ke-eta", "USD 30"),
    ],
)
def test_fees(id_: str, price: str) -> None:
    assert str(ACQUIRABLES[id_].price) == price


@pytest.mark.parametrize(
    ("admission", "acquirable"),
    [
        ("ca-eta-needed", "ca-eta"),
        ("ca-visa-exempt", "ca-eta"),
        ("mx-visa-needed", "mx-visitor-visa"),
        ("il-electronic", "il-eta"),
        ("sa-electronic", "sa-evisa"),
        ("eg-electronic", "eg-evisa-1"),
        ("ea-ke-electronic", "ea-ke-eta"),
        ("ea-ug-electronic", "ea-ug-evisa"),
    ],
)
def test_who_must_obtain_something_can_obtain_it(admission: str, acquirable: str) -> None:
    assert ADMISSIONS[admission].nationalities == ACQUIRABLES[acquirable].nationalities


def test_each_member_issues_the_east_africa_visa_for_all_three_and_for_entering_itself_first() -> None:
    for name, zone in (("kenya", "KE"), ("rwanda", "RW"), ("uganda", "UG")):
        for reading, ends in (("", True), ("-lenient", False)):
            visa = ACQUIRABLES[f"ea-visa-{name}{reading}"]
            assert isinstance(visa, Acquirable)
            assert visa.permission is not None
            assert set(visa.permission.zones) == {"KE", "RW", "UG"}
            assert visa.permission.first_entry_in == (zone,)
            assert visa.permission.ends_on_leaving is ends


def test_both_clocks_of_the_us_waiver_know_the_same_neighbours_cuba_among_them() -> None:
    strict, lenient = RULES["us-waiver-clock"], RULES["us-waiver-clock-balance"]
    assert (strict.count, lenient.count) == ("original_end", "balance")
    assert strict.nearby == lenient.nearby == strict.exempt_residents_of
    assert {"CA", "MX", "CU"} <= set(strict.nearby)


def test_the_second_us_proclamation_takes_over_from_the_first_without_a_gap() -> None:
    first, second = RULES["us-proclamation-2025"], RULES["us-proclamation-2026"]
    assert (second.effective_from - first.effective_to).days == 1
    assert len(first.nationalities) == 19
    assert len(second.nationalities) == 39  # 38 states, Turkmenistan's visitors aside, and Palestinian documents
    assert "TM" in first.nationalities
    assert "TM" not in second.nationalities


def test_the_papers_of_minors_changed_in_south_africa_on_8_november_2019() -> None:
    before, after = RULES["za-minors-2015"], RULES["za-minors-alone"]
    assert (after.effective_from - before.effective_to).days == 1
    assert after.effective_from == date(2019, 11, 8)


def test_mexicans_and_most_europeans_are_exempt_from_the_us_six_months() -> None:
    rule = RULES["us-passport-six-months"]
    assert isinstance(rule, PassportValidity)
    assert {"MX", "DE", "FR", "US"} <= set(rule.exempt_nationalities)
    assert "CN" not in rule.exempt_nationalities
