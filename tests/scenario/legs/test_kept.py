"""Timetables kept from one scenario to the next: read once, and again when anything they depend on has changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from planner.api import loads
from planner.core.errors import ScenarioError
from planner.rules.base import table_kinds
from planner.scenario.reading import read_text
from planner.scenario.reading.legs import kept
from planner.scenario.reading.legs.tables import TableReader
from planner.scenario.scenario import Scenario
from tests.batching.tiny import LEGS, reading


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """A list that gets longer with every table that is really read."""
    found: list[int] = []
    read = TableReader.read

    def counted(reader: TableReader) -> object:
        found.append(1)
        return read(reader)

    monkeypatch.setattr(TableReader, "read", counted)
    kept.keep(1)
    yield found
    kept.keep(0)


def scenario(folder: Path, change: tuple[str, str] = ("", "")) -> Scenario:
    return read_text(reading("legs.csv").replace(*change), table_kinds(), "trip.toml", folder)


def legs(found: Scenario) -> list[str]:
    assert found.timetable is not None
    return [found.timetable.leg_id(position) for position in range(len(found.timetable))]


def test_other_people_and_wishes_share_a_timetable(tmp_path: Path, reads: list[int]) -> None:
    (tmp_path / "legs.csv").write_text(LEGS)
    first = scenario(tmp_path)
    second = scenario(tmp_path, ('state = "AA"', 'state = "BB"'))
    third = scenario(tmp_path, ("min = 1", "min = 2"))
    assert len(reads) == 1
    assert first.timetable is second.timetable is third.timetable
    assert first.ports == second.ports
    assert legs(first) == ["legs.csv:1", "legs.csv:2"]


@pytest.mark.parametrize(
    "change",
    [
        ("today = 2025-01-01", "today = 2025-01-02"),
        ('timezone = "UTC"', 'timezone = "Asia/Tokyo"'),
        ('currency = "USD"', 'currency = "EUR"'),
    ],
)
def test_what_decides_what_is_read_is_looked_at(tmp_path: Path, reads: list[int], change: tuple[str, str]) -> None:
    (tmp_path / "legs.csv").write_text(LEGS)
    scenario(tmp_path)
    scenario(tmp_path, change)
    assert len(reads) == 2
    scenario(tmp_path)  # only one is kept
    assert len(reads) == 3


def test_a_changed_file_is_read_anew(tmp_path: Path, reads: list[int]) -> None:
    (tmp_path / "legs.csv").write_text(LEGS)
    scenario(tmp_path)
    (tmp_path / "legs.csv").write_text(LEGS.replace(",100", ",1000"))
    found = scenario(tmp_path)
    assert found.timetable is not None
    assert found.timetable.price.tolist() == [100000, 100000]
    assert len(reads) == 2


def test_a_table_with_problems_is_not_kept(tmp_path: Path, reads: list[int]) -> None:
    (tmp_path / "legs.csv").write_text(LEGS.replace("10:00", "10h"))
    for _ in range(2):
        with pytest.raises(ScenarioError, match="row 1"):
            scenario(tmp_path)
    assert len(reads) == 2


def test_ports_that_are_missing_for_another_reason_spoil_nothing(tmp_path: Path, reads: list[int]) -> None:
    (tmp_path / "legs.csv").write_text(LEGS)
    with pytest.raises(ScenarioError):
        scenario(tmp_path, ('id = "BBB"\nterritory = "BB"', 'id = "BBB"\nterritory = 7'))
    assert len(legs(scenario(tmp_path))) == 2


def test_nothing_is_kept_unless_it_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "legs.csv").write_text(LEGS)
    assert scenario(tmp_path).timetable is not scenario(tmp_path).timetable
    assert loads(reading(str(tmp_path / "legs.csv"))).timetable is not None
