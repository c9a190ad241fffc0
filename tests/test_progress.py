"""`plan(progress=, stop=)`: what is told on the way, and that a search that is stopped answers with what it has."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from threading import Event

import pytest

from planner import Answer, load, loads, plan
from planner.core.progress import Progress
from planner.scenario.scenario import Scenario
from planner.verify.checker import verify
from tests.juggling import juggling

SCENARIOS = Path(__file__).parent.parent / "scenarios"
CHOOSING = ("bounding", "searching", "confirming", "settling ties")


def told(scenario: Scenario) -> tuple[Answer, list[Progress]]:
    seen: list[Progress] = []
    return plan(scenario, progress=seen.append), seen


@pytest.fixture(scope="module")
def stopped() -> tuple[Answer, list[Progress]]:
    """A search that proves nothing for long, stopped when the first trip has been found."""
    stop, seen = Event(), list[Progress]()

    def observe(now: Progress) -> None:
        seen.append(now)
        if now.incumbent is not None:
            stop.set()

    return plan(loads(juggling(7)), progress=observe, stop=stop), seen


def test_a_stopped_search_answers_with_the_best_trip_so_far_and_its_gap(
    stopped: tuple[Answer, list[Progress]],
) -> None:
    answer, seen = stopped
    assert (answer.status, answer.interrupted) == ("feasible", True)
    assert answer.plan is not None
    assert answer.bound is not None
    assert answer.bound <= answer.plan.cost <= min(now.incumbent for now in seen if now.incumbent is not None)
    assert verify(answer.scenario, answer.plan.itinerary).valid
    assert any("interrupted" in note for note in answer.notes)
    assert not any("time ran out" in note for note in answer.notes)


def test_what_is_told_only_gets_better(stopped: tuple[Answer, list[Progress]]) -> None:
    seen = [now for now in stopped[1] if now.stage in CHOOSING]
    for before, after in pairwise(seen):
        assert after.elapsed >= before.elapsed
        assert before.incumbent is None or (after.incumbent is not None and after.incumbent <= before.incumbent)
        assert before.bound is None or after.bound is not None
    assert all(now.bound is None or now.incumbent is None or now.bound <= now.incumbent for now in seen)


@pytest.mark.parametrize("name", ["schengen-hop", "marathon-single-entry", "svalbard-one-entry"])
def test_the_answer_is_the_same_whoever_watches(name: str) -> None:
    scenario = load(SCENARIOS / f"{name}.toml")
    answer, seen = told(scenario)
    alone = plan(scenario, stop=Event())
    for found in (answer, alone):
        assert not found.interrupted
        assert found.plan == plan(scenario).plan
        assert found.notes == answer.notes
    stages = list(dict.fromkeys(now.stage for now in seen))
    if answer.plan is not None:
        assert stages == ["searching", "confirming", "settling ties"]
        assert seen[-1].incumbent == seen[-1].bound == answer.plan.cost
    else:
        assert stages == ["searching", "confirming", "explaining", "looking for repairs"]
        sizes = [(now.at_least, now.at_most) for now in seen if now.at_least is not None]
        assert answer.conflict is not None
        assert sizes[-1] == (answer.conflict.at_least, answer.conflict.at_most)
        assert seen[-1].repairs == len(answer.repairs or ())
        assert all(now.incumbent is None and now.bound is None for now in seen)


@pytest.mark.parametrize("stage", ["explaining", "looking for repairs"])
def test_an_explanation_that_is_stopped_tells_what_it_has(stage: str) -> None:
    stop = Event()

    def observe(now: Progress) -> None:
        if now.stage == stage and (now.at_least or now.repairs is not None):
            stop.set()

    answer = plan(load(SCENARIOS / "marathon-acquire-late.toml"), progress=observe, stop=stop, repairs=3)
    assert (answer.status, answer.interrupted) == ("infeasible", True)
    assert answer.conflict is not None
    assert answer.conflict.at_least <= answer.conflict.at_most
    assert answer.repairs == ()
    assert answer.repairs_complete is False
    assert any(note.startswith("interrupted while looking for what would help") for note in answer.notes)


def test_a_search_stopped_before_it_began_is_undecided() -> None:
    stop = Event()
    stop.set()
    answer = plan(load(SCENARIOS / "schengen-hop.toml"), stop=stop)
    assert (answer.status, answer.plan, answer.interrupted) == ("undecided", None, True)
    assert answer.notes == ("interrupted before the search had come to its end",)


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError])
@pytest.mark.parametrize("stage", ["searching", "confirming", "settling ties"])
def test_what_the_observer_raises_ends_the_search_and_nothing_else(error: type[BaseException], stage: str) -> None:
    scenario = load(SCENARIOS / "schengen-hop.toml")

    def observe(now: Progress) -> None:
        if now.stage == stage:
            raise error("enough")

    with pytest.raises(error, match="enough"):
        plan(scenario, progress=observe)
    assert plan(scenario).status == "optimal"
