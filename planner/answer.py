"""What the planner answers: exactly four kinds, never mixed up. Amounts are minor units of the scenario's currency."""

from __future__ import annotations

from datetime import date
from typing import Literal

from attrs import field, frozen

from planner.itinerary.choices import Itinerary
from planner.itinerary.journey import Journey
from planner.rules.base import Reminder
from planner.rules.facts import Fact
from planner.scenario.scenario import Scenario

Status = Literal["optimal", "feasible", "infeasible", "undecided"]


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


@frozen(kw_only=True)
class Conflict:
    """Facts that cannot hold together; leaving out any one of them, the others can.

    `structural` says what the network itself lacks, where that is the reason.
    """

    facts: tuple[Fact, ...]
    structural: tuple[str, ...] = ()


@frozen(kw_only=True)
class ReadingUsed:
    """A declared reading and the answer used; `declared` is False for the strict default."""

    id: str
    question: str
    answer: str
    declared: bool


@frozen(kw_only=True)
class Answer:
    """The answer to a scenario.

    `optimal`: `plan` is cheapest, proved. `feasible`: time ran out; `plan` is valid and no plan is cheaper than
    `bound`. `infeasible`: proved; `conflict` says why. `undecided`: time ran out with neither. `notes` are plain
    sentences about how the answer was reached; `stats` numbers for the curious.
    """

    status: Status
    scenario: Scenario = field(repr=False)
    plan: Plan | None = None
    conflict: Conflict | None = None
    bound: int | None = None
    readings: tuple[ReadingUsed, ...] = ()
    notes: tuple[str, ...] = ()
    stats: dict[str, float] = field(factory=dict)
