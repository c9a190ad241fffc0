"""The trip as text: a table of legs, nights and events, then what everyone shows at which desk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal

from planner.answer import Plan
from planner.report.page import Look, Page
from planner.report.told.desks import DeskTold
from planner.report.told.trip import Between, LegTold, TripTold, trip
from planner.report.words import day, days_later, listed

_DESKS = {"check_in": "check-in: ", "checks": "", "exit": "exit: ", "entry": "entry: "}


def trip_text(page: Page, plan: Plan) -> None:
    """Add the legs in order with local times and days, and the desks of each leg."""
    told = trip(plan)
    page.heading("THE TRIP")
    if not told.legs:
        page.add("Nobody travels: staying at home meets every wish in the file.")
        return
    page.add(f"Times and dates are local. Day 1 is {day(told.legs[0].departs.date())}.")
    page.gap()
    if not (page.roomy and (_table(page, told, "short") or _table(page, told, "town"))):
        _stacked(page, told)
    page.heading("WHAT TO SHOW AT EACH DESK")
    several = len(plan.journey.scenario.travellers) > 1
    for leg in told.legs:
        if leg.number > 1:
            page.gap()
        _leg(page, leg, several)
    if told.limited:
        page.gap()
        page.add("«Until» is the last lawful day of that stay, if everything before it goes as planned.")


# ---- the table


def _table(page: Page, told: TripTold, name: Literal["short", "town"]) -> bool:
    """The table, with ports by this name of theirs; False, and nothing added, if it is too wide for the page."""
    years = {moment.year for leg in told.legs for moment in (leg.departs, leg.arrives)}
    rows: list[tuple[Look, list[str]]] = [("dim", ["Day", "Date", "Leg", "Leaves", "Arrives"])]
    rows += [("plain", ["", "", "", item.label]) for item in told.before]
    for leg in told.legs:
        when = [f"{leg.day:3}", _date(leg.departs.date(), years), f"{leg.number:3}"]
        leaves = f"{leg.departs:%H:%M} {getattr(leg.from_, name)}"
        rows.append(("strong", [*when, leaves, f"{_arrival(leg)} {getattr(leg.to, name)}"]))
        rows += [("plain", row) for row in _happening(leg, years)]
    return page.columns([row for _, row in rows], [look for look, _ in rows])


def _date(value: date, years: set[int]) -> str:
    """The date, with its year if the trip has several."""
    return day(value, year=len(years) > 1)


def _arrival(leg: LegTold) -> str:
    return f"{leg.arrives:%H:%M}{f' {days_later(leg.shift)}' if leg.shift else ''}"


def _happening(leg: LegTold, years: set[int]) -> Iterator[list[str]]:
    for item in leg.after:
        if item.sort == "event" and item.first is not None:
            yield [f"{item.day:3}", _date(item.first, years), "", _event(item)]
        else:
            yield ["", "", "", item.text]


def _event(item: Between) -> str:
    last = f", until {day(item.last)}" if item.last and item.last != item.first else ""
    return f"{item.label}{last}"


def _stacked(page: Page, told: TripTold) -> None:
    """The same as lines below each other."""
    for item in told.before:
        page.add(item.text)
    for leg in told.legs:
        page.add(f", leg {leg.number}", 0, 2, lead=f"Day {leg.day}, {day(leg.departs.date())}")
        page.add(f"leave  {leg.departs:%H:%M} {leg.from_.short}", 2, 7)
        page.add(f"arrive {_arrival(leg)} {leg.to.short}", 2, 7)
        for item in leg.after:
            page.add(item.text, 2, 2)


# ---- the desks


def _leg(page: Page, leg: LegTold, several: bool) -> None:
    operator = f", {leg.operator}" if leg.operator else ""
    lead = f"{leg.number}. {leg.from_.id} to {leg.to.id}, {day(leg.departs.date())}"
    page.add(f": {leg.id} ({leg.mode}{operator})", 0, 3, lead=lead)
    if not leg.desks:
        page.add("no border on this leg", 3, 2)
    for names, desks in _alike(leg.desks):
        if several:
            page.add(f"{listed(names)}:", 3, 2)
        for desk in desks:
            _desk(page, desk, 5 if several else 3)


def _alike(desks: tuple[DeskTold, ...]) -> Iterator[tuple[list[str], list[DeskTold]]]:
    """The desks of each traveller; travellers who show the same everywhere together."""
    found: dict[str, list[DeskTold]] = {}
    for desk in desks:
        found.setdefault(desk.traveller, []).append(desk)
    same: dict[tuple[str, ...], list[list[DeskTold]]] = {}
    for mine in found.values():
        same.setdefault(tuple(f"{desk.desk} {desk.sentence}" for desk in mine), []).append(mine)
    for everyone in same.values():
        yield [mine[0].who for mine in everyone], everyone[0]


def _desk(page: Page, desk: DeskTold, indent: int) -> None:
    hang = len("check-in: ") if page.roomy else 2
    between = f"border checks between {desk.place}: " if desk.desk == "checks" else ""
    lead = _DESKS[desk.desk]
    page.add(f"{between}{desk.sentence}", indent, hang, lead=f"{lead:{hang}}" if lead and page.roomy else lead)
