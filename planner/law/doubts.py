"""Which rules could not be judged: those that some way in breaks once an unknown thing is at its worst."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from typing import Literal

from attrs import evolve, fields, frozen

from planner.law.answers import Doubt
from planner.law.books import ELSEWHERE
from planner.law.candidates import Candidate
from planner.law.routes import Unknown, asks_for
from planner.law.ways import Trial, trials
from planner.law.world import World
from planner.rules.facts import Fact
from planner.scenario.law import Entry
from planner.scenario.node import TerritoryRef
from planner.scenario.people import Passport, PastStay, Traveller

_Missing = Literal["expires", "issued", "blank_pages", "stamps", "past_stays", "born"]
_INVENTED = re.compile(
    r" \(born [^()]*\)| \([^()]*\)$|; .*$"
)  # where texts of facts speak of the traveller's own papers and past
_LONG_AGO = timedelta(days=20 * 365)
_PAST = timedelta(days=400)
_CHILD = timedelta(days=2 * 365)


@frozen(kw_only=True)
class _Unknown:
    """Something not known about the traveller, and the traveller for whom it is at its worst."""

    missing: _Missing
    worst: Callable[[World, Traveller], Traveller]


def doubts(
    world: World, ways: Iterable[tuple[Candidate, list[Trial]]], rule_of: Callable[[Fact], str], broken: set[str]
) -> Iterator[Doubt]:
    """What to ask the traveller about ways that admit, as far as is known. `broken`: facts that they break anyway."""
    scenario, ways = world.scenario, list(ways)
    person = scenario.travellers[0]
    for unknown in _UNKNOWN:
        worse = unknown.worst(world, person)
        if worse == person:
            continue
        doubtful = evolve(scenario, travellers=(worse,))
        tried = [
            trial
            for candidate, known in ways
            for trial in trials(world, doubtful, candidate, [one.route for one in known])
        ]
        facts = {b.fact.id: b.fact for trial in tried for b in trial.broken if b.fact.id not in broken}
        if facts:
            rules = dict.fromkeys(map(rule_of, facts.values()))
            texts = dict.fromkeys(_INVENTED.sub("", fact.text) for fact in facts.values())
            yield Doubt(missing=unknown.missing, rules=tuple(rules), texts=tuple(texts))


def of_the_journey(
    world: World, tried: Iterable[Trial], rule_of: Callable[[Fact], str], broken: set[str]
) -> Iterator[Doubt]:
    """Rules that some way in breaks only if the journey around it is one that is not ruled out by what is known."""
    rules = {rule.id: rule for rule in world.scenario.law.rules}
    found: dict[Unknown, dict[str, str]] = {}
    for trial in tried:
        for one in trial.assumed:
            name = rule_of(one.broken.fact)
            asked = asks_for(rules.get(name))
            if one.broken.fact.id in broken:
                continue
            if asked in one.route.unknown:
                found.setdefault(asked, {})[name] = one.broken.fact.text
            elif not one.route.unknown:
                found.setdefault(asked or _open(world), {})[name] = one.broken.fact.text
    for missing in ("from", "earlier", "next"):
        if missing in found:
            yield Doubt(missing=missing, rules=tuple(found[missing]), texts=tuple(found[missing].values()))


def _open(world: World) -> Unknown:
    """What of the journey is not known, as far as rules do not say themselves what they ask for."""
    return "next" if not world.question.following else "from"


def _books(change: Callable[[World, Passport], Passport]) -> Callable[[World, Traveller], Traveller]:
    """The traveller with every passport changed."""
    return lambda world, person: evolve(person, passports=tuple(change(world, book) for book in person.passports))


def _expiring(world: World, book: Passport) -> Passport:
    last = world.question.until or world.question.on
    return book if book.expires is not None else evolve(book, expires=last)


def _with_a_past(world: World, person: Traveller) -> Traveller:
    """Everywhere that rules about the territory speak of, all the time before the entry."""
    last = world.question.on - timedelta(days=1)
    past = [PastStay(territory=TerritoryRef(t), from_=last - _PAST, to=last) for t in _spoken_of(world)]
    return evolve(person, past_stays=tuple(past))


def _spoken_of(world: World) -> list[str]:
    """The territory entered, and those named by rules about it."""
    scenario, on, found = world.scenario, world.question.on, {world.territory: None}
    zones = {zone.id: [str(m.territory) for m in zone.members] for zone in scenario.law.zones}
    for rule in scenario.law.rules:
        about = [str(getattr(rule, name)) for name in ("zone", "area", "territory") if hasattr(rule, name)]
        if any(scenario.is_in(place, world.territory, on) for place in about):
            for place in _places(rule):
                found |= dict.fromkeys(zones.get(place, [place]) if len(place) != 3 else [])
    found.pop(ELSEWHERE, None)
    return list(found)


def _places(rule: Entry) -> Iterator[str]:
    """The places of which a rule says that having been there matters."""
    for field in fields(type(rule)):
        if field.name in ("of", "visited", "risk"):
            value = getattr(rule, field.name)
            yield from map(str, value if isinstance(value, tuple) else (value,))


def _young(world: World, person: Traveller) -> Traveller:
    return person if person.born is not None else evolve(person, born=world.question.on - _CHILD)


_UNKNOWN = (
    _Unknown(missing="expires", worst=_books(_expiring)),
    _Unknown(missing="issued", worst=_books(lambda world, book: evolve(book, issued=world.question.on - _LONG_AGO))),
    _Unknown(missing="blank_pages", worst=_books(lambda world, book: evolve(book, blank_pages=0))),
    _Unknown(
        missing="stamps",
        worst=_books(lambda world, book: evolve(book, stamps=tuple(map(TerritoryRef, _spoken_of(world))))),
    ),
    _Unknown(missing="past_stays", worst=_with_a_past),
    _Unknown(missing="born", worst=_young),
)
