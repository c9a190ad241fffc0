"""Why the cheapest plan does not do what is asked for."""

from __future__ import annotations

from planner.answer import WhyNot
from planner.core.money import show
from planner.report.told.trades import trades
from planner.report.words import listed


def why_not(asked: WhyNot) -> tuple[str, ...]:
    """The answer in sentences; of what is impossible, the conflict follows that `asked_for` has."""
    what, best, other = listed(asked.asked), asked.best, asked.asked_for
    if asked.already:
        return (f"The cheapest valid trip does it already: {what}.",)
    if best.plan is None:
        known = "is no valid trip" if best.status == "infeasible" else "may be no valid trip (undecided)"
        return (f"There {known} even without that ({what}).",)
    price = show(best.plan.cost, best.scenario.currency)
    if other.plan is None:
        known = "Not possible" if other.status == "infeasible" else f"Not settled ({other.ending})"
        return (f"{known}: {what}. Without that, the cheapest valid trip costs {price}.",)
    dearer = f"{show(other.plan.cost, other.scenario.currency)}"
    if asked.extra is None:
        return (f"A valid trip with that ({what}) costs {dearer}; {other.ending} before the cheapest was proved.",)
    more = f"{show(asked.extra, other.scenario.currency)} more" if asked.extra else "no more, and ties go to the other"
    return (f"It would cost {more}: {dearer} with that ({what}), {price} without.",)


def traded(asked: WhyNot) -> tuple[str, ...]:
    """What the plan that does it trades, beside the price; none if there is no such plan, or the cheapest does it."""
    if asked.already or asked.best.plan is None or asked.asked_for.plan is None:
        return ()
    return trades(asked.asked_for.scenario, asked.best.plan, asked.asked_for.plan)[1:]
