"""Ports: those that the law defines, and airports by IATA code from `airportsdata`."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

import airportsdata
from attrs import evolve, frozen

from planner.core.alike import look, strange
from planner.core.errors import Place, Problem, ScenarioError, did_you_mean
from planner.scenario.law import LawBook
from planner.scenario.node import PortRef, TerritoryRef
from planner.scenario.travel import Port


@lru_cache(maxsize=1)
def airports() -> Mapping[str, Mapping[str, Any]]:
    """Airports by IATA code: what `airportsdata.load("IATA")` gives, in a fifth of its time. Raises ScenarioError."""
    table = Path(airportsdata.__file__).parent / "airports.csv"
    try:
        head, *lines = table.read_text(encoding="utf-8").splitlines() if table.exists() else ("",)
        if head.startswith('"icao","iata",'):
            columns = head.replace('"', "").split(",")
            found = _Lines(columns, {code: line for line in lines if (code := line.split('"', 4)[3])})
            if lines:
                found.taken_apart(lines[-1])  # a table cut short ends in the middle of a line, as a rule
            return found
        return cast(Mapping[str, Mapping[str, Any]], airportsdata.load("IATA"))
    except (OSError, ValueError, IndexError) as error:
        what = f"the table of airports cannot be read: {getattr(error, 'strerror', None) or 'it is damaged'}"
        raise ScenarioError([Problem(Place(str(table)), what, "install the package airportsdata again")]) from None


@frozen(eq=False)
class _Lines(Mapping[str, Mapping[str, Any]]):
    """The table's lines by code, each taken apart when asked for: a scenario names few of the thousands."""

    columns: list[str]
    lines: dict[str, str]

    def __getitem__(self, code: str) -> Mapping[str, Any]:
        return self.taken_apart(self.lines[code])

    def taken_apart(self, line: str) -> Mapping[str, Any]:
        """The values of a line by column. Raises ValueError if there are not as many as columns."""
        (values,) = csv.reader([line])
        return dict(zip(self.columns, values, strict=True))

    def __contains__(self, code: object) -> bool:
        return code in self.lines

    def __iter__(self) -> Iterator[str]:
        return iter(self.lines)

    def __len__(self) -> int:
        return len(self.lines)


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
        meant = self.codes(text)
        if strange(text) and (code := look(text).upper()) in airports():
            return f"did you mean {code!r}? It looks like that, but {strange(text)}"
        if text.upper() in meant:
            return f"did you mean {text.upper()!r}?"
        if meant:
            more = "" if len(meant) < 4 else " …"
            return f"IATA codes there: {', '.join(meant[:3])}{more}"
        near = did_you_mean(text, sorted({*self.defined, *named}))
        return near if near.startswith("did") else "an IATA code such as 'PEK', or the id of a [[ports]] table"

    def codes(self, text: str) -> list[str]:
        """The IATA codes that a text may stand for: one in small letters, an ICAO code, a city."""
        if text.upper() in airports():
            return [text.upper()]
        by_icao, by_city = _other_names()
        return by_icao.get(text.upper()) or by_city.get(text.strip().lower()) or []


@lru_cache(maxsize=1)
def _other_names() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """IATA codes by ICAO code, and by city in small letters: made once, for a file may be full of unknown ports."""
    by_icao: dict[str, list[str]] = {}
    by_city: dict[str, list[str]] = {}
    for code, item in airports().items():
        for found, name in ((by_icao, item["icao"]), (by_city, item["city"].lower())):
            if name:
                found.setdefault(name, []).append(code)
    return by_icao, by_city
