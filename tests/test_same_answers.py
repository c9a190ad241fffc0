"""The same question gets the same answer, to the letter: on any number of workers, in any process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HARD = ["marathon-acquire-late", "vietnam-gap-no-visa", "russia-days-used-up"]


def answer(name: str, workers: int, hash_seed: int) -> str:
    """What `plan` prints in a process of its own, in which sets of names have another order."""
    command = [sys.executable, "-m", "planner", f"scenarios/{name}.toml", "--explain", "all", "--repair", "3"]
    environment = {**os.environ, "PYTHONHASHSEED": str(hash_seed)}
    done = subprocess.run(
        [*command, "--workers", str(workers)], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1, done.stderr
    return done.stdout


@pytest.mark.parametrize("name", HARD)
def test_on_any_number_of_workers_and_in_any_process(name: str) -> None:
    first = answer(name, 1, 0)
    assert "These" in first or "There is no other conflict." in first
    for number, workers in enumerate((2, 8), 1):
        assert answer(name, workers, number) == first
