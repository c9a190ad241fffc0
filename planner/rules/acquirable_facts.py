"""The facts of obtaining a paper, which both readings name."""

from __future__ import annotations

from typing import Literal

from planner.core.words import either
from planner.rules.facts import Fact, Telling
from planner.scenario.documents import Acquirable
from planner.scenario.people import Traveller
from planner.scenario.scenario import Scenario

Aspect = Literal["lead", "when", "before_use", "residents", "needs", "place", "handed_over"]


def acquirable_fact(scenario: Scenario, item: Acquirable, traveller: Traveller, aspect: Aspect) -> Fact:
    """The fact that stands for one condition of obtaining a paper."""
    lead = item.lead
    time = " and ".join(
        f"{count} {word}{'s' if count != 1 else ''}"
        for count, word in ((lead.days, "day"), (lead.business_days, "business day"))
        if count
    )
    start = f"; handed over from {item.handed_over_from}" if item.handed_over_from else ""
    needs = [*(["the passport it goes into"] if item.permission or item.validation else []), *item.needs]
    text = {
        "lead": f"{item.label} takes {time or 'no time'}{start} (today is {scenario.today})",
        "when": f"{item.label} can be applied for only {_dates(item)}",
        "before_use": f"{item.label} must be applied for within its time before the entry",
        "residents": f"{item.label} is not open to {traveller.label}",
        "needs": f"{item.label} can be applied for only with {' and '.join(needs)} in hand",
        "place": f"{item.label} is applied for in {either(map(scenario.name_of, item.apply_in))}",
        "handed_over": f"{item.label} is handed over in {either(map(scenario.name_of, item.handed_over_in))}",
    }[aspect]
    key = {
        "lead": "lead",
        "when": "apply_by" if item.apply_by else "apply_on" if item.apply_on else "apply_from",
        "before_use": "at_least_before_use",
        "residents": "residents_of" if item.residents_of else "travellers",
        "needs": "needs",
        "place": "apply_in",
        "handed_over": "handed_over_in",
    }[aspect]
    return Fact(
        id=f"acquire.{item.id}.{traveller.id}.{aspect}",
        text=text,
        telling=Telling.PAPER,
        kind="acquirable",
        place=item.where.of(key),
        source=item.source,
        changeable=item.id not in scenario.may_obtain and _changeable(item, aspect),
    )


def _changeable(item: Acquirable, aspect: Aspect) -> bool:
    """Whether there is a time that could be shorter, or a date that could be another one."""
    if aspect == "lead":
        return bool(item.lead.days or item.lead.business_days)
    return aspect == "when" and bool(item.apply_on or item.apply_from or item.apply_by)


def _dates(item: Acquirable) -> str:
    """When the office takes applications."""
    if item.apply_on:
        shown = ", ".join(map(str, item.apply_on[:4])) + (" …" if len(item.apply_on) > 4 else "")
        return f"on {shown}"
    said = (
        "on business days" if item.lead.business_days else "",
        f"from {item.apply_from}" if item.apply_from else "",
        f"until {item.apply_by}" if item.apply_by else "",
    )
    return " ".join(filter(None, said))
