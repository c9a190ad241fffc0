"""How travellers could ask for less: changes that make one fact weaker, or do away with it."""

from __future__ import annotations

from typing import Literal

from attrs import frozen

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
