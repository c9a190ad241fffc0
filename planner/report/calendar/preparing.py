"""What to prepare in a calendar: planned dates and last dates of applications and bookings, and what else to see to.

All of them are events of whole days with alarms, not to-dos: Google's and Microsoft's calendars leave to-dos out, and
Apple's hands them to another program. Some leave alarms out too, so the title says what it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from planner.answer import Plan
from planner.core.plain import plain
from planner.report.addresses import addresses, without_addresses
from planner.report.calendar.alarms import alarm_on, alarms_before
from planner.report.calendar.happening import Happening, title
from planner.report.told.preparation import ReminderTold, StepTold, preparation
from planner.report.words import day
from planner.scenario.scenario import Scenario
from planner.scenario.travel import Leg

_DAY = timedelta(days=1)


def preparing(scenario: Scenario, plan: Plan) -> Iterator[Happening]:
    """One event on each planned date and on each last date, one event if they are the same; then the reminders."""
    told, several, legs = preparation(scenario, plan), len(scenario.travellers) > 1, plan.journey.legs
    for step in told.steps:
        who = f" for {step.who}" if several else ""
        if step.on < step.latest:
            yield _planned(step, who)
        yield _latest(step, who, alarms_before(step.latest, told.today, legs))
    for reminder in told.reminders:
        yield from _reminder(reminder, f"{reminder.who}: " if several else "", told.today, legs)


def _planned(step: StepTold, who: str) -> Happening:
    return Happening(
        key=("planned", step.traveller, step.kind, step.id),
        summary=title(f"{step.what}{who}"),
        lines=tuple(_lines(step)),
        begins=step.on,
        ends=step.on + _DAY,
        alarms=(alarm_on(step.on),),
    )


def _latest(step: StepTold, who: str, alarms: tuple[datetime, ...]) -> Happening:
    return Happening(
        key=("latest", step.traveller, step.kind, step.id),
        summary=f"Last day to {step.what}{who}",
        lines=(f"planned for {day(step.on)}", *_lines(step)),
        begins=step.latest,
        ends=step.latest + _DAY,
        alarms=alarms,
    )


def _lines(step: StepTold) -> Iterator[str]:
    for line in step.lines:
        yield f"source: {line.text}" if line.role == "source" else line.text


def _reminder(reminder: ReminderTold, who: str, today: date, legs: tuple[Leg, ...]) -> Iterator[Happening]:
    """On the first day and on the last one, as far as there are any; one event if they are the same."""
    first, last = reminder.from_on, reminder.by_on
    if first is not None and first != last:
        yield _on(reminder, "from", first, who, (alarm_on(first),) if first >= today else ())
    if last is not None:
        yield _on(reminder, "by", last, who, alarms_before(last, max(today, first or today), legs))


def _on(reminder: ReminderTold, end: str, on: date, who: str, alarms: tuple[datetime, ...]) -> Happening:
    """One end of the dates of a reminder. Titles have no addresses: nobody can follow one there."""
    text = plain(reminder.text)
    source = (f"source: {reminder.source}",) if reminder.source else ()
    found = [address for _, address in addresses(text) if address.isascii()]
    return Happening(
        key=("reminder" if end == "by" else "reminder from", reminder.traveller, reminder.text),
        summary=title(f"{who}{without_addresses(text)}: {end} {day(on)}"),
        lines=(title(f"{text}: {reminder.when}"), *source),
        begins=on,
        ends=on + _DAY,
        alarms=alarms,
        url=found[0] if found else "",
    )
