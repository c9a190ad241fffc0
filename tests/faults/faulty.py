"""Two small scenarios, the command run on them, and answers of the solver bent on the way."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen

from planner.cli.main import entry_point
from planner.rules.examples import WORLD
from planner.solving import client
from planner.solving.messages import Query, Reply

ROOT = Path(__file__).parents[2]
PATIENCE = 120  # seconds; on a busy machine everything takes long
POSSIBLE = WORLD  # costs USD 200.00
DEARER = '\n[[legs]]\nid = "{0}"\nfrom = "{1}"\nto = "{2}"\ndeparts = {3}\narrives = {4}\nprice = "300"\n'
IMPOSSIBLE = WORLD.replace("nights = { min = 1 }", "nights = { min = 20 }")
COST = 20_000  # minor units
Honest = Callable[[Query], Reply]


def written(folder: Path, text: str) -> str:
    """The name of a scenario file with that text."""
    path = folder / "trip.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


@frozen
class Told:
    """What the command told: exit code, the answer if there is one, standard error."""

    code: int
    answer: dict[str, Any] | None
    noise: str

    @property
    def status(self) -> str | None:
        return None if self.answer is None else self.answer["status"]

    @property
    def notes(self) -> str:
        return "" if self.answer is None else "; ".join(self.answer["notes"])


@frozen
class Here:
    """The command run in this process, in a folder of its own."""

    folder: Path
    capsys: pytest.CaptureFixture[str]

    def plan(self, text: str, *args: str) -> Told:
        code = entry_point([written(self.folder, text), "--format", "json", *args])
        shown = self.capsys.readouterr()
        return Told(code, json.loads(shown.out) if shown.out else None, shown.err)

    def text(self, text: str, *args: str) -> str:
        """What is shown, each run of blanks and line breaks as one blank."""
        entry_point([written(self.folder, text), *args])
        return " ".join(self.capsys.readouterr().out.split())

    def reports(self) -> list[Path]:
        return sorted(self.folder.glob("plan-internal-error-*.txt"))

    def is_internal_error(self, told: Told, words: str = "") -> bool:
        """Nothing is answered, and one report says what happened."""
        (report,) = self.reports()
        return told.code == 70 and told.answer is None and words in report.read_text(encoding="utf-8")


def bend(monkeypatch: pytest.MonkeyPatch, lie: Callable[[Query, Honest], Reply]) -> None:
    """Let a lie stand between the planner and its solver process: it gets the query, and can ask honestly."""
    ask = client._Process.ask

    def bent(self: Any, program: Any, query: Query, stop: Any, heard: Any) -> Reply:
        return lie(query, lambda asked: ask(self, program, asked, stop, heard))

    monkeypatch.setattr(client._Process, "ask", bent)


def instead_of_the_solver(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Let a Python program be started where the solver process would be."""
    client._process.stop()
    pipe = subprocess.PIPE

    def started() -> subprocess.Popen[bytes]:
        env = {**os.environ, "PYTHONPATH": str(ROOT)}
        return subprocess.Popen(
            [sys.executable, "-c", code], stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, env=env
        )

    monkeypatch.setattr(client._Process, "_start", staticmethod(started))
    monkeypatch.setattr(client, "prepare", lambda: None)


def command(*args: str, before: str = "", **more: Any) -> subprocess.CompletedProcess[str]:
    """`plan ARGS` in a process of its own, after some Python; its standard input is empty."""
    code = f"import sys\n{before}\nfrom planner.cli.entry import entry_point\nsys.exit(entry_point())"
    options: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    env = {**os.environ, "PYTHONPATH": str(ROOT), **more.pop("env", {})}
    return subprocess.run(
        [sys.executable, "-c", code, *args], text=True, check=False, timeout=PATIENCE, env=env, **(options | more)
    )
