"""The solver process is started early, a failure to do so is harmless, and it never outlives the program."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from planner.solving import client, start
from tests.solving.test_client import small, solver

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def nothing_started() -> Iterator[None]:
    client._process.stop()
    yield
    client._process.stop()
    while start._ahead:
        process = start._ahead.pop()
        process.kill()
        process.wait()


def test_the_process_started_ahead_is_the_one_that_is_asked() -> None:
    client.prepare()
    client.prepare()
    (process,) = start._ahead
    assert solver(small()).ask("explain").found
    assert client._process._process is process
    client.prepare()
    assert not start._ahead, "there is a process already"


def test_a_process_that_ended_before_it_was_asked_is_replaced() -> None:
    start.ahead()
    start._ahead[0].kill()
    start._ahead[0].wait()
    assert solver(small()).ask("explain").found


def test_a_process_that_cannot_be_started_ahead_is_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> subprocess.Popen[bytes]:
        raise BlockingIOError("no more processes")

    with monkeypatch.context() as patched:
        patched.setattr(start, "_start", refused)
        client.prepare()
        assert not start._ahead
    assert solver(small()).ask("explain").found


IDLE = "from planner.solving import start; start.ahead(); process = start._ahead[0]"
ASKED = """
from planner.solving import client
from tests.solving.test_client import small, solver
assert solver(small()).ask("explain").found
process = client._process._process
"""
SEARCHING = """
import random, threading, time
from planner.model.program import Linear, Program
from planner.solving import client
from tests.solving.test_client import small, solver
drawn = random.Random(1)
made = Program(45, ())  # the market split problem (Cornuéjols and Dawande 1998): hopeless for a search in 0 and 1
for _ in range(6):
    weights = tuple(drawn.randrange(100) for _ in range(45))
    made.linears.append(Linear(tuple(range(45)), weights, sum(weights) // 2, sum(weights) // 2))
assert solver(small()).ask("explain").found
process = client._process._process
asking = threading.Thread(target=lambda: solver(made, 300).ask("confirm"), daemon=True)
asking.start()
time.sleep(1.5)
assert asking.is_alive()
"""


@pytest.mark.parametrize("state", [IDLE, ASKED, SEARCHING], ids=["idle", "asked", "searching"])
@pytest.mark.parametrize("end", ["sys.exit()", "os.kill(os.getpid(), 9)"], ids=["exit", "killed"])
def test_the_process_ends_with_the_program(state: str, end: str) -> None:
    code = f"import os, sys\n{state}\nprint(process.pid, flush=True)\n{end}"
    with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        pid = int(program.stdout.readline())
        program.wait(60)
    patience = time.monotonic() + 60
    while _runs(pid):
        assert time.monotonic() < patience, "the solver process is still there"
        time.sleep(0.1)


def _runs(pid: int) -> bool:
    """Whether a process runs; one that has ended and waits to be noticed does not."""
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False
