"""The trip as text: a table of legs, nights and events, then what everyone shows at which desk."""

from __future__ import annotations

from datetime import date
from typing import Literal

from planner.answer import Plan
from planner.report.page import Look, Page
from planner.report.told.desks import DeskTold, together
from planner.report.told.trip import LegTold, TripTold, trip
from planner.report.words import day, listed


def trip_text(page: Page, plan: Plan) -> None:
    """Add the legs in order with local times and days, and the desks of each leg."""
    told = trip(plan)
    page.heading("THE TRIP")
    if not told.legs:
        page.add("Nobody travels: staying at home meets every wish in the file.")
        return
    page.add(f"Times and dates are local. Day 1 is {day(told.legs[0].departs.date())}.")
    page.gap()
    if not (page.roomy and (_table(page, told, "short") or _table(page, told, "id"))):
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


def _table(page: Page, told: TripTold, name: Literal["short", "id"]) -> bool:
    """The table, with ports by this name of theirs; False, and nothing added, if it is too wide for the page."""
    several = len({moment.year for leg in told.legs for moment in (leg.departs, leg.arrives)}) > 1
    rows, looks = [["Day", "Date", "Leg", "Leaves", "Arrives"]], list[Look](["dim"])
    for row in told.rows:
        when = [f"{row.day:3}" if row.day is not None else "", _date(row.on, several)]
        if row.leg is None:
            rows.append([*when, "", row.text])
        else:
            leaves = f"{row.leg.departs:%H:%M} {getattr(row.leg.from_, name)}"
            rows.append([*when, f"{row.leg.number:3}", leaves, f"{row.leg.arrival} {getattr(row.leg.to, name)}"])
        looks.append("plain" if row.leg is None else "strong")
    return page.columns(rows, looks)


def _date(value: date | None, year: bool) -> str:
    return day(value, year=year) if value else ""


def _stacked(page: Page, told: TripTold) -> None:
    """The same as lines below each other."""
    for row in told.rows:
        leg = row.leg
        lead = f"Day {row.day}, {day(row.on)}" if row.on else ""
        if leg is None:
            page.add(f": {row.text}" if lead else row.text, 0 if lead else 2, 2, lead=lead)
        else:
            page.add(f", leg {leg.number}", 0, 2, lead=lead)
            page.add(f"leave  {leg.departs:%H:%M} {leg.from_.short}", 2, 7)
            page.add(f"arrive {leg.arrival} {leg.to.short}", 2, 7)


def _leg(page: Page, leg: LegTold, several: bool) -> None:
    operator = f", {leg.operator}" if leg.operator else ""
    lead = f"{leg.number}. {leg.from_.id} to {leg.to.id}, {day(leg.departs.date())}"
    page.add(f": {leg.id} ({leg.mode}{operator})", 0, 3, lead=lead)
    if not leg.desks:
        page.add("no border on this leg", 3, 2)
    for names, desks in together(leg.desks):
        if several:
            page.add(f"{listed(names)}:", 3, 2)
        for desk in desks:
            _desk(page, desk, 5 if several else 3)


def _desk(page: Page, desk: DeskTold, indent: int) -> None:
    column = len("check-in: ") if page.roomy else 2
    lead = f"{desk.called}: "
    page.add(desk.sentence, indent, column, lead=f"{lead:{column}}" if page.roomy else lead)
