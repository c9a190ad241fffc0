"""Easings as weaker rules that hold beside a scenario's own: what is given up step by step, in one model.

A fact with the easings e₁ … eₙ, from least to most, has n rungs. Rung k says what would be left of the fact with eₖ
made, under an id of its own, `FACT@k`. Giving up the fact while rung 1 holds means e₁; giving up rung 1 as well while
rung 2 holds means e₂, and so on. The last rung is never given up: where its easing does away with the fact, it says
nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import ClassVar

from attrs import evolve, frozen

from planner.itinerary.journey import Journey
from planner.rules.base import Rule, kinds, rules_of
from planner.rules.easing import Easing
from planner.rules.facts import Broken, Fact
from planner.rules.outlook import Outlook
from planner.rules.readiness import as_in
from planner.rules.shares import Share
from planner.rules.statements import AtMost, Block, Clause, Statement
from planner.rules.tables import View
from planner.scenario.changing import Change, changed
from planner.scenario.scenario import Scenario


@frozen(kw_only=True)
class Eased(Rule):
    """What rules of some kinds say about one fact, with changes made: the same, under another id."""

    kind: ClassVar[str] = "eased"
    summary: ClassVar[str] = "What is left of a statement that is given up in part."
    catalogue: ClassVar[tuple[str, ...]] = ()
    table: ClassVar[bool] = False

    fact: str  # the id it has in the scenario
    name: str  # the id it has here
    changes: tuple[Change, ...]
    of_kinds: tuple[str, ...]

    def restrict(self, view: View) -> Iterator[Statement]:
        """What the rules say with the changes made, as far as it is about the fact."""
        eased = self._changed(view.scenario)
        for rule in self._rules(eased):
            for statement in rule.restrict(as_in(eased, view)) if eased else ():
                match statement:
                    case Block(fact) | Clause(fact) | AtMost(fact) if fact is not None and fact.id == self.fact:
                        yield evolve(statement, fact=self._renamed(fact))

    def check(self, journey: Journey) -> Iterator[Broken]:
        """What the rules find with the changes made, as far as it is about the fact."""
        eased = self._changed(journey.scenario)
        for rule in self._rules(eased):
            for broken in rule.check(evolve(journey, scenario=eased)) if eased else ():
                if broken.fact.id == self.fact:
                    yield Broken(self._renamed(broken.fact), broken.how)

    def bound(self, outlook: Outlook) -> Iterator[Share]:
        """What follows with the changes made, as far as it rests on the fact."""
        eased = self._changed(outlook.scenario)
        for rule in self._rules(eased):
            for share in rule.bound(Outlook(eased, outlook.legs)) if eased else ():
                if self.fact in {fact.id for fact in share.facts}:
                    facts = tuple(self._renamed(fact) if fact.id == self.fact else fact for fact in share.facts)
                    yield evolve(share, facts=facts)

    def _renamed(self, fact: Fact) -> Fact:
        return evolve(fact, id=self.name, changeable=True)

    def _changed(self, scenario: Scenario) -> Scenario | None:
        """The scenario with the changes made; None if what they are about is set aside already."""
        key = (Eased, self.changes)
        if key not in scenario.derived:
            try:
                scenario.derived[key] = changed(scenario, self.changes)
            except KeyError:
                scenario.derived[key] = None
        found: Scenario | None = scenario.derived[key]
        return found

    def _rules(self, eased: Scenario | None) -> tuple[Rule, ...]:
        if eased is None:
            return ()
        key = (Eased, self.of_kinds)
        if key not in eased.derived:
            eased.derived[key] = tuple(rule for name in self.of_kinds for rule in kinds()[name].instances(eased))
        found: tuple[Rule, ...] = eased.derived[key]
        return found


@frozen(kw_only=True)
class Rung:
    """One step of giving up a fact: `easing` is what it takes, all steps before it having been made.

    `dropped` is the id of the fact that is given up by it: the scenario's own `fact` or the one of the rung before.
    `weight` is what it disturbs more than the step before it. `rule` says what is left; None: nothing.
    """

    fact: str
    dropped: str
    easing: Easing
    weight: int
    rule: Eased | None


def ladder(scenario: Scenario) -> list[Rung]:
    """All rungs of the scenario's own facts, fact by fact, each fact's from least to most."""
    rules = rules_of(scenario)
    every = tuple(name for name in kinds() if name != "budget")  # which knows of no papers
    offered = [
        (easing, rule.kind) for rule in rules[: len(rules) - len(scenario.beside)] for easing in rule.easings(scenario)
    ]
    offered.sort(key=lambda item: item[0].fact)
    found = list[Rung]()
    for fact, group in groupby(offered, key=lambda item: item[0].fact):
        dropped, weighed = fact, 0
        for number, (easing, kind) in enumerate(group, 1):
            name = f"{fact}@{number}"
            weight = max(weighed, scenario.repairs.weight(easing.sort) * easing.amount)
            of_kinds = every if kind == "acquirable" else (kind,)  # many kinds rely on papers applied for
            rule = Eased(fact=fact, name=name, changes=easing.changes, of_kinds=of_kinds)
            found.append(Rung(fact=fact, dropped=dropped, easing=easing, weight=weight - weighed, rule=rule))
            dropped, weighed = name, weight
    return found


def beside(scenario: Scenario, rungs: Iterable[Rung]) -> Scenario:
    """The scenario with what rungs leave of its facts beside its own rules."""
    return evolve(scenario, beside=(*scenario.beside, *(rung.rule for rung in rungs if rung.rule is not None)))


def settled(scenario: Scenario, easing: Easing, journey: Journey) -> Easing:
    """An easing of a scenario's fact cut down to what a journey needs."""
    journey = evolve(journey, scenario=scenario)
    for rule in rules_of(scenario):
        if easing in rule.easings(scenario):
            return rule.settled(easing, journey)
    return easing
