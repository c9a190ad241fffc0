"""A plan as text: before you go, the trip, what it costs, what it rests on."""

from __future__ import annotations

from planner.answer import Answer, Plan
from planner.report.page import Page
from planner.report.text_choices import choices_text
from planner.report.text_trip import trip_text
from planner.report.told.basis import basis
from planner.report.told.cost import costs
from planner.report.told.preparation import Due, preparation
from planner.report.told.proof import verdict
from planner.report.told.sources import sources
from planner.report.words import day, listed
from planner.scenario.scenario import Scenario


def plan_text(page: Page, answer: Answer, plan: Plan) -> None:
    """Add a plan, but for the readings, sources and how sure it is."""
    first, *more = verdict(answer, plan)
    page.add(first, look="good" if answer.status == "optimal" else "doubtful")
    for sentence in more:
        page.add(sentence)
    _before_you_go(page, answer.scenario, plan)
    trip_text(page, plan)
    _costs(page, answer.scenario, plan)
    choices_text(page, answer)
    _basis(page, answer.scenario, plan)


def sources_text(page: Page, scenario: Scenario, plan: Plan) -> None:
    """Add where what a plan relies on comes from."""
    told = sources(scenario, plan)
    if told:
        page.heading("SOURCES")
    for item in told:
        page.add(f"{item.about}: {item.source}", 0, 2, look="dim")


def _before_you_go(page: Page, scenario: Scenario, plan: Plan) -> None:
    """The preparation in the order of its dates, and what else to see to; nothing if there is neither."""
    told, several = preparation(scenario, plan), len(scenario.travellers) > 1
    if told.steps:
        page.heading("BEFORE YOU GO")
        page.add(f"Planned from {day(told.today)}. Dates are calendar dates at the place of the office.")
        page.gap()
    for due in told.timeline:
        _due(page, due, several)
    if told.besides:
        page.heading("ALSO SEE TO")
    for item in told.besides:
        who = f"{listed(item.who)}: " if several else ""
        page.add(f"- {who}{item.text}{f': {item.when}' if item.when else ''}", 0, 2)


def _due(page: Page, due: Due, several: bool) -> None:
    hang = len("Wed 12 Mar 2025  ") if page.roomy else 2
    who = f"{listed(due.who)}: " if several else ""
    date = day(due.on)
    page.add(f"{who}{due.text}", 0, hang, lead=f"{date:{hang}}" if page.roomy else f"{date}  ")
    for line in due.lines:
        if line.role != "source":
            page.add(line.text, hang, 2)


def _costs(page: Page, scenario: Scenario, plan: Plan) -> None:
    told = costs(scenario, plan)
    page.heading(f"COST ({told.currency}, for everyone)")
    for item in told.items:
        page.row(item.what, item.amount, 2)
    page.row("Total", told.total, 2, look="strong")


def _basis(page: Page, scenario: Scenario, plan: Plan) -> None:
    told = basis(scenario, plan)
    page.heading("WHAT THIS RESTS ON")
    for sentence in told.sentences:
        page.add(sentence)
    if told.weak:
        page.add("Check these yourself before you pay; no source backs them:", look="doubtful")
    for item in told.weak:
        page.add(f"- {item.id} ({item.grade}){f': {item.source}' if item.source else ''}", 2, 2)
