"""Other plans than the cheapest: alternatives, and the front of cost and time."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from planner.answer import Answer, Choice, Plan
from planner.core.money import show
from planner.report.told.trades import trades
from planner.report.words import duration, span


@frozen(kw_only=True)
class ChoiceTold:
    """A plan beside the cheapest. `trades` are phrases that compare the two; none for the cheapest itself."""

    number: int
    price: str
    takes: str  # from door to door
    outcome: str  # the way and its dates, or that nobody travels
    trades: tuple[str, ...]


@frozen(kw_only=True)
class Choices:
    """Plans of one sort, cheapest first; `complete` says in a sentence whether there are others, perhaps ""."""

    choices: tuple[ChoiceTold, ...]
    complete: str


def alternatives(answer: Answer) -> Choices | None:
    """The alternatives; None if they were not looked for."""
    if answer.alternatives is None or answer.plan is None:
        return None
    told = _told(answer.plan, answer.alternatives, first=2)
    if not told and answer.alternatives_complete:
        return Choices(choices=(), complete="There is no other valid trip with another route, other dates or papers.")
    proved = "The next-cheapest trips with another route, other dates or other papers, in order; proved."
    return Choices(choices=told, complete=proved if answer.alternatives_complete else _CUT)


def front(answer: Answer) -> Choices | None:
    """The front; None if it was not looked for."""
    if answer.front is None or answer.plan is None:
        return None
    told = _told(answer.plan, answer.front, first=1)
    proved = "No valid trip beats one of these in both cost and time from door to door, and these are all; proved."
    if len(told) == 1:
        proved = "No valid trip takes less time from door to door than the cheapest one; proved."
    return Choices(choices=told, complete=proved if answer.front_complete else _CUT)


_CUT = "There may be more: not all could be looked for (see how sure this is)."


def _told(plan: Plan, choices: Sequence[Choice], first: int) -> tuple[ChoiceTold, ...]:
    return tuple(_choice(plan, choice, number) for number, choice in enumerate(choices, first))


def _choice(plan: Plan, choice: Choice, number: int) -> ChoiceTold:
    legs = choice.plan.journey.legs
    return ChoiceTold(
        number=number,
        price=f"{'' if choice.proved else 'at most '}{show(choice.cost, choice.scenario.currency)}",
        takes=duration(choice.minutes),
        outcome=span(legs) if legs else "nobody travels",
        trades=trades(choice.scenario, plan, choice.plan) if choice.plan != plan else (),
    )
