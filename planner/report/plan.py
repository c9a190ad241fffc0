"""A plan as text: before you go, the trip leg by leg, what it costs, what it rests on."""

from __future__ import annotations

from planner.answer import Answer, Plan
from planner.report.told.basis import basis
from planner.report.told.cost import costs
from planner.report.told.preparation import ReminderTold, StepTold, preparation
from planner.report.told.proof import verdict
from planner.report.told.trip import Between, LegTold, trip
from planner.report.words import Page, day, moment
from planner.scenario.scenario import Scenario

_DESKS = {"check_in": "check-in: ", "checks": "", "exit": "exit:     ", "entry": "entry:    "}


def plan_text(page: Page, answer: Answer, plan: Plan) -> None:
    """Add a plan, but for the readings and what it rests on."""
    for sentence in verdict(answer, plan):
        page.add(sentence)
    _before_you_go(page, answer.scenario, plan)
    _leg_by_leg(page, plan)
    _costs(page, answer.scenario, plan)


def basis_text(page: Page, scenario: Scenario, plan: Plan) -> None:
    """Add what a plan rests on."""
    rests = basis(scenario, plan)
    page.heading("WHAT THIS RESTS ON")
    for sentence in rests.sentences:
        page.add(sentence)
    if rests.weak:
        page.add("Check these yourself before you pay; no source backs them:")
    for item in rests.weak:
        page.add(f"- {item.id} ({item.grade}){f': {item.source}' if item.source else ''}", 2, 2)


def _before_you_go(page: Page, scenario: Scenario, plan: Plan) -> None:
    """The preparation in the order of its dates, and what else to see to; nothing if there is neither."""
    several = len(scenario.travellers) > 1
    told = preparation(scenario, plan)
    if told.steps:
        page.heading("BEFORE YOU GO")
        page.add(f"Planned from {day(told.today)}. Dates are calendar dates at the place of the office.")
    for step in told.steps:
        page.gap()
        _step(page, step, several)
    if told.reminders:
        page.heading("ALSO SEE TO")
    for reminder in told.reminders:
        _reminder(page, reminder, several)


def _step(page: Page, step: StepTold, several: bool) -> None:
    who = f" for {step.who}" if several else ""
    page.add(f"{day(step.on)}  {step.what}{who}{' (on the way)' if step.on_the_way else ''}", 0, 2)
    for line in step.lines:
        page.add(f"source: {line.text}" if line.role == "source" else line.text, 4, 2)


def _reminder(page: Page, reminder: ReminderTold, several: bool) -> None:
    who = f"{reminder.who}: " if several else ""
    page.add(f"- {who}{reminder.text}{f': {reminder.when}' if reminder.when else ''}", 0, 2)
    if reminder.source:
        page.add(f"source: {reminder.source}", 4, 2)


def _leg_by_leg(page: Page, plan: Plan) -> None:
    """The legs in order, what is shown at check-in, exit and entry, and what happens between them."""
    told = trip(plan)
    page.heading("THE TRIP")
    if not told.legs:
        page.add("Nobody travels: staying at home meets every wish in the file.")
        return
    page.add("Times and dates are local.")
    _between(page, told.before)
    several = len(plan.journey.scenario.travellers) > 1
    for leg in told.legs:
        page.gap()
        _leg(page, leg)
        _desks(page, leg, several)
        _between(page, leg.after)
    if told.limited:
        page.gap()
        page.add("«Until» is the last lawful day of that stay, if everything before it goes as planned.")


def _leg(page: Page, leg: LegTold) -> None:
    operator = f", {leg.operator}" if leg.operator else ""
    page.add(f"{leg.number}. {leg.id} ({leg.mode}{operator})", 0, 3)
    page.add(f"leave  {moment(leg.departs)}  {leg.from_.full}", 3, 7)
    change = f" ({leg.shift:+d} {'day' if abs(leg.shift) == 1 else 'days'})" if leg.shift else ""
    page.add(f"arrive {moment(leg.arrives)}{change}  {leg.to.full}", 3, 7)


def _desks(page: Page, leg: LegTold, several: bool) -> None:
    before = ""
    for desk in leg.desks:
        if several and desk.traveller != before:
            page.add(f"{desk.who}:", 3, 2)
        before = desk.traveller
        between = f"border checks between {desk.place}: " if desk.desk == "checks" else ""
        page.add(f"{_DESKS[desk.desk]}{between}{desk.sentence}", 5 if several else 3, 10)


def _between(page: Page, happening: tuple[Between, ...]) -> None:
    for item in happening:
        page.add(f"-> {item.text}", 3, 3)


def _costs(page: Page, scenario: Scenario, plan: Plan) -> None:
    told = costs(scenario, plan)
    page.heading(f"COST ({told.currency}, for everyone)")
    for item in told.items:
        page.row(item.what, item.amount, 2)
    page.row("Total", told.total, 2)
