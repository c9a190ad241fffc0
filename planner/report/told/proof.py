"""The verdict, and how sure it is."""

from __future__ import annotations

from planner.answer import Answer, Plan
from planner.core.money import show
from planner.report.words import count, listed, span


def verdict(answer: Answer, plan: Plan) -> tuple[str, ...]:
    """What a plan is: cheapest or how far from it, for whom, at what price; then the way and its dates."""
    cost = show(plan.cost, answer.scenario.currency)
    who = listed(traveller.label for traveller in answer.scenario.travellers)
    way = (f"{span(plan.journey.legs)}, {count(len(plan.journey.legs), 'leg')}",) if plan.journey.legs else ()
    if answer.status == "optimal":
        return (f"The cheapest valid trip for {who} costs {cost}.", *way)
    valid = f"A valid trip for {who} costs {cost}; whether it is the cheapest is not proved."
    return (valid, *_gap(answer, plan), *way)


def _gap(answer: Answer, plan: Plan) -> tuple[str, ...]:
    if answer.bound is None:
        return ()
    currency, gap = answer.scenario.currency, plan.cost - answer.bound
    share = f" ({100 * gap / plan.cost:.1f} %)" if plan.cost else ""
    return (
        f"{answer.ending.capitalize()}: no valid trip costs less than {show(answer.bound, currency)}, so at most "
        f"{show(gap, currency)}{share} could still be saved.",
    )


def undecided(answer: Answer) -> tuple[str, ...]:
    """That nothing is known yet, and what to do."""
    least, advice = "", "Give it more time, for example --time-limit 600."
    if answer.trouble:
        advice = "Give it more memory, or ask for less at once."
    if answer.interrupted:
        advice = "Let it run to its end."
    if answer.bound is not None:
        least = f"If there is one, it costs at least {show(answer.bound, answer.scenario.currency)}."
    return (
        f"Undecided: {answer.ending} with neither a valid trip nor a confirmed proof that there is none.",
        *filter(None, (least,)),
        advice,
    )


def proof(answer: Answer) -> tuple[str, ...]:
    """How the answer was reached and checked, in sentences."""
    return tuple(f"{note[:1].upper()}{note[1:].rstrip('.')}." for note in answer.notes)
