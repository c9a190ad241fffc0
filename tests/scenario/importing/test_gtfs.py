"""What stands in GTFS feeds, and what may be wrong with them."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest

from planner.core.errors import ScenarioError
from planner.scenario.importing.alone import Imported, imported
from tests.scenario.importing.worlds import feed, write_feed

RAIL = {
    "agency.txt": "agency_name,agency_url,agency_timezone\nRenfe,https://example.org,Europe/Madrid",
    "stops.txt": """stop_id,stop_name,stop_lat,stop_lon,stop_timezone,stop_code,parent_station,location_type
        mad,Madrid Airport,40.49,-3.57,,MAD,,0
        par,Paris,48.84,2.32,Europe/Paris,,,1
        par-1,Track 1,48.84,2.32,,,par,0
        bcn,A station of that code in the city,41.38,2.14,,BCN,,0
        """,
    "routes.txt": "route_id,route_type\nr,2",
    "trips.txt": "route_id,trip_id,service_id\nr,night,weekend",
    "calendar.txt": """service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date
        weekend,0,0,0,0,0,1,1,20250329,20250406
        """,
    "calendar_dates.txt": "service_id,date,exception_type\nweekend,20250405,2\nweekend,20250407,1",
    "stop_times.txt": """trip_id,arrival_time,departure_time,stop_id,stop_sequence
        night,23:00:00,23:10:30,mad,1
        night,24:30:00,24:31:00,bcn,2
        night,25:10:00,25:10:00,par-1,3
        """,
}


def legs(found: Imported) -> list[tuple[str, str, str, str]]:
    columns = found.legs()
    return list(zip(columns["from"], columns["to"], columns["departs"], columns["arrives"], strict=True))


def read(folder: Path, files: dict[str, str], **more: str) -> Imported:
    write_feed(folder / "feed", RAIL | files)
    days = {key: date.fromisoformat(text) for key, text in more.items()}
    return imported("gtfs", [str(folder / "feed")], ports={"par": "PARIS-RAIL"}, **days)  # type: ignore[arg-type]


def test_days_exceptions_and_times_past_midnight(tmp_path: Path) -> None:
    found = read(tmp_path, {})
    # 30 March is 23 hours long in Madrid: times count from noon less twelve hours, which is 23:00 on the 29th.
    assert legs(found) == [
        ("MAD", "PARIS-RAIL", "2025-03-29T22:10Z", "2025-03-30T00:10Z"),
        ("MAD", "PARIS-RAIL", "2025-03-30T21:10Z", "2025-03-30T23:10Z"),
        ("MAD", "PARIS-RAIL", "2025-04-06T21:10Z", "2025-04-06T23:10Z"),
        ("MAD", "PARIS-RAIL", "2025-04-07T21:10Z", "2025-04-07T23:10Z"),
    ]
    assert found.left_out == {"stops that are no airport and have no port given": 1}  # 10 km from its code's airport
    assert [(port.id, port.name, port.timezone) for port in found.strangers] == [
        ("PARIS-RAIL", "Paris", "Europe/Paris")
    ]
    assert found.unsold == 4
    assert set(found.legs()["operator"]) == {"Renfe"}
    assert set(found.legs()["mode"]) == {"rail"}


def test_clocks_put_forward_move_the_hours_before_them(tmp_path: Path) -> None:
    times = RAIL["stop_times.txt"].replace("23:00:00,23:10:30", "01:10:00,01:10:00").replace("25:10", "04:10")
    found = read(tmp_path, {"stop_times.txt": times.replace("24:3", "02:3")}, first="2025-03-30", last="2025-03-30")
    # 01:10 on the day's count is 00:10 on the clock, as the day counts from 23:00 the evening before.
    assert legs(found) == [("MAD", "PARIS-RAIL", "2025-03-29T23:10Z", "2025-03-30T02:10Z")]


def test_dates_are_those_of_departure_at_the_port(tmp_path: Path) -> None:
    times = RAIL["stop_times.txt"].replace("23:00:00,23:10:30", "24:05:00,24:05:00").replace("24:3", "24:4")
    found = read(tmp_path, {"stop_times.txt": times}, first="2025-04-07", last="2025-04-07")
    assert [leg[2] for leg in legs(found)] == ["2025-04-06T22:05Z"]  # of the service of the 6th


@pytest.mark.parametrize(("exact", "wait"), [("1", 0), ("0", 30), ("", 30)])
def test_frequencies(tmp_path: Path, exact: str, wait: int) -> None:
    often = f"trip_id,start_time,end_time,headway_secs,exact_times\nnight,06:00:00,07:00:00,1800,{exact}"
    found = read(tmp_path, {"frequencies.txt": often}, first="2025-04-06", last="2025-04-06")
    # 119.5 minutes of travel, to whole minutes on the safe side.
    assert [leg[2:] for leg in legs(found)] == [
        ("2025-04-06T04:00Z", f"2025-04-06T{'06:00' if not wait else '06:30'}Z"),
        ("2025-04-06T04:30Z", f"2025-04-06T{'06:30' if not wait else '07:00'}Z"),
    ]


def test_fares_by_route_and_zone(tmp_path: Path) -> None:
    rules = "fare_id,route_id,origin_id,destination_id\nlocal,AF,Z-CDG,Z-NCE\nany,,,\nother,DL,,"
    fares = "fare_id,price,currency_type,payment_method,transfers\nlocal,45.50,EUR,1,0\nany,160,EUR,1,\nother,99,USD,1,"
    files = feed() | {"fare_attributes.txt": fares, "fare_rules.txt": rules}
    for code in ("CDG", "NCE", "JFK"):
        files["stops.txt"] = files["stops.txt"].replace(f"{code}-T1,Terminal", f"{code}-T1,Gate")
    write_feed(tmp_path / "feed", files)
    found = imported("gtfs", [str(tmp_path / "feed")])
    assert found.legs()["price"] == ["160.00", "45.50", "160.00", "160.00"]
    assert found.currency == "EUR"
    assert found.left_out == {"fares in another currency than the feed's first": 1}


def test_a_zip_file_with_a_folder_inside(tmp_path: Path) -> None:
    write_feed(tmp_path / "feed", RAIL)
    with zipfile.ZipFile(tmp_path / "feed.zip", "w") as packed:
        for file in sorted((tmp_path / "feed").iterdir()):
            packed.write(file, f"inner/{file.name}")
    found = imported("gtfs", [str(tmp_path / "feed.zip")], ports={"par-1": "LYS"})
    assert len(legs(found)) == 4


WRONG = [
    (
        "stop_times.txt",
        ("23:00:00", "23:70:00"),
        "stop_times.txt:2:1, row 1: expected a whole number and times such as",
    ),
    ("stop_times.txt", ("mad", "bar"), "stop_times.txt:2:1, row 1: stop_id: stops.txt has no 'bar'"),
    (
        "trips.txt",
        ("weekend", "weekday"),
        "trips.txt:2:1, row 1: service_id: calendar.txt or calendar_dates.txt has no",
    ),
    ("calendar.txt", ("20250329", "2025-03-29"), "calendar.txt:2:1, row 1: start_date: expected a date such as"),
    (
        "calendar.txt",
        ("start_date", "start"),
        "calendar.txt:1:1: there is no column 'start_date' (did you mean 'start'?)",
    ),
    ("calendar_dates.txt", ("0405,2", "0405,3"), "calendar_dates.txt:2:1, row 1: exception_type: expected 1 or 2"),
    ("agency.txt", ("Europe/Madrid", "Spain"), "agency.txt:2:1, row 1: agency_timezone: unknown time zone 'Spain'"),
    ("routes.txt", ("r,2", "r,9"), "routes.txt:2:1, row 1: route_type: expected a type of route"),
    ("stops.txt", (",par,0", ",paris,0"), "stops.txt:4:1, row 3: parent_station: stops.txt has no 'paris'"),
]


@pytest.mark.parametrize(("name", "change", "words"), WRONG, ids=[words for _, _, words in WRONG])
def test_what_is_wrong_is_told_with_its_row(tmp_path: Path, name: str, change: tuple[str, str], words: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        read(tmp_path, {name: RAIL[name].replace(*change)})
    told = [str(problem).replace(f"{tmp_path}/feed/", "") for problem in caught.value.problems]
    assert any(words in text for text in told), told


def test_many_problems_are_counted(tmp_path: Path) -> None:
    rows = "\n".join(f"night,x,x,mad,{number}" for number in range(100))
    with pytest.raises(ScenarioError) as caught:
        read(tmp_path, {"stop_times.txt": "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n" + rows})
    assert len(caught.value.problems) == 21
    assert "80 more problems like these" in str(caught.value)


def test_files_that_are_no_feeds(tmp_path: Path) -> None:
    (tmp_path / "feed.zip").write_bytes(b"PK\3\4 nothing")
    with pytest.raises(ScenarioError, match="neither a folder nor a zip file"):
        imported("gtfs", [str(tmp_path / "feed.zip")])
    write_feed(tmp_path / "feed", {name: text for name, text in RAIL.items() if name != "routes.txt"})
    with pytest.raises(ScenarioError, match=r"the feed has no routes\.txt"):
        imported("gtfs", [str(tmp_path / "feed")])
    write_feed(tmp_path / "other", {name: text for name, text in RAIL.items() if not name.startswith("calendar")})
    with pytest.raises(ScenarioError, match=r"neither calendar\.txt nor calendar_dates\.txt"):
        imported("gtfs", [str(tmp_path / "other")])
