"""docs/verify.md: its commands print what it shows, its Python runs, and its table has the keys there are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from attrs import fields

from planner.checking.form import Booked, Change, Desk, Paper, PlanFile, TimedLeg
from planner.cli.main import entry_point, main
from planner.scenario.node import Node
from planner.scenario.travel import Fare
from tests.docs.shown import ROOT, with_output

PAGE = (ROOT / "docs" / "verify.md").read_text(encoding="utf-8")
_OF_ANSWERS = {"format", "planner", "zone_data", "status", "readings", "rulebooks", "rests_on"}


def test_the_output_shown_is_real(tmp_path: Path) -> None:
    assert with_output(PAGE, tmp_path) == PAGE


def test_the_python_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "scenarios").symlink_to(ROOT / "scenarios")
    assert entry_point(["scenarios/schengen-hop.toml", "--format", "json", "-o", "hop.json"]) == 0
    (code,) = re.findall(r"^```python\n((?:.*\n)*?)```$", PAGE, re.MULTILINE)
    exec(code, {})
    assert capsys.readouterr().out == "True 118500 []\n"


def keys(cls: type[Node]) -> set[str]:
    return {field.name.rstrip("_") for field in fields(cls) if field.eq}


def test_the_table_has_every_key() -> None:
    rows = dict(re.findall(r"^\| `(\w+)`(?:: `\{(.*?)\}`)?", PAGE, re.MULTILINE))
    assert rows.keys() == keys(PlanFile) - _OF_ANSWERS
    tables: dict[str, type[Node]] = {
        "timetable": TimedLeg,
        "tickets": Fare,
        "touches": Change,
        "crossings": Desk,
        "documents": Paper,
        "bookings": Booked,
    }
    for name, cls in tables.items():
        told = {*rows[name].split(", ")}
        assert told <= keys(cls)
        assert keys(cls) - told <= {"date", "port", "zone", "tour"}


def test_options_named_exist() -> None:
    known = {option for name in ("solve", "verify") for param in main.commands[name].params for option in param.opts}
    assert set(re.findall(r"(?<![\w-])--[a-z][\w-]+", PAGE)) <= known
