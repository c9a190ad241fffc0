"""What neither the kind's own examples nor the tests of wishes show."""

from __future__ import annotations

from datetime import date

import numpy as np

from planner.model.options import Options
from planner.rules.base import rules_of
from planner.rules.kinds.stop import Stops
from planner.rules.statements import Block
from planner.rules.tables import START
from planner.scenario.trip import Stop, Trip
from planner.testing.readings import agree
from tests.itinerary.builders import leg, scenario
from tests.rules.in_words import lines_of
from tests.rules.judging import journey
from tests.rules.plainly import world

ORDERED = "[trip]\nordered = true\n"
# Whoever is at BBB is in Beta, so one visit does for both.
BETA_TWICE = 'arrive_by = 2025-06-01\nnights = { min = 0 }\n[[trip.stops]]\nid = "bb"\nat = ["BB"]\n'
STOP = '[[trip.stops]]\nid = "b"\n'


def test_a_visit_that_counts_for_two_stops_is_in_order() -> None:
    for more in ("", "leave_from = 2025-06-10\n", "arrive_by = 2025-06-09\n"):
        agree(world(ORDERED + STOP + BETA_TWICE + more), 30)
        agree(world(ORDERED + STOP + BETA_TWICE + more + '[[trip.stops]]\nid = "c"\nat = ["CC"]\n'), 30)


def test_one_stop_has_no_order() -> None:
    assert lines_of(world(ORDERED), "stop", ()) == lines_of(world(), "stop", ())


def test_who_starts_there_has_made_no_stop() -> None:
    question = world('[[trip.stops]]\nid = "home"\nat = ["AA"]\n')
    options = Options(question, rules_of(question))
    (rule,) = (rule for rule in options.rules if isinstance(rule, Stops))
    (block,) = (said for said in rule.restrict(options) if isinstance(said, Block) and said.fact is None)
    starting = options.visits(("AA",)).before == START  # type: ignore[arg-type]
    assert starting.any()
    assert np.array_equal(block.options, options.chosen("home")[starting])


def test_where_the_journey_ends_a_stop_lasts_until_the_end() -> None:
    stops = (
        Stop(id="asia", at=("CN", "JP")),
        Stop(id="home", at=("JP",), leave_from=date(2025, 2, 9)),
    )
    legs = (
        leg("in", "JFK-PEK", "2025-02-01 10:00", "2025-02-02 14:00"),
        leg("on", "PEK-NRT", "2025-02-05 10:00", "2025-02-05 14:00"),
    )
    question = scenario(legs, trip=Trip(start="JFK", end="NRT", stops=stops, ordered=True))
    (rule,) = (rule for rule in rules_of(question) if isinstance(rule, Stops))
    travelled = journey(question, "in on", "l", "us", "us", "us")
    assert [broken.how for broken in rule.check(travelled)] == ["from 2025-02-05 to the end"]
