"""«Before you go»: what to apply for and book, for whom, by when, and what each step waits for."""

from __future__ import annotations

from planner.answer import Answer, Plan, Step
from planner.report.words import Page, count, day, listed, passport_name, port_name
from planner.rules.base import Reminder
from planner.scenario.scenario import Scenario


def before_you_go(page: Page, answer: Answer, plan: Plan) -> None:
    """Add the preparation in the order of its dates, and what else to see to; nothing if there is neither."""
    if plan.preparation:
        _steps(page, answer, plan)
    if plan.reminders:
        page.heading("ALSO SEE TO")
        for reminder in sorted(plan.reminders, key=lambda item: item.from_on or item.by_on or answer.scenario.today):
            _reminder(page, answer.scenario, reminder)


def _steps(page: Page, answer: Answer, plan: Plan) -> None:
    page.heading("BEFORE YOU GO")
    page.add(f"Planned from {day(answer.scenario.today)}. Dates are calendar dates at the place of the office.")
    legs = plan.journey.legs
    for step in sorted(plan.preparation, key=lambda step: step.on):
        page.gap()
        _step(page, answer.scenario, step, on_the_way=bool(legs) and step.on >= legs[0].departs.date())


def _reminder(page: Page, scenario: Scenario, reminder: Reminder) -> None:
    who = f"{scenario.traveller_by_id[reminder.traveller].label}: " if len(scenario.travellers) > 1 else ""
    start = f"from {day(reminder.from_on)}" if reminder.from_on else ""
    end = f"by {day(reminder.by_on)}" if reminder.by_on else ""
    when = " ".join(filter(None, (start, end)))
    page.add(f"- {who}{reminder.text}{f': {when}' if when else ''}", 0, 2)
    if reminder.source:
        page.add(f"source: {reminder.source}", 4, 2)


def _step(page: Page, scenario: Scenario, step: Step, *, on_the_way: bool) -> None:
    traveller = scenario.traveller_by_id[step.traveller]
    verb = "apply for" if step.kind == "apply" else "book"
    who = f" for {traveller.label}" if len(scenario.travellers) > 1 else ""
    page.add(f"{day(step.on)}  {verb} {step.label}{who}{' (on the way)' if on_the_way else ''}", 0, 2)
    passport = passport_name(scenario, traveller, step.passport) if step.passport else ""
    if passport:
        page.add(f"{'in' if step.kind == 'apply' else 'registered with'} {passport}", 4, 2)
    page.add(f"at the latest on {day(step.latest)}{_slack(step)}", 4, 2)
    if step.apply_in:
        page.add(f"apply in person in {_places(scenario, step.apply_in)}", 4, 2)
    if step.waits_for:
        needed = listed(_paper(scenario, name) for name in step.waits_for)
        page.add(f"needs first: {needed}", 4, 2)
    if step.ready is not None:
        page.add(f"ready on {day(step.ready)}", 4, 2)
    if step.handed_over_in:
        page.add(f"to be fetched in {_places(scenario, step.handed_over_in)}", 4, 2)
    if step.passport_away and step.ready is not None:
        page.add(f"{passport} is away from {day(step.on)} until it comes back on {day(step.ready)}", 4, 2)
    if step.source:
        page.add(f"source: {step.source}", 4, 2)


def _slack(step: Step) -> str:
    spare = (step.latest - step.on).days
    return f" ({count(spare, 'day')} to spare)" if spare else " (no day to spare)"


def _places(scenario: Scenario, places: tuple[str, ...]) -> str:
    return listed((port_name(scenario, place) for place in places), "or")


def _paper(scenario: Scenario, name: str) -> str:
    item = scenario.acquirable_by_id.get(name)
    return item.label if item is not None else name
