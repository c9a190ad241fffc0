"""Relying on a paper that still has to be obtained, for solving."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import product

import numpy as np

from planner.rules.acquirable_facts import acquirable_fact
from planner.rules.facts import Fact
from planner.rules.masks import Mask, by_value, use_day
from planner.rules.statements import NONE, Clause, Ids, Statement
from planner.rules.tables import Applications, Column, View
from planner.scenario.documents import Acquirable
from planner.scenario.people import Traveller


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
