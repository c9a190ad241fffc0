"""Ports: those that the law defines, and airports by IATA code from `airportsdata`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import airportsdata
from attrs import evolve, frozen

from planner.core.errors import did_you_mean
from planner.scenario.law import LawBook
from planner.scenario.node import PortRef, TerritoryRef
from planner.scenario.travel import Port


@lru_cache(maxsize=1)
def airports() -> Mapping[str, Mapping[str, Any]]:
    """Airports by IATA code."""
    found: Mapping[str, Mapping[str, Any]] = airportsdata.load("IATA")
    return found


@frozen
class Atlas:
    """Which ports there are, and in which territory each lies."""

    defined: dict[str, Port]
    territories: dict[str, TerritoryRef]  # of airports that a territory claims

    @classmethod
    def of(cls, law: LawBook) -> Atlas:
        """The ports that some law defines or claims, besides all airports."""
        claimed = {str(port): item.id for item in law.territories for port in item.ports}
        return cls({port.id: port for port in law.ports}, claimed)

    def port(self, code: str) -> Port | None:
        """The port of that id or IATA code."""
        if code not in airports():
            return self.defined.get(code)
        airport, own = airports()[code], self.defined.get(code, Port(id=PortRef(code)))
        return evolve(
            own,
            name=own.name or airport["name"],
            city=own.city or airport["city"],
            territory=own.territory or self.territories.get(code, TerritoryRef(airport["country"])),
            timezone=own.timezone or airport["tz"],
        )

    def hint(self, text: str, named: Iterable[str]) -> str:
        """A guess at the port meant: an ICAO code, a city, a slip of the keyboard among the `named` ports."""
        if text.upper() in airports():
            return f"did you mean {text.upper()!r}?"
        meant = [code for code, item in airports().items() if item["icao"] == text.upper()]
        city = text.strip().lower()
        meant = meant or [code for code, item in airports().items() if city and item["city"].lower() == city]
        if meant:
            more = "" if len(meant) < 4 else " …"
            return f"IATA codes there: {', '.join(meant[:3])}{more}"
        near = did_you_mean(text, sorted({*self.defined, *named}))
        return near if near.startswith("did") else "an IATA code such as 'PEK', or the id of a [[ports]] table"
