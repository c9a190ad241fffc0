"""A plan: a journey that the checker has confirmed. Amounts are minor units of the scenario's currency."""

from __future__ import annotations

from datetime import date
from typing import Literal

from attrs import frozen

from planner.itinerary.choices import Itinerary
from planner.itinerary.journey import Journey
from planner.rules.base import Reminder


@frozen(kw_only=True)
class CostLine:
    """One item of the whole cost, for the whole party."""

    what: str
    amount: int
    kind: Literal["fare", "document", "entry", "event", "night", "fee"]


@frozen(kw_only=True)
class Step:
    """One thing to do before or on the way: an application or a booking, with the latest date it could be done.

    `on` is the date in the plan, `latest` the last one with which the plan still holds (all other steps moved to
    their own latest). `ready` is the date from which the paper is usable (None for a booking).
    """

    kind: Literal["apply", "book"]
    traveller: str
    id: str
    label: str
    passport: str
    on: date
    latest: date
    ready: date | None
    apply_in: tuple[str, ...] = ()
    handed_over_in: tuple[str, ...] = ()
    waits_for: tuple[str, ...] = ()  # ids of other steps or papers that must be in hand first
    passport_away: bool = False
    source: str = ""


@frozen(kw_only=True)
class Plan:
    """A journey that the checker has confirmed, with what it costs and what to do when."""

    itinerary: Itinerary
    journey: Journey
    cost: int
    costs: tuple[CostLine, ...]
    preparation: tuple[Step, ...]
    reminders: tuple[Reminder, ...] = ()

    def _repr_html_(self) -> str:
        """What a notebook shows. By the front door, as reports are above answers and are imported on first use."""
        from planner import to_html_part

        return to_html_part(self)
