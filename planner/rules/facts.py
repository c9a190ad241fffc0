"""Facts: restrictions that could be dropped on their own. Conflicts are made of them."""

from __future__ import annotations

from enum import IntEnum

from attrs import field, frozen

from planner.core.errors import Place


class Telling(IntEnum):
    """How much a fact tells the traveller; the conflict printed prefers lower ones (own wishes, then papers)."""

    WISH = 0  # what the travellers want: stops, events, dates, budget
    PAPER = 1  # papers they hold or could get: bans on a passport, entries left, expiry, lead times
    ADMISSION = 2  # what the place visited demands: nothing admits, closure, stay limits
    REMOTE = 3  # further conditions: registration, pages, exit rules


@frozen
class Fact:
    """A restriction with its sentence, and where it stands: a place in a file, or the source of a law entry."""

    id: str
    text: str = field(eq=False)
    telling: Telling = field(eq=False)
    kind: str = field(eq=False)  # id of the kind of rule
    place: Place = field(default=Place(""), eq=False)
    source: str = field(default="", eq=False)
    changeable: bool = field(default=False, eq=False)  # whether the travellers could change it


@frozen
class Broken:
    """The checker's word: this itinerary does not respect that fact, and how."""

    fact: Fact
    how: str
