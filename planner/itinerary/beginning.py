"""Journeys cut short: what there would be if one ended after some of its legs."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from planner.itinerary.journey import Journey, Stay


def beginning(journey: Journey, count: int) -> Journey:
    """The first legs of a journey, as if it ended with them."""
    legs, touches = journey.legs[:count], journey.touches[: max(0, count - 1)]
    landside = 1 + sum(touch.mode == "landside" for touch in touches) + (count > 0)
    visits = list(journey.visits[:landside])
    visits[-1] = evolve(visits[-1], departs=None, departs_on=None, outbound=None)
    taken: set[str] = {leg.id for leg in legs}
    stays = {name: _begun(own, taken) for name, own in journey.stays.items()}
    return evolve(journey, legs=legs, touches=touches, visits=tuple(visits), stays=stays)


def before_entry(journey: Journey) -> Journey:
    """A journey without the stay that its last leg enters, if it enters one: all have left, and nobody has arrived."""
    last = journey.legs[-1].id if journey.legs else ""
    stays = {
        name: tuple(stay for stay in own if stay.entry is None or stay.entry.leg.id != last)
        for name, own in journey.stays.items()
    }
    return evolve(journey, stays=stays)


def _begun(stays: Sequence[Stay], taken: set[str]) -> tuple[Stay, ...]:
    begun = [stay for stay in stays if stay.entry is None or stay.entry.leg.id in taken]
    last = begun[-1]
    if last.exit is not None and last.exit.leg.id not in taken:
        entered = last.entry
        begun[-1] = evolve(
            last,
            exit=None,
            exit_passport="",
            following=None,
            airside_out=(),
            last_on=entered.on if entered else last.last_on,
            last_at=entered.at if entered else last.last_at,
        )
    return tuple(begun)
