"""From tables to frozen classes, with every problem found on the way at its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, Generic, TypeVar

from attrs import frozen
from cattrs.errors import BaseValidationError, ForbiddenExtraKeysError, IterableValidationNote

from planner.core.errors import Problem
from planner.scenario.law import Entry
from planner.scenario.node import Node
from planner.scenario.reading.converter import converter, written
from planner.scenario.reading.damage import Damage
from planner.scenario.reading.homes import Shape
from planner.scenario.reading.places import Path, Places
from planner.scenario.reading.tables import Table
from planner.scenario.reading.values import SCALARS, Wrong

N = TypeVar("N", bound=Node)


@frozen
class Outcome(Generic[N]):
    """What could be made of some data.

    Tables with a problem are left out of `value`, so that the rest can still be cross-checked; `damage` says what
    that may hide. `value` is None if too little remains.
    """

    value: N | None
    problems: list[Problem]
    damage: Damage


@frozen
class _Finding:
    path: Path
    error: Exception
    type: Any = None  # what was expected there


def structure(data: Table, cls: type[N], kinds: Mapping[str, type[Entry]], places: Places) -> Outcome[N]:
    """Make an object of a class. Problems are returned, not raised. Changes `data` where it is wrong."""
    problems: list[Problem] = []
    damage = Damage()
    made, shape = converter(kinds), Shape(cls, kinds)
    for _ in range(4):  # what is left out may leave a table incomplete, up to the top
        try:
            return Outcome(made.structure(data, cls), problems, damage)
        except BaseValidationError as error:
            findings = list(_findings(error, ()))
            if not problems:
                told = (finding for finding in findings if not _misspelt(finding, findings, data, shape))
                problems = [problem for finding in told for problem in _problems(finding, data, shape, places)]
            damage |= _leave_out(data, findings)
    return Outcome(None, problems, damage)


def _findings(error: Exception, path: Path, type_: Any = None) -> Iterator[_Finding]:
    if not isinstance(error, BaseValidationError):
        yield _Finding(path, error, type_)
        return
    for inner in error.exceptions:
        note = next((note for note in getattr(inner, "__notes__", ()) if hasattr(note, "type")), None)
        if note is None:
            yield from _findings(inner, path)
        else:
            step = note.index if isinstance(note, IterableValidationNote) else written(note.name)
            yield from _findings(inner, (*path, step), note.type)


def _misspelt(finding: _Finding, findings: list[_Finding], data: Table, shape: Shape) -> bool:
    """Whether it is a missing key that an unknown key of the same table is taken for, which is told then."""
    if not isinstance(finding.error, KeyError):
        return False
    *table, missing = finding.path
    return any(
        hint == f"did you mean {missing!r}?"
        for other in findings
        if isinstance(other.error, ForbiddenExtraKeysError) and other.path == tuple(table)
        for _, hint in _unknown(other.path, other.error, data, shape)
    )


def _unknown(path: Path, error: ForbiddenExtraKeysError, data: Table, shape: Shape) -> Iterator[tuple[str, str]]:
    """Each unknown key of the table at a path, with a guess at what was meant."""
    names = tuple(step for step in path if isinstance(step, str))
    for key in sorted(error.extra_fields):
        yield key, shape.hint(key, _resolve(data, path)[key], names, error.cl)


def _problems(finding: _Finding, data: Table, shape: Shape, places: Places) -> Iterator[Problem]:
    path, error = finding.path, finding.error
    if isinstance(error, ForbiddenExtraKeysError):
        for key, hint in _unknown(path, error, data, shape):
            yield Problem(places.of_name((*path, key)), f"unknown key {key!r} in {_table(path)}", hint)
    elif isinstance(error, KeyError):
        scalar = SCALARS.get(finding.type) or SCALARS.get(getattr(finding.type, "__supertype__", None))
        hint = f"expected {scalar.words}" if scalar else ""
        yield Problem(places.of(path[:-1]), f"{_table(path[:-1])} needs the key {path[-1]!r}, which is missing", hint)
    else:
        key = next((step for step in reversed(path) if isinstance(step, str)), "this file")
        yield Problem(places.of(path), f"{key}: {error}", error.hint if isinstance(error, Wrong) else "")


def _table(path: Path) -> str:
    """A table as its header is written."""
    name = ".".join(step for step in path if isinstance(step, str))
    if not name:
        return "the file"
    return f"[[{name}]]" if isinstance(path[-1], int) else f"[{name}]"


def _leave_out(data: Table, findings: list[_Finding]) -> Damage:
    """Remove what the findings are about: a wrong key's whole table if it is one of several, else the key."""
    damage = Damage()
    doomed: list[tuple[Any, Any]] = []
    for finding in findings:
        if isinstance(finding.error, ForbiddenExtraKeysError):
            doomed += [(_resolve(data, finding.path), key) for key in finding.error.extra_fields]
        elif len(finding.path) == 1 and finding.path[0] in _STAND_INS and finding.path[0] not in data:
            data[str(finding.path[0])] = _STAND_INS[str(finding.path[0])]()
            damage |= Damage.of(str(finding.path[0]))
        else:
            container, key = _culprit(data, finding.path)
            doomed.append((container, key))
            damage |= _damage(str(finding.path[0]), container[key] if _has(container, key) else None)
    for container, key in doomed:
        if isinstance(container, list):
            container[key] = None  # so that the other indices stay right
        else:
            container.pop(key, None)
    _drop_nothings(data)
    return damage


def _has(container: Any, key: Any) -> bool:
    return isinstance(container, list) or key in container


def _damage(table: str, lost: Any) -> Damage:
    """The damage done by leaving out a value of a top-level table."""
    if isinstance(lost, Table) and isinstance(lost.get("id"), str):
        return Damage(frozenset({table}), ids=frozenset(_ids(lost)))
    return Damage.of(table)


def _ids(value: Any) -> Iterator[str]:
    """All ids in a table and in those inside it; certificates are known by their kind."""
    if isinstance(value, Table):
        yield from (value[key] for key in ("id", "kind") if isinstance(value.get(key), str))
    if isinstance(value, list | Table):
        for item in value.values() if isinstance(value, Table) else value:
            yield from _ids(item)


# For keys that every scenario needs, so that the rest of a file without them can be checked.
_STAND_INS: dict[str, Callable[[], Any]] = {
    "today": lambda: date(2000, 1, 1),
    "currency": lambda: "XXX",
    "travellers": lambda: [Table(id="")],
    "trip": lambda: Table(start=""),
}


def _drop_nothings(value: Any) -> None:
    if isinstance(value, list):
        value[:] = [item for item in value if item is not None]
    if isinstance(value, list | Table):
        for item in value.values() if isinstance(value, Table) else value:
            _drop_nothings(item)


def _resolve(data: Any, path: Path) -> Any:
    for step in path:
        if isinstance(step, str) or isinstance(data, list):
            data = data[step]
    return data


def _culprit(data: Table, path: Path) -> tuple[Any, Any]:
    """The container and key of the smallest thing whose removal cures the problem at a path."""
    found: tuple[Any, Any] | None = None
    before: tuple[Any, Any] = (data, path[0])
    here: Any = data
    for step in path:
        if isinstance(step, int) and not isinstance(here, list):
            continue  # a single value in the place of a list
        if isinstance(step, str) and step not in here:
            break  # a missing key: the fault is its table's
        if isinstance(step, int) and isinstance(here[step], Table):
            found = (here, step)
        before = (here, step)
        here = here[step]
    return found or before
