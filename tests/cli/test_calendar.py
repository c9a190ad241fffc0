"""`--format ics`: a file that is a calendar, or none."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.cli.main import entry_point
from tests.report.calendar.reading import events

SCENARIOS = Path(__file__).parent.parent.parent / "scenarios"


def test_a_calendar_is_written(tmp_path: Path) -> None:
    target = tmp_path / "trip.ics"
    assert entry_point([str(SCENARIOS / "schengen-hop.toml"), "--format", "ics", "-o", str(target)]) == 0
    assert len(events(target.read_bytes().decode("utf-8"))) > 2


@pytest.mark.parametrize(
    ("more", "code", "why"), [((), 1, "no valid trip"), (("--time-limit", "0.001"), 3, "undecided")]
)
def test_without_a_trip_nothing_is_written_and_the_exit_code_is_that_of_the_answer(
    more: tuple[str, ...], code: int, why: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "trip.ics"
    target.write_text("an older calendar", encoding="utf-8")
    scenario = str(SCENARIOS / "marathon-single-entry.toml")
    assert entry_point([scenario, "--format", "ics", "-o", str(target), "--repair", "0", *more]) == code
    shown = capsys.readouterr()
    assert shown.out == ""
    assert why in shown.err
    assert len(shown.err.splitlines()) == 1
    assert target.read_text(encoding="utf-8") == "an older calendar"
