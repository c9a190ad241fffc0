"""No valid trip: the argument, what remains without each statement, what each closes, and where the law stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import frozen

from planner.answer import Answer, Conflict, Witness
from planner.core.money import show
from planner.report.told.argument import Argument, Statement, argument
from planner.report.words import count, listed, span
from planner.rules.facts import Fact
from planner.scenario.scenario import Scenario

TOLD = 1  # ways that a statement closes by itself: mostly, the others are much like it
NO_WAY = "No valid trip, whatever the rules: the file itself lists no way to make this journey."
ONLY_THESE_LEGS = "Only the legs listed in the file exist for this answer; other connections were not looked at."


@frozen(kw_only=True)
class Remaining:
    """What the way looks like without a statement: its number, perhaps with the name of one of the travellers.

    Statements with the same outcome stand together. `works` says whether giving up that one is enough.
    """

    without: tuple[str, ...]
    outcome: str
    works: bool

    @property
    def sentence(self) -> str:
        """The same as a sentence."""
        return f"Without {listed(self.without, 'or')}, {self.outcome}."


@frozen(kw_only=True)
class ClosedTold:
    """Ways to go on that a statement closes by itself, the first of them; «3 other ways» stands for the rest."""

    number: int
    ways: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """The same as a sentence."""
        return f"{self.number} alone rules out {listed(self.ways)}."


@frozen(kw_only=True)
class ConflictTold:
    """A conflict. `argument` is None where the file itself lists no way; `structural` is what it lacks then."""

    argument: Argument | None
    structural: tuple[str, ...]
    remaining: tuple[Remaining, ...]
    closed: tuple[ClosedTold, ...]

    @property
    def sourced(self) -> tuple[Statement, ...]:
        """The statements whose law has a source."""
        return tuple(item for item in (self.argument.statements if self.argument else ()) if item.source)


@frozen(kw_only=True)
class Others:
    """Further conflicts, if they were asked for, and a sentence that says whether these are all, perhaps ""."""

    conflicts: tuple[ConflictTold, ...]
    complete: str


def conflict(scenario: Scenario, found: Conflict, first: bool = True) -> ConflictTold:
    """A proved conflict and what is told with it; the first one says what is proved of its size."""
    if not found.facts:
        return ConflictTold(argument=None, structural=found.structural, remaining=(), closed=())
    argued = argument(scenario, found, first)
    return ConflictTold(
        argument=argued,
        structural=found.structural,
        remaining=tuple(_remaining(scenario, argued.statements, found)),
        closed=tuple(_closed(argued.statements, found)),
    )


def others(answer: Answer) -> Others:
    """The conflicts after the first one."""
    told = 1 + len(answer.more_conflicts)
    complete = ""
    if answer.conflicts_complete:
        complete = "There is no other conflict." if told == 1 else f"These {told} are all the minimal conflicts."
    elif answer.conflicts_complete is not None:
        complete = f"{count(told, 'conflict')} told; {answer.ending} before all were found, so there may be more."
    found = (conflict(answer.scenario, other, first=False) for other in answer.more_conflicts)
    return Others(conflicts=tuple(found), complete=complete)


def _remaining(scenario: Scenario, said: Sequence[Statement], found: Conflict) -> Iterator[Remaining]:
    outcomes: dict[tuple[str, bool], list[str]] = {}
    for statement in said:
        for witness in found.witnesses:
            if witness.without in statement.facts:
                who = f" for {_traveller(scenario, witness.without)}" if len(statement.facts) > 1 else ""
                key = _outcome(scenario, witness), witness.alone
                outcomes.setdefault(key, []).append(f"{statement.number}{who}")
    for (outcome, works), without in outcomes.items():
        yield Remaining(without=tuple(without), outcome=outcome, works=works)


def _outcome(scenario: Scenario, witness: Witness) -> str:
    if not witness.alone:
        others = {item.fact.id: item.fact for item in witness.broken if item.fact.id != witness.without.id}
        return f"more stands in the way: {_more_than(list(others.values()))}"
    if not witness.journey.legs:
        return "nothing is left to travel for"
    assert witness.cost is not None
    price = f"{'' if witness.cheapest else 'at most '}{show(witness.cost, scenario.currency)}"
    return f"this works, for {price}: {span(witness.journey.legs)}"


def _more_than(facts: Sequence[Fact]) -> str:
    """Some facts in half a sentence, the first two told, the others counted."""
    told = [fact.text for fact in facts[:2]]
    if len(facts) > 2:
        told.append(count(len(facts) - 2, "other statement"))
    return listed(told)


def _traveller(scenario: Scenario, fact: Fact) -> str:
    return next((one.label for one in scenario.travellers if f".{one.id}." in f"{fact.id}."), "")


def _closed(said: Sequence[Statement], found: Conflict) -> Iterator[ClosedTold]:
    for statement in said:
        for closed in found.closed:
            if closed.fact in statement.facts:
                more = closed.count - len(closed.ways[:TOLD])
                rest = [count(more, "other way")] if more else []
                yield ClosedTold(number=statement.number, ways=(*closed.ways[:TOLD], *rest))


def origin(fact: Fact) -> str:
    """Where a fact stands: the source of a rulebook's statement; of what the user wrote, its place in the file too."""
    if fact.source and fact.place.file.startswith("rulebooks/"):
        return fact.source
    return "; ".join(filter(None, (str(fact.place), fact.source)))
