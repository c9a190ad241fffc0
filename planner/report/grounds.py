"""What a stay rests on, in words, and until when it lets the traveller stay."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Literal

from attrs import frozen

from planner.core.period import Period
from planner.core.time import day_start, to_local
from planner.itinerary.journey import Journey, Stay
from planner.rules.base import Rule
from planner.rules.kinds.citizenship import PREFIX
from planner.rules.kinds.transit_without_visa import TransitWithoutVisa
from planner.scenario.documents import Acquirable, NewPermission
from planner.scenario.law import Admission, Entry
from planner.scenario.node import CountFrom, GroundType
from planner.scenario.people import Permission, Traveller
from planner.scenario.scenario import Scenario

_TYPES: dict[GroundType, str] = {
    "citizen": "citizenship",
    "visa_free": "visa-free admission",
    "on_arrival": "visa on arrival",
    "electronic": "electronic permission",
    "visa": "visa",
    "residence": "residence permit",
    "permit": "permit",
    "transit": "transit without visa",
}


@frozen(kw_only=True)
class GroundNamed:
    """A ground found again by its id. `item` is what stands in the file or law; None for citizenship."""

    id: str
    type: GroundType
    label: str
    item: Permission | Acquirable | Admission | Entry | None = None


@frozen(kw_only=True)
class Limit:
    """The end of a lawful stay: its last civil date and, where hours count, the instant (wall clock at the entry)."""

    on: date
    at: datetime | None = None


def ground_of(scenario: Scenario, traveller: Traveller, ground: str) -> GroundNamed | None:
    """What a stay's ground is. None for no ground (the stay at the start) and for ids that nothing has."""
    if ground.startswith(PREFIX):
        state = ground.removeprefix(PREFIX)
        return GroundNamed(id=ground, type="citizen", label=f"as a citizen of {scenario.name_of(state)}")
    for held in traveller.permissions:
        if held.id == ground:
            return GroundNamed(id=ground, type=held.type, label=f"{_TYPES[held.type]} {held.id}", item=held)
    item = scenario.acquirable_by_id.get(ground)
    if item is not None and item.permission is not None:
        return GroundNamed(id=ground, type=item.permission.type, label=item.label, item=item)
    for admission in scenario.law.admissions:
        if admission.id == ground:
            grant = admission.grant
            return GroundNamed(id=ground, type=grant, label=f"{_TYPES[grant]} ({ground})", item=admission)
    for rule in scenario.law.rules:
        if rule.id == ground and isinstance(rule, Rule):
            kinds = [offer.type for offer in rule.grounds(scenario, traveller) if offer.id == ground]
            if kinds:
                return GroundNamed(id=ground, type=kinds[0], label=f"{_TYPES[kinds[0]]} ({ground})", item=rule)
    return None


def until(journey: Journey, stay: Stay) -> Limit | None:
    """Until when the ground of a stay lets the traveller stay. None: it sets no limit (citizens), or no entry.

    The date by which one must *enter* is no limit of the stay. Counts over several stays (such as 90 days in any
    180) are no part of the ground.
    """
    traveller = journey.scenario.traveller_by_id[stay.traveller]
    ground = ground_of(journey.scenario, traveller, stay.ground)
    if stay.entry is None or ground is None:
        return None
    limits = [limit for limit in _limits(journey, stay, ground) if limit.on < date.max]
    return min(limits, key=lambda limit: (limit.on, limit.at or datetime.max), default=None)


def _limits(journey: Journey, stay: Stay, ground: GroundNamed) -> Iterator[Limit]:
    item = ground.item
    terms: Permission | NewPermission | None = None
    if isinstance(item, Acquirable):
        terms = item.permission
    elif isinstance(item, Permission):
        terms = item
    elif isinstance(item, Admission):
        if item.max_stay is not None:
            yield _counted(journey, stay, item.max_stay, item.count_from)
    elif isinstance(item, TransitWithoutVisa):
        if item.stay.unit == "hours":
            yield _after_hours(journey, stay, item.stay, item.clock_from)
        else:
            yield _counted(journey, stay, item.stay, "entry_day" if item.clock_from == "entry" else "day_after")
    if terms is not None:
        if terms.max_stay is not None:
            yield _counted(journey, stay, terms.max_stay, terms.count_from)
        if terms.valid_after_first_entry is not None:
            first = _first_entry(journey, stay, each_passport=isinstance(item, Acquirable))
            yield _counted(journey, first, terms.valid_after_first_entry, terms.count_from)


def _first_entry(journey: Journey, stay: Stay, *, each_passport: bool) -> Stay:
    """The traveller's first stay that rests on the same ground; each copy of an acquired paper counts for itself."""
    return next(
        other
        for other in journey.stays[stay.traveller]
        if other.entry is not None
        and other.ground == stay.ground
        and (not each_passport or other.passport == stay.passport)
    )


def _counted(journey: Journey, stay: Stay, length: Period, count_from: CountFrom) -> Limit:
    assert stay.entry is not None
    if length.unit == "hours":
        return _after_hours(journey, stay, length, "entry")
    return Limit(on=length.last_day(stay.entry.on, count_from))


def _after_hours(journey: Journey, stay: Stay, length: Period, clock_from: Literal["entry", "next_midnight"]) -> Limit:
    assert stay.entry is not None
    zone = journey.scenario.ports[stay.entry.leg.to].timezone
    start = stay.entry.at
    if clock_from == "next_midnight":
        start = day_start(stay.entry.on + timedelta(days=1), zone)
    end = to_local(start + length.count * 60, zone)
    return Limit(on=(end - timedelta(minutes=1)).date(), at=end)
