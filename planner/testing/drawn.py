"""Hypothesis strategies: scenarios, itineraries, rulebooks."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import reject
from hypothesis import strategies as st

from planner.core.errors import ScenarioError
from planner.itinerary.choices import Itinerary
from planner.itinerary.replay import Unreal, replay
from planner.model.options import Options
from planner.rules.base import kinds, rules_of, table_kinds
from planner.scenario.reading import read_mapping, read_rulebooks
from planner.scenario.scenario import Scenario
from planner.testing import rates
from planner.testing.drawing import strategies
from planner.testing.drawing.bound import rulebook_of
from planner.testing.drawing.world import Table
from planner.testing.readings import random_journey
from planner.testing.requiring import must_be_known


def read(table: Table) -> Scenario:
    """A drawn scenario; an example that the reader refuses is counted and given up (`hypothesis.reject`)."""
    try:
        return read_mapping(table, table_kinds())
    except ScenarioError:
        rates.counts["refused"] += 1
        reject()


def scenario_tables(kind: str = "", rulebooks: Sequence[str] = ()) -> st.SearchStrategy[Table]:
    """Scenarios as the data of a TOML file, small enough for the oracle; now and then one that the reader refuses.

    `kind`: all of them are about that kind of rule, in the worlds of its own examples. `rulebooks`: all are trips under
    the installed rulebooks of these ids, near the dates of their law. Otherwise they are about every kind there is.
    Raises ValueError for what is not known, and for both at once.
    """
    if kind and rulebooks:
        raise ValueError("about a kind of rule or under rulebooks, not both: the worlds of a kind have no other law")
    if isinstance(rulebooks, str):
        raise ValueError(f"rulebooks: a list of ids is expected, such as [{rulebooks!r}]")
    if kind:
        must_be_known("kind of rule", kind, kinds())
    for name in rulebooks:
        must_be_known("rulebook", name, read_rulebooks(table_kinds()))
    return strategies.scenarios(kind, tuple(rulebooks))


def scenarios(kind: str = "", rulebooks: Sequence[str] = ()) -> st.SearchStrategy[Scenario]:
    """The same as scenarios that have been read."""
    return scenario_tables(kind, rulebooks).map(read)


@st.composite
def itineraries(draw: st.DrawFn, scenario: Scenario) -> Itinerary:
    """Itineraries that can be travelled, lawful or not, which is for the checker to say (`planner.verify.verify`)."""
    options = Options(scenario, rules_of(scenario))
    made, _ = random_journey(options, draw(st.randoms(use_true_random=False)))
    try:
        replay(scenario, made)
    except Unreal:  # relies on a paper that is not obtained
        reject()
    return made


@st.composite
def rulebook_tables(draw: st.DrawFn, id_: str = "DRAWN") -> Table:
    """Rulebooks as the data of a TOML file: the law of a random scenario, for all of its territories.

    What names a traveller, or anything else that only a scenario has, is left out.
    """
    table = draw(scenario_tables())
    return rulebook_of(table, read(table), id_)
