"""What would help: changes, how disruptive they are, and what the trip costs then."""

from __future__ import annotations

from attrs import frozen

from planner.answer import Answer
from planner.core.money import show
from planner.report.words import span


@frozen(kw_only=True)
class RepairTold:
    """A repair. `price` is that of the whole trip then, `outcome` the way and its dates, or that nobody travels."""

    number: int
    changes: tuple[str, ...]
    price: str
    outcome: str
    disruption: int

    @property
    def sentence(self) -> str:
        """The changes as one phrase that begins a sentence."""
        text = "; and ".join(self.changes)
        return text[:1].upper() + text[1:]


@frozen(kw_only=True)
class Repairs:
    """The repairs, least disruptive first; `none` is what to say where there is no repair."""

    repairs: tuple[RepairTold, ...]
    none: str


def repairs(answer: Answer) -> Repairs | None:
    """The repairs; None if they were not looked for."""
    if answer.repairs is None:
        return None
    nothing = "Nothing that the travellers could change, as far as it is looked for, would make a trip possible."
    ran_out = f"{answer.ending.capitalize()} before anything was found that would help."
    told = [
        RepairTold(
            number=number,
            changes=tuple(easing.text for easing in repair.easings),
            price=f"{'' if repair.proved else 'at most '}{show(repair.cost, answer.scenario.currency)}",
            outcome=span(repair.plan.journey.legs)
            if repair.plan.journey.legs
            else "then nothing is left to travel for",
            disruption=repair.disruption,
        )
        for number, repair in enumerate(answer.repairs, 1)
    ]
    none = "" if told else nothing if answer.repairs_complete else ran_out
    return Repairs(repairs=tuple(told), none=none)
