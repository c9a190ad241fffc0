"""What a rule may say about lower bounds; `planner.bounds.relax` puts the shares together.

A share is a consequence of the rule that the sweeps over millions of legs can see. It must never be stricter than the
rule: what a trip that meets the share's facts does, the share allows at no higher price. What cannot be said so
is left unsaid.

Masks over legs follow the rows of the outlook's timetable, masks over arrivals its classes of arrivals (see
`planner.rules.outlook`); an axis of the latter may have length 1. Days are ordinals of civil dates at the place.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Literal, TypeAlias

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from planner.rules.facts import Fact
from planner.scenario.node import GroundType

Mask: TypeAlias = NDArray[np.bool_]
Numbers: TypeAlias = NDArray[np.integer[Any]]


@frozen(kw_only=True, eq=False)
class Share:
    """Something said about bounds. It counts only while all `facts` are in force; none: it is structure."""

    facts: tuple[Fact, ...] = ()


# ---- legs


@frozen(kw_only=True, eq=False)
class Barred(Share):
    """These legs are not travelled, or not as the journey's first or last one."""

    legs: Mask
    as_: Literal["any", "first", "last"] = "any"


@frozen(kw_only=True, eq=False)
class ChangeTime(Share):
    """At least so many minutes (by leg) lie between a leg's arrival and the next departure."""

    minutes: Numbers


@frozen(kw_only=True, eq=False)
class NoAirsideChange(Share):
    """After these arrivals nobody changes airside."""

    arrivals: Mask


# ---- wishes


@frozen(kw_only=True, eq=False)
class Wanted(Share):
    """A visit (a stop, an event) is made to one of some ports; `from_start`: presence from the start will do."""

    visit: str
    ports: frozenset[str]
    from_start: bool = False


@frozen(kw_only=True, eq=False)
class Narrowed(Share):
    """The visit begins by `arrive_by`, ends on `leave_from` or later, lasts `least` to `most` nights.

    `leaves`: presence to the journey's end will not do.
    """

    visit: str
    arrive_by: int | None = None
    leave_from: int | None = None
    least: int | None = None
    most: int | None = None
    leaves: bool = False


@frozen(kw_only=True, eq=False)
class InOrder(Share):
    """The visits begin in this order, as far as they are wanted."""

    visits: tuple[str, ...]


@frozen(kw_only=True, eq=False)
class Apart(Share):
    """No visit counts for two of these."""

    visits: tuple[str, ...]


# ---- entries


@frozen(kw_only=True, eq=False)
class Refused(Share):
    """A traveller is not let in at these arrivals on these passports (None: any) and grounds (None: any).

    On grounds, it may be said of entries to one zone only.
    """

    traveller: str
    arrivals: Mask
    passports: Collection[str] | None = None
    grounds: Collection[str] | None = None
    zone: str | None = None


@frozen(kw_only=True, eq=False)
class LongestStay(Share):
    """No stay of the traveller has more nights, between the dates at the places of entry and exit.

    That is, none that rests on one of these grounds (None: any), but for those of the types in `besides`, in one of
    these zones (None: any).
    """

    traveller: str
    nights: int
    grounds: Collection[str] | None = None
    besides: Collection[GroundType] = ()
    zones: Collection[str] | None = None


@frozen(kw_only=True, eq=False)
class Takes(Share):
    """Who enters at these arrivals (None: any) on these passports and grounds (None: any) obtains one of the items."""

    traveller: str
    items: tuple[str, ...]
    arrivals: Mask | None = None
    passports: Collection[str] | None = None
    grounds: Collection[str] | None = None


@frozen(kw_only=True, eq=False)
class Single(Share):
    """An item, priced for each traveller, that is the ground of one entry only: each such entry pays for it anew."""

    traveller: str
    item: str


# ---- every trip


@frozen(kw_only=True, eq=False)
class Never(Share):
    """No trip meets the facts together."""


@frozen(kw_only=True, eq=False)
class Paid(Share):
    """Every trip pays so much, in minor units."""

    amount: int


@frozen(kw_only=True, eq=False)
class Obtained(Share):
    """On every trip the traveller obtains one of the items."""

    traveller: str
    items: tuple[str, ...]


@frozen(kw_only=True, eq=False)
class Capped(Share):
    """No trip costs more, in minor units."""

    amount: int
