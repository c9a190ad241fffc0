"""Flight offers as Duffel's API writes them: offer requests, lists of offers, and single ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from planner.core.errors import Place
from planner.scenario.importing.base import Faults, Part, importer
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


@importer("duffel", "flight offers, JSON as Duffel's API answers", ".json", ".json.gz", apart=False)
def read(files: Sequence[DataFile], _table: LegTable, atlas: Atlas) -> Iterator[Part]:
    """All offers together: one leg for each flight, one ticket for each offer."""
    found = Collected(atlas)
    for file in files:
        for number, (item, where) in enumerate(_offers(file, found.faults), start=1):
            place = Place(str(file.path), row=number)
            try:
                found.add(_offer(item, where), place)
            except Wrong as wrong:
                found.faults.add(place, str(wrong))
    yield found.part(files[0])


def _offers(file: DataFile, faults: Faults) -> list[tuple[Any, str]]:
    data = parsed(file, faults)
    if data is None:
        return []
    inner = data.get("data") if isinstance(data, dict) else None
    if isinstance(inner, dict) and "slices" in inner and "total_amount" in inner:
        return [(inner, "data")]
    for value, keys in ((inner, ("offers",)), (data, ("data",))):
        if isinstance(value, dict) and isinstance(value.get(keys[0]), list):
            return list(each(value, "data" if value is inner else "", *keys))
    faults.add(Place(str(file.path)), "there are no offers", "expected a list in data, or in data.offers")
    return []


def _offer(item: Any, where: str) -> Offer:
    total, currency = amount(item, where, "total_amount"), money(item, where, "total_currency")
    segments = [
        _segment(segment, path)
        for slice_, inside in each(item, where, "slices")
        for segment, path in each(slice_, inside, "segments")
    ]
    people = get(item, where, "passengers", kind=list) if item.get("passengers") else [None]
    return Offer(
        id=get(item, where, "id"),
        segments=segments,
        prices=_each_pays(total, people),
        currency=currency,
        seller=get(item, where, "owner", "name"),
    )


def _each_pays(total: Decimal, people: Sequence[Any]) -> Sequence[Decimal]:
    """What each traveller pays. Only the sum is told: it is split where all are alike and it comes out even."""
    kinds = {repr((one.get("type"), one.get("age"))) if isinstance(one, dict) else None for one in people}
    share = total / len(people)
    if len(people) > 1 and (len(kinds) > 1 or share != round(share, 2)):
        return (Decimal(0), total)
    return (share,)


def _segment(item: Any, where: str) -> Segment:
    # Airlines without a code go by their names.
    marketing = maybe(item, "marketing_carrier", "iata_code") or get(item, where, "marketing_carrier", "name")
    carrier = "operating_carrier" if item.get("operating_carrier") else "marketing_carrier"
    zones, names = (
        [str(maybe(item, end, key) or "") for end in ("origin", "destination")] for key in ("time_zone", "name")
    )
    return Segment(
        start=get(item, where, "origin", "iata_code"),
        end=get(item, where, "destination", "iata_code"),
        departs=get(item, where, "departing_at"),
        arrives=get(item, where, "arriving_at"),
        flight=f"{marketing}{get(item, where, 'marketing_carrier_flight_number')}",
        operator=get(item, where, carrier, "name"),
        where=where,
        zones=(zones[0], zones[1]),
        names=(names[0], names[1]),
    )
