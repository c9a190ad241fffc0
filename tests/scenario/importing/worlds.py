"""The same flights as a GTFS feed, as offers of both shapes, and as CSV, all made here."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from attrs import frozen

from planner.core.time import to_local, to_minutes
from planner.rules.base import table_kinds
from planner.scenario.reading import read_text
from planner.scenario.scenario import Scenario

ZONES = {"JFK": "America/New_York", "CDG": "Europe/Paris", "NCE": "Europe/Paris"}
PLACES = {"JFK": (40.64, -73.78), "CDG": (49.01, 2.55), "NCE": (43.66, 7.21)}
CARRIERS = {"AF": "Air France", "DL": "Delta Air Lines"}


@frozen
class Flight:
    """A flight on local clocks, sold alone for `price`."""

    number: str
    operator: str
    start: str
    end: str
    departs: str
    arrives: str
    price: str = "160.00"


# On the last Sunday of March clocks are put forward in Europe; in New York they were three weeks before.
FLIGHTS = (
    Flight("AF9", "AF", "JFK", "CDG", "2025-03-29T23:20:00", "2025-03-30T12:25:00"),
    Flight("AF6202", "AF", "CDG", "NCE", "2025-03-30T16:05:00", "2025-03-30T17:35:00"),
    Flight("AF6203", "AF", "NCE", "CDG", "2025-04-06T08:00:00", "2025-04-06T09:35:00"),
    Flight("AF3636", "DL", "CDG", "JFK", "2025-04-06T13:15:00", "2025-04-06T15:40:00"),
)
TRIP = """
today = 2025-03-01
currency = "EUR"
{legs}
[[travellers]]
id = "zoe"
passports = [{{ id = "fr", state = "FR" }}, {{ id = "us", state = "US" }}]
[trip]
start = "JFK"
[[trip.stops]]
at = ["NCE"]
nights = {{ min = 5 }}
"""


def scenario(folder: Path, legs: str) -> Scenario:
    """A trip to Nice and back, with legs from where the lines say."""
    text = TRIP.format(legs=legs if "[[" not in legs else "") + (legs if "[[" in legs else "")
    return read_text(text, table_kinds(), "trip.toml", folder)


def write_csv(folder: Path, fares: Mapping[str, tuple[Sequence[int], str]] | None = None) -> str:
    """A table of the flights with days first, and one of fares; the scenario's lines for them."""
    rows = ["no;origin;dest;day;off;day2;on;eur;by"]
    for number, one in enumerate(FLIGHTS, start=1):
        times = [datetime.fromisoformat(text) for text in (one.departs, one.arrives)]
        written = ";".join(f"{when:%d.%m.%Y;%H:%M}" for when in times)
        rows.append(f"f{number};{one.start};{one.end};{written};{'' if fares else one.price};{CARRIERS[one.operator]}")
    (folder / "flights.csv").write_text("\n".join(rows).replace(";", ","))
    keys = """
columns = { id = "no", from = "origin", to = "dest", departs = "off", departs_date = "day", arrives = "on", \
arrives_date = "day2", price = "eur", operator = "by" }
time_format = "%d.%m.%Y %H:%M"
"""
    (folder / "keys.toml").write_text(keys)
    told = '[[leg_tables]]\nfiles = "flights.csv"' + keys
    if fares:
        lines = [f"{id_},{';'.join(f'f{at + 1}' for at in legs)},{price}" for id_, (legs, price) in fares.items()]
        (folder / "fares.csv").write_text("\n".join(["id,legs,price", *lines]))
        told += '[[fare_tables]]\nfiles = "fares.csv"\n'
    return told


def duffel_segment(one: Flight) -> dict[str, Any]:
    """A flight as a segment of an offer of Duffel's."""
    number = one.number[2:]
    return {
        "id": f"seg_{one.number}",
        "origin": {"iata_code": one.start, "name": one.start.title(), "time_zone": ZONES.get(one.start)},
        "destination": {"iata_code": one.end, "name": one.end.title(), "time_zone": ZONES.get(one.end)},
        "departing_at": one.departs,
        "arriving_at": one.arrives,
        "marketing_carrier": {"iata_code": one.number[:2], "name": CARRIERS[one.number[:2]]},
        "marketing_carrier_flight_number": number,
        "operating_carrier": {"iata_code": one.operator, "name": CARRIERS[one.operator]},
        "operating_carrier_flight_number": number,
        "passengers": [{"passenger_id": "pas_1", "cabin_class": "economy"}],
    }


def duffel_offer(id_: str, slices: Sequence[Sequence[Flight]], price: str, **more: Any) -> dict[str, Any]:
    """An offer of Duffel's."""
    return {
        "id": id_,
        "owner": {"iata_code": "AF", "name": "Air France"},
        "total_amount": price,
        "total_currency": "EUR",
        "passengers": [{"id": "pas_1", "type": "adult"}],
        "slices": [{"segments": [duffel_segment(one) for one in some]} for some in slices],
        **more,
    }


def amadeus_offer(id_: str, slices: Sequence[Sequence[Flight]], price: str, **more: Any) -> dict[str, Any]:
    """An offer of Amadeus'."""
    itineraries = [
        {
            "segments": [
                {
                    "departure": {"iataCode": one.start, "at": one.departs},
                    "arrival": {"iataCode": one.end, "at": one.arrives},
                    "carrierCode": one.number[:2],
                    "number": one.number[2:],
                    "operating": {"carrierCode": one.operator},
                }
                for one in some
            ]
        }
        for some in slices
    ]
    money = {"currency": "EUR", "total": price}
    return {
        "type": "flight-offer",
        "id": id_,
        "itineraries": itineraries,
        "price": money | {"grandTotal": price},
        "validatingAirlineCodes": ["AF"],
        "travelerPricings": [{"travelerId": "1", "travelerType": "ADULT", "price": money}],
        **more,
    }


def write_offers(folder: Path, kind: str, offers: Sequence[dict[str, Any]], name: str = "offers.json") -> str:
    """A file of offers; the scenario's lines for it."""
    data: Any = {"data": {"offers": offers}} if kind == "duffel" else {"data": offers}
    if kind == "amadeus":
        data["dictionaries"] = {"carriers": CARRIERS}
    (folder / name).write_text(json.dumps(data))
    return f'[[leg_tables]]\nfiles = "{name}"\nformat = "{kind}"\n'


def alone() -> list[tuple[list[Flight], str]]:
    """Each flight for itself, and all together dearer than that."""
    return [*(([one], one.price) for one in FLIGHTS), (list(FLIGHTS), "700.00")]


def write_feed(folder: Path, files: Mapping[str, str]) -> None:
    """A GTFS feed in a folder."""
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text("\n".join(line.strip() for line in text.strip().splitlines()) + "\n")


def feed() -> dict[str, str]:
    """The flights as the files of a GTFS feed, on the clocks of Paris."""
    stops = [f"{code}-T1,Terminal,{lat},{lon},{code},,Z-{code}" for code, (lat, lon) in PLACES.items()]
    stops += [f"{code},Airport,{lat},{lon},,1,Z-{code}" for code, (lat, lon) in PLACES.items()]
    times, dates, trips = [], [], []
    for one in FLIGHTS:
        leaves, lands = (
            to_local(to_minutes(datetime.fromisoformat(text), ZONES[port]), "Europe/Paris")
            for text, port in ((one.departs, one.start), (one.arrives, one.end))
        )
        day = leaves.date() - timedelta(days=1)  # so that all times are past midnight
        noon = to_minutes(datetime(day.year, day.month, day.day, 12), "Europe/Paris")
        clocks = []
        for when in (leaves, lands):
            minutes = to_minutes(when, "Europe/Paris") - noon + 720
            clocks.append(f"{minutes // 60}:{minutes % 60:02}:00")
        trips.append(f"{one.operator},{one.number},S-{one.number}")
        dates.append(f"S-{one.number},{day:%Y%m%d},1")
        times.append(f"{one.number},{clocks[0]},{clocks[0]},{one.start}-T1,1")
        times.append(f"{one.number},{clocks[1]},{clocks[1]},{one.end}-T1,2")
    return {
        "agency.txt": "agency_id,agency_name,agency_url,agency_timezone\n"
        + "\n".join(f"{code},{name},https://example.org,Europe/Paris" for code, name in CARRIERS.items()),
        "stops.txt": "stop_id,stop_name,stop_lat,stop_lon,parent_station,location_type,zone_id\n" + "\n".join(stops),
        "routes.txt": "route_id,agency_id,route_type\n" + "\n".join(f"{code},{code},1100" for code in CARRIERS),
        "trips.txt": "route_id,trip_id,service_id\n" + "\n".join(trips),
        "calendar_dates.txt": "service_id,date,exception_type\n" + "\n".join(dates),
        "stop_times.txt": "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n" + "\n".join(times),
        "fare_attributes.txt": "fare_id,price,currency_type,payment_method,transfers\nany,160.00,EUR,1,0",
    }
