"""What to prepare in a calendar: planned dates and last dates of applications and bookings, and what else to see to.

All of them are events of whole days with alarms, not to-dos: Google's and Microsoft's calendars leave to-dos out, and
Apple's hands them to another program. Some leave alarms out too, so the title says what it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from planner.answer import Plan
from planner.report.calendar.happening import Happening, title
from planner.report.told.preparation import ReminderTold, StepTold, preparation
from planner.report.words import day
from planner.scenario.scenario import Scenario

_DAY = timedelta(days=1)
_AHEAD = (7, 1, 0)  # days before a last date on which its alarms go off


def preparing(scenario: Scenario, plan: Plan) -> Iterator[Happening]:
    """One event on each planned date and on each last date, one event if they are the same; then the reminders."""
    told, several = preparation(scenario, plan), len(scenario.travellers) > 1
    for step in told.steps:
        who = f" for {step.who}" if several else ""
        if step.on < step.latest:
            yield _planned(step, who)
        yield _latest(step, who, told.today)
    for reminder in told.reminders:
        if reminder.from_on is not None or reminder.by_on is not None:
            yield _reminder(reminder, f"{reminder.who}: " if several else "", told.today)


def _planned(step: StepTold, who: str) -> Happening:
    return Happening(
        key=("planned", step.traveller, step.kind, step.id),
        summary=title(f"{step.what}{who}"),
        lines=tuple(_lines(step)),
        begins=step.on,
        ends=step.on + _DAY,
        alarms=(0,),
    )


def _latest(step: StepTold, who: str, today: date) -> Happening:
    return Happening(
        key=("latest", step.traveller, step.kind, step.id),
        summary=f"Last day to {step.what}{who}",
        lines=(f"planned for {day(step.on)}", *_lines(step)),
        begins=step.latest,
        ends=step.latest + _DAY,
        alarms=_alarms(step.latest, today),
    )


def _lines(step: StepTold) -> Iterator[str]:
    for line in step.lines:
        yield f"source: {line.text}" if line.role == "source" else line.text


def _reminder(reminder: ReminderTold, who: str, today: date) -> Happening:
    """On the last date, or on the first where there is no last one."""
    on = reminder.by_on or reminder.from_on
    assert on is not None
    return Happening(
        key=("reminder", reminder.traveller, reminder.text),
        summary=title(f"{who}{reminder.text}: {reminder.when}"),
        lines=(f"source: {reminder.source}",) if reminder.source else (),
        begins=on,
        ends=on + _DAY,
        alarms=_alarms(on, max(today, reminder.from_on or today)),
    )


def _alarms(on: date, earliest: date) -> tuple[int, ...]:
    """Those that do not go off before a date, but always one on the day itself."""
    return tuple(days for days in _AHEAD if not days or on - days * _DAY >= earliest)
