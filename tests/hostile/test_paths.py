"""What a scenario can make the planner read: tables by name, and nothing else; no code, no endless files."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from planner.batching.items import Item, Limits, _files, digest
from planner.core.errors import ScenarioError
from planner.rules.base import table_kinds
from planner.rules.examples import WORLD
from planner.scenario.reading import read_file
from planner.scenario.reading.legs import files
from planner.scenario.reading.text import LARGEST_FILE

ROOT = Path(__file__).parents[2]
SECRET = "root:x:0:0,secret,from,to\n"


def problems(folder: Path, text: str) -> str:
    """What is said against a scenario in a folder."""
    (folder / "trip.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        read_file(folder / "trip.toml", table_kinds())
    return str(caught.value)


def with_legs(name: str) -> str:
    return f"legs = '{name}'\n" + WORLD[: WORLD.index("# Out on 1 June")] + WORLD[WORLD.index("[trip]") :]


@pytest.mark.parametrize("name", ["../../x", "/etc/passwd", "./AE", "AE.toml", "..", "", "AE\\u0000", "rulebooks/AE"])
def test_a_rulebook_is_an_id_and_never_a_path(tmp_path: Path, name: str) -> None:
    (tmp_path / "x.toml").write_text('id = "x"\ntitle = "x"\n')
    said = problems(tmp_path, WORLD.replace("rulebooks = []", f'rulebooks = ["{name}"]'))
    assert "unknown rulebook" in said


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/a.csv",
        "http://localhost/a.parquet",
        "s3://bucket/a.parquet",
        "file:///etc/a.csv",
        "hf://x/a.csv",
    ],
)
def test_nothing_is_fetched(tmp_path: Path, address: str) -> None:
    assert f"'{address}' is an address; legs are read from files, and nothing is fetched" in problems(
        tmp_path, with_legs(address)
    )


def test_what_is_no_table_is_not_opened_whatever_leads_to_it(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(SECRET)
    (tmp_path / "linked.csv").symlink_to(tmp_path / "secret")
    (tmp_path / "endless.csv").symlink_to("/dev/zero")
    (tmp_path / "loop.csv").symlink_to(tmp_path / "loop.csv")
    (tmp_path / "folder.csv").mkdir()
    expected = {
        "secret": "it is not known how to read",
        "linked.csv": "a link leads to one like it",
        "endless.csv": "a link leads to one like it",
        "loop.csv": "loop.csv",
        "folder.csv": "is a directory",
        "/etc/passwd": "it is not known how to read",
        "../../../../../../etc/passwd": "it is not known how to read",
    }
    for name, words in expected.items():
        said = problems(tmp_path, with_legs(name))
        assert words in said
        assert "root:x" not in said


def test_a_table_beside_or_above_is_read_also_through_a_link(tmp_path: Path) -> None:
    row = "AAA,BBB,2025-06-01 08:00,2025-06-01 10:00,100\n"
    (tmp_path / "real.csv").write_text("from,to,departs,arrives,price\n" + row)
    inner = tmp_path / "inner"
    inner.mkdir()
    (inner / "link.csv").symlink_to("../real.csv")
    for name in ("link.csv", "../real.csv", str(tmp_path / "real.csv"), "*.csv"):
        (inner / "trip.toml").write_text(with_legs(name))
        assert len(read_file(inner / "trip.toml", table_kinds()).timetable or ()) == 1


def test_patterns_do_not_wander_over_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_FILES", 3)
    for name in ("/**/*.csv", "../**/*.csv"):
        assert "** is for folders beside the scenario file" in problems(tmp_path, with_legs(name))
    assert "at most 3 of its parts may be patterns" in problems(tmp_path, with_legs("*/*/*/*.csv"))
    for number in range(4):
        (tmp_path / f"{number}.csv").touch()
    assert "more than 3 files match" in problems(tmp_path, with_legs("*.csv"))


def test_a_packed_feed_is_never_unpacked(tmp_path: Path) -> None:
    """Whatever the files in it are called, and wherever those names lead."""
    feed = tmp_path / "a/b/feed.zip"
    feed.parent.mkdir(parents=True)
    with zipfile.ZipFile(feed, "w") as packed:
        for file in (ROOT / "scenarios/sources/riviera-rail").glob("*.txt"):
            packed.write(file, f"../../{file.name}")
        packed.writestr("/tmp/../planted.toml", "x")
        packed.writestr("../../planted.toml", "x")
    table = '[[leg_tables]]\nfiles = "feed.zip"\nformat = "gtfs"\nunknown_ports = "skip"\n'
    rates = "[rates]\ndate = 2025-01-01\nvalues = { EUR = 1.1 }\n"
    (feed.parent / "trip.toml").write_text(WORLD + rates + table)
    assert read_file(feed.parent / "trip.toml", table_kinds()).legs
    assert {path.name for path in tmp_path.rglob("*")} == {"a", "b", "feed.zip", "trip.toml"}


def test_a_batch_does_not_wander_over_the_disk(tmp_path: Path) -> None:
    """To see what has changed it looks at the files that a scenario names; of a folder, which may be /, at a feed's."""
    (tmp_path / "a").mkdir()
    (tmp_path / "stops.txt").write_text("1")
    (tmp_path / "a/deep.csv").write_text("1")
    item = Item(id="x", text='legs = "."', folder=str(tmp_path))
    before = digest(item, Limits())
    (tmp_path / "a/deep.csv").write_text("22")
    _files.cache_clear()
    assert digest(item, Limits()) == before
    (tmp_path / "stops.txt").write_text("22")
    _files.cache_clear()
    assert digest(item, Limits()) != before


@pytest.mark.parametrize("name", ["/dev/zero", "a folder", "large.toml", "latin.toml", "wide.toml", "pipe"])
def test_a_scenario_that_is_none(tmp_path: Path, name: str) -> None:
    """Devices and pipes are read, for `plan <(command)` is useful, but not without end."""
    (tmp_path / "a folder").mkdir()
    (tmp_path / "large.toml").write_bytes(b"#" * (LARGEST_FILE + 1))
    (tmp_path / "latin.toml").write_bytes(b'title = "caf\xe9"')
    (tmp_path / "wide.toml").write_bytes("title = 1".encode("utf-16"))
    words = {"a folder": "directory", "latin.toml": "not UTF-8", "wide.toml": "UTF-16", "pipe": "no such file"}
    with pytest.raises(ScenarioError, match=words.get(name, "larger than 10 MB")):
        read_file(tmp_path / name, table_kinds())


def test_no_code_is_taken_from_the_current_folder(tmp_path: Path) -> None:
    """Beside a stranger's scenario may lie modules with the names of those that the planner imports."""
    for name in ("numpy", "polars", "ortools", "planner", "tomllib", "pickle", "struct", "queue"):
        (tmp_path / f"{name}.py").write_text("open('taken', 'w').close()\nraise SystemExit(99)\n")
    row = "AAA,BBB,2025-06-01 08:00,2025-06-01 10:00,100\n"
    code = (
        "import polars as pl; pl.read_csv('legs.csv').write_parquet('legs.parquet')\n"
        "from planner.cli.entry import entry_point; import sys; sys.exit(entry_point())"
    )
    (tmp_path / "legs.csv").write_text("from,to,departs,arrives,price\n" + row)
    (tmp_path / "trip.toml").write_text(
        with_legs("legs.parquet").replace("[[trip.stops]]", 'end = "BBB"\n[[trip.stops]]')
    )
    run = subprocess.run(
        [sys.executable, "-P", "-c", code, "trip.toml"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert not (tmp_path / "taken").exists()
    assert run.returncode == 1, run.stderr  # nothing leads back, and a stop needs a night
