"""Tables of options."""

from __future__ import annotations

import numpy as np

from planner.model.options import Options
from planner.rules.base import rules_of
from planner.rules.examples import THROUGH_BETA
from tests.rules.plainly import world


def test_runs_that_contain_a_leg() -> None:
    made = world(THROUGH_BETA)
    runs = Options(made, rules_of(made)).runs
    legs = [leg.id for leg in made.legs]
    assert any(len(run) == 2 for run in runs.legs)
    for wanted in ([], ["ab"], ["bc"], ["ab", "cb"]):
        found = runs.containing(np.array([leg in wanted for leg in legs]))
        expected = [
            number
            for number, run in zip(runs.ids.tolist(), runs.legs, strict=True)
            if {legs[leg] for leg in run} & {*wanted}
        ]
        assert found.tolist() == expected
