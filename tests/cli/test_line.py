"""The line of progress: only on a terminal, only if there is time to read it, gone when the answer comes."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from threading import Event

import pytest

from planner.cli import line
from planner.core.progress import Progress
from tests.cli.started import PATIENCE, ROOT, started, terminal

SCENARIO = str(ROOT / "scenarios" / "marathon-single-entry.toml")


def run(columns: int, *args: str) -> tuple[int, str, str]:
    """Exit code, what was printed, and what a terminal got on standard error."""
    with terminal(columns) as (slave, shown):
        process = started(*args, stderr=slave)
        out, _ = process.communicate(timeout=PATIENCE)
    return process.returncode, out.decode(), b"".join(shown).decode()


@pytest.mark.parametrize("columns", [80, 20, 1])
def test_the_line_fits_and_vanishes(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    code, out, shown = run(columns, SCENARIO, "--repair", "0")
    room = max(1, columns - 1)
    assert (code, "No valid trip" in out) == (1, True)
    assert "\x1b" not in shown
    assert "\n" not in shown
    drawn = shown.split("\r")
    assert {len(part) for part in drawn} <= {0, room}
    assert drawn[-2:] == [" " * room, ""], "blanks come last"
    if columns == 80:
        assert any("explaining" in part or "searching" in part or "reading" in part for part in drawn)


def test_nothing_is_shown_on_a_terminal_that_cannot_redraw_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    assert run(80, SCENARIO, "--repair", "0")[2] == ""


def test_nothing_is_shown_where_nobody_looks() -> None:
    process = started(SCENARIO, "--repair", "0")
    assert process.communicate(timeout=PATIENCE)[1] == b""


@pytest.mark.parametrize("patience", [60.0, 0.0])
def test_what_is_quick_is_not_announced(patience: float, monkeypatch: pytest.MonkeyPatch) -> None:
    with terminal(80) as (slave, shown), os.fdopen(os.dup(slave), "w") as screen:
        monkeypatch.setattr(sys, "stderr", screen)
        monkeypatch.setattr(line, "PATIENCE", patience)
        monkeypatch.setenv("TERM", "xterm")
        with line.Line(Event()) as shows:
            observer = shows.observer("USD")
            assert observer is not None
            observer(Progress(stage="searching", incumbent=70264, bound=65000))
            if not patience:
                while b"USD 702.64" not in b"".join(shown):
                    pass
        monkeypatch.undo()
    assert bool(shown) == (patience == 0)


def test_an_end_that_was_asked_for_is_acknowledged(monkeypatch: pytest.MonkeyPatch) -> None:
    stop = Event()
    stop.set()
    with terminal(80) as (slave, shown), os.fdopen(os.dup(slave), "w") as screen:
        monkeypatch.setattr(sys, "stderr", screen)
        monkeypatch.setattr(line, "PATIENCE", 0)
        monkeypatch.setenv("TERM", "xterm")
        with line.Line(stop):
            while b"Ctrl-C again to end at once" not in b"".join(shown):
                pass
        monkeypatch.undo()


def test_a_line_without_a_terminal_asks_for_no_progress(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with open(tmp_path / "noise", "w", encoding="utf-8") as file:
        monkeypatch.setattr(sys, "stderr", file)
        with line.Line(Event()) as shows:
            assert shows.observer("USD") is None
            assert line.erased() == ""
        monkeypatch.undo()


@pytest.mark.parametrize(
    ("progress", "expected"),
    [
        (Progress(stage="bounding"), "bounding"),
        (Progress(stage="searching", bound=65000), "searching: none below USD 650"),
        (Progress(stage="searching", incumbent=70264, bound=0), "searching: found USD 702.64"),
        (
            Progress(stage="searching", incumbent=70264, bound=65000),
            "searching: found USD 702.64, none below USD 650 (gap 7.5 %)",
        ),
        (Progress(stage="confirming", incumbent=0, bound=0), "confirming: found USD 0"),
        (
            Progress(stage="explaining", at_least=2, at_most=5),
            "explaining: a smallest conflict has 2 to 5 statements",
        ),
        (Progress(stage="explaining", at_least=1, at_most=1), "explaining: a smallest conflict has 1 statement"),
        (Progress(stage="looking for repairs", repairs=2), "looking for repairs: 2 found"),
    ],
)
def test_what_the_line_says(progress: Progress, expected: str) -> None:
    assert line.told(progress, "USD") == expected


def test_a_currency_that_is_none_does_no_harm() -> None:
    assert "\x1b" not in line.told(Progress(stage="searching", incumbent=1), "\x1b[2J")
