"""What the words in a file may refer to, and the check that every reference meets something."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any

from attrs import field, frozen

from planner.core.errors import Problem, did_you_mean
from planner.scenario.law import LawBook
from planner.scenario.node import (
    NOWHERE,
    DocumentRef,
    EventRef,
    GroundRef,
    LegRef,
    Node,
    PassportRef,
    PlaceRef,
    PortRef,
    State,
    TerritoryRef,
    TravellerRef,
    ZoneRef,
)
from planner.scenario.reading.airports import Atlas
from planner.scenario.reading.base.states import state
from planner.scenario.reading.countries import countries, country_hint, is_country
from planner.scenario.reading.damage import Damage
from planner.scenario.reading.walk import values

_OWN_CODES = re.compile("AA|Q[M-Z]|X[A-Z]|ZZ")  # what ISO 3166 leaves to its users
PLACES = frozenset({"ports", "territories", "zones"})
_PAPERS = frozenset({"travellers", "acquirables", "may_obtain", "rulebooks"})
_HINTS = 200  # guesses at what was meant: each looks through all that is known
# What each kind of reference is called, and the top-level tables that say what there is.
_KINDS: dict[Any, tuple[str, frozenset[str]]] = {
    State: ("country code", PLACES),
    PortRef: ("port", PLACES),
    TerritoryRef: ("territory", PLACES),
    ZoneRef: ("zone or territory", PLACES),
    PlaceRef: ("port, territory or zone", PLACES),
    PassportRef: ("passport", _PAPERS),
    DocumentRef: ("passport, permission, certificate or acquirable", _PAPERS),
    TravellerRef: ("traveller", frozenset({"travellers"})),
    LegRef: ("leg", frozenset({"legs", "schedules", "leg_tables"})),
    EventRef: ("event", frozenset({"trip"})),
    GroundRef: ("permission, acquirable, admission or rule", _PAPERS | {"admissions", "rules"}),
}


@frozen
class Names:
    """Everything that can be referred to.

    `territories` are those named besides all countries. `listed` holds ids by kind of reference (passports,
    legs …); kinds that are neither places nor listed are not checked.
    """

    atlas: Atlas
    zones: Collection[str]
    territories: Collection[str]
    named_ports: Collection[str] = ()
    listed: dict[Any, Collection[str]] = field(factory=dict)
    elsewhere: Collection[str] = ()  # ids that stand in files not read: they may be anything

    @classmethod
    def of(cls, law: LawBook, ports: Collection[str] = (), listed: dict[Any, Collection[str]] | None = None) -> Names:
        """The places of some law, and the ids listed."""
        atlas = Atlas.of(law)
        known = (atlas.port(code) for code in ports)
        territories = {str(item.id) for item in law.territories} | {str(port.territory) for port in law.ports}
        territories |= {str(port.territory) for port in known if port}
        return cls(atlas, {item.id for item in law.zones}, territories, ports, listed or {})

    def knows(self, kind: Any, text: str) -> bool:
        """Whether there is such a thing."""
        if kind is GroundRef and text.startswith("citizen:") and self._territory(text.removeprefix("citizen:")):
            return True
        if kind is State:
            return bool(re.fullmatch("[A-Z]{2}", text)) and (bool(_OWN_CODES.match(text)) or self._territory(text))
        if kind is PortRef:
            return self.atlas.port(text) is not None or text in self.elsewhere
        if kind in (TerritoryRef, ZoneRef):
            return self._territory(text) or (kind is ZoneRef and text in self.zones)
        if kind is PlaceRef:
            return self.knows(ZoneRef, text) or self.knows(PortRef, text)
        return kind not in self.listed or text in self.listed[kind] or text in self.elsewhere

    def _territory(self, text: str) -> bool:
        return text in self.territories or is_country(text) or text in self.elsewhere

    def hint(self, kind: Any, text: str) -> str:
        """A guess at what was meant."""
        country = country_hint(text)
        if kind is State:
            return country or "two capital letters such as 'MX' (ISO 3166 alpha-2)"
        if kind in self.listed:
            return did_you_mean(text, sorted(self.listed[kind]))
        if kind is PortRef:
            return self._area_hint(text) or self.atlas.hint(text, self.named_ports)
        if kind is TerritoryRef and text in self.zones:
            return "that is a zone; name one of its territories"
        own = sorted({*self.zones, *self.territories} - set(countries())) if kind is not TerritoryRef else []
        near = did_you_mean(text, own)
        if near.startswith("did"):
            return near
        if kind is not PlaceRef:
            tables = "[[territories]]" if kind is TerritoryRef else "[[territories]] or [[zones]]"
            country = country or f"a country code such as 'FR', or the id of a {tables} table"
        return country or self.atlas.hint(text, self.named_ports)

    def _area_hint(self, text: str) -> str:
        """«BR is a country; an airport is needed», where an area is named that is no city as well."""
        if self.atlas.codes(text):
            return ""
        areas = {"zone": text in self.zones, "country": state(text) is not None, "territory": self._territory(text)}
        word = next((word for word, meant in areas.items() if meant), "")
        return f"{text} is a {word}; an airport is needed" if word else ""


def check_references(names: Names, damage: Damage, *roots: Node) -> Iterator[Problem]:
    """A problem for each reference in the tables that meets nothing."""
    hints = _HINTS
    for value in values(_KINDS, *roots):
        kind, text = value.field.type, value.value
        if value.field.name == "id" or not text or names.knows(kind, text):
            continue
        word, tables = _KINDS[kind]
        hidden = text.startswith("citizen:") and damage.in_any("travellers", "acquirables")
        if value.node.where is not NOWHERE and not hidden and not damage.may_hold(text, tables):
            hint = names.hint(kind, text) if hints > 0 else ""
            hints -= 1
            yield Problem(value.place, f"{value.field.key}: unknown {word} {text!r}", hint)
