"""The answer as JSON. The shape is documented in `docs/json.md` and changes only with `FORMAT`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from math import isfinite
from typing import Any

from planner.answer import Answer, Choice, CostLine, Plan, Repair, Step
from planner.core.time import at_zone, zone_data_version
from planner.itinerary.choices import Booking
from planner.itinerary.journey import Crossing, Journey, Stay
from planner.report.desks import BorderCheck, PaperShown, checks, papers
from planner.report.explained import conflict_data, repair_data
from planner.report.grounds import ground_of
from planner.report.limits import until
from planner.report.told.trades import trades
from planner.report.words import decimal
from planner.rules.base import Reminder
from planner.scenario.law import BaseUsed
from planner.scenario.reading.editions import editions
from planner.scenario.scenario import Scenario
from planner.scenario.travel import Leg
from planner.version import __version__

FORMAT = 1


def json_text(answer: Answer) -> str:
    """The answer as a JSON text: ASCII only, indented, ending with a line break."""
    return json.dumps(as_data(answer), indent=2, ensure_ascii=True, allow_nan=False) + "\n"


def as_data(answer: Answer) -> dict[str, Any]:
    """The answer as what `json.dumps` takes. Lists are empty and values null where the status has none."""
    scenario, plan = answer.scenario, answer.plan
    return {
        "format": FORMAT,
        "planner": __version__,
        "zone_data": zone_data_version(),
        "title": scenario.title,
        "today": scenario.today.isoformat(),
        "status": answer.status,
        "cost": _money(plan.cost, scenario) if plan else None,
        "bound": _money(answer.bound, scenario) if answer.bound is not None else None,
        "travellers": [traveller.id for traveller in scenario.travellers],
        **_plan(scenario, plan),
        "conflict": conflict_data(answer.conflict, scenario) if answer.conflict else None,
        "more_conflicts": [conflict_data(other, scenario) for other in answer.more_conflicts],
        "conflicts_complete": answer.conflicts_complete,
        "repairs_complete": answer.repairs_complete,
        "repairs": None if answer.repairs is None else [_repair(repair) for repair in answer.repairs],
        "alternatives": _choices(answer, answer.alternatives),
        "alternatives_complete": answer.alternatives_complete,
        "front": _choices(answer, answer.front),
        "front_complete": answer.front_complete,
        "readings": [
            {"id": used.id, "question": used.question, "answer": used.answer, "declared": used.declared}
            for used in answer.readings
        ],
        "rulebooks": list(scenario.rulebooks),
        "base": _base(scenario.base) if scenario.base else None,
        "rests_on": _rests_on(scenario),
        "notes": list(answer.notes),
        "stats": {name: value if isfinite(value) else None for name, value in answer.stats.items()},
    }


def _plan(scenario: Scenario, plan: Plan | None) -> dict[str, Any]:
    return {
        "legs": list(plan.itinerary.legs) if plan else [],
        "timetable": [_leg(leg, scenario) for leg in plan.journey.legs] if plan else [],
        "fares": list(plan.itinerary.fares) if plan else [],
        "touches": _touches(plan.journey) if plan else [],
        "crossings": _crossings(plan.journey) if plan else [],
        "checks": [_check(check) for check in checks(plan.journey)] if plan else [],
        "documents": [_document(scenario, step) for step in plan.preparation if step.kind == "apply"] if plan else [],
        "bookings": [*_bookings(scenario, plan)] if plan else [],
        "reminders": [_reminder(reminder) for reminder in plan.reminders] if plan else [],
        "costs": [_cost(scenario, line) for line in plan.costs] if plan else [],
    }


def _repair(repair: Repair) -> dict[str, Any]:
    return repair_data(repair, _plan(repair.scenario, repair.plan))


def _choices(answer: Answer, choices: Sequence[Choice] | None) -> list[dict[str, Any]] | None:
    if choices is None or answer.plan is None:
        return None
    return [
        {
            "cost": _money(choice.cost, choice.scenario),
            "minutes": choice.minutes,
            "proved": choice.proved,
            "trades": list(trades(choice.scenario, answer.plan, choice.plan)),
            "plan": _plan(choice.scenario, choice.plan),
        }
        for choice in choices
    ]


def _reminder(reminder: Reminder) -> dict[str, Any]:
    return {
        "rule": reminder.id,
        "traveller": reminder.traveller,
        "text": reminder.text,
        "from": reminder.from_on.isoformat() if reminder.from_on else None,
        "by": reminder.by_on.isoformat() if reminder.by_on else None,
        "source": reminder.source,
    }


def _base(used: BaseUsed) -> dict[str, Any]:
    return {
        "source": used.source,
        "licence": used.licence,
        "on": used.on.isoformat(),
        "territories": list(used.territories),
    }


def _rests_on(scenario: Scenario) -> dict[str, Any]:
    return {
        "scenario": scenario.digest,
        "editions": [
            {
                "id": edition.id,
                "digest": edition.digest,
                "read_on": edition.read_on.isoformat() if edition.read_on else None,
                "entries": dict(edition.entries),
            }
            for edition in editions(scenario.rulebooks)
        ],
    }


def _money(minor: int, scenario: Scenario) -> dict[str, str]:
    return {"amount": decimal(minor, scenario.currency), "currency": scenario.currency}


def _leg(leg: Leg, scenario: Scenario) -> dict[str, Any]:
    departs = at_zone(leg.departs_utc, scenario.ports[leg.from_].timezone)
    arrives = at_zone(leg.arrives_utc, scenario.ports[leg.to].timezone)
    return {
        "leg": leg.id,
        "mode": leg.mode,
        "operator": leg.operator,
        "from": leg.from_,
        "to": leg.to,
        "departs": departs.isoformat(timespec="minutes"),
        "arrives": arrives.isoformat(timespec="minutes"),
    }


def _touches(journey: Journey) -> list[dict[str, str]]:
    return [
        {"after": touch.inbound.id, "before": touch.outbound.id, "port": touch.port, "mode": touch.mode}
        for touch in journey.touches
    ]


def _crossings(journey: Journey) -> list[dict[str, Any]]:
    """All crossings in order of time; the party in file order; of one leg, the exit before the entry."""
    rows: list[tuple[int, int, int, dict[str, Any]]] = []
    for number, traveller in enumerate(journey.scenario.travellers):
        for stay in journey.stays[traveller.id]:
            for crossing in _of(stay):
                entering = crossing.direction == "entry"
                rows.append((crossing.at, entering, number, _crossing(journey, stay, crossing)))
    return [row[-1] for row in sorted(rows, key=lambda row: row[:-1])]


def _of(stay: Stay) -> Iterator[Crossing]:
    if stay.entry is not None:
        yield stay.entry
    if stay.exit is not None:
        yield stay.exit


def _crossing(journey: Journey, stay: Stay, crossing: Crossing) -> dict[str, Any]:
    entering = crossing.direction == "entry"
    ground = ground_of(journey.scenario, journey.scenario.traveller_by_id[stay.traveller], stay.ground)
    limit = until(journey, stay)
    return {
        "traveller": stay.traveller,
        "port": crossing.port,
        "direction": crossing.direction,
        "date": crossing.on.isoformat(),
        "time": f"{crossing.leg.arrives if entering else crossing.leg.departs:%H:%M}",
        "leg": crossing.leg.id,
        "territory": crossing.territory,
        "zone": crossing.zone,
        "checked": crossing.checked,
        "passport": stay.passport if entering else stay.exit_passport,
        "permission": stay.ground or None,
        "permission_type": ground.type if ground else None,
        "papers": [_paper(item) for item in papers(journey, stay, "check_in" if entering else "exit")],
        "until": limit.on.isoformat() if limit else None,
    }


def _paper(item: PaperShown) -> dict[str, Any]:
    shown = item.paper
    return {"kind": shown.sort, "id": shown.id, "label": shown.label, "rules": list(item.rules)}


def _check(check: BorderCheck) -> dict[str, Any]:
    return {
        "leg": check.leg.id,
        "from": check.from_,
        "to": check.to,
        "date": check.on.isoformat(),
        "traveller": check.traveller,
        "passport": check.passport or None,
    }


def _document(scenario: Scenario, step: Step) -> dict[str, Any]:
    item = scenario.acquirable_by_id[step.id]
    return {
        "traveller": step.traveller,
        "id": step.id,
        "passport": step.passport or None,
        "apply_on": step.on.isoformat(),
        "apply_latest": step.latest.isoformat(),
        "ready": step.ready.isoformat() if step.ready else None,
        "cost": _money(scenario.minor(item.price), scenario),
        "per": item.per,
    }


def _bookings(scenario: Scenario, plan: Plan) -> Iterator[dict[str, Any]]:
    """Events, then tours."""
    for booking in plan.itinerary.bookings:
        yield _booking(scenario, plan, booking)
    tours = {tour.id: tour for tour in scenario.tours}
    for step in plan.preparation:
        if step.kind == "book" and step.id in tours and step.id in plan.itinerary.fares:
            yield {
                "traveller": step.traveller,
                "event": None,
                "tour": step.id,
                "passport": step.passport or None,
                "book_on": step.on.isoformat(),
                "book_latest": step.latest.isoformat(),
                "cost": _money(scenario.minor(tours[step.id].price), scenario),
                "per": tours[step.id].per,
            }


def _booking(scenario: Scenario, plan: Plan, booking: Booking) -> dict[str, Any]:
    event = next(e for e in scenario.trip.events if e.id == booking.event)
    latest = [
        step.latest
        for step in plan.preparation
        if step.kind == "book" and (step.traveller, step.id) == (booking.traveller, booking.event)
    ]
    return {
        "traveller": booking.traveller,
        "event": booking.event,
        "tour": None,
        "passport": booking.passport or None,
        "book_on": booking.on.isoformat(),
        "book_latest": latest[0].isoformat() if latest else None,
        "cost": _money(scenario.minor(event.price), scenario),
        "per": event.per,
    }


def _cost(scenario: Scenario, line: CostLine) -> dict[str, Any]:
    return {"kind": line.kind, "what": line.what, "cost": _money(line.amount, scenario)}
