"""A kind's two readings say the same: what `restrict` does not allow, `check` finds, and the other way round."""

from __future__ import annotations

import tomllib

import pytest

from planner.rules.base import Example, table_kinds
from planner.rules.examples import merge, scenario_data
from planner.scenario.reading import read_mapping
from tests.rules.both_readings import compare

CASES = [
    pytest.param(example, id=f"{name}: {example.title}")
    for name, cls in table_kinds().items()
    for example in cls.examples
]
# More to choose from than the examples themselves have: papers, tickets and flights.
MORE = """
[[travellers]]
id = "t"
[[travellers.passports]]
id = "more"
state = "DD"
issued = 2015-06-01
expires = 2025-12-01
blank_pages = 2
[[acquirables]]
id = "more-book"
price = "1"
lead = { days = 20 }
passport = { id = "more-new", state = "AA", blank_pages = 3, validity = "7 months" }
[[acquirables]]
id = "more-foreign"
price = "1"
passport = { id = "more-other", state = "BB", blank_pages = 1, validity = "5 months" }
[[acquirables]]
id = "more-paper"
price = "1"
lead = { days = 20 }
validation = { area = "BB", validity = "2 months", trips = 1 }
[[acquirables]]
id = "more-papers"
price = "1"
handed_over_in = ["CCC"]
validation = { area = "BB" }
[[legs]]
id = "more-ab"
from = "AAA"
to = "BBB"
departs = 2025-05-28T08:00:00
arrives = 2025-05-28T10:00:00
price = "1"
[[legs]]
id = "more-ba"
from = "BBB"
to = "AAA"
departs = 2025-06-12T08:00:00
arrives = 2025-06-12T10:00:00
price = "1"
[[fares]]
id = "more-out"
legs = ["ab", "bc"]
price = "1"
[[fares]]
id = "more-back"
legs = ["cb", "ba"]
price = "1"
"""


@pytest.mark.parametrize("example", CASES)
def test_both_readings_break_the_same_facts(example: Example) -> None:
    data = merge(scenario_data(example), tomllib.loads(MORE))
    seen = compare(read_mapping(data, table_kinds(), file="example"), set(table_kinds()), 400)
    assert seen[""] > 20
    assert len(seen) > 1 or not example.refused_by
