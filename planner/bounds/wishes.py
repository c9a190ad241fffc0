"""The stops and events of a trip, as far as the sweeps see them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

import numpy as np
from attrs import evolve, frozen

from planner.bounds.entries import Entries
from planner.bounds.relaxed import ANY_DAY, Wish
from planner.rules.outlook import Outlook
from planner.rules.shares import Apart, InOrder, Narrowed, Never, Share, Wanted

S = TypeVar("S", bound=Share)


@frozen(eq=False)
class Wishes:
    """The wishes, and the groups of them (by number) that one visit cannot fulfil together."""

    wishes: tuple[Wish, ...]
    apart: tuple[tuple[int, ...], ...]


def wishes(outlook: Outlook, shares: Sequence[Share], entries: Entries) -> Wishes:
    """Put the shares about visits together; `entries` limits how long a stay lasts."""
    found = {share.visit: _wish(outlook, share, entries) for share in _of(shares, Wanted)}
    if _of(shares, Never):
        found[""] = Wish(ports=np.zeros(len(outlook.legs.ports), dtype=bool))  # no port fulfils it
    for share in _of(shares, Narrowed):
        if share.visit in found:
            found[share.visit] = _narrowed(found[share.visit], share)
    order = [visit for share in _of(shares, InOrder) for visit in share.visits if visit in found]
    for place, visit in enumerate(order):
        later = [found[other] for other in order[place + 1 :]]
        found[visit] = _in_order(found[visit], later)
    names = [*order, *(visit for visit in found if visit not in order)]
    number = {visit: index for index, visit in enumerate(names)}
    groups = [tuple(number[visit] for visit in share.visits if visit in number) for share in _of(shares, Apart)]
    return Wishes(tuple(found[visit] for visit in names), tuple(group for group in groups if len(group) > 1))


def _wish(outlook: Outlook, share: Wanted, entries: Entries) -> Wish:
    ports = np.array([port in share.ports for port in outlook.legs.ports], dtype=bool)
    return Wish(ports=ports, most=entries.longest(ports), from_start=share.from_start)


def _narrowed(wish: Wish, share: Narrowed) -> Wish:
    changes: dict[str, Any] = {"to_end": wish.to_end and not share.leaves}
    if share.arrive_by is not None:
        changes["arrive_by"] = min(wish.arrive_by, share.arrive_by)
    if share.leave_from is not None:
        changes["leave_from"] = max(wish.leave_from, share.leave_from)
    if share.least is not None:
        changes["least"] = max(wish.least, share.least)
    if share.most is not None:
        changes["most"] = min(wish.most, share.most)
    return evolve(wish, **changes)


def _in_order(wish: Wish, later: Iterable[Wish]) -> Wish:
    """A wish that stands before others.

    Where it can be fulfilled across several ports, the wait at the first of them may fulfil a later wish, and only
    the leg to the next one this wish, though its visit began as early. So the wait there fulfils it too.
    """
    if wish.ports.sum() > 1 and any((wish.ports & other.ports).any() for other in later):
        wish = evolve(wish, least=0, leave_from=-ANY_DAY, to_end=True)
    return evolve(wish, ordered=True)


def _of(shares: Iterable[Share], kind: type[S]) -> list[S]:
    return [share for share in shares if isinstance(share, kind)]
