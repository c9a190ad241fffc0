"""Counts of days, as text and as JSON. The JSON's shape is documented in `docs/law.md`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from planner.core.period import Period
from planner.law.journeys import last_day
from planner.law.stays import HORIZON, Counted, RuleCount
from planner.report.page import Page
from planner.report.words import day, listed
from planner.scenario.people import PastStay
from planner.scenario.scenario import Scenario

FORMAT = 1


def text(scenario: Scenario, counted: Sequence[Counted], /) -> str:
    """Each traveller and zone: days used and left, the last lawful exit, the earliest return."""
    page = Page()
    for item in counted:
        page.heading(f"{item.traveller.label}, {scenario.name_of(item.zone)}")
        for exempt in item.exempt:
            whom = "citizens" if exempt.why == "citizen" else "this nationality"
            page.add(f"{exempt.rule.id}: does not count for {whom}.", 0, 2)
        if item.outside:
            page.add(f"Not counted, as not there: {listed(_span(scenario, stay) for stay in item.outside)}.", 0, 2)
        if not item.rules and not item.exempt:
            page.add(f"No rule in use counts these stays on {day(item.on)}.")
        for rule in item.rules:
            _rule(page, item, rule)
        _stay(page, item)
        if item.days is not None:
            length = str(Period(item.days))
            when = f"on {day(item.earliest)}" if item.earliest else f"on no day within {HORIZON} days"
            page.add(f"A stay of {length} can begin {when}, counted from {day(item.on)}.", 0, 2)
    page.gap()
    page.add("Counts of days only: whether somebody is admitted at all is for `plan admit`.")
    return page.text()


def _span(scenario: Scenario, stay: PastStay) -> str:
    return f"{scenario.name_of(stay.territory)} from {stay.from_} to {stay.to}"


def _rule(page: Page, item: Counted, found: RuleCount) -> None:
    used = found.used
    if used is not None:
        left = max(used.cap - used.days, 0)
        page.add(
            f"{found.rule.id}: on {day(item.on)}, {used.days} of {Period(used.cap)} are used since "
            f"{day(used.since)}; {left} left.",
            0,
            2,
        )
    else:
        page.add(f"{found.rule.id}: counts no days, but looks at earlier stays.", 0, 2)
    if found.exceeded:
        page.add(f"The stays given break it: {found.exceeded}.", 2, 2)
    read = f", read on {found.rule.read_on}" if found.rule.read_on else ""
    if found.rule.source:
        page.add(f"source ({found.rule.grade or 'no grade'}{read}): {found.rule.source}", 2, 2)


def _stay(page: Page, item: Counted) -> None:
    begin = f"A stay from {day(item.entry)} on"
    if not item.lawful:
        page.add(f"{begin} is not lawful: {listed(item.limited_by)}.", 0, 2)
    elif item.last_exit is None:
        page.add(f"{begin} is ended by none of these rules within {HORIZON} days.", 0, 2)
    else:
        days = (item.last_exit - item.entry).days + 1
        why = listed(item.limited_by) or "the next stay given"
        page.add(f"{begin} may last until {day(item.last_exit)}: {Period(days)} ({why}).", 0, 2)


def json_text(_: Scenario, counted: Sequence[Counted], /) -> str:
    """The counts as a JSON text: ASCII only, indented, ending with a line break."""
    data = {"format": FORMAT, "counts": [_as_data(item) for item in counted]}
    return json.dumps(data, indent=2, ensure_ascii=True) + "\n"


def _as_data(item: Counted) -> dict[str, Any]:
    return {
        "traveller": item.traveller.id,
        "zone": item.zone,
        "on": item.on.isoformat(),
        "rules": [
            {
                "id": found.rule.id,
                "since": found.used.since.isoformat() if found.used else None,
                "used": found.used.days if found.used else None,
                "cap": found.used.cap if found.used else None,
                "left": max(found.used.cap - found.used.days, 0) if found.used else None,
                "exceeded": found.exceeded or None,
                "source": found.rule.source,
                "grade": found.rule.grade,
                "read_on": found.rule.read_on.isoformat() if found.rule.read_on else None,
            }
            for found in item.rules
        ],
        "exempt": [{"id": exempt.rule.id, "why": exempt.why} for exempt in item.exempt],
        "outside": [
            {"territory": stay.territory, "from": stay.from_.isoformat(), "to": last_day(stay).isoformat()}
            for stay in item.outside
        ],
        "entry": item.entry.isoformat(),
        "lawful": item.lawful,
        "last_exit": item.last_exit.isoformat() if item.last_exit else None,
        "limited_by": list(item.limited_by),
        "days": item.days,
        "earliest": item.earliest.isoformat() if item.earliest else None,
    }
