"""What an importer is, what it finds, and the registry of importers."""

from __future__ import annotations

import importlib
import pkgutil
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import TypeAlias

import numpy as np
from attrs import define, field, frozen

from planner.core.errors import Place, Problem, ScenarioError
from planner.scenario.node import Per
from planner.scenario.reading.airports import Atlas
from planner.scenario.reading.legs.columns import Column, Frame, Stamps, Texts
from planner.scenario.reading.legs.files import DataFile
from planner.scenario.reading.legs.findings import SHOWN
from planner.scenario.reading.legs.written import LegTable
from planner.scenario.travel import Port


@frozen(kw_only=True)
class Ticket:
    """A fare that a source sells. `legs` are ids of its legs, in the order of travel; `price` is an amount as text."""

    id: str
    legs: tuple[str, ...]
    price: str
    currency: str = ""
    title: str = ""
    per: Per = "traveller"


@frozen(kw_only=True, eq=False)
class Part:
    """Legs of one file, or of several that belong together (`file` is the first), and what else they hold.

    `utc` tells that times are UTC whatever the table says; `currency` that of the prices of legs, if they have one.
    `ports` are those that the source itself describes. `left_out` counts what is not here, by the reason in words.
    """

    file: DataFile
    frame: Frame
    tickets: Sequence[Ticket] = ()
    utc: bool = False
    currency: str = ""
    ports: Sequence[Port] = ()
    left_out: Counter[str] = field(factory=Counter)


Read: TypeAlias = Callable[[Sequence[DataFile], LegTable, Atlas], Iterator[Part]]  # raises Unreadable, ScenarioError


@frozen
class Importer:
    """A kind of source: what `format` calls it, in a few words what it is, and the function that reads it.

    `ends` are the ends of its files' names (none: any file, or a folder). `apart`: it reads each file for itself.
    """

    name: str
    about: str
    read: Read
    ends: tuple[str, ...] = ()
    apart: bool = True


_found: dict[str, Importer] = {}


def importer(name: str, about: str, *ends: str, apart: bool = True) -> Callable[[Read], Read]:
    """Register a function as the reader of a kind of source."""

    def register(read: Read) -> Read:
        _found[name] = Importer(name, about, read, ends, apart)
        return read

    return register


@lru_cache(maxsize=1)
def importers() -> dict[str, Importer]:
    """Every importer by name, in alphabetical order."""
    from planner.scenario.importing import kinds as package

    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"{package.__name__}.{module.name}")
    return dict(sorted(_found.items()))


@define
class Faults:
    """What is wrong with files, the first of it one by one."""

    problems: list[Problem] = field(factory=list)
    more: int = 0
    _last: Place = Place("")

    def add(self, place: Place, message: str, hint: str = "") -> None:
        """Something is wrong at a place."""
        self._last = place
        if len(self.problems) < SHOWN:
            self.problems.append(Problem(place, message, hint))
        else:
            self.more += 1

    def stop(self) -> None:
        """Raise ScenarioError if there is anything."""
        if self.more:
            self.problems.append(Problem(self._last, f"{self.more:,} more problems like these, up to here"))
        if self.problems:
            raise ScenarioError(self.problems)


@define
class Legs:
    """Legs found one by one, with times in UTC minutes."""

    ids: list[str] = field(factory=list)
    starts: list[str] = field(factory=list)
    ends: list[str] = field(factory=list)
    departs: list[int] = field(factory=list)
    arrives: list[int] = field(factory=list)
    prices: list[str] = field(factory=list)
    operators: list[str] = field(factory=list)
    modes: list[str] = field(factory=list)

    def add(
        self, id_: str, start: str, end: str, departs: int, arrives: int, operator: str, mode: str, price: str = ""
    ) -> None:
        """One more leg; an empty price is none."""
        self.ids.append(id_)
        self.starts.append(start)
        self.ends.append(end)
        self.departs.append(departs)
        self.arrives.append(arrives)
        self.operators.append(operator)
        self.modes.append(mode)
        self.prices.append(price)

    def frame(self) -> Frame:
        """The legs as the rows of a table."""
        count = len(self.ids)

        def stamps(minutes: list[int]) -> Stamps:
            return Stamps(np.array(minutes, dtype=np.int64), np.zeros(count, dtype=np.bool_), 1)

        columns: dict[str, Column] = {
            "from": Texts.coded(self.starts),
            "to": Texts.coded(self.ends),
            "departs": stamps(self.departs),
            "arrives": stamps(self.arrives),
            "price": Texts.coded(self.prices),
            "operator": Texts.coded(self.operators),
            "mode": Texts.coded(self.modes),
        }
        return Frame(np.arange(1, count + 1, dtype=np.int64), columns, self.ids)
