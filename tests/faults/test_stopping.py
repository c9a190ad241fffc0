"""Ctrl-C at the stages that take long in large scenarios: reading, bounding, explaining, looking for more."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path
from threading import Event

import pytest
from attrs import evolve

from planner import plan, to_json
from planner.bounds import engine
from planner.bounds.engine import Stopped
from planner.bounds.sweep import sweep
from planner.core.progress import Progress
from planner.scenario import reading
from planner.solving.band import Banded
from planner.solving.client import Effort
from planner.solving.search import OutOfTime
from tests.cli.started import PATIENCE, children, runs, started, wait_until
from tests.faults.faulty import IMPOSSIBLE, POSSIBLE, Here, written
from tests.small import small

pytestmark = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks at processes in /proc")


def test_while_a_table_is_read_the_first_ends_it_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fares.csv")  # a table that never comes
    trip = written(tmp_path, f'{POSSIBLE}\n[[leg_tables]]\nfiles = ["fares.csv"]\n')
    process = started(trip, "-o", str(tmp_path / "answer.txt"))
    wait_until(lambda: children(process.pid))
    solvers = children(process.pid)
    process.send_signal(signal.SIGINT)
    out, noise = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out, noise) == (130, b"", b"Interrupted.\n")
    assert not (tmp_path / "answer.txt").exists()
    wait_until(lambda: not any(map(runs, solvers)))


def test_a_sweep_looks_at_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "PART", 1)
    effort = Effort.starting_now(20, 1, 0)
    banded = Banded.of(small(), effort)
    relaxed, looks = banded.relaxation.under(None), 0
    legs = len(relaxed.cost)

    def over() -> bool:
        nonlocal looks
        looks += 1
        return looks > last

    last = 10**9
    whole = sweep(relaxed, over=over)
    assert looks >= 2 * legs, "forward and backward"
    for last in range(looks):  # noqa: B007
        looks = 0
        with pytest.raises(Stopped):
            sweep(relaxed, over=over)
    last, looks = 10**9, 0
    assert sweep(relaxed, over=over).through.tolist() == whole.through.tolist()


def test_bounds_that_are_stopped_are_undecided(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> None:
        raise Stopped

    monkeypatch.setattr("planner.solving.begin.SMALL", 0)  # through bounds, as if there were many legs
    assert here.plan(IMPOSSIBLE).code == 1
    monkeypatch.setattr("planner.solving.band.bound", stopped)
    for text in (POSSIBLE, IMPOSSIBLE):
        told = here.plan(text)
        assert (told.code, told.status) == (3, "undecided")


@pytest.mark.parametrize(
    "stage", ["bounding", "searching", "confirming", "settling ties", "explaining", "looking for repairs",
              "looking for alternatives", "looking for quicker trips"]
)  # fmt: skip
def test_at_each_stage_what_was_found_is_told(stage: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Set at the stage's beginning, as by a signal."""
    stop, seen = Event(), []

    def observe(now: Progress) -> None:
        seen.append(now.stage)
        if now.stage == stage:
            stop.set()

    scenario = reading.read_text(IMPOSSIBLE if stage in ("explaining", "looking for repairs") else POSSIBLE, {})
    if stage == "bounding":
        monkeypatch.setattr("planner.solving.begin.SMALL", 0)
    answer = plan(scenario, alternatives=2, front=True, progress=observe, stop=stop)
    assert stage in seen
    assert answer.interrupted
    told = json.loads(to_json(answer))
    if stage.startswith("looking for") and stage != "looking for repairs":
        assert told["status"] == "optimal"
        assert told["alternatives_complete"] is not True or told["front_complete"] is not True
    elif stage == "looking for repairs":
        assert (told["status"], told["repairs_complete"]) == ("infeasible", False)
    elif stage == "settling ties":
        assert told["cost"] == {"amount": "200.00", "currency": "USD"}
    else:
        assert told["status"] in ("undecided", "feasible")


def test_an_effort_that_is_over_begins_nothing() -> None:
    stop = Event()
    stop.set()
    banded = Banded.of(small(), Effort.starting_now(20, 1, 0))
    banded.effort = evolve(banded.effort, stop=stop)
    with pytest.raises(OutOfTime):
        banded.cheapest()
