from __future__ import annotations

import gzip
import sys
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from planner.core.errors import Place
from planner.core.money import Price
from planner.rules.base import table_kinds
from planner.scenario.reading import read_file
from planner.scenario.reading.legs import opening
from planner.scenario.timetable import UNPRICED
from tests.scenario.legs.worlds import FARES, HEAD, TAIL, legs_of, problems, scenario


def test_rows_become_legs_with_local_times_and_prices(tmp_path: Path) -> None:
    read = scenario(tmp_path, fares=FARES)
    assert read.legs == read.fares == ()
    table = read.timetable
    assert table is not None
    assert table.price.tolist() == [41050, UNPRICED, 39500]
    out, on, back = legs_of(read)
    assert (out.id, out.from_, out.to, out.operator, out.mode) == ("fares.csv:1", "MEX", "CDG", "Air France", "air")
    assert (out.departs, out.arrives) == (datetime(2025, 3, 3, 19, 45), datetime(2025, 3, 4, 14, 30))
    assert out.arrives_utc - out.departs_utc == 11 * 60 + 45  # 7 hours between Mexico City and Paris
    assert out.price == Price(Decimal("410.50"), "USD")
    assert out.where.place == Place(str(tmp_path / "fares.csv"), row=1)
    assert (on.price, table.fare(1)) == (None, None)
    assert date.fromordinal(int(table.arrives_on[0])) == date(2025, 3, 4)
    assert back.departs == datetime(2025, 3, 16, 13, 30)
    assert read.ports["FNJ"].territory == "KP"
    assert read.last_departure == date(2025, 3, 16)


def test_a_mapping_names_the_columns_and_defaults_fill_in_what_they_lack(tmp_path: Path) -> None:
    table = """
    [[leg_tables]]
    files = "rail.csv"
    columns = { from = "origin", to = "destination", departs = "dep", arrives = "arr", price = "eur", id = "train" }
    currency = "EUR"
    per = "party"
    mode = "rail"
    operator = "SNCF"
    times = "utc"
    [rates]
    date = 2025-02-01
    values = { EUR = 1.1 }
    """
    rail = """train,note,arr,dep,eur,origin,destination
        TGV 1,x,2025-03-04T12:00:00Z,2025-03-04 10:30 UTC,30,CDG,LYS
        ,y,2025-03-04 12:00,2025-03-04 11:30,"40.5 EUR",CDG,LYS
    """
    read = scenario(tmp_path, "", table, rail="\n".join(line.strip() for line in rail.splitlines()))
    first, second = legs_of(read)
    assert (first.id, second.id) == ("TGV 1", "rail.csv:2")
    assert (first.mode, first.operator, first.per) == ("rail", "SNCF", "party")
    assert (first.departs, first.arrives) == (datetime(2025, 3, 4, 11, 30), datetime(2025, 3, 4, 13, 0))
    assert second.price == Price(Decimal("40.5"), "EUR")
    assert read.minor(second.price) == 4455


def test_times_at_changes_of_clocks(tmp_path: Path) -> None:
    fares = "from,to,departs,arrives,price\n"
    fares += "CDG,LHR,2025-10-26 02:30,2025-10-26 03:00,1\n"  # the first of two 02:30
    fares += "JFK,CDG,2025-03-29 21:00,2025-03-30 04:00,1\n"
    table = scenario(tmp_path, fares=fares).timetable
    assert table is not None
    assert (table.arrives - table.departs).tolist() == [150, 60]


def test_rows_before_today_and_rows_not_wanted_are_left_out_unseen(tmp_path: Path) -> None:
    fares = "from,to,departs,arrives,price,operator\n"
    fares += "MEX,CDG,2025-02-28 23:00,2025-03-01 14:30,-1,AF\n"  # its price does not matter
    fares += "MEX,QQX,2025-03-02 23:00,2025-03-03 14:30,1,AF\n"
    fares += "MEX,CDG,2025-03-02 23:00,2025-03-03 14:30,x,XX\n"
    fares += "MEX,CDG,2025-03-09 23:00,noon,1,AF\n"
    fares += "MEX,CDG,2025-03-02 23:00,2025-03-03 14:30,2,\n"
    fares += "MEX,LAX,2025-03-02 23:00,2025-03-03 14:30,y,AF\n"
    table = """
    [[leg_tables]]
    files = "fares.csv"
    unknown_ports = "skip"
    only = { departs_to = 2025-03-08, not_operators = "XX", ports = ["MEX", "CDG", "SFO"] }
    """
    read = scenario(tmp_path, "", table, fares=fares)
    assert [leg.id for leg in legs_of(read)] == ["fares.csv:5"]
    assert set(read.ports) == {"MEX", "CDG", "SFO"}  # only what a leg or the scenario names
    assert read.timetable is not None
    assert read.timetable.sources[0].left_out == {"that depart before today": 1}
    read = scenario(
        tmp_path,
        "",
        table.replace(', ports = ["MEX", "CDG", "SFO"]', "").replace("8,", "2,"),
        fares=fares.replace(",y,", ",3,"),
    )
    assert read.timetable is not None
    assert read.timetable.sources[0].left_out == {"with unknown ports": 1, "that depart before today": 1}


def test_several_files_follow_each_other_and_written_legs_come_first(tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "b.csv.gz").write_bytes(gzip.compress(FARES.encode()))
    (tmp_path / "more" / "a.TSV").write_text("\ufeff" + FARES.replace(",", "\t"), encoding="utf-8")
    tables = """
    [[leg_tables]]
    files = ["more/*", "more/a.TSV", "fares.csv"]
    [[leg_tables]]
    files = "fares.csv"
    columns = { price = "" }
    [[legs]]
    id = "own"
    from = "MEX"
    to = "CDG"
    departs = 2025-03-03T19:45:00
    arrives = 2025-03-04T14:30:00
    [[fares]]
    id = "ticket"
    legs = ["own", "more/b.csv.gz:3"]
    price = 5
    """
    read = scenario(tmp_path, "", tables, fares=FARES)
    ids = ["more/b.csv.gz", "more/a.TSV", "fares.csv", "fares.csv-2"]
    order = sorted(ids[:2]) + ids[2:]
    rest = [f"{name}:{row}" for name in order for row in (1, 2, 3) if (name, row) != (ids[0], 3)]
    assert [leg.id for leg in read.legs] == ["own", "more/b.csv.gz:3"]  # what a fare names is a leg of its own
    assert [leg.id for leg in legs_of(read)[2:]] == rest
    assert [fare.id for fare in read.fares] == ["more/b.csv.gz:3", "ticket"]
    assert read.timetable is not None
    assert [source.prefix for source in read.timetable.sources] == ["more/a.TSV", "more/b.csv.gz", *ids[2:]]
    assert (read.timetable.price[-3:] == UNPRICED).all()


def test_paths_count_from_the_scenario_s_folder_and_of_a_text_from_the_current_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    text = HEAD + 'legs = ["fares.csv"]' + TAIL
    (inner / "trip.toml").write_text(text)
    (inner / "fares.csv").write_text(FARES)
    monkeypatch.chdir(tmp_path)
    read = read_file(Path("inner/trip.toml"), table_kinds())
    assert read.timetable is not None
    assert read.timetable.sources[0].where.place.file == "inner/fares.csv"
    assert "there is no file 'fares.csv'" in problems(Path())[0]
    monkeypatch.chdir(inner)
    assert len(legs_of(read_file(Path("trip.toml"), table_kinds()))) == 3


def test_touches_and_avoided_operators_know_the_tables(tmp_path: Path) -> None:
    wishes = """
    [trip.avoid]
    operators = ["Air Korya", "Air Koryo"]
    [[touches]]
    after = "fares.csv:1"
    before = "fares.csv:2"
    mode = "airside"
    """
    (found,) = problems(tmp_path, after=wishes, fares=FARES)
    assert "no leg is by 'Air Korya' (did you mean 'Air Koryo'?)" in found
    read = scenario(tmp_path, after=wishes.replace('"Air Korya", ', ""), fares=FARES)
    assert [leg.id for leg in read.legs] == ["fares.csv:1", "fares.csv:2"]
    assert [fare.id for fare in read.fares] == ["fares.csv:1"]


def test_ids_are_found_by_position(tmp_path: Path) -> None:
    fares = "id,from,to,departs,arrives,price\n"
    fares += "".join(f"leg {day},MEX,CDG,2025-03-{day:02} 10:00,2025-03-{day + 1:02} 10:00,1\n" for day in range(1, 20))
    table = scenario(tmp_path, fares=fares, after="").timetable
    assert table is not None
    assert table.positions(["leg 7", "leg 20", "fares.csv:3"]) == {"leg 7": 6}
    later = table.take(np.arange(4, 19))
    assert later.positions(["leg 7", "leg 2"]) == {"leg 7": 2}
    assert [later.leg_id(at) for at in (0, 14)] == ["leg 5", "leg 19"]


def test_what_needs_polars_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "polars", None)
    (tmp_path / "fares.parquet").write_bytes(b"PAR1")
    (found,) = problems(tmp_path, 'legs = "fares.parquet"')
    assert found == (
        "fares.parquet: Parquet files are read with Polars, which is not installed "
        "(pip install 'entry-planner[tables]')"
    )
    assert len(legs_of(scenario(tmp_path, fares=FARES))) == 3
    monkeypatch.setattr(opening, "MOST_ROWS", 2)
    (found,) = problems(tmp_path, fares=FARES)
    assert "files of more than 2 rows are read with Polars, which is not installed" in found
