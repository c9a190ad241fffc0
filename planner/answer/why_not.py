"""Why the cheapest plan does not do something. Amounts are minor units of the scenario's currency."""

from __future__ import annotations

from attrs import frozen

from planner.answer.whole import Answer


@frozen(kw_only=True)
class WhyNot:
    """The answer to a scenario, and the answer with more asked of it.

    `asked` says what, in words. `asked_for` is `best` itself if the cheapest plan does it `already`, or if nothing is
    possible anyway.
    """

    asked: tuple[str, ...]
    best: Answer
    asked_for: Answer
    already: bool

    @property
    def extra(self) -> int | None:
        """What the plan that does what is asked costs more; None if there is none, or one of the two is not proved."""
        if self.best.status != "optimal" or self.asked_for.status != "optimal":
            return None
        assert self.best.plan is not None
        assert self.asked_for.plan is not None
        return self.asked_for.plan.cost - self.best.plan.cost
