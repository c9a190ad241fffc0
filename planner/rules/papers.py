"""Relying on a paper that still has to be obtained: the facts of an acquirable, and the statements of a reliance."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np

from planner.rules.facts import Fact, Telling
from planner.rules.masks import Mask, by_value, use_day
from planner.rules.statements import Clause, Statement
from planner.rules.tables import View
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
    places = ", ".join(scenario.name_of(p) for p in item.handed_over_in)
    text = {
        "lead": f"{item.label} takes {time or 'no time'}{start} (today is {scenario.today})",
        "when": f"{item.label} can be applied for only on certain dates",
        "before_use": f"{item.label} must be applied for within its time before the entry",
        "residents": f"{item.label} is not open to {traveller.label}",
        "needs": f"{item.label} needs {', '.join(item.needs)} in hand when it is applied for",
        "place": f"{item.label} is applied for in {', '.join(scenario.name_of(p) for p in item.apply_in)}",
        "handed_over": f"{item.label} is handed over in {places}",
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
        changeable=aspect in ("when", "lead"),
    )


def rely(view: View, traveller: Traveller, rows: Mask, papers: Mask, fact: Fact | None) -> Iterator[Statement]:
    """The stays in `rows` rely on one of the applications in `papers`.

    One must be chosen (`fact`; None for what cannot be without it), ready when the stay's papers are checked, and
    fetched before then where it is handed over at a place; those are the acquirable's own facts.
    """
    stays, applications = view.stays(traveller.id), view.applications(traveller.id)
    if not rows.any():
        return
    yield Clause(fact, (stays.ids[rows],), applications.ids[papers])
    used_on = use_day(stays)
    for name in np.unique(applications.acquirable[papers]):
        item = view.scenario.acquirable_by_id[str(name)]
        chosen = papers & (applications.acquirable == name)
        for day, group in by_value(used_on, rows):
            late = chosen & (applications.ready_on > day)
            if late.any():
                fact_of_time = acquirable_fact(view.scenario, item, traveller, "lead")
                yield Clause(fact_of_time, (stays.ids[group], applications.ids[late]))
        if item.handed_over_in:
            yield from _fetched(view, traveller, item, rows, chosen)


def _fetched(
    view: View, traveller: Traveller, item: Acquirable, rows: Mask, chosen: Mask
) -> Iterator[Statement]:
    stays, applications, changes = view.stays(traveller.id), view.applications(traveller.id), view.changes
    fact = acquirable_fact(view.scenario, item, traveller, "handed_over")
    visits = view.visits(item.handed_over_in)
    there = np.isin(changes.port, np.unique(np.concatenate([visits.port, visits.end_port])))
    used_at = np.where(stays.enters, stays.check_at, stays.exit_at)
    for at, group in by_value(used_at, rows):
        in_time = there & (changes.departs <= at)
        bounds = np.unique(changes.departs_on[in_time])
        previous = -1
        for bound in [*bounds.tolist(), None]:
            # Applications ready after `previous` and by `bound` can be fetched in the same presences.
            ready = chosen & (applications.ready_on > previous)
            if bound is not None:
                ready &= applications.ready_on <= bound
                previous = bound
            if ready.any():
                then = changes.ids[in_time & (changes.departs_on >= bound)] if bound is not None else stays.ids[:0]
                yield Clause(fact, (stays.ids[group], applications.ids[ready]), then)
