"""A dump for bug reports is about nobody."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from planner.api import dump_model
from planner.model.build import build
from planner.rules.base import kinds
from tests.small import small

PERSONAL = """
today = 2025-05-17
[[acquirables]]
id = "secret-visa"
title = "Mystery visa"
price = "13"
lead = { days = 3 }
apply_by = 2025-05-23
permission = { zone = "BB", entries = 1, enter_by = 2025-06-07, max_stay = "15 days" }
[[travellers]]
id = "t"
name = "Rosalind Zweig"
born = 1987-04-05
residence = ["DD"]
[[travellers.passports]]
id = "zweig-book"
state = "BB"
number = "X1234567"
issued = 2019-03-02
expires = 2029-03-01
blank_pages = 3
away = [{ from = 2025-05-19, to = 2025-05-21 }]
[[travellers.permissions]]
id = "zweig-permit"
zone = "BB"
entries = 1
valid_from = 2025-05-30
enter_by = 2025-06-05
[[travellers.past_stays]]
territory = "BB"
from = 2025-02-11
to = 2025-03-09
[[travellers]]
id = "quentin"
name = "Quentin Yarrow"
passports = [{ id = "yarrow-book", state = "CC", number = "Y7654321", expires = 2031-08-09 }]
[[trip.events]]
id = "private-party"
title = "A private party"
at = ["BBB"]
first_day = 2025-06-04
booked_on = 2025-05-11
[trip]
budget = "999"
return_by = 2025-06-12
[[rules]]
kind = "rolling-window"
id = "window"
zone = "BB"
days = 180
cap = 90
"""


def strings(value: Any) -> set[str]:
    """Every string in some JSON, keys included."""
    if isinstance(value, dict):
        return set(value).union(*map(strings, value.values()))
    if isinstance(value, list):
        return set().union(*map(strings, value))
    return {value} if isinstance(value, str) else set()


def numbers(value: Any) -> set[int]:
    """Every number in some JSON."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return set().union(*map(numbers, value))
    return {value} if isinstance(value, int | float) else set()


def test_a_dump_has_no_name_paper_or_date() -> None:
    scenario = small(PERSONAL)
    dump = dump_model(scenario)
    data = json.loads(dump)
    facts = build(scenario).program.facts
    assert len(data["facts"]) == len(facts) > 10
    assert any(len(fact.id.split(".")) > 2 and "quentin" in fact.id for fact in facts)
    # Words: nothing but what things are called in every dump.
    own = {"options", "variables", "facts", "literal", "kind", "blocks", "fact", "disjunctions", "linears", "weights"}
    assert strings(data) <= own | {"low", "high", "cost"} | set(kinds())
    for word in ("quentin", "rosalind", "zweig", "yarrow", "x1234567", "mystery", "secret", "party", "admission."):
        assert word not in dump.lower()
    # Numbers: no date as an ordinal, no time in UTC minutes.
    first_days = [date(year, 1, 1).toordinal() for year in (1987, 2019, 2025, 2029, 2031)]
    days = {first + day for first in first_days for day in range(366)}
    times = {time for leg in scenario.legs for time in (leg.departs_utc, leg.arrives_utc)}
    assert numbers(data).isdisjoint(days | times)


def test_a_dump_says_the_same_whoever_travels() -> None:
    renamed = PERSONAL
    for old, new in (("quentin", "somebody"), ("Quentin Yarrow", "Somebody Else"), ("zweig-book", "a-book")):
        renamed = renamed.replace(old, new)
    renamed = renamed.replace("X1234567", "Z0000000").replace("1987-04-05", "1990-01-01")
    assert dump_model(small(renamed)) == dump_model(small(PERSONAL))
