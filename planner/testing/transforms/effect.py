"""What a transformation makes of a scenario, and what the answers to both must have in common."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from attrs import evolve, field, frozen

from planner.answer import Answer, Conflict, Plan
from planner.itinerary.choices import Itinerary
from planner.rules.base import table_kinds
from planner.scenario.reading.assemble import assemble
from planner.scenario.reading.places import Places
from planner.scenario.reading.rulebooks import read_books, shipped
from planner.scenario.reading.tables import attach
from planner.scenario.scenario import Scenario
from planner.testing.transforms.walking import Table, singles

_FILE = "<data>"
_WISHES = {"avoid", "event", "stop", "touch", "tour"}  # what ids of facts about wishes begin with, before the wish's


def called(text: str, names: Mapping[str, str]) -> str:
    """The new name of something; of `citizen:XX` and `tour:ID`, that of what stands after the colon."""
    kind, colon, name = text.partition(":")
    return names.get(text) or (f"{kind}:{names.get(name, name)}" if colon else text)


@frozen(kw_only=True)
class Transformed:
    """Scenario tables, and how their answer follows from that of the tables they were made from.

    `names` are the new names by the old ones, `days` by how many days everything happens later, `factor` how many times
    more everything costs. Where `ties` is False, of plans or conflicts that are equally good another one may be
    answered. With `more_trips`, there are further trips, though of no use: the facts of a conflict may be told in
    another order, since that is their order on some trips. `books` are rulebooks besides those that come with the
    planner, TOML texts by file name.
    """

    data: Table
    names: Mapping[str, str] = field(factory=dict)
    days: int = 0
    factor: int = 1
    ties: bool = True
    more_trips: bool = False
    books: Mapping[str, str] = field(factory=dict)

    def scenario(self) -> Scenario:
        """The scenario of the tables. Raises ScenarioError."""
        ids = [value for key, value in singles(self.data) if key.key == "id"]
        books = read_books(self.books, table_kinds(), frozenset(ids))
        places = Places.none(_FILE)
        return assemble(attach(self.data, places), places, table_kinds(), shipped(table_kinds()) | books)

    def differences(self, before: Answer, after: Answer) -> list[str]:
        """What is wrong with the answer to these tables, beside that to the former ones; nothing if all is well.

        Of both the same must have been asked, and no time have run out.
        """
        expected = _Account(self.names, self.days, self.factor, self.ties, not self.more_trips).of(before)
        found = _Account({}, 0, 1, self.ties, not self.more_trips).of(after)
        return [
            f"{key}: expected {expected.get(key)}, found {found.get(key)}"
            for key in dict.fromkeys((*expected, *found))
            if expected.get(key) != found.get(key)
        ]


@frozen
class _Account:
    """What an answer says, as it would be said after a transformation."""

    names: Mapping[str, str]
    days: int
    factor: int
    ties: bool
    in_order: bool  # of the facts of a conflict

    def of(self, answer: Answer) -> dict[str, Any]:
        """The parts that two answers are compared by."""
        account: dict[str, Any] = {"status": answer.status, "bound": self._cost(answer.bound)}
        if answer.plan is not None:
            account |= self._plan(answer.plan)
        if answer.conflict is not None:
            account |= self._conflicts(answer, answer.conflict)
        if answer.repairs is not None:
            account["repairs"] = [(repair.disruption, self._cost(repair.cost)) for repair in answer.repairs]
        if answer.front is not None:
            account["front"] = [(self._cost(choice.cost), choice.minutes) for choice in answer.front]
        if answer.alternatives is not None and self.ties:
            account["alternatives"] = [(self._cost(choice.cost), choice.minutes) for choice in answer.alternatives]
        return account

    def _plan(self, plan: Plan) -> dict[str, Any]:
        legs, touches = plan.journey.legs, plan.itinerary.touches
        account: dict[str, Any] = {
            "cost": self._cost(plan.cost),
            "legs": len(legs),
            "arrival": legs[-1].arrives_utc + self.days * 24 * 60 if legs else None,
            "landside changes": sum(touch == "landside" for touch in touches),
        }
        if not self.ties:
            return account
        return account | {
            "itinerary": self._itinerary(plan.itinerary),
            "items of the cost": [(line.kind, self._cost(line.amount)) for line in plan.costs],
            "preparation": [
                (
                    step.kind,
                    *map(self._name, (step.traveller, step.id, step.passport)),
                    *map(self._day, (step.on, step.latest, step.ready)),
                )
                for step in plan.preparation
            ],
            "reminders": [
                (self._name(one.id), self._name(one.traveller), self._day(one.from_on), self._day(one.by_on))
                for one in plan.reminders
            ],
        }

    def _conflicts(self, answer: Answer, first: Conflict) -> dict[str, Any]:
        told = [[self._fact(fact.id) for fact in found.facts] for found in (first, *answer.more_conflicts)]
        account: dict[str, Any] = {
            "at least": first.at_least,
            "sizes of conflicts": [len(facts) for facts in told],
            "all conflicts": answer.conflicts_complete,
        }
        if answer.conflicts_complete:
            account["conflicts"] = {frozenset(facts) for facts in told}
        if self.ties:
            account["facts"] = told if self.in_order else [sorted(facts) for facts in told]
            account["prices"] = {
                self._fact(one.without.id): (one.alone, self._cost(one.cost) if one.cheapest else None)
                for one in first.witnesses
            }
        return account

    def _itinerary(self, plan: Itinerary) -> Itinerary:
        return Itinerary(
            legs=tuple(map(self._name, plan.legs)),
            touches=plan.touches,
            fares=tuple(map(self._name, plan.fares)),
            stays={
                self._name(traveller): tuple(
                    evolve(
                        stay,
                        passport=self._name(stay.passport),
                        exit_passport=self._name(stay.exit_passport),
                        ground=self._name(stay.ground),
                    )
                    for stay in stays
                )
                for traveller, stays in plan.stays.items()
            },
            applications=tuple(
                evolve(
                    made,
                    traveller=self._name(made.traveller),
                    acquirable=self._name(made.acquirable),
                    passport=self._name(made.passport),
                    on=self._later(made.on),
                )
                for made in plan.applications
            ),
            bookings=tuple(
                evolve(
                    made,
                    traveller=self._name(made.traveller),
                    event=self._name(made.event),
                    passport=self._name(made.passport),
                    on=self._later(made.on),
                )
                for made in plan.bookings
            ),
        )

    def _name(self, text: str) -> str:
        return called(text, self.names)

    def _fact(self, text: str) -> str:
        first, *others = text.split(".")
        return ".".join([first if others and first in _WISHES else self._name(first), *map(self._name, others)])

    def _cost(self, cost: int | None) -> int | None:
        return None if cost is None else cost * self.factor

    def _day(self, day: date | None) -> date | None:
        return None if day is None else self._later(day)

    def _later(self, day: date) -> date:
        return day + timedelta(days=self.days)
