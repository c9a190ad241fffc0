"""`-o`: answers are written whole, and never over the scenario."""

from __future__ import annotations

import os
import subprocess
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
    assert "looks like a scenario" in capsys.readouterr().err
    bare = tmp_path / "trip"
    bare.symlink_to(copy)
    assert entry_point([str(copy), "-o", str(bare)]) == 2
    assert "is read; name another file" in capsys.readouterr().err
    assert copy.read_text(encoding="utf-8") == SCENARIO.read_text(encoding="utf-8")


def test_where_nothing_can_be_written(capsys: pytest.CaptureFixture[str]) -> None:
    assert entry_point([str(SCENARIO), "-o", "/no/such/folder/answer.txt"]) == 2
    assert "/no/such/folder/answer.txt: cannot be written" in capsys.readouterr().err


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "answer.txt")
    assert entry_point([str(SCENARIO), "-o", str(tmp_path / "link")]) == 0
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "answer.txt").read_text(encoding="utf-8").startswith("Tromsø")


def test_what_is_no_file_is_written_into_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE, text=True) as reader:
        assert entry_point([str(SCENARIO), "-o", str(pipe)]) == 0
        assert reader.stdout is not None
        assert reader.stdout.read().startswith("Tromsø")
    assert pipe.is_fifo()


def test_a_full_device_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    before = os.stat("/dev/full")
    assert entry_point([str(SCENARIO), "-o", "/dev/full"]) == 2
    assert "/dev/full: cannot be written: No space left on device" in capsys.readouterr().err
    assert os.stat("/dev/full").st_rdev == before.st_rdev


@pytest.mark.parametrize("args", [["schema"], [str(SCENARIO), "--alternatives", "1"], ["compare", "a", "b"]])
def test_what_is_no_scenario_is_not_written_as_one(
    args: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text("kept")
    assert entry_point([*args, "-o", str(mine)]) == 2
    assert "looks like a scenario" in capsys.readouterr().err
    assert mine.read_text() == "kept"
