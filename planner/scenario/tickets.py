"""Fares as columns: what tables of fares hold by the million, where one object a fare would fill the memory."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import numpy as np
from attrs import evolve, field, frozen
from numpy.typing import NDArray

from planner.core.money import Price, digits
from planner.scenario.clocks import Numbers
from planner.scenario.node import LegRef, Where
from planner.scenario.travel import Fare


@frozen(kw_only=True, eq=False)
class Tickets:
    """Fares for one leg or several, one row a fare, in the canonical order of fares.

    The legs of fare i are `legs[start[i]:start[i + 1]]`, in the order of travel, as positions in the timetable of all
    legs of the scenario. `price` is in minor units of `currencies[currency[i]]`; `party` tells that it is for the
    party.
    """

    ids: Sequence[str]
    titles: Sequence[str]
    start: Numbers
    legs: Numbers
    price: Numbers
    currency: Numbers
    currencies: tuple[str, ...]
    party: NDArray[np.bool_]
    places: Sequence[Where]  # of the files
    file: Numbers  # numbers `places`
    row: Numbers
    left_out: Mapping[str, int] = field(factory=dict)

    def __len__(self) -> int:
        return len(self.price)

    def all_in(self, legs: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """The fares all of whose legs are among some, by a mask over all legs of the scenario."""
        found: NDArray[np.bool_] = np.minimum.reduceat(legs[self.legs], self.start[:-1]) if len(self) else legs[:0]
        return found

    def among(self, legs: NDArray[np.bool_]) -> Tickets:
        """The fares all of whose legs are among some, for a scenario that has only these legs."""
        kept = self.all_in(legs)
        lengths = self.lengths()
        number = np.cumsum(legs) - 1
        rows = np.flatnonzero(kept).tolist()
        return evolve(
            self,
            ids=[self.ids[row] for row in rows],
            titles=[self.titles[row] for row in rows],
            start=np.concatenate([[0], np.cumsum(lengths[kept])]).astype(np.int64),
            legs=number[self.legs[np.repeat(kept, lengths)]],
            **{name: getattr(self, name)[kept] for name in ("price", "currency", "party", "file", "row")},
        )

    def fares(self, legs: NDArray[np.bool_], ids: Collection[LegRef]) -> Iterator[Fare]:
        """The fares all of whose legs are among some, as objects; `ids` are the ids of these legs, in order."""
        name = dict(zip(np.flatnonzero(legs).tolist(), ids, strict=True))
        for row in np.flatnonzero(self.all_in(legs)).tolist():
            positions = self.legs[int(self.start[row]) : int(self.start[row + 1])].tolist()
            yield Fare(
                id=self.ids[row],
                title=self.titles[row],
                legs=tuple(name[position] for position in positions),
                price=self._price(row),
                per="party" if self.party[row] else "traveller",
                where=self.where(row),
            )

    def where(self, row: int) -> Where:
        """Where a fare stands."""
        return Where(evolve(self.places[int(self.file[row])].place, row=int(self.row[row])))

    def _price(self, row: int) -> Price:
        currency = self.currencies[int(self.currency[row])]
        return Price(Decimal(int(self.price[row])).scaleb(-digits(currency)), currency)

    def lengths(self) -> NDArray[Any]:
        """Number of legs of each fare."""
        return np.diff(self.start)
