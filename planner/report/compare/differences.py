"""What differs between two answers as data: which part, and its value in each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator
from typing import Any, Literal

from attrs import frozen

# Entries of these lists are the same thing if these keys of theirs are alike; of several alike, the first with the
# first. What a leg is called or when it goes does not count: the way from Paris to Rome is compared on whatever day.
IDENTITY: dict[str, tuple[str, ...]] = {
    "timetable": ("from", "to"),
    "touches": ("port",),
    "crossings": ("traveller", "direction", "zone"),
    "papers": ("kind", "id"),
    "checks": ("traveller", "from", "to"),
    "documents": ("traveller", "id"),
    "bookings": ("traveller", "event", "tour"),
    "reminders": ("traveller", "rule"),
    "costs": ("kind", "what"),
    "facts": ("id",),
    "more_conflicts": ("facts",),
    "witnesses": ("without",),
    "broken": ("id",),
    "closed": ("fact",),
    "repairs": ("texts",),
    "alternatives": ("plan",),
    "front": ("plan",),
    "readings": ("id",),
    "editions": ("id",),
}
SETS = ("travellers", "fares", "rulebooks", "structural", "notes")  # lists of texts whose order says nothing
_LEFT_OUT = ("stats", "place")  # how long it took, and in which line of which file something stands
_MONEY = {"amount", "currency"}
# What is looked for only when asked: the key that is null if it was not, what it is called, all its keys, and a key
# that an answer has a value of if it could be asked at all (no repairs of a trip that is possible).
_ASKED = (
    ("alternatives", "alternatives", ("alternatives", "alternatives_complete"), "cost"),
    ("front", "the front of cost and time", ("front", "front_complete"), "cost"),
    ("conflicts_complete", "all conflicts", ("more_conflicts", "conflicts_complete"), "conflict"),
    ("repairs", "repairs", ("repairs", "repairs_complete"), "conflict"),
)


@frozen
class Difference:
    """A value that is another one in each, or an entry that is in one only (`only_in`; "": in both).

    `path` leads there: keys, and for an entry of a list what it is known by.
    """

    path: tuple[str, ...]
    a: Any
    b: Any
    only_in: Literal["a", "b", ""] = ""


def differences(a: dict[str, Any], b: dict[str, Any]) -> Iterator[Difference]:
    """Everything that differs, in the order of the keys, but for statistics, places in files and `not_asked`."""
    unasked = {key for keys in (*_unasked(a, b).values(), *_unasked(b, a).values()) for key in keys}
    yield from _between((), *({key: answer[key] for key in answer if key not in unasked} for answer in (a, b)))


def not_asked(answer: dict[str, Any], other: dict[str, Any]) -> list[str]:
    """What an answer was not asked for, though it could have been, and the other one was: in words."""
    return list(_unasked(answer, other))


def _unasked(answer: dict[str, Any], other: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    return {
        words: keys
        for key, words, keys, about in _ASKED
        if answer[about] is not None and answer[key] is None and other[key] is not None
    }


def _between(path: tuple[str, ...], a: Any, b: Any) -> Iterator[Difference]:
    if a == b:
        return
    if isinstance(a, dict) and isinstance(b, dict) and not (a.keys() | b.keys()) <= _MONEY:
        for key in dict.fromkeys((*a, *b)):
            if key not in _LEFT_OUT:
                yield from _between((*path, key), _value(a, key), _value(b, key))
    elif isinstance(a, list) and isinstance(b, list) and path[-1] in (*IDENTITY, *SETS):
        yield from _entries(path, a, b)
    else:
        yield Difference(path, a, b)


def _value(table: dict[str, Any], key: str) -> Any:
    """A key's value. Where a source is that of a statement in a file, its place is taken away."""
    value, place = table.get(key), table.get("place")
    if key == "source" and place and isinstance(value, str):
        return value.removeprefix(place).removeprefix("; ")
    return value


def _entries(path: tuple[str, ...], a: list[Any], b: list[Any]) -> Iterator[Difference]:
    left, right = _named(path[-1], a), _named(path[-1], b)
    for name in dict.fromkeys((*left, *right)):
        here = (*path, _label(*name))
        if name not in right:
            yield Difference(here, left[name], None, "a")
        elif name not in left:
            yield Difference(here, None, right[name], "b")
        else:
            yield from _between(here, left[name], right[name])


Name = tuple[tuple[Hashable, ...], int]


def named(key: str, entries: list[Any]) -> dict[str, Any]:
    """Entries of the list under a key, by what paths call them."""
    return {_label(*name): entry for name, entry in _named(key, entries).items()}


def _named(key: str, entries: list[Any]) -> dict[Name, Any]:
    """Entries by what they are known by, and a number that tells those apart that are known by the same."""
    met: Counter[tuple[Hashable, ...]] = Counter()
    found: dict[Name, Any] = {}
    for entry in entries:
        name = _name(key, entry)
        met[name] += 1
        found[name, met[name]] = entry
    return found


def _name(key: str, entry: Any) -> tuple[Hashable, ...]:
    """What an entry is known by; an entry of a later version's list that is only called like ours, by its text."""
    try:
        name = tuple(_known_by(entry[part]) for part in IDENTITY[key]) if key in IDENTITY else (entry,)
        hash(name)
    except (LookupError, TypeError):
        return (str(entry),)
    return name


def _known_by(value: Any) -> Hashable:
    """A conflict is known by its facts, whatever their order; a repair by its texts; a trip by its legs."""
    if isinstance(value, dict):
        return tuple(value["legs"])
    if isinstance(value, list):
        return tuple(sorted(item["id"] if isinstance(item, dict) else item for item in value))
    found: Hashable = value
    return found


def _label(name: tuple[Hashable, ...], number: int) -> str:
    """«runner entry CN», «runner entry CN (2)»."""
    words = [", ".join(part) if isinstance(part, tuple) else str(part) for part in name if part is not None]
    return " ".join(words) + (f" ({number})" if number > 1 else "")
