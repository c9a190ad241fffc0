"""`plan import`: what it writes, says and refuses."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from planner.api import load
from planner.cli import importing
from planner.cli.main import main
from planner.scenario.importing.base import importers
from tests.scenario.importing.worlds import FLIGHTS, duffel_offer, feed, scenario, write_csv, write_feed, write_offers


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(main, ["import", *map(str, args)], prog_name="plan")


def test_the_kinds_are_those_that_are_registered() -> None:
    assert tuple(importers()) == importing._KINDS
    told = run("--help").output
    assert all(f" {kind.name} " in told for kind in importers().values())


@pytest.mark.parametrize("end", ["csv", "parquet"])
def test_offers_become_tables_that_a_scenario_can_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    monkeypatch.chdir(tmp_path)
    offers = [duffel_offer("a", [FLIGHTS[:2], FLIGHTS[2:]], "600.10"), duffel_offer("b", [FLIGHTS[:2]], "320.00")]
    write_offers(tmp_path, "duffel", offers)
    result = run("duffel", "offers.json", "-o", f"legs.{end}")
    assert result.exit_code == 0, result.output
    told, _, keys = result.output.partition("For the scenario:\n")
    assert told.splitlines()[:4] == [
        f"4 legs in legs.{end}",
        f"2 fares in legs.fares.{end}, 2 of them for several legs",
        "Departures: 29 March 2025 to 6 April 2025",
        "Ports: 3 (CDG, JFK and NCE)",
    ]
    assert {path.name for path in tmp_path.iterdir()} == {f"legs.{end}", f"legs.fares.{end}", "offers.json"}
    read = scenario(tmp_path, keys)
    assert read.timetable is not None
    assert read.tickets is not None
    assert (len(read.timetable), read.tickets.price.tolist()) == (4, [60010, 32000])
    before = (tmp_path / f"legs.{end}").read_bytes()
    assert run("duffel", "offers.json", "-o", f"legs.{end}").output == result.output
    assert (tmp_path / f"legs.{end}").read_bytes() == before
    write_csv(tmp_path)  # without fares for several legs, those of the import before are gone
    assert run("table", "flights.csv", "--keys", "keys.toml", "-o", f"legs.{end}").exit_code == 0
    assert not (tmp_path / f"legs.fares.{end}").exists()


def test_a_feed_with_a_station(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    files = feed()
    files["stops.txt"] = files["stops.txt"].replace("NCE-T1,Terminal", 'NCE-T1,"Nice\x1b[31m ""Ville"""')
    write_feed(tmp_path / "feed", files)
    result = run(
        "gtfs", "feed", "--from", "2025-03-30", "--to", "2025-04-05", "--port", "NCE-T1=NICE", "-o", "legs.csv"
    )
    assert result.exit_code == 0, result.output
    assert "1 leg in legs.csv" in result.output
    assert "\x1b" not in result.output
    assert 'currency = "EUR"' in result.output
    assert '[[ports]]\nid = "NICE"\nname = "Airport"\ntimezone = "Europe/Paris"\n' in result.output
    assert (tmp_path / "legs.csv").read_text() == (
        "id,from,to,departs,arrives,price,operator,mode\n"
        "AF6202-1-2-20250329,CDG,NICE,2025-03-30T14:05Z,2025-03-30T15:35Z,160.00,Air France,air\n"
    )


def test_a_name_that_nothing_is_called_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_feed(tmp_path / "feed", feed())
    result = run("gtfs", "feed", "--port", "NCE-T1=NICE", "--port", "NCE-T9=GENOVA", "-o", "legs.csv")
    assert result.exit_code == 0, result.output
    assert "No leg has to do with GENOVA: is 'NCE-T9' what the files call it?" in result.output
    assert "No leg has to do with NICE" not in result.output


def test_feeds_that_number_their_trips_alike_and_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("one", "two"):
        write_feed(tmp_path / name, feed())
    refused = run("gtfs", "one", "two", "-o", "legs.csv")
    assert refused.exit_code == 2
    assert "is used twice (`plan import` each into a file of its own, and say columns" in refused.output
    for name in ("one", "two"):
        assert run("gtfs", name, "--port", "NCE-T1=NCE", "-o", f"{name}.csv").exit_code == 0
    tables = """
    [[leg_tables]]
    files = "one.csv"
    times = "utc"
    currency = "EUR"
    [[leg_tables]]
    files = "two.csv"
    times = "utc"
    currency = "EUR"
    columns = { id = "" }
    """
    head = """
    today = 2025-03-01
    currency = "EUR"
    travellers = [{ id = "t", passports = [{ id = "p", state = "FR" }] }]
    trip = { start = "CDG", end = "NCE" }
    """
    (tmp_path / "trip.toml").write_text(head + tables)
    both = load(tmp_path / "trip.toml").timetable
    alone = load_one(tmp_path, head + tables[: tables.rindex("[[leg_tables]]")])
    assert both is not None
    assert len(both) == 2 * alone > 0


def load_one(folder: Path, text: str) -> int:
    """How many legs a scenario's tables have."""
    (folder / "one.toml").write_text(text)
    timetable = load(folder / "one.toml").timetable
    return 0 if timetable is None else len(timetable)


def test_nothing_is_written_if_anything_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "legs.csv").write_text("what was there")
    bad = [duffel_offer("a", [FLIGHTS[:2]], "1.00"), {}, duffel_offer("b", [FLIGHTS[2:]], "free")]
    write_offers(tmp_path, "duffel", bad)
    result = run("duffel", "offers.json", "-o", "legs.csv")
    assert result.exit_code == 2
    assert "offers.json, row 2: data.offers[1].total_amount is missing\n" in result.output
    assert "offers.json, row 3: data.offers[2].total_amount: expected an amount, found 'free'\n" in result.output
    assert (tmp_path / "legs.csv").read_text() == "what was there"
    assert {path.name for path in tmp_path.iterdir()} == {"legs.csv", "offers.json"}


REFUSED = [
    (["duffel", "none.json", "-o", "legs.csv"], "there is no file 'none.json'"),
    (["duffel", "feed", "-o", "legs.csv"], "'feed' is a directory"),
    (["table", "feed.xml", "-o", "legs.csv"], "it is not known how to read 'feed.xml'"),
    (["gtfs", "feed", "-o", "legs.toml"], "a name that ends in .parquet or .csv is expected"),
    (["gtfs", "feed", "--port", "x", "-o", "legs.csv"], "expected NAME=PORT"),
    (["gtfs", "feed", "--keys", "keys.toml", "-o", "legs.csv"], "unknown key 'timez'"),
    (["gtfs", "feed", "--keys", "times.toml", "-o", "legs.csv"], "times: files of format 'gtfs' say this themselves"),
    (["gtfs", "feed", "--keys", "times.toml", "-o", "legs.csv"], "times.toml:2:11: columns: files of format"),
    (["gtfs", "feed", "--from", "2026-01-01", "-o", "legs.csv"], "there is no leg in it"),
]


@pytest.mark.parametrize(("args", "words"), REFUSED, ids=[words for _, words in REFUSED])
def test_what_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, args: list[str], words: str) -> None:
    monkeypatch.chdir(tmp_path)
    write_feed(tmp_path / "feed", feed())
    (tmp_path / "feed.xml").write_text("")
    (tmp_path / "keys.toml").write_text('timez = "utc"\n')
    (tmp_path / "times.toml").write_text('times = "utc"\ncolumns = { from = "start" }\n')
    run_ = subprocess.run(
        [sys.executable, "-m", "planner", "import", *args], capture_output=True, text=True, check=False
    )
    assert run_.returncode == 2, run_.stderr
    assert words in run_.stderr
    assert not (tmp_path / "legs.csv").exists()


@pytest.mark.parametrize("read", ["legs.csv", "legs.fares.csv"])
def test_what_is_read_is_neither_written_over_nor_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, read: str
) -> None:
    monkeypatch.chdir(tmp_path)
    text = "from,to,departs,arrives,price\nTXL,MUC,2025-02-01T09:00,2025-02-01T10:00,50\n"
    (tmp_path / read).write_text(text)
    run_ = subprocess.run(
        [sys.executable, "-m", "planner", "import", "table", f"./{read}", "-o", "legs.csv"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run_.returncode == 2
    assert f"{read} is read; name another file" in run_.stderr
    assert (tmp_path / read).read_text() == text


def test_fares_of_an_import_before_are_said_to_be_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "own.csv").write_text("from,to,departs,arrives,price\nTXL,MUC,2025-02-01T09:00,2025-02-01T10:00,50\n")
    (tmp_path / "keys.toml").write_text('currency = "EUR"\n')
    (tmp_path / "legs.fares.csv").write_text("")
    command = [sys.executable, "-m", "planner", "import", "table", "own.csv", "--keys", "keys.toml", "-o", "legs.csv"]
    run_ = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run_.returncode == 0, run_.stderr
    assert "Removed, as there are no fares: legs.fares.csv" in run_.stdout
    assert not (tmp_path / "legs.fares.csv").exists()
