"""Column helpers say row by row what the scenario says of single places and dates."""

import tomllib
from datetime import date, timedelta

import numpy as np
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from planner.core.period import Period
from planner.model.options import Options
from planner.rules.base import rules_of, table_kinds
from planner.rules.examples import WORLD
from planner.rules.masks import inside, overstays, per_pair
from planner.rules.tables import NEVER
from planner.scenario.node import TerritoryRef
from planner.scenario.reading import read_mapping
from planner.scenario.travel import Member, Zone

SCENARIO = read_mapping(tomllib.loads(WORLD), table_kinds(), file="world")
FIRST = date(2025, 6, 1)

days = st.integers(0, 6).map(lambda n: FIRST + timedelta(days=n))
territories = st.sampled_from(["AA", "BB", "CC"])
members = st.builds(Member, territory=territories.map(TerritoryRef), from_=st.none() | days, to=st.none() | days)
zones = st.builds(Zone, id=st.sampled_from(["Z", "Y"]), members=st.lists(members, max_size=4).map(tuple))
rows = st.tuples(st.sampled_from(["AA", "BB", "CC", ""]), days.map(date.toordinal) | st.sampled_from([-NEVER, NEVER]))


@given(st.lists(zones, max_size=3), st.lists(rows, min_size=1), st.sampled_from(["Z", "AA"]))
def test_inside_is_what_the_scenario_says_of_each_row(
    law: list[Zone], table: list[tuple[str, int]], place: str
) -> None:
    scenario = evolve(SCENARIO, law=evolve(SCENARIO.law, zones=tuple(law)))
    names, ordinals = np.array([name for name, _ in table]), np.array([day for _, day in table], dtype=np.int64)
    said = [
        bool(name) and 0 < day < NEVER and scenario.is_in(place, name, date.fromordinal(day)) for name, day in table
    ]
    assert inside(scenario, place, names, ordinals).tolist() == said
    plainly = [
        bool(name)
        and 0 < day < NEVER
        and (
            name == place
            or any(
                (m.from_ or date.min) <= date.fromordinal(day) <= (m.to or date.max)
                for zone in law
                for m in zone.members
                if zone.id == place and m.territory == name
            )
        )
        for name, day in table
    ]
    assert said == plainly


def test_a_stay_in_hours_begins_at_the_instant_of_entry() -> None:
    """From 1 June at 10:00 to 10 June at 14:00: 220 hours."""
    stays = Options(SCENARIO, rules_of(SCENARIO)).stays("t")
    mine = (stays.entry_on == FIRST.toordinal()) & (stays.exit_on == date(2025, 6, 10).toordinal())
    mine &= (stays.entry_territory == "BB") & (stays.exit_territory == "BB")
    assert mine.any()
    for hours, too_long in ((220, False), (219, True)):
        found = overstays(stays, Period(hours, "hours"), "entry_day")
        assert set(found[mine].tolist()) == {too_long}
        assert not found[~stays.enters].any()


def test_a_test_of_names_and_dates_is_false_where_there_is_no_date() -> None:
    names, ordinals = np.array(["AA", "BB", "AA"]), np.array([FIRST.toordinal(), FIRST.toordinal(), NEVER])
    assert per_pair(lambda name, day: (name, day) == ("AA", FIRST), names, ordinals).tolist() == [True, False, False]
    assert per_pair(lambda name, day: True, names, ordinals).tolist() == [True, True, False]
