"""The ways in: each passport with each thing an entry could rest on, tried at each gate and judged by every rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import product

from attrs import evolve, frozen

from planner.core.words import either
from planner.itinerary.choices import Itinerary, StayChoice, TouchMode
from planner.itinerary.journey import Journey, Stay
from planner.itinerary.replay import replay
from planner.law.answers import HowLong, Obtain, Way
from planner.law.candidates import Candidate
from planner.law.routes import Gate, Route
from planner.law.world import TRAVELLER, World
from planner.rules.base import Rule, rules_of
from planner.rules.facts import Broken
from planner.rules.kinds.region import Region
from planner.scenario.law import Entry
from planner.scenario.node import PortRef
from planner.scenario.scenario import Scenario


@frozen(kw_only=True)
class Assumed:
    """A fact that is broken only if the journey is what a route assumes it to be."""

    route: Route
    broken: Broken


@frozen(kw_only=True)
class Trial:
    """An entry tried at one gate: the journey up to the end of its stay, and the facts that it breaks.

    `route` is the best for all that is known, `assumed` what the others break besides. `used_first`: what it breaks
    only if the visa for several countries on which it rests has not been used in another of them before.
    """

    gate: Gate
    route: Route
    journey: Journey
    broken: tuple[Broken, ...]
    assumed: tuple[Assumed, ...]
    used_first: tuple[Broken, ...] = ()

    @property
    def stay(self) -> Stay:
        """The stay asked about."""
        return self.journey.stays[TRAVELLER][-1]

    def depends(self, fact: str) -> bool:
        """Whether a fact is broken on the journey as far as it is known."""
        return any(one.route is self.gate.routes[0] and one.broken.fact.id == fact for one in self.assumed)


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
    found = (trial(scenario, gate, candidate.passport, candidate.ground) for gate in gates)
    return [_perhaps_used(world, candidate, one) for one in found]


def _perhaps_used(world: World, candidate: Candidate, tried: Trial) -> Trial:
    """The trial with the demand where a visa for several countries is used first taken out, unless it is surely unused.

    It is unused if it ends on leaving those countries, and the traveller comes from elsewhere.
    """
    held = candidate.held
    if held is None or not held.first_entry_in:
        return tried
    origin = tried.journey.stays[TRAVELLER][-2].zone
    if held.ends_on_leaving and world.question.come_from and origin not in held.zones:
        return tried
    demand = f"{held.id}.{TRAVELLER}.first_entry"
    return evolve(
        tried,
        broken=tuple(b for b in tried.broken if b.fact.id != demand),
        used_first=tuple(b for b in tried.broken if b.fact.id == demand),
    )


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
    """The journey with those passports at the exits around the stay that break the least, and what it breaks."""
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
    unbroken = [trial for trial in tried if not trial.broken]
    perhaps = [trial for trial in unbroken if trial.depends(denial) or trial.used_first]
    free = [trial for trial in unbroken if trial not in perhaps]
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
        limits=tuple(limits(best)),
        only_in=tuple(_region(best)),
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


def _region(tried: Trial) -> Iterator[str]:
    """The ports at which the stay keeps the traveller; none where it may be anywhere."""
    rules = [rule for rule in rules_of(tried.journey.scenario) if isinstance(rule, Region)]
    lists = [rule.ports for rule in rules if rule.concerns(tried.journey, tried.stay)]
    yield from (port for port in (lists[0] if lists else ()) if all(port in ports for ports in lists))


def limits(tried: Trial) -> Iterator[HowLong]:
    """Every rule that ends the stay some day, however long it is meant; none where one ends it before it begins."""
    entry = tried.stay.entry
    assert entry is not None
    short = evolve(tried.stay, last_on=entry.on)
    ends = [(rule, rule.last_lawful(tried.journey, short)) for rule in rules_of(tried.journey.scenario)]
    found = [HowLong(rule=rule_id(rule), end=end) for rule, end in ends if end is not None and end.on < date.max]
    if all(limit.end.on >= entry.on for limit in found):
        yield from found


def rule_id(rule: Rule) -> str:
    """The id of the entry of law behind a rule, or the name of its kind."""
    entry = rule if isinstance(rule, Entry) else getattr(rule, "entry", None)
    return entry.id if isinstance(entry, Entry) else rule.kind
