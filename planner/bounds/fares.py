"""What travelling on a leg costs the party at least."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from planner.core.money import digits
from planner.scenario.clocks import Numbers
from planner.scenario.scenario import Scenario
from planner.scenario.tickets import Tickets
from planner.scenario.timetable import UNPRICED, Timetable

UNSOLD = np.int64(1) << 60  # no fare covers the leg
_EXACT = 1 << 31  # products of two numbers below it are exact


def least_fares(scenario: Scenario, table: Timetable, usable: NDArray[np.bool_]) -> NDArray[np.int64]:
    """For each leg the price of a ticket for it alone, or its share of a ticket for several legs, if that is less.

    In minor units, for the party; UNSOLD where no ticket is sold for it. The shares of a ticket add up to its price at
    most, so that the sum over a trip's legs is at most what is paid. Tickets for a leg that is not `usable` are left
    out.
    """
    least = table.price.astype(np.int64)
    for number, source in enumerate(table.sources):
        rows = slice(None) if len(table.sources) == 1 else table.source == number
        least[rows] = _for_party(scenario, source.currency, source.per, least[rows])
    least[table.price == UNPRICED] = UNSOLD
    position = {leg.id: index for index, leg in enumerate(scenario.legs)}
    joint = [
        (legs, _shares(scenario.for_party(fare.price, fare.per), least[legs].tolist()))
        for fare in scenario.fares
        if fare.id not in position
        for legs in (np.array([position[leg] for leg in fare.legs], dtype=np.int64),)
        if usable[legs].all()
    ]
    sold = [] if scenario.tickets is None else [_ticket_shares(scenario, scenario.tickets, usable, least)]
    for legs, price in joint:
        least[legs] = np.minimum(least[legs], price)
    for sold_legs, shares in sold:
        np.minimum.at(least, sold_legs, shares)
    return least


def _ticket_shares(
    scenario: Scenario, tickets: Tickets, usable: NDArray[np.bool_], alone: NDArray[np.int64]
) -> tuple[Numbers, NDArray[np.int64]]:
    """Legs of tickets, and for each of them its share of its ticket's price."""
    price = np.zeros(len(tickets), dtype=np.int64)
    for number, currency in enumerate(tickets.currencies):
        for per, rows in (("party", tickets.party), ("traveller", ~tickets.party)):
            told = rows & (tickets.currency == number)
            price[told] = _for_party(scenario, currency, per, tickets.price[told])
    lengths, on_ticket = tickets.lengths(), tickets.all_in(usable)
    row = np.repeat(np.arange(len(tickets)), lengths)
    part, count = alone[tickets.legs], lengths[row]
    whole = np.add.reduceat(np.minimum(part, UNSOLD >> 10), tickets.start[:-1]) if len(tickets) else price
    evenly = (whole == 0) | np.logical_or.reduceat(part >= UNSOLD, tickets.start[:-1]) if len(tickets) else whole > 0
    weight = np.where(evenly[row], 1, part)
    total = np.where(evenly, lengths, whole)[row]
    exact = (price[row] < _EXACT) & (weight < _EXACT)
    # Of amounts too large for whole numbers, a little less: a share must never be too much.
    rounded = np.floor(price[row] * (weight / total) * (1 - 1e-12)).astype(np.int64)
    shares = np.where(exact, np.where(exact, price[row], 0) * np.where(exact, weight, 0) // total, rounded)
    shares = np.where(count == 1, price[row], shares)
    kept = on_ticket[row]
    return tickets.legs[kept], shares[kept]


def _for_party(scenario: Scenario, currency: str, per: str, minor: NDArray[np.int64]) -> NDArray[np.int64]:
    """Prices in a currency in the scenario's minor units, as `Scenario.for_party` does it, or one less at a tie."""
    people = len(scenario.travellers) if per == "traveller" else 1
    if currency in ("", scenario.currency):
        return minor if people == 1 else minor * people
    assert scenario.rates is not None, "the reader requires a rate"
    scale = digits(scenario.currency) - digits(currency)
    exact: NDArray[Any] = minor * (float(scenario.rates.values[currency]) * 10.0**scale)
    rounded = np.floor(exact + 0.5 - 1e-6 - exact * 1e-12).astype(np.int64)
    return np.maximum(rounded, 0) * people


def _shares(price: int, alone: list[int]) -> list[int]:
    """A ticket's price divided among its legs: by their prices alone, or evenly where one has none."""
    whole = sum(alone)
    if whole == 0 or any(part >= UNSOLD for part in alone):
        return [price // len(alone)] * len(alone)
    return [price * part // whole for part in alone]
