"""A new scenario as the text of a file: what is known so far, and in comments what to fill in next."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta

from planner.core.countries import country_names
from planner.core.words import either
from planner.law.starting import Shelf, Start
from planner.scenario.documents import Acquirable

_OFFERED = 12  # papers of the rulebooks that are listed


def text(start: Start, shelf: Shelf, file: str, schema: str) -> str:
    """The file. `file` is its name, `schema` the path of the schema as seen from it ("": none)."""
    places = (start.start, *start.via, *start.to)
    parts = [_head(start, file, schema), _law(start, shelf), _rates(start), _travellers(start, shelf)]
    parts += [_legs(start, shelf), _trip(start), _uncovered(shelf.uncovered(places, start.rulebooks))]
    return "\n".join(part for part in parts if part)


def _head(start: Start, file: str, schema: str) -> str:
    line = f"#:schema {schema}\n" if schema else ""
    route = f"From {start.start} to {' and '.join(start.to)}, {start.depart:%B %Y}"
    return f"""{line}# Check this file with `plan check {file}`, plan the trip with `plan {file}`.
# What follows a # is a comment. Take the # away from what you want to use.

language = 1
title = {_quoted(route)}
today = {start.today}  # the day from which you plan: nothing can be applied for or booked before it
currency = {_quoted(start.currency)}  # of the answer, and of prices without one
"""


def _law(start: Start, shelf: Shelf) -> str:
    offered = shelf.offers(start.rulebooks, [book.state for book in start.passports], start.to)
    listed = "\n".join(_offer(item, start, shelf) for item in offered[:_OFFERED])
    more = f"\n    # and {len(offered) - _OFFERED} more: `plan rules ID` shows a rulebook" if offered[_OFFERED:] else ""
    papers = f"""
# Papers that these rulebooks offer for your passports; prices in other currencies need [rates]. Those given on arrival
# need not be listed.
may_obtain = [
{listed}{more}
]
"""
    return f"""# The law that applies. Add the countries where you change planes; `plan rules` lists what there is.
rulebooks = [{", ".join(map(_quoted, start.rulebooks))}]
{papers if offered else ""}"""


def _offer(item: Acquirable, start: Start, shelf: Shelf) -> str:
    at_home = not item.apply_in or shelf.territories([start.start]) & shelf.territories(item.apply_in)
    where = "" if at_home else f", applied for in {either(map(shelf.name_of, item.apply_in))}"
    return f"    # {_quoted(item.id)},  # {item.label}, {item.price}{where}"


def _rates(start: Start) -> str:
    if not start.rates:
        return f"""# For prices in other currencies: what one of each is worth in {start.currency}.
# [rates]
# date = {start.today}
# values = {{ {"USD" if start.currency == "EUR" else "EUR"} = 1.1 }}
"""
    values = ", ".join(f"{code} = {rate}" for code, rate in start.rates.items())
    return f"""# What one of each other currency is worth in {start.currency}.
[rates]
date = {start.today}
values = {{ {values} }}
"""


def _travellers(start: Start, shelf: Shelf) -> str:
    home, books = min(shelf.territories([start.start])), "".join(_passports(start))
    name = f"name = {_quoted(start.name)}" if start.name else '# name = "Ana"'
    born = f"born = {start.born}  # for rules about age\n" if start.born else ""
    return f"""# ---- Who travels. Each one more: another [[travellers]], with passports of their own.

[[travellers]]
id = "me"
{name}
{born}# residence = "{home}"  # where you live: who may apply for some papers (a permit to live there: see below)

{books}# What you hold already: visas, electronic authorisations, permits to live somewhere (with `type = "residence"`).
# [[travellers.permissions]]
# id = "old-visa"
# zone = "CN"
# entries = 2
# enter_by = {start.depart + timedelta(days=90)}
# max_stay = "30 days"
"""


def _passports(start: Start) -> Iterator[str]:
    used: dict[str, int] = {}
    for book in start.passports:
        count = used[book.state] = used.get(book.state, 0) + 1
        name = book.state.lower() + (f"-{count}" if count > 1 else "")
        expires = f"expires = {book.expires}" if book.expires else "# expires = 2030-12-31  # not given: long enough"
        number = f"number = {_quoted(book.number)}\n" if book.number else ""
        yield f"[[travellers.passports]]\nid = {_quoted(name)}\nstate = {_quoted(book.state)}\n{number}{expires}\n\n"


def _legs(start: Start, shelf: Shelf) -> str:
    place, night = start.to[0], timedelta(days=1)
    end = _quoted(place) if shelf.is_port(place) else f'"XXX"  # the IATA code of an airport in {place}'
    origin = _quoted(start.start)
    return f"""# ---- How one could travel. Only the legs that stand here exist: write down all that you would take.
# Times are local. Many legs may stand in a table: `legs = "fares.csv"` at the top of the file instead of these.

{_leg("out", origin, end, start.depart)}
{_leg("back", end, origin, start.back - night)}
# A ticket for several legs.
# [[fares]]
# id = "return"
# legs = ["out", "back"]
# price = 900
"""


def _leg(name: str, origin: str, target: str, day: date) -> str:
    return f"""# [[legs]]
# id = "{name}"
# from = {origin}
# to = {target}
# departs = {day}T09:00:00
# arrives = {day + timedelta(days=1)}T21:00:00
# price = 500
"""


def _trip(start: Start) -> str:
    order = "# ordered = true  # the stops in the order of this file\n" if len(start.to) > 1 else ""
    stops = "".join(
        f"[[trip.stops]]\nat = {_quoted(place)}\n# nights = {{ min = 2, max = 9 }}\n\n" for place in start.to
    )
    return f"""# ---- What you want

[trip]
start = {_quoted(start.start)}
# end = "LAX"  # if it does not end where it starts
depart_from = {start.depart}
return_by = {start.back}
# budget = 4000
{order}
{stops}# Something to attend, booked beforehand.
# [[trip.events]]
# id = "race"
# at = {_quoted(start.to[0])}
# first_day = {start.depart + timedelta(days=2)}
# price = 100

# What a night costs.
# [[trip.nightly]]
# at = {_quoted(start.to[0])}
# price = 80
"""


def _uncovered(territories: list[str]) -> str:
    if not territories:
        return ""
    names = ", ".join(f"{country_names().get(code, code)} ({code})" for code in territories)
    return f"""# ---- No rulebook covers {names}: without more, nobody but citizens is admitted there.
# Say who is, from a source that you trust, or import a base for the rest of the world (`plan rules import`).

# [[admissions]]
# id = "own-word"
# zone = {_quoted(territories[0])}
# nationalities = ["MX"]
# grant = "visa_free"
# max_stay = "30 days"
"""


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
