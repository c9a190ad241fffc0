"""Some of the travellers of a scenario."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve

from planner.core.errors import Place, Problem, ScenarioError, did_you_mean
from planner.scenario.scenario import Scenario


def for_travellers(scenario: Scenario, names: str | Iterable[str]) -> Scenario:
    """The same scenario for one or some of its travellers, by id or name.

    Raises ScenarioError if one is unknown or none is named.
    """
    wanted: set[str] = set()
    problems = []
    for name in [names] if isinstance(names, str) else names:
        found = [t.id for t in scenario.travellers if name in (t.id, t.name)]
        wanted.update(found)
        if not found:
            known = list(dict.fromkeys(name for t in scenario.travellers for name in (t.id, t.name) if name))
            problems.append(Problem(Place(""), f"no traveller is called {name!r}", did_you_mean(name, known)))
    if not wanted and not problems:
        problems.append(Problem(Place(""), "there is nobody to plan for: no traveller is named"))
    if problems:
        raise ScenarioError(problems)
    trip = scenario.trip
    events = [
        evolve(event, travellers=tuple(t for t in event.travellers if t in wanted))
        for event in trip.events
        if not event.travellers or wanted & set(event.travellers)
    ]
    return evolve(
        scenario,
        travellers=tuple(t for t in scenario.travellers if t.id in wanted),
        trip=evolve(trip, events=tuple(events)),
    )
