"""A scenario over a world's legs: stops to make, passports, admissions everywhere, and rules that have a memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from benchmarks.passports import requirements

if TYPE_CHECKING:
    from benchmarks.world import World

Borders = Literal["guarded", "open", "none"]
PARTY = (
    ("US", "BR"), ("GB", "IN"), ("DE", "US"), ("JP", "US"), ("ZA", "GB"), ("CA", "FR"), ("AU", "US"), ("FR", "MA"),
)  # fmt: skip
SCHENGEN = "AT BE BG CH CZ DE DK EE ES FI FR GR HR HU IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK".split()  # noqa: SIM905
AIRSIDE = ("AMS", "DOH", "DXB", "FRA", "IST", "SIN")  # where one may change planes without entering
EASY_VISAS = 20  # territories beside the stops for which an electronic visa is offered


def question(world: World, table: str, travellers: int = 1, borders: Borders = "guarded") -> str:
    """A scenario file: from the first of the places wanted to all others and back, over the legs in a table.

    Borders that are `guarded` have law and rules, `open` ones let everybody pass; with `none` the world is one zone:
    the bare problem, cheapest route with its nights.
    """
    territories = sorted({place.territory for place in world.places})
    states = sorted({state for books in PARTY[:travellers] for state in books})
    if borders == "guarded":
        law = _law(world, territories, states)
    else:
        law = _one_zone(territories) if borders == "none" else _open_borders(territories, states)
    parts = [
        f'title = "The world"\ntoday = 2025-05-01\ncurrency = "USD"\nrulebooks = []\nlegs = "{table}"',
        *law,
        *_ports(world, airside=borders == "guarded"),
        *(_traveller(number, territories[0] if world.places[0].made_up else "ES") for number in range(travellers)),
        *_trip(world),
    ]
    return "\n\n".join(parts) + "\n"


def _traveller(number: int, union: str) -> str:
    """A person with two passports who has been in the union for 80 days already."""
    books = "".join(
        f'\n[[travellers.passports]]\nid = "{state.lower()}"\nstate = "{state}"\nexpires = 2031-01-01\nblank_pages = 4'
        for state in PARTY[number]
    )
    past = f'past_stays = [{{ territory = "{union}", from = 2025-02-10, to = 2025-04-30 }}]'
    return f'[[travellers]]\nid = "t{number + 1}"\n{past}{books}'


def _open_borders(territories: list[str], states: list[str]) -> Iterator[str]:
    for zone in territories:
        yield f'[[admissions]]\nid = "{zone}"\nzone = "{zone}"\nnationalities = {_list(states)}\ngrant = "visa_free"'


def _one_zone(territories: list[str]) -> Iterator[str]:
    members = ", ".join(f'{{ territory = "{territory}" }}' for territory in territories)
    yield f'[[zones]]\nid = "WORLD"\nmembers = [{members}]'


def _law(world: World, territories: list[str], states: list[str]) -> Iterator[str]:
    union = territories[:12] if world.places[0].made_up else [code for code in SCHENGEN if code in territories]
    members = ", ".join(f'{{ territory = "{territory}" }}' for territory in union)
    yield f'[[zones]]\nid = "SCHENGEN"\nmembers = [{members}]'
    if world.places[0].made_up:
        yield f'[[territories]]\nid = "{_home(world)}"\nnationals = {_list({b for p in PARTY for b in p})}'
    needed = requirements(states, territories)
    easy = _visas_offered(world)
    for territory in territories:
        if territory in union[1:]:
            continue  # the zone admits, under the first member's terms
        zone = "SCHENGEN" if territory in union else territory
        terms = defaultdict(list)
        for (state, where), requirement in needed.items():
            if where == territory:
                terms[requirement].append(state)
        yield from _admissions(zone, terms, territory in easy)
    home, asked = _home(world), [_territory(world, code) for code in world.wanted[1:]]
    yield '[[rules]]\nkind = "rolling-window"\nid = "ninety-days"\nzone = "SCHENGEN"\ncap = 90\ndays = 180'
    yield f'[[rules]]\nkind = "same-passport"\nid = "same-passport"\nzone = "{asked[-1]}"'
    yield f'[[rules]]\nkind = "blank-pages"\nid = "blank-pages"\nzone = "{asked[0]}"\npages = 2'
    yield f'[[rules]]\nkind = "passport-validity"\nid = "validity"\nzone = "{home}"\nafter_entry = "6 months"'


def _admissions(zone: str, terms: dict[str, list[str]], offered: bool) -> Iterator[str]:
    for number, (requirement, states) in enumerate(sorted(terms.items())):
        head = f'[[admissions]]\nid = "{zone}-{number}"\nzone = "{zone}"\nnationalities = {_list(states)}\ngrant = '
        if requirement.isdigit():
            yield f'{head}"visa_free"\nmax_stay = {requirement}'
        elif requirement == "visa free":
            yield f'{head}"visa_free"\nmax_stay = 90'
        elif requirement == "visa on arrival":
            yield f'{head}"on_arrival"\nmax_stay = 30\nfee = {20 + _spread(zone)}'
        elif requirement in ("e-visa", "eta"):
            yield f'{head}"electronic"'
            if offered:
                yield (
                    f'[[acquirables]]\nid = "{zone}-{requirement}"\nnationalities = {_list(states)}\n'
                    f"price = {10 + _spread(zone)}\nlead = {{ days = 4 }}\n"
                    f'permission = {{ zone = "{zone}", type = "electronic", entries = 1, max_stay = 30 }}'
                )
        elif requirement == "visa required":
            yield f'{head}"visa"'


def _visas_offered(world: World) -> set[str]:
    """The territories of the places wanted and those with most legs."""
    legs: dict[str, int] = defaultdict(int)
    for code, count in zip(*_departures(world), strict=True):
        legs[_territory(world, code)] += count
    busiest = sorted(legs, key=lambda territory: (-legs[territory], territory))[:EASY_VISAS]
    return {*busiest, *(_territory(world, code) for code in world.wanted)}


def _departures(world: World) -> tuple[list[str], list[int]]:
    import numpy as np

    counts = np.bincount(world.from_port, minlength=len(world.places))
    return [place.code for place in world.places], counts.tolist()


def _ports(world: World, airside: bool) -> Iterator[str]:
    """The ports that a scenario must describe: those no airport table knows, and those with a transit area."""
    for index, place in enumerate(world.places):
        transit = airside and (index in (10, 11, 12, 13) if place.made_up else place.code in AIRSIDE)
        if place.made_up or transit:
            known = f'\nterritory = "{place.territory}"\ntimezone = "{place.timezone}"' if place.made_up else ""
            area = "\nairside = true\nairside_on_separate_tickets = true" if transit else ""
            yield f'[[ports]]\nid = "{place.code}"{known}{area}'


def _trip(world: World) -> Iterator[str]:
    yield f'[trip]\nstart = "{world.wanted[0]}"\nconnections = {{ self_transfer = 90 }}'
    for code in world.wanted[1:]:
        yield f'[[trip.stops]]\nat = "{code}"\nnights = {{ min = 2, max = 5 }}'


def _territory(world: World, code: str) -> str:
    return world.places[world.number(code)].territory


def _home(world: World) -> str:
    return _territory(world, world.wanted[0])


def _list(values: object) -> str:
    return "[" + ", ".join(f'"{value}"' for value in sorted(values)) + "]"  # type: ignore[call-overload]


def _spread(zone: str) -> int:
    """Some number of dollars, always the same for a zone."""
    return sum(map(ord, zone)) % 30
