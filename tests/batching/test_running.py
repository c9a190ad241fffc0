"""Batches on processes that die, hang and run out of memory, and on executors that lose what they are given."""

from __future__ import annotations

import gzip
import os
import signal
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from planner import batch
from planner.batching import children
from planner.batching.engines import Processes
from planner.batching.items import Item, Limits
from planner.batching.rows import Row
from planner.batching.running import TRIES, ExecutorLost
from tests.batching.tiny import LEGS, fed, items, outcomes, reading
from tests.cli.started import runs, wait_until

pytestmark = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks at processes in /proc")


@pytest.fixture(scope="module")
def expected() -> dict[str, Row]:
    """The rows of some items."""
    return outcomes(batch(items(), partial(Processes, 2)))


def started(module: str) -> list[int]:
    """The processes that this one has started to run a module."""
    found: list[int] = []
    for thread in there("/proc/self/task"):
        with suppress(OSError):  # the thread has just ended
            found += [int(word) for word in (thread / "children").read_text().split()]
    return [pid for pid in found if module.encode() in command(pid)]


def command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except FileNotFoundError:
        return b""


def there(directory: str | Path) -> list[Path]:
    """What a directory holds: nothing, once the process it is of has ended."""
    with suppress(OSError):
        return list(Path(directory).iterdir())
    return []


def readers(pipe: Path) -> list[int]:
    """The processes that have a file open."""
    found = []
    for process in there("/proc"):
        for path in there(process / "fd") if process.name.isdigit() else ():
            with suppress(OSError):  # it has just been closed
                if os.readlink(path) == str(pipe):
                    found.append(int(process.name))
    return found


def open_by_a_reader(pipe: Path) -> int:
    """The writing end of a pipe, once somebody reads it."""
    found: list[int] = []

    def opened() -> bool:
        try:
            found.append(os.open(pipe, os.O_WRONLY | os.O_NONBLOCK))
        except OSError:
            return False
        return True

    wait_until(opened)
    return found[0]


def feed(pipe: Path, done: Callable[[], bool]) -> None:
    """Write the legs for whoever reads them, until all is done: a process that has just been killed may take some."""
    while not done():
        try:
            end = os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:  # nobody reads
            time.sleep(0.05)
            continue
        os.write(end, LEGS.encode())
        os.close(end)
        for _ in range(60):
            if not done():
                time.sleep(0.05)


def test_every_item_has_one_row_and_one_that_is_wrong_harms_no_other(expected: dict[str, Row]) -> None:
    statuses = [expected[item.id].status for item in items()]
    assert statuses == ["optimal", "optimal", "infeasible", "invalid"]
    assert (expected["trip-8"].cost, expected["trip-8"].currency) == ("200.00", "USD")
    assert expected["trip-8"].legs == "AAA -> BBB -> AAA, 2025-06-01 to 2025-06-10"
    assert "at least 10 nights" in " ".join(expected["trip-10"].missing)
    assert expected["trip-10"].repair
    assert expected["trip-10"].repair_cost == "200.00"
    assert expected["bad"].error.startswith("bad.toml:")
    assert "'QQQ'" in expected["bad"].error


def test_no_process_is_left_behind(expected: dict[str, Row]) -> None:
    assert expected
    wait_until(lambda: not started("planner.batching.worker"))


@pytest.mark.parametrize("jobs", [1, 3])
def test_the_rows_are_the_same_on_any_number_of_processes(jobs: int, expected: dict[str, Row]) -> None:
    assert outcomes(batch(items(), partial(Processes, jobs))) == expected


def test_what_a_killed_process_was_at_is_solved_by_another(tmp_path: Path, expected: dict[str, Row]) -> None:
    rows = batch([fed(tmp_path), *items()], partial(Processes, 1))
    with ThreadPoolExecutor(1) as thread:
        found = thread.submit(lambda: outcomes(rows))
        first = open_by_a_reader(tmp_path / "legs.csv")
        (solver,) = started("planner.batching.worker")
        os.kill(solver, signal.SIGKILL)
        os.close(first)  # before the next one reads, which would take this for all there is
        wait_until(lambda: not runs(solver))
        feed(tmp_path / "legs.csv", found.done)
        assert found.result().pop("fed").cost == "200.00"
        assert found.result() == expected


def test_an_item_that_brings_down_its_process_again_is_named_and_the_others_are_solved(
    tmp_path: Path, expected: dict[str, Row]
) -> None:
    rows = batch([fed(tmp_path), *items()], partial(Processes, 2))
    with ThreadPoolExecutor(1) as thread:
        found = thread.submit(lambda: outcomes(rows))
        for _ in range(children.TRIES):
            pipe = open_by_a_reader(tmp_path / "legs.csv")
            wait_until(lambda: readers(tmp_path / "legs.csv")[1:])  # this process is one of them
            (solver,) = set(readers(tmp_path / "legs.csv")) - {os.getpid()}
            os.kill(solver, signal.SIGKILL)
            os.close(pipe)  # before the next one reads
            wait_until(lambda solver=solver: solver not in readers(tmp_path / "legs.csv"))  # type: ignore[misc]
        row = found.result().pop("fed")
        assert (row.status, row.error) == ("failed", "its process ended (signal SIGKILL); tried 2 times")
        assert found.result() == expected


def test_one_that_needs_too_much_memory_fails_alone(tmp_path: Path, expected: dict[str, Row]) -> None:
    with gzip.open(tmp_path / "legs.csv.gz", "wb", compresslevel=1) as file:
        for _ in range(400):
            file.write(bytes(1 << 20))
    large = Item(id="large", text=reading("legs.csv.gz"), folder=str(tmp_path))
    found = outcomes(batch([large, *items()], partial(Processes, 2), limits=Limits(memory=700)))
    assert found.pop("large").error == "memory ran out, with 700 MB for each process; tried 2 times"
    assert found == expected


def test_one_that_never_ends_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, expected: dict[str, Row]
) -> None:
    monkeypatch.setattr(children, "GRACE", 1.0)
    found = outcomes(batch([fed(tmp_path), *items()], partial(Processes, 2), limits=Limits(time_limit=7)))
    assert found.pop("fed").error == "it did not end within 8 s"
    assert found == expected


def test_nothing_is_begun_after_a_stop_and_all_processes_end() -> None:
    stop = Event()
    rows = batch(items(9), partial(Processes, 1), stop=stop)
    first = next(rows)
    stop.set()
    assert list(rows) == []
    assert first.id == "trip-3"
    wait_until(lambda: not started("planner.batching.worker"))


def test_a_pool_of_processes_that_breaks_is_replaced(tmp_path: Path, expected: dict[str, Row]) -> None:
    pool = partial(ProcessPoolExecutor, 2, get_context("spawn"))
    rows = batch([fed(tmp_path), *items(2)], pool)
    with ThreadPoolExecutor(1) as thread:
        found = thread.submit(lambda: outcomes(rows))
        pipe = open_by_a_reader(tmp_path / "legs.csv")
        for worker in started("multiprocessing.spawn"):
            os.kill(worker, signal.SIGKILL)
        wait_until(lambda: not readers(tmp_path / "legs.csv")[1:])
        os.close(pipe)
        feed(tmp_path / "legs.csv", found.done)
        assert found.result().pop("fed").cost == "200.00"
        assert found.result() == {item.id: expected[item.id] for item in items(2)}


class Losing(Executor):
    """An executor that loses what it is given, now and then or always."""

    def __init__(self, *lost: str) -> None:
        self.lost, self.given = lost, list[str]()
        self._inner = Processes(1)

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        item = args[0]
        self.given.append(item.id)
        if item.id not in self.lost:
            return self._inner.submit(fn, *args)
        future: Future[Any] = Future()
        future.set_exception(OSError("the worker is gone"))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self._inner.shutdown(wait, cancel_futures=cancel_futures)


def test_what_an_executor_loses_again_and_again_is_given_up(expected: dict[str, Row]) -> None:
    with Losing("trip-9") as executor:
        found = outcomes(batch(items(), executor))
        assert executor.given.count("trip-9") == TRIES
    assert found.pop("trip-9").error == f"whoever solved it was lost (OSError); tried {TRIES} times"
    assert found == {name: row for name, row in expected.items() if name != "trip-9"}


def test_an_executor_that_loses_everything_is_given_up() -> None:
    many = [Item(id=f"{number}") for number in range(40)]
    with Losing(*(item.id for item in many)) as executor, pytest.raises(ExecutorLost):
        list(batch(many, executor))


def test_one_that_is_shut_down_cannot_be_used() -> None:
    executor = Processes(1)
    executor.shutdown()
    with pytest.raises(ExecutorLost):
        list(batch(items(2), executor))
