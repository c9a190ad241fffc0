"""Batches on a Dask scheduler with two worker processes, one of which is killed while it works."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from planner import batch
from planner.batching import engines
from planner.batching.engines import CannotUse, cluster
from planner.batching.rows import Row
from planner.batching.running import ExecutorLost
from planner.cli.main import main
from tests.batching.test_running import open_by_a_reader, readers
from tests.batching.tiny import LEGS, fed, items, outcomes, tiny
from tests.cli.started import runs, wait_until

distributed = pytest.importorskip("distributed")
pytestmark = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks at processes in /proc")


@pytest.fixture(scope="module")
def scheduler() -> Iterator[Any]:
    """A scheduler on this machine, and its two workers."""
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
    ) as found:
        yield found


@pytest.fixture(scope="module")
def expected() -> dict[str, Row]:
    """The rows of some items, solved here."""
    return outcomes(batch(items()))


def parent(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def test_a_killed_worker_loses_nothing_and_nothing_comes_twice(
    scheduler: Any, tmp_path: Path, expected: dict[str, Row]
) -> None:
    pipe = tmp_path / "legs.csv"
    with cluster(scheduler.scheduler_address) as executor, ThreadPoolExecutor(1) as thread:
        found = thread.submit(lambda: outcomes(batch([fed(tmp_path), *items()], executor)))
        first = open_by_a_reader(pipe)
        wait_until(lambda: readers(pipe)[1:])
        (solver,) = set(readers(pipe)) - {os.getpid()}
        worker = parent(solver)
        os.kill(worker, signal.SIGKILL)
        wait_until(lambda: not runs(worker) and not runs(solver))  # what it had started ends with it
        os.close(first)
        second = open_by_a_reader(pipe)
        os.write(second, LEGS.encode())
        os.close(second)
        assert found.result().pop("fed").cost == "200.00"
        assert found.result() == expected


def test_the_command_uses_a_cluster(scheduler: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.toml").write_text(tiny(), encoding="utf-8")
    args = ["batch", "a.toml", "-o", "x.jsonl", "--cluster", scheduler.scheduler_address]
    result = CliRunner().invoke(main, args, prog_name="plan")
    assert (result.exit_code, result.output) == (0, "1 optimal. Written: x.jsonl\n")


def test_workers_with_another_planner_are_refused(scheduler: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "__version__", "0.0")
    with pytest.raises(CannotUse, match="workers have another version"), cluster(scheduler.scheduler_address):
        pass


def test_a_scheduler_without_workers_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "PATIENCE", 1)
    with (
        distributed.LocalCluster(n_workers=0, dashboard_address=None, silence_logs=50) as found,
        pytest.raises(CannotUse, match="has no workers"),
        cluster(found.scheduler_address),
    ):
        pass


def test_a_scheduler_that_is_gone_ends_the_batch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "PATIENCE", 3)
    found = distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
    )
    with cluster(found.scheduler_address) as executor, ThreadPoolExecutor(1) as thread:
        rows = thread.submit(lambda: outcomes(batch([fed(tmp_path), *items()], executor)))
        pipe = open_by_a_reader(tmp_path / "legs.csv")
        found.close()
        os.close(pipe)
        assert isinstance(rows.exception(timeout=60), ExecutorLost)
