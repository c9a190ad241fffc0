"""The reference of the scenario language as pages: every table, key, type, default and meaning, from the classes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Literal, get_args, get_origin

import attrs

from planner.core.money import Price
from planner.core.period import Period
from planner.rules.base import table_kinds
from planner.rules.concerns import Concerning
from planner.rules.showing import Paper
from planner.scenario import node
from planner.scenario.law import Entry
from planner.scenario.node import Node, StayLimit
from planner.scenario.reading.converter import needed, never_empty
from planner.scenario.reading.meanings import meanings
from planner.scenario.reading.walk import Field, fields_of
from planner.scenario.reading.written import ScenarioFile

_COMMON = "What every admission and rule has"
_CONCERNING = "Which entries a rule is about"
_PAPERS = "Papers"
# How values of each type are called, one and several; see docs/scenarios.md, «How values are written».
_WORDS: dict[Any, tuple[str, str]] = {
    str: ("text", "texts"),
    int: ("whole number", "whole numbers"),
    bool: ("yes or no", "yes or no"),
    Decimal: ("number", "numbers"),
    date: ("date", "dates"),
    datetime: ("local time", "local times"),
    time: ("time of day", "times of day"),
    Period: ("period", "periods"),
    StayLimit: ("stay limit", "stay limits"),
    Price: ("price", "prices"),
    node.Currency: ("currency", "currencies"),
    node.State: ("state", "states"),
    node.TerritoryRef: ("territory", "territories"),
    node.ZoneRef: ("zone", "zones"),
    node.PortRef: ("port", "ports"),
    node.PlaceRef: ("place", "places"),
    node.PassportRef: ("passport id", "passport ids"),
    node.TravellerRef: ("traveller id", "traveller ids"),
    node.LegRef: ("leg id", "leg ids"),
    node.EventRef: ("event id", "event ids"),
    node.DocumentRef: ("paper", "papers"),
    node.GroundRef: ("id of what an entry rests on", "ids of what an entry rests on"),
    node.CertificateRef: ("kind of certificate", "kinds of certificates"),
}


def scenario_page() -> str:
    """Every table of a scenario file, in the order of the file, and what all admissions and rules have."""
    parts = [
        "# Reference: the tables of a scenario",
        "This page is written by `python docs/reference.py`, from the classes that files are read into. "
        "[Writing a scenario](../scenarios.md) explains the tables, with examples, and "
        "[how values are written](../scenarios.md#how-values-are-written).",
        "*Needed* marks keys without which a table is not accepted; for others the third column says what holds if they"
        " are left out (–: nothing is said about it, so nothing is limited).",
        "## The top of the file",
        _table(ScenarioFile, "", leave_out=()),
        "A table `[expect]` is ignored: tests keep there what they expect of the answer.",
    ]
    for header, cls in _tables(ScenarioFile, ""):
        is_entry = issubclass(cls, Entry)
        parts += [f"## `{header}`", _table(cls, _name(header), leave_out=_keys(Entry) if is_entry else ())]
        if is_entry:
            parts.append(f"and [what every admission and rule has](#{anchor(_COMMON)}).")
    parts += [
        "## `[[rules]]`",
        "`kind` says which kind of rule it is; the other keys depend on it, see [rules.md](rules.md). "
        f"All have also [what every admission and rule has](#{anchor(_COMMON)}).",
        f"## {_COMMON}",
        _table(Entry, "", leave_out=()),
    ]
    return "\n\n".join(parts) + "\n"


def rules_page() -> str:
    """The keys of every kind of `[[rules]]`."""
    common = f"[what every admission and rule has](scenario.md#{anchor(_COMMON)})"
    parts = [
        "# Reference: the keys of rules",
        "This page is written by `python docs/reference.py`, from the classes that files are read into. "
        "[Writing rules](../writing-rules.md) has an example of each kind; what a kind means to the day, with real "
        "cases, stands on its page in [rules/](../rules/README.md).",
        f"A `[[rules]]` table has a `kind`, the keys of that kind, and {common}.",
        f"## {_CONCERNING}",
        "Many kinds share these keys. An entry is concerned only if it meets all of them; what is left out asks for "
        "nothing.",
        _table(Concerning, "", leave_out=_keys(Entry)),
        f"## {_PAPERS}",
        "A permission by what it is, held or obtained.",
        _table(Paper, "", leave_out=()),
    ]
    for kind, cls in table_kinds().items():
        shares = issubclass(cls, Concerning)
        own = _table(cls, "", leave_out=_keys(Concerning if shares else Entry))
        parts += [f"## `{kind}`", f"{getattr(cls, 'summary', '')} [More](../rules/{kind}.md)"]
        parts += [own] if own else []
        if shares:
            also = "and those" if own else "No keys of its own but those"
            parts.append(f"{also} that say [which entries it is about](#{anchor(_CONCERNING)}).")
    return "\n\n".join(parts) + "\n"


def anchor(heading: str) -> str:
    """What links to a heading are written with."""
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def _tables(cls: type[Node], path: str) -> Iterator[tuple[str, type[Node]]]:
    """All tables inside one but rules, each with its header."""
    for field in fields_of(cls):
        if field.nested and field.type is not Entry:
            name = f"{path}.{field.key}".lstrip(".")
            yield f"[[{name}]]" if field.many else f"[{name}]", field.type
            yield from _tables(field.type, name)


def _name(header: str) -> str:
    return header.strip("[]")


def _keys(cls: type[Node]) -> tuple[str, ...]:
    return tuple(field.key for field in fields_of(cls))


def _table(cls: type[Node], path: str, leave_out: tuple[str, ...]) -> str:
    """The keys of a class but some, as a table; "" if there are none."""
    said, own = meanings(cls), attrs.fields_dict(cls)
    rows = [
        f"| `{field.key}` | {_value(field, path)} | {_left_out(cls, own[field.name], said[field.key].left_out)} "
        f"| {said[field.key].text} |"
        for field in fields_of(cls)
        if field.key not in leave_out
    ]
    return "\n".join(["| key | value | if left out | meaning |", "|---|---|---|---|", *rows]) if rows else ""


def _value(field: Field, path: str) -> str:
    """What may stand there."""
    if field.type is Paper:
        return f"[papers](#{anchor(_PAPERS)})"
    if field.nested:
        name = f"{path}.{field.key}".lstrip(".")
        return f"[{'tables' if field.many else 'table'}](#{anchor(name)})"
    if field.key == "id" and field.type is str:
        return "id"
    if get_origin(field.type) is Literal:
        words = [f'`"{word}"`' for word in get_args(field.type) if word]
        return f"list of {', '.join(words)}" if field.many else f"{', '.join(words[:-1])} or {words[-1]}"
    if get_origin(field.type) is dict:
        return f"table of {_WORDS[get_args(field.type)[1]][1]} by name"
    one, several = _WORDS[field.type]
    return f"list of {several}" if field.many else one


def _left_out(cls: type[Node], field: attrs.Attribute[Any], said: str) -> str:
    """What holds without the key: in words, or as one would write it."""
    if needed(cls, field):
        return "needed"
    value = field.default
    if isinstance(value, tuple) and value and not said:
        return f"`[{', '.join(map(_written, value))}]`"
    if said:
        return said
    if get_origin(field.type) is dict or (isinstance(value, tuple) and not never_empty(cls, field)):
        return "none"
    if isinstance(value, bool | int | Period) or (isinstance(value, str) and value):
        return f"`{_written(value)}`"
    return "–"


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, int) else f'"{value}"'
