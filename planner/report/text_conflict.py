"""No valid trip, as text: the argument, what remains without each statement, what would help, sources."""

from __future__ import annotations

from planner.answer import Answer, Conflict
from planner.report.page import Page
from planner.report.told.argument import Argument
from planner.report.told.basis import imported
from planner.report.told.conflict import NO_WAY, ONLY_THESE_LEGS, ConflictTold, conflict, others
from planner.report.told.repairs import repairs
from planner.report.words import count


def conflict_text(page: Page, answer: Answer, found: Conflict) -> None:
    """Add a proved conflict and everything that is told with it."""
    told = conflict(answer.scenario, found)
    if told.argument is None:
        page.add(NO_WAY, look="bad")
        _structural(page, told)
        return
    argument_text(page, told.argument)
    _structural(page, told)
    page.gap()
    for remaining in told.remaining:
        page.add(remaining.sentence, 0, 2)
    page.add(ONLY_THESE_LEGS)
    for sentence in imported(answer.scenario, {port.territory for port in answer.scenario.ports.values()}):
        page.add(sentence)
    _repairs(page, answer)
    _closed(page, told)
    _sources(page, told)
    _others(page, answer)


def argument_text(page: Page, told: Argument) -> None:
    """Add the verdict and the sentences of an argument."""
    page.add(told.verdict, look="bad")
    law = False  # whether what could not be changed has begun
    for number, statement in enumerate(told.statements):
        if number and not statement.changeable and not law:
            page.add("What could not be changed:")
        law = not statement.changeable
        page.add(f"{statement.number}. {statement.text}{f' ({statement.where})' if statement.where else ''}.", 0, 3)


def _structural(page: Page, told: ConflictTold) -> None:
    if told.structural:
        page.gap()
        page.add(f"What the file lacks ({count(len(told.structural), 'point')}):")
        for sentence in told.structural:
            page.add(f"- {sentence}", 2, 2)
        if told.argument is None:
            page.add("Only the legs listed in the file exist for this answer.")


def _repairs(page: Page, answer: Answer) -> None:
    """The repairs, if they were looked for."""
    told = repairs(answer)
    if told is None:
        return
    page.heading("WHAT WOULD HELP")
    if told.none:
        page.add(told.none)
    for repair in told.repairs:
        page.add(f"{repair.number}. {repair.sentence}: {repair.price}.", 0, 3)
        page.add(f"{repair.outcome} (disruption {repair.disruption})", 3, 2)


def _closed(page: Page, told: ConflictTold) -> None:
    if told.closed:
        page.heading("WHAT EACH RULES OUT BY ITSELF")
    for closed in told.closed:
        page.add(closed.sentence, 0, 2)


def _sources(page: Page, told: ConflictTold) -> None:
    if told.sourced:
        page.gap()
        page.add("Sources:")
        for statement in told.sourced:
            page.add(f"{statement.number}. {statement.source}", 0, 3, look="dim")


def _others(page: Page, answer: Answer) -> None:
    """Further conflicts, if they were asked for."""
    told = others(answer)
    for number, other in enumerate(told.conflicts, 2):
        page.heading(f"CONFLICT {number}")
        assert other.argument is not None
        argument_text(page, other.argument)
        _sources(page, other)
    if told.complete:
        page.gap()
        page.add(told.complete)
