"""Alternatives and the front, as text."""

from __future__ import annotations

from planner.answer import Answer
from planner.report.page import Page
from planner.report.told.choices import Choices, alternatives, front


def choices_text(page: Page, answer: Answer) -> None:
    """Add what could be chosen instead, as far as it was asked for."""
    _section(page, "ALTERNATIVES", alternatives(answer))
    _section(page, "COST AGAINST TIME", front(answer))


def _section(page: Page, title: str, told: Choices | None) -> None:
    if told is None:
        return
    page.heading(title)
    page.add(told.complete)
    for choice in told.choices:
        page.add(f", {choice.takes} from door to door", 0, 3, lead=f"{choice.number}. {choice.price}")
        page.add(choice.outcome, 3, 2)
        for trade in choice.trades:
            page.add(f"- {trade}", 3, 2)
