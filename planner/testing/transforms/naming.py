"""Other names: nothing depends on what things are called."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from planner.scenario import node
from planner.scenario.reading.walk import Field
from planner.testing.transforms.effect import Transformed, called
from planner.testing.transforms.walking import Table, described_ports, mapped, singles, with_stop_ids

_REFERENCES = {
    node.CertificateRef,
    node.DocumentRef,
    node.EventRef,
    node.GroundRef,
    node.LegRef,
    node.PassportRef,
    node.PlaceRef,
    node.PortRef,
    node.State,
    node.TerritoryRef,
    node.TravellerRef,
    node.ZoneRef,
}
_OTHERS = {"id", "operator", "operators", "switched_off", "may_obtain"}  # keys of texts that are names as well
_OWN_CODES = [
    *(f"X{letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    *(f"Q{letter}" for letter in "MNOPQRSTUVWXYZ"),
]


def renamed(data: Mapping[str, Any]) -> Transformed:
    """Everything with an id gets another one: places and states, papers, people, legs, fares, wishes, rules, operators.

    Names that were the same stay the same, and what came first in the alphabet comes last. Readings keep their names.
    Answers correspond name by name. Raises ValueError for a scenario that does not say everything itself, or that has
    more than forty states.
    """
    described_ports(data)
    data = with_stop_ids(data)
    old = {value for field, value in singles(data) if _names(field)}
    codes = sorted((name for name in old if re.fullmatch("[A-Z]{2}", name)), reverse=True)
    others = sorted(old - {*codes}, reverse=True)
    texts = {value for field, value in singles(data) if field.type is node.State} - old
    new_codes = [code for code in _OWN_CODES if code not in texts]
    if len(codes) > len(new_codes):
        raise ValueError(f"more than {len(new_codes)} states cannot be named anew")
    names = dict(zip(codes, new_codes, strict=False))
    names |= {name: f"n{number:04}" for number, name in enumerate(others)}
    return Transformed(data=_called(data, names), names=names)


def moved(data: Mapping[str, Any]) -> Transformed:
    """Every port gives its place to a new one in the same territory; the old one stays, and nobody goes there any more.

    Answers correspond name by name. Raises ValueError for a scenario that does not say everything itself.
    """
    ports = described_ports(data)
    data = with_stop_ids(data)
    names = {port: f"{port} moved" for port in ports}
    made = _called(data, names)
    made["ports"] += [dict(port) for port in ports.values()]
    return Transformed(data=made, names=names)


def _names(field: Field) -> bool:
    """Whether a field's values are names that the file gives."""
    return field.key in ("id", "operator", "operators") or field.type is node.CertificateRef


def _called(data: Mapping[str, Any], names: Mapping[str, str]) -> Table:
    """The tables with other names."""

    def change(field: Field, value: Any) -> Any:
        if field.by_name and field.key == "ports":
            return {called(key, names): item for key, item in value.items()}
        if isinstance(value, str) and (field.type in _REFERENCES or field.key in _OTHERS):
            return called(value, names)
        return value

    return mapped(data, change)
