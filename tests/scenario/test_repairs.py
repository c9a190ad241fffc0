"""The weights of changes: usual ones, the file's own, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.api import load, loads
from planner.core.errors import ScenarioError

TEXT = (Path(__file__).parents[2] / "scenarios/schengen-hop.toml").read_text(encoding="utf-8")


def test_usual_weights() -> None:
    repairs = loads(TEXT).repairs
    assert [repairs.weight(sort) for sort in ("date", "night", "visa", "stop")] == [1, 2, 5, 20]
    with pytest.raises(AttributeError):
        repairs.weight("luggage")


def test_own_weights() -> None:
    repairs = loads(TEXT + "\n[repairs]\nweights = { date = 3, stop = 7 }\n").repairs
    assert [repairs.weight(sort) for sort in ("date", "night", "visa", "stop")] == [3, 2, 5, 7]


@pytest.mark.parametrize(
    ("table", "line", "said"),
    [
        ("[repairs.weights]\ndate = 0", 2, "date: the weight must be above 0"),
        ("[repairs.weights]\nnight = -1", 2, "night: expected a whole number, found the number -1"),
        ("[repairs.weights]\nnight = 1.5", 2, "night: expected a whole number, found the number 1.5"),
        ("[repairs.weights]\nnights = 1", 2, "unknown key 'nights' in [repairs.weights] (did you mean 'night'?"),
        ("[repairs]\nweigths = {}", 2, "unknown key 'weigths' in [repairs] (did you mean 'weights'?"),
        ("[repairs]\nweights = { visa = true }", 2, "visa: expected a whole number, found true"),
    ],
)
def test_what_is_refused(table: str, line: int, said: str) -> None:
    with pytest.raises(ScenarioError) as error:
        loads(TEXT.rstrip("\n") + "\n\n" + table, "trip.toml")
    (problem,) = error.value.problems
    assert problem.place.line == len(TEXT.rstrip("\n").splitlines()) + 1 + line
    assert said.removesuffix("?") in str(problem)


def test_shipped_files_use_the_usual_weights() -> None:
    for path in sorted((Path(__file__).parents[2] / "scenarios").glob("marathon*.toml")):
        assert load(path).repairs == loads(TEXT).repairs
