"""The rule reference is what the code would write, and nothing is missing from it."""

import importlib.util
from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest

from planner.rules.base import kinds, table_kinds
from planner.scenario.node import Node
from planner.scenario.reading.converter import never_empty, written
from planner.scenario.reading.meanings import meanings
from planner.scenario.reading.walk import fields_of
from planner.scenario.reading.written import ScenarioFile

PATH = Path(__file__).parents[2] / "docs" / "reference.py"
_spec = importlib.util.spec_from_file_location("reference", PATH)
assert _spec is not None
assert _spec.loader is not None
reference = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(reference)

PAGES: dict[str, str] = reference.pages()
NUMBERS = [f"K{number:02}" for number in range(1, 46)]


def test_the_pages_are_up_to_date() -> None:
    assert reference.stale(PAGES) == [], "run: python docs/reference.py"


@pytest.mark.parametrize("number", NUMBERS)
def test_every_number_of_the_catalogue_is_covered(number: str) -> None:
    mine = [cls for cls in kinds().values() if number in cls.catalogue]
    assert mine, f"no kind is about {reference.CATALOGUE[number]}"
    assert any(cls.examples for cls in mine)


def test_every_kind_is_of_the_catalogue_or_a_wish() -> None:
    wishes = {"avoid", "budget", "citizenship", "connections", "dates", "default-deny", "stop"}
    assert {name for name, cls in kinds().items() if not cls.catalogue} <= wishes
    assert {number for cls in kinds().values() for number in cls.catalogue} <= set(NUMBERS)


@pytest.mark.parametrize("name", kinds())
def test_a_kind_has_cases_on_both_sides(name: str) -> None:
    examples = kinds()[name].examples
    assert any(not example.refused_by for example in examples)
    if kinds()[name].check is not kinds()[name].__mro__[-2].check:
        assert any(example.refused_by for example in examples)


# ---- the keys


def tables(cls: type[Node]) -> Iterator[type[Node]]:
    yield cls
    for field in fields_of(cls):
        if field.nested:
            yield from tables(field.type)


CLASSES = list(dict.fromkeys([*tables(ScenarioFile), *table_kinds().values()]))


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_every_key_has_a_meaning_in_whole_sentences(cls: type[Node]) -> None:
    found = meanings(cls)
    assert [field.key for field in fields_of(cls) if field.key not in found] == []
    for meaning in found.values():
        assert meaning.text[0].isupper() or meaning.text[0] == "`"
        assert meaning.text.endswith(".")
        assert not meaning.left_out.endswith(".")


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_a_list_can_be_empty_only_where_leaving_it_out_means_none(cls: type[Node]) -> None:
    for field in attrs.fields(cls):
        key = written(field.name)
        if not field.eq or field.default is attrs.NOTHING or not isinstance(field.default, tuple):
            continue
        said = meanings(cls)[key].left_out
        if never_empty(cls, field):
            assert said not in ("none", "nobody"), key
            assert said or field.default, f"{key}: what holds if it is left out?"


def test_what_is_needed_is_marked() -> None:
    section = PAGES["reference/scenario.md"].split("## `[[trip.stops]]`")[1].split("##")[0]
    assert "| `id` | id | its first place |" in section
    assert "| `at` | list of places | needed |" in section
