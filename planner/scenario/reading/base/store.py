"""The imported base: a file in the user's data folder, and the rulebook that it makes for some territories."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal

from attrs import frozen

from planner.core.errors import Place, Problem, ScenarioError
from planner.core.period import Period
from planner.core.writing import write_whole
from planner.scenario.law import Admission, Rulebook
from planner.scenario.node import State, StayLimit, Where, ZoneRef
from planner.scenario.reading.base.states import state
from planner.scenario.reading.base.table import OWN, Requirements, as_status

ID = "BASE"
_FORMAT = 1
_GRANTS: dict[str, Literal["visa_free", "on_arrival", "electronic", "visa"]] = {
    "visa free": "visa_free",
    "visa on arrival": "on_arrival",
    "eta": "electronic",
    "e-visa": "electronic",
    "visa required": "visa",
}  # a number of days is visa-free; nothing admits where the table says «no admission»


@frozen(kw_only=True)
class Base:
    """What the table says, by destination and status: the passports of that status there.

    `on` is the date as of which it holds, `source` and `licence` are as given at the import. `passports` and the
    destinations are all that it knows; about others it says nothing.
    """

    source: str
    licence: str
    on: date
    passports: frozenset[str]
    destinations: Mapping[str, Mapping[str, tuple[str, ...]]]

    @classmethod
    def of(cls, table: Requirements, *, source: str, licence: str, on: date) -> Base:
        """The base that a table makes."""
        found: dict[str, dict[str, list[str]]] = {}
        for (passport, destination), status in sorted(table.items()):
            group = found.setdefault(destination, {})
            if status != OWN:
                group.setdefault(status, []).append(passport)
        return cls(
            source=source,
            licence=licence,
            on=on,
            passports=frozenset(passport for passport, _ in table),
            destinations={name: {k: tuple(v) for k, v in group.items()} for name, group in found.items()},
        )

    def status(self, passport: str, destination: str) -> str | None:
        """What the table says of a passport (alpha-2 code) in a destination; None: nothing."""
        groups = self.destinations.get(destination, {})
        return next((status for status, passports in groups.items() if passport in passports), None)

    def rulebook(self, territories: Collection[str]) -> Rulebook:
        """The admissions to those of some territories that the table knows."""
        known = sorted(self.destinations.keys() & set(territories))
        return Rulebook(
            id=ID,
            title="The imported base",
            covers=tuple(map(ZoneRef, known)),
            admissions=tuple(
                self._admission(territory, status, passports)
                for territory in known
                for status, passports in self.destinations[territory].items()
                if status.isdigit() or status in _GRANTS
            ),
            where=Where(Place(path().name)),
        )

    def _admission(self, territory: str, status: str, passports: tuple[str, ...]) -> Admission:
        days = int(status) if status.isdigit() else None
        word = f"{days}-days" if days else re.sub(r"\W+", "-", status)
        return Admission(
            id=f"base-{territory.lower()}-{word}",
            zone=ZoneRef(territory),
            nationalities=tuple(map(State, passports)),
            grant="visa_free" if days else _GRANTS[status],
            max_stay=StayLimit(Period(days)) if days else None,
            source=f"{self.source}; licence: {self.licence}",
            read_on=self.on,
            grade="secondary",
            where=Where(Place(path().name)),
        )


def path() -> Path:
    """Where the base lies, whether there is one or not."""
    from platformdirs import user_data_path

    return user_data_path("entry-planner", appauthor=False) / "base.json"


def read_base() -> Base | None:
    """The imported base; None if there is none. Raises ScenarioError if its file is damaged."""
    try:
        data = json.loads(path().read_text(encoding="utf-8"))
        return _from_data(data)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ScenarioError([Problem(Place(str(path())), f"the base cannot be read: {error.strerror}")]) from None
    except (ValueError, TypeError, KeyError, AttributeError):
        hint = "import the table again: plan rules import FILE"
        raise ScenarioError([Problem(Place(str(path())), "the imported base is damaged", hint)]) from None


def write_base(base: Base) -> Path:
    """Put a base in the place of the old one, whole or not at all; returns where. Raises OSError."""
    target = path()
    target.parent.mkdir(parents=True, exist_ok=True)
    write_whole(target, json.dumps(_as_data(base)))
    return target


def _as_data(base: Base) -> dict[str, Any]:
    groups = base.destinations.items()
    return {
        "format": _FORMAT,
        "source": base.source,
        "licence": base.licence,
        "on": base.on.isoformat(),
        "passports": " ".join(sorted(base.passports)),
        "destinations": {name: {status: " ".join(who) for status, who in group.items()} for name, group in groups},
    }


def _from_data(data: dict[str, Any]) -> Base:
    if data["format"] != _FORMAT:
        raise ValueError("another format")
    base = Base(
        source=data["source"],
        licence=data["licence"],
        on=date.fromisoformat(data["on"]),
        passports=frozenset(data["passports"].split()),
        destinations={
            name: {status: tuple(who.split()) for status, who in group.items()}
            for name, group in data["destinations"].items()
        },
    )
    if not _complete(base):
        raise ValueError("not what an import writes")
    return base


def _complete(base: Base) -> bool:
    """Whether all states and statuses are known and every pair has one: what is not said would seem refused."""
    if any(state(code) != code for code in (*base.passports, *base.destinations)):
        return False
    for name, group in base.destinations.items():
        told = sorted(passport for passports in group.values() for passport in passports)
        if told != sorted(base.passports - {name}):
            return False
        if any(as_status(status) != status or status == OWN for status in group):
            return False
    return True
