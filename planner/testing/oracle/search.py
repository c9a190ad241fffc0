"""The cheapest papers for one traveller on one route: python-constraint proposes, the rules judge."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from attrs import define, evolve, field, frozen
from constraint import Problem

from planner.itinerary.choices import Itinerary
from planner.itinerary.journey import Journey
from planner.itinerary.replay import replay
from planner.rules.base import Rule
from planner.rules.kinds.exit_fee import ExitFee
from planner.scenario.documents import Acquirable
from planner.scenario.scenario import Scenario
from planner.scenario.trip import Event
from planner.testing.oracle.backjumping import Backjumping, Ceiling, Effort, Forbidden, Surcharge, surcharged
from planner.testing.oracle.fees import exit_fees
from planner.testing.oracle.routes import Route
from planner.testing.oracle.tracking import Assignment, Nogood, Reads, Variable, days_between, itinerary_of, tracked
from planner.testing.oracle.visits import attended, stops_made


@frozen
class Learned:
    """A fact, its kind, and decisions that break it."""

    fact: str
    kind: str
    nogood: Nogood


@define
class Search:
    """The papers of the scenario's only traveller on a route.

    `events` are those that can be attended. `cutting` are the kinds of the facts found broken so far.
    """

    scenario: Scenario
    rules: Sequence[Rule]
    route: Route
    effort: Effort
    events: list[str] = field(factory=list)
    cutting: set[str] = field(factory=set)
    _domains: dict[Variable, tuple[Any, ...]] = field(factory=dict)
    _prices: dict[tuple[Variable, Any], int] = field(factory=dict)  # what is not there is free
    _structure: list[Nogood] = field(factory=list)
    _learned: list[Learned] = field(factory=list)
    _surcharges: list[Surcharge] = field(factory=list)

    def __attrs_post_init__(self) -> None:
        self._open_documents()
        self._open_stays()
        self._open_bookings()
        self._tie()

    def cheapest(
        self, enforced: Callable[[str, str], bool], party: frozenset[str], limit: int
    ) -> tuple[int, Itinerary] | None:
        """The cheapest papers for at most `limit` minor units that break no fact enforced, with their cost.

        Things paid for once by the party cost nothing here; only those in `party` may be used. Raises TooLarge.
        """
        if not stops_made(self.scenario, self.route, enforced):
            self.cutting.add("stop")
            return None
        found = None
        known = 0
        nogoods = [*self._structure, *self._without(party)]
        while limit >= 0:
            new = [learned.nogood for learned in self._learned[known:] if enforced(learned.fact, learned.kind)]
            nogoods += [nogood for nogood in new if nogood not in nogoods]
            known = len(self._learned)
            proposal = self._propose(nogoods, limit)
            if proposal is None:
                return found
            if any(enforced(learned.fact, learned.kind) for learned in self._judge(proposal)):
                continue
            self._charge(proposal)
            cost = sum(self._prices.get(decision, 0) for decision in proposal.items())
            cost += surcharged(self._surcharges, proposal)
            if cost <= limit:
                found = cost, self._itinerary(proposal)
                limit = cost - 1
        return found

    # ---- what can be chosen

    def _passports(self) -> dict[str, str]:
        (traveller,) = self.scenario.travellers
        states = {book.id: book.state for book in traveller.passports}
        for item in self.scenario.acquirables:
            if item.passport is not None:
                states.setdefault(item.passport.id, item.passport.state)
        return states  # type: ignore[return-value]

    def _open_documents(self) -> None:
        last = max((leg.departs.date() for leg in self.scenario.legs), default=self.scenario.today)
        days = days_between(self.scenario.today, max(last, self.scenario.today))
        for item in self.scenario.acquirables:
            for passport in _issued_in(item, self._passports()):
                self._open(("apply", item.id, passport), item, (True, False))
                self._domains["apply on", item.id, passport] = tuple(reversed(days))

    def _open_stays(self) -> None:
        (traveller,) = self.scenario.travellers
        grounds = [ground for rule in self.rules for ground in rule.grounds(self.scenario, traveller)]
        passports = list(self._passports())
        for index, zone in enumerate(self.route.entered, start=1):
            self._domains["exit", index - 1] = tuple(reversed(passports))
            for passport, state in self._passports().items():
                fee = exit_fees(self.scenario, self.route.crossing[index - 1], state)
                if fee:
                    self._prices[("exit", index - 1), passport] = fee
            pairs = []
            for passport in passports:
                pairs.append((passport, ""))
                for ground in grounds:
                    if zone in ground.zones and passport in ground.passports:
                        pairs.append((passport, ground.id))
                        self._prices[("entry", index), (passport, ground.id)] = ground.fee
            self._domains["entry", index] = tuple(dict.fromkeys(pairs))

    def _open_bookings(self) -> None:
        for event in self.scenario.trip.events:
            if not attended(self.scenario, self.route, event):
                continue
            self.events.append(event.id)
            days = (event.booked_on,) if event.booked_on else days_between(self.scenario.today, event.first_day)
            shown = [p for p in self._passports() if not event.booked_with or p in event.booked_with]
            if days:
                self._open(("book", event.id), event, (None, *reversed(shown)))
                self._domains["book on", event.id] = tuple(reversed(days))

    def _open(self, variable: Variable, item: Acquirable | Event, values: tuple[Any, ...]) -> None:
        """A decision to buy something; None or False is not to."""
        self._domains[variable] = values
        if item.per == "traveller":
            price = self.scenario.minor(item.price)
            self._prices |= {(variable, value): price for value in values if value}

    def _tie(self) -> None:
        """A paper that is not obtained at all cannot be used."""
        (traveller,) = self.scenario.travellers
        held = {book.id for book in traveller.passports}
        sources: dict[str, list[Variable]] = {}
        for item in self.scenario.acquirables:
            if item.passport is not None and item.passport.id not in held:
                sources.setdefault(item.passport.id, []).append(("apply", item.id, ""))
        for passport, applications in sources.items():
            missing: Nogood = {variable: frozenset([False]) for variable in applications}
            for variable, values in self._domains.items():
                shown = frozenset(value for value in values if _shows(variable, value) == passport)
                if shown:
                    self._structure.append({variable: shown, **missing})
        permissions = {p.id for p in traveller.permissions}
        for variable, values in self._domains.items():
            for value in values if variable[0] == "entry" else ():
                source = ("apply", value[1], value[0])
                if value[1] not in permissions and source in self._domains:
                    self._structure.append({variable: frozenset([value]), source: frozenset([False])})

    def _without(self, party: frozenset[str]) -> Iterator[Nogood]:
        """What may not be used because the party does not pay for it."""
        shared = {item.id for item in self.scenario.acquirables if item.per == "party"}
        shared |= {event.id for event in self.scenario.trip.events if event.per == "party" and event.price}
        for variable, values in self._domains.items():
            if variable[0] in ("apply", "book") and variable[1] in shared - party:
                yield {variable: frozenset(values) - {None, False}}

    # ---- proposing and judging

    def _propose(self, nogoods: list[Nogood], limit: int) -> Assignment | None:
        if not all(nogoods):
            return None  # something on this route is wrong whatever the papers
        if not self._domains:
            return {} if surcharged(self._surcharges, {}) <= limit else None
        problem = Problem(Backjumping(self.effort))
        for variable, values in self._domains.items():
            problem.addVariable(variable, values)
        for nogood in nogoods:
            problem.addConstraint(Forbidden(nogood), list(nogood))
        priced = dict.fromkeys(variable for variable, _ in self._prices)
        priced |= dict.fromkeys(variable for surcharge in self._surcharges for variable in surcharge.given)
        if priced or self._surcharges:
            problem.addConstraint(Ceiling(self._prices, self._surcharges, limit), list(priced or self._domains))
        found: Assignment | None = problem.getSolution()
        return found

    def _judge(self, proposal: Assignment) -> list[Learned]:
        """Every fact the proposal breaks, with what breaks it."""
        journey = replay(self.scenario, self._itinerary(proposal))
        (stays,) = journey.stays.values()
        assert len(stays) == self.route.stays, "replay and oracle see different stays"
        broken = [
            evolve(learned, nogood=self._widened(journey, rule, learned, proposal))
            for rule in self.rules
            for learned in self._check(journey, rule, proposal)
        ]
        self.cutting |= {learned.kind for learned in broken}
        self._learned += broken
        return broken

    def _charge(self, proposal: Assignment) -> None:
        """Learn what rules add to the cost, and what they had read of the proposal by then; exit fees have prices."""
        journey = replay(self.scenario, self._itinerary(proposal))
        for number, rule in enumerate(self.rules):
            if isinstance(rule, ExitFee) or type(rule).costs is Rule.costs:
                continue
            reads = Reads(self._domains, proposal)
            costs = rule.costs(tracked(journey, self.scenario.travellers[0].id, reads))
            amount = sum(cost.amount for cost in costs)
            if amount and not any(known.rule == number and known.given == reads.seen for known in self._surcharges):
                self._surcharges.append(Surcharge(number, dict(reads.seen), amount))

    def _check(self, journey: Journey, rule: Rule, proposal: Assignment) -> Iterator[Learned]:
        """The facts of one rule that a proposal breaks, with what it had read by then.

        The journey is any on the route.
        """
        if rule.kind == "stop":
            return  # see `stops_made`
        self.effort.spend()
        reads = Reads(self._domains, proposal)
        seen = set()
        for found in rule.check(tracked(journey, self.scenario.travellers[0].id, reads)):
            if found.fact.id not in seen:
                seen.add(found.fact.id)
                yield Learned(found.fact.id, found.fact.kind, dict(reads.seen))

    def _widened(self, journey: Journey, rule: Rule, learned: Learned, proposal: Assignment) -> Nogood:
        """The nogood with all values of its variables, taken one by one, with which the fact is broken as well.

        A variable that all values are found for drops out. That an application or booking is made counts as such a
        value if the fact is broken whatever its date.
        """
        nogood = learned.nogood
        for variable in sorted(nogood, key=lambda v: not v[0].endswith(" on")):
            date = (f"{variable[0]} on", *variable[1:])
            for value in self._domains[variable]:
                if value in nogood[variable]:
                    continue
                also: Nogood = {variable: frozenset([value])}
                for day in self._domains.get(date, (None,)):
                    changed = {**proposal, variable: value}
                    if day is not None and date not in nogood:
                        changed[date] = day
                    for other, values in self._also(journey, rule, learned.fact, changed).items():
                        also[other] = also.get(other, values) & values
                    if not also.keys() <= nogood.keys() | {date}:
                        break
                else:
                    if date in also and date not in nogood:
                        del also[date]  # all of them
                    nogood = {other: values & also.get(other, values) for other, values in nogood.items()} | {
                        variable: nogood[variable] | {value}
                    }
            if len(nogood[variable]) == len(self._domains[variable]):
                nogood = {other: values for other, values in nogood.items() if other != variable}
        return nogood

    def _also(self, journey: Journey, rule: Rule, fact: str, proposal: Assignment) -> Nogood:
        """Why a proposal cannot be made, or what in it breaks the fact as well; of everything, if it does not."""
        for forbidden in self._structure:
            if all(proposal[other] in values for other, values in forbidden.items()):
                return forbidden
        for learned in self._check(journey, rule, proposal):
            if learned.fact == fact:
                return learned.nogood
        return {("nothing",): frozenset()}

    def _itinerary(self, proposal: Assignment) -> Itinerary:
        legs = tuple(leg.id for leg in self.route.legs)
        base = Itinerary(legs=legs, touches=self.route.touches, fares=self.route.fares)  # type: ignore[arg-type]
        return itinerary_of(base, self.scenario.travellers[0].id, proposal, self.route.stays)


def _issued_in(item: Acquirable, states: dict[str, str]) -> list[str]:
    """The passports an acquirable can be issued in; [""] if it belongs to none (section «Documents»)."""
    if item.permission is None and item.validation is None:
        return [""]
    if item.passports:
        return [passport for passport in states if passport in item.passports]
    if item.nationalities:
        return [passport for passport, state in states.items() if state in item.nationalities]
    return list(states)


def _shows(variable: Variable, value: Any) -> str | None:
    """The passport that a decision presents, registers, or has something issued in."""
    match variable[0]:
        case "entry":
            return str(value[0])
        case "exit" | "book":
            return value and str(value)
        case "apply":
            return str(variable[2]) if value else None
    return None
