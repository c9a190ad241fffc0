"""What would help: changes, how disruptive they are, and the plan that they make possible."""

from __future__ import annotations

from planner.answer import Answer
from planner.core.money import show
from planner.report.words import Page, span


def repairs(page: Page, answer: Answer) -> None:
    """Add the repairs, if they were looked for."""
    if answer.repairs is None:
        return
    page.heading("WHAT WOULD HELP")
    if not answer.repairs:
        nothing = "Nothing that the travellers could change, as far as it is looked for, would make a trip possible."
        page.add(
            nothing
            if answer.repairs_complete
            else f"{answer.ending.capitalize()} before anything was found that would help."
        )
    for number, repair in enumerate(answer.repairs, 1):
        price = f"{'' if repair.proved else 'at most '}{show(repair.cost, answer.scenario.currency)}"
        what = "; and ".join(easing.text for easing in repair.easings)
        page.add(f"{number}. {what[:1].upper()}{what[1:]}: {price}.", 0, 3)
        if repair.plan.journey.legs:
            page.add(f"{span(repair.plan.journey.legs)} (disruption {repair.disruption})", 3, 2)
        else:
            page.add(f"then nothing is left to travel for (disruption {repair.disruption})", 3, 2)
