"""What of a comparison is told as text: what a person would tell another. What follows from it is left to the JSON."""

from __future__ import annotations

from collections.abc import Iterator

from planner.report.compare import Compared
from planner.report.compare.differences import Difference

_THE_TRIP = (
    "legs", "timetable", "fares", "touches", "crossings", "checks", "documents", "bookings", "reminders", "costs",
)  # fmt: skip
# Told by the timetable and by the costs; editions of rulebooks by `plan verify`.
_FOLLOWS = ("legs", "fares", "format", "rests_on")
# What is told of entries that both have: where a leg's name, a desk's time, a fee and the like differ, something else
# tells it already. Lists that are not here are told in full.
_TOLD = {
    "timetable": ("mode", "operator", "departs", "arrives"),
    "touches": ("mode",),
    "crossings": ("port", "checked", "passport", "permission", "permission_type", "papers", "until"),
    "documents": ("passport", "apply_on", "apply_latest", "ready"),
    "bookings": ("passport", "book_on", "book_latest"),
    "reminders": ("text", "from", "by"),
    "repairs": ("cost", "disruption", "proved", "plan"),
    "alternatives": ("cost", "minutes", "proved", "plan"),
    "front": ("cost", "minutes", "proved", "plan"),
}
_OF_A_STAY = ("permission", "permission_type", "until")  # the exit has them again


def selected(found: Compared) -> Iterator[Difference]:
    """The differences that are told; the trip, if only one answer has one, is told as a whole by others."""
    a, b = found.answers
    one_trip = only_one_travels(found)
    for one in found.differences:
        key = one.path[0]
        if key in _FOLLOWS or (key in _THE_TRIP and one_trip):
            continue
        if key == "bound" and a["bound"] in (a["cost"], None) and b["bound"] in (b["cost"], None):
            continue  # the price says it
        if key == "notes" and a["status"] != b["status"]:
            continue  # how another verdict was reached
        if key.endswith("_complete") and None in (one.a, one.b):
            continue
        if len(one.path) == 1 or _is_told(one):
            yield one


def only_one_travels(found: Compared) -> bool:
    """Whether one answer has legs and the other one none."""
    a, b = found.answers
    return bool(a["timetable"]) != bool(b["timetable"])


def _is_told(one: Difference) -> bool:
    """Whether a difference between or within entries of a list is told."""
    key, *rest = one.path
    if key in ("conflict", "more_conflicts"):
        # Of two conflicts, their statements: not what proves how small they are, nor where a law is printed.
        inside = rest if key == "conflict" else rest[1:]
        return not inside or (inside[0] in ("facts", "structural") and inside[-1] not in ("source", "kind"))
    if one.only_in and len(one.path) == 2:
        return key != "touches"
    name, field = rest[0], rest[1] if len(rest) > 1 else ""
    if key == "crossings" and " exit " in f" {name} " and field in _OF_A_STAY:
        return False
    return key not in _TOLD or field in _TOLD[key]
