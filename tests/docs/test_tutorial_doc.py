"""docs/tutorial.md, walked from its own text: its changes can be made, and its commands print what it shows."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from planner.api import load, plan
from tests.docs.shown import ROOT, with_output

PAGE = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("walk")


@pytest.fixture(scope="module")
def walked(folder: Path) -> str:
    return with_output(PAGE, folder)


def test_the_output_shown_is_real(walked: str) -> None:
    assert walked == PAGE


@pytest.mark.usefixtures("walked")
def test_it_ends_with_the_story_of_the_shipped_scenario(folder: Path) -> None:
    shipped = tomllib.loads((ROOT / "scenarios" / "pyongyang-marathon.toml").read_text(encoding="utf-8"))["expect"]
    found = plan(load(folder / "trip.toml")).plan
    assert found is not None
    assert list(found.itinerary.legs) == shipped["legs"]
    assert found.cost == 384792
    assert shipped["cost"] == "3847.92 USD"


@pytest.mark.usefixtures("walked")
def test_what_is_taken_along_is_there(folder: Path) -> None:
    assert (folder / "trip.ics").read_text(encoding="utf-8").startswith("BEGIN:VCALENDAR")
    assert "<html" in (folder / "trip.html").read_text(encoding="utf-8")


def test_links_lead_somewhere() -> None:
    targets = re.findall(r"\]\(([\w./-]+\.\w+)", PAGE)
    assert [target for target in targets if not (ROOT / "docs" / target).exists()] == []
