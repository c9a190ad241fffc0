"""The answer as text a traveller can act on: verdict first, 80 columns, plain when piped."""

from __future__ import annotations

from planner.answer import Answer, Plan
from planner.core.money import show
from planner.report.basis import basis, imported, readings
from planner.report.before import before_you_go
from planner.report.conflict import conflict
from planner.report.legs import leg_by_leg
from planner.report.words import Page, count, decimal, listed, span


def text(answer: Answer) -> str:
    """The whole answer. Amounts are in the scenario's currency, dates civil and times local."""
    page = Page()
    if answer.scenario.title:
        page.add(answer.scenario.title)
        page.gap()
    if answer.status == "undecided":
        _undecided(page, answer)
    elif answer.plan is not None:
        _plan(page, answer, answer.plan)
    elif answer.conflict is not None:
        conflict(page, answer, answer.conflict)
        imported(page, answer.scenario, {port.territory for port in answer.scenario.ports.values()})
        readings(page, answer)
    _proof(page, answer)
    return page.text()


def _undecided(page: Page, answer: Answer) -> None:
    page.add(f"Undecided: {answer.ending} with neither a valid trip nor a confirmed proof that there is none.")
    if answer.bound is not None:
        page.add(f"If there is one, it costs at least {show(answer.bound, answer.scenario.currency)}.")
    page.add("Give it more time, for example --time-limit 600.")
    readings(page, answer)


def _plan(page: Page, answer: Answer, plan: Plan) -> None:
    scenario = answer.scenario
    cost = show(plan.cost, scenario.currency)
    who = listed(traveller.label for traveller in scenario.travellers)
    if answer.status == "optimal":
        page.add(f"The cheapest valid trip for {who} costs {cost}.")
    else:
        page.add(f"A valid trip for {who} costs {cost}; whether it is the cheapest is not proved.")
        if answer.bound is not None:
            gap = plan.cost - answer.bound
            share = f" ({100 * gap / plan.cost:.1f} %)" if plan.cost else ""
            page.add(
                f"{answer.ending.capitalize()}: no valid trip costs less than {show(answer.bound, scenario.currency)}, so at most "
                f"{show(gap, scenario.currency)}{share} could still be saved."
            )
    if plan.journey.legs:
        page.add(f"{span(plan.journey.legs)}, {count(len(plan.journey.legs), 'leg')}")
    before_you_go(page, answer, plan)
    leg_by_leg(page, plan)
    _costs(page, scenario.currency, plan)
    readings(page, answer)
    basis(page, answer, plan)


def _costs(page: Page, currency: str, plan: Plan) -> None:
    page.heading(f"COST ({currency}, for everyone)")
    for line in plan.costs:
        page.row(line.what, decimal(line.amount, currency), 2)
    page.row("Total", decimal(plan.cost, currency), 2)


def _proof(page: Page, answer: Answer) -> None:
    if answer.notes:
        page.heading("HOW SURE THIS IS")
        for note in answer.notes:
            page.add(f"{note[:1].upper()}{note[1:].rstrip('.')}.", 0, 2)
