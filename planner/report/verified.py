"""What the checker says of a saved or hand-written plan, as text and as JSON (`docs/verify.md`)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from planner.checking.check import Checked
from planner.checking.findings import BookChange, Drift, Violation
from planner.core.money import show
from planner.itinerary.choices import Application
from planner.report.page import WIDTH, Page
from planner.report.words import count, day, decimal, port_name, span

FORMAT = 1
_TOLD = 12  # entries of a rulebook that the text names


def page_of(checked: Checked, width: int = WIDTH) -> Page:
    """The whole verdict as a page."""
    page, scenario = Page(width), checked.scenario
    page.add(": ".join(filter(None, (checked.file, checked.plan.title or scenario.title))), 0, 2, "strong")
    page.gap()
    _verdict(page, checked)
    for number, found in enumerate(checked.violations, 1):
        page.gap()
        _violation(page, checked, number, found)
    if checked.done:
        page.heading("TAKEN AS DONE")
        page.add(f"The plan dates this before {day(scenario.today)}:")
        for done in sorted(checked.done, key=lambda done: done.task.on):
            doing = "apply for" if isinstance(done.task, Application) else "book"
            who = scenario.traveller_by_id[done.task.traveller].label
            page.add(f"{day(done.task.on)}: {doing} {done.label} ({who})", 0, 2)
    page.heading("WHAT CHANGED SINCE IT WAS MADE")
    for sentence in changes(checked.drift):
        page.add(sentence, 0, 2)
    return page


def _verdict(page: Page, checked: Checked) -> None:
    scenario, verdict = checked.scenario, checked.verdict
    if checked.stands:
        page.add("The plan stands.", look="good")
    else:
        page.add(f"The plan does not stand: {count(len(checked.violations), 'thing')} against it.", look="bad")
    if verdict.journey is None:
        page.add("The rules were not asked: what is told here stands in the way of knowing who crosses on what.", 0, 2)
    elif verdict.journey.legs:
        page.add(f"{span(verdict.journey.legs)}, {count(len(verdict.journey.legs), 'leg')}", 0, 2)
    if verdict.cost is not None:
        page.add(f"It costs {show(verdict.cost, scenario.currency)}{_as_stated(checked)}.", 0, 2)
    page.add(f"Checked as of {day(scenario.today)}.", 0, 2)


def _as_stated(checked: Checked) -> str:
    stated, currency = checked.stated, checked.scenario.currency
    if checked.plan.cost is None:
        return ""
    if stated is None:
        return f"; it states {checked.plan.cost.currency} {checked.plan.cost.amount}, which was not compared"
    return ", as it states" if stated == checked.verdict.cost else f", not {show(stated, currency)} as it states"


def _violation(page: Page, checked: Checked, number: int, found: Violation) -> None:
    lead = f"{number}. "
    page.add(f"{where(checked, found)}:", 0, len(lead), lead=lead)
    fact = found.fact
    text = found.text if fact is None else f"{fact.text}: {found.text}"
    page.add(f"{text[:1].upper()}{text[1:]}.", len(lead), 0, "bad")
    page.add(f"In the plan: {found.place}", len(lead), 2, "dim")
    if fact is not None:
        stands = f" ({fact.place})" if fact.place.file else ""
        page.add(f"Rule: {fact.id}{stands}", len(lead), 2, "dim")
    if found.source:
        page.add(f"Source: {found.source}", len(lead), 2, "dim")


def where(checked: Checked, found: Violation) -> str:
    """«Leg pek-fnj-0403 (PEK to FNJ, Thu 3 Apr 2025), entry to North Korea, the runner»."""
    parts = ["The whole plan"]
    if found.leg is not None:
        leg = found.leg
        parts = [f"Leg {leg.id} ({leg.from_} to {leg.to}, {day(leg.departs.date())})"]
    if found.crossing is not None:
        scenario, crossing = checked.scenario, found.crossing
        way = "entry to" if crossing.direction == "entry" else "exit from"
        at = port_name(scenario, crossing.port)
        parts.append(f"{way} {scenario.name_of(crossing.territory)} at {at}")
    several = len(checked.scenario.travellers) > 1
    if found.traveller and several:
        parts.append(checked.scenario.traveller_by_id[found.traveller].label)
    return ", ".join(parts)


# ---- what changed


def changes(drift: Drift) -> Iterator[str]:
    """What changed since the plan was made, in sentences; or that nothing did, or that nothing is known."""
    if not drift.known:
        yield "The plan does not say which editions of the rulebooks it was made with, so nothing is known of that."
    if drift.scenario:
        yield "The scenario's file says something else."
    for book in drift.books:
        yield from _book(book)
    for name, before, now in drift.readings:
        yield f"Reading {name}: the answer used was {before}, now it is {now or 'not asked any more'}."
    for what, versions in (("Planner", drift.planner), ("Time-zone data", drift.zone_data)):
        if versions:
            yield f"{what}: version {versions[0]} then, {versions[1]} now."
    if drift.known and not drift.any:
        yield "Nothing: the rulebooks, the scenario's file and the planner are the same."


def _book(book: BookChange) -> Iterator[str]:
    if book.gone:
        yield f"Rulebook {book.id} ({_read(book.before)}) is no longer in use."
        return
    if book.new:
        yield f"Rulebook {book.id} ({_read(book.now)}) is new."
        return
    dates = f"{_read(book.before)}; now {_read(book.now)}" if book.before != book.now else _read(book.now)
    yield f"Rulebook {book.id} has changed ({dates})."
    if book.told and not (book.changed or book.removed or book.added):
        yield "  ~ not its entries, but what it covers"
    for sign, entries in (("~", book.changed), ("-", book.removed), ("+", book.added)):
        first = sorted(entries, key=lambda entry: (entry not in book.broken, entry not in book.named))
        for entry in first[:_TOLD]:
            mark = ", which the plan names" if entry in book.named else ""
            yield f"  {sign} {entry}{', which the plan breaks' if entry in book.broken else mark}"
        if len(first) > _TOLD:
            yield f"  {sign} {len(first) - _TOLD} more"


def _read(on: date | None) -> str:
    return f"read until {day(on)}" if on else "without dates"


# ---- as data


def json_text(checked: Checked) -> str:
    """The same as a JSON text: ASCII only, indented, ending with a line break."""
    scenario, verdict = checked.scenario, checked.verdict
    data = {
        "format": FORMAT,
        "plan": checked.file,
        "as_of": scenario.today.isoformat(),
        "stands": checked.stands,
        "judged": verdict.journey is not None,
        "cost": None if verdict.cost is None else _money(checked, verdict.cost),
        "stated_cost": None if checked.stated is None else _money(checked, checked.stated),
        "violations": [_data(checked, found) for found in checked.violations],
        "done": [
            {
                "traveller": done.task.traveller,
                "id": done.task.acquirable if isinstance(done.task, Application) else done.task.event,
                "on": done.task.on.isoformat(),
            }
            for done in checked.done
        ],
        "drift": _drift(checked.drift),
    }
    return json.dumps(data, indent=2, ensure_ascii=True) + "\n"


def _money(checked: Checked, amount: int) -> dict[str, str]:
    currency = checked.scenario.currency
    return {"amount": decimal(amount, currency), "currency": currency}


def _data(checked: Checked, found: Violation) -> dict[str, Any]:
    fact, place, crossing = found.fact, found.place, found.crossing
    return {
        "sort": found.sort,
        "where": where(checked, found),
        "text": found.text,
        "place": {"file": place.file, "line": place.line, "column": place.column},
        "leg": found.leg.id if found.leg else None,
        "direction": crossing.direction if crossing else None,
        "port": crossing.port if crossing else None,
        "traveller": found.traveller or None,
        "fact": None
        if fact is None
        else {
            "id": fact.id,
            "text": fact.text,
            "kind": fact.kind,
            "place": str(fact.place),
        },
        "source": found.source or None,
    }


def _drift(drift: Drift) -> dict[str, Any]:
    return {
        "known": drift.known,
        "scenario": drift.scenario,
        "rulebooks": [
            {
                "id": book.id,
                "before": book.before.isoformat() if book.before else None,
                "now": book.now.isoformat() if book.now else None,
                "gone": book.gone,
                "new": book.new,
                "changed": list(book.changed),
                "removed": list(book.removed),
                "added": list(book.added),
                "named": sorted(book.named),
                "broken": sorted(book.broken),
            }
            for book in drift.books
        ],
        "readings": [{"id": name, "before": before, "now": now} for name, before, now in drift.readings],
        "planner": _versions(drift.planner),
        "zone_data": _versions(drift.zone_data),
    }


def _versions(pair: tuple[str, str] | None) -> dict[str, str] | None:
    return {"before": pair[0], "now": pair[1]} if pair else None
