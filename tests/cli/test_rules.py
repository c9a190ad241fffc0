from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from planner.cli.main import main
from planner.rules.base import kinds
from planner.scenario.reading.base import store
from planner.scenario.reading.base.store import read_base

TABLE = "Passport,PE,MX\nMX,90,-1\nPE,-1,e-visa\n"


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty data folder, and a table to import."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    (tmp_path / "table.csv").write_text(TABLE, encoding="utf-8")
    return tmp_path


def run(*args: str) -> Result:
    return CliRunner().invoke(main, ["rules", *args], prog_name="plan")


def test_every_kind_is_listed_with_its_summary_and_numbers() -> None:
    found = json.loads(run("--format", "json").stdout)
    assert {kind["id"]: kind["summary"] for kind in found["kinds"]} == {
        name: cls.summary for name, cls in kinds().items()
    }
    assert "passport-ban [K01]: " in run().stdout


def test_entries_come_with_source_date_and_grade() -> None:
    found = json.loads(run("--format", "json").stdout)
    entries = [entry for book in found["rulebooks"] for entry in book["entries"]]
    assert entries
    assert all({"id", "kind", "source", "read_on", "grade", "fields"} == set(entry) for entry in entries)


def test_one_kind_with_its_entries() -> None:
    found = json.loads(run("passport-ban", "--format", "json").stdout)
    assert [kind["id"] for kind in found["kinds"]] == ["passport-ban"]
    assert {entry["kind"] for book in found["rulebooks"] for entry in book["entries"]} == {"passport-ban"}


def test_one_entry_with_all_it_says() -> None:
    listed = json.loads(run("passport-ban", "--format", "json").stdout)
    entry = listed["rulebooks"][0]["entries"][0]
    shown = run(entry["id"])
    assert shown.exit_code == 0
    assert f"{entry['id']} (passport-ban): {entry['grade']}" in shown.stdout
    assert "passport_state = US" in shown.stdout
    assert "passport_state" not in run().stdout


@pytest.mark.parametrize("args", [[], ["passport-ban"], ["US"], ["--stale", "0", "--today", "2026-12-01"]])
def test_the_text_fits_80_columns(args: list[str]) -> None:
    result = run(*args)
    assert result.exit_code == 0
    assert max(len(line) for line in result.stdout.splitlines() if "://" not in line) <= 80


def test_an_unknown_name_gets_a_suggestion() -> None:
    result = run("pasport-ban")
    assert result.exit_code == 2
    assert "no kind, rulebook or entry 'pasport-ban' (did you mean 'passport-ban'?)" in result.stderr


def test_a_name_may_follow_options_and_be_written_in_any_case() -> None:
    shown = run("KP").stdout
    assert run("kp").stdout == run("--today", "2026-12-01", "KP").stdout == shown
    assert json.loads(run("--format", "json", "kp").stdout)["rulebooks"][0]["id"] == "KP"
    assert run("--stale", "3", "KP").exit_code == 2


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["--stale", "999999"], "Invalid value for '--stale'"),
        (["--stale", "5", "--today", "0001-01-01"], "'--today': the year 1 is out of range"),
        (["import", "table.csv", "--date", "2199-01-01"], "'--date': 2199-01-01 lies in the future"),
        (["import", "."], "this is a directory (name a table, such as table.csv)"),
    ],
)
def test_mistakes_are_bad_input(args: list[str], words: str) -> None:
    result = run(*args)
    assert result.exit_code == 2
    assert words in result.stderr


# ---- coverage and age


def test_rulebooks_are_listed_with_what_they_cover_and_how_old_they_are() -> None:
    listed = " ".join(run("--today", "2026-12-01").stdout.split())
    assert "KP: North Korea; covers KP" in listed
    assert "oldest read on 2026-11-22 (9 days ago)" in listed


def test_show_is_what_a_name_alone_is_short_for() -> None:
    assert run("show", "KP").stdout == run("KP").stdout


def test_stale_entries_are_those_read_long_ago() -> None:
    def stale(days: int, today: str) -> set[str]:
        found = json.loads(run("--stale", str(days), "--today", today, "--format", "json").stdout)
        return {entry["id"] for book in found["rulebooks"] for entry in book["entries"]}

    everything = json.loads(run("--format", "json").stdout)
    entries = [entry for book in everything["rulebooks"] for entry in book["entries"]]
    entry = min(entries, key=lambda entry: entry["read_on"])
    year, rest = int(entry["read_on"][:4]), entry["read_on"][4:]
    assert entry["id"] not in stale(365, f"{year + 1}{rest}")
    assert entry["id"] in stale(364, f"{year + 1}{rest}")
    assert stale(0, "2100-01-01") == {entry["id"] for entry in entries}


# ---- the base


def test_a_table_is_imported_and_listed_with_its_age(folder: Path) -> None:
    assert json.loads(run("--format", "json").stdout)["base"] is None
    done = run("import", str(folder / "table.csv"), "--date", "2025-01-12", "--licence", "MIT", "--source", "a table")
    assert done.exit_code == 0
    assert done.stdout.startswith("Imported 2 passports and 2 destinations, as of 2025-01-12.")
    listed = run("--today", "2025-01-22").stdout
    assert "a table; as of 2025-01-12 (10 days ago); licence: MIT" in listed
    assert "a table; as of 2025-01-12" in run("--stale", "9", "--today", "2025-01-22").stdout
    assert "a table" not in run("--stale", "10", "--today", "2025-01-22").stdout


def test_a_table_without_more_is_as_old_as_its_file_and_named_after_it(folder: Path) -> None:
    os.utime(folder / "table.csv", (0, 0))
    assert run("import", str(folder / "table.csv")).exit_code == 0
    base = read_base()
    assert base is not None
    assert (base.on.year, base.source, base.licence) == (1970, "Passport Index table table.csv", "not stated")


def test_a_bad_table_leaves_the_old_base_in_place(folder: Path) -> None:
    run("import", str(folder / "table.csv"))
    before = read_base()
    (folder / "table.csv").write_text(TABLE.replace("90", "ninety"), encoding="utf-8")
    result = run("import", str(folder / "table.csv"))
    assert result.exit_code == 2
    assert "table.csv:2:1, row 1: column PE: expected a number of days" in result.stderr
    assert read_base() == before


def test_a_base_that_cannot_be_written_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", broken)
    result = run("import", str(folder / "table.csv"))
    assert result.exit_code == 2
    assert result.stderr == "Error: the base: cannot be written: No space left on device\n"


def test_there_must_be_a_table() -> None:
    result = run("import", "none.csv")
    assert (result.exit_code, result.stderr) == (2, "none.csv: there is no such file\n")


def test_a_damaged_base_is_told_and_the_rulebooks_are_shown_all_the_same(folder: Path) -> None:
    whole = run("KP").stdout
    run("import", str(folder / "table.csv"))
    store.path().write_text("{", encoding="utf-8")
    result = run("KP")
    assert (result.exit_code, result.stdout) == (0, whole)
    assert result.stderr.count("\n") == 1
    assert "the imported base is damaged" in result.stderr
