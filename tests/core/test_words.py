from __future__ import annotations

import pytest

from planner.core.words import all_of, either


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ("", ""),
        ("A", "A"),
        ("AB", "A or B"),
        ("ABCD", "A, B, C or D"),
        ("ABCDE", "A, B, C or 2 others"),
        ("ABCDEFGHIJ", "A, B, C or 7 others"),
    ],
)
def test_of_many_only_the_first_are_named(names: str, words: str) -> None:
    assert either(names) == words
    assert all_of(iter(names)) == words.replace(" or ", " and ")
