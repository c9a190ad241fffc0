"""From a plan as a file says it to an itinerary, and what in it is left open or is not as the plan states."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise

from attrs import evolve, frozen

from planner.checking.findings import Violation
from planner.checking.form import Desk, Paper, PlanFile, TimedLeg
from planner.checking.reading import leg_places, missing, moment
from planner.core.errors import Place
from planner.core.time import EPOCH
from planner.itinerary.choices import Application, Booking, Itinerary, StayChoice, TouchMode
from planner.itinerary.journey import Crossing, Stay
from planner.itinerary.replay import Unreal, bare_stays
from planner.rules.base import grounds_of
from planner.scenario.node import LegRef
from planner.scenario.people import Traveller
from planner.scenario.scenario import Scenario
from planner.scenario.travel import Leg

_OFFERED = 6  # ways to pass a border that are told


@frozen
class Draft:
    """The itinerary that a plan means; None if there is none, with the reasons as sentences in `structural`.

    `violations` has them at their places, and what the plan states that is not so.
    """

    itinerary: Itinerary | None
    violations: tuple[Violation, ...]
    structural: tuple[str, ...] = ()


def draft(scenario: Scenario, plan: PlanFile) -> Draft:
    """What the plan means in that scenario. Every traveller it names must be one of the scenario."""
    bare = _without_stays(scenario, plan)
    stated = [*_timetable(scenario, plan), *_touches_astray(plan), *_tours(scenario, plan, bare)]
    try:
        stays = bare_stays(scenario, bare)
    except Unreal as unreal:
        return Draft(None, (*structural(scenario, plan, unreal.problems), *stated), unreal.problems)
    desks = _Desks(scenario, plan)
    chosen = {person.id: tuple(desks.choice(person, stay) for stay in stays) for person in scenario.travellers}
    stated += [*desks.found, *desks.rest()]
    left_open = tuple(found.text for found in desks.found if found.sort == "open")
    return Draft(None if left_open else evolve(bare, stays=chosen), tuple(stated), left_open)


def structural(scenario: Scenario, plan: PlanFile, problems: tuple[str, ...]) -> Iterator[Violation]:
    """Why there can be no such journey, each where the plan has the first thing that the sentence names."""
    given = {leg.leg: leg for leg in plan.timetable}
    for text in problems:
        place, leg = _named(scenario, plan, text)
        hint = ""
        if text == f"there is no leg {leg}":
            hint = f" in the scenario, and the plan does not give it in full: {_lacking(given.get(leg))}"
        found = scenario.leg_by_id.get(leg)
        yield Violation(sort="structure", text=text + hint, place=place, leg=found)


def _named(scenario: Scenario, plan: PlanFile, text: str) -> tuple[Place, LegRef]:
    """Where the plan has the leg, paper, permission or passport that a sentence names, and the leg's id or ""."""
    words, places = text.replace(",", " ").replace(":", " ").split(), leg_places(plan)
    for word in words:
        if word in places:
            return places[word], LegRef(word)
    for paper in plan.documents:
        item = scenario.acquirable_by_id.get(paper.id)
        if paper.id in words or (item is not None and item.label in text):
            return paper.where.place, LegRef("")
    for desk in plan.crossings:
        item = scenario.acquirable_by_id.get(desk.permission or "")
        if (item is not None and item.label in text) or f"passport {desk.passport}" in text:
            return desk.where.place, LegRef("")
    return plan.where.place, LegRef("")


def plan_legs(plan: PlanFile) -> tuple[str, ...]:
    """The ids of the legs travelled."""
    return tuple(plan.legs) if plan.legs is not None else tuple(leg.leg for leg in plan.timetable)


def _lacking(leg: TimedLeg | None) -> str:
    if leg is None:
        return "it is not in `timetable`"
    keys = missing(leg)
    return f"{', '.join(keys)} missing" if keys else "no price, and no ticket of `tickets` that covers it"


def _without_stays(scenario: Scenario, plan: PlanFile) -> Itinerary:
    legs = plan_legs(plan)
    modes: dict[tuple[str, str], TouchMode] = {(touch.after, touch.before): touch.mode for touch in plan.touches}
    sold = {leg for ticket in plan.tickets for leg in ticket.legs}
    fares = plan.fares
    if fares is None:
        fares = (*(ticket.id for ticket in plan.tickets), *(leg for leg in legs if leg not in sold))
    return Itinerary(
        legs=legs,
        touches=tuple(modes.get(pair, "landside") for pair in pairwise(legs)),
        fares=tuple(fares),
        applications=tuple(
            Application(_who(scenario, paper.traveller), paper.id, paper.passport, paper.apply_on)
            for paper in plan.documents
        ),
        bookings=tuple(
            Booking(_who(scenario, booked.traveller), booked.event, booked.passport, booked.book_on)
            for booked in plan.bookings
            if booked.event
        ),
    )


def _who(scenario: Scenario, traveller: str) -> str:
    """A traveller's id; left out, it is the only one's."""
    return traveller or scenario.travellers[0].id


# ---- what the plan states besides


def _timetable(scenario: Scenario, plan: PlanFile) -> Iterator[Violation]:
    """Legs that are not as the plan says."""
    for said in plan.timetable:
        leg = scenario.leg_by_id.get(said.leg)
        if leg is None:
            continue
        for key, mine, theirs in _compared(said, leg):
            text = f"the plan has leg {said.leg} with {key} {mine}; the scenario says {theirs or 'nothing'}"
            yield Violation(sort="stated", text=text, place=said.where.of(key), leg=leg)


def _compared(said: TimedLeg, leg: Leg) -> Iterator[tuple[str, str, str]]:
    """Each key that differs, with both values."""
    pairs = (
        ("mode", said.mode, leg.mode),
        ("operator", said.operator, leg.operator),
        ("from", said.from_, leg.from_),
        ("to", said.to, leg.to),
        ("price", said.price, leg.price),
    )
    yield from ((key, str(mine), str(theirs or "")) for key, mine, theirs in pairs if mine not in (None, theirs))
    for key, text, local, utc in (
        ("departs", said.departs, leg.departs, leg.departs_utc),
        ("arrives", said.arrives, leg.arrives, leg.arrives_utc),
    ):
        if text and not _same_moment(moment(text), local, utc):
            yield key, text, f"{local:%Y-%m-%dT%H:%M}"


def _same_moment(said: datetime, local: datetime, utc: int) -> bool:
    if said.replace(tzinfo=None) != local:
        return False
    return said.tzinfo is None or (said - EPOCH).total_seconds() == utc * 60


def _touches_astray(plan: PlanFile) -> Iterator[Violation]:
    following = set(pairwise(plan_legs(plan)))
    for touch in plan.touches:
        if (touch.after, touch.before) not in following:
            text = f"leg {touch.before} does not follow leg {touch.after}"
            yield Violation(sort="stated", text=text, place=touch.where.place)


def _tours(scenario: Scenario, plan: PlanFile, bare: Itinerary) -> Iterator[Violation]:
    """Tours that are not on offer, not bought or booked too late. The rules know of a tour only that it is bought."""
    tours = {tour.id: tour for tour in scenario.tours}
    for booked in plan.bookings:
        tour = tours.get(booked.tour)
        if not booked.tour:
            continue
        if tour is None:
            text, key = f"there is no tour {booked.tour}", "tour"
        elif tour.id not in bare.fares:
            text, key = f"tour {tour.id} is booked, but not among the fares", "tour"
        elif tour.book_by is not None and tour.book_by < booked.book_on:
            text, key = f"{tour.label} is booked on {booked.book_on}; it can be until {tour.book_by}", "book_on"
        else:
            continue
        leg = scenario.leg_by_id.get(tour.legs[0]) if tour is not None else None
        yield Violation(sort="stated", text=text, place=booked.where.of(key), leg=leg, traveller=booked.traveller)
    dated = {booked.tour for booked in plan.bookings}
    for tour in tours.values():
        if tour.id in bare.fares and tour.id not in dated and tour.book_by and tour.book_by < scenario.today:
            text = f"the plan does not say that {tour.label} was booked, which it could be until {tour.book_by}"
            place, leg = plan.where.of("bookings"), scenario.leg_by_id.get(tour.legs[0])
            yield Violation(sort="open", text=text, place=place, leg=leg)


class _Desks:
    """The plan's crossings, each taken once, and what is found wrong with them."""

    def __init__(self, scenario: Scenario, plan: PlanFile) -> None:
        self._scenario, self._plan = scenario, plan
        self._left: dict[tuple[str, str, str], Desk] = {}
        self.found: list[Violation] = []
        for desk in plan.crossings:
            key = _who(scenario, desk.traveller), desk.direction, str(desk.leg)
            if key in self._left:
                text = f"what {key[0]} shows on {desk.direction} by leg {desk.leg} is said twice"
                self.found.append(Violation(sort="stated", text=text, place=desk.where.place, traveller=key[0]))
            self._left.setdefault(key, desk)

    def choice(self, traveller: Traveller, stay: Stay) -> StayChoice:
        """What the plan says for a stay; what it leaves open is noted, and is "" here."""
        passport = ground = leaving = ""
        if stay.entry is not None:
            desk = self._at(traveller, stay.entry)
            passport, ground = (desk.passport or "", desk.permission or "") if desk else ("", "")
            if desk is None or desk.passport is None or desk.permission is None:
                self._open(traveller, stay, stay.entry, desk)
        if stay.exit is not None:
            desk = self._at(traveller, stay.exit)
            leaving = (desk.passport or "") if desk else ""
            if desk is None or desk.passport is None:
                self._open(traveller, stay, stay.exit, desk)
        return StayChoice(passport, leaving, ground)

    def rest(self) -> Iterator[Violation]:
        """Crossings of the plan at which nothing is crossed."""
        for (traveller, direction, leg), desk in self._left.items():
            where = "left" if direction == "exit" else "entered"
            text = f"no zone is {where} by leg {leg}, though the plan has an {direction} there"
            yield Violation(
                sort="stated",
                text=text,
                place=desk.where.place,
                leg=self._scenario.leg_by_id.get(leg),
                traveller=traveller,
            )

    def _at(self, traveller: Traveller, crossing: Crossing) -> Desk | None:
        desk = self._left.pop((traveller.id, crossing.direction, crossing.leg.id), None)
        if desk is not None:
            for key, mine, theirs in (
                ("date", desk.date, crossing.on),
                ("port", desk.port, crossing.port),
                ("zone", desk.zone, crossing.zone),
            ):
                if mine not in (None, theirs):
                    text = f"the plan has this {crossing.direction} with {key} {mine}; it is {theirs}"
                    self._note("stated", text, desk.where.of(key), traveller, crossing)
        return desk

    def _open(self, traveller: Traveller, stay: Stay, crossing: Crossing, desk: Desk | None) -> None:
        """Note that it is not said what is shown there, and what could be."""
        given = desk.passport if desk else None
        entering = crossing.direction == "entry"
        lacking = "which passport is shown" if given is None else f"on what the entry on passport {given} rests"
        if entering and given is None and (desk is None or desk.permission is None):
            lacking += " and on what the entry rests"
        ways = [*self._ways(traveller, stay.zone)] if entering else self._passports(traveller)
        ways = [way for way in ways if given is None or way.startswith(f"{given} on ")]
        more = f" and {len(ways) - _OFFERED} more" if len(ways) > _OFFERED else ""
        offered = f"could be: {'; '.join(ways[:_OFFERED])}{more}" if ways else "nothing is on offer there"
        place = desk.where.place if desk else self._plan.where.of("crossings")
        self._note("open", f"the plan does not say {lacking} ({offered})", place, traveller, crossing)

    def _note(self, sort: str, text: str, place: Place, traveller: Traveller, crossing: Crossing) -> None:
        self.found.append(
            Violation(
                sort="open" if sort == "open" else "stated",
                text=text,
                place=place,
                leg=crossing.leg,
                crossing=crossing,
                traveller=traveller.id,
            )
        )

    def _ways(self, traveller: Traveller, zone: str) -> Iterator[str]:
        """«mx on cn-visa» for each ground offered there, with the passports that the traveller has."""
        has = self._passports(traveller)
        held = {permission.id for permission in traveller.permissions}
        applied = {(paper.id, paper.passport) for paper in self._papers(traveller)}
        for ground in grounds_of(self._scenario, traveller):
            item = self._scenario.acquirable_by_id.get(ground.id)
            free = item is None or item.permission is None or ground.id in held
            for passport in ground.passports if zone in ground.zones else ():
                if passport in has and (free or (ground.id, passport) in applied):
                    yield f"{passport} on {ground.id}"

    def _passports(self, traveller: Traveller) -> list[str]:
        """Passports held, and those that the plan applies for."""
        applied = {paper.id for paper in self._papers(traveller)}
        new = [item.passport.id for item in self._scenario.acquirables if item.passport and item.id in applied]
        return [*(str(book.id) for book in traveller.passports), *map(str, new)]

    def _papers(self, traveller: Traveller) -> list[Paper]:
        """What the plan applies for, for one traveller."""
        return [paper for paper in self._plan.documents if _who(self._scenario, paper.traveller) == traveller.id]
