"""More legs, none of which is worth anything."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from datetime import datetime, timedelta
from typing import Any

from attrs import evolve

from planner.core.money import Price
from planner.core.period import Period
from planner.rules.base import table_kinds
from planner.scenario.node import StayLimit
from planner.scenario.reading import read_mapping
from planner.scenario.reading.walk import fields, nodes
from planner.testing.transforms.effect import Transformed
from planner.testing.transforms.walking import Table, described_ports, free

_LONGER = timedelta(minutes=30)


def with_unusable_legs(data: Mapping[str, Any]) -> Transformed:
    """Beside every leg a free one to a port that nothing leaves, and one from a port that nothing leads to.

    The answer stays as it is. Raises ValueError for a scenario that does not say everything itself.
    """
    ports = described_ports(data)
    made = deepcopy(dict(data))
    more: list[Table] = []
    for end, sign in (("to", "no way out"), ("from", "no way in")):
        twins = {port: free(made, f"{port} {sign}") for port in ports}
        made["ports"] += [ports[port] | {"id": twin} for port, twin in twins.items()]
        for leg in data.get("legs", ()):
            twin = {**leg, "id": free(made, f"{leg['id']} {sign}"), end: twins[leg[end]], "price": "0"}
            more.append({key: value for key, value in twin.items() if key not in ("exit_port", "entry_port")})
    made["legs"] = [*more, *made.get("legs", ())]
    return Transformed(data=made, more_trips=True)


def with_dominated_leg(data: Mapping[str, Any], leg: str) -> Transformed:
    """A leg like the one with that id, but dearer by one unit of its currency, and longer unless hours are counted.

    It departs up to half an hour earlier and arrives up to half an hour later, on the same dates. The answer stays as
    it is. Raises ValueError for a leg that has no price of its own, or that `[[touches]]` speak about: the other one
    might be of use.
    """
    made = deepcopy(dict(data))
    like = next((table for table in made.get("legs", ()) if table["id"] == leg and "price" in table), None)
    touched = {touch[key] for touch in made.get("touches", ()) for key in ("after", "before")}
    if like is None or leg in touched:
        raise ValueError(f"a leg like {leg} might be of use")
    price = Price.parse(str(like["price"]))
    dearer = evolve(price, amount=price.amount + 1)
    twin = like | {"id": free(made, f"{leg} dearer"), "price": f"{dearer.amount} {dearer.currency}".strip()}
    if not counts_hours(data):
        departs, arrives = _moment(like["departs"]), _moment(like["arrives"])
        earliest, latest = departs.replace(hour=0, minute=0), arrives.replace(hour=23, minute=59)
        twin |= {"departs": max(departs - _LONGER, earliest), "arrives": min(arrives + _LONGER, latest)}
    made["legs"].insert(0, twin)
    return Transformed(data=made, more_trips=True)


def counts_hours(data: Mapping[str, Any]) -> bool:
    """Whether something depends on the hour and not only on the date: limits in hours, or hours of an airside area."""
    scenario = read_mapping(data, table_kinds())
    for node in nodes(*scenario.law.rules, *scenario.law.admissions, *scenario.acquirables, *scenario.travellers):
        for field in fields(node):
            value = getattr(node, field.name)
            if field.type in (Period, StayLimit) and value is not None and value.unit == "hours":
                return True
            if "hours" in field.key and value is not None:
                return True
    return any(port.airside_from is not None for port in scenario.ports.values())


def _moment(value: Any) -> datetime:
    return value if isinstance(value, datetime) else datetime.fromisoformat(value)
