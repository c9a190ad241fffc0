"""A comparison as text: both verdicts, then part by part what is in one only and what differs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from planner.report.compare import Compared
from planner.report.compare.differences import IDENTITY, Difference, named
from planner.report.compare.selected import only_one_travels, selected
from planner.report.compare.words import changed, dates, entry, field, ports, route, subject, value
from planner.report.page import Page
from planner.report.words import count

_PARTS = {
    "THE ANSWER": ("title", "today", "status", "cost", "bound", "travellers"),
    "THE TRIP": ("timetable", "touches"),
    "AT THE BORDERS": ("crossings", "checks"),
    "BEFORE YOU GO": ("documents", "bookings", "reminders"),
    "COST": ("costs",),
    "WHY THERE IS NO TRIP": ("conflict", "more_conflicts", "conflicts_complete"),
    "WHAT WOULD HELP": ("repairs", "repairs_complete"),
    "OTHER CHOICES": ("alternatives", "alternatives_complete", "front", "front_complete"),
    "WHAT IT RESTS ON": ("readings", "rulebooks", "base", "notes", "planner", "zone_data"),
}
_LISTED = (("conflict",), ("repairs",), ("alternatives",), ("front",))


def text(found: Compared) -> str:
    """The whole comparison."""
    page = Page()
    for side, file, answer in zip("AB", found.files, found.answers, strict=True):
        page.add(": ".join(filter(None, (side, file, answer["title"]))), 0, 3)
        price = f", {value('cost', answer['cost'])}" if answer["cost"] else ""
        way = route(answer)
        page.add(f"{value('status', answer['status'])}{price}{f': {way}' if way else ''}", 3, 2)
    page.gap()
    parts = {title: lines for title, lines in _told(found) if lines}
    if parts:
        number = sum(map(len, parts.values()))
        page.add(f"{count(number, 'difference')}. - is only in A, + is only in B, ~ is in both.")
    else:
        page.add("Only details differ; --format json has them." if found.differences else "Nothing differs.")
    if found.unasked:
        page.add(f"{found.unasked}.")
    for title, lines in parts.items():
        page.heading(title)
        for line in lines:
            page.add(line, 0, 4)
    return page.text()


def _told(found: Compared) -> Iterator[tuple[str, list[str]]]:
    """Each part with its lines."""
    chosen = list(selected(found))
    known = {key for keys in _PARTS.values() for key in keys}
    for title, keys in (*_PARTS.items(), ("ELSE", ())):
        here = [one for one in chosen if (one.path[0] in keys if keys else one.path[0] not in known)]
        whole = _whole_trip(found) if title == "THE TRIP" else ()
        yield title, [*whole, *_lines(here, found.answers[1])]


def _whole_trip(found: Compared) -> Iterator[str]:
    """Where only one travels, that trip; else the route and the dates, if they are others."""
    a, b = found.answers
    if only_one_travels(found):
        yield f"- the trip {route(a)}" if a["timetable"] else f"+ the trip {route(b)}"
    elif a["timetable"]:
        for name, told in (("route", ports), ("dates", dates)):
            if told(a) != told(b):
                yield f"~ {name}: {told(a)} -> {told(b)}"


def _lines(found: list[Difference], b: dict[str, Any]) -> Iterator[str]:
    """A line for each entry that is in one only; a line for all that differs in an entry that is in both."""
    both: dict[tuple[str, ...], dict[str, str]] = {}
    for one in found:
        key, *rest = one.path
        if one.only_in and (len(rest) == 1 or key in ("conflict", "more_conflicts")):
            yield f"{_sign(one)} {entry(one.path[-2], _there(one))}"
        elif one.path in _LISTED and (one.a is None or one.b is None):
            yield from (f"{_sign(one)} {entry(*item)}" for item in _listed(one))
        elif key in ("conflict", "more_conflicts") and one.path[-1] == "text":
            yield from (f"- {one.a}", f"+ {one.b}")  # the same wish or law, with other words
        elif len(one.path) == 1:
            yield f"~ {field(key)}: {changed(key, one.a, one.b)}"
        else:
            about = one.path[: -1 if key in ("conflict", "more_conflicts") else 2]
            both.setdefault(about, {})["/".join(one.path[2:4])] = _words(one)
    for path, words in both.items():
        if "permission" in words:
            words.pop("permission_type", None)
        told = dict.fromkeys(words.values())
        yield f"~ {_subject(path, b)}: {'; '.join(told)}"


def _words(one: Difference) -> str:
    """What differs in an entry."""
    name = one.path[-1]
    if one.path[2:3] == ("plan",):
        return "the trip differs"
    if one.only_in:
        return f"{'no longer' if one.only_in == 'a' else 'also'} {field(one.path[-2])}: {entry('papers', _there(one))}"
    return f"{field(name)} {changed(name, one.a, one.b)}"


def _subject(path: tuple[str, ...], b: dict[str, Any]) -> str:
    """What an entry that both have is called."""
    key = path[0]
    if key in ("conflict", "more_conflicts"):
        return "statement"
    return subject(key, named(key, b[key])[path[1]]) if key in IDENTITY else field(key)


def _sign(one: Difference) -> str:
    return "+" if one.a is None else "-"


def _there(one: Difference) -> Any:
    return one.b if one.a is None else one.a


def _listed(one: Difference) -> Iterator[tuple[str, Any]]:
    """The facts of a conflict that is in one only; repairs and alternatives that only one could have."""
    if one.path == ("conflict",):
        yield from (("facts", fact) for fact in _there(one)["facts"])
        yield from (("structural", sentence) for sentence in _there(one)["structural"])
    else:
        yield from ((one.path[0], choice) for choice in _there(one))
