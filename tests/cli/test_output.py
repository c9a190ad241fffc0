"""`-o`: answers are written whole, and never over the scenario."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.cli.main import entry_point

SCENARIO = Path(__file__).parent.parent.parent / "scenarios" / "schengen-hop.toml"


def test_a_file_has_what_the_screen_would_show(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert entry_point([str(SCENARIO)]) == 0
    shown = capsys.readouterr().out
    assert entry_point([str(SCENARIO), "-o", str(tmp_path / "answer.txt")]) == 0
    assert capsys.readouterr().out == ""
    assert (tmp_path / "answer.txt").read_text(encoding="utf-8") == shown
    assert [path.name for path in tmp_path.iterdir()] == ["answer.txt"]


def test_the_scenario_is_not_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy = tmp_path / "trip.toml"
    copy.write_text(SCENARIO.read_text(encoding="utf-8"), encoding="utf-8")
    assert entry_point([str(copy), "-o", str(copy)]) == 2
    assert "this is the scenario itself" in capsys.readouterr().err
    assert copy.read_text(encoding="utf-8") == SCENARIO.read_text(encoding="utf-8")


def test_where_nothing_can_be_written(capsys: pytest.CaptureFixture[str]) -> None:
    assert entry_point([str(SCENARIO), "-o", "/no/such/folder/answer.txt"]) == 2
    assert "/no/such/folder/answer.txt: cannot be written" in capsys.readouterr().err
