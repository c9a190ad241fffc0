"""docs/editor.md: its commands print what it says, in the order of the page, and every option stands in it."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from planner.cli.main import main

PAGE = (Path(__file__).parents[2] / "docs" / "editor.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\S+)\n((?:.*\n)*?)```$", PAGE, re.MULTILINE)


def test_what_the_page_shows_is_what_happens(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    commands = 0
    for mark, body in BLOCKS:
        if mark == "console":
            command, _, expected = body.partition("\n")
            printed = CliRunner().invoke(main, shlex.split(command.removeprefix("$ plan ")), prog_name="plan").output
            commands += 1
        else:
            printed, expected = Path("paris.toml").read_text(encoding="utf-8"), body
        position = 0
        for part in filter(None, (part.strip("\n") for part in expected.split("[…]"))):
            position = printed.find(part, position)
            assert position >= 0, f"{mark}, in this order:\n{part}\n\nbut:\n{printed}"
    assert commands == 2


def test_every_option_of_new_is_described_and_no_other() -> None:
    described = set(re.findall(r"`(--[\w-]+)`", "\n".join(re.findall(r"^\| (`--.*?) \|", PAGE, re.MULTILINE))))
    options = {name for param in main.commands["new"].params if isinstance(param, click.Option) for name in param.opts}
    assert described == options


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_lines_for_shells_are_those_that_click_knows(shell: str) -> None:
    assert f"_PLAN_COMPLETE={shell}_source plan" in PAGE
    asked = CliRunner().invoke(main, [], prog_name="plan", env={"_PLAN_COMPLETE": f"{shell}_source"})
    assert "_plan_completion" in asked.output
