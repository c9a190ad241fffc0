"""A comparison as text: both verdicts, then part by part what is in one only and what differs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from planner.report.compare import Compared
from planner.report.compare.differences import Difference
from planner.report.compare.words import changed, entry, field, route, value
from planner.report.page import Page
from planner.report.words import count

_PARTS = {
    "THE ANSWER": ("title", "today", "status", "cost", "bound", "travellers"),
    "THE WAY": ("legs", "timetable", "touches", "fares"),
    "AT THE BORDERS": ("crossings", "checks"),
    "BEFORE YOU GO": ("documents", "bookings", "reminders"),
    "COST": ("costs",),
    "WHY THERE IS NO TRIP": ("conflict", "more_conflicts", "conflicts_complete"),
    "WHAT WOULD HELP": ("repairs", "repairs_complete"),
    "OTHER CHOICES": ("alternatives", "alternatives_complete", "front", "front_complete"),
    "WHAT IT RESTS ON": ("readings", "rulebooks", "base", "notes", "planner", "zone_data"),
}
_LISTED = (("conflict",), ("repairs",), ("alternatives",), ("front",))
_PLAN = 2  # where the trip of a repair or an alternative stands in a path: repairs, which one, "plan"


def text(found: Compared) -> str:
    """The whole comparison."""
    page = Page()
    for side, file, answer in zip("AB", found.files, found.answers, strict=True):
        page.add(": ".join(filter(None, (side, file, answer["title"]))), 0, 3)
        price = f", {value('cost', answer['cost'])}" if answer["cost"] else ""
        way = route(answer)
        page.add(f"{value('status', answer['status'])}{price}{f': {way}' if way else ''}", 3, 2)
    page.gap()
    if not found.differences:
        page.add("Nothing differs.")
        return page.text()
    number = len(found.differences)
    page.add(f"{count(number, 'difference')}. - is only in A, + is only in B, ~ is in both.")
    known = {key for keys in _PARTS.values() for key in keys}
    for title, keys in (*_PARTS.items(), ("ELSE", ())):
        here = [one for one in found.differences if (one.path[0] in keys if keys else one.path[0] not in known)]
        if here:
            page.heading(title)
        for line in _lines(here):
            page.add(line, 0, 4)
    return page.text()


def _lines(found: list[Difference]) -> Iterator[str]:
    """A line for each entry that is in one only; a line for all that differs in an entry that is in both."""
    both: dict[tuple[str, ...], list[str]] = {}
    trips: Counter[str] = Counter()
    for one in found:
        if one.path[_PLAN : _PLAN + 1] == ("plan",):
            trips[one.path[1]] += 1
        elif one.only_in:
            yield f"{_sign(one)} {entry(one.path[-2], _there(one))}"
        elif one.path in _LISTED and _there(one) and (one.a is None or one.b is None):
            yield from (f"{_sign(one)} {entry(*item)}" for item in _listed(one))
        elif len(one.path) == 1:
            yield f"~ {field(one.path[0])}: {changed(one.path[0], one.a, one.b)}"
        else:
            words = f"{field(one.path[-1])} {changed(one.path[-1], one.a, one.b)}"
            both.setdefault(one.path[:-1], []).append(words)
    for path, fields in both.items():
        yield f"~ {path[-1]}: {'; '.join(fields)}"
    for name, number in trips.items():
        yield f"~ {name}: its trip differs in {count(number, 'point')}"


def _sign(one: Difference) -> str:
    return "+" if one.a is None else "-"


def _there(one: Difference) -> Any:
    return one.b if one.a is None else one.a


def _listed(one: Difference) -> Iterator[tuple[str, Any]]:
    """The facts of a conflict that is in one only; repairs and alternatives that were looked for in one only."""
    if one.path == ("conflict",):
        yield from (("facts", fact) for fact in _there(one)["facts"])
        yield from (("structural", sentence) for sentence in _there(one)["structural"])
    else:
        yield from ((one.path[0], choice) for choice in _there(one))
