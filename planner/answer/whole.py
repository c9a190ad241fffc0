"""What the planner answers: exactly four kinds, never mixed up. Amounts are minor units of the scenario's currency."""

from __future__ import annotations

from typing import Literal

from attrs import field, frozen

from planner.answer.choice import Choice
from planner.answer.conflict import Conflict
from planner.answer.plan import Plan
from planner.answer.repair import Repair
from planner.scenario.scenario import Scenario

Status = Literal["optimal", "feasible", "infeasible", "undecided"]


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
    `bound`. `infeasible`: proved; `conflict` says why, `more_conflicts` are the next ones in order, if they were asked
    for; `conflicts_complete` says whether there are no others (None: not looked at); `repairs` are the least
    disruptive, then cheapest changes with which there is a plan (None: not looked for), as many as were asked for or as
    there are if `repairs_complete`, else time ran out. Beside a plan, `alternatives` are the next-cheapest plans of
    another character (None: not looked for), as many as were asked for or as there are if `alternatives_complete`;
    `front` are the plans that no plan beats in cost and time, cheapest first and the cheapest included (None: not
    looked for), all of them if `front_complete`. `undecided`: time ran out with neither. `interrupted`: not time ran
    out, but somebody stopped the search; `trouble`: what ended it instead, such as «memory ran out», if anything did.
    `notes` are plain sentences about how the answer was reached; `stats` numbers for the curious.
    """

    status: Status
    scenario: Scenario = field(repr=False)
    plan: Plan | None = None
    conflict: Conflict | None = None
    more_conflicts: tuple[Conflict, ...] = ()
    conflicts_complete: bool | None = None
    repairs: tuple[Repair, ...] | None = None
    repairs_complete: bool | None = None
    alternatives: tuple[Choice, ...] | None = None
    alternatives_complete: bool | None = None
    front: tuple[Choice, ...] | None = None
    front_complete: bool | None = None
    bound: int | None = None
    interrupted: bool = False
    trouble: str = ""
    readings: tuple[ReadingUsed, ...] = ()
    notes: tuple[str, ...] = ()
    stats: dict[str, float] = field(factory=dict)

    @property
    def ending(self) -> str:
        """What to say of something that was not finished: «time ran out», «interrupted», or the trouble."""
        return "interrupted" if self.interrupted else self.trouble or "time ran out"

    def _repr_html_(self) -> str:
        """What a notebook shows. By the front door, as reports are above answers and are imported on first use."""
        from planner import to_html_part

        return to_html_part(self)
