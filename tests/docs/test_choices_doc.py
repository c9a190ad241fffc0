"""docs/choices.md: its commands print what it shows, its Python runs, its exit codes and options are real."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from planner.cli.main import main
from tests.docs.shown import ROOT, assert_real, blocks

PAGE = (ROOT / "docs" / "choices.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("block", blocks(PAGE), ids=lambda block: block.partition("\n")[0])
def test_the_output_shown_is_real(block: str, tmp_path: Path) -> None:
    assert_real(block, tmp_path)


def test_the_python_runs(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    (code,) = re.findall(r"^```python\n((?:.*\n)*?)```$", PAGE, re.MULTILINE)
    exec(code, {})
    printed = capsys.readouterr().out.splitlines()
    assert printed[0].startswith("385892 ")
    assert printed[-1] == "False 12900 optimal"


def test_options_named_exist() -> None:
    known = {option for name in ("solve", "why-not") for param in main.commands[name].params for option in param.opts}
    assert set(re.findall(r"(?<![\w-])--[a-z][\w-]+", PAGE)) <= known
