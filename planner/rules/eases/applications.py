"""Applications that take less time, or are taken on other dates; tours that are booked later."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from attrs import evolve

from planner.core.time import written
from planner.itinerary.journey import Journey
from planner.rules.eases.grids import STEPS, later, up_to
from planner.rules.easing import Easing
from planner.scenario.changing import Change
from planner.scenario.documents import Acquirable
from planner.scenario.scenario import Scenario
from planner.scenario.travel import Tour


def faster(item: Acquirable, fact: str) -> Iterator[Easing]:
    """Less lead time, by calendar and business days at once."""
    days, working = item.lead.days, item.lead.business_days
    for less in (step for step in STEPS if step <= max(days, working)):
        now = {"days": max(0, days - less), "business_days": max(0, working - less)}
        old = {"days": days, "business_days": working}
        changed = {key: count for key, count in now.items() if count < old[key]}
        parts = [f"{count} instead of {old[key]} {key.replace('_', ' ')}" for key, count in changed.items()]
        yield Easing(
            fact=fact,
            changes=tuple(
                Change(path=("acquirables", item.id, "lead", key), old=old[key], new=count)
                for key, count in changed.items()
            ),
            text=f"{item.label} in {' and '.join(parts)}",
            sort="application",
            amount=less,
        )


def at_other_times(scenario: Scenario, item: Acquirable, fact: str) -> Iterator[Easing]:
    """Applications on other dates than the appointments, or before or after the office takes them."""
    if item.apply_on:
        change = Change(path=("acquirables", item.id, "apply_on"), old=item.apply_on)
        text = f"apply for {item.label} on other dates than {_listed(item.apply_on)}"
        yield Easing(fact=fact, changes=(change, *_opened(item)), text=text, sort="application")
        return
    today, end = scenario.today, scenario.last_departure
    begins, ends = item.apply_from, item.apply_by
    reach = max((begins - today).days if begins else 0, (end - ends).days if ends else 0)
    for days in up_to(reach):
        step = timedelta(days=days)
        moved = {
            "apply_from": max(begins - step, today) if begins and begins > today else None,
            "apply_by": min(ends + step, end) if ends and ends < end else None,
        }
        yield _moved(item, fact, {key: new for key, new in moved.items() if new is not None}, days)


def _opened(item: Acquirable) -> Iterator[Change]:
    """The first and the last date of applications, taken away."""
    for key in ("apply_from", "apply_by"):
        if getattr(item, key) is not None:
            yield Change(path=("acquirables", item.id, key), old=getattr(item, key))


def _moved(item: Acquirable, fact: str, moved: Mapping[str, date], amount: int) -> Easing:
    words = {"apply_from": "from {} on instead of {}", "apply_by": "until {} instead of {}"}
    parts = [words[key].format(written(new), written(getattr(item, key))) for key, new in moved.items()]
    return Easing(
        fact=fact,
        changes=tuple(_changes(item, moved)),
        text=f"apply for {item.label} {' and '.join(parts)}",
        sort="application",
        amount=amount,
    )


def _changes(item: Acquirable, moved: Mapping[str, date]) -> Iterator[Change]:
    for key, new in moved.items():
        yield Change(path=("acquirables", item.id, key), old=getattr(item, key), new=new)


def as_applied(easing: Easing, item: Acquirable, journey: Journey) -> Easing:
    """An easing of the dates of applications cut down to those of a journey."""
    days = {found.on for found in journey.itinerary.applications if found.acquirable == item.id}
    if not days:
        return easing
    moved: dict[str, date] = {}
    if item.apply_from is not None and min(days) < item.apply_from:
        moved["apply_from"] = min(days)
    if item.apply_by is not None and max(days) > item.apply_by:
        moved["apply_by"] = max(days)
    if not item.apply_on:
        return _moved(item, easing.fact, moved, max(_distances(item, moved))) if moved else easing
    change = Change(
        path=("acquirables", item.id, "apply_on"), old=item.apply_on, new=tuple(sorted({*item.apply_on, *days}))
    )
    other = sorted(days - {*item.apply_on})
    text = f"apply for {item.label} on {_listed(other or sorted(days))} instead of {_listed(item.apply_on)}"
    return evolve(easing, changes=(change, *_changes(item, moved)), text=text)


def _distances(item: Acquirable, moved: Mapping[str, date]) -> list[int]:
    return [abs((new - getattr(item, key)).days) for key, new in moved.items()]


def _listed(days: Sequence[date]) -> str:
    shown = [written(day) for day in days[:3]]
    return ", ".join(shown) + (" …" if len(days) > 3 else "")


def tour_later(scenario: Scenario, tour: Tour, fact: str, departs: date) -> Iterator[Easing]:
    """A tour that can still be booked later, up to the date on which it `departs`."""
    booked = tour.book_by
    for days, new in later(booked, departs) if booked is not None else ():
        if booked is not None and new >= scenario.today and new <= departs:
            yield _booked(tour, fact, new, days)


def tour_today(scenario: Scenario, tour: Tour, fact: str) -> Iterator[Easing]:
    """A tour that can still be booked today."""
    if tour.book_by is not None and tour.book_by < scenario.today:
        yield _booked(tour, fact, scenario.today, 1)


def _booked(tour: Tour, fact: str, new: date, amount: int) -> Easing:
    assert tour.book_by is not None
    return Easing(
        fact=fact,
        changes=(Change(path=("tours", tour.id, "book_by"), old=tour.book_by, new=new),),
        text=f"book {tour.label} as late as {written(new)} instead of {written(tour.book_by)}",
        sort="tour",
        amount=amount,
    )
