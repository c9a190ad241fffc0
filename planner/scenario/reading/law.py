"""One law from several rulebooks and a scenario's own entries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import attrs

from planner.core.errors import Problem, did_you_mean
from planner.scenario.law import Entry, LawBook, Reading, Rulebook
from planner.scenario.node import PlaceRef, TerritoryRef, ZoneRef
from planner.scenario.reading.base.states import state
from planner.scenario.reading.countries import countries
from planner.scenario.reading.damage import Damage
from planner.scenario.reading.names import Names
from planner.scenario.reading.walk import place_of, values
from planner.scenario.reading.written import ScenarioFile

_TABLES = tuple(field.name for field in attrs.fields(LawBook) if field.name != "where")


def books_in_use(written: ScenarioFile, shipped: Mapping[str, Rulebook], problems: list[Problem]) -> list[Rulebook]:
    """The rulebooks a scenario names, in its order. Unknown names are added to the problems."""
    books: dict[str, Rulebook] = {}
    for index, name in enumerate(written.rulebooks):
        if name in shipped:
            books[name] = shipped[name]
        else:
            place = place_of(written, "rulebooks", index)
            problems.append(Problem(place, f"unknown rulebook {name!r}", rulebook_hint(name, shipped)))
    return list(books.values())


def rulebook_hint(name: str, shipped: Collection[str]) -> str:
    """A guess at the rulebook meant: that of a country written in another way, or one misspelt."""
    country = state(name)
    if country is not None and country in shipped:
        return f"did you mean {country!r} ({countries()[country]})?"
    return did_you_mean(name, sorted(shipped)) or "`plan rules` lists them"


def since_covered(book: Rulebook) -> Rulebook:
    """The rulebook with its admissions in force only as far back as it covers anything."""
    since = book.covers_from
    if since is None:
        return book
    kept = (entry for entry in book.admissions if entry.effective_to is None or entry.effective_to >= since)
    begun = (attrs.evolve(entry, effective_from=max(since, entry.effective_from or since)) for entry in kept)
    return attrs.evolve(book, admissions=tuple(begun))


def covered_since(books: Iterable[Rulebook], law: LawBook) -> dict[str, date]:
    """For the territories and zones that no rulebook covers for all time, the first date from which one does."""
    found: dict[str, date | None] = {}
    members = {zone.id: [str(member.territory) for member in zone.members] for zone in law.zones}
    for book in books:
        for place in (name for covered in book.covers for name in (str(covered), *members.get(covered, ()))):
            earlier = found.get(place, book.covers_from)
            found[place] = min(earlier, book.covers_from) if earlier and book.covers_from else None
    return {place: since for place, since in found.items() if since is not None}


def merge(books: Iterable[Rulebook], own: ScenarioFile | None, problems: list[Problem]) -> LawBook:
    """Rulebooks laid side by side; a scenario's own entries replace those of the same id, or are added.

    An id that two rulebooks use in the same table is added to the problems.
    """
    books = list(books)
    merged: dict[str, Any] = {}
    for table in _TABLES:
        found: dict[str, Any] = {}
        for book in books:
            for item in getattr(book, table):
                if item.id in found:
                    other = found[item.id].where.place
                    message = f"{table} {item.id!r} is in two rulebooks; the other is at {other}"
                    problems.append(Problem(item.where.of("id"), message))
                found[item.id] = item
        if own is not None and table != "readings":
            found |= {item.id: item for item in getattr(own, table)}
        merged[table] = tuple(found.values())
    return LawBook(**merged)


def in_force(law: LawBook, written: ScenarioFile, damage: Damage, problems: list[Problem]) -> LawBook:
    """The law without what the scenario switches off and what belongs to other readings than its own.

    Readings that only the scenario's own entries name are added to the readings of the law.
    """
    whole = not damage.in_any("rules", "admissions", "rulebooks")
    entries: tuple[Entry, ...] = (*law.admissions, *law.rules)
    known = {reading.id: reading for reading in law.readings}
    for entry in (*written.admissions, *written.rules):
        if entry.reading and entry.answer and entry.reading not in {reading.id for reading in law.readings}:
            before = known.get(entry.reading)
            answers = dict.fromkeys((*(before.answers if before else ("strict",)), entry.answer))
            question = f"{entry.reading}, as asked in this file"
            known[entry.reading] = Reading(id=entry.reading, question=question, answers=tuple(answers))
    if whole:
        ids = sorted(entry.id for entry in entries)
        for index, off in enumerate(written.switched_off):
            if off not in ids:
                place = place_of(written, "switched_off", index)
                problems.append(Problem(place, f"no rule or admission has the id {off!r}", did_you_mean(off, ids)))
        problems += _answers(written, known)
    law = attrs.evolve(law, readings=tuple(known.values()))

    def counts(entry: Entry) -> bool:
        chosen = written.readings.get(entry.reading, "strict")
        return entry.id not in written.switched_off and (not entry.reading or entry.answer == chosen)

    return attrs.evolve(
        law,
        admissions=tuple(filter(counts, law.admissions)),
        rules=tuple(filter(counts, law.rules)),
    )


def _answers(written: ScenarioFile, known: dict[str, Reading]) -> Iterator[Problem]:
    for name, answer in written.readings.items():
        place = written.where.of(f"readings.{name}")
        if name not in known:
            yield Problem(place, f"unknown reading {name!r}", did_you_mean(name, sorted(known)))
        elif answer not in known[name].answers:
            near = did_you_mean(answer, list(known[name].answers))
            yield Problem(place, f"reading {name!r} has no answer {answer!r}", near)


def covered(books: Iterable[Rulebook], written: ScenarioFile, law: LawBook, names: Names) -> frozenset[str]:
    """Territories and zones that the law speaks about: zones stand for themselves and for all their members."""
    named = {str(place) for book in books for place in book.covers}
    named |= {item.id for item in written.territories}
    for value in values({TerritoryRef, ZoneRef, PlaceRef}, *written.admissions, *written.rules):
        if names.knows(ZoneRef, value.value):
            named.add(value.value)
    members = {zone.id: {str(member.territory) for member in zone.members} for zone in law.zones}
    return frozenset(named.union(*(members.get(name, set()) for name in named)))


def check_readings(entries: Iterable[Entry], known: Iterable[Reading]) -> Iterator[Problem]:
    """Entries name a reading and an answer together, and ones that are declared."""
    readings = {reading.id: reading for reading in known}
    for entry in entries:
        if bool(entry.reading) != bool(entry.answer):
            missing = "answer" if entry.reading else "reading"
            yield Problem(entry.where.place, f"{entry.id!r} has a reading or an answer, but no {missing}")
        elif entry.reading:
            if entry.reading not in readings:
                near = did_you_mean(entry.reading, sorted(readings))
                yield Problem(entry.where.of("reading"), f"unknown reading {entry.reading!r}", near)
            elif entry.answer not in readings[entry.reading].answers:
                near = did_you_mean(entry.answer, list(readings[entry.reading].answers))
                yield Problem(entry.where.of("answer"), f"{entry.reading!r} has no answer {entry.answer!r}", near)
