"""Relying on a paper that still has to be obtained: the facts of an acquirable, and the statements of a reliance."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import product
from typing import Literal

import numpy as np

from planner.core.words import either
from planner.rules.facts import Fact, Telling
from planner.rules.masks import Mask, by_value, use_day
from planner.rules.statements import NONE, Clause, Ids, Statement
from planner.rules.tables import Applications, Column, View
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
    start = f" from {item.apply_from}" if item.apply_from else ""
    end = f" until {item.apply_by}" if item.apply_by else ""
    return ("on business days" if item.lead.business_days else "") + start + end


def rely(
    view: View, traveller: Traveller, rows: Mask, papers: Mask, fact: Fact | None, *, at_exit: bool = False
) -> Iterator[Statement]:
    """The stays in `rows` rely on one of the applications in `papers`.

    One must be chosen (`fact`; None for what cannot be without it), ready when it is used, and fetched before then
    where it is handed over at a place; those are the acquirable's own facts. It is used at check-in, or with
    `at_exit` when the stay is left (the stay at the start has no check-in, and counts as with `at_exit`).
    """
    stays, applications = view.stays(traveller.id), view.applications(traveller.id)
    if not rows.any():
        return
    yield Clause(fact, (stays.ids[rows],), applications.ids[papers])
    used_on = stays.exit_on if at_exit else use_day(stays)
    used_at = stays.exit_at if at_exit else np.where(stays.enters, stays.check_at, stays.exit_at)
    for name in np.unique(applications.acquirable[papers]):
        item = view.scenario.acquirable_by_id[str(name)]
        chosen = papers & (applications.acquirable == name)
        fact_of_time = acquirable_fact(view.scenario, item, traveller, "lead")
        too_late = partial(_not_ready, applications, chosen)
        yield from exclude(view, traveller, rows, used_on, wrong=too_late, fact=fact_of_time)
        if item.handed_over_in:
            fact_of_place = acquirable_fact(view.scenario, item, traveller, "handed_over")
            for at, group in by_value(used_at, rows):
                for ready, there in _fetching(view, traveller, item, chosen, at):
                    yield Clause(fact_of_place, (stays.ids[group], applications.ids[ready]), there)


def exclude(
    view: View, traveller: Traveller, rows: Mask, days: Column, *, wrong: Callable[[int], Mask], fact: Fact
) -> Iterator[Statement]:
    """No stay in `rows`, on its day in `days`, together with an application that is `wrong` on that day."""
    stays, applications = view.stays(traveller.id), view.applications(traveller.id)
    for day, group in by_value(days, rows):
        papers = wrong(day)
        if papers.any():
            yield Clause(fact, (stays.ids[group], applications.ids[papers]))


def _not_ready(applications: Applications, papers: Mask, day: int) -> Mask:
    late: Mask = papers & (applications.ready_on > day)
    return late


def show_at_check_in(
    view: View,
    traveller: Traveller,
    rows: Mask,
    papers: Mask,
    fact: Fact,
    *,
    given: tuple[Ids, ...] = (),
    or_else: Ids = NONE,
    at_exit: bool = False,
) -> Iterator[Statement]:
    """The stays in `rows` need one of the applications in `papers`, ready and fetched by the check-in.

    Unlike in `rely`, the papers are alternatives, and whatever keeps all of them from being used is the one `fact`.
    They are needed only if an option of each group in `given` is chosen too, and an option of `or_else` will do. With
    `at_exit`, they are shown when the stay is left, not at its check-in.
    """
    stays, applications = view.stays(traveller.id), view.applications(traveller.id)
    shown_on, shown_at = (stays.exit_on, stays.exit_at) if at_exit else (stays.check_on, stays.check_at)
    for day, on_day in by_value(shown_on, rows):
        usable = papers & (applications.ready_on <= day)
        copies = {*zip(applications.acquirable[usable].tolist(), applications.passport[usable].tolist(), strict=True)}
        for at, group in by_value(shown_at, on_day):
            free, fetched = usable.copy(), list[list[tuple[Ids, Ids]]]()
            for name, passport in sorted(copies):
                item = view.scenario.acquirable_by_id[name]
                if item.handed_over_in:
                    copy = usable & (applications.acquirable == name) & (applications.passport == passport)
                    free &= ~copy
                    found = _fetching(view, traveller, item, copy, at)
                    fetched.append([(applications.ids[ready], there) for ready, there in found if len(there)])
            # Papers to fetch: one clause for each way in which each of them is ready in some band, or not chosen.
            for ways in product(*([None, *bands] for bands in fetched)):
                if_, then = [stays.ids[group], *given], [applications.ids[free], or_else]
                for way, bands in zip(ways, fetched, strict=True):
                    if way is None:
                        then += [ready for ready, _ in bands]
                    else:
                        if_.append(way[0])
                        then.append(way[1])
                yield Clause(fact, tuple(if_), np.concatenate(then))


def _fetching(view: View, traveller: Traveller, item: Acquirable, papers: Mask, at: int) -> Iterator[tuple[Mask, Ids]]:
    """Where papers can be fetched that are used at `at` (UTC minutes): applications, and presences of which one serves.

    Applications ready between two departures from such places can be fetched in the same presences. Those ready
    after the last one, in none.
    """
    applications, changes = view.applications(traveller.id), view.changes
    places = sorted(view.scenario.ports_at(item.handed_over_in))
    in_time = np.isin(changes.end_port, places) & (changes.departs <= at)
    previous = -1
    for departure in np.unique(changes.departs_on[in_time]):
        ready = papers & (previous < applications.ready_on) & (applications.ready_on <= departure)
        if ready.any():
            yield ready, changes.ids[in_time & (changes.departs_on >= departure)]
        previous = int(departure)
    late = papers & (applications.ready_on > previous)
    if late.any():
        yield late, NONE
