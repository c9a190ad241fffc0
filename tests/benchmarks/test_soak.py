"""The soak finds a wrong answer, makes it small, and finds it again in its file; crashes and hangs do not end it."""

from __future__ import annotations

import os
import time
from datetime import date, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from typing import Any
from unittest import mock

import pytest
from attrs import evolve
from click.testing import CliRunner

from benchmarks.soak import checks, kept, work
from benchmarks.soak.__main__ import main
from benchmarks.soak.kept import Failure
from benchmarks.soak.session import Session, Worker, again
from benchmarks.soak.smaller import smaller
from planner.answer import Answer
from planner.api import plan
from planner.scenario.scenario import Scenario

POSSIBLE = "7:3"  # the seed of a scenario with a plan


def one_too_dear(scenario: Scenario, **wanted: Any) -> Answer:
    """The answer, with a wrong cost."""
    answer = plan(scenario, **wanted)
    if answer.plan is None:
        return answer
    return evolve(answer, plan=evolve(answer.plan, cost=answer.plan.cost + 1))


def wrong(pipe: Connection) -> None:
    """A process of the soak whose planner is wrong, and that looks at nothing else."""
    with mock.patch.object(checks, "plan", one_too_dear), mock.patch.object(checks, "of", return_value=["checker"]):
        work.serve(pipe)


def contented(pipe: Connection) -> None:
    """A process that runs a single check, which is met."""
    with mock.patch.object(checks, "of", return_value=["checker"]):
        work.serve(pipe)


def dies(pipe: Connection) -> None:
    """A process that ends in the middle of a check."""
    pipe.recv()
    pipe.send(work.Begun("band"))
    os._exit(3)


def hangs(pipe: Connection) -> None:
    """A process that never answers."""
    time.sleep(600)


def session(folder: Path, serve: Any, seconds: float = 600.0) -> Session:
    return Session(7, folder, lambda text: None, serve=serve, example=seconds, shrinking=600.0)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a failure by the wrong planner."""
    soak, worker = session(tmp_path_factory.mktemp("soak"), wrong), Worker(wrong)
    soak.one(worker, POSSIBLE)
    worker.end()
    (path,) = soak.kept
    return path


def test_a_wrong_answer_is_found_and_made_small(found: Path) -> None:
    failure = kept.read(found)
    assert failure.check == "checker"
    assert "the plan states a cost of" in failure.found
    assert {*failure.data} == {"today", "currency", "ports", "travellers", "trip"}  # staying at home is a plan
    assert failure.data["trip"].keys() == {"start"}
    assert len(failure.data["travellers"]) == len(failure.data["ports"]) == 1


def test_its_file_fails_again_until_it_is_mended(found: Path) -> None:
    failure = kept.read(found)
    repeated = again(failure, wrong)
    assert repeated is not None
    assert repeated.found == failure.found
    told = CliRunner().invoke(main, ["--again", str(found)])
    assert (told.exit_code, told.output) == (0, "checker: it does not fail\n")


def test_a_crash_is_kept_and_the_next_scenario_gets_a_new_process(tmp_path: Path) -> None:
    soak, worker = session(tmp_path, dies), Worker(dies)
    soak.one(worker, "7:2")
    worker.serve = contented
    soak.one(worker, "7:2")
    worker.end()
    (path,) = soak.kept
    failure = kept.read(path)
    assert (failure.check, failure.seed, failure.found) == ("band", "7:2", "EOFError: the process ended")
    assert failure.data == work.drawn("7:2")
    assert soak.counts["soak: checker"] == 1


def test_a_hang_is_kept(tmp_path: Path) -> None:
    soak, worker = session(tmp_path, hangs, seconds=0.01), Worker(hangs)
    soak.one(worker, "7:2")
    (path,) = soak.kept
    assert kept.read(path).found.startswith("TimeoutError")
    assert path.name in (tmp_path / "log-7.txt").read_text()


def test_a_run_ends_with_its_counts(tmp_path: Path) -> None:
    told: list[str] = []
    soak = Session(7, tmp_path, told.append, serve=hangs, example=0.01)
    soak.run(0.2, jobs=2)
    assert len(soak.kept) == len({*soak.kept})  # each scenario once
    assert f"failures: {len(soak.kept)}" in told[-1]
    assert (tmp_path / "log-7.txt").read_text() == "\n".join(told) + "\n"


def test_what_is_left_is_what_fails() -> None:
    data = {"a": [1, 2, 3, {"b": 4, "c": [5, 6]}, 7], "d": {"e": 8}, "f": 9}

    def fails(data: dict[str, Any]) -> bool:
        tables = [item for item in data.get("a", ()) if isinstance(item, dict)]
        return 2 in data.get("a", ()) and any(6 in table.get("c", ()) for table in tables)

    *_, least = smaller(data, fails)
    assert least == {"a": [2, {"c": [6]}]}
    assert data["f"] == 9


def test_a_failure_is_read_back_as_it_was(tmp_path: Path) -> None:
    data = {"today": date(2025, 1, 1), "legs": [{"departs": datetime(2025, 1, 2, 3)}], "rates": {"EUR": 1.125}}
    path = Failure("transformation: other names", "7:2", "No\x1b[2J: two\n\nlines # check: band", data).write(tmp_path)
    read = kept.read(path)
    assert (read.check, read.seed, read.data) == ("transformation: other names", "7:2", data)
    assert "\x1b" not in path.read_text()


def test_another_file_is_no_failure(tmp_path: Path) -> None:
    path = tmp_path / "trip.toml"
    path.write_text("title = 'A trip'\n")
    told = CliRunner().invoke(main, ["--again", str(path)])
    assert told.exit_code == 2
    assert "are missing on top" in told.output


def test_every_check_can_be_drawn() -> None:
    assert {name for seed in range(200) for name in checks.of(Random(seed))} == {*checks.CHECKS}


@pytest.mark.parametrize("seed", ["2612:767", "2711:650"])
def test_facts_of_a_conflict_come_in_an_order_that_does_not_depend_on_names(seed: str) -> None:
    """Scenarios that were found by it: the witnesses, whose trips give the order, depended on names."""
    assert work.failing("transformation: other names", checks.Case(work.drawn(seed)), seed) is None
