"""docs/cookbook.md: each recipe, laid over the page's base, gives what the page says."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from attrs import frozen

from planner.api import plan
from planner.report.text import text
from planner.rules.base import table_kinds
from planner.rules.examples import merge
from planner.scenario.reading import read_mapping
from tests.docs.shown import ROOT

PAGE = (ROOT / "docs" / "cookbook.md").read_text(encoding="utf-8")


@frozen
class Recipe:
    """A section: its heading, its snippet, the files that it names, and the sentences that its answer has."""

    heading: str
    toml: str
    files: dict[str, str]
    said: list[str]


def recipes() -> list[Recipe]:
    """All of the page, the base first."""
    found = []
    for part in re.split(r"^##+ ", PAGE, flags=re.MULTILINE)[1:]:
        blocks = dict(re.findall(r"^```(.+)\n((?:.*\n)*?)```$", part, re.MULTILINE))
        if toml := blocks.pop("toml", blocks.pop("toml base", "")):
            files = {mark.partition(" ")[2]: body for mark, body in blocks.items()}
            quoted = re.findall(r"(?:^> .*\n)+", part, re.MULTILINE)
            said = [" ".join(re.sub("^> ", "", quote, flags=re.MULTILINE).split()) for quote in quoted]
            found.append(Recipe(part.partition("\n")[0], toml, files, said))
    return found


BASE, *RECIPES = recipes()


def answer(recipe: Recipe, folder: Path) -> str:
    """What `plan` says of the recipe laid over the base, in one line."""
    for name, body in recipe.files.items():
        (folder / name).write_text(body, encoding="utf-8")
    data = merge(tomllib.loads(BASE.toml), tomllib.loads(recipe.toml))
    return " ".join(text(plan(read_mapping(data, table_kinds(), folder=folder), repairs=1)).split())


@pytest.mark.parametrize("recipe", [BASE, *RECIPES], ids=lambda recipe: recipe.heading)
def test_a_recipe_gives_what_the_page_says(recipe: Recipe, tmp_path: Path) -> None:
    printed = answer(recipe, tmp_path)
    assert recipe.said
    assert [words for words in recipe.said if words not in printed] == [], printed


def test_every_section_but_groups_has_a_recipe() -> None:
    headings = re.findall(r"^### (.*)", PAGE, re.MULTILINE)
    assert [recipe.heading for recipe in RECIPES] == headings


def test_links_lead_somewhere() -> None:
    targets = re.findall(r"\]\(([\w./-]+\.md)", PAGE)
    assert [target for target in targets if not (ROOT / "docs" / target).exists()] == []
