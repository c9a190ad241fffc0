"""The pages on scenarios, rules and rulebooks: their files give the answers they state, they leave no key out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen

from planner.api import loads, plan
from planner.core.errors import ScenarioError
from planner.core.money import Price
from planner.core.period import Period
from planner.report.text import text
from planner.rules.base import table_kinds
from planner.rules.concerns import Concerning
from planner.scenario.law import Entry, Reading, Rulebook
from planner.scenario.node import Node, StayLimit
from planner.scenario.reading.rulebooks import read_books
from planner.scenario.reading.values import SCALARS
from planner.scenario.reading.walk import fields_of

DOCS = Path(__file__).parent.parent.parent / "docs"
SCENARIOS = (DOCS / "scenarios.md").read_text(encoding="utf-8")
RULES = (DOCS / "writing-rules.md").read_text(encoding="utf-8")
RULEBOOKS = (DOCS / "rulebooks.md").read_text(encoding="utf-8")
COMMON = [field.key for field in fields_of(Entry)]
OF_ENTRIES = [field.key for field in fields_of(Concerning)]


# ---- the snippets


@frozen
class Snippet:
    """A fenced block: its language and mark, its text, the line it stands on, and the file that results from it."""

    mark: str
    body: str
    line: int
    file: str


def snippets(page: str) -> Iterator[Snippet]:
    """All fenced blocks. A «toml added» block is read as the end of the last «toml complete» one."""
    whole = ""
    for found in re.finditer(r"^```(.*)\n((?:.*\n)*?)```$", page, re.MULTILINE):
        mark, body = found[1], found[2]
        if mark == "toml complete":
            whole = body
        file = f"{whole}\n{body}" if mark == "toml added" else body
        yield Snippet(mark, body, page[: found.start()].count("\n") + 1, file)


def stated(*pages: str) -> list[Any]:
    """Files and the output stated for each, which is the next block."""
    found = []
    for page in pages:
        blocks = list(snippets(page))
        for block, following in pairwise(blocks):
            if block.mark in ("toml complete", "toml added", "toml broken"):
                assert following.mark == "text", f"the file on line {block.line} has no output"
                found.append(pytest.param(block, following.body, id=f"line-{block.line}"))
    return found


def answer(file: str) -> str:
    """What `plan` prints for a file, or what is wrong with it."""
    try:
        return text(plan(loads(file)))
    except ScenarioError as error:
        return f"{error}\n"


@pytest.mark.parametrize(("snippet", "output"), stated(SCENARIOS, RULES, RULEBOOKS))
def test_a_file_gives_the_answer_that_the_page_states(snippet: Snippet, output: str) -> None:
    printed, position = answer(snippet.file), 0
    if snippet.mark == "toml broken":
        assert printed == output  # no other problems than these
    for part in filter(None, (part.strip("\n") for part in output.split("[…]\n"))):
        position = printed.find(part, position)
        assert position >= 0, f"this is not printed, in this order:\n{part}\n\nbut:\n{printed}"


def test_there_are_files_of_all_sorts_and_no_mark_is_misspelt() -> None:
    marks = {snippet.mark for page in (SCENARIOS, RULES, RULEBOOKS) for snippet in snippets(page)}
    assert marks == {"toml", "toml complete", "toml added", "toml broken", "toml rulebook", "text", "console", "csv"}


def test_without_a_stop_the_smallest_file_stays_at_home() -> None:
    smallest = next(snippet.body for snippet in snippets(SCENARIOS) if snippet.mark == "toml complete")
    before, header, _ = smallest.partition("[[trip.stops]]")
    assert header
    home = plan(loads(before)).plan
    assert home is not None
    assert (home.cost, home.itinerary.legs) == (0, ())


SINGLE = [snippet for page in (SCENARIOS, RULES, RULEBOOKS) for snippet in snippets(page) if snippet.mark == "toml"]


@pytest.mark.parametrize("snippet", SINGLE, ids=lambda snippet: f"line-{snippet.line}")
def test_examples_of_single_tables_have_the_right_keys_and_values(snippet: Snippet) -> None:
    """What they name may be missing, and what every file needs; nothing in them may be misspelt or of a wrong type."""
    try:
        loads(snippet.body)
    except ScenarioError as error:
        wrong = [str(problem) for problem in error.problems if _is_about_form(problem.message)]
        assert wrong == []


def _is_about_form(message: str) -> bool:
    if "is missing" in message:
        return not re.match(r"the file needs the key '(today|currency|travellers|trip)'", message)
    return "unknown key" in message or "expected" in message or "valid TOML" in message


@pytest.mark.parametrize(
    "snippet", [snippet for snippet in snippets(RULEBOOKS) if snippet.mark == "toml rulebook"], ids=lambda s: s.line
)
def test_rulebooks_shown_can_be_read(snippet: Snippet) -> None:
    (book,) = read_books({"shown.toml": snippet.body}, table_kinds()).values()
    assert book.admissions


# ---- the reference


@frozen
class Row:
    """A row of a table of keys."""

    value: str
    default: str
    meaning: str


def sections(page: str) -> dict[str, dict[str, Row]]:
    """Keys described under each heading (without its marks), in the tables whose first column is keys."""
    return {
        heading.replace("`", ""): {
            key: Row(*cells)
            for key, *cells in re.findall(r"^\| `(\w+)` \| (.*?) \| (.*?) \| (.*) \|$", body, re.MULTILINE)
        }
        for heading, body in texts(page).items()
    }


def texts(page: str) -> dict[str, str]:
    """The text under each heading, without fenced blocks."""
    prose = re.sub(r"^```.*\n(?:.*\n)*?```$", "", page, flags=re.MULTILINE)
    return dict(part.partition("\n")[::2] for part in re.split(r"^#+ ", prose, flags=re.MULTILINE)[1:])


@pytest.mark.parametrize(("heading", "cls"), [("What stands in a rulebook", Rulebook), ("Readings", Reading)])
def test_every_key_of_a_rulebook_is_described_and_no_other(heading: str, cls: type[Node]) -> None:
    fields = {field.key: field for field in fields_of(cls)}
    rows = sections(RULEBOOKS)[heading]
    assert set(rows) == set(fields)
    for key, row in rows.items():
        assert (row.default == "needed") == fields[key].required, f"{key}: needed or not?"


def test_every_way_to_write_a_value_is_described() -> None:
    page = texts(SCENARIOS)["How values are written"]
    words = {
        str: "text",
        int: "whole number",
        bool: "yes or no",
        date: "date",
        datetime: "local time",
        time: "time of day",
        Decimal: "number",
        Period: "period",
        StayLimit: "stay limit",
        Price: "price",
    }
    assert set(words) == set(SCALARS)
    assert [word for word in words.values() if not re.search(rf"^\| {word}[ ,]", page, re.MULTILINE)] == []


@pytest.mark.parametrize("path", sorted(DOCS.rglob("*.md")), ids=lambda path: path.stem)
def test_links_to_headings_lead_somewhere(path: Path) -> None:
    for file, anchor in re.findall(r"\]\(([\w./-]*)#([\w-]+)\)", path.read_text(encoding="utf-8")):
        target = (path.parent / file if file else path).read_text(encoding="utf-8")
        anchors = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in texts(target)}
        assert anchor in anchors, f"{file}#{anchor}"
