"""docs/importing.md: its commands print what it shows, its options and kinds are real."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from planner.cli.main import main
from planner.scenario.importing.base import importers
from tests.docs.shown import ROOT, assert_real, blocks

PAGE = (ROOT / "docs" / "importing.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("block", blocks(PAGE), ids=lambda block: block.partition("\n")[0])
def test_the_output_shown_is_real(block: str, tmp_path: Path) -> None:
    assert_real(block, tmp_path)


def test_options_and_kinds_named_exist() -> None:
    known = {option for param in main.commands["import"].params for option in param.opts}
    assert set(re.findall(r"(?<![\w-])--[a-z][\w-]+", PAGE)) <= known
    assert set(re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)) == set(importers())
