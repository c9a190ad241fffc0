"""People's papers, what can be applied for, and events."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from planner.core.errors import Problem, did_you_mean
from planner.core.words import either
from planner.scenario.documents import Acquirable, Terms
from planner.scenario.node import PassportRef
from planner.scenario.people import Traveller
from planner.scenario.reading.checks.case import Case, problem
from planner.scenario.reading.walk import values
from planner.scenario.scenario import Scenario
from planner.scenario.trip import Event


def check_papers(case: Case) -> Iterator[Problem]:
    """Papers belong to somebody and can be applied for in some order."""
    for traveller in case.written.travellers:
        yield from _own_passports(case, traveller)
    for item in case.written.acquirables:
        yield from _acquirable(item)
    if case.whole("zones", "legs", "rulebooks"):
        yield from _for_a_member(case)
    yield from _homeless(case)
    yield from _cycles(case)
    for event in case.written.trip.events:
        yield from _event(case, event)


def _for_a_member(case: Case) -> Iterator[Problem]:
    """A permission for a territory that shares its permission with others all the time admits nobody."""
    papers: list[Terms] = [p for person in case.written.travellers for p in person.permissions]
    papers += [item.permission for item in case.written.acquirables if item.permission]
    for entry in papers:
        days = {case.written.today, *_arrivals(case.scenario)}
        shared = {case.scenario.permission_zone(entry.zone, day) for day in days}
        if len(shared) == 1 and entry.zone not in shared:
            zone = shared.pop()
            message = f"zone: {entry.zone!r} is part of {zone!r}, which one permission admits to"
            own = zone in {item.id for item in case.written.zones}
            hint = f"leave 'permission' out of the `purposes` of its members, or write {zone!r}" if own else ""
            yield problem(entry, "zone", message, hint or f"write {zone!r}")


def _arrivals(scenario: Scenario) -> Iterator[date]:
    """Every date on which a leg arrives; of a timetable, all from the first to the last."""
    yield from (leg.arrives.date() for leg in scenario.legs)
    if scenario.timetable is not None and len(scenario.timetable):
        first, last = int(scenario.timetable.arrives_on.min()), int(scenario.timetable.arrives_on.max())
        yield from map(date.fromordinal, range(first, last + 1))


def _own_passports(case: Case, traveller: Traveller) -> Iterator[Problem]:
    """What a traveller says about passports is about the traveller's own."""
    own, all_known = case.passports(traveller), case.names.listed[PassportRef]
    for value in values({PassportRef}, *traveller.permissions, *traveller.past_stays):
        foreign = value.value in all_known and value.value not in own
        if value.value and foreign and case.whole("acquirables"):
            message = f"{value.field.key}: {traveller.id!r} has no passport {value.value!r}"
            yield Problem(value.place, message, did_you_mean(value.value, sorted(own)))
    held = {book.id for book in traveller.passports}
    for permission in traveller.permissions:
        if permission.book in own and permission.book not in held:
            message = f"book: {traveller.id!r} does not hold passport {permission.book!r} yet"
            yield problem(permission, "book", message, "a permission held is in a passport held")


def _acquirable(item: Acquirable) -> Iterator[Problem]:
    gives = [
        name for name in ("passport", "permission", "validation", "certificate") if getattr(item, name) is not None
    ]
    if len(gives) != 1:
        found = f"gives {' and '.join(gives)}" if gives else "gives nothing"
        hint = "exactly one of passport, permission, validation, certificate"
        yield Problem(item.where.place, f"acquirable {item.id!r} {found}", hint)
    for key in ("at_least_before_use", "at_most_before_use", "issued_by"):
        if getattr(item, key) not in (None, "") and item.permission is None:
            yield problem(item, key, f"{key} is only for acquirables that give a permission")
    if item.passport_validity is not None and item.permission is None and item.validation is None:
        yield problem(
            item, "passport_validity", "passport_validity is only for acquirables that are put into a passport"
        )


def _homeless(case: Case) -> Iterator[Problem]:
    """Permissions and validations are put into a passport: somebody who may apply must be able to have one.

    What a rulebook offers is of no use then, and no mistake: `may_obtain` may serve for many clients.
    """
    if not case.whole("travellers", "acquirables"):
        return
    for item in case.written.acquirables:
        if item.permission is None and item.validation is None:
            continue
        if not all(case.names.knows(PassportRef, passport) for passport in item.passports):
            continue  # which is reported already
        if any(_fits(case, traveller, item) for traveller in case.written.travellers if case.may(traveller, item)):
            continue
        which = either(item.passports or item.nationalities)
        wanted = f"the passport {which}" if item.passports else f"a passport of {which}" if which else "a passport"
        place = item.where.of("passports" if item.passports else "nationalities")
        yield Problem(place, f"{item.id!r} is put into {wanted}, which nobody who may apply has or could acquire")


def _fits(case: Case, traveller: Traveller, item: Acquirable) -> bool:
    passports = case.passports(traveller)
    if item.passports:
        return any(passport in passports for passport in item.passports)
    return any(not item.nationalities or state in item.nationalities for state in passports.values())


def _cycles(case: Case) -> Iterator[Problem]:
    """Acquirables that wait for each other can never be applied for."""
    items, givers, held = case.scenario.acquirables, _givers(case), _held(case)
    possible: set[str] = set()

    def blocking(item: Acquirable) -> list[str]:
        """Needs that only acquirables not known to be possible could satisfy."""
        unmet = (need for need in item.needs if need not in held and need in givers)
        return [need for need in unmet if not any(giver.id in possible for giver in givers[need])]

    while True:
        rest = [item for item in items if item.id not in possible]
        free = {item.id for item in rest if not blocking(item)}
        possible |= free
        if free:
            continue
        if not rest:
            return
        chain, item = [], rest[0]
        while item not in chain:
            chain.append(item)
            item = givers[blocking(item)[0]][0]
        chain = chain[chain.index(item) :]
        names = " needs ".join(repr(link.id) for link in (*chain, chain[0]))
        yield problem(chain[0], "needs", f"these wait for each other: {names}")
        possible |= {link.id for link in chain}  # what only waits for them has no problem of its own


def _givers(case: Case) -> dict[str, list[Acquirable]]:
    """What acquirables give, by the names under which it can be needed."""
    found: dict[str, list[Acquirable]] = {}
    for item in case.scenario.acquirables:
        names = {item.id}
        names |= {str(item.passport.id)} if item.passport else set()
        names |= {item.certificate.kind} if item.certificate else set()
        for name in names:
            found.setdefault(name, []).append(item)
    return found


def _held(case: Case) -> set[str]:
    """Papers that some traveller holds."""
    return {
        str(name)
        for traveller in case.written.travellers
        for name in (
            *(passport.id for passport in traveller.passports),
            *(permission.id for permission in traveller.permissions),
            *(certificate.kind for certificate in traveller.certificates),
        )
    }


def _event(case: Case, event: Event) -> Iterator[Problem]:
    if not event.booked_with or not case.whole("travellers", "acquirables"):
        return
    for traveller in case.written.travellers:
        if event.travellers and traveller.id not in event.travellers:
            continue
        mine = [passport for passport in event.booked_with if passport in case.passports(traveller)]
        if len(mine) != 1:
            found = "no passport" if not mine else "several passports"
            message = f"booked_with names {found} of {traveller.id!r}"
            yield problem(event, "booked_with", message, "one passport of each traveller who attends")
