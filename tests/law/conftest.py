"""A small law instead of that which comes with the planner, and a data folder of its own for each test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from planner.law import books as law_books
from planner.rules.base import table_kinds
from planner.scenario import reading
from planner.scenario.reading.rulebooks import read_books

Law = Callable[..., None]
_HEAD = 'id = "{name}"\ntitle = "{name}"\ncovers = {covers}\n'


@pytest.fixture(autouse=True)
def data_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where the imported base would lie; nothing has been imported."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def law(monkeypatch: pytest.MonkeyPatch) -> Law:
    """Puts one rulebook, LAW, in the place of all: what it covers, then its text."""

    def use(text: str, *covers: str, top: str = "") -> None:
        head = _HEAD.format(name="LAW", covers=list(covers or ("PE",)))
        found = read_books({"LAW.toml": f"{head}{top}\n{text}"}, table_kinds())
        monkeypatch.setattr(law_books, "read_rulebooks", lambda kinds: found)
        monkeypatch.setattr(reading, "shipped", lambda kinds, named=None: found)

    return use
