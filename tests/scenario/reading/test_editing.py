"""Edited scenario files: read again, they are the scenario with the changes made; all else stays as it was."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from planner.api import loads
from planner.core.money import Price
from planner.core.period import Period
from planner.rules.base import table_kinds
from planner.rules.eased import ladder
from planner.rules.offered import offers
from planner.scenario.changing import Change, changed
from planner.scenario.reading import read_text
from planner.scenario.reading.editing import edited
from planner.scenario.reading.text import read_bytes

SHIPPED = sorted((Path(__file__).parents[3] / "scenarios").glob("*.toml"))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_easing_of_every_shipped_scenario(path: Path) -> None:
    text = read_bytes(path)
    scenario = read_text(text, table_kinds(), str(path), path.parent)
    for rung in (*ladder(scenario), *offers(scenario)):
        new = edited(text, rung.easing.changes)
        read = read_text(new, table_kinds(), str(path), path.parent)
        assert read == changed(scenario, rung.easing.changes), rung.easing
        assert comments(new) >= comments(text) - inside_what_is_gone(text, rung.easing.changes)
        assert edited(text.replace("\n", "\r\n"), rung.easing.changes) == new.replace("\n", "\r\n")


def comments(text: str) -> set[str]:
    return {line.strip() for line in text.splitlines() if line.strip().startswith("#")}


def inside_what_is_gone(text: str, changes: Iterable[Change]) -> set[str]:
    """Comments between the lines of tables that are taken away go with them."""
    return comments(text) if any(len(change.path) == 3 and change.new is None for change in changes) else set()


BASE = """\
# A trip to Beta.
today = 2025-01-01  # a Wednesday
currency = "USD"
title = 'quotes " and \\ and # no comment'

[rates]
date = 2025-01-01
values = { EUR = 1.1 }

[[travellers]]
id = "t"
passports = [
    { id = "a", state = "FR", away = [{ from = 2025-02-01, to = 2025-02-03 }, { to = 2025-01-04 }] },
]
permissions = [
    { id = "visa", zone = "JP", entries = 1 },  # single
    { id = "other", zone = "JP" },
]

[[legs]]
id = "out"
from = "CDG"
to = "NRT"
departs = 2025-03-01 10:00:00
arrives = 2025-03-02 08:00:00
price = 400
[[legs]]
id = "back"
from = "NRT"
to = "CDG"
departs = 2025-03-09 10:00:00
arrives = 2025-03-09 18:00:00
price = 400

[trip]
start = "CDG"
budget = "USD 900"   # all of it
return_by = 2025-03-08
avoid.territories = ["CN", "RU"]
avoid.operators = "Sky"
connections.ports = { HND = 60 }

[[trip.stops]]
at = "NRT"
nights.min = 3

# the second time
[[trip.stops]]
at = ["NRT"]
[trip.stops.nights]
min = 2
max = 4  # no more

[[trip.events]]
id = "race"
at = ["NRT"]
first_day = 2025-03-04
"""

A = ("travellers", "t")
CASES: dict[str, tuple[list[Change], list[str]]] = {
    "a date": (
        [Change(path=("trip", "return_by"), old=date(2025, 3, 8), new=date(2025, 3, 9))],
        ["-return_by = 2025-03-08", "+return_by = 2025-03-09"],
    ),
    "a price in its style": (
        [Change(path=("trip", "budget"), new=Price(Decimal("1042.50"), "USD"))],
        ['-budget = "USD 900"   # all of it', '+budget = "USD 1042.5"   # all of it'],
    ),
    "a line taken away": (
        [Change(path=("trip", "budget"))],
        ['-budget = "USD 900"   # all of it'],
    ),
    "a dotted key": (
        [Change(path=("trip", "stops", "NRT", "nights", "min"), old=3, new=2)],
        ["-nights.min = 3", "+nights.min = 2"],
    ),
    "a dotted key taken away": (
        [Change(path=("trip", "stops", "NRT", "nights", "min"), old=3)],
        ["-nights.min = 3"],
    ),
    "a stop known by its second name": (
        [Change(path=("trip", "stops", "NRT-2", "nights", "max"), old=4, new=5)],
        ["-max = 4  # no more", "+max = 5  # no more"],
    ),
    "the first stop gone: the second keeps its name": (
        [Change(path=("trip", "stops", "NRT"))],
        ["-[[trip.stops]]", '-at = "NRT"', "-nights.min = 3", "-", '+id = "NRT-2"'],
    ),
    "both stops gone": (
        [Change(path=("trip", "stops", "NRT")), Change(path=("trip", "stops", "NRT-2"))],
        [
            "-[[trip.stops]]",
            '-at = "NRT"',
            "-nights.min = 3",
            "-",
            "-[[trip.stops]]",
            '-at = ["NRT"]',
            "-[trip.stops.nights]",
            "-min = 2",
            "-max = 4  # no more",
        ],
    ),
    "an item of a list": (
        [Change(path=("trip", "avoid", "territories", "CN"), old="CN")],
        ['-avoid.territories = ["CN", "RU"]', '+avoid.territories = ["RU"]'],
    ),
    "the last item of a list": (
        [Change(path=("trip", "avoid", "territories", "RU"), old="RU")],
        ['-avoid.territories = ["CN", "RU"]', '+avoid.territories = ["CN"]'],
    ),
    "a single value in the place of a list": (
        [Change(path=("trip", "avoid", "operators", "Sky"), old="Sky")],
        ['-avoid.operators = "Sky"'],
    ),
    "one more beside a single value": (
        [Change(path=("trip", "avoid", "operators", 'Air "X"\n'), new='Air "X"\n')],
        ['-avoid.operators = "Sky"', '+avoid.operators = ["Sky", "Air \\"X\\"\\n"]'],
    ),
    "in an inline table": (
        [Change(path=(*A, "permissions", "visa", "entries"), old=1, new=2)],
        [
            '-    { id = "visa", zone = "JP", entries = 1 },  # single',
            '+    { id = "visa", zone = "JP", entries = 2 },  # single',
        ],
    ),
    "a pair of an inline table taken away": (
        [Change(path=(*A, "permissions", "visa", "entries"), old=1)],
        [
            '-    { id = "visa", zone = "JP", entries = 1 },  # single',
            '+    { id = "visa", zone = "JP" },  # single',
        ],
    ),
    "a pair added to an inline table": (
        [Change(path=(*A, "permissions", "other", "max_stay"), new=Period(30))],
        [
            '-    { id = "other", zone = "JP" },',
            '+    { id = "other", zone = "JP", max_stay = "30 days" },',
        ],
    ),
    "a key added to a table with a header": (
        [Change(path=("trip", "depart_by"), new=date(2025, 3, 1))],
        ["+depart_by = 2025-03-01"],
    ),
    "a key in a table that is not there yet": (
        [Change(path=("trip", "events", "race", "booked_on"), new=date(2025, 1, 1))],
        ["+booked_on = 2025-01-01"],
    ),
    "minutes at a port": (
        [Change(path=("trip", "connections", "ports", "HND"), old=60, new=0)],
        ["-connections.ports = { HND = 60 }", "+connections.ports = { HND = 0 }"],
    ),
    "an event gone": (
        [Change(path=("trip", "events", "race"))],
        ["-[[trip.events]]", '-id = "race"', '-at = ["NRT"]', "-first_day = 2025-03-04"],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_only_what_changes_is_written_anew(name: str) -> None:
    changes, expected = CASES[name]
    new = edited(BASE, changes)
    lines = list(difflib.ndiff(BASE.splitlines(), new.splitlines()))
    assert sorted(line[0] + line[2:] for line in lines if line[0] in "+-") == sorted(expected)
    assert loads(new) == changed(loads(BASE), changes)


def test_a_touch_is_known_by_its_legs() -> None:
    touches = '[[touches]]\nafter = "out"\nbefore = "back"\nmode = "landside"\n'
    text = BASE.replace("[trip]\n", touches + "[trip]\n")
    change = [Change(path=("touches", "out.back"))]
    assert edited(text, change) == BASE
    assert changed(loads(text), change) == loads(BASE)


def test_entries_without_ids() -> None:
    path = (*A, "passports", "a", "away")
    changes = [Change(path=(*path, "0")), Change(path=(*path, "1"))]
    for some in (changes, changes[:1], changes[1:]):
        assert loads(edited(BASE, some)) == changed(loads(BASE), some)


def test_a_mark_at_the_beginning_and_no_line_end_at_the_end() -> None:
    change = [Change(path=("trip", "events", "race", "last_day"), new=date(2025, 3, 5))]
    new = edited("\ufeff" + BASE.rstrip("\n"), change)
    assert new == "\ufeff" + BASE + "last_day = 2025-03-05\n"


MAY_OBTAIN = Change(path=("may_obtain", "kp-visa"), new="kp-visa")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", 'may_obtain = ["kp-visa"]\n'),
        ("may_obtain = []\n", 'may_obtain = ["kp-visa"]\n'),
        ('may_obtain = "x"\n', 'may_obtain = ["x", "kp-visa"]\n'),
        ('may_obtain = ["x"]  # c\n', 'may_obtain = ["x", "kp-visa"]  # c\n'),
        ('may_obtain = ["x",]\n', 'may_obtain = ["x", "kp-visa",]\n'),
        ('may_obtain = [\n  "x",  # c\n]\n', 'may_obtain = [\n  "x",\n  "kp-visa",  # c\n]\n'),
        ('may_obtain = [\n  "x"  # c\n]\n', 'may_obtain = [\n  "x",\n  "kp-visa"  # c\n]\n'),
    ],
)
def test_papers_that_may_be_obtained_stand_above_the_first_table(before: str, after: str) -> None:
    start = 'today = 2025-01-01\ncurrency = "USD"\n'
    rest = "\n# about the trip\n[trip]\nstart = 'SFO'\n"
    assert edited(start + before + rest, [MAY_OBTAIN]) == start + after + rest


@pytest.mark.parametrize(
    "path",
    [("trip", "nothing"), ("trip", "stops", "SFO"), ("travellers", "u", "name"), (*A, "passports", "a", "away", "2")],
)
def test_what_is_not_there_cannot_be_taken_away(path: tuple[str, ...]) -> None:
    with pytest.raises(KeyError):
        edited(BASE, [Change(path=path, old=1)])


@pytest.mark.parametrize("name", ['a"b', "a\\b", "a\tb", "a#b", "a\x7fb", "ü\u2028", "a]b", "'''", "a = 1", "[x]"])
def test_hostile_names(name: str) -> None:
    scenario = loads(BASE)
    added = [Change(path=("trip", "avoid", "operators", name), new=name)]
    text = edited(BASE, added)
    assert loads(text) == changed(scenario, added)
    assert edited(text, [Change(path=("trip", "avoid", "operators", name), old=name)]) == BASE.replace(
        'operators = "Sky"', 'operators = ["Sky"]'
    )
