"""The library's front door: what it claims is confirmed, in time, and about nobody else."""

from __future__ import annotations

import re
import subprocess
import sys
from math import inf
from types import SimpleNamespace
from typing import Any

import pytest
from attrs import evolve

from planner.api import conflicts, loads, plan
from planner.core.errors import InternalError, ScenarioError
from planner.explaining import certificate
from planner.model.build import build
from planner.rules.facts import Broken, Fact, Telling
from planner.solving import client, confirmed, pipe, search
from planner.solving.client import Solver
from planner.solving.messages import Reply
from planner.verify import conflict
from planner.verify.checker import Verdict, verify
from planner.verify.conflict import meets
from tests.small import VISA_FOR_BETA, small

IMPOSSIBLE = VISA_FOR_BETA  # nothing admits to Beta, where the trip wants to go
TWO_CONFLICTS = IMPOSSIBLE + "[trip]\nreturn_by = 2025-06-09\n"


def ids(facts: tuple[Fact, ...]) -> list[str]:
    return [fact.id for fact in facts]


# ---- an answer that is not confirmed is none


def test_a_plan_that_the_checker_does_not_confirm_is_an_internal_error(monkeypatch: pytest.MonkeyPatch) -> None:
    fact = Fact(id="some.fact", text="", telling=Telling.WISH, kind="test")
    real = verify(small(), plan(small()).plan.itinerary)  # type: ignore[union-attr]
    for wrong, message in (
        (Verdict(structural=("nobody can fly",)), "nobody can fly"),
        (Verdict(broken=(Broken(fact, "because"),), journey=real.journey, cost=20000), "some.fact: because"),
        (Verdict(journey=real.journey, cost=19999), "20000 by the solver, 19999 by the checker"),
    ):
        monkeypatch.setattr(confirmed, "verify", lambda *_, verdict=wrong: verdict)
        with pytest.raises(InternalError, match=message):
            plan(small())


def test_a_conflict_without_its_witnesses_is_an_internal_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(certificate, "meets", lambda *_: False)
    with pytest.raises(InternalError, match="does not confirm a conflict's witness"):
        plan(small(IMPOSSIBLE))


def test_a_witness_that_is_no_journey_is_an_internal_error(monkeypatch: pytest.MonkeyPatch) -> None:
    unreal = Verdict(structural=("the first leg is missing",))
    monkeypatch.setattr(conflict, "verify", lambda *_: unreal)
    monkeypatch.setattr(certificate, "meets", lambda *_: True)
    with pytest.raises(InternalError, match="no possible journey: the first leg is missing"):
        plan(small(IMPOSSIBLE))


def test_corrections_that_do_not_prove_a_size_are_an_internal_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(certificate, "hit_by_no_fewer", lambda *_: False)
    with pytest.raises(InternalError, match="do not prove the size"):
        plan(small(IMPOSSIBLE))


def test_every_member_of_a_conflict_has_a_witness_that_meets_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[set[str]] = []

    def noting(scenario: Any, trip: Any, facts: set[str]) -> bool:
        asked.append(facts)
        return meets(scenario, trip, facts)

    monkeypatch.setattr(certificate, "meets", noting)
    found = plan(small(IMPOSSIBLE)).conflict
    assert found is not None
    assert set(ids(found.facts)) == {"stop.b", "admission.BB.t"}
    for fact, witness in zip(found.facts, found.witnesses, strict=True):
        assert witness.without == fact
        assert any(set(ids(found.facts)) - {fact.id} <= facts and fact.id not in facts for facts in asked)


@pytest.mark.parametrize(
    ("overlay", "words"),
    [('remove = ["ab"]', "1 further trip, checked, proves it"), (IMPOSSIBLE, "2 further trips, checked, prove it")],
)
def test_the_trips_that_prove_the_least_size_are_counted(overlay: str, words: str) -> None:
    assert plan(small(overlay), repairs=0).notes[-1] == f"No fewer statements would do: {words}"


def second_opinion(reply: Reply, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is said when a conflict, and not the whole scenario, is to be confirmed."""
    confirm = Solver.confirm

    def other(self: Solver, enforced: Any, extra: Any = ()) -> Reply:
        facts = list(enforced)
        return confirm(self, facts, extra) if len(facts) == len(self.program.facts) else reply

    monkeypatch.setattr(Solver, "confirm", other)


def test_a_conflict_that_a_second_solve_contradicts_is_an_internal_error(monkeypatch: pytest.MonkeyPatch) -> None:
    values = build(small(IMPOSSIBLE)).options.runs.ids
    second_opinion(Reply("feasible", values), monkeypatch)
    with pytest.raises(InternalError, match="two solves disagree"):
        plan(small(IMPOSSIBLE))


def test_a_conflict_that_is_not_confirmed_in_time_is_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    second_opinion(Reply("unknown"), monkeypatch)
    answer = plan(small(IMPOSSIBLE))
    assert (answer.status, answer.conflict) == ("undecided", None)
    assert any("time ran out before the reason was found" in note for note in answer.notes)


# ---- time


class Clock(SimpleNamespace):
    """A clock for the solver's client that stands still unless moved."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(client, "time", made)
    monkeypatch.setattr(pipe, "time", made)
    return made


def taking(clock: Clock, seconds: float, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Every query takes that long; returns the seconds that were left to each, a list that grows."""
    ask, left = client._process.ask, list[float]()

    def slow(program: Any, query: Any, *more: Any) -> Reply:
        left.append(query.seconds)
        reply = ask(program, evolve(query, deadline=inf), *more)  # the solver's clock is the real one
        clock.now += seconds
        return reply

    monkeypatch.setattr(client._process, "ask", slow)
    return left


@pytest.mark.parametrize("toml", ["", TWO_CONFLICTS])
def test_one_deadline_covers_everything(toml: str, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    left = taking(clock, 10, monkeypatch)
    scenario = small(toml)
    complete = plan(scenario, time_limit=1e6)
    needed = len(left)
    assert complete.status == ("infeasible" if toml else "optimal")
    seen = set()
    for queries in range(needed + 1):
        left.clear()
        answer = plan(scenario, time_limit=10 * queries)
        assert len(left) == min(queries, needed)
        assert all(seconds <= 10 * (queries - number) for number, seconds in enumerate(left))
        seen.add(answer.status)
        if toml:
            told = queries >= 4  # two to find that there is no trip, one to confirm the conflict, one for its size
            assert answer.status == ("infeasible" if told else "undecided")
            assert (answer.conflict is not None) == told
            if answer.conflict is not None and complete.conflict is not None:
                assert answer.conflict.facts == complete.conflict.facts
                assert answer.conflict.smallest
            for found, whole in zip(answer.repairs or (), complete.repairs or (), strict=False):
                assert (found.easings, found.cost) == (whole.easings, whole.cost)
                assert whole.proved
        elif queries >= 2:  # one to find it, one to confirm
            assert answer.status == "optimal"
            late = "time ran out while choosing among equally cheap plans"
            assert (late in answer.notes) == (queries < needed)
        else:
            assert answer.status == ["undecided", "feasible"][queries]
    assert seen == ({"infeasible", "undecided"} if toml else {"optimal", "feasible", "undecided"})


def test_making_the_model_counts(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(scenario: Any) -> Any:
        clock.now += 61
        return build(scenario)

    monkeypatch.setattr(search, "build", slow)
    answer = plan(small(), time_limit=60)
    assert (answer.status, answer.stats["queries"]) == ("undecided", 0)
    with pytest.raises(TimeoutError):
        conflicts(small(IMPOSSIBLE), time_limit=60)


# ---- all conflicts


def test_all_minimal_conflicts() -> None:
    found = conflicts(small(TWO_CONFLICTS))
    assert {frozenset(ids(conflict)) for conflict in found} == {
        frozenset({"stop.b", "admission.BB.t"}),
        frozenset({"stop.b", "trip.return_by"}),
    }
    assert conflicts(small()) == []


def test_the_conflict_printed_is_one_of_them() -> None:
    answer = plan(small(TWO_CONFLICTS))
    assert answer.conflict is not None
    assert answer.conflict.facts in conflicts(small(TWO_CONFLICTS))
    assert set(ids(answer.conflict.facts)) == {"stop.b", "trip.return_by"}  # two wishes, rather than the law


def test_all_conflicts_or_none() -> None:
    with pytest.raises(TimeoutError):
        conflicts(small(TWO_CONFLICTS), time_limit=0)


def test_what_the_network_lacks_is_said_apart() -> None:
    answer = plan(small('remove = ["ba"]\n'))
    assert answer.conflict is not None
    assert ids(answer.conflict.facts) == ["stop.b"]
    (sentence,) = answer.conflict.structural
    assert re.fullmatch(r"no sequence of the legs listed leads from .*\(BBB\) to .*\(AAA\)", sentence)
    away = plan(small('remove = ["ab", "b"]\n[trip]\nend = "BBB"\n'))
    assert away.conflict is not None
    assert away.conflict.facts == ()
    (sentence,) = away.conflict.structural
    assert re.fullmatch(r"no sequence of the legs listed leads from .*\(AAA\) to .*\(BBB\)", sentence)


# ---- the rest


def test_what_an_answer_says_besides() -> None:
    answer = plan(small())
    assert answer.stats["legs"] == 4
    assert answer.stats["runs"] == 4
    assert answer.stats["queries"] >= 2
    assert answer.bound == answer.plan.cost == 20000  # type: ignore[union-attr]
    assert answer.scenario.title == "Alpha to Beta and back"


def test_a_text_with_problems() -> None:
    with pytest.raises(ScenarioError) as found:
        loads("today = 1\n", "trip.toml")
    assert {problem.place.file for problem in found.value.problems} == {"trip.toml"}


LAZY = """
import sys
import planner
assert planner.__version__
assert "planner.api" not in sys.modules, "imported before it is asked for"
from planner import load, plan
assert "planner.api" in sys.modules
assert "ortools" not in sys.modules
from tests.small import small
assert plan(small()).status == "optimal"
assert not any(name.split(".")[0] == "ortools" for name in sys.modules), "the solver belongs into its own process"
try:
    planner.nothing
except AttributeError as error:
    assert "nothing" in str(error)
else:
    raise AssertionError
"""


def test_the_solver_is_imported_by_its_own_process_only() -> None:
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path[:0] = {list(filter(None, sys.path))!r}\n{LAZY}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_a_network_too_large_is_undecided_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planner.network.runs.MOST_CHANGES", 1)
    answer = plan(small())
    assert answer.status == "undecided"
    assert answer.notes[0].startswith("nothing was searched")


@pytest.mark.parametrize("wrong", [{"time_limit": -1.0}, {"time_limit": float("nan")}, {"workers": 0}, {"seed": -1}])
def test_senseless_arguments_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="time_limit at least 0"):
        plan(small(), **wrong)


def test_explain_stays_a_function() -> None:
    """No package of that name takes its place in `planner` once something was explained."""
    import planner

    planner.plan(small(IMPOSSIBLE))
    assert callable(planner.explain)
    first, *_, last = planner.explain(small(TWO_CONFLICTS), limit=None, repairs=0)
    assert first.status == last.status == "infeasible"
    assert last.conflicts_complete
    assert len(last.more_conflicts) == 1
