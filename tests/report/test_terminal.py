"""The text on a terminal: its width, its styles, and that it says the same without them."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pytest
from attrs import evolve
from rich.cells import cell_len
from rich.console import Console

from planner.answer import Answer
from planner.report.page import Page
from planner.report.terminal import terminal_text
from planner.report.text import page_of, text
from tests.report.answers import feasible, infeasible, marathon, optimal, person, plan_of, undecided

ALL = {"optimal": optimal, "feasible": feasible, "infeasible": infeasible, "undecided": undecided}
ESCAPES = re.compile(r"\x1b\[[0-9;]*m")


def console(width: int = 80, **more: object) -> Console:
    options = {"force_terminal": True, "color_system": "standard", "_environ": {}, **more}
    return Console(file=io.StringIO(), width=width, **options)  # type: ignore[arg-type]


def pages(answer: Answer) -> Callable[[int], Page]:
    return lambda width: page_of(answer, width)


@pytest.mark.parametrize("status", ALL)
def test_without_the_styles_it_is_the_text(status: str) -> None:
    answer = ALL[status]()
    shown = terminal_text(pages(answer), console())
    assert "\x1b[" in shown
    assert ESCAPES.sub("", shown) == text(answer)
    assert "\x1b" not in terminal_text(pages(answer), console(color_system=None))


def test_without_colours_headings_are_still_bold() -> None:
    shown = terminal_text(pages(optimal()), console(no_color=True))
    codes = {code for found in re.findall(r"\x1b\[([0-9;]*)m", shown) for code in found.split(";")}
    assert codes == {"0", "1", "2"}


@pytest.mark.parametrize("status", ALL)
@pytest.mark.parametrize(("width", "most"), [(20, 40), (40, 40), (57, 57), (80, 80), (100, 100), (200, 100)])
def test_lines_fit_the_terminal_from_40_to_100_columns(status: str, width: int, most: int) -> None:
    lines = ESCAPES.sub("", terminal_text(pages(ALL[status]()), console(width))).splitlines()
    assert max(map(cell_len, lines)) <= most
    if width >= 80:
        assert max(map(cell_len, lines)) > 0.9 * most


def test_a_narrow_page_has_no_columns_and_leaves_nothing_out() -> None:
    wide, narrow = (page_of(optimal(), width).text() for width in (100, 40))
    assert "Day  Date" in wide
    assert "Day  Date" not in narrow
    assert set(re.findall(r"\d\d:\d\d|\([A-Z]{3}\)", wide)) == set(re.findall(r"\d\d:\d\d|\([A-Z]{3}\)", narrow))


@pytest.mark.parametrize("evil", ["[bold red]x[/]", "[link=https://evil.example]x[/link]", ":smile:", "\x1b[31mred"])
def test_what_a_file_says_is_neither_markup_nor_escape_code(evil: str) -> None:
    question = marathon(title=evil, travellers=(person("ann", evil),))
    answer = Answer(status="optimal", scenario=question, plan=plan_of(question))
    shown = terminal_text(pages(answer), console())
    assert evil.replace("\x1b", "\\x1b") in ESCAPES.sub("", shown)
    assert "\x1b]" not in shown
    assert "\x1b[31m" not in shown.replace("\x1b[1;31m", "")


def test_no_address_is_broken() -> None:
    address = "https://example.org/" + "a" * 70
    answer = infeasible()
    assert answer.conflict is not None
    facts = tuple(evolve(fact, source=address) for fact in answer.conflict.facts)
    shown = terminal_text(pages(evolve(answer, conflict=evolve(answer.conflict, facts=facts))), console(40))
    assert address in shown
