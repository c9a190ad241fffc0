"""The command with a reader and a planner that only remember what they were asked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from planner import api
from planner.answer import Answer
from planner.cli.main import main
from planner.scenario import reading


class Fake:
    """Stands for the reader and `planner.api`: remembers what it was asked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, answer: Answer) -> None:
        self.asked: dict[str, Any] = {}
        self.answer = answer
        monkeypatch.setattr(reading, "read_file", self.read_file)
        monkeypatch.setattr(reading, "read_text", self.read_text)
        monkeypatch.setattr(api, "plan", self.plan)
        monkeypatch.setattr(api, "dump_model", lambda scenario: '{"options": 7}')

    def read_file(self, path: Path, _: object) -> Any:
        self.asked["path"] = str(path)
        return self.answer.scenario

    def read_text(self, text: str, _: object, file: str) -> Any:
        self.asked |= {"text": text, "path": file}
        return self.answer.scenario

    def plan(self, scenario: Any, **options: Any) -> Answer:
        assert options.pop("progress") is None  # nobody looks at a terminal
        assert not options.pop("stop").is_set()
        self.asked |= {"options": options, "travellers": [t.id for t in scenario.travellers]}
        return self.answer


def run(*args: str, stdin: bytes | None = None) -> Result:
    result = CliRunner().invoke(main, list(args), prog_name="plan", input=stdin)
    assert "Traceback" not in result.output
    return result
