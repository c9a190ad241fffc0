"""Small scenarios and itineraries, built by hand with the classes themselves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from attrs import evolve

from planner.core.money import Price
from planner.itinerary.choices import Itinerary, StayChoice, TouchMode
from planner.scenario.law import LawBook
from planner.scenario.people import Passport, Traveller
from planner.scenario.scenario import Scenario
from planner.scenario.travel import Fare, Leg, Member, Port, Zone
from planner.scenario.trip import Trip

TODAY = date(2025, 1, 1)
# Port: territory, time zone.
WORLD = {
    "JFK": ("US", "America/New_York"),
    "HNL": ("US", "Pacific/Honolulu"),
    "NRT": ("JP", "Asia/Tokyo"),
    "PEK": ("CN", "Asia/Shanghai"),
    "DDG": ("CN", "Asia/Shanghai"),
    "FNJ": ("KP", "Asia/Pyongyang"),
    "SIN": ("KP", "Asia/Pyongyang"),
    "IST": ("TR", "Europe/Istanbul"),
    "CDG": ("FR", "Europe/Paris"),
    "VIE": ("AT", "Europe/Vienna"),
    "OTP": ("RO", "Europe/Bucharest"),
}
SCHENGEN = Zone(
    id="SCHENGEN",
    members=(
        Member(territory="FR"),
        Member(territory="AT"),
        Member(territory="RO", from_=date(2025, 1, 20)),
    ),
)


def ports(**changes: dict[str, Any]) -> dict[str, Port]:
    """The world's ports; a port's fields can be changed by its id."""
    return {
        name: Port(id=name, territory=territory, timezone=zone, **changes.get(name, {}))
        for name, (territory, zone) in WORLD.items()
    }


def leg(name: str, way: str, departs: str, arrives: str, **more: Any) -> Leg:
    """A leg such as `leg("out", "JFK-NRT", "2025-02-01 10:00", "2025-02-02 14:00")`, local times, price 100."""
    origin, target = way.split("-")
    return Leg(
        id=name,
        from_=origin,
        to=target,
        departs=datetime.fromisoformat(departs),
        arrives=datetime.fromisoformat(arrives),
        price=more.pop("price", price("100")),
        **more,
    )


def price(text: str) -> Price:
    """«34.50 USD», or without a currency."""
    return Price.parse(text)


def traveller(name: str = "ann", *passports: str, **more: Any) -> Traveller:
    """Somebody with passports given as «id:state», by default a US one called `us`."""
    books = tuple(Passport(id=text.split(":")[0], state=text.split(":")[1]) for text in passports or ("us:US",))
    return Traveller(id=name, passports=books, **more)


def scenario(
    legs: Iterable[Leg], *, start: str = "JFK", end: str = "", trip: Trip | None = None, **more: Any
) -> Scenario:
    """A scenario with these legs, UTC times filled in, and a fare for each leg's price besides those given."""
    places = more.pop("ports", None) or ports()
    timed = []
    for item in legs:
        departs, arrives = item.timed(places[item.from_].timezone, places[item.to].timezone)
        timed.append(evolve(item, departs_utc=departs, arrives_utc=arrives))
    single = tuple(Fare(id=item.id, legs=(item.id,), price=item.price, per=item.per) for item in timed if item.price)
    return Scenario(
        today=more.pop("today", TODAY),
        currency=more.pop("currency", "USD"),
        travellers=more.pop("travellers", (traveller(),)),
        legs=tuple(timed),
        fares=(*single, *more.pop("fares", ())),
        trip=trip or Trip(start=start, end=end),
        law=more.pop("law", LawBook(zones=(SCHENGEN,))),
        ports=places,
        **more,
    )


def itinerary(
    legs: str = "", touches: str = "", stays: Iterable[str] | dict[str, Iterable[str]] = ("",), **more: Any
) -> Itinerary:
    """An itinerary: leg ids; a letter for each change (l landside, a airside); stays as «entry exit ground».

    A stay's words are passports and a ground, `-` for none. Fares: one for each leg, unless given.
    """
    modes: dict[str, TouchMode] = {"l": "landside", "a": "airside"}
    ids = tuple(legs.split())
    people = stays if isinstance(stays, dict) else {"ann": stays}
    return Itinerary(
        legs=ids,
        touches=tuple(modes[letter] for letter in touches),
        fares=tuple(more.pop("fares", ids)),
        stays={name: tuple(_choice(text) for text in texts) for name, texts in people.items()},
        **more,
    )


def _choice(text: str) -> StayChoice:
    words = ["" if word == "-" else word for word in text.split()]
    entry, leaving, ground = [*words, "", "", ""][:3]
    return StayChoice(entry, leaving, ground)


def amount(text: str) -> Decimal:
    """A number for rates."""
    return Decimal(text)
