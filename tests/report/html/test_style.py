"""Colours of the page: text and what is drawn can be read on everything it stands on, in the light and in the dark."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import planner.report.html

STYLE = (Path(planner.report.html.__file__).parent / "style.css").read_text()
SCREEN, _, _ = STYLE.partition("@media print")
LIGHT, DARK = (
    dict(re.findall(r"--([\w-]+): (#\w{6});", part)) for part in SCREEN.split("(prefers-color-scheme: dark)")
)
GROUNDS = ("paper", "card", "track", "away", "tone-home", *(f"tone-{number}" for number in range(1, 6)))
READ = [*(("ink", ground) for ground in GROUNDS), ("good", "badge"), ("bad", "bad-badge")]
READ += [(text, ground) for text in ("soft", "accent") for ground in ("paper", "card")]
SEEN = [
    ("route", "sea"),
    ("route", "land"),
    ("route", "track"),
    ("accent", "track"),
    ("soft", "track"),
    ("route", "paper"),
]


def luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_computed_as_the_guidelines_say() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_everything_can_be_read_and_seen(colours: dict[str, str]) -> None:
    assert set(colours) == set(LIGHT)
    found = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in (*READ, *SEEN)}
    assert {pair: ratio for pair, ratio in found.items() if ratio < (4.5 if pair in READ else 3)} == {}


def test_the_body_of_a_page_of_our_own_has_the_paper_s_colour() -> None:
    page = (Path(planner.report.html.__file__).parent / "templates" / "page.html").read_text()
    assert re.findall(r"\.plan-body \{[^}]*background: (#\w+)", page) == [LIGHT["paper"], DARK["paper"]]
