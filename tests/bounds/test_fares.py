"""What legs cost at least, by fares of their own and by their shares of tickets for several."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from attrs import evolve, frozen
from hypothesis import given
from hypothesis import strategies as st

from planner.bounds.fares import UNSOLD, least_fares
from planner.core.errors import Place
from planner.core.money import Price, digits
from planner.network.columns import all_legs
from planner.scenario.node import Where
from planner.scenario.scenario import Rates, Scenario
from planner.scenario.tickets import Tickets
from planner.scenario.timetable import UNPRICED, Source
from tests.small import small

RATES = {"EUR": Decimal("1.1"), "JPY": Decimal("0.0066"), "KWD": Decimal("3.2549")}
ALL = np.ones(4, dtype=bool)


@frozen
class Sold:
    """A ticket: legs by position, and its price in minor units."""

    legs: tuple[int, ...]
    price: int
    currency: str = "USD"
    party: bool = True


def world(*sold: Sold, travellers: int = 1) -> Scenario:
    """The small world with some tickets, and no fares but those of single legs."""
    scenario = small()
    people = tuple(evolve(scenario.travellers[0], id=f"t{number}") for number in range(travellers))
    currencies = ("USD", *RATES)
    numbers = np.arange(len(sold))
    tickets = Tickets(
        ids=[f"sold{number}" for number in numbers],
        titles=[""] * len(sold),
        start=np.concatenate([[0], np.cumsum([len(ticket.legs) for ticket in sold])]).astype(np.int64),
        legs=np.array([leg for ticket in sold for leg in ticket.legs], dtype=np.int64),
        price=np.array([ticket.price for ticket in sold], dtype=np.int64),
        currency=np.array([currencies.index(ticket.currency) for ticket in sold], dtype=np.int64),
        currencies=currencies,
        party=np.array([ticket.party for ticket in sold], dtype=bool),
        places=[Where(Place("tickets.csv"))],
        file=0 * numbers,
        row=numbers,
    )
    rates = Rates(date=date(2025, 1, 1), values=RATES)
    return evolve(scenario, travellers=people, tickets=tickets, rates=rates)


def least(scenario: Scenario, alone: list[int], usable: list[bool] | None = None) -> list[int]:
    """What each leg costs at least, where it costs so much alone."""
    table = evolve(all_legs(scenario), price=np.array(alone, dtype=np.int64))
    return least_fares(scenario, table, ALL if usable is None else np.array(usable)).tolist()


def test_a_ticket_s_price_is_shared_by_the_prices_alone() -> None:
    two = [Sold((0, 1), 9000), Sold((3,), 4000)]
    assert least(world(*two), [10000, 5000, 5000, 10000]) == [6000, 3000, 5000, 4000]
    assert least(world(*two), [10000, 5000, 5000, 10000], [True, False, True, True]) == [10000, 5000, 5000, 4000]
    assert least(world(Sold((0, 1), 99000)), [10000, 5000, 5000, 10000]) == [10000, 5000, 5000, 10000]
    assert least(world(), [10000, 5000, 5000, 10000]) == [10000, 5000, 5000, 10000]


@pytest.mark.parametrize("alone", [[0, 0, 7, 7], [UNPRICED, 5000, 7, 7], [5000, UNPRICED, 7, 7]])
def test_it_is_shared_evenly_where_legs_have_no_price_alone(alone: list[int]) -> None:
    shares = least(world(Sold((0, 1), 9001), Sold((2, 3), 14)), alone)
    assert shares == [min(4500, price if price >= 0 else int(UNSOLD)) for price in alone[:2]] + [7, 7]


def test_a_leg_that_nothing_is_sold_for_has_no_price() -> None:
    assert least(world(Sold((0, 1), 9001)), [1, 1, UNPRICED, 0]) == [1, 1, UNSOLD, 0]


def test_the_party_pays_for_each_of_its_travellers() -> None:
    tickets = [
        Sold((0,), 100, party=False),
        Sold((1,), 100),
        Sold((2,), 100, "EUR", party=False),
        Sold((3,), 100, "EUR"),
    ]
    assert least(world(*tickets, travellers=3), [UNPRICED] * 4) == [300, 100, 330, 110]
    scenario = world(travellers=3)
    table = evolve(all_legs(scenario), sources=(Source(prefix="", currency="USD"),), price=np.array([5, 0, 7, 9]))
    assert least_fares(scenario, table, ALL).tolist() == [15, 0, 21, 27]


amounts = st.one_of(
    st.integers(0, 20), st.integers(0, 10**6), st.integers(2**31 - 2, 2**31 + 2), st.integers(0, 10**13)
)
some_legs = st.lists(st.integers(0, 3), min_size=1, max_size=4, unique=True).map(lambda legs: tuple(sorted(legs)))
some = st.builds(Sold, some_legs, amounts, st.sampled_from(["USD", *RATES]), st.booleans())


@given(st.lists(some, max_size=4), st.lists(st.one_of(st.just(UNPRICED), amounts), min_size=4, max_size=4))
def test_what_is_paid_for_a_trip_is_never_less_than_its_legs_cost(sold: list[Sold], alone: list[int]) -> None:
    """The share of every ticket for each leg; and the shares are the same as those of fares told one by one."""
    for ticket in sold:
        scenario = world(ticket, travellers=2)
        price = scenario.for_party(
            Price(Decimal(ticket.price).scaleb(-digits(ticket.currency)), ticket.currency),
            "party" if ticket.party else "traveller",
        )
        shares = [least(scenario, alone)[leg] for leg in ticket.legs]
        assert sum(shares) <= price
        assert scenario.tickets is not None
        fares = tuple(scenario.tickets.fares(ALL, [leg.id for leg in scenario.legs]))
        by_one = least(evolve(scenario, tickets=None, fares=(*scenario.fares, *fares)), alone)
        # amounts too large for whole numbers, and ties of conversion, are rounded down
        assert all(
            exact - 4 - exact * 2e-12 <= share <= exact
            for share, exact in zip(shares, (by_one[leg] for leg in ticket.legs), strict=True)
        )
    together = least(world(*sold, travellers=2), alone)
    apart = [least(world(ticket, travellers=2), alone) for ticket in sold]
    assert together == [min(prices) for prices in zip(*apart, least(world(), alone), strict=True)]


@given(st.lists(amounts, min_size=4, max_size=4), st.sampled_from([*RATES]), st.sampled_from(["traveller", "party"]))
def test_prices_of_a_table_are_converted_and_never_too_high(prices: list[int], currency: str, per: str) -> None:
    scenario = world(travellers=2)
    sources = (Source(prefix="", currency=currency, per=per),)  # type: ignore[arg-type]
    table = evolve(all_legs(scenario), sources=sources, price=np.array(prices, dtype=np.int64))
    for price, found in zip(prices, least_fares(scenario, table, ALL).tolist(), strict=True):
        exact = scenario.for_party(Price(Decimal(price).scaleb(-digits(currency)), currency), per)  # type: ignore[arg-type]
        assert exact - 2 - exact * 2e-12 <= found <= exact
