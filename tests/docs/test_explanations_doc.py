"""docs/explanations.md: its commands print what it shows, and what it quotes is what is said."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from attrs import evolve

from planner.api import load, plan
from planner.cli.main import main
from planner.report.text import text
from tests.docs.shown import assert_real, blocks

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "explanations.md").read_text(encoding="utf-8")
QUOTES = re.findall(r"^```text\n((?:.*\n)*?)```$", PAGE, re.MULTILINE)


@pytest.mark.parametrize("block", blocks(PAGE), ids=lambda block: block.partition("\n")[0])
def test_the_output_shown_is_real(block: str, tmp_path: Path) -> None:
    assert_real(block, tmp_path)


def test_what_is_said_of_a_size_not_proved() -> None:
    (quote,) = QUOTES
    answer = plan(load(ROOT / "scenarios" / "russia-days-used-up.toml"), repairs=0)
    assert answer.conflict is not None
    told = evolve(answer, conflict=evolve(answer.conflict, at_least=3))
    assert quote.strip() in " ".join(text(told).split())


def test_the_exit_codes_are_those_of_the_command() -> None:
    table = re.findall(r"^\| (\d+) \|", PAGE, re.MULTILINE)
    for name in ("solve", "repair"):
        told = " ".join((main.commands[name].help or "").partition("Exit code:")[2].partition("\n\n")[0].split())
        assert re.findall(r"(?<!\S)\d+(?!\S)", told) == table


def test_options_named_exist() -> None:
    known = {option for name in ("solve", "repair") for param in main.commands[name].params for option in param.opts}
    assert set(re.findall(r"(?<![\w-])--[a-z][\w-]+", PAGE)) <= known


def test_links_lead_somewhere() -> None:
    for file, anchor in re.findall(r"\]\(([\w-]+\.md)(?:#([\w-]+))?\)", PAGE):
        target = (ROOT / "docs" / file).read_text(encoding="utf-8")
        headings = re.findall(r"^#+ (.*)$", target, re.MULTILINE)
        anchors = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
        assert not anchor or anchor in anchors, f"{file}#{anchor}"
