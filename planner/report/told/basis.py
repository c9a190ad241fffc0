"""What a plan rests on: readings of the law, statements without an official source, places, what was not checked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

import attrs
from attrs import frozen

from planner.answer import Answer, Plan
from planner.itinerary.journey import Journey
from planner.report.grounds import ground_of
from planner.report.notes import without_holidays
from planner.report.words import day, listed
from planner.scenario.documents import Acquirable
from planner.scenario.law import Admission, Entry
from planner.scenario.node import GroundType
from planner.scenario.scenario import Scenario
from planner.scenario.travel import Territory, Zone

_NAMED = 20  # places that are named
_WEAK = ("unsourced", "assumption")
STRICT_UNLESS_CHOSEN = "Where sources disagree, the strict answer is used, if the file chooses no other."
Sourced = Admission | Entry | Acquirable | Territory | Zone


@frozen(kw_only=True)
class ReadingTold:
    """A question on which sources disagree, the answer used, and in `chosen` who chose it.

    `matters` is False if what depends on it is law for other entries or passports than those of this trip.
    """

    id: str
    question: str
    answer: str
    declared: bool
    chosen: str
    matters: bool


@frozen(kw_only=True)
class WeakTold:
    """Something used that no official or secondary source backs; `source` is where it was heard, perhaps ""."""

    id: str
    grade: str
    source: str


@frozen(kw_only=True)
class Basis:
    """Sentences, each group perhaps empty but `rules` and `places`."""

    rules: str  # as of when, from which rulebooks
    places: str  # the territories on the way
    not_covered: tuple[str, ...]  # by the rulebooks in use
    imported: tuple[str, ...]  # what rests on the imported base alone
    unchecked: tuple[str, ...]  # passports without an expiry date, holidays that are not known
    weak: tuple[WeakTold, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        """All but `weak`, in order."""
        return (self.rules, self.places, *self.not_covered, *self.imported, *self.unchecked)


def readings(answer: Answer) -> tuple[ReadingTold, ...]:
    """The readings that the law in force has."""
    return tuple(
        ReadingTold(
            id=used.id,
            question=used.question,
            answer=used.answer,
            declared=used.declared,
            chosen="chosen in the file" if used.declared else "not chosen in the file, so the strict one",
            matters=used.declared or _matters(answer, used.id),
        )
        for used in answer.readings
    )


def _matters(answer: Answer, reading: str) -> bool:
    """Whether what depends on a reading speaks of passports there are, and of an entry of the plan, if there is one."""
    scenario = answer.scenario
    states = {book.state for person in scenario.travellers for book in person.passports}
    states |= {item.passport.state for item in scenario.acquirables if item.passport}
    entries = _entered(answer.plan.journey) if answer.plan else None
    for law in (*scenario.law.admissions, *scenario.law.rules):
        passports = getattr(law, "nationalities", ())
        mine = law.reading == reading and (not passports or states.intersection(passports))
        if mine and (entries is None or any(_is_about(scenario, law, *entry) for entry in entries)):
            return True
    return False


def _entered(journey: Journey) -> set[tuple[GroundType, str]]:
    """The territories entered on the way, each with the type of ground on which."""
    found: set[tuple[GroundType, str]] = set()
    for traveller in journey.scenario.travellers:
        for stay in journey.stays[traveller.id]:
            ground = ground_of(journey.scenario, traveller, stay.ground)
            if stay.entry is not None and ground is not None:
                found.add((ground.type, stay.entry.territory))
    return found


def _is_about(scenario: Scenario, law: Entry, ground: GroundType, territory: str) -> bool:
    """Whether a statement of law is about an entry to a territory on a type of ground."""
    types = getattr(law, "types", ())
    return (not types or ground in types) and _concerns(scenario, law, [territory])


def beside(told: Iterable[ReadingTold]) -> str:
    """A sentence that names the readings that do not matter; "" if there are none."""
    ids = [reading.id for reading in told if not reading.matters]
    return f"Not about an entry or a passport of this trip: {listed(ids)}." if ids else ""


def basis(scenario: Scenario, plan: Plan) -> Basis:
    """The territories concerned and each statement used that no official or secondary source backs."""
    places = _territories(plan.journey)
    return Basis(
        rules=f"Rules as of {day(scenario.today)}, from: {', '.join(scenario.rulebooks) or 'this file alone'}.",
        places=f"Territories on the way: {listed(scenario.name_of(place) for place in places)}.",
        not_covered=tuple(_not_covered(scenario, plan, places)),
        imported=imported(scenario, places),
        unchecked=tuple(_unchecked(scenario, plan)),
        weak=tuple(WeakTold(id=i.id, grade=i.grade, source=i.source) for i in _weak(scenario, plan, places)),
    )


def imported(scenario: Scenario, places: Collection[str]) -> tuple[str, ...]:
    """Of which of some territories only the imported base knows who is admitted, and what it leaves open."""
    base = scenario.base
    mine = [scenario.name_of(place) for place in (base.territories if base else ()) if place in places]
    if base is None or not mine:
        return ()
    if len(mine) > _NAMED:
        mine[_NAMED:] = [f"{len(mine) - _NAMED} more places"]
    return (
        f"For {listed(mine)} this rests on the imported base alone ({base.source}; as of {day(base.on)}; licence: "
        f"{base.licence}): one word for each passport, without any conditions. Ask the embassy.",
    )


def _not_covered(scenario: Scenario, plan: Plan, places: list[str]) -> Iterator[str]:
    open_ended = [place for place in places if place not in scenario.covered]
    if open_ended:
        names = listed(map(scenario.name_of, open_ended))
        yield f"No rulebook in use covers {names}: only what the file itself says about it was checked."
    for place in places if plan.journey.legs else ():
        since = scenario.uncovered_until(place, plan.journey.legs[0].departs.date())
        if since is not None:
            yield f"The rulebooks in use cover {scenario.name_of(place)} only from {day(since)} on."


def _unchecked(scenario: Scenario, plan: Plan) -> Iterator[str]:
    for traveller, passport in _undated(plan.journey):
        yield f"Not checked: whether {traveller}'s passport {passport} is still valid; the file has no expiry date."
    made = [(a, scenario.acquirable_by_id[a.acquirable]) for a in plan.itinerary.applications]
    days = [(item, on) for a, item in made if item.lead.business_days for on in (a.on, plan.journey.ready(a))]
    for text in without_holidays(scenario, ((item, on.year) for item, on in days)):
        yield f"{text[0].upper()}{text[1:]}."


def _undated(journey: Journey) -> list[tuple[str, str]]:
    """Passports shown on the way, with their holder's name, of which the file does not say when they expire."""
    return [
        (person.label, book.id)
        for person in journey.scenario.travellers
        for book in person.passports
        if book.expires is None
        and any(book.id in (stay.passport, stay.exit_passport) for stay in journey.stays[person.id])
    ]


def _territories(journey: Journey) -> list[str]:
    """The territories of all ports touched, in order."""
    scenario = journey.scenario
    ports = [port for leg in journey.legs for port in (leg.from_, leg.exit_port, leg.entry_port, leg.to) if port]
    return list(dict.fromkeys(scenario.territory_of(port) for port in ports or [scenario.trip.start]))


def _weak(scenario: Scenario, plan: Plan, places: list[str]) -> Iterator[Sourced]:
    """What was used or applied on this trip and has only an assumption behind it."""
    used: list[Sourced] = [scenario.acquirable_by_id[a.acquirable] for a in plan.itinerary.applications]
    for traveller in scenario.travellers:
        for stay in plan.journey.stays[traveller.id]:
            ground = ground_of(scenario, traveller, stay.ground)
            if ground is not None and isinstance(ground.item, Admission | Entry):
                used.append(ground.item)
    used += [rule for rule in scenario.law.rules if _concerns(scenario, rule, places)]
    used += [place for place in scenario.law.territories if place.id in places]
    used += [zone for zone in scenario.law.zones if any(m.territory in places for m in zone.members)]
    yield from {item.id: item for item in used if item.grade in _WEAK}.values()


def _concerns(scenario: Scenario, rule: Entry, places: list[str]) -> bool:
    """Whether a rule is about a place on the way. Rules that name no place concern every trip."""
    named = [getattr(rule, field.name) for field in attrs.fields(type(rule)) if field.name in _PLACE_FIELDS]
    return not named or any(scenario.is_in(place, there, scenario.today) for place in named for there in places)


_PLACE_FIELDS = ("zone", "area", "territory")
