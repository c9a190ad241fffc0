"""Flight offers as Amadeus' Flight Offers Search (version 2) answers them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from planner.core.errors import Place
from planner.scenario.importing.base import Part, importer
from planner.scenario.importing.offers import (
    Collected,
    Offer,
    Segment,
    Wrong,
    amount,
    each,
    get,
    maybe,
    money,
    parsed,
)
from planner.scenario.reading.airports import Atlas
from planner.scenario.reading.legs.files import DataFile
from planner.scenario.reading.legs.written import LegTable


@importer("amadeus", "flight offers, JSON as Amadeus' Flight Offers Search answers", ".json", ".json.gz", apart=False)
def read(files: Sequence[DataFile], _table: LegTable, atlas: Atlas) -> Iterator[Part]:
    """All offers together: one leg for each flight, one ticket for each offer."""
    found = Collected(atlas)
    for file in files:
        data = parsed(file, found.faults)
        if data is None:
            continue
        if not isinstance(maybe(data, "data"), list):
            found.faults.add(Place(str(file.path)), "there are no offers", "expected a list in data")
            continue
        carriers = maybe(data, "dictionaries", "carriers")
        for number, (item, where) in enumerate(each(data, "", "data"), start=1):
            place = Place(str(file.path), row=number)
            try:
                found.add(_offer(item, where, carriers), place)
            except Wrong as wrong:
                found.faults.add(place, str(wrong))
    yield found.part(files[0])


def _offer(item: Any, where: str, carriers: Any) -> Offer:
    total = amount(item, where, "price", "grandTotal")
    segments = [
        _segment(segment, path, carriers)
        for itinerary, inside in each(item, where, "itineraries")
        for segment, path in each(itinerary, inside, "segments")
    ]
    prices: list[Decimal] = [total]
    if item.get("travelerPricings"):
        prices = [amount(one, path, "price", "total") for one, path in each(item, where, "travelerPricings")]
    if sum(prices) != total:  # what is not paid for a traveller is paid for the offer
        prices = [total] if len(prices) == 1 else [Decimal(0), total]
    sellers = [code for code, _ in each(item, where, "validatingAirlineCodes")]
    return Offer(
        id=get(item, where, "id"),
        segments=segments,
        prices=prices,
        currency=money(item, where, "price", "currency"),
        seller=_name(str(sellers[0]), carriers) if sellers else "",
    )


def _segment(item: Any, where: str, carriers: Any) -> Segment:
    marketing = get(item, where, "carrierCode")
    operating = maybe(item, "operating", "carrierCode") or marketing
    return Segment(
        start=get(item, where, "departure", "iataCode"),
        end=get(item, where, "arrival", "iataCode"),
        departs=get(item, where, "departure", "at"),
        arrives=get(item, where, "arrival", "at"),
        flight=f"{marketing}{get(item, where, 'number')}",
        operator=_name(str(operating), carriers),
        where=where,
    )


def _name(code: str, carriers: Any) -> str:
    found = maybe(carriers, code)
    return found if isinstance(found, str) and found else code
