"""Papers that must be in hand on the date something is done, for solving. For verifying, see `obtained`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import numpy as np
from attrs import frozen

from planner.rules.facts import Fact
from planner.rules.masks import per_day
from planner.rules.statements import Block, Clause, Ids, Statement
from planner.rules.tables import NEVER, Applications, Column, View
from planner.scenario.documents import Acquirable
from planner.scenario.people import Traveller


def require_in_hand(
    view: View,
    traveller: Traveller,
    options: Mapping[int, Ids],
    need: str,
    fact: Fact,
    own: tuple[str, str] | None = None,
) -> Iterator[Statement]:
    """Each of `options`, by the day on which it is done, needs a paper in hand then.

    `need` names a passport, a permission, a certificate kind or an acquirable. Where the traveller holds it,
    nothing is said; else what gives it must have been applied for, be ready by that day and, a certificate, valid.
    A passport must not be away either; `own` is the acquirable that `options` apply for, if they do, and the passport
    in which: that application takes nothing away from itself.
    """
    applications = view.applications(traveller.id)
    giving = [item.id for item in view.scenario.acquirables if _gives(item, need)]
    mine, last = np.isin(applications.acquirable, giving), _last_day(view, applications)
    away = [dates for book in traveller.passports if book.id == need for dates in book.away]
    absences = _absences(view, traveller, need, own)
    for day, done in options.items():
        if not _holds(traveller, need, day):
            in_time = mine & (applications.ready_on <= day) & (day <= last)
            yield Clause(fact, (done,), applications.ids[in_time])
        if any(date.fromordinal(day) in dates for dates in away):
            yield Block(fact, done)
        for absence in absences:
            gone = absence.ids[(absence.begins <= day) & (day < absence.back)]
            if len(gone):
                yield Clause(fact, (done, gone))


@frozen
class _Absence:
    """The applications for one item that take a passport away, from when, and when each brings it back."""

    ids: Ids
    begins: Column
    back: Column


def _absences(view: View, traveller: Traveller, passport: str, own: tuple[str, str] | None) -> list[_Absence]:
    """What else takes a passport away, item by item: what keeps it on a day is the same for all that need it then."""
    applications = view.applications(traveller.id)
    found = []
    for item in view.scenario.acquirables:
        renews = item.passport is not None and item.passport.renews == passport
        if not (renews or item.keeps_passport):
            continue
        mine = applications.acquirable == item.id
        if own is not None and item.id == own[0]:
            mine &= applications.passport != own[1]
        if not renews:
            mine &= applications.passport == passport
        if mine.any():
            back = np.full(int(mine.sum()), NEVER) if renews else applications.ready_on[mine]
            found.append(_Absence(applications.ids[mine], applications.apply_on[mine], back))
    return found


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
