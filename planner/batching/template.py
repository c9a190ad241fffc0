"""One scenario for many parties: the traveller of a template, made anew from each row of a group list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from attrs import define, field

from planner.batching.items import Item, TableRow
from planner.core.errors import Place, Problem, ScenarioError, did_you_mean
from planner.scenario.reading.places import Path, Places
from planner.scenario.reading.tables import Table
from planner.scenario.reading.text import parse

_SEVERAL = re.compile(r"[\s,;]+")
_HOME = (("trip", "start"), ("trip", "end"))


@define
class _RowPlaces(Places):
    """The places of a template, but for what comes from rows of a table."""

    rows: list[Place] = field(factory=list)  # of the travellers
    home: bool = False  # whether start and end of the trip come from the first of them

    def of(self, path: Path) -> Place:
        """The place of a value: of a traveller's, the row."""
        if path[:1] == ("travellers",) and len(path) > 1:
            return self.rows[int(path[1])]
        return self.rows[0] if self.home and path in _HOME else super().of(path)

    def of_name(self, path: Path) -> Place:
        """The place of a key's name; of a traveller's, the row."""
        return self.of(path) if path[:1] == ("travellers",) or path in _HOME else super().of_name(path)


def filled(item: Item) -> tuple[dict[str, Any], Places]:
    """The data of an item's template with its rows for travellers, and where all of it stands.

    Raises ScenarioError with every problem of the rows.
    """
    template, places = _parsed(item.text, item.file)
    pattern = pattern_of(template, places)
    rows = [Place(item.table, row=row.number) for row in item.rows]
    problems: list[Problem] = []
    data: dict[str, Any] = dict(template)
    data["travellers"] = [_traveller(pattern, row, place, problems) for row, place in zip(item.rows, rows, strict=True)]
    homes = dict.fromkeys(row.cells.get("home", "") for row in item.rows)
    if len(homes) > 1:
        hint = "a party travels together, from one home; leave the column blank for the template's"
        problems.append(Problem(rows[0], f"home: the party has several, {', '.join(map(repr, homes))}", hint))
    home = next(iter(homes))
    if home:
        trip = template["trip"]
        ends = {"end": home} if trip.get("end") == trip.get("start") else {}
        data["trip"] = {**trip, "start": home, **ends}
    if problems:
        raise ScenarioError(problems)
    return data, _RowPlaces(places.file, places.root, places.values, places.names, rows, bool(home))


@lru_cache(maxsize=4)
def _parsed(text: str, file: str) -> tuple[Table, Places]:
    return parse(text, file)


def pattern_of(template: Mapping[str, Any], places: Places) -> Mapping[str, Any]:
    """The traveller that rows replace. Raises ScenarioError if the template has not just one."""
    travellers = template.get("travellers")
    if not isinstance(travellers, list) or len(travellers) != 1 or not isinstance(travellers[0], dict):
        hint = "one [[travellers]] table with what is the same for all, and every paper that somebody may hold"
        raise ScenarioError([Problem(places.of(("travellers",)), "a template has exactly one traveller", hint)])
    return travellers[0]


def _traveller(pattern: Mapping[str, Any], row: TableRow, place: Place, problems: list[Problem]) -> dict[str, Any]:
    """The traveller of a row: the pattern, with each column that the table has in the place of its value."""
    cells, made = row.cells, {**pattern, "id": row.cells["id"]}

    def put(key: str, value: Any) -> None:
        made.pop(key, None)
        if value:
            made[key] = value

    try:
        for key in ("name", "born"):
            if key in cells:
                put(key, cells[key])
        for key in ("residence", "nationalities"):
            if key in cells:
                put(key, _parts(cells[key]))
        if "passports" in cells:
            put("passports", list(_passports(cells["passports"])))
        if "holds" in cells:
            made.update(_held(pattern, _parts(cells["holds"])))
    except ValueError as error:
        message, _, hint = str(error).partition("\n")
        problems.append(Problem(place, message, hint))
    return made


def _passports(cell: str) -> Iterator[dict[str, Any]]:
    """The books in a cell such as «MX:2030-05-01 US»; they are called mx, us, us-2."""
    used: dict[str, int] = {}
    for text in _parts(cell):
        state, _, expires = text.partition(":")
        count = used[state] = used.get(state, 0) + 1
        book: dict[str, Any] = {"id": state.lower() + (f"-{count}" if count > 1 else ""), "state": state.upper()}
        yield book | ({"expires": expires} if expires else {})


def _held(pattern: Mapping[str, Any], wanted: list[str]) -> dict[str, list[Any]]:
    """The permissions and certificates of the pattern that somebody holds, by id or kind."""
    shelves = {"permissions": "id", "certificates": "kind"}
    known = {key: [table.get(name) for table in pattern.get(key, ())] for key, name in shelves.items()}
    names = [name for shelf in known.values() for name in shelf]
    for name in wanted:
        if name not in names:
            hint = did_you_mean(name, names) or "a paper is written as the template's traveller holds it"
            raise ValueError(f"holds: the template's traveller has no permission or certificate {name!r}\n{hint}")
    return {
        key: [table for table in pattern.get(key, ()) if table.get(name) in wanted] for key, name in shelves.items()
    }


def _parts(cell: str) -> list[str]:
    return [part for part in _SEVERAL.split(cell) if part]
