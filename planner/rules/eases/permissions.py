"""Permissions held on other terms: more entries, other dates, longer stays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from planner.core.period import Period
from planner.core.time import written
from planner.itinerary.journey import Journey
from planner.rules.eases.grids import first_day, last_day
from planner.rules.easing import Easing
from planner.scenario.changing import Change
from planner.scenario.people import Permission, Traveller
from planner.scenario.scenario import Scenario

_WORDS = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six"}
_MOVED = (7, 14, 30, 60, 90, 180, 365)  # days by which dates are moved, one unit each
_LENGTHS = (7, 15, 30, 60, 90, 180, 365)  # days that permissions are given for
_MONTH, _YEAR, _DAY = 31, 366, 24  # at most so many days, hours


def held(scenario: Scenario, traveller: Traveller, paper: Permission) -> Iterator[Easing]:
    """The easings of every limit of a permission that a traveller holds."""
    yield from _entries(traveller, paper)
    yield from _dates(scenario, traveller, paper)
    yield from _lengths(traveller, paper)


def _easing(
    traveller: Traveller, paper: Permission, aspect: str, key: str, new: object, text: str, amount: int
) -> Easing:
    path = ("travellers", traveller.id, "permissions", paper.id, key)
    return Easing(
        fact=f"{paper.id}.{traveller.id}.{aspect}",
        changes=(Change(path=path, old=getattr(paper, key), new=new),),
        text=text,
        sort="visa",
        amount=amount,
    )


def _word(paper: Permission) -> str:
    return f"{paper.type.replace('_', ' ')} {paper.id}"


def _entries(traveller: Traveller, paper: Permission) -> Iterator[Easing]:
    count = paper.entries
    if count is None:
        return
    for amount, (new, many) in enumerate([(count + 1, _number(count + 1)), (None, "multiple")], 1):
        text = f"a {many}-entry instead of a {_number(count)}-entry {_word(paper)}"
        yield _easing(traveller, paper, "entries", "entries", new, text, amount)


def _number(count: int) -> str:
    return _WORDS.get(count, str(count))


def _dates(scenario: Scenario, traveller: Traveller, paper: Permission) -> Iterator[Easing]:
    first, last = first_day(scenario), last_day(scenario)
    begins, ends = paper.valid_from, paper.enter_by
    for amount, days in enumerate(_MOVED, 1):
        before = _MOVED[amount - 2] if amount > 1 else 0
        if begins is not None and (begins - first).days > before:
            new = date.fromordinal(max(begins.toordinal() - days, first.toordinal()))
            yield _from(traveller, paper, new, amount)
        if ends is not None and (last - ends).days > before:
            yield _until(traveller, paper, date.fromordinal(min(ends.toordinal() + days, date.max.toordinal())), amount)


def _from(traveller: Traveller, paper: Permission, new: date, amount: int) -> Easing:
    assert paper.valid_from is not None
    text = f"a {_word(paper)} valid from {written(new)} instead of {written(paper.valid_from)}"
    return _easing(traveller, paper, "valid_from", "valid_from", new, text, amount)


def _until(traveller: Traveller, paper: Permission, new: date, amount: int) -> Easing:
    assert paper.enter_by is not None
    text = f"a {_word(paper)} to enter on by {written(new)} instead of {written(paper.enter_by)}"
    return _easing(traveller, paper, "enter_by", "enter_by", new, text, amount)


def _lengths(traveller: Traveller, paper: Permission) -> Iterator[Easing]:
    validity, stay = paper.valid_after_first_entry, paper.max_stay
    for aspect, key, period, what in (
        ("validity", "valid_after_first_entry", validity, "valid for {} from the first entry on instead of {}"),
        ("max_stay", "max_stay", stay, "for stays of {} instead of {}"),
    ):
        if period is not None:
            longer = [days for days in _LENGTHS if days > _most_days(period)]
            for amount, days in enumerate(longer, 1):
                new = Period(days, "days")
                text = f"a {_word(paper)} {what.format(new, period)}"
                yield _easing(traveller, paper, aspect, key, new, text, amount)


def _most_days(period: Period) -> int:
    """A number of days that a period never exceeds."""
    match period.unit:
        case "hours":
            return period.count // _DAY + 2
        case "days":
            return period.count
        case "months":
            return period.count * _MONTH
        case "years":
            return period.count * _YEAR


def settled(easing: Easing, journey: Journey, traveller: Traveller, paper: Permission) -> Easing:
    """Dates moved no further than the entries that rest on the permission need."""
    stays = journey.stays[traveller.id]
    entered = [stay.entry.on for stay in stays if stay.entry is not None and stay.ground == paper.id]
    key = easing.changes[0].path[-1]
    if not entered or key not in ("valid_from", "enter_by"):
        return easing
    if key == "valid_from" and paper.valid_from is not None:
        return _from(traveller, paper, min(*entered, paper.valid_from), easing.amount)
    return _until(traveller, paper, max(*entered, paper.enter_by or date.min), easing.amount)


def in_any_book(paper: Permission, traveller: Traveller) -> Easing:
    """The permission in the passport that is shown, not in another one."""
    text = f"{_word(paper)} in the passport that is shown instead of passport {paper.book}"
    return _easing(traveller, paper, "book", "book", None, text, 1)
