"""Tables that cannot be used: each problem at its file and row, with what was found and expected."""

from __future__ import annotations

import gzip
from pathlib import Path

import polars as pl
import pytest

from planner.scenario.reading.legs import opening
from tests.scenario.legs.worlds import FARES, problems

HEADER = "from,to,departs,arrives,price,mode,id\n"
GOOD = "MEX,CDG,2025-03-03 19:45,2025-03-04 14:30,1,,\n"

# A row that is wrong, and what is said about it.
ROWS = [
    ("MEX,QQX,2025-03-03 19:45,2025-03-04 14:30,1,,", ["to: unknown port 'QQX'", "IATA"]),
    ("mex,CDG,2025-03-03 19:45,2025-03-04 14:30,1,,", ["from: unknown port 'mex'", "did you mean 'MEX'?"]),
    (",CDG,2025-03-03 19:45,2025-03-04 14:30,1,,", ["from: it is empty"]),
    ("MEX,CDG,,2025-03-04 14:30,1,,", ["departs: it is empty"]),
    ("MEX,CDG,2025-03-03,2025-03-04 14:30,1,,", ["departs: expected a local date and time", "add the time of day"]),
    ("MEX,CDG,2025-03-03 19:45,2025-03-04 14:30:20,1,,", ["arrives: expected a local date and time", "14:30:20"]),
    ("MEX,CDG,2025-03-03 19:45Z,2025-03-04 14:30,1,,", ["departs: expected a local", 'times = "utc"']),
    ("MEX,CDG,2025-13-03 19:45,2025-03-04 14:30,1,,", ["departs: expected", "month must be in 1..12"]),
    ("MEX,CDG,2225-03-03 19:45,2225-03-04 14:30,1,,", ["departs: the year is out of range", "from 1900 to 2199"]),
    ("MEX,CDG,2025-03-29 19:45,2025-03-30 02:30,1,,", ["arrives: 2025-03-30 02:30 does not exist at CDG", "skip"]),
    ("MEX,CDG,2025-03-03 19:45,2025-03-04 02:45,1,,", ["does not arrive after it departs", "2025-03-04 01:45 UTC"]),
    ("MEX,CDG,2025-03-03 19:45,2025-03-04 14:30,-1,,", ["price: expected a price", "must not be negative"]),
    ("MEX,CDG,2025-03-03 19:45,2025-03-04 14:30,cheap,,", ["price: expected a price", "the text 'cheap'"]),
    ("MEX,CDG,2025-03-03 19:45,2025-03-04 14:30,1 EUR,,", ["expected an amount in USD", "[[leg_tables]] of their own"]),
    ("MEX,CDG,2025-03-03 19:45,2025-03-04 14:30,100000000000.01,,", ["price", "more than this planner counts with"]),
    ("MEX,CDG,2025-03-03 19:45,2025-03-04 14:30,1,plane,", ["mode: found the text 'plane'", "air, rail"]),
    ("MEX,CDG,2025-03-03 19:45,2025-03-04 14:30,1,,a", ["the leg id 'a' is used twice", 'columns = { id = "" }']),
]


@pytest.mark.parametrize(("row", "words"), ROWS, ids=[words[0] for _, words in ROWS])
@pytest.mark.parametrize("engine", ["csv", "polars"])
def test_a_wrong_row_is_named_with_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, engine: str, row: str, words: list[str]
) -> None:
    monkeypatch.setattr(opening, "SMALL", 0 if engine == "polars" else 10**9)
    text = HEADER + GOOD.replace(",,\n", ",,a\n") + "\n" + f"{row}\n" + GOOD
    (found,) = problems(tmp_path, fares=text)
    assert found.startswith("fares.csv:4:1, row 3: ")
    assert [word for word in words if word not in found] == []


def test_many_wrong_rows_are_counted_and_the_same_thing_is_said_once(tmp_path: Path) -> None:
    different = "".join(GOOD.replace("CDG", f"Q{number:02}") for number in range(1, 31))
    same = GOOD.replace("MEX", "QQX") * 40
    found = problems(tmp_path, fares=HEADER + same + GOOD + different)
    assert len(found) == 21
    assert found[0].startswith("fares.csv:2:1, row 1: from: unknown port 'QQX'")
    assert found[1] == "fares.csv:3:1, row 2: 50 more rows like these cannot be used, from here on"
    assert found[2].startswith("fares.csv:43:1, row 42: to: unknown port 'Q01'")
    assert found[20].startswith("fares.csv:61:1, row 60: to: unknown port 'Q19'")


def test_problems_of_several_files_and_of_the_rest_are_told_together(tmp_path: Path) -> None:
    bad = FARES.replace("FNJ", "QQX")
    found = problems(tmp_path, 'legs = ["fares.csv", "more.csv"]\ntitel = 5', fares=bad, more=bad)
    places = [text.partition(": ")[0] for text in found]
    assert places == [
        "fares.csv:3:1, row 2",
        "more.csv:3:1, row 2",
        "trip.toml:5:1",
    ]


# Text of fares.csv, and what is said about it.
FILES = [
    ("", "fares.csv: the file is empty"),
    ("\n\n", "fares.csv: the file is empty"),
    (FARES.replace("departs", "departure"), "fares.csv:1:1: there is no column 'departs' (did you mean 'departure'?"),
    (FARES.replace(",", ";"), "fares.csv:1:1: there is no column 'from' (the columns of a .csv file are separated by"),
    (FARES.replace("operator", "price"), "fares.csv:1:1: there are 2 columns 'price'"),
    (FARES.replace("price", "fare"), "fares.csv: there is no column of prices, and no [[fares]]"),
    (FARES.replace("Air Koryo", "Air, Koryo"), "fares.csv:3:1: row 2 has 7 values, and there are 6 columns"),
    (FARES.replace("Air Koryo", '"Air Koryo'), "fares.csv:3:1: this is no CSV"),
    (FARES.replace("Air Koryo", '"Air" Koryo'), "fares.csv:3:1: this is no CSV"),
]


@pytest.mark.parametrize(("text", "words"), FILES, ids=[words for _, words in FILES])
@pytest.mark.parametrize("engine", ["csv", "polars"])
def test_a_file_that_is_no_such_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, engine: str, text: str, words: str
) -> None:
    monkeypatch.setattr(opening, "SMALL", -1 if engine == "polars" else 10**9)
    (found,) = problems(tmp_path, fares=text)
    assert found.startswith(words)


@pytest.mark.parametrize("engine", ["csv", "polars"])
def test_bytes_that_are_no_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, engine: str) -> None:
    monkeypatch.setattr(opening, "SMALL", -1 if engine == "polars" else 10**9)
    (tmp_path / "fares.csv").write_bytes(FARES.encode().replace(b"Koryo", b"Kory\xf6"))
    assert problems(tmp_path) == ["fares.csv:3:1: the byte 0xf6 is not UTF-8 (save the file as UTF-8)"]
    (tmp_path / "fares.csv").write_bytes(FARES.encode("utf-16"))
    assert problems(tmp_path) == ["fares.csv:1:1: the file is written in UTF-16 (save it as UTF-8)"]


def test_damaged_files(tmp_path: Path) -> None:
    packed = gzip.compress(FARES.encode())
    (tmp_path / "cut.csv.gz").write_bytes(packed[:-20])
    (tmp_path / "plain.csv.gz").write_bytes(FARES.encode())
    found = problems(tmp_path, 'legs = "*.gz"')
    assert found == [f"{name}.csv.gz: the file is damaged, or not packed by gzip" for name in ("cut", "plain")]
    table = pl.read_csv(FARES.encode())
    table.write_parquet(tmp_path / "whole.parquet")
    whole = (tmp_path / "whole.parquet").read_bytes()
    for size in (0, 4, 100, len(whole) - 1, len(whole) - 60):
        (tmp_path / "cut.parquet").write_bytes(whole[:size])
        (damaged,) = problems(tmp_path, 'legs = "cut.parquet"')
        assert damaged.startswith("cut.parquet: this cannot be read as Parquet: ")
        assert "\n" not in damaged


# What legs says, and what is said about that.
NAMES = [
    ('"fare.csv"', "trip.toml:4:8: there is no file 'fare.csv' (did you mean 'fares.csv'?)"),
    ('["fares.csv", "more/fares.csv"]', "trip.toml:4:22: there is no file 'more/fares.csv' (there is no directory"),
    ('"fares-*.parquet"', "trip.toml:4:8: no file matches 'fares-*.parquet'"),
    ('"fares.xlsx"', "trip.toml:4:8: it is not known how to read 'fares.xlsx' (names of tables end in .parquet"),
    ('"folder"', "trip.toml:4:8: 'folder' is a directory (name its files"),
    ('""', "trip.toml:4:8: there is no file ''"),
]


@pytest.mark.parametrize(("legs", "words"), NAMES, ids=[legs for legs, _ in NAMES])
def test_names_of_files(tmp_path: Path, legs: str, words: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "fares.xlsx").write_text("")
    (found,) = problems(tmp_path, f"legs = {legs}", fares=FARES)
    assert found.startswith(words)


def test_currencies_of_tables_need_rates(tmp_path: Path) -> None:
    table = '[[leg_tables]]\nfiles = "fares.csv"\ncurrency = "EUR"'
    (found,) = problems(tmp_path, "", table, fares=FARES)
    assert "no exchange rate for EUR (add EUR to values of [rates]" in found
    (found,) = problems(tmp_path, "", table.replace("EUR", "euro"), fares=FARES)
    assert "currency: 'euro' is no currency code" in found
    rates = "\n[rates]\ndate = 2025-01-01\nvalues = { EUR = 1e9 }"
    (found,) = problems(tmp_path, "", table + rates, fares=FARES.replace(",395,", ",,"))
    assert "row 1: price: it is more than this planner counts with" in found


def test_types_of_parquet_columns(tmp_path: Path) -> None:
    table = pl.read_csv(FARES.encode()).with_columns(pl.col("departs", "arrives").str.to_datetime(strict=False))
    wrong = {
        "column 'departs': expected timestamps": table.with_columns(pl.col("departs").dt.date()),
        "column 'price': expected numbers": table.with_columns(pl.lit(True).alias("price")),
        "column 'from': expected texts": table.with_columns(pl.lit(1.5).alias("from")),
        "expected local times without a time zone": table.with_columns(pl.col("arrives").dt.replace_time_zone("UTC")),
    }
    for words, data in wrong.items():
        data.write_parquet(tmp_path / "fares.parquet")
        (found,) = problems(tmp_path, 'legs = "fares.parquet"')
        assert words in found


def test_rows_of_parquet_files(tmp_path: Path) -> None:
    table = pl.read_csv(FARES.encode()).with_columns(pl.col("departs", "arrives").str.to_datetime(strict=False))
    table = pl.concat([table] * 4).with_row_index("n")
    bad = pl.col("n").is_in([1, 5])
    table = table.with_columns(
        pl.when(bad).then(12.345).when(pl.col("n") == 7).then(-1.0).otherwise(pl.col("price")).alias("price"),
        pl.when(pl.col("n") == 9).then(None).otherwise(pl.col("departs") + pl.duration(seconds=0)).alias("departs"),
    )
    table.write_parquet(tmp_path / "fares.parquet")
    found = problems(tmp_path, 'legs = "fares.parquet"')
    assert found == [
        "fares.parquet, row 2: price: expected an amount from 0 to 100000000000 with at most 2 decimals, found 12.345",
        "fares.parquet, row 6: 1 more row like these cannot be used, from here on",
        "fares.parquet, row 8: price: expected an amount from 0 to 100000000000 with at most 2 decimals, found -1.0",
        "fares.parquet, row 10: departs: it is empty or has seconds; times are whole minutes",
    ]
