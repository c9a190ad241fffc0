"""The answer as text a traveller can act on: verdict first, 80 columns, plain when piped."""

from __future__ import annotations

from planner.answer import Answer
from planner.report.conflict import conflict_text
from planner.report.plan import basis_text, plan_text
from planner.report.told.basis import imported, readings
from planner.report.told.proof import proof, undecided
from planner.report.words import Page


def text(answer: Answer) -> str:
    """The whole answer. Amounts are in the scenario's currency, dates civil and times local."""
    page = Page()
    if answer.scenario.title:
        page.add(answer.scenario.title)
        page.gap()
    if answer.status == "undecided":
        for sentence in undecided(answer):
            page.add(sentence)
        _readings(page, answer)
    elif answer.plan is not None:
        plan_text(page, answer, answer.plan)
        _readings(page, answer)
        basis_text(page, answer.scenario, answer.plan)
    elif answer.conflict is not None:
        conflict_text(page, answer, answer.conflict)
        for sentence in imported(answer.scenario, {port.territory for port in answer.scenario.ports.values()}):
            page.add(sentence)
        _readings(page, answer)
    _proof(page, answer)
    return page.text()


def _readings(page: Page, answer: Answer) -> None:
    """The readings used, if the law in force has any."""
    used = readings(answer)
    if used:
        page.heading("READINGS USED")
    for reading in used:
        page.add(f"{reading.id} = {reading.answer} ({reading.chosen}): {reading.question}", 0, 2)


def _proof(page: Page, answer: Answer) -> None:
    notes = proof(answer)
    if notes:
        page.heading("HOW SURE THIS IS")
    for note in notes:
        page.add(note, 0, 2)
