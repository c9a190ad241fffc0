"""From what a file says to a scenario: rulebooks merged, ports resolved, times in UTC, everything cross-checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import attrs

from planner.core.errors import Problem, ScenarioError, did_you_mean
from planner.core.time import exists
from planner.scenario.documents import Acquirable
from planner.scenario.law import Entry, LawBook, Rulebook
from planner.scenario.node import (
    DocumentRef,
    EventRef,
    GroundRef,
    LegRef,
    Node,
    PassportRef,
    PlaceRef,
    PortRef,
    TravellerRef,
)
from planner.scenario.reading import law as laws
from planner.scenario.reading.added import NOTHING, Added
from planner.scenario.reading.airports import Atlas
from planner.scenario.reading.base.use import with_base
from planner.scenario.reading.checks.case import Case, problem
from planner.scenario.reading.checks.ids import check_ids
from planner.scenario.reading.checks.limits import check_cost, check_numbers
from planner.scenario.reading.checks.money import check_money
from planner.scenario.reading.checks.papers import check_papers
from planner.scenario.reading.checks.past import check_past
from planner.scenario.reading.checks.repairs import check_repairs
from planner.scenario.reading.checks.tables import check_tables, is_zone
from planner.scenario.reading.checks.travel import check_travel, times_of
from planner.scenario.reading.checks.zones import check_zones
from planner.scenario.reading.damage import Damage
from planner.scenario.reading.legs.network import read_network, without_files
from planner.scenario.reading.names import Names, check_references
from planner.scenario.reading.places import Places
from planner.scenario.reading.rulebooks import offering
from planner.scenario.reading.structure import structure
from planner.scenario.reading.tables import Table
from planner.scenario.reading.walk import place_of, values
from planner.scenario.reading.written import ScenarioFile
from planner.scenario.scenario import Scenario
from planner.scenario.travel import Fare, Leg, Port
from planner.scenario.trip import Trip
from planner.version import SCENARIO_LANGUAGE


def assemble(
    data: Table,
    places: Places,
    kinds: Mapping[str, type[Entry]],
    shipped: Mapping[str, Rulebook],
    folder: Path = Path(),
    added: Added = NOTHING,
) -> Scenario:
    """The scenario that some data describes; names of files count from `folder`, and some things may be added.

    Raises ScenarioError with every problem found.
    """
    language = data.get("language", SCENARIO_LANGUAGE)
    if type(language) is int and language != SCENARIO_LANGUAGE:
        message = f"this file is written in version {language} of the scenario language"
        raise ScenarioError(
            [Problem(places.of(("language",)), message, f"this planner reads version {SCENARIO_LANGUAGE}")]
        )
    data, files = without_files(data.without("expect"))
    outcome = structure(data, ScenarioFile, kinds, places)
    problems = list(outcome.problems)
    if outcome.value is not None:
        if too_many := list(check_numbers(outcome.value)):
            raise ScenarioError([*problems, *too_many])
        written = attrs.evolve(outcome.value, leg_tables=(*files, *outcome.value.leg_tables))
        case = _case(added.to(written), shipped, outcome.damage, problems, folder, added.wanted)
        for check in (check_ids, check_travel, check_zones, check_money, check_papers, check_past, check_repairs):
            problems += check(case)
        problems += check_cost(case.scenario) if not problems else ()
        if not problems:
            return case.scenario
    raise ScenarioError(problems)


def _case(
    written: ScenarioFile,
    shipped: Mapping[str, Rulebook],
    damage: Damage,
    problems: list[Problem],
    folder: Path,
    wanted: Collection[str],
) -> Case:
    """Assemble what can be assembled; what cannot is added to the problems."""
    written = attrs.evolve(written, trip=_with_stop_ids(written.trip))
    found = len(problems)
    books = [laws.since_covered(book) for book in laws.books_in_use(written, shipped, problems)]
    if len(problems) > found:
        damage |= Damage.of("rulebooks")
    whole_law = laws.merge(books, written, problems)
    law = laws.in_force(whole_law, written, damage, problems)
    if not damage.in_any("rulebooks"):
        problems += laws.check_readings((*written.admissions, *written.rules), law.readings)
    picked = _may_obtain(written, whole_law, damage, problems)
    acquirables = (*written.acquirables, *picked)
    offered = _offered(written, whole_law, acquirables)
    # A misspelt rulebook must not make everything unknown that it may define.
    known_law = laws.merge(shipped.values(), written, []) if damage.in_any("rulebooks") else law
    atlas = Atlas.of(known_law)
    named = _named_ports(known_law, written, *acquirables) | dict.fromkeys(written.trip.connections.ports)
    ports = {code: port for code in named if (port := atlas.port(code)) is not None}
    network = read_network(written, atlas, damage, folder, wanted)
    problems += network.problems
    damage |= network.damage
    ports |= network.ports
    names = Names.of(known_law, list(ports), _listed(written, acquirables, whole_law, network.legs))
    problems += check_references(names, damage, written)
    problems += check_tables(damage, written)
    law, base = with_base(written, books, law, ports.values(), problems)
    legs, timed = _timed(network.legs, ports, problems)
    own_fares = [
        Fare(id=leg.id, legs=(leg.id,), price=leg.price, per=leg.per, where=leg.where)
        for leg in legs
        if leg.price is not None
    ]
    elsewhere = _named_ports(known_law, *offered).keys() - ports.keys()
    scenario = Scenario(
        title=written.title,
        today=written.today,
        currency=written.currency,
        rates=written.rates,
        rulebooks=tuple(book.id for book in books),
        readings=written.readings,
        travellers=written.travellers,
        acquirables=acquirables,
        may_obtain=tuple(item.id for item in picked),
        offered=offered,
        offered_ports={code: port for code in elsewhere if (port := atlas.port(code)) is not None},
        legs=legs,
        fares=(*own_fares, *written.fares, *written.tours),
        touches=written.touches,
        trip=written.trip,
        repairs=written.repairs,
        timetable=network.timetable,
        tickets=network.tickets,
        law=law,
        covered=laws.covered(books, written, law, names) | set(base.territories if base else ()),
        covered_since=laws.covered_since(books, law),
        base=base,
        ports=ports,
        where=written.where,
    )
    return Case(written=written, scenario=scenario, names=names, damage=damage, timed=frozenset(timed))


def _with_stop_ids(trip: Trip) -> Trip:
    """Name each stop without an id after its first place, with -2, -3 … where that is taken."""
    names = stop_names([(stop.id, str(stop.at[0]) if stop.at else "") for stop in trip.stops])
    return attrs.evolve(
        trip, stops=tuple(attrs.evolve(stop, id=name) for stop, name in zip(trip.stops, names, strict=True))
    )


def stop_names(stops: Sequence[tuple[str, str]]) -> list[str]:
    """What stops are called, from the id (or "") and the first place of each."""
    taken = {id_ for id_, _ in stops if id_}
    found = []
    for id_, place in stops:
        name, count = id_, 1
        if not name:
            base = name = place or "stop"
            while name in taken:
                count += 1
                name = f"{base}-{count}"
            taken.add(name)
        found.append(name)
    return found


def _may_obtain(written: ScenarioFile, law: LawBook, damage: Damage, problems: list[Problem]) -> tuple[Acquirable, ...]:
    """The acquirables of the rulebooks that the scenario may obtain, less those that it replaces by its own."""
    offered = {item.id: item for item in law.acquirables}
    own = {item.id for item in written.acquirables}
    picked: dict[str, Acquirable] = {}
    for index, name in enumerate(written.may_obtain):
        if name in own:
            continue
        if name in offered:
            picked[name] = offered[name]
        elif not damage.in_any("acquirables", "rulebooks"):
            other = offering(name)
            hint = f"the rulebook {other} offers it: add it to rulebooks" if other else ""
            hint = hint or did_you_mean(name, sorted(offered)) or "rulebooks say what they offer under [[acquirables]]"
            message = f"may_obtain: no rulebook in use offers {name!r}"
            problems.append(Problem(place_of(written, "may_obtain", index), message, hint))
    return tuple(picked.values())


def _offered(written: ScenarioFile, law: LawBook, taken: Collection[Acquirable]) -> tuple[Acquirable, ...]:
    """What else the rulebooks offer, as far as the scenario can reckon with the price."""
    known = {"", written.currency, *(written.rates.values if written.rates else ())}
    ids = {item.id for item in taken}
    return tuple(item for item in law.acquirables if item.id not in ids and item.price.currency in known)


def _named_ports(law: LawBook, *roots: Node) -> dict[str, None]:
    """Ids that tables name and that mean a port, in file order."""
    areas = {str(item.id) for item in law.territories} | {item.id for item in law.zones}
    return {
        value.value: None
        for value in values({PortRef, PlaceRef}, *roots)
        if value.field.type is PortRef or value.value not in areas
    }


def _listed(
    written: ScenarioFile, acquirables: Collection[Acquirable], law: LawBook, legs: Collection[Leg]
) -> dict[Any, Collection[str]]:
    """The ids that references other than to places may name."""
    people = written.travellers
    passports = [str(item.id) for person in people for item in person.passports]
    passports += [str(item.passport.id) for item in acquirables if item.passport]
    documents = [item.id for person in people for item in person.permissions]
    documents += [item.kind for person in people for item in person.certificates]
    documents += [item.certificate.kind for item in acquirables if item.certificate]
    documents += [item.id for item in acquirables]
    grounds = [*law.grounds, *(item.id for item in acquirables)]
    grounds += [item.id for person in people for item in person.permissions]
    grounds += [f"citizen:{item.state}" for person in people for item in person.passports]
    grounds += [f"citizen:{item.passport.state}" for item in acquirables if item.passport]
    return {
        PassportRef: dict.fromkeys(passports),
        DocumentRef: dict.fromkeys([*passports, *documents]),
        TravellerRef: dict.fromkeys(person.id for person in people),
        LegRef: dict.fromkeys(str(leg.id) for leg in legs),
        GroundRef: dict.fromkeys(grounds),
        EventRef: dict.fromkeys(event.id for event in written.trip.events),
    }


def _timed(
    legs: Collection[Leg], ports: Mapping[str, Port], problems: list[Problem]
) -> tuple[tuple[Leg, ...], set[str]]:
    """The legs with their times in UTC, and the ids of those whose times mean something."""
    made: list[Leg] = []
    timed: set[str] = set()
    uses = Counter(leg.id for leg in legs)
    for leg in legs:
        start, end = ports.get(leg.from_), ports.get(leg.to)
        if start is None or end is None or not (is_zone(start.timezone) and is_zone(end.timezone)):
            made.append(leg)
            continue
        times = times_of(leg, start.timezone, end.timezone)
        if times is None:
            made.append(leg)
            continue
        made.append(attrs.evolve(leg, departs_utc=times[0], arrives_utc=times[1]))
        skipped = [*_skipped(leg, "departs", leg.departs, start), *_skipped(leg, "arrives", leg.arrives, end)]
        problems += skipped
        if not skipped and uses[leg.id] == 1:
            timed.add(leg.id)
    return tuple(made), timed


def _skipped(leg: Leg, key: str, local: datetime, port: Port) -> Iterator[Problem]:
    if not exists(local, port.timezone):
        message = f"{key}: {local:%Y-%m-%d %H:%M} does not exist at {port.id}"
        yield problem(leg, key, message, "clocks are put forward there and skip it")
