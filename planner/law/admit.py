"""One crossing asked of the law: who is let in, on what, and what stands against it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from attrs import evolve, frozen

from planner.law.answers import Admittance, Block, Doubt, Source, Way
from planner.law.books import refuse
from planner.law.candidates import Candidate, candidates, zone_of
from planner.law.doubts import doubts, of_the_journey
from planner.law.lifting import lifts
from planner.law.papers import with_papers
from planner.law.question import Question
from planner.law.ways import Trial, trial, trials, way
from planner.law.world import World, world_of
from planner.rules.base import Reminder, rules_of
from planner.rules.denial import denial
from planner.rules.facts import Broken, Fact
from planner.scenario.documents import Acquirable
from planner.scenario.law import BaseUsed, Entry, Reading, Rulebook
from planner.scenario.node import State
from planner.scenario.reading.base.store import read_base
from planner.scenario.reading.countries import countries
from planner.scenario.reading.walk import values
from planner.scenario.scenario import Scenario

_YEAR = 366  # days


def admit(question: Question) -> Admittance:
    """Ask every rule about one entry. Raises ScenarioError for what the question names and nobody knows.

    Every kind of rule is honoured: each way in is a journey of its own, replayed and judged by the rules' own checks.
    """
    world = world_of(question)
    _check(world)
    zone = zone_of(world)
    nothing = denial(world.scenario, world.scenario.travellers[0], zone).id
    law = _Law(world)
    tried, not_needed = _needed([_try(world, law, candidate, nothing) for candidate in candidates(world)])
    ways = tuple(item.way for item in tried)
    broken = [(item.best, b) for item in tried for b in item.best.broken]
    broken = broken or [(one, b) for one in _groundless(world) for b in one.broken]
    blocks = tuple(law.blocks((one, b) for one, b in broken if b.fact.id != nothing))
    open_ways = [item for item in tried if item.way.admits]
    certain = {b.fact.id for item in open_ways for one in item.trials for b in one.broken}
    around = of_the_journey(world, (one for item in open_ways for one in item.trials), law.rule_of, certain | {nothing})
    known = ((item.candidate, item.trials) for item in open_ways)
    unsure = _merged([*doubts(world, known, law.rule_of, certain), *around, *_transits(question, tried)])
    reminders = _reminders(item.best for item in open_ways)
    used = [*_used(ways), *(block.rule for block in blocks), *(name for doubt in unsure for name in doubt.rules)]
    used += [reminder.id for reminder in reminders]
    covering, notes = _coverage(world)
    base = _resting_on(world)
    silent = bool(covering) and not ways and not blocks
    notes += tuple(_silence(world)) if silent else ()
    if question.to in {item.id for item in world.scenario.law.zones}:
        names = world.scenario.name_of(world.territory), world.scenario.name_of(question.to)
        notes += (f"{names[0]} stands here for all of {names[1]}",)
    return Admittance(
        admitted=any(found.usable for found in ways) if (covering and not silent) or base else None,
        on=question.on,
        territory=world.territory,
        zone=zone,
        port=world.gates[0].ports[0] if world.gates[0].ports else "",
        ways=ways,
        not_needed=not_needed,
        blocks=blocks,
        doubts=unsure,
        reminders=reminders,
        readings=tuple(law.readings(used)),
        sources=tuple(law.sources(used)),
        covered_by=tuple(book.id for book in covering),
        base=base,
        notes=(*notes, *_unknown_passports(world), *_distance(question, base)),
        warnings=world.warnings,
        scenario=world.scenario,
    )


@frozen(kw_only=True)
class _Tried:
    """A candidate with its trials, as things are, and what they make of it."""

    candidate: Candidate
    trials: list[Trial]
    way: Way

    @property
    def best(self) -> Trial:
        """The trial with the least against it."""
        return min(self.trials, key=lambda one: len(one.broken))


def _try(world: World, law: _Law, candidate: Candidate, nothing: str) -> _Tried:
    """What becomes of a candidate: as things are, or else with the papers that rules ask for besides."""
    tried = trials(world, world.scenario, candidate)
    found = way(candidate, tried, nothing)
    if found.admits is False and not found.conditions:
        again, papers = with_papers(world, candidate, tried, law.entry_of)
        if papers:
            found = evolve(way(candidate, again, nothing), papers=papers, blocks=found.blocks)
    return _Tried(candidate=candidate, trials=tried, way=found)


def _needed(tried: list[_Tried]) -> tuple[list[_Tried], tuple[str, ...]]:
    """Without what could be obtained where the traveller is admitted anywhere without it; and the ids of that.

    Citizens are offered nothing.
    """
    free = [item.way for item in tried if item.way.usable and not item.way.ports and not item.way.only_in]
    if not free:
        return tried, ()
    offers = [item for item in tried if item.way.obtain is not None]
    citizen = any(found.type == "citizen" for found in free)
    not_needed = () if citizen else tuple(dict.fromkeys(item.way.ground for item in offers if item.way.admits))
    return [item for item in tried if item.way.obtain is None], not_needed


def _check(world: World) -> None:
    """Raise ScenarioError where what is asked about is no entry, or planes cannot be changed as it says."""
    scenario, question = world.scenario, world.question
    route = world.gates[0].routes[0]
    legs = [scenario.leg_by_id[name] for name in (*route.legs, route.out) if name]
    places = [scenario.territory_of(port) for port in (legs[0].from_, *(leg.to for leg in legs))]
    zones = [scenario.permission_zone(place, question.on) for place in places]
    entered = len(route.legs)
    for index in range(1, len(places)):
        if zones[index - 1] == zones[index]:
            names = dict.fromkeys(scenario.name_of(place) for place in places[index - 1 : index + 1])
            key = "next" if index > entered else "via" if entered > 1 else "from"
            hint = "one permission, if any, is good for all of it"
            refuse([f"{key}: inside {' and '.join(names)} nobody is admitted anew|{hint}"])
    if question.via and question.by != "air":
        refuse(["via: only planes are changed airside"])


def _groundless(world: World) -> list[Trial]:
    """Entries on nothing, to see what else stands against them."""
    books = world.scenario.travellers[0].passports
    return [trial(world.scenario, world.gates[0], book.id, "") for book in books]


def _reminders(tried: Iterable[Trial]) -> tuple[Reminder, ...]:
    found = (note for one in tried for rule in rules_of(one.journey.scenario) for note in rule.reminders(one.journey))
    return tuple(dict.fromkeys(found))


def _used(ways: Iterable[Way]) -> Iterator[str]:
    """Ids of what ways rest on and are limited by."""
    for found in ways:
        yield found.ground
        yield from (limit.rule for limit in found.limits)


def _transits(question: Question, tried: Iterable[_Tried]) -> Iterator[Doubt]:
    """Grounds that cannot be judged without knowing the places before and after."""
    undecided = [item for item in tried if item.way.admits is None]
    for item in undecided:
        for demand in dict.fromkeys(b.fact for one in item.trials for b in one.used_first):
            yield Doubt(missing="earlier", rules=(item.way.ground,), texts=(demand.text,))
    found = tuple(dict.fromkeys(item.way.ground for item in undecided if not item.best.used_first))
    if found and not question.come_from:
        yield Doubt(missing="from", rules=found)
    if found and not question.following:
        yield Doubt(missing="next", rules=found)


def _merged(found: Iterable[Doubt]) -> tuple[Doubt, ...]:
    """One doubt for each thing that is missing."""
    merged: dict[str, Doubt] = {}
    for doubt in found:
        before = merged.get(doubt.missing, doubt)
        rules, texts = dict.fromkeys((*before.rules, *doubt.rules)), dict.fromkeys((*before.texts, *doubt.texts))
        merged[doubt.missing] = Doubt(missing=doubt.missing, rules=tuple(rules), texts=tuple(texts))
    return tuple(merged.values())


def _coverage(world: World) -> tuple[tuple[Rulebook, ...], tuple[str, ...]]:
    """The rulebooks that cover the territory on the day of entry, and a note where they begin later."""
    scenario, on = world.scenario, world.question.on
    about = [b for b in world.books if any(scenario.is_in(str(place), world.territory, on) for place in b.covers)]
    covering = tuple(book for book in about if book.covers_from is None or book.covers_from <= on)
    if about and not covering:
        name, since = scenario.name_of(world.territory), min(book.covers_from for book in about if book.covers_from)
        return (), (f"{name} is covered by {about[0].id} only from {since} on",)
    return covering, ()


def _unknown_passports(world: World) -> Iterator[str]:
    """States that are on no list of countries, and that no law in use names."""
    strange = {book.state for book in world.question.passports} - {*countries()}
    named = {str(value.value) for value in values({State}, *world.books)} if strange else set()
    for state in sorted(strange - named):
        yield f"nothing in use knows passports of {state}"


def _distance(question: Question, base: BaseUsed | None) -> Iterator[str]:
    """How far the date asked about lies from the date of the base, if more than a year."""
    days = (question.on - base.on).days if base is not None else 0
    if base is not None and abs(days) > _YEAR:
        yield f"the imported base is as of {base.on}, {abs(days)} days {'before' if days > 0 else 'after'} this entry"


def _silence(world: World) -> Iterator[str]:
    """What to say where a rulebook covers the territory, and names neither the passports nor what they need."""
    scenario, states = world.scenario, dict.fromkeys(book.state for book in world.question.passports)
    names = " or ".join(scenario.name_of(state) for state in states)
    place = scenario.name_of(world.territory)
    yield f"the rulebooks that cover {place} name no passport of {names}, neither as admitted nor as needing something"
    base = read_base() if world.question.base else None
    for state in states if base is not None else ():
        status = base.status(state, world.territory) if base is not None else None
        if status is not None:
            word = f"visa-free for {status} days" if status.isdigit() else status
            yield f"the imported base, which gives way to rulebooks, says of {scenario.name_of(state)}: {word}"


def _resting_on(world: World) -> BaseUsed | None:
    """The base, if it knows about the territory and one of the passports."""
    base, states = world.scenario.base, {book.state for book in world.question.passports}
    return base if base is not None and world.territory in base.territories and states & base.passports else None


def _answered(world: World, reading: str, answer: str) -> Scenario:
    """The scenario of the same question with another answer to a reading."""
    return world_of(evolve(world.question, readings={**world.question.readings, reading: answer})).scenario


class _Law:
    """The entries behind facts and grounds."""

    def __init__(self, world: World) -> None:
        self.scenario, self.books = world.scenario, world.books
        law = world.scenario.law
        self.entries: dict[str, Entry] = {item.id: item for item in (*law.admissions, *law.rules)}
        self.offers: dict[str, Acquirable] = {item.id: item for book in world.books for item in book.acquirables}
        self.answered = cache(lambda reading, answer: _answered(world, reading, answer))

    def rule_of(self, fact: Fact) -> str:
        """The id of the entry that a fact belongs to, or the name of its kind."""
        parts = fact.id.split(".")
        names = (".".join(parts[:count]) for count in range(len(parts), 0, -1))
        return next((name for name in names if name in self.entries or name in self.offers), fact.kind)

    def entry_of(self, fact: Fact) -> Entry | None:
        """The entry of law that a fact belongs to."""
        return self.entries.get(self.rule_of(fact))

    def blocks(self, broken: Iterable[tuple[Trial, Broken]]) -> Iterator[Block]:
        """Each fact once, with what would lift it."""
        for tried, found in {b.fact.id: (one, b) for one, b in broken}.values():
            name = self.rule_of(found.fact)
            lifted = lifts(tried, name, self.entries.get(name), found, self.offers.values(), self.answered)
            yield Block(id=found.fact.id, rule=name, text=found.fact.text, how=found.how, lifted_by=lifted)

    def sources(self, used: Iterable[str]) -> Iterator[Source]:
        """The sources of some entries, each once."""
        for name in dict.fromkeys(used):
            item = self.entries.get(name) or self.offers.get(name)
            if item is not None:
                yield Source(id=name, source=item.source, read_on=item.read_on, grade=item.grade)

    def readings(self, used: Iterable[str]) -> Iterator[Reading]:
        """Readings on which entries used depend."""
        asked = {self.entries[name].reading for name in used if name in self.entries}
        yield from (reading for reading in self.scenario.law.readings if reading.id in asked)
