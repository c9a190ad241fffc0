"""What a stay rests on, in words."""

from __future__ import annotations

from attrs import frozen

from planner.rules.base import rules_of
from planner.rules.kinds.citizenship import PREFIX
from planner.rules.kinds.tour import PREFIX as PREFIX_OF_TOURS
from planner.scenario.documents import Acquirable
from planner.scenario.law import Admission, Entry
from planner.scenario.node import GroundType
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
    "airside": "airside transit visa",
}


@frozen(kw_only=True)
class GroundNamed:
    """A ground found again by its id. `item` is what stands in the file or law; None for citizenship and the like."""

    id: str
    type: GroundType
    label: str
    item: Permission | Acquirable | Admission | Entry | None = None


def type_name(type_: GroundType) -> str:
    """What a type of ground is called: «visa on arrival»."""
    return _TYPES[type_]


def ground_of(scenario: Scenario, traveller: Traveller, ground: str) -> GroundNamed | None:
    """What a stay's ground is. None for no ground (the stay at the start) and for ids that nothing has."""
    tour = scenario.fare_by_id.get(ground.removeprefix(PREFIX_OF_TOURS))
    if tour is not None and ground.startswith(PREFIX_OF_TOURS):
        return GroundNamed(id=ground, type="permit", label=f"the tour «{tour.label}»")
    return _of_law(scenario, traveller, ground)


def _of_law(scenario: Scenario, traveller: Traveller, ground: str) -> GroundNamed | None:
    """The same for everything but tours."""
    if ground.startswith(PREFIX):
        state = ground.removeprefix(PREFIX)
        return GroundNamed(id=ground, type="citizen", label=f"as a citizen of {scenario.name_of(state)}")
    for held in traveller.permissions:
        if held.id == ground:
            label = f"{_TYPES[held.type]} {held.id}" + (f" in passport {held.book}" if held.book else "")
            return GroundNamed(id=ground, type=held.type, label=label, item=held)
    item = scenario.acquirable_by_id.get(ground)
    if item is not None and item.permission is not None:
        return GroundNamed(id=ground, type=item.permission.type, label=item.label, item=item)
    for admission in scenario.law.admissions:
        if admission.id == ground:
            grant = admission.grant
            return GroundNamed(id=ground, type=grant, label=f"{_TYPES[grant]} ({ground})", item=admission)
    for rule in rules_of(scenario):
        for offer in rule.grounds(scenario, traveller):
            if offer.id == ground:
                entry = rule if isinstance(rule, Entry) else None
                return GroundNamed(id=ground, type=offer.type, label=f"{_TYPES[offer.type]} ({ground})", item=entry)
    return None
