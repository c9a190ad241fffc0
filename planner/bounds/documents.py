"""What papers every trip must pay for, wherever it goes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from attrs import frozen

from planner.bounds.entries import Entries, Way
from planner.bounds.relaxed import Mask
from planner.rules.shares import Obtained, Share


@frozen
class _Need:
    """At least `price` is paid for things among `items`."""

    price: int
    items: frozenset[str]


def papers(entries: Entries, shares: Sequence[Share], visited: Iterable[Mask]) -> int:
    """The least that any trip pays for papers, in minor units; what entries pay anew each time is not counted.

    `visited` are groups of ports (masks by number) of each of which every trip visits one. Of needs that one paper
    may serve together only the dearest is counted.
    """
    prices = _prices(entries)
    zones = {zones for ports in visited if (zones := entries.beyond(ports))}
    total = 0
    for traveller, ways in entries.ways.items():
        needs = [
            _Need(min(prices[name] for name in share.items), frozenset(share.items))
            for share in shares
            if isinstance(share, Obtained) and share.traveller == traveller
        ]
        needs += [_least([way for way in ways if way.zone in together], prices) for together in zones]
        total += sum(need.price for need in _disjoint(needs))
    return total


def _prices(entries: Entries) -> dict[str, int]:
    """One traveller's part of the price of whatever can be obtained; nothing for what entries pay for."""
    scenario = entries.outlook.scenario
    people = {"traveller": 1, "party": len(scenario.travellers)}
    return {
        item.id: 0 if item.id in entries.single else scenario.minor(item.price) // people[item.per]
        for item in scenario.acquirables
    }


def _least(ways: list[Way], prices: dict[str, int]) -> _Need:
    """What the cheapest of some ways of entering needs."""
    least = min((sum(need.price for need in _disjoint(_of(way, prices))) for way in ways), default=0)
    return _Need(least, frozenset(name for way in ways for paper in way.items for name in paper))


def _of(way: Way, prices: dict[str, int]) -> Iterator[_Need]:
    for paper in way.items:
        yield _Need(min(prices[name] for name in paper), frozenset(paper))


def _disjoint(needs: Iterable[_Need]) -> Iterator[_Need]:
    """Needs without a paper in common, dear ones first."""
    counted = frozenset[str]()
    for need in sorted(needs, key=lambda need: -need.price):
        if counted.isdisjoint(need.items):
            counted |= need.items
            yield need
