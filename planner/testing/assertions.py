"""Properties of scenarios, answers and kinds of rules. Each raises AssertionError, with what differs, if it fails."""

from __future__ import annotations

from collections import Counter

from planner.answer import Answer
from planner.api import plan
from planner.core.money import show
from planner.rules.base import Example, kinds, table_kinds
from planner.rules.examples import scenario_data
from planner.scenario.reading import read_mapping
from planner.scenario.scenario import Scenario
from planner.testing import rates
from planner.testing.oracle.best import Best, Oracle, TooLarge
from planner.testing.readings import compare
from planner.testing.requiring import require
from planner.verify.checker import verify


def assert_confirmed(answer: Answer) -> None:
    """The checker finds nothing wrong with an answer's plan, and adds up the same cost; of other answers, nothing."""
    if answer.plan is None:
        return
    verdict = verify(answer.scenario, answer.plan.itinerary)
    said = [*verdict.structural, *(f"{broken.fact.id}: {broken.how}" for broken in verdict.broken)]
    require(not said, "the checker does not confirm the plan:\n" + "\n".join(said))
    require(
        verdict.cost == answer.plan.cost, f"the plan states a cost of {answer.plan.cost}, the checker {verdict.cost}"
    )


def assert_same_as_oracle(scenario: Scenario, oracle: Oracle | None = None) -> Answer | None:
    """The planner's answer is the one found by enumeration; a conflict is minimal by brute force.

    Compared are the status, the cost, the number of legs and the arrival. Returns the planner's answer, or None where
    the scenario is too large to enumerate. `oracle`: that of the scenario, if there is one already.
    """
    oracle = oracle or Oracle(scenario)
    answer = plan(scenario)
    try:
        best = oracle.best()
    except TooLarge:
        return None
    require(
        answer.status == ("optimal" if best else "infeasible") and _rank(answer) == (best and best.rank),
        f"the planner: {_told(answer)}\nthe oracle: {_best(scenario, best)}",
    )
    assert_confirmed(answer)
    if answer.conflict is not None:
        rates.counts["conflicts" if assert_minimal(answer, oracle) else "conflicts too large"] += 1
    return answer


def assert_minimal(answer: Answer, oracle: Oracle | None = None) -> bool:
    """The facts of an answer's conflict rule out every itinerary, and leaving out any one of them does not.

    Judged by enumeration; returns False where the scenario is too large for it.
    """
    require(answer.conflict is not None, "the answer has no conflict")
    assert answer.conflict is not None
    oracle = oracle or Oracle(answer.scenario)
    facts = {fact.id for fact in answer.conflict.facts}
    try:
        found = oracle.best(lambda fact, _: fact in facts)
        require(found is None, f"there is an itinerary that respects {sorted(facts)}: {found}")
        for left_out in sorted(facts):
            rest = facts - {left_out}
            found = oracle.best(lambda fact, _, rest=rest: fact in rest)  # type: ignore[misc]
            require(found is not None, f"the conflict {sorted(facts)} does not need {left_out}")
    except TooLarge:
        return False
    return True


def assert_never_dearer(scenario: Scenario, freer: Scenario) -> None:
    """A scenario that offers more, or asks for less, has a plan whenever the other has one, and none dearer.

    Both have the same currency.
    """
    before, after = plan(scenario), plan(freer)
    for answer in (before, after):
        require(answer.status in ("optimal", "infeasible"), f"not decided in time: {_told(answer)}")
    if before.plan is not None:
        require(
            after.plan is not None and after.plan.cost <= before.plan.cost,
            f"before: {_told(before)}\nwith more to choose from: {_told(after)}",
        )


def assert_readings_agree(
    scenario: Scenario, kinds: set[str] | None = None, *, tries: int = 200, seed: int = 0
) -> Counter[str]:
    """`restrict()` and `check()` of kinds of rules (None: of all `[[rules]]`) break the same facts on random journeys.

    What rules cost must be the same too. `tries` journeys are made; returns how many of them broke each fact, and
    under "" how many were possible journeys at all.
    """
    return compare(scenario, {*table_kinds()} if kinds is None else kinds, tries, seed)


def assert_examples(kind: str) -> None:
    """A kind has examples of what it allows and what it refuses, and each, solved, is what it says of itself.

    And the two readings of the kind agree on random journeys in their worlds.
    """
    require(kind in kinds(), f"there is no kind {kind!r}; known: {', '.join(kinds())}")
    examples = kinds()[kind].examples
    require(any(example.refused_by or example.reminded_by for example in examples), f"{kind} refuses nothing")
    require(any(not example.refused_by for example in examples), f"{kind} allows nothing")
    for example in examples:
        scenario = read_mapping(scenario_data(example), table_kinds(), file=f"example «{example.title}»")
        assert_example(example, scenario)
        assert_readings_agree(scenario, {kind})


def assert_example(example: Example, scenario: Scenario) -> None:
    """The answer to an example's scenario is what the example says."""
    answer = plan(scenario, repairs=0)
    what = f"example «{example.title}»: {_told(answer)}"
    if example.refused_by:
        told = [fact.id for fact in answer.conflict.facts] if answer.conflict else []
        require(answer.status == "infeasible" and example.refused_by in told, f"{what}; not by {example.refused_by}")
        return
    require(answer.status == "optimal" and answer.plan is not None, what)
    assert answer.plan is not None
    require(example.cost in (None, answer.plan.cost), f"{what}; expected a cost of {example.cost}")
    reminded = {reminder.id for reminder in answer.plan.reminders}
    require(reminded == {*filter(None, [example.reminded_by])}, f"{what}; reminds of {sorted(reminded)}")


def _rank(answer: Answer) -> tuple[int, int, int] | None:
    """What the oracle ranks plans by: cost, legs, arrival."""
    if answer.plan is None:
        return None
    legs = answer.plan.journey.legs
    return answer.plan.cost, len(legs), legs[-1].arrives_utc if legs else -1


def _told(answer: Answer) -> str:
    if answer.plan is not None:
        legs = ", ".join(answer.plan.itinerary.legs)
        return f"{answer.status}, {show(answer.plan.cost, answer.scenario.currency)}, legs {legs or 'none'}"
    if answer.conflict is not None:
        facts = ", ".join(fact.id for fact in answer.conflict.facts) or "; ".join(answer.conflict.structural)
        return f"{answer.status}, because of {facts}"
    return answer.status


def _best(scenario: Scenario, best: Best | None) -> str:
    if best is None:
        return "there is no trip"
    return f"{show(best.cost, scenario.currency)}, legs {', '.join(best.itinerary.legs) or 'none'}"
