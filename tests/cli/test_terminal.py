"""What `plan FILE` prints depends on whether a terminal is there to read it, and how wide that is."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCENARIO = "scenarios/schengen-hop.toml"
ENVIRONMENT = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "FORCE_COLOR", "COLUMNS")}


def on_a_terminal(columns: int, *args: str, **environment: str) -> str:
    """What a terminal of some columns gets."""
    pty, termios = pytest.importorskip("pty"), pytest.importorskip("termios")
    reading, terminal = pty.openpty()
    termios.tcsetwinsize(terminal, (24, columns))
    with subprocess.Popen(
        [sys.executable, "-m", "planner", SCENARIO, *args],
        cwd=ROOT,
        env={**ENVIRONMENT, "TERM": "xterm-256color", "PYTHONPATH": str(ROOT), **environment},
        stdin=terminal,
        stdout=terminal,
        stderr=subprocess.DEVNULL,
    ):
        os.close(terminal)
        found = b""
        while True:
            try:
                part = os.read(reading, 4096)
            except OSError:  # the other end is closed
                break
            if not part:
                break
            found += part
    os.close(reading)
    return found.decode().replace("\r\n", "\n")


def piped(**environment: str) -> str:
    """What a pipe gets."""
    return subprocess.run(
        [sys.executable, "-m", "planner", SCENARIO],
        cwd=ROOT,
        env={**ENVIRONMENT, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        check=False,
    ).stdout


def test_a_pipe_gets_80_columns_and_no_escape_code_whatever_is_asked_of_terminals() -> None:
    shown = piped(FORCE_COLOR="1", COLUMNS="40")
    assert "\x1b" not in shown
    assert shown == piped()
    assert 70 < max(len(line) for line in shown.splitlines() if "://" not in line) <= 80


def test_a_terminal_gets_headings_in_bold_and_lines_that_fit() -> None:
    shown = on_a_terminal(45)
    assert "\x1b[1;36mTHE TRIP\x1b[0m\n" in shown
    lines = [line for line in shown.splitlines() if "\x1b" not in line and "://" not in line]
    assert 40 < max(map(len, lines)) <= 45


def test_no_colour_leaves_bold_and_a_dumb_terminal_has_nothing() -> None:
    assert "\x1b[1mTHE TRIP\x1b[0m\n" in on_a_terminal(80, NO_COLOR="1")
    assert on_a_terminal(80, TERM="dumb") == piped()


def test_other_forms_are_the_same_on_a_terminal() -> None:
    assert on_a_terminal(45, "--format", "json").startswith('{\n  "format": 1,\n')
