"""Papers that must be in hand on the date something is done, for solving. For verifying, see `obtained`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import numpy as np

from planner.rules.facts import Fact
from planner.rules.masks import per_day
from planner.rules.statements import Block, Clause, Ids, Statement
from planner.rules.tables import NEVER, Applications, Column, View
from planner.scenario.documents import Acquirable
from planner.scenario.people import Traveller


def require_in_hand(
    view: View, traveller: Traveller, options: Mapping[int, Ids], need: str, fact: Fact, own: str = ""
) -> Iterator[Statement]:
    """Each of `options`, by the day on which it is done, needs a paper in hand then.

    `need` names a passport, a permission, a certificate kind or an acquirable. Where the traveller holds it,
    nothing is said; else what gives it must have been applied for, be ready by that day and, a certificate, valid.
    A passport must not be away either; `own` is the acquirable that `options` apply for, if they do.
    """
    applications = view.applications(traveller.id)
    giving = [item.id for item in view.scenario.acquirables if _gives(item, need)]
    mine, last = np.isin(applications.acquirable, giving), _last_day(view, applications)
    for day, done in options.items():
        if not _holds(traveller, need, day):
            in_time = mine & (applications.ready_on <= day) & (day <= last)
            yield Clause(fact, (done,), applications.ids[in_time])
        yield from _not_away(view, traveller, day, done, need, fact, own)


def _not_away(
    view: View, traveller: Traveller, day: int, done: Ids, passport: str, fact: Fact, own: str
) -> Iterator[Statement]:
    """Nothing that needs a passport in hand is done on a day on which that book is away or given up."""
    applications, items = view.applications(traveller.id), view.scenario.acquirables
    held = [dates for book in traveller.passports if book.id == passport for dates in book.away]
    if any(date.fromordinal(day) in dates for dates in held):
        yield Block(fact, done)
    begun = applications.apply_on <= day
    away = begun & (day < applications.ready_on) & (applications.passport == passport)
    for item in items:  # one by one: what keeps the passport on a day is the same for all that need it then
        renews = item.passport is not None and item.passport.renews == passport
        if item.id != own and (renews or item.keeps_passport):
            gone = (applications.acquirable == item.id) & (begun if renews else away)
            if gone.any():
                yield Clause(fact, (done, applications.ids[gone]))


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
        high = held.valid_to.toordinal() if held.valid_to else NEVER
        if held.kind == need and low <= day <= high:
            return True
    return False


def _last_day(view: View, applications: Applications) -> Column:
    """Last day on which what was applied for is valid as a certificate; for other papers, the end of time."""
    last = np.full(len(applications.ids), NEVER, dtype=np.int64)
    for item in view.scenario.acquirables:
        if item.certificate is not None and item.certificate.validity is not None:
            rows = applications.acquirable == item.id
            last[rows] = per_day(item.certificate.validity.after, applications.ready_on[rows])
    return last
