"""What an entry could rest on: what is offered to the traveller now, then what could be in hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

import attrs
from attrs import evolve, frozen

from planner.itinerary.choices import Application
from planner.itinerary.ready import ready_date
from planner.law.answers import Obtain
from planner.law.world import TRAVELLER, World
from planner.rules.base import Ground, grounds_of
from planner.scenario.documents import Acquirable
from planner.scenario.law import Admission, Entry
from planner.scenario.node import GroundType
from planner.scenario.people import Permission, Traveller
from planner.scenario.scenario import Scenario

_LONGEST = 800  # days before the entry on which an application is thought of


@frozen(kw_only=True)
class Candidate:
    """What an entry could rest on, with one passport. With `obtain` it is not in hand: `held` stands for it."""

    ground: str
    type: GroundType
    passport: str
    item: Permission | Acquirable | Admission | Entry | None = None
    obtain: Obtain | None = None
    held: Permission | None = None


def candidates(world: World) -> Iterator[Candidate]:
    """Everything an entry could rest on: what is offered now, then what could be in hand."""
    scenario, zone = world.scenario, zone_of(world)
    person = scenario.travellers[0]
    offered = [
        Candidate(ground=ground.id, type=ground.type, passport=passport, item=_item(scenario, person, ground))
        for ground in grounds_of(scenario, person)
        if zone in ground.zones and ground.type != "airside"
        for passport in ground.passports
    ]
    on = world.question.on
    past = [c for c in offered if isinstance(c.item, Admission | Entry) and not c.item.in_force(on)]
    now = {candidate.passport for candidate in offered if candidate not in past}
    yield from (candidate for candidate in offered if candidate not in past or candidate.passport not in now)
    for book in person.passports:
        offers = [item for item in _offers(world, zone) if not item.nationalities or book.state in item.nationalities]
        offers = list(_one_consulate(offers, world.territory))
        yield from _not_superseded([_offered(world, offer, book.id) for offer in offers])
        for admission in _demands(world, zone, book.state):
            if not any(o.permission and o.permission.type == admission.grant for o in offers):
                held = Permission(
                    id=admission.id,
                    zone=admission.zone,
                    type=admission.grant,
                    max_stay=admission.max_stay,
                    count_from=admission.count_from,
                )
                yield Candidate(
                    ground=admission.id,
                    type=admission.grant,
                    passport=book.id,
                    item=admission,
                    obtain=Obtain(type=admission.grant),
                    held=held,
                )


def zone_of(world: World) -> str:
    """The permission zone entered."""
    return world.scenario.permission_zone(world.territory, world.question.on)


def _item(scenario: Scenario, person: Traveller, ground: Ground) -> Permission | Admission | Entry | None:
    """The paper or entry of law behind a ground that is offered; None for citizenship."""
    named: Iterable[Permission | Admission | Entry] = (
        *person.permissions,
        *scenario.law.admissions,
        *scenario.law.rules,
    )
    return next((item for item in named if item.id == ground.id), None)


def _offers(world: World, zone: str) -> Iterator[Acquirable]:
    """Permissions for the zone that the rulebooks offer."""
    for book in world.books:
        for item in book.acquirables:
            if item.permission is not None and zone in item.permission.zones and item.permission.type != "airside":
                yield item


def _not_superseded(offered: Sequence[Candidate]) -> Iterator[Candidate]:
    """Of offers of one type, those that are open longest, or that alone can be applied for in time."""
    for one in offered:
        ends = _closes(one)
        later = (
            other
            for other in offered
            if other.type == one.type and other.obtain and other.obtain.apply_by and ends < _closes(other)
        )
        if not any(later):
            yield one


def _closes(candidate: Candidate) -> date:
    """The last date on which an offer is open at all."""
    return (candidate.item.apply_by if isinstance(candidate.item, Acquirable) else None) or date.max


def _one_consulate(offers: Iterable[Acquirable], territory: str) -> Iterator[Acquirable]:
    """Of offers alike but for the state whose consulate issues them, the territory's own, or else the first."""
    alike: dict[object, list[Acquirable]] = {}
    for item in offers:
        key = (item.permission, item.price, item.lead, item.needs) if item.issued_by else item.id
        alike.setdefault(key, []).append(item)
    for items in alike.values():
        yield next((item for item in items if item.issued_by == territory), items[0])


def _demands(world: World, zone: str, state: str) -> Iterator[Admission]:
    """Admissions in force that say what must be obtained first."""
    for admission in world.scenario.law.admissions:
        asks = admission.grant in ("electronic", "visa") and admission.zone == zone
        if asks and state in admission.nationalities and admission.in_force(world.question.on):
            yield admission


def _offered(world: World, item: Acquirable, passport: str) -> Candidate:
    """An acquirable as if it were in hand, issued in a passport."""
    terms = item.permission
    assert terms is not None
    same = {field.name for field in attrs.fields(Permission)} & {field.name for field in attrs.fields(type(terms))}
    held = Permission(id=item.id, **{name: getattr(terms, name) for name in same}, passports=(passport,))  # type: ignore[arg-type]
    first, last = _window(world, item)
    return Candidate(
        ground=item.id,
        type=terms.type,
        passport=passport,
        item=item,
        obtain=Obtain(type=terms.type, offer=item, apply_from=first, apply_by=last),
        held=held,
    )


def _window(world: World, item: Acquirable) -> tuple[date | None, date | None]:
    """The first and the last date on which to apply for a check-in on the day of entry. No first: none is too early."""
    on, scenario, terms = world.question.on, evolve(world.scenario, acquirables=(item,)), item.permission
    within, most = terms.enter_within if terms else None, item.at_most_before_use
    good: list[date] = []
    for before in range(item.at_least_before_use or 0, _LONGEST):
        day = on - timedelta(days=before)
        ready = ready_date(scenario, Application(TRAVELLER, item.id, "", day))
        if (within and within.after(ready) < on) or (most and most.after(day) < on) or day < (item.apply_from or day):
            break
        if ready <= on and day <= (item.apply_by or day) and (not item.apply_on or day in item.apply_on):
            good.append(day)
            if not within and not most:
                return item.apply_from, day
    return (good[-1], good[0]) if good else (None, None)
