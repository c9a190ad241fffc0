"""Tables of legs that hold more than they seem to, are damaged, or are to be read in a way that there is not."""

from __future__ import annotations

import gzip
import io
from datetime import datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

from planner.core.errors import ScenarioError
from planner.rules.base import table_kinds
from planner.rules.examples import WORLD
from planner.scenario.reading import read_text
from planner.scenario.reading.legs import columnar, delimited
from planner.scenario.scenario import Scenario


def _table(folder: Path, name: str, data: bytes) -> str:
    (folder / name).write_bytes(data)
    return f'legs = "{name}"\n' + WORLD[: WORLD.index("# Out on 1 June")] + WORLD[WORLD.index("[trip]") :]


def _read(text: str, folder: Path) -> Scenario:
    return read_text(text, table_kinds(), "trip.toml", folder)


def test_a_small_packed_file_that_holds_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "LARGEST", 10**6)
    packed = gzip.compress(b"\n" * (10**6 + 1))
    assert len(packed) < 2000
    with pytest.raises(ScenarioError, match="of text in it"):
        _read(_table(tmp_path, "legs.csv.gz", packed), tmp_path)


def test_a_parquet_file_that_claims_more_rows_than_anybody_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(columnar, "MOST_ROWS", 3)
    moment = datetime(2025, 6, 1, 8)
    frame = pl.DataFrame(
        {"from": ["AAA"] * 4, "to": ["BBB"] * 4, "departs": [moment] * 4, "arrives": [moment + timedelta(hours=1)] * 4}
    )
    file = io.BytesIO()
    frame.write_parquet(file)
    text = _table(tmp_path, "legs.parquet", file.getvalue())
    with pytest.raises(ScenarioError, match="there are 4 rows; at most 3 of a file are read"):
        _read(text, tmp_path)


def test_a_damaged_parquet_file_does_not_take_the_planner_with_it(tmp_path: Path) -> None:
    """A changed byte in it makes Polars ask for more memory than there are addresses, and end its process."""
    text = _table(tmp_path, "legs.parquet", (Path(__file__).parent / "damaged.parquet").read_bytes())
    with pytest.raises(ScenarioError, match="cannot be read as Parquet"):
        _read(text, tmp_path)


@pytest.mark.parametrize("wanted", ["%d%d", "%", "%Q", "(" * 9000, "%Y-%m-%d %H:%M\\u0000", "%z"])
def test_a_format_of_times_that_is_none(tmp_path: Path, wanted: str) -> None:
    text = _table(tmp_path, "legs.csv", b"from,to,departs,arrives\nAAA,BBB,2025-06-01 08:00,2025-06-01 10:00\n")
    table = f'leg_tables = [{{ files = "legs.csv", time_format = "{wanted}" }}]'
    with pytest.raises(ScenarioError, match="row 1: departs: expected a time written as"):
        _read(text.replace('legs = "legs.csv"', table), tmp_path)


@pytest.mark.parametrize("time", ["0001-01-01T00:00+14:00", "9999-12-31T23:59-12:00", "0001-01-01T00:00"])
@pytest.mark.parametrize("times", ["offset", "utc", "local"])
def test_times_at_the_ends_of_the_calendar(tmp_path: Path, times: str, time: str) -> None:
    text = _table(tmp_path, "legs.csv", f"from,to,departs,arrives\nAAA,BBB,{time},{time}\n".encode())
    table = f'leg_tables = [{{ files = "legs.csv", times = "{times}" }}]'
    with pytest.raises(ScenarioError, match="row 1: departs: "):
        _read(text.replace('legs = "legs.csv"', table), tmp_path)
