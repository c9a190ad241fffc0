"""Editions: what is said counts, not how it is written."""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal

import pytest

from planner.scenario.reading import editions as module
from planner.scenario.reading.editions import Edition, digest_of, editions

BOOK = """
id = "XX"
title = "Somewhere"
[[admissions]]
id = "visit"
max_stay = "30 days"
read_on = 2025-03-01
fee = "34.50 USD"
[[rules]]
id = "pages"
pages = 2
read_on = 2025-04-01
"""


def edition(text: str, monkeypatch: pytest.MonkeyPatch) -> Edition:
    monkeypatch.setattr(module, "text_of", lambda _: text)
    (found,) = editions(["XX"])
    return found


def test_comments_order_and_spaces_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    other = BOOK.replace(
        'max_stay = "30 days"\nread_on = 2025-03-01', 'read_on=2025-03-01 # then\nmax_stay = "30 days"'
    )
    assert other != BOOK
    assert edition(other, monkeypatch) == edition(BOOK, monkeypatch)


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [("30 days", "31 days", {"admissions.visit"}), ("pages = 2", "pages = 3", {"rules.pages"}), ("Some", "No", set())],
)
def test_a_changed_value_changes_its_entry_and_the_book(
    old: str, new: str, changed: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before, after = edition(BOOK, monkeypatch), edition(BOOK.replace(old, new), monkeypatch)
    assert before.digest != after.digest
    assert {name for name in before.entries if before.entries[name] != after.entries[name]} == changed
    assert before.read_on == after.read_on == date(2025, 4, 1)


def test_equal_numbers_are_one_value() -> None:
    numbers = tomllib.loads("a = 34.50\nb = 34.5\nc = 34", parse_float=Decimal)
    assert digest_of(numbers["a"]) == digest_of(numbers["b"]) != digest_of(numbers["c"])


def test_what_is_not_installed_has_no_edition() -> None:
    assert [found.id for found in editions(["no-such", "US"])] == ["US"]
    (us,) = editions(["US"])
    assert "rules.us-passport-kp" in us.entries
