"""Conflicts and repairs as data, for the JSON answer (`docs/json.md`)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from attrs import fields, has

from planner.answer import Closed, Conflict, Correction, Repair, Witness
from planner.core.money import Price
from planner.core.period import Period
from planner.report.told.conflict import origin
from planner.report.words import decimal
from planner.rules.facts import Fact
from planner.scenario.changing import Change
from planner.scenario.scenario import Scenario


def conflict_data(found: Conflict, scenario: Scenario) -> dict[str, Any]:
    """One conflict with all that proves it."""
    return {
        "facts": [_fact(fact) for fact in found.facts],
        "at_least": found.at_least,
        "at_most": found.at_most,
        "smallest": found.smallest,
        "structural": list(found.structural),
        "witnesses": [_witness(witness, scenario) for witness in found.witnesses],
        "corrections": [_correction(correction) for correction in found.corrections],
        "closed": [_closed(closed) for closed in found.closed],
    }


def repair_data(repair: Repair, plan: dict[str, Any]) -> dict[str, Any]:
    """One repair; `plan` is its plan as data."""
    currency = repair.scenario.currency
    return {
        "texts": [easing.text for easing in repair.easings],
        "changes": [_change(change) for change in repair.changes],
        "disruption": repair.disruption,
        "cost": {"amount": decimal(repair.cost, currency), "currency": currency},
        "proved": repair.proved,
        "plan": plan,
    }


def _fact(fact: Fact) -> dict[str, Any]:
    return {
        "id": fact.id,
        "text": fact.text,
        "source": origin(fact),
        "place": str(fact.place),
        "kind": fact.kind,
        "changeable": fact.changeable,
    }


def _witness(witness: Witness, scenario: Scenario) -> dict[str, Any]:
    cost = None if witness.cost is None else decimal(witness.cost, scenario.currency)
    return {
        "without": witness.without.id,
        "legs": list(witness.itinerary.legs),
        "cost": None if cost is None else {"amount": cost, "currency": scenario.currency},
        "alone": witness.alone,
        "cheapest": witness.cheapest,
        "broken": [{"id": broken.fact.id, "how": broken.how} for broken in witness.broken],
    }


def _correction(correction: Correction) -> dict[str, Any]:
    return {"facts": [fact.id for fact in correction.facts], "legs": list(correction.itinerary.legs)}


def _closed(closed: Closed) -> dict[str, Any]:
    return {"fact": closed.fact.id, "count": closed.count, "ways": list(closed.ways)}


def _change(change: Change) -> dict[str, Any]:
    return {"path": list(change.path), "from": _value(change.old), "to": _value(change.new)}


def _value(value: Any) -> Any:
    """A value of a scenario as it would be written in a file, as far as JSON has it."""
    if isinstance(value, (list, tuple)):
        return [_value(item) for item in value]
    if isinstance(value, dict):
        return {str(key): _value(item) for key, item in value.items()}
    if isinstance(value, (Price, Period, date, Decimal)):
        return str(value)
    return _table(value) if has(type(value)) else value


def _table(value: Any) -> dict[str, Any]:
    """What a file would say of a table: its keys without those that are as if left out."""
    return {
        field.name.rstrip("_"): _value(getattr(value, field.name))
        for field in fields(type(value))
        if field.eq and getattr(value, field.name) != _default(field)
    }


def _default(field: Any) -> Any:
    return field.default.factory() if hasattr(field.default, "factory") else field.default
