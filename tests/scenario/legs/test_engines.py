"""Whatever reads a table, and in whatever form it comes, the legs are the same."""

from __future__ import annotations

import csv
import io
import tempfile
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from unittest.mock import patch

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from planner.core.errors import ScenarioError
from planner.scenario.reading.legs import columnar, opening
from planner.scenario.timetable import Timetable
from tests.scenario.legs.worlds import problems, scenario

NAMES = ["from", "to", "departs", "arrives", "price", "operator", "note"]
PORTS = st.sampled_from(["MEX", "CDG", "FNJ", "LHR", "PEK", " SFO ", "SYD"])
MINUTES = st.integers(0, 400 * 1440)


def shown(table: Timetable | None) -> dict[str, Any]:
    """A timetable as plain values; texts in the place of numbers."""
    assert table is not None
    columns: dict[str, Any] = {name: getattr(table, name).tolist() for name in Timetable.COLUMNS}
    columns["from_port"] = [table.ports[number] for number in table.from_port]
    columns["to_port"] = [table.ports[number] for number in table.to_port]
    columns["operator"] = [table.operators[number] for number in table.operator]
    columns["types"] = [getattr(table, name).dtype for name in Timetable.COLUMNS]
    columns["ids"] = [table.leg_id(position) for position in range(len(table))]
    columns["left_out"] = [source.left_out for source in table.sources]
    return columns


def told(folder: Path, legs: str = 'legs = "fares.csv"') -> Any:
    """The timetable, or what is wrong with it."""
    try:
        read = scenario(folder, legs).timetable
    except ScenarioError:
        return problems(folder, legs)
    return shown(read)


def engines(text: str) -> tuple[Any, Any]:
    """What the csv module makes of fares.csv, and what Polars makes of it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "fares.csv").write_text(text, encoding="utf-8", newline="")
        with patch.object(opening, "SMALL", 10**9):
            small = told(folder)
        with patch.object(opening, "SMALL", -1):
            return small, told(folder)


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    """Rows of texts, most of them right."""
    rows = []
    for _ in range(draw(st.integers(0, 6))):
        start = datetime(2025, 2, 20) + timedelta(minutes=draw(MINUTES))
        end = start + timedelta(minutes=draw(st.integers(-300, 3000)))
        price = draw(st.sampled_from(["", "12", "7.125", ".5", "3 USD", "1e3", "-1", "0"]))
        operator, note = draw(st.text(' ,"\n\r\té', max_size=3)), draw(st.text('a," \n', max_size=3))
        rows.append([draw(PORTS), draw(PORTS), str(start), f"{end:%Y-%m-%dT%H:%M}", price, operator, note])
    return rows


@given(tables(), st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]), st.sampled_from(["\n", "\r\n"]))
def test_the_csv_module_and_polars_read_the_same(rows: list[list[str]], quoting: Any, newline: str) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, quoting=quoting, lineterminator=newline).writerows([NAMES, *rows])
    small, large = engines(text.getvalue())
    assert small == large


LINES = ["MEX,CDG,2025-03-03 19:45,2025-03-04 14:30,1", "", ",,,,", " ", '"MEX",CDG', 'MEX,CDG,1"2', "\r"]
LINES += ['"ME""X",CDG', 'MEX,"CDG,1', "MEX,CDG,2025-03-03 19:45,2025-03-04 14:30,1,2"]


@given(st.lists(st.sampled_from(LINES), max_size=6), st.sampled_from(["\n", "\r\n", "\r"]), st.booleans())
def test_they_read_the_same_of_files_in_disorder(lines: list[str], newline: str, blank: bool) -> None:
    header = ("\n" if blank else "") + "from,to,departs,arrives,price" + newline
    small, large = engines(header + newline.join(lines))
    assert small == large


@patch.object(columnar, "survived", lambda *_: True)  # a process for each example would take long
@given(tables())
def test_parquet_with_timestamps_and_decimals_is_read_like_csv(rows: list[list[str]]) -> None:
    good = [row for row in rows if row[4] in ("", "12", "7.125", ".5", "0")]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        text = io.StringIO(newline="")
        csv.writer(text).writerows([NAMES, *good])
        (folder / "fares.csv").write_text(text.getvalue(), encoding="utf-8", newline="")
        columns = dict(zip(NAMES, zip(*good, strict=True) if good else [[]] * len(NAMES), strict=True))
        frame = pl.DataFrame(
            {key: list(values) for key, values in columns.items()}, schema=dict.fromkeys(NAMES, pl.String)
        )
        frame = frame.with_columns(
            pl.Series("price", [Decimal(row[4]) if row[4] else None for row in good], dtype=pl.Decimal(12, 3)),
            pl.col("from").cast(pl.Categorical),
            pl.col("departs").str.to_datetime("%Y-%m-%d %H:%M:%S", time_unit="ms"),
            pl.col("arrives").str.to_datetime("%Y-%m-%dT%H:%M", time_unit="ns"),
        )
        frame.write_parquet(folder / "fares.parquet")
        read, parquet = told(folder), told(folder, 'legs = "fares.parquet"')
    if isinstance(read, dict):
        parquet["ids"] = [text.replace(".parquet", ".csv") for text in parquet["ids"]]
        assert parquet == read
    else:
        assert len(parquet) == len(read)


def test_prices_of_every_type_of_number_stay_exact(tmp_path: Path) -> None:
    cents = [0, 1, 10, 29, 12999, 123456789_99]
    row = {"from": "MEX", "to": "CDG", "departs": datetime(2025, 3, 3, 10), "arrives": datetime(2025, 3, 4, 10)}
    rows = pl.DataFrame([{**row, "price": cent / 100} for cent in cents])
    for kind, few in ((pl.Float64, 6), (pl.Float32, 5), (pl.Decimal(14, 2), 6), (pl.Decimal(14, 4), 6), (pl.String, 6)):
        rows[:few].with_columns(pl.col("price").cast(kind)).write_parquet(tmp_path / "fares.parquet")
        table = scenario(tmp_path, 'legs = "fares.parquet"').timetable
        assert table is not None
        assert table.price.tolist() == cents[:few], kind
    for whole in (pl.Int64, pl.UInt8, pl.UInt64, pl.Int128):
        rows[:5].with_columns(pl.Series("price", range(5), dtype=whole)).write_parquet(tmp_path / "fares.parquet")
        table = scenario(tmp_path, 'legs = "fares.parquet"').timetable
        assert table is not None
        assert table.price.tolist() == [0, 100, 200, 300, 400], whole


def test_rows_can_be_ruled_out_while_a_parquet_file_is_read(tmp_path: Path) -> None:
    rows = []
    for day in range(1, 29):
        for port, operator in (("MEX", "AF"), ("LHR", "BA"), (None, "AF"), ("CDG", None)):
            start = datetime(2025, 3, day, 23, 30)
            rows.append(
                {
                    "from": port,
                    "to": "SYD",
                    "departs": start,
                    "arrives": start + timedelta(days=2),
                    "price": 1,
                    "operator": operator,
                }
            )
    frame = pl.DataFrame(rows)
    frame.write_parquet(tmp_path / "fares.parquet")
    frame.write_csv(tmp_path / "fares.csv", datetime_format="%Y-%m-%d %H:%M")
    only = '[[leg_tables]]\nfiles = "fares.%s"\ntimes = "%s"\nonly = { %s }'
    for times in ("local", "utc"):
        for wish in (
            'ports = ["MEX", "SYD", "CDG"], departs_from = 2025-03-05, departs_to = 2025-03-10',
            'ports = ["LHR", "SYD", "CDG"], not_operators = "BA"',
        ):
            found = []
            for kind in ("parquet", "csv"):
                read = shown(scenario(tmp_path, "", only % (kind, times, wish)).timetable)
                found.append({**read, "ids": None})
            assert found[0] == found[1]
            assert 0 < len(found[0]["row"]) < 50
