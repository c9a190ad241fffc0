"""The stops the travellers want to make: for how long, by when, in which order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import combinations
from typing import Literal, TypeAlias

from attrs import frozen

from planner.core.errors import Place
from planner.core.time import written
from planner.core.words import either
from planner.itinerary.journey import Journey, Visit
from planner.rules.base import Example, Rule, kind
from planner.rules.eases import trips
from planner.rules.easing import Easing
from planner.rules.facts import Broken, Fact, Telling
from planner.rules.masks import Mask, by_value
from planner.rules.outlook import Outlook
from planner.rules.shares import Apart, InOrder, Narrowed, Share, Wanted
from planner.rules.statements import Block, Clause, Statement
from planner.rules.tables import NEVER, START, View
from planner.scenario.scenario import Scenario
from planner.scenario.trip import Stop, Trip

Limit = Literal["min_nights", "max_nights", "arrive_by", "leave_from"]
Choice: TypeAlias = tuple[Visit | None, ...]  # the visits that count for the stops, in file order

_ON_TO_GAMMA = """
[[trip.stops]]
id = "b"
nights = { min = 0 }
[[trip.stops]]
id = "c"
at = ["CCC"]
"""
_GAMMA_FIRST = """
remove = ["b"]
[trip]
ordered = true
[[trip.stops]]
id = "c"
at = ["CCC"]
[[trip.stops]]
id = "b"
at = ["BBB"]
"""


@kind("stop", summary="The stops of the trip are made, as long, as early and in the order the travellers want.")
@frozen(kw_only=True)
class Stops(Rule):
    """See `docs/semantics.md`, «Events and stops».

    The order holds between any two stops that are made. Visits to the same ports are never under way at once, so
    that beginning later means beginning after the other's end.
    """

    trip: Trip

    examples = (
        Example(title="Nine nights suit", toml='[[trip.stops]]\nid = "b"\nnights = { min = 9, max = 9 }\n', cost=20000),
        Example(
            title="There is no way to stay ten nights",
            toml='[[trip.stops]]\nid = "b"\nnights = { min = 10 }\n',
            refused_by="stop.b.min_nights",
        ),
        Example(
            title="There is no way back before nine nights",
            toml='[[trip.stops]]\nid = "b"\nnights = { max = 8 }\n',
            refused_by="stop.b.max_nights",
        ),
        Example(
            title="Wanted earlier than any leg arrives",
            toml='[[trip.stops]]\nid = "b"\narrive_by = 2025-05-31\n',
            refused_by="stop.b.arrive_by",
        ),
        Example(
            title="Wanted longer than any leg back waits",
            toml='[[trip.stops]]\nid = "b"\nleave_from = 2025-06-11\n',
            refused_by="stop.b.leave_from",
        ),
        Example(title="A few hours on the way are a stop", toml=_ON_TO_GAMMA, cost=30000),
        Example(
            title="No leg goes there",
            toml='[[trip.stops]]\nid = "x"\nat = ["BBX"]\n',
            refused_by="stop.x",
        ),
        Example(title="Beta on the way back comes after Gamma", toml=_GAMMA_FIRST, cost=30000),
        Example(
            title="Beta on the way out comes before Gamma",
            toml=_GAMMA_FIRST + "arrive_by = 2025-06-02\n",
            refused_by="stops.order",
        ),
    )

    @classmethod
    def instances(cls, scenario: Scenario) -> Iterable[Rule]:
        """One for all stops, since their order concerns them together."""
        return [cls(trip=scenario.trip)] if scenario.trip.stops else []

    def _fact(self, id_: str, text: str, place: Place) -> Fact:
        return Fact(id=id_, text=text, telling=Telling.WISH, kind=self.kind, place=place, changeable=True)

    def _wish(self, scenario: Scenario, stop: Stop) -> Fact:
        return self._fact(f"stop.{stop.id}", f"a stop in {_named(scenario, stop)} is wanted", stop.where.place)

    def _limit(self, scenario: Scenario, stop: Stop, limit: Limit) -> Fact:
        name, nights = _named(scenario, stop), stop.nights
        if limit in ("min_nights", "max_nights"):
            bound = f"at least {_counted(nights.min)}" if limit == "min_nights" else f"at most {_counted(nights.max)}"
            text, place = f"the stop in {name} is to last {bound}", nights.where.of(limit[:3])
        else:
            begin_or_end = "begin by" if limit == "arrive_by" else "last until"
            text = f"the stop in {name} is to {begin_or_end} {written(getattr(stop, limit))}"
            place = stop.where.of(limit)
        return self._fact(f"stop.{stop.id}.{limit}", text, place)

    def _order(self, scenario: Scenario) -> Fact:
        names = ", ".join(_named(scenario, stop) for stop in self.trip.stops)
        return self._fact("stops.order", f"the stops are made in this order: {names}", self.trip.where.of("ordered"))

    def easings(self, scenario: Scenario) -> Iterator[Easing]:
        """Other nights and dates, stops given up, any order."""
        for stop in self.trip.stops:
            yield from trips.stop(scenario, stop, _named(scenario, stop))
        if self.trip.ordered and len(self.trip.stops) > 1:
            yield from trips.any_order(self.trip)

    # ---- for solving

    def restrict(self, view: View) -> Iterator[Statement]:
        """Demand a visit for each stop, and block those that do not suit."""
        for stop in self.trip.stops:
            yield from self._visited(view, stop)
        if self.trip.ordered:
            for before, after in combinations(self.trip.stops, 2):
                yield from self._in_order(view, before, after)

    def _visited(self, view: View, stop: Stop) -> Iterator[Statement]:
        scenario, visits, chosen = view.scenario, view.visits(stop.at), view.chosen(stop.id)
        arriving, leaving = visits.before != START, visits.departs_on != NEVER
        nights = visits.departs_on - visits.arrives_on
        if not arriving.all():
            yield Block(None, chosen[~arriving])
        yield Clause(self._wish(scenario, stop), (), chosen[arriving])
        wrong: dict[Limit, Mask] = {}
        if stop.nights.min is not None:
            wrong["min_nights"] = ~leaving | (nights < stop.nights.min)
        if stop.nights.max is not None:
            wrong["max_nights"] = leaving & (nights > stop.nights.max)
        if stop.arrive_by is not None:
            wrong["arrive_by"] = visits.arrives_on > stop.arrive_by.toordinal()
        if stop.leave_from is not None:
            wrong["leave_from"] = ~leaving | (visits.departs_on < stop.leave_from.toordinal())
        for limit, rows in wrong.items():
            if (arriving & rows).any():
                yield Block(self._limit(scenario, stop, limit), chosen[arriving & rows])

    def _in_order(self, view: View, before: Stop, after: Stop) -> Iterator[Statement]:
        first, second = view.visits(before.at), view.visits(after.at)
        arriving = second.before != START
        for earliest, rows in by_value(first.arrives, first.before != START):
            too_early = arriving & (second.arrives < earliest)
            if too_early.any():
                fact = self._order(view.scenario)
                yield Clause(fact, (view.chosen(before.id)[rows], view.chosen(after.id)[too_early]))

    def bound(self, outlook: Outlook) -> Iterator[Share]:
        """A visit for each stop, with its limits, in their order."""
        scenario, stops = outlook.scenario, self.trip.stops
        ports = [scenario.ports_at(stop.at) for stop in stops]
        for stop, there in zip(stops, ports, strict=True):
            name, nights = f"stop.{stop.id}", stop.nights
            yield Wanted(facts=(self._wish(scenario, stop),), visit=name, ports=there)

            def fact(limit: Limit, stop: Stop = stop) -> tuple[Fact]:
                return (self._limit(scenario, stop, limit),)

            if nights.min is not None:
                yield Narrowed(facts=fact("min_nights"), visit=name, least=nights.min, leaves=True)
            if nights.max is not None:
                yield Narrowed(facts=fact("max_nights"), visit=name, most=nights.max)
            if stop.arrive_by is not None:
                yield Narrowed(facts=fact("arrive_by"), visit=name, arrive_by=stop.arrive_by.toordinal())
            if stop.leave_from is not None:
                day = stop.leave_from.toordinal()
                yield Narrowed(facts=fact("leave_from"), visit=name, leave_from=day, leaves=True)
        if self.trip.ordered and len(stops) > 1:
            yield InOrder(facts=(self._order(scenario),), visits=tuple(f"stop.{stop.id}" for stop in stops))
        for place in dict.fromkeys(stop.place for stop in stops):
            yield Apart(visits=tuple(f"stop.{stop.id}" for stop in stops if stop.place == place))

    # ---- for verifying

    def check(self, journey: Journey) -> Iterator[Broken]:
        """Let those visits count for the stops that suit best."""
        yield from self._broken(journey.scenario, self._best(journey))

    def _best(self, journey: Journey) -> Choice:
        """A visit for each stop, so that most stops are made, and then fewest wishes are broken."""
        stops = self.trip.stops
        places = [stop.place for stop in stops]
        visits = [[visit for visit in journey.visits_to(stop.at) if visit.inbound is not None] for stop in stops]
        best: Choice = (None,) * len(stops)
        least = (len(stops) + 1, 0)
        waiting: list[tuple[Choice, int, int]] = [((), 0, 0)]  # stops not made, and wishes broken, so far
        while waiting:
            choice, unmade, broken = waiting.pop()
            short = _short_of_visits(places, visits, choice)  # so many more cannot be made, which breaks a wish each
            if (unmade + short, broken + short) >= least:
                continue
            if len(choice) == len(stops):
                best, least = choice, (unmade, broken)
                continue
            here = places[len(choice)]
            taken = [visit for other, visit in zip(places, choice, strict=False) if other == here]
            waiting.append(((*choice, None), unmade + 1, broken + 1))
            for visit in reversed(visits[len(choice)]):
                if visit not in taken:
                    waiting.append(((*choice, visit), unmade, broken + self._breaks(choice, visit)))
        return best

    def _breaks(self, choice: Choice, visit: Visit) -> int:
        """How many wishes a visit for the next stop breaks, given those for the stops before it."""
        missed = len(list(_missed(self.trip.stops[len(choice)], visit)))
        return missed + (sum(_after(earlier, visit) for earlier in choice) if self.trip.ordered else 0)

    def _broken(self, scenario: Scenario, choice: Choice) -> list[Broken]:
        """What is wrong with these visits for the first stops of the trip."""
        found = []
        for stop, visit in zip(self.trip.stops, choice, strict=False):
            if visit is None:
                found.append(Broken(self._wish(scenario, stop), "it is not made"))
            else:
                dates = f"from {visit.arrives_on} to {visit.departs_on or 'the end'}"
                found.extend(Broken(self._limit(scenario, stop, limit), dates) for limit in _missed(stop, visit))
        if self.trip.ordered:
            for (before, earlier), (after, later) in combinations(zip(self.trip.stops, choice, strict=False), 2):
                if _after(earlier, later):
                    found.append(Broken(self._order(scenario), f"{after.label} comes before {before.label}"))
        return found


def _after(earlier: Visit | None, later: Visit | None) -> bool:
    """Whether the visit for an earlier stop begins after that for a later one."""
    begins, then = (visit.arrives if visit else None for visit in (earlier, later))
    return begins is not None and then is not None and then < begins


def _short_of_visits(places: Sequence[frozenset[str]], visits: Sequence[Sequence[Visit]], choice: Choice) -> int:
    """How many of the stops that are left are in places where fewer visits are left."""
    left = Counter(places[len(choice) :])
    taken = Counter(here for here, visit in zip(places, choice, strict=False) if visit is not None)
    return sum(max(0, left[here] - len(visits[places.index(here)]) + taken[here]) for here in left)


def _missed(stop: Stop, visit: Visit) -> Iterator[Limit]:
    """Which wishes about a stop a visit does not meet."""
    left: date | None = visit.departs_on
    if stop.nights.min is not None and (left is None or visit.nights < stop.nights.min):
        yield "min_nights"
    if stop.nights.max is not None and left is not None and visit.nights > stop.nights.max:
        yield "max_nights"
    if stop.arrive_by is not None and visit.arrives_on is not None and visit.arrives_on > stop.arrive_by:
        yield "arrive_by"
    if stop.leave_from is not None and (left is None or left < stop.leave_from):
        yield "leave_from"


def _named(scenario: Scenario, stop: Stop) -> str:
    return either(dict.fromkeys(map(scenario.town_of, stop.at)))


def _counted(nights: int | None) -> str:
    return f"{nights} night{'' if nights == 1 else 's'}"
