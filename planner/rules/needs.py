"""Papers that must be in hand on the date something is done, for solving. For verifying, see `obtained`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np

from planner.rules.facts import Fact
from planner.rules.masks import by_value
from planner.rules.statements import Clause, Ids, Statement
from planner.rules.tables import Applications, Column, View
from planner.scenario.documents import Acquirable
from planner.scenario.people import Traveller


def require_in_hand(
    view: View, traveller: Traveller, options: Ids, days: Column, need: str, fact: Fact
) -> Iterator[Statement]:
    """Each of `options`, done on the civil date in `days`, needs a paper in hand then.

    `need` names a passport, a permission, a certificate kind or an acquirable. Where the traveller holds it,
    nothing is said; else what gives it must have been applied for, and be ready by that day.
    """
    applications = view.applications(traveller.id)
    giving = np.zeros(len(applications.ids), dtype=bool)
    for item in view.scenario.acquirables:
        if _gives(item, need):
            giving |= applications.acquirable == item.id
    last = _last_day(view, applications)
    everything = np.ones(len(options), dtype=bool)
    for day, group in by_value(days, everything):
        if not _holds(traveller, need, day):
            in_time = giving & (applications.ready_on <= day) & (day <= last)
            yield Clause(fact, (options[group],), applications.ids[in_time])


def _gives(item: Acquirable, need: str) -> bool:
    return need in (
        item.id,
        item.passport.id if item.passport else None,
        item.certificate.kind if item.certificate else None,
    )


def _holds(traveller: Traveller, need: str, day: int) -> bool:
    if need in {book.id for book in traveller.passports} | {held.id for held in traveller.permissions}:
        return True
    for held in traveller.certificates:
        low = held.valid_from.toordinal() if held.valid_from else 0
        high = held.valid_to.toordinal() if held.valid_to else date.max.toordinal()
        if held.kind == need and low <= day <= high:
            return True
    return False


def _last_day(view: View, applications: Applications) -> Column:
    """Last day on which what was applied for is valid as a certificate; for other papers, the end of time."""
    last = np.full(len(applications.ids), date.max.toordinal(), dtype=np.int64)
    for item in view.scenario.acquirables:
        if item.certificate is not None and item.certificate.validity is not None:
            for row in np.flatnonzero(applications.acquirable == item.id):
                ready = date.fromordinal(int(applications.ready_on[row]))
                last[row] = item.certificate.validity.after(ready).toordinal()
    return last
