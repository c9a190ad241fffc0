from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from planner.cli.main import main
from planner.rules.base import kinds


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


@pytest.mark.parametrize("args", [[], ["passport-ban"], ["US"]])
def test_the_text_fits_80_columns(args: list[str]) -> None:
    result = run(*args)
    assert result.exit_code == 0
    assert max(len(line) for line in result.stdout.splitlines() if "://" not in line) <= 80


def test_an_unknown_name_gets_a_suggestion() -> None:
    result = run("pasport-ban")
    assert result.exit_code == 2
    assert "no kind, rulebook or entry 'pasport-ban' (did you mean 'passport-ban'?)" in result.stderr
