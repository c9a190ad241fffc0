"""A kind's two readings say the same: what `restrict` does not allow, `check` finds, and the other way round."""

from __future__ import annotations

import tomllib

import pytest

from planner.rules.base import Example, table_kinds
from planner.rules.examples import WORLD, merge, scenario_data
from planner.scenario.reading import read_mapping
from planner.testing.readings import compare

CASES = [
    pytest.param(example, id=f"{name}: {example.title}")
    for name, cls in table_kinds().items()
    for example in cls.examples
]
# More to choose from than the examples themselves have: papers, tickets and flights. It is late in May, so that
# applications and bookings often fall on the very dates that matter.
MORE = """
today = 2025-05-24
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
lead = { days = 5 }
passport = { id = "more-new", state = "AA", blank_pages = 3, validity = "7 months" }
[[acquirables]]
id = "more-foreign"
price = "1"
passport = { id = "more-other", state = "BB", blank_pages = 1, validity = "5 months" }
[[acquirables]]
id = "more-paper"
price = "1"
lead = { days = 5 }
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


# Everything at once, for two people, in a zone whose members change while they are on the way. The second flight back
# leaves on the last day of a rule and arrives on the next.
CROWDED = """
remove = ["more-ab", "more-papers"]
[[legs]]
id = "more-ba"
departs = 2025-06-09T23:00:00
arrives = 2025-06-10T01:00:00
[[legs]]
id = "bc"
departs = 2025-06-05T08:00:00
arrives = 2025-06-05T10:00:00
[[legs]]
id = "cb"
departs = 2025-06-07T08:00:00
arrives = 2025-06-07T10:00:00
[[zones]]
id = "Z"
[[zones.members]]
territory = "BB"
from = 2025-05-30
to = 2025-06-09
purposes = ["clock"]
[[zones.members]]
territory = "CC"
to = 2025-06-05
purposes = ["clock"]
[[travellers]]
id = "t"
[[travellers.passports]]
id = "more"
blank_pages = 1
[[travellers]]
id = "u"
name = "Ugo"
nationalities = ["CC"]
[[travellers.passports]]
id = "a"
state = "BB"
issued = 2025-05-27
expires = 2025-08-30
blank_pages = 2
[[acquirables]]
id = "more-validity"
price = "1"
lead = { days = 2 }
validation = { area = "Z", validity = "10 days", trips = 1 }
[[trip.events]]
id = "race"
at = ["BBB"]
first_day = 2025-06-04
[[rules]]
kind = "passport-ban"
id = "ban"
passport_state = "AA"
area = "Z"
adjacent_exit = true
effective_to = 2025-06-09
[[rules]]
kind = "passport-ban"
id = "ban-inside"
passport_state = "BB"
area = "Z"
scope = ["in"]
[[rules]]
kind = "own-passport"
id = "own"
state = "BB"
zone = "Z"
accepts = ["DD"]
effective_from = 2025-06-01
[[rules]]
kind = "own-passport"
id = "own-out"
state = "CC"
zone = "AA"
directions = ["out"]
[[rules]]
kind = "own-passport"
id = "own-until"
state = "AA"
zone = "Z"
directions = ["out"]
effective_to = 2025-06-09
[[rules]]
kind = "same-passport"
id = "same"
zone = "Z"
[[rules]]
kind = "passport-validity"
id = "valid"
zone = "Z"
after_entry = "3 months"
after_exit = "80 days"
issued_within = "4 days"
exempt_nationalities = ["DD"]
[[rules]]
kind = "blank-pages"
id = "pages"
zone = "Z"
pages = 2
exempt_nationalities = ["DD"]
[[rules]]
kind = "blank-pages"
id = "pages-home"
zone = "AA"
pages = 1
uses = 2
[[rules]]
kind = "blank-pages"
id = "pages-gamma"
zone = "CC"
pages = 0
uses = 2
[[rules]]
kind = "closure"
id = "closed"
zone = "Z"
exempt_nationalities = ["DD"]
exempt_events = ["race"]
days_before = 3
[[rules]]
kind = "registration"
id = "registered"
event = "race"
refused = ["AA"]
effective_from = 2025-05-28
[[rules]]
kind = "no-airside"
id = "no-airside"
territory = "BB"
effective_to = 2025-06-05
"""


def test_many_rules_break_the_same_facts_in_a_crowded_world() -> None:
    base = merge(tomllib.loads(WORLD), tomllib.loads(MORE))
    scenario = read_mapping(merge(base, tomllib.loads(CROWDED)), table_kinds(), file="crowded")
    seen = compare(scenario, set(table_kinds()), 5000)
    common = [f"{rule}.{who}" for rule in ("ban", "own", "same", "valid", "pages", "closed") for who in "tu"]
    rare = [
        "ban-inside.u",
        "own-out.u",
        "own-until.t",
        "pages-home.t",
        "registered.t",
        "no-airside",
        "acquire.more-validity.t.lead",
    ]
    assert [fact for fact in common + rare if not seen[fact]] == []
    assert not seen["own-out.t"]
