"""The command in a folder of its own, and the solver process as it was afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from planner.solving import client
from tests.faults.faulty import Here


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Here:
    """The command in this process."""
    monkeypatch.chdir(tmp_path)
    return Here(tmp_path, capsys)


@pytest.fixture
def new_solver() -> Iterator[None]:
    """For tests that put something else in the place of the solver process."""
    yield
    client._process.stop()
