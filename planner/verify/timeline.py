"""What to do when: each application and booking of a plan with the latest date on which it could be done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TypeAlias

from attrs import evolve

from planner.answer import Step
from planner.core.time import is_business_day
from planner.itinerary.choices import Application, Booking, Itinerary
from planner.itinerary.ready import ready_date
from planner.itinerary.replay import Unreal, replay
from planner.rules.base import Rule, rules_of
from planner.rules.obtained import booking_days
from planner.scenario.documents import Acquirable
from planner.scenario.scenario import Scenario
from planner.scenario.trip import Event
from planner.verify.checker import costed

Task: TypeAlias = Application | Booking


def preparation(scenario: Scenario, itinerary: Itinerary, rules: Sequence[Rule] | None = None) -> tuple[Step, ...]:
    """The steps of a valid itinerary with their latest dates, in the order of these.

    Steps that wait for others are moved first, each to the last date up to which the itinerary stays valid, day by
    day, with all those moved before: what would hold again after a gap does not count. Events booked already are no
    step. Raises Unreal if the itinerary is structurally impossible; if it breaks facts, every latest date is the date
    it has.
    """
    replay(scenario, itinerary)
    rules = list(rules_of(scenario) if rules is None else rules)
    plan = _Plan(scenario, itinerary)
    order = _last_first(scenario, plan.tasks)
    moved = _holds(scenario, itinerary, rules)
    while moved:  # moving one step can make room for another that was moved before it
        moved = False
        for index in order:
            for day in _candidates(scenario, plan, index):
                if not _holds(scenario, plan.with_date(index, day), rules):
                    break
                plan.dates[index] = day
                moved = True
    rank = {index: place for place, index in enumerate(reversed(order))}
    by_latest = sorted(order, key=lambda index: (plan.dates[index], rank[index]))
    steps = [_step(scenario, plan, index) for index in by_latest]
    tours = _tours(scenario, itinerary, plan.now())
    return tuple(sorted((*steps, *tours), key=lambda step: step.latest)) if tours else tuple(steps)


class _Plan:
    """An itinerary whose steps can be moved: `dates[i]` is the present date of `tasks[i]`."""

    def __init__(self, scenario: Scenario, itinerary: Itinerary) -> None:
        booked = {event.id for event in scenario.trip.events if event.booked_on is not None}
        self.itinerary = itinerary
        self.done = tuple(b for b in itinerary.bookings if b.event in booked)
        self.tasks: tuple[Task, ...] = (
            *itinerary.applications,
            *(b for b in itinerary.bookings if b.event not in booked),
        )
        self.dates = [task.on for task in self.tasks]

    def now(self) -> Itinerary:
        """The itinerary with all dates as they are now."""
        return self._on(self.dates)

    def with_date(self, index: int, day: date) -> Itinerary:
        """The itinerary with all dates as they are now but one."""
        return self._on([day if place == index else on for place, on in enumerate(self.dates)])

    def _on(self, dates: Sequence[date]) -> Itinerary:
        tasks = [evolve(task, on=on) for task, on in zip(self.tasks, dates, strict=True)]
        return evolve(
            self.itinerary,
            applications=tuple(task for task in tasks if isinstance(task, Application)),
            bookings=(*self.done, *(task for task in tasks if isinstance(task, Booking))),
        )


def _holds(scenario: Scenario, itinerary: Itinerary, rules: list[Rule]) -> bool:
    """Whether the itinerary is valid. The rule that says no comes first next time: mostly it says no again."""
    try:
        journey, _ = costed(scenario, itinerary)
    except Unreal:
        return False
    for place, rule in enumerate(rules):
        if next(iter(rule.check(journey)), None) is not None:
            rules.insert(0, rules.pop(place))
            return False
    return True


def _candidates(scenario: Scenario, plan: _Plan, index: int) -> Iterator[date]:
    """Dates later than the present one to which a step might be moved, in order; days without office are left out."""
    task, present = plan.tasks[index], plan.dates[index]
    if isinstance(task, Booking):
        yield from _days(present, _event(scenario, task).first_day)
        return
    item = scenario.acquirable_by_id[task.acquirable]
    # Nothing is shown after the last departure, so a later paper would serve for nothing.
    departures = [scenario.leg_by_id[leg].departs.date() for leg in plan.itinerary.legs]
    latest = max(departures, default=scenario.last_departure)
    if item.apply_on:
        yield from sorted(day for day in item.apply_on if present < day <= latest)
        return
    holidays = scenario.holidays.get(item.lead.calendar, frozenset())
    for day in _days(present, latest):
        if not item.lead.business_days or is_business_day(day, holidays):
            yield day


def _days(after: date, last: date) -> Iterator[date]:
    while after < last:
        after += timedelta(days=1)
        yield after


def _tours(scenario: Scenario, itinerary: Itinerary, latest: Itinerary) -> list[Step]:
    """Booking the tours bought, for each traveller: from the first date on which everything for it is in hand.

    The last such date is that of the itinerary with all other steps at their latest.
    """
    journey, moved = replay(scenario, itinerary), replay(scenario, latest)
    steps = []
    for tour in (tour for tour in scenario.tours if tour.id in itinerary.fares):
        last = tour.book_by or scenario.leg_by_id[tour.legs[0]].departs.date()
        for traveller in scenario.travellers:
            stays = journey.stays[traveller.id]
            passport = next((stay.passport for stay in stays if stay.entry and stay.entry.leg.id in tour.legs), "")
            papers = [*map(str, tour.needs), *([passport] if tour.book_by and passport else [])]
            days, late = (booking_days(trip, traveller, papers, last) for trip in (journey, moved))
            given = {
                name
                for application in journey.applications(traveller.id)
                for name in _gives(scenario.acquirable_by_id[application.acquirable])
            }
            if days and late:
                steps.append(
                    Step(
                        kind="book",
                        traveller=traveller.id,
                        id=tour.id,
                        label=tour.label,
                        passport=passport,
                        on=days[0],
                        latest=late[-1],
                        ready=None,
                        waits_for=tuple(paper for paper in papers if paper in given),
                    )
                )
    return steps


# ---- what waits for what


def _last_first(scenario: Scenario, tasks: Sequence[Task]) -> list[int]:
    """Numbers of the steps: each comes before all those it waits for."""
    order: list[int] = []
    seen: set[int] = set()

    def visit(index: int) -> None:
        if index not in seen:
            seen.add(index)
            for other, waiting in enumerate(tasks):
                if other != index and _waits(scenario, waiting, tasks[index]):
                    visit(other)
            order.append(index)

    for index in reversed(range(len(tasks))):
        visit(index)
    return order


def _waits(scenario: Scenario, task: Task, other: Task) -> bool:
    """Whether a step needs the paper that another step gives."""
    if not isinstance(other, Application) or other.traveller != task.traveller:
        return False
    item = scenario.acquirable_by_id[other.acquirable]
    if item.passport is not None and item.passport.id == task.passport:
        return True
    return any(need in _gives(item) for need in _needs(scenario, task))


def _needs(scenario: Scenario, task: Task) -> tuple[str, ...]:
    if isinstance(task, Application):
        return scenario.acquirable_by_id[task.acquirable].needs
    return _event(scenario, task).needs


def _gives(item: Acquirable) -> set[str]:
    """The names by which others need what an acquirable gives."""
    names = {item.id}
    if item.passport is not None:
        names.add(item.passport.id)
    if item.certificate is not None:
        names.add(item.certificate.kind)
    return names


def _event(scenario: Scenario, booking: Booking) -> Event:
    return next(event for event in scenario.trip.events if event.id == booking.event)


# ---- for people


def _step(scenario: Scenario, plan: _Plan, index: int) -> Step:
    task, latest = plan.tasks[index], plan.dates[index]
    before = [other for other in plan.tasks if other is not task and _waits(scenario, task, other)]
    waits_for = {other.acquirable for other in before if isinstance(other, Application)}
    given = {
        name
        for other in before
        if isinstance(other, Application)
        for name in _gives(scenario.acquirable_by_id[other.acquirable])
    }
    held = [need for need in _needs(scenario, task) if need not in given]
    if isinstance(task, Booking):
        event = _event(scenario, task)
        return Step(
            kind="book",
            traveller=task.traveller,
            id=event.id,
            label=event.label,
            passport=task.passport,
            on=task.on,
            latest=latest,
            ready=None,
            waits_for=(*sorted(waits_for), *held),
        )
    item = scenario.acquirable_by_id[task.acquirable]
    return Step(
        kind="apply",
        traveller=task.traveller,
        id=item.id,
        label=item.label,
        passport=task.passport,
        on=task.on,
        latest=latest,
        ready=ready_date(scenario, task),
        apply_in=item.apply_in,
        handed_over_in=item.handed_over_in,
        waits_for=(*sorted(waits_for), *held),
        passport_away=item.keeps_passport,
        source=item.source,
    )
