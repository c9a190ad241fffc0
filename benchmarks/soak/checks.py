"""What is checked of a scenario: by name, each raises whatever is wrong, or Skipped where it has nothing to say."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cached_property, partial
from random import Random

from planner.answer import Answer
from planner.api import plan
from planner.report.compare.saved import saved
from planner.report.forms import FORMS, NotInThisForm, written
from planner.report.json import as_data
from planner.rules.base import table_kinds
from planner.scenario.reading import read_mapping
from planner.scenario.scenario import Scenario
from planner.testing.assertions import assert_confirmed, assert_same_as_oracle
from planner.testing.brute.band import assert_band_changes_nothing
from planner.testing.brute.choices import assert_choices
from planner.testing.brute.conflicts import assert_conflicts
from planner.testing.brute.repairs import assert_repairs
from planner.testing.brute.workers import assert_same_on_any_workers
from planner.testing.oracle.best import Oracle, TooLarge
from planner.testing.requiring import require
from planner.testing.telling import count
from planner.testing.transforms.every import TRANSFORMS
from planner.testing.transforms.walking import Table

ALTERNATIVES = 3
TRANSFORMATION = "transformation: "
ALWAYS = ("oracle", "checker", "band", "workers", "forms")
SELDOM = {"choices": 2, "conflicts": 6, "repairs": 6}  # they take long: each once in so many scenarios


class Skipped(Exception):
    """The check has nothing to say about this scenario."""


class Case:
    """A scenario drawn, with the answer that several checks look at. Raises ScenarioError if it cannot be read."""

    def __init__(self, data: Table) -> None:
        self.data = data
        self.scenario: Scenario = read_mapping(data, table_kinds())

    @cached_property
    def answer(self) -> Answer:
        """With all conflicts, and without repairs."""
        return plan(self.scenario, limit=None, repairs=0)


def of(random: Random) -> list[str]:
    """The names of the checks that a scenario gets, in order; some are drawn."""
    seldom = [name for name, once_in in SELDOM.items() if random.randrange(once_in) == 0]
    transformations = random.sample([*TRANSFORMS], random.choice([2, 3]))
    return [*ALWAYS, *(TRANSFORMATION + name for name in transformations), *seldom]


def run(name: str, case: Case, random: Random) -> None:
    """One check. Raises KeyError for one that there is not, Skipped, and whatever is wrong."""
    try:
        CHECKS[name](case, random)
    except TooLarge:
        raise Skipped("too large for the oracle") from None


def _oracle(case: Case, random: Random) -> None:
    """Status, cost and rank by enumeration, and that a conflict is minimal."""
    oracle = Oracle(case.scenario)
    answer = assert_same_as_oracle(case.scenario, oracle)
    if answer is None:
        raise Skipped("too large for the oracle")
    count(oracle, oracle.best(), answer)


def _checker(case: Case, random: Random) -> None:
    """The checker confirms the plan, and its cost is the bound."""
    answer = case.answer
    require(answer.status in ("optimal", "infeasible"), f"not decided in time: {answer.status}")
    assert_confirmed(answer)
    require(answer.plan is None or answer.plan.cost == answer.bound, f"proved is {answer.bound} only")


def _band(case: Case, random: Random) -> None:
    assert_band_changes_nothing(case.scenario, random.choice([1, 1000]))


def _workers(case: Case, random: Random) -> None:
    assert_same_on_any_workers(case.scenario)


def _forms(case: Case, random: Random) -> None:
    """Every form can be written, and the JSON form says by its schema what the answer says."""
    answer = plan(case.scenario, limit=2, repairs=1, alternatives=1, front=True)
    for form in FORMS:
        try:
            text = written(answer, form)
        except NotInThisForm:
            continue
        require(text.endswith("\n"), f"the form {form} does not end with a line break")
        if form == "json":
            require(saved(text, "the answer") == json.loads(json.dumps(as_data(answer))), "read back it is another one")


def _choices(case: Case, random: Random) -> None:
    if case.answer.plan is None:
        raise Skipped("there is no plan")
    assert_choices(plan(case.scenario, alternatives=ALTERNATIVES, front=True, repairs=0), ALTERNATIVES)


def _conflicts(case: Case, random: Random) -> None:
    if case.answer.conflict is None:
        raise Skipped("there is a plan")
    assert_conflicts(case.scenario, case.answer)


def _repairs(case: Case, random: Random) -> None:
    if case.answer.conflict is None:
        raise Skipped("there is a plan")
    assert_repairs(case.scenario, plan(case.scenario, repairs=2))


def _transformation(name: str, case: Case, random: Random) -> None:
    try:
        made = TRANSFORMS[name](case.data, random)
    except ValueError as error:
        raise Skipped(str(error)) from None
    after = plan(made.scenario(), limit=None, repairs=0)
    wrong = made.differences(case.answer, after)
    require(not wrong, "\n".join(wrong))


CHECKS: dict[str, Callable[[Case, Random], None]] = {
    "oracle": _oracle,
    "checker": _checker,
    "band": _band,
    "workers": _workers,
    "forms": _forms,
    "choices": _choices,
    "conflicts": _conflicts,
    "repairs": _repairs,
    **{TRANSFORMATION + name: partial(_transformation, name) for name in TRANSFORMS},
}
