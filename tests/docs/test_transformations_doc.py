"""docs/testing.md: its Python runs, and it names every transformation and every option of the soak."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

from benchmarks.soak.__main__ import main
from planner.testing.transforms.every import TRANSFORMS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "testing.md").read_text(encoding="utf-8")


def test_the_python_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    (code,) = re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    exec(code, {})


def test_the_table_has_every_transformation() -> None:
    named = re.findall(r"^\| `(\w+)\.(\w+)` \|", PAGE, re.MULTILINE)
    assert len(named) == len(TRANSFORMS)
    for module, name in named:
        assert callable(getattr(import_module(f"planner.testing.transforms.{module}"), name))


def test_the_soak_has_the_options_that_are_named() -> None:
    (section,) = re.findall(r"^## The soak\n(.*?)^## ", PAGE, re.MULTILINE | re.DOTALL)
    options = {option for parameter in main.params for option in parameter.opts}
    assert {*re.findall(r"--[a-z]+", section)} <= options
