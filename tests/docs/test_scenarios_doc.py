"""The pages on scenarios, rules and rulebooks: their files give the answers they state, they leave no key out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import attrs
import pytest
from attrs import frozen

from planner.api import loads, plan
from planner.core.errors import ScenarioError
from planner.core.money import Price
from planner.core.period import Period
from planner.report.text import text
from planner.rules.base import table_kinds
from planner.rules.concerns import Concerning
from planner.rules.showing import Paper
from planner.scenario.law import Entry, Reading, Rulebook
from planner.scenario.node import Node, StayLimit
from planner.scenario.reading.converter import never_empty
from planner.scenario.reading.rulebooks import read_books
from planner.scenario.reading.values import SCALARS
from planner.scenario.reading.walk import Field, fields_of
from planner.scenario.reading.written import ScenarioFile
from planner.scenario.trip import Stop

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
    assert marks == {"toml", "toml complete", "toml added", "toml broken", "toml rulebook", "text", "console"}


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


def tables(cls: type[Node], path: tuple[str, ...] = ()) -> Iterator[tuple[str, type[Node]]]:
    """All classes of tables inside one, with the headings they are described under."""
    for field in fields_of(cls):
        if field.nested and field.type is not Entry:
            name = ".".join((*path, field.key))
            yield (f"[[{name}]]" if field.many else f"[{name}]"), field.type
            yield from tables(field.type, (*path, field.key))


def described() -> list[Any]:
    """Every class that a scenario or a rulebook has tables of: heading, class, the page's sections, keys left out."""
    pages, rules, books = sections(SCENARIOS), sections(RULES), sections(RULEBOOKS)
    found: list[Any] = [("The top of the file", ScenarioFile, pages, [])]
    found += [(heading, cls, pages, COMMON if issubclass(cls, Entry) else []) for heading, cls in tables(ScenarioFile)]
    found += [
        (name, cls, rules, OF_ENTRIES if issubclass(cls, Concerning) else COMMON) for name, cls in table_kinds().items()
    ]
    found += [("What every admission and rule has", Entry, pages, [])]
    found += [("Which entries a rule is about", Concerning, rules, COMMON), ("Papers", Paper, rules, [])]
    found += [("What stands in a rulebook", Rulebook, books, []), ("Readings", Reading, books, [])]
    return [pytest.param(*case, id=case[0].replace("[", "").replace("]", "")) for case in found]


@pytest.mark.parametrize(("heading", "cls", "page", "elsewhere"), described())
def test_every_key_is_described_and_no_other(
    heading: str, cls: type[Node], page: dict[str, dict[str, Row]], elsewhere: list[str]
) -> None:
    assert heading in page, f"no section «{heading}»"
    fields = {field.key: field for field in fields_of(cls) if field.key not in elsewhere}
    rows = page[heading]
    assert set(rows) == set(fields)
    for key, row in rows.items():
        required = fields[key].required and not (cls is Stop and key == "id")  # stops are named after their place
        assert (row.default == "needed") == required, f"{key}: needed or not?"
        for word in _words(fields[key], attrs.fields_dict(cls)[fields[key].name].default):
            assert word in row.value + row.default, f"{key}: {word} is not mentioned"


MAY_BE_EMPTY = ("none", "nobody", "sent, or electronic", "by country", '`["citizen", "residence"]`')


@pytest.mark.parametrize(("heading", "cls", "page", "elsewhere"), described())
def test_a_list_can_be_empty_only_where_leaving_it_out_means_none(
    heading: str, cls: type[Node], page: dict[str, dict[str, Row]], elsewhere: list[str]
) -> None:
    for field in fields_of(cls):
        if field.many and not field.nested and not field.required and field.key not in elsewhere:
            refused = never_empty(cls, attrs.fields_dict(cls)[field.name])
            assert refused == (page[heading][field.key].default not in MAY_BE_EMPTY), field.key


def _words(field: Field, default: Any) -> Iterator[str]:
    """What the row of a field must mention: all words it may be, its default, and whether hours are allowed."""
    if get_origin(field.type) is Literal and field.key not in (
        "mode",
        "modes",
        "per",
        "grade",
        "type",
        "types",
        "exempt_types",
    ):
        yield from (f'"{word}"' for word in get_args(field.type) if word)
    if field.type is StayLimit:
        yield "stay limit"
    if field.type is Period:
        yield "period"
    if isinstance(default, bool):
        yield f"`{str(default).lower()}`"
    elif (isinstance(default, int | Period) or (isinstance(default, str) and default)) and field.key != "language":
        yield str(default)


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


def test_links_between_headings_lead_somewhere() -> None:
    for page in (SCENARIOS, RULES, RULEBOOKS):
        for file, anchor in re.findall(r"\]\(([\w-]*\.?m?d?)#([\w-]+)\)", page):
            target = (DOCS / file).read_text(encoding="utf-8") if file else page
            anchors = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in texts(target)}
            assert anchor in anchors, f"{file}#{anchor}"
