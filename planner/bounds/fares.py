"""What travelling on a leg costs the party at least."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from planner.core.money import digits
from planner.scenario.scenario import Scenario
from planner.scenario.timetable import UNPRICED, Source, Timetable

UNSOLD = np.int64(1) << 60  # no fare covers the leg


def least_fares(scenario: Scenario, table: Timetable, usable: NDArray[np.bool_]) -> NDArray[np.int64]:
    """For each leg the price of a ticket for it alone, or its share of a ticket for several legs, if that is less.

    In minor units, for the party; UNSOLD where no ticket is sold for it. The shares of a ticket add up to its price at
    most, so that the sum over a trip's legs is at most what is paid. Tickets for a leg that is not `usable` are left
    out.
    """
    least = table.price.astype(np.int64)
    for number, source in enumerate(table.sources):
        rows = slice(None) if len(table.sources) == 1 else table.source == number
        least[rows] = _for_party(scenario, source, least[rows])
    least[table.price == UNPRICED] = UNSOLD
    position = {leg.id: index for index, leg in enumerate(scenario.legs)}
    for legs, price in [
        (legs, _shares(scenario.for_party(fare.price, fare.per), least[legs].tolist()))
        for fare in scenario.fares
        if fare.id not in position
        for legs in (np.array([position[leg] for leg in fare.legs], dtype=np.int64),)
        if usable[legs].all()
    ]:
        least[legs] = np.minimum(least[legs], price)
    return least


def _for_party(scenario: Scenario, source: Source, minor: NDArray[np.int64]) -> NDArray[np.int64]:
    """Prices of a source in the scenario's minor units, as `Scenario.for_party` does it, or one less at a tie."""
    people = len(scenario.travellers) if source.per == "traveller" else 1
    if source.currency in ("", scenario.currency):
        return minor if people == 1 else minor * people
    assert scenario.rates is not None, "the reader requires a rate"
    scale = digits(scenario.currency) - digits(source.currency)
    exact: NDArray[Any] = minor * (float(scenario.rates.values[source.currency]) * 10.0**scale)
    rounded = np.floor(exact + 0.5 - 1e-6 - exact * 1e-12).astype(np.int64)
    return np.maximum(rounded, 0) * people


def _shares(price: int, alone: list[int]) -> list[int]:
    """A ticket's price divided among its legs: by their prices alone, or evenly where one has none."""
    whole = sum(alone)
    if whole == 0 or any(part >= UNSOLD for part in alone):
        return [price // len(alone)] * len(alone)
    return [price * part // whole for part in alone]
