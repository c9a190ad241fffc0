"""Wishes and documents: statements about options and checks say the same, on random journeys in a busy world."""

from __future__ import annotations

import tomllib
from collections import Counter
from random import Random

import pytest

from planner.itinerary.replay import Unreal
from planner.model.options import Options
from planner.rules.base import rules_of, table_kinds
from planner.rules.examples import WORLD, merge
from planner.rules.statements import AtMost, Block, Clause
from planner.scenario.reading import read_mapping
from planner.scenario.scenario import Scenario
from planner.testing.readings import broken_by, journeys, ways_to_count_stops
from planner.verify.checker import costed

KINDS = {"acquirable", "avoid", "budget", "connections", "dates", "event", "stop", "touch"}
# Two travellers, papers with every condition there is, flights enough to make each wish come true or not.
BUSY = """
today = 2025-05-01

[[travellers]]
id = "u"
residence = ["CC"]
passports = [{ id = "c", state = "CC" }]
certificates = [{ kind = "paper", valid_from = 2025-05-20, valid_to = 2025-05-27 }]

[[acquirables]]
id = "visa"
price = "30"
permission = { zone = "BB" }
lead = { days = 3, business_days = 4 }
apply_from = 2025-05-05
apply_by = 2025-05-28
at_least_before_use = 10
at_most_before_use = "21 days"
needs = ["paper", "book"]
[[acquirables]]
id = "letter"
price = "5"
per = "party"
certificate = { kind = "paper", validity = "12 days" }
lead = { days = 2 }
apply_on = [2025-05-02, 2025-05-06, 2025-05-09, 2025-05-12, 2025-05-13, 2025-05-20, 2025-05-26]
[[acquirables]]
id = "book"
price = "10.005"
passport = { id = "n", state = "BB" }
lead = { days = 12 }
handed_over_in = ["AA", "BBX"]
handed_over_from = 2025-05-20
travellers = ["t"]
[[acquirables]]
id = "abroad"
price = "2"
permission = { zone = "CC" }
apply_in = ["BB"]
handed_over_in = ["BB"]
residents_of = ["CC"]

[[admissions]]
id = "visit-gamma"
fee = "3.50"

[[legs]]
id = "ab"
operator = "Alpha Air"
[[legs]]
id = "early"
from = "AAA"
to = "BBB"
departs = 2025-05-28T08:00:00
arrives = 2025-05-28T10:00:00
price = "70"
per = "party"
[[legs]]
id = "over"
mode = "rail"
from = "BBB"
to = "BBX"
departs = 2025-05-28T10:40:00
arrives = 2025-05-28T12:00:00
entry_port = "BBX"
price = "4"
[[legs]]
id = "back-over"
mode = "rail"
from = "BBX"
to = "BBB"
departs = 2025-06-01T11:00:00
arrives = 2025-06-01T12:30:00
price = "4"
[[legs]]
id = "late-bc"
from = "BBB"
to = "CCC"
departs = 2025-06-06T14:00:00
arrives = 2025-06-06T16:00:00
price = "50"
[[legs]]
id = "late"
from = "BBB"
to = "AAA"
departs = 2025-06-12T08:00:00
arrives = 2025-06-12T10:00:00
price = "90"
[[fares]]
id = "out"
legs = ["ab", "bc"]
price = "120"
[[fares]]
id = "home"
legs = ["cb", "ba"]
price = "111"
per = "party"

[[touches]]
after = "ab"
before = "bc"
mode = "landside"
[[touches]]
after = "cb"
before = "ba"
mode = "airside"

[trip]
depart_from = 2025-05-30
depart_by = 2025-05-31
return_by = 2025-06-11
budget = "640"
ordered = true
avoid = { ports = ["BBX"], territories = ["CC"], operators = ["Alpha Air"] }
nightly = [{ at = ["BBX"], price = "9", per = "party" }, { at = ["BB", "CCC"], price = "1.005" }]

[trip.connections]
same_ticket = 60
self_transfer = 150
ports = { BBX = 6000 }

[[trip.stops]]
id = "b"
at = ["BB"]
nights = { min = 2, max = 8 }
arrive_by = 2025-05-31
[[trip.stops]]
id = "c"
at = ["CC"]
leave_from = 2025-06-11
nights = { min = 5 }
[[trip.stops]]
id = "again"
at = ["BBB", "BBX"]

[[trip.events]]
id = "race"
title = "the race"
at = ["BB"]
first_day = 2025-06-05
price = "40"
book_from = 2025-05-08
book_by = 2025-05-29
needs = ["letter"]
[[trip.events]]
id = "fair"
at = ["CCC", "BBX"]
first_day = 2025-05-29
last_day = 2025-05-31
price = "12"
per = "party"
travellers = ["u"]
passport_in_hand = false
needs = ["c"]
"""
IDS = {
    *("acquire.visa.t.when", "acquire.visa.t.before_use", "acquire.visa.t.needs", "acquire.visa.t.lead"),
    *("acquire.visa.u.needs", "acquire.letter.t.when", "acquire.book.t.lead", "acquire.book.u.residents"),
    *("acquire.book.t.handed_over", "acquire.abroad.t.residents", "acquire.abroad.t.place"),
    *("acquire.abroad.u.handed_over", "avoid.BBX", "avoid.CC", "avoid.Alpha Air", "trip.budget"),
    *("trip.connections", "trip.depart_from", "trip.depart_by", "trip.return_by", "event.race", "event.fair"),
    *("event.race.booking", "event.race.in_hand", "stop.b", "stop.b.min_nights", "stop.b.max_nights"),
    *("stop.b.arrive_by", "stop.c", "stop.c.min_nights", "stop.c.leave_from", "stop.again", "stops.order"),
    *("touch.ab.bc", "touch.cb.ba"),
}


@pytest.fixture(scope="module")
def busy() -> Scenario:
    return read_mapping(merge(tomllib.loads(WORLD), tomllib.loads(BUSY)), table_kinds(), file="busy")


def test_statements_and_checks_agree(busy: Scenario) -> None:
    """All rules speak, since others rely on papers as well; the facts of these kinds are compared."""
    random, seen = Random(0), Counter[str]()
    options = Options(busy, rules_of(busy))
    statements = [s for rule in options.rules for s in rule.restrict(options)]
    facts = [s for s in statements if isinstance(s, Block | Clause | AtMost)]
    facts = [s for s in facts if s.fact is None or s.fact.kind in KINDS]
    about_stops = [s for s in facts if s.fact is not None and s.fact.kind == "stop"]
    others = [s for s in facts if s not in about_stops]
    for itinerary, chosen in journeys(options, random, 2000):
        try:
            journey, costs = costed(busy, itinerary)
        except Unreal:
            continue
        checked = {b.fact.id for rule in options.rules for b in rule.check(journey) if b.fact.kind in KINDS}
        anyway = broken_by(others, chosen)
        stated = [anyway | broken_by(about_stops, counting) for counting in ways_to_count_stops(options, chosen)]
        assert checked in stated, itinerary
        assert (set() in stated) == (not checked), itinerary
        paid = [chosen[c.options].any() if c.once else chosen[c.options].sum() for c in options.charges()]
        total = sum(charge.amount * int(n) for charge, n in zip(options.charges(), paid, strict=True))
        assert total == journey.cost == sum(line.amount for line in costs)
        seen.update(["", *checked])
    assert seen[""] > 300
    assert IDS - seen.keys() == set()
    assert [fact for fact in IDS if seen[fact] == seen[""]] == []  # each is respected by some journey
