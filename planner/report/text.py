"""The answer as text a traveller can act on: verdict first, 80 columns, plain when piped."""

from __future__ import annotations

from planner.answer import Answer
from planner.report.page import WIDTH, Page
from planner.report.text_conflict import conflict_text
from planner.report.text_plan import plan_text, sources_text
from planner.report.told.basis import STRICT_UNLESS_CHOSEN, beside, readings
from planner.report.told.proof import proof, undecided


def text(answer: Answer) -> str:
    """The whole answer. Amounts are in the scenario's currency, dates civil and times local."""
    return page_of(answer, WIDTH).text()


def page_of(answer: Answer, width: int) -> Page:
    """The same as lines of at most `width` columns."""
    page = Page(width)
    if answer.scenario.title:
        page.add(answer.scenario.title, look="strong")
        page.gap()
    if answer.plan is not None:
        plan_text(page, answer, answer.plan)
    elif answer.conflict is not None:
        conflict_text(page, answer, answer.conflict)
    else:
        verdict, *more = undecided(answer)
        page.add(verdict, look="doubtful")
        for sentence in more:
            page.add(sentence)
    _readings(page, answer)
    if answer.plan is not None:
        sources_text(page, answer.scenario, answer.plan)
    _proof(page, answer)
    return page


def _readings(page: Page, answer: Answer) -> None:
    """The readings of the law that matter, each with its question; the others by name."""
    told = readings(answer)
    if not told:
        return
    page.heading("READINGS USED")
    page.add(STRICT_UNLESS_CHOSEN)
    for reading in told:
        if reading.matters:
            chosen = f" ({reading.chosen})" if reading.declared else ""
            page.add(f": {reading.question}", 0, 2, lead=f"- {reading.id} = {reading.answer}{chosen}")
    if beside(told):
        page.add(beside(told), look="dim")


def _proof(page: Page, answer: Answer) -> None:
    notes = proof(answer)
    if notes:
        page.heading("HOW SURE THIS IS")
    for note in notes:
        page.add(note, 0, 2)
