"""Before the trip: what to apply for and book, for whom, by when, what each step waits for; what else to see to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal

from attrs import frozen

from planner.answer import Plan, Step
from planner.report.words import count, day, listed, passport_name, place_name
from planner.rules.base import Reminder
from planner.scenario.scenario import Scenario

Role = Literal["passport", "latest", "apply_in", "waits_for", "ready", "fetched_in", "away", "source"]


@frozen(kw_only=True)
class StepLine:
    """One thing about a step; a form may place or mark it by its role. The text of a source is the source alone."""

    role: Role
    text: str


@frozen(kw_only=True)
class StepTold:
    """An application or a booking. `on` is the date in the plan, `latest` the last with which the plan still holds.

    `what` says what to do («apply for Chinese visa»), `label` what to get, `who` is the traveller's name. `away` are
    the dates on which the passport leaves the traveller's hands and comes back, None if it stays there.
    """

    kind: Literal["apply", "book"]
    id: str
    traveller: str
    who: str
    what: str
    label: str
    passport: str
    on: date
    latest: date
    ready: date | None
    away: tuple[date, date] | None
    on_the_way: bool  # after the first departure
    lines: tuple[StepLine, ...]


@frozen(kw_only=True)
class ReminderTold:
    """Something to see to that no plan can break. `when` is «from … by …», perhaps empty."""

    traveller: str
    who: str
    text: str
    from_on: date | None
    by_on: date | None
    when: str
    source: str


@frozen(kw_only=True)
class Due:
    """One date of the preparation: something to do, or something that is ready then. `who` are those concerned.

    `lines` say more of what is to be done; of what is ready, there are none.
    """

    on: date
    text: str
    who: tuple[str, ...]
    lines: tuple[StepLine, ...] = ()


@frozen(kw_only=True)
class Besides:
    """Reminders alike but for dates and travellers: `when` has all dates."""

    text: str
    who: tuple[str, ...]
    when: str


@frozen(kw_only=True)
class Preparation:
    """Steps and reminders in the order of their dates. `today` is the date from which the trip is planned."""

    today: date
    steps: tuple[StepTold, ...]
    reminders: tuple[ReminderTold, ...]

    @property
    def timeline(self) -> tuple[Due, ...]:
        """What to do and what comes of it, date by date; the same for several travellers together."""
        found: dict[tuple[date, str, tuple[StepLine, ...]], list[str]] = {}
        for step in self.steps:
            for due in _dues(step):
                found.setdefault((due.on, due.text, due.lines), []).extend(due.who)
        dues = (Due(on=on, text=text, who=tuple(who), lines=lines) for (on, text, lines), who in found.items())
        return tuple(sorted(dues, key=lambda due: due.on))

    @property
    def besides(self) -> tuple[Besides, ...]:
        """The reminders, each text once with all its dates; the same for several travellers together."""
        whens: dict[tuple[str, str], list[str]] = {}
        for item in self.reminders:
            whens.setdefault((item.text, item.who), []).append(item.when)
        whose: dict[tuple[str, str], list[str]] = {}
        for (text, who), dates in whens.items():
            whose.setdefault((text, "; ".join(filter(None, dates))), []).append(who)
        return tuple(Besides(text=text, who=tuple(who), when=when) for (text, when), who in whose.items())


def preparation(scenario: Scenario, plan: Plan) -> Preparation:
    """What is to be done before and besides travelling. Dates are civil dates at the place of the office."""
    legs = plan.journey.legs
    start = legs[0].departs.date() if legs else date.max
    steps = sorted(plan.preparation, key=lambda step: step.on)
    reminders = sorted(plan.reminders, key=lambda item: item.from_on or item.by_on or scenario.today)
    return Preparation(
        today=scenario.today,
        steps=tuple(_step(scenario, step, step.on >= start) for step in steps),
        reminders=tuple(_reminder(scenario, reminder) for reminder in reminders),
    )


def _step(scenario: Scenario, step: Step, on_the_way: bool) -> StepTold:
    return StepTold(
        kind=step.kind,
        id=step.id,
        traveller=step.traveller,
        who=scenario.traveller_by_id[step.traveller].label,
        what=f"{'apply for' if step.kind == 'apply' else 'book'} {step.label}",
        label=step.label,
        passport=step.passport,
        on=step.on,
        latest=step.latest,
        ready=step.ready,
        away=(step.on, step.ready) if step.passport_away and step.ready is not None else None,
        on_the_way=on_the_way,
        lines=tuple(_lines(scenario, step)),
    )


def _dues(step: StepTold) -> Iterator[Due]:
    """The date of a step, and the later one on which what was applied for is ready."""
    told = {line.role: line.text for line in step.lines}
    later = step.ready is not None and step.ready > step.on
    text = f"{step.what}{' (on the way)' if step.on_the_way else ''}"
    if "passport" in told:
        text += f", {told['passport']}"
    roles = ("latest", "apply_in", "waits_for", "away", *(() if later else ("ready", "fetched_in")), "source")
    lines = tuple(line for role in roles for line in step.lines if line.role == role)
    yield Due(on=step.on, text=text, who=(step.who,), lines=lines)
    if later and step.ready is not None:
        fetched = f", {told['fetched_in']}" if "fetched_in" in told else ""
        back = f"; passport {step.passport} is back" if step.away else ""
        yield Due(on=step.ready, text=f"ready: {step.label}{fetched}{back}", who=(step.who,))


def _lines(scenario: Scenario, step: Step) -> Iterator[StepLine]:
    traveller = scenario.traveller_by_id[step.traveller]
    passport = passport_name(scenario, traveller, step.passport) if step.passport else ""
    if passport:
        yield StepLine(role="passport", text=f"{'in' if step.kind == 'apply' else 'registered with'} {passport}")
    yield StepLine(role="latest", text=f"at the latest on {day(step.latest)}{_slack(step)}")
    if step.apply_in:
        yield StepLine(role="apply_in", text=f"apply in person in {_places(scenario, step.apply_in)}")
    if step.waits_for:
        needed = listed(_paper(scenario, name) for name in step.waits_for)
        yield StepLine(role="waits_for", text=f"needs first: {needed}")
    if step.ready is not None:
        yield StepLine(role="ready", text=f"ready on {day(step.ready)}")
    if step.handed_over_in:
        yield StepLine(role="fetched_in", text=f"to be fetched in {_places(scenario, step.handed_over_in)}")
    if step.passport_away and step.ready is not None:
        yield StepLine(role="away", text=f"{passport} is away until {day(step.ready)}")
    if step.source:
        yield StepLine(role="source", text=step.source)


def _slack(step: Step) -> str:
    spare = (step.latest - step.on).days
    return f" ({count(spare, 'day')} to spare)" if spare else " (no day to spare)"


def _places(scenario: Scenario, places: tuple[str, ...]) -> str:
    return listed((place_name(scenario, place) for place in places), "or")


def _paper(scenario: Scenario, name: str) -> str:
    item = scenario.acquirable_by_id.get(name)
    return item.label if item is not None else name


def _reminder(scenario: Scenario, reminder: Reminder) -> ReminderTold:
    start = f"from {day(reminder.from_on)}" if reminder.from_on else ""
    end = f"by {day(reminder.by_on)}" if reminder.by_on else ""
    return ReminderTold(
        traveller=reminder.traveller,
        who=scenario.traveller_by_id[reminder.traveller].label,
        text=reminder.text,
        from_on=reminder.from_on,
        by_on=reminder.by_on,
        when=" ".join(filter(None, (start, end))),
        source=reminder.source,
    )
