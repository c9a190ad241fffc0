"""How the reports write things: dates, amounts, names, and lines that fit the page and cannot harm a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

from planner.core.money import digits
from planner.core.time import to_local
from planner.scenario.people import Traveller
from planner.scenario.scenario import Scenario
from planner.scenario.travel import Leg

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day(value: date, *, year: bool = True) -> str:
    """«Thu 3 Apr 2025»."""
    text = f"{_DAYS[value.weekday()]} {value.day} {month(value)}"
    return f"{text} {value.year}" if year else text


def month(value: date) -> str:
    """«Apr»."""
    return _MONTHS[value.month - 1]


def moment(value: datetime) -> str:
    """«Thu 3 Apr 2025 16:50»."""
    return f"{day(value)} {value:%H:%M}"


def duration(minutes: int) -> str:
    """«2 d 3 h 5 min», leaving out what is zero."""
    parts = (minutes // 1440, "d"), (minutes // 60 % 24, "h"), (minutes % 60, "min")
    return " ".join(f"{count} {unit}" for count, unit in parts if count) or "0 min"


def count(number: int, word: str, plural: str = "") -> str:
    """«1 leg», «2 legs»."""
    return f"{number} {word if number == 1 else plural or word + 's'}"


def days_later(shift: int) -> str:
    """«+1 day», «-1 day» for an arrival that many dates after its departure."""
    return f"{shift:+d} {'day' if abs(shift) == 1 else 'days'}"


def listed(words: Iterable[str], last: str = "and") -> str:
    """«a», «a and b», «a, b and c»."""
    *head, tail = list(words) or [""]
    return f"{', '.join(head)} {last} {tail}" if head else tail


def span(legs: Sequence[Leg]) -> str:
    """«SFO -> PEK -> SFO, 2025-04-01 to 2025-04-08» for a journey with legs."""
    route = " -> ".join([legs[0].from_, *(leg.to for leg in legs)])
    return f"{route}, {legs[0].departs:%Y-%m-%d} to {legs[-1].arrives:%Y-%m-%d}"


def decimal(minor: int, currency: str) -> str:
    """«3410.00» for minor units of a currency, with all its decimals."""
    places = digits(currency)
    return f"{Decimal(minor).scaleb(-places):.{places}f}"


def port_name(scenario: Scenario, port: str) -> str:
    """«Beijing Capital (PEK)», or the id alone for a port without a name."""
    name = scenario.name_of(port)
    return port if name == port else f"{name} ({port})"


def place_name(scenario: Scenario, place: str) -> str:
    """«Beijing (PEK)» for a port, by the town it is for; «Japan» for a territory."""
    town = scenario.town_of(place)
    return f"{town} ({place})" if place in scenario.ports and town != place else town


def passport_name(scenario: Scenario, traveller: Traveller, passport: str) -> str:
    """«passport mx (MX)»: the id the file gives it and the state that issues it."""
    state = scenario.state_of(traveller, passport)
    return f"passport {passport} ({state})" if state else f"passport {passport}"


def local_time(scenario: Scenario, minutes: int, port: str) -> datetime:
    """Wall-clock time at a port for UTC minutes."""
    return to_local(minutes, scenario.ports[port].timezone)
