"""The rule reference is what the code would write, and nothing is missing from it."""

import importlib.util
from pathlib import Path

import pytest

from planner.rules.base import kinds

PATH = Path(__file__).parents[2] / "docs" / "reference.py"
_spec = importlib.util.spec_from_file_location("reference", PATH)
assert _spec is not None
assert _spec.loader is not None
reference = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(reference)

PAGES: dict[str, str] = reference.pages()
NUMBERS = [f"K{number:02}" for number in range(1, 46)]


def test_the_pages_are_up_to_date() -> None:
    written = {path.name: path.read_text(encoding="utf-8") for path in reference.FOLDER.glob("*.md")}
    stale = sorted(name for name in {*written, *PAGES} if written.get(name) != PAGES.get(name))
    assert stale == [], "run: python docs/reference.py"


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
