"""Feeds, real ones where there are any, against a count that knows nothing of the importer: each ride by the minute."""

from __future__ import annotations

import csv
import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TypeAlias
from zoneinfo import ZoneInfo

import pytest

from benchmarks.data import folder
from planner.scenario.importing.alone import imported
from tests.scenario.importing.worlds import write_feed

Ride: TypeAlias = tuple[str, str, str, str]
REAL = sorted((folder("gtfs") or Path("nowhere")).glob("*.zip"))  # any feeds one has
DAYS = 3
NIGHT = {
    "agency.txt": "agency_name,agency_url,agency_timezone\nNight,https://example.org,Europe/Berlin",
    "stops.txt": "stop_id,stop_name,stop_lat,stop_lon\na,A,52.1,13.1\nb,B,52.2,13.2\nc,C,52.3,13.3",
    "routes.txt": "route_id,route_type\nr,2",
    "trips.txt": "route_id,trip_id,service_id\nr,often,all\nr,late,all\nr,round,one",
    "calendar.txt": """service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date
        all,1,1,1,1,1,1,1,20251024,20251028
        """,
    "calendar_dates.txt": "service_id,date,exception_type\nall,20251025,2\none,20251026,1",
    "stop_times.txt": """trip_id,arrival_time,departure_time,stop_id,stop_sequence,pickup_type,drop_off_type
        often,00:00:00,00:00:20,a,1,,
        often,00:20:40,00:21:00,b,2,,
        often,00:40:10,00:40:10,c,3,,
        late,25:30:00,25:30:00,a,10,,
        late,26:15:30,26:16:00,b,20,1,
        late,27:05:00,27:05:00,c,30,,
        round,01:10:00,01:10:00,a,1,,
        round,02:20:00,02:25:00,b,2,,
        round,03:30:00,03:30:00,a,3,,
        """,
    "frequencies.txt": """trip_id,start_time,end_time,headway_secs,exact_times
        often,22:00:00,25:00:00,1500,1
        often,05:00:00,06:00:00,1234,0
        """,
}


def rows(feed: Path, name: str) -> Iterator[dict[str, str]]:
    if feed.is_dir():
        text = (feed / name).read_text() if (feed / name).exists() else ""
    else:
        with zipfile.ZipFile(feed) as packed:
            text = packed.read(name).decode("utf-8-sig") if name in packed.namelist() else ""
    yield from csv.DictReader(io.StringIO(text, newline=""))


def running(feed: Path) -> dict[date, set[str]]:
    """Services by day."""
    found: dict[date, set[str]] = {}
    for row in rows(feed, "calendar.txt"):
        one, last = (datetime.strptime(row[key], "%Y%m%d").date() for key in ("start_date", "end_date"))
        while one <= last:
            if row[f"{one:%A}".lower()] == "1":
                found.setdefault(one, set()).add(row["service_id"])
            one += timedelta(days=1)
    for row in rows(feed, "calendar_dates.txt"):
        services = found.setdefault(datetime.strptime(row["date"], "%Y%m%d").date(), set())
        (services.add if row["exception_type"] == "1" else services.discard)(row["service_id"])
    return found


def clock(text: str) -> int:
    hours, minutes, seconds = map(int, text.split(":"))
    return hours * 3600 + minutes * 60 + seconds


def counted(feed: Path, ports: dict[str, str], first: date, last: date) -> Counter[Ride]:
    """Every ride between ports that departs on these dates, one by one."""
    zone = ZoneInfo(next(rows(feed, "agency.txt"))["agency_timezone"])
    days, calls, runs, found = running(feed), dict[str, list[dict[str, str]]](), dict[str, list[tuple[int, int]]](), []
    for row in rows(feed, "stop_times.txt"):
        calls.setdefault(row["trip_id"], []).append(row)
    for row in rows(feed, "frequencies.txt"):
        at, wait = clock(row["start_time"]), 0 if row["exact_times"] == "1" else int(row["headway_secs"])
        while at < clock(row["end_time"]):
            runs.setdefault(row["trip_id"], []).append((at, wait))
            at += int(row["headway_secs"])
    for trip in rows(feed, "trips.txt"):
        stops = sorted(calls.get(trip["trip_id"], ()), key=lambda row: int(row["stop_sequence"]))
        pairs = [
            (a, b)
            for number, a in enumerate(stops)
            for b in stops[number + 1 :]
            if {a["stop_id"], b["stop_id"]} <= ports.keys()
            and ports[a["stop_id"]] != ports[b["stop_id"]]
            and a.get("pickup_type") != "1"
            and b.get("drop_off_type") != "1"
        ]
        for day in (day for day, services in days.items() if trip["service_id"] in services) if pairs else ():
            begin = datetime(day.year, day.month, day.day, 12, tzinfo=zone).timestamp() - 12 * 3600
            own = clock(stops[0]["departure_time"])
            for at, wait in runs.get(trip["trip_id"], [(own, 0)]):
                for a, b in pairs:
                    leaves = begin + at - own + clock(a["departure_time"])
                    lands = begin + at - own + clock(b["arrival_time"]) + wait
                    if first <= datetime.fromtimestamp(leaves, zone).date() <= last and leaves < lands:
                        times = (leaves // 60 * 60, -(-lands // 60) * 60)
                        told = [f"{datetime.fromtimestamp(when, ZoneInfo('UTC')):%Y-%m-%dT%H:%MZ}" for when in times]
                        found.append((ports[a["stop_id"]], ports[b["stop_id"]], told[0], told[1]))
    return Counter(found)


def compared(feed: Path, first: date) -> int:
    """The rides between three stops of the longest trip, counted and imported: as many as there are."""
    longest = Counter(row["trip_id"] for row in rows(feed, "stop_times.txt")).most_common(1)[0][0]
    stops = [row["stop_id"] for row in rows(feed, "stop_times.txt") if row["trip_id"] == longest]
    ports = {stops[at]: f"P-{at}" for at in (0, len(stops) // 2, -1)}
    last = first + timedelta(days=DAYS - 1)
    legs = imported("gtfs", [str(feed)], ports=ports, first=first, last=last).legs()
    told = zip(legs["from"], legs["to"], legs["departs"], legs["arrives"], strict=True)
    found = Counter(ride for ride in told if {*ride[:2]} <= {*ports.values()})  # others are airports of the feed's own
    assert found == counted(feed, ports, first, last)
    return found.total()


def test_frequencies_and_nights_on_which_clocks_change(tmp_path: Path) -> None:
    write_feed(tmp_path / "night", NIGHT)
    assert [compared(tmp_path / "night", date(2025, 10, day)) for day in (23, 24, 25, 26)] == [35, 60, 72, 95]


@pytest.mark.skipif(not REAL, reason="needs GTFS feeds in the data folder")
@pytest.mark.parametrize("feed", REAL, ids=[feed.stem for feed in REAL])
def test_real_feeds(feed: Path) -> None:
    trips = Counter(row["service_id"] for row in rows(feed, "trips.txt"))
    days = {day: sum(trips[service] for service in services) for day, services in sorted(running(feed).items())}
    assert compared(feed, max(days, key=lambda day: days[day])) > 10
