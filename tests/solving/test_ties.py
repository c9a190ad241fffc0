"""Among equally cheap plans the first one is found, whatever the workers, the seed and the process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from planner.api import load, plan
from planner.core.errors import ScenarioError
from planner.model.build import build
from planner.model.program import Linear
from planner.report.json import as_data
from planner.rules.base import table_kinds
from planner.scenario.reading import read_mapping
from planner.scenario.scenario import Scenario
from planner.solving.client import Effort, Solver
from planner.solving.messages import Reply
from planner.solving.optimum import optimum
from planner.testing.drawing.strategies import scenarios
from tests.small import VISA_FOR_BETA, small
from tests.solving.canonical import TooLarge, first_plan

FOLDER = Path(__file__).parent.parent.parent / "scenarios"

# The last day before everything departs: few dates to apply on.
SHORT = 'remove = ["bc", "cb"]\ntoday = 2025-06-01\n[[legs]]\nid = "ba"\ndeparts = 2025-06-02T08:00:00\n'
SHORT += "arrives = 2025-06-02T10:00:00\n"
LATE = "today = 2025-05-31\n"
TWO_PASSPORTS = """
[[travellers]]
id = "t"
passports = [{ id = "z", state = "CC" }, { id = "a", state = "AA" }]
"""
EQUAL_LEGS = """
[[legs]]
id = "aa-later-in-the-file"
from = "AAA"
to = "BBB"
departs = 2025-06-01T08:00:00
arrives = 2025-06-01T10:00:00
price = "100"
[[legs]]
id = "back-again"
from = "BBB"
to = "AAA"
departs = 2025-06-10T13:00:00
arrives = 2025-06-10T16:00:00
price = "100"
"""
EQUAL_FARES = """
[[fares]]
id = "return"
legs = ["ab", "ba"]
price = "200"
[[fares]]
id = "another-return"
legs = ["ab", "ba"]
price = "200"
[[fares]]
id = "ab-again"
legs = ["ab"]
price = "100"
"""
EQUAL_VISAS = (
    VISA_FOR_BETA
    + """
[[acquirables]]
id = "z-visa"
price = "10"
permission = { zone = "BB" }
[[acquirables]]
id = "a-visa"
price = "10"
permission = { zone = "BB" }
"""
)
EQUAL_CERTIFICATES = (
    VISA_FOR_BETA
    + "".join(f'[[acquirables]]\nid = "{name}"\nprice = "0"\ncertificate = {{ kind = "jab" }}\n' for name in "zyx")
    + '[[acquirables]]\nid = "visa"\nprice = "0"\nneeds = ["jab"]\npermission = { zone = "BB" }\n'
)
# Two changes of which one can be airside, with a ticket for either.
EITHER_AIRSIDE = """
remove = ["b"]
[trip]
end = "DDD"
[[ports]]
id = "DDD"
territory = "DD"
timezone = "UTC"
[[ports]]
id = "CCC"
airside = true
[[admissions]]
id = "visit-delta"
zone = "DD"
nationalities = ["AA"]
grant = "visa_free"
[[legs]]
id = "cd"
from = "CCC"
to = "DDD"
departs = 2025-06-01T18:00:00
arrives = 2025-06-01T20:00:00
price = "100"
"""
TICKETS = EITHER_AIRSIDE + "".join(
    f'[[fares]]\nid = "{name}"\nlegs = {legs}\nprice = "100"\n'
    for name, legs in (("first", '["ab", "bc"]'), ("second", '["bc", "cd"]'))
)
# One of two airside changes has to be landside, and no ticket says which.
EITHER_LANDSIDE = (
    EITHER_AIRSIDE
    + "".join(f'[[ports]]\nid = "{port}"\nairside_on_separate_tickets = true\n' for port in ("BBB", "CCC"))
    + '[[trip.stops]]\nid = "either"\nat = ["BBB", "CCC"]\n'
)
EVENT = '[[trip.events]]\nid = "race"\nat = ["BBB"]\nfirst_day = 2025-06-02\nprice = "5"\n'
FIRST_PASSPORT_LATER = """
[[rules]]
kind = "registration"
id = "not-yet"
event = "race"
refused = ["CC"]
effective_to = 2025-06-01
"""
COMPANION = '[[travellers]]\nid = "u"\npassports = [{ id = "y", state = "BB" }, { id = "x", state = "CC" }]\n'
IMPOSSIBLE = """
[trip]
budget = "1"
return_by = 2025-06-09
[trip.avoid]
operators = []
ports = ["BBB"]
"""
RICH = {
    "legs": [EQUAL_LEGS],
    "fares": [EQUAL_FARES],
    "legs and fares": [EQUAL_LEGS, EQUAL_FARES],
    "passports": [TWO_PASSPORTS, EQUAL_LEGS],
    "visas": [LATE, EQUAL_VISAS],
    "visas in several passports": [LATE, EQUAL_VISAS, TWO_PASSPORTS],
    "certificates": [LATE, EQUAL_CERTIFICATES],
    "tickets": [TICKETS],
    "changes": [EITHER_LANDSIDE],
    "events": [LATE, EVENT, TWO_PASSPORTS],
    "everything": [LATE, EQUAL_LEGS, EQUAL_FARES, EQUAL_VISAS, TWO_PASSPORTS, EVENT],
    "party": [LATE, EQUAL_LEGS, EQUAL_CERTIFICATES, COMPANION, EVENT],
    "conflicts": [IMPOSSIBLE],
}


def text_of(scenario: Scenario, workers: int, seed: int) -> str:
    """The answer as JSON, the numbers about the run itself aside."""
    data = as_data(plan(scenario, workers=workers, seed=seed))
    assert data["status"] in ("optimal", "infeasible")
    assert not any("time ran out" in note for note in data["notes"])
    del data["stats"]
    return json.dumps(data)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.toml")), ids=lambda path: path.stem)
def test_scenarios_have_one_answer(path: Path) -> None:
    scenario = load(path)
    assert len({text_of(scenario, workers, seed) for workers, seed in ((1, 0), (2, 77), (8, 5))}) == 1


@pytest.mark.parametrize("name", RICH)
def test_worlds_with_many_equal_plans_have_one_answer(name: str) -> None:
    scenario = small(*RICH[name])
    runs = ((1, 0), (1, 1), (2, 3), (8, 0), (8, 4))
    assert len({text_of(scenario, workers, seed) for workers, seed in runs}) == 1


def test_every_process_gives_the_same_answer() -> None:
    """Strings hash differently in each, so sets have another order."""
    code = (
        "import sys; from tests.solving.test_ties import RICH, small, text_of\n"
        "sys.stdout.write('\\n'.join(text_of(small(*RICH[n]), 1, 0) for n in ('everything', 'party', 'conflicts')))"
    )
    found = set()
    for hash_seed in ("1", "2"):
        env = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
        found.add(subprocess.run([sys.executable, "-c", code], env=env, check=True, capture_output=True).stdout)
    assert len(found) == 1
    assert len(found.pop()) > 1000


# ---- the first one

ENUMERABLE = {
    **{name: RICH[name] for name in ("legs", "fares", "legs and fares", "tickets", "changes")},
    "passports": ['remove = ["bc", "cb"]', *RICH["passports"]],
    "events": [SHORT, EVENT, TWO_PASSPORTS],
    "bookings": [SHORT, EVENT, TWO_PASSPORTS, FIRST_PASSPORT_LATER],
    "one visa": [LATE, EQUAL_VISAS, 'remove = ["bc", "cb", "a-visa"]\n'],
    "visas": [SHORT, EQUAL_VISAS],
    "certificates": [SHORT, EQUAL_CERTIFICATES, 'remove = ["x"]\n'],
    "party": [SHORT, EQUAL_VISAS, '[[travellers]]\nid = "u"\npassports = [{ id = "y", state = "AA" }]\n'],
}


@pytest.mark.parametrize("name", ENUMERABLE)
def test_the_first_of_all_plans(name: str) -> None:
    scenario = small(*ENUMERABLE[name])
    best = first_plan(scenario, 20_000)
    assert best is not None
    answer = plan(scenario, workers=1)
    assert answer.plan is not None
    assert (answer.plan.cost, answer.plan.itinerary) == best


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(scenarios(), st.integers(0, 9))
def test_the_first_of_all_plans_in_random_worlds(data: dict[str, object], seed: int) -> None:
    try:
        scenario = read_mapping(data, table_kinds())
        best = first_plan(scenario, 500)
    except (ScenarioError, TooLarge):
        assume(False)
        raise
    answer = plan(scenario, workers=1, seed=seed)
    found = answer.plan and (answer.plan.cost, answer.plan.itinerary)
    assert found == best
    assert answer.status == ("infeasible" if best is None else "optimal")


@pytest.mark.parametrize("name", [name for name in RICH if name != "conflicts"])
def test_what_is_found_first_does_not_matter(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whenever several solutions are equally good, the solver may come up with any of them."""
    scenario = small(*RICH[name])
    expected = text_of(scenario, 1, 0)
    ask, changed, sign = Solver.ask, set[bool](), 1

    def other(self: Solver, purpose: str, **more: Any) -> Reply:
        reply = ask(self, purpose, **more)  # type: ignore[arg-type]
        if purpose != "optimise" or reply.values is None or "minimise" not in more:
            return reply
        as_good = Linear(*more["minimise"], reply.objective, reply.objective)
        options = tuple(range(self.program.options))
        more |= {"minimise": (options, tuple(sign * option for option in options))}
        more |= {"extra": (*more.get("extra", ()), as_good), "hint": None}
        found = ask(self, "optimise", **more)
        assert found.status == "optimal"
        assert found.values is not None
        changed.add(bool((found.values != reply.values).any()))
        return Reply("optimal", found.values, reply.objective, reply.objective)

    monkeypatch.setattr(Solver, "ask", other)
    assert text_of(scenario, 1, 0) == expected
    sign = -1
    assert text_of(scenario, 1, 0) == expected
    assert True in changed


def test_without_time_for_ties_the_plan_is_cheapest_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = small(*RICH["everything"])
    best = plan(scenario).plan
    assert best is not None
    ask = Solver.ask

    def slow(self: Solver, purpose: str, **more: object) -> Reply:
        settling = purpose == "optimise" and more.get("extra")
        return Reply("unknown") if settling else ask(self, purpose, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Solver, "ask", slow)
    model = build(scenario)
    found = optimum(model, Solver(model.program, Effort.starting_now(60, 1, 0)))
    assert (found.status, found.cost, found.unique) == ("optimal", best.cost, False)
    answer = plan(scenario)
    assert answer.status == "optimal"
    assert "time ran out while choosing among equally cheap plans" in answer.notes
