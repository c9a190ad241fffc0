"""How travellers could ask for less: changes that make one fact weaker, or do away with it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from math import inf
from typing import Literal

from attrs import evolve, frozen

from planner.core.period import Period
from planner.scenario.changing import Change

# What is changed; each has a weight, in the scenario's `[repairs]`, per unit of `amount`.
Sort = Literal[
    "date",  # one day of departure, return, or of arriving at or leaving a stop
    "night",  # one night more or less at a stop
    "budget",  # more money, however much
    "order",  # the order of stops
    "avoid",  # a place or operator that was to be avoided
    "connection",  # shorter connections
    "document",  # a paper that the rulebooks offer, applied for as well
    "visa",  # a held paper with other terms: more entries, other dates
    "passport",  # another passport book, or the same one in hand at other times
    "application",  # something applied for sooner, later or faster than the file says
    "tour",  # terms of a tour
    "stop",  # a stop given up
    "event",  # an event given up
]


@frozen(kw_only=True)
class Easing:
    """One way to make a fact weaker: `changes` of the scenario, told in a few words.

    `text` is what to do, as a phrase: «return by 16 April 2025 instead of 14 April 2025». `amount` counts the units of
    `sort` (days, nights, entries …).
    """

    fact: str  # its id
    changes: tuple[Change, ...]
    text: str
    sort: Sort
    amount: int = 1


def together(easings: Iterable[Easing]) -> tuple[Change, ...]:
    """The changes of some easings. Where several change the same value, the one that makes most room counts."""
    found: dict[tuple[str, ...], Change] = {}
    for change in (change for easing in easings for change in easing.changes):
        kept = found.get(change.path)
        if kept is None:
            found[change.path] = change
        elif isinstance(kept.new, tuple) and isinstance(change.new, tuple):  # dates that are to be possible
            found[change.path] = evolve(kept, new=tuple(sorted({*kept.new, *change.new})))
        elif _reach(change) > _reach(kept):
            found[change.path] = change
    return tuple(found.values())


def _reach(change: Change) -> float:
    """How far a value is moved; all easings move it the same way."""
    old, new = change.old, change.new
    match new:
        case None:
            return inf
        case date() if isinstance(old, date):
            return abs((new - old).days)
        case int() if isinstance(old, int):
            return abs(new - old)
        case Period():
            return new.count  # of days
        case tuple():
            return len(new)
    return 0
