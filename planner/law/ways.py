"""The ways in: each passport with each thing an entry could rest on, tried at each gate and judged by every rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import product

import attrs
from attrs import evolve, frozen

from planner.core.words import either
from planner.itinerary.choices import Application, Itinerary, StayChoice, TouchMode
from planner.itinerary.journey import Journey, Stay
from planner.itinerary.ready import ready_date
from planner.itinerary.replay import replay
from planner.law.answers import HowLong, Obtain, Way
from planner.law.routes import Gate, Route
from planner.law.world import TRAVELLER, World
from planner.rules.base import Ground, Rule, grounds_of, rules_of
from planner.rules.facts import Broken
from planner.scenario.documents import Acquirable
from planner.scenario.law import Admission, Entry
from planner.scenario.node import GroundType, PortRef
from planner.scenario.people import Permission, Traveller
from planner.scenario.scenario import Scenario

_LONGEST = 800  # days before the entry on which an application is thought of


@frozen(kw_only=True)
class Candidate:
    """What an entry could rest on, with one passport. With `obtain` it is not in hand: `held` stands for it."""

    ground: str
    type: GroundType
    passport: str
    item: Permission | Acquirable | Admission | Entry | None = None
    obtain: Obtain | None = None
    held: Permission | None = None


@frozen(kw_only=True)
class Assumed:
    """A fact that is broken only if the journey is what a route assumes it to be."""

    route: Route
    broken: Broken


@frozen(kw_only=True)
class Trial:
    """An entry tried at one gate: the journey up to the end of its stay, and the facts that it breaks.

    `route` is the best for all that is known, `assumed` what the others break besides.
    """

    gate: Gate
    route: Route
    journey: Journey
    broken: tuple[Broken, ...]
    assumed: tuple[Assumed, ...]

    @property
    def stay(self) -> Stay:
        """The stay asked about."""
        return self.journey.stays[TRAVELLER][-1]

    def depends(self, fact: str) -> bool:
        """Whether a fact is broken on the journey as far as it is known."""
        return any(one.route is self.gate.routes[0] and one.broken.fact.id == fact for one in self.assumed)


def candidates(world: World) -> Iterator[Candidate]:
    """Everything an entry could rest on: what is offered now, then what could be in hand."""
    scenario, zone = world.scenario, zone_of(world)
    person = scenario.travellers[0]
    for ground in grounds_of(scenario, person):
        if zone in ground.zones and ground.type != "airside":
            for passport in ground.passports:
                item = _item(scenario, person, ground)
                yield Candidate(ground=ground.id, type=ground.type, passport=passport, item=item)
    for book in person.passports:
        offers = [item for item in _offers(world, zone) if not item.nationalities or book.state in item.nationalities]
        offers = list(_one_consulate(offers, world.territory))
        for offer in offers:
            yield _offered(world, offer, book.id)
        for admission in _demands(world, zone, book.state):
            if not any(o.permission and o.permission.type == admission.grant for o in offers):
                held = Permission(
                    id=admission.id,
                    zone=admission.zone,
                    type=admission.grant,
                    max_stay=admission.max_stay,
                    count_from=admission.count_from,
                )
                yield Candidate(
                    ground=admission.id,
                    type=admission.grant,
                    passport=book.id,
                    item=admission,
                    obtain=Obtain(type=admission.grant),
                    held=held,
                )


def zone_of(world: World) -> str:
    """The permission zone entered."""
    return world.scenario.permission_zone(world.territory, world.question.on)


def _item(scenario: Scenario, person: Traveller, ground: Ground) -> Permission | Admission | Entry | None:
    """The paper or entry of law behind a ground that is offered; None for citizenship."""
    named: Iterable[Permission | Admission | Entry] = (
        *person.permissions,
        *scenario.law.admissions,
        *scenario.law.rules,
    )
    return next((item for item in named if item.id == ground.id), None)


def _offers(world: World, zone: str) -> Iterator[Acquirable]:
    """Permissions for the zone that the rulebooks offer."""
    for book in world.books:
        for item in book.acquirables:
            if item.permission is not None and zone in item.permission.zones and item.permission.type != "airside":
                yield item


def _one_consulate(offers: Iterable[Acquirable], territory: str) -> Iterator[Acquirable]:
    """Of offers alike but for the state whose consulate issues them, the territory's own, or else the first."""
    alike: dict[object, list[Acquirable]] = {}
    for item in offers:
        key = (item.permission, item.price, item.lead, item.needs) if item.issued_by else item.id
        alike.setdefault(key, []).append(item)
    for items in alike.values():
        yield next((item for item in items if item.issued_by == territory), items[0])


def _demands(world: World, zone: str, state: str) -> Iterator[Admission]:
    """Admissions in force that say what must be obtained first."""
    for admission in world.scenario.law.admissions:
        asks = admission.grant in ("electronic", "visa") and admission.zone == zone
        if asks and state in admission.nationalities and admission.in_force(world.question.on):
            yield admission


def _offered(world: World, item: Acquirable, passport: str) -> Candidate:
    """An acquirable as if it were in hand, issued in a passport."""
    terms = item.permission
    assert terms is not None
    same = {field.name for field in attrs.fields(Permission)} & {field.name for field in attrs.fields(type(terms))}
    held = Permission(id=item.id, **{name: getattr(terms, name) for name in same}, passports=(passport,))  # type: ignore[arg-type]
    return Candidate(
        ground=item.id,
        type=terms.type,
        passport=passport,
        item=item,
        obtain=Obtain(type=terms.type, offer=item, apply_by=_apply_by(world, item)),
        held=held,
    )


def _apply_by(world: World, item: Acquirable) -> date | None:
    """The last date on which applying is in time for a check-in on the day of entry."""
    on, scenario = world.question.on, evolve(world.scenario, acquirables=(item,))
    for before in range(item.at_least_before_use or 0, _LONGEST):
        day = on - timedelta(days=before)
        open_ = (item.apply_from or day) <= day <= (item.apply_by or day) and (
            not item.apply_on or day in item.apply_on
        )
        if open_ and ready_date(scenario, Application(TRAVELLER, item.id, "", day)) <= on:
            return day if item.at_most_before_use is None or on <= item.at_most_before_use.after(day) else None
    return None


# ---- trying


def trials(world: World, scenario: Scenario, candidate: Candidate, routes: Sequence[Route] = ()) -> list[Trial]:
    """The entry at each gate. `scenario` may know other things about the traveller than the world's own.

    `routes`: the one to be taken at each gate; else the best there.
    """
    if candidate.held is not None:
        person = scenario.travellers[0]
        more = evolve(person, permissions=(*person.permissions, candidate.held))
        scenario = evolve(scenario, travellers=(more,))
    gates = list(world.gates)
    if routes:
        gates = [evolve(gate, routes=(route,)) for gate, route in zip(gates, routes, strict=True)]
    return [trial(scenario, gate, candidate.passport, candidate.ground) for gate in gates]


def trial(scenario: Scenario, gate: Gate, passport: str, ground: str) -> Trial:
    """The entry at one gate, on the best of the routes that are not ruled out by what is known."""
    found = [(route, _on_route(scenario, route, passport, ground)) for route in gate.routes]
    possible = [(route, tried) for route, tried in found if "earlier" not in route.unknown]
    route, (journey, broken) = min(possible, key=lambda one: len(one[1][1]))
    certain = {b.fact.id for b in broken}
    others = (
        Assumed(route=other, broken=b)
        for other, (_, worse) in found
        for b in worse
        if other is not route and b.fact.id not in certain
    )
    return Trial(gate=gate, route=route, journey=journey, broken=broken, assumed=tuple(others))


def _on_route(scenario: Scenario, route: Route, passport: str, ground: str) -> tuple[Journey, tuple[Broken, ...]]:
    """The journey with the passports at the exits before and after the stay that break the least, and what it breaks."""
    trip = evolve(scenario.trip, start=PortRef(route.start), end=PortRef(route.end))
    scenario = evolve(scenario, trip=trip)
    first = _tried(scenario, route, (passport, passport, passport), ground)
    if not first[1]:
        return first
    own = [str(book.id) for book in scenario.travellers[0].passports]
    others = [(before, passport, after) for before, after in product(own, own if route.out else own[:1])]
    return min([first, *(_tried(scenario, route, shown, ground) for shown in others)], key=lambda one: len(one[1]))


def _tried(
    scenario: Scenario, route: Route, shown: tuple[str, str, str], ground: str
) -> tuple[Journey, tuple[Broken, ...]]:
    """What every rule says; the stay before it has no entry that is asked about, and the one after it is left out."""
    before, entry, after = shown
    onward = (route.out,) if route.out else ()
    stays = [StayChoice("", before), *(StayChoice(before, before) for _ in route.before)]
    stays.append(StayChoice(entry, after if onward else "", ground))
    changes: list[tuple[TouchMode, int]] = [
        ("landside", len(route.before)),
        ("airside", len(route.legs) - 1),
        ("landside", len(onward)),
    ]
    itinerary = Itinerary(
        legs=(*route.before, *route.legs, *onward),
        touches=tuple(mode for mode, count in changes for _ in range(count)),
        fares=(*route.before, route.fare, *onward),
        stays={TRAVELLER: (*stays, *(StayChoice(after, "") for _ in onward))},
    )
    journey = replay(scenario, itinerary)
    journey = evolve(journey, stays={TRAVELLER: journey.stays[TRAVELLER][: len(stays)]})
    return journey, tuple(found for rule in rules_of(scenario) for found in rule.check(journey))


def way(candidate: Candidate, tried: list[Trial], denial: str) -> Way:
    """What the trials of a candidate say. `denial` is the id of the fact that nothing admits."""
    free = [trial for trial in tried if not trial.broken and not trial.depends(denial)]
    perhaps = [trial for trial in tried if not trial.broken and trial.depends(denial)]
    best = (free or perhaps or [min(tried, key=lambda trial: len(trial.broken))])[0]
    good = free or perhaps
    everywhere = len(good) == len(tried) or any(not trial.gate.ports for trial in good)
    state = best.journey.scenario.state_of(best.journey.scenario.travellers[0], candidate.passport)
    obtain = candidate.obtain
    hopeless = tuple(_hopeless(best.journey.scenario, obtain)) if obtain is not None else ()
    return Way(
        ground=candidate.ground,
        type=candidate.type,
        passport=candidate.passport,
        state=state,
        admits=None if perhaps and not free and not hopeless else bool(free) and not hopeless,
        item=candidate.item,
        obtain=candidate.obtain,
        not_ports=tuple(port for trial in tried if trial.broken for port in trial.gate.ports) if everywhere else (),
        ports=() if everywhere else tuple(port for trial in good for port in trial.gate.ports),
        conditions=(*hopeless, *dict.fromkeys(b.how for b in best.broken if b.fact.id == denial)),
        blocks=tuple(dict.fromkeys(b.fact.id for b in best.broken if b.fact.id != denial)),
        limits=tuple(_limits(best)),
    )


def _hopeless(scenario: Scenario, obtain: Obtain) -> Iterator[str]:
    """Why this traveller cannot obtain something by then."""
    offer, homes = obtain.offer, scenario.travellers[0].residence
    if offer is None:
        return
    if obtain.apply_by is None:
        yield "it cannot be applied for in time"
    if (
        offer.residents_of
        and homes
        and not any(scenario.is_in(p, h, scenario.today) for p in offer.residents_of for h in homes)
    ):
        yield f"it is for residents of {either(map(scenario.name_of, offer.residents_of))} only"


def _limits(tried: Trial) -> Iterator[HowLong]:
    """Every rule that ends the stay some day."""
    for rule in rules_of(tried.journey.scenario):
        limit = rule.last_lawful(tried.journey, tried.stay)
        if limit is not None and limit.on < date.max:
            yield HowLong(rule=rule_id(rule), end=limit)


def rule_id(rule: Rule) -> str:
    """The id of the entry of law behind a rule, or the name of its kind."""
    entry = rule if isinstance(rule, Entry) else getattr(rule, "entry", None)
    return entry.id if isinstance(entry, Entry) else rule.kind
