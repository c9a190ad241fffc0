from __future__ import annotations

import pytest

from planner.core.errors import Place
from planner.scenario.reading.places import Places, find_places
from planner.scenario.reading.text import parse

TEXT = """\
# é and 😀 before the first table
title = "é" # after
a.b . "c d" = 1
[trip]
stops = [
  { at = "PEK", nights.min = 2 },
  # a comment
  { at = ["FNJ", "Ü", "X"] },
]
[[legs]]
id = "é"
[[legs]]
  'i d' = '''
two lines'''
[legs.inner]
x = 1
[[legs.deep]]
y = [[1], [2, 3]]
[far.away]
z = 2025-01-01
"""


@pytest.mark.parametrize(
    ("path", "line", "column"),
    [
        (("title",), 2, 9),
        (("a",), 3, 1),
        (("a", "b"), 3, 3),
        (("a", "b", "c d"), 3, 15),
        (("trip",), 4, 1),
        (("trip", "stops"), 5, 9),
        (("trip", "stops", 0), 6, 3),
        (("trip", "stops", 0, "at"), 6, 10),
        (("trip", "stops", 0, "nights", "min"), 6, 30),
        (("trip", "stops", 1, "at", 1), 8, 18),
        (("trip", "stops", 1, "at", 2), 8, 23),
        (("legs", 0), 10, 1),
        (("legs", 1), 12, 1),
        (("legs", 1, "i d"), 13, 11),
        (("legs", 1, "inner"), 15, 1),
        (("legs", 1, "inner", "x"), 16, 5),
        (("legs", 1, "deep", 0, "y", 1, 1), 18, 15),
        (("far",), 19, 1),
        (("far", "away", "z"), 20, 5),
        (("legs", 1, "no such key"), 12, 1),
        (("nothing",), 1, 1),
    ],
)
def test_every_value_and_table_has_its_place(path: tuple[str | int, ...], line: int, column: int) -> None:
    places, wrong = find_places(TEXT, "f")
    assert wrong is None
    assert places.of(path) == Place("f", line, column)


def test_names_of_keys_have_places_of_their_own() -> None:
    places, _ = find_places(TEXT, "f")
    assert places.of_name(("legs", 1, "i d")) == Place("f", 13, 3)
    assert places.of_name(("trip", "stops", 0, "nights", "min")) == Place("f", 6, 24)


def test_lines_that_end_in_carriage_returns_count_the_same() -> None:
    unix, _ = find_places(TEXT, "f")
    dos, _ = find_places(TEXT.replace("\n", "\r\n"), "f")
    assert unix == dos


def test_tables_carry_the_places_of_their_keys_as_written() -> None:
    table, _ = parse('[x]\nfrom = 1\nat = ["A", "B"]\nvalues = { EUR = 2 }\n', "f")
    where = table["x"].where
    assert where.place == Place("f", 1, 1)
    assert where.of("from") == Place("f", 2, 8)
    assert where.of("at[1]") == Place("f", 3, 12)
    assert where.of("values.EUR") == Place("f", 4, 18)
    assert where.of("never written") == Place("f", 1, 1)


def test_what_is_only_toml_in_newer_versions_is_refused() -> None:
    _, wrong = find_places("a = 1\nb = { x = 1,\n y = 2 }\n", "f")
    assert wrong is not None
    assert wrong.line == 2


def test_data_without_a_text_stands_nowhere_in_particular() -> None:
    assert Places.none("made up").of(("legs", 3)) == Place("made up")
