"""The same paper applied for in two passports: one application may take away what the other one needs."""

from __future__ import annotations

import numpy as np
import pytest

from planner.model.build import build
from planner.model.program import Linear
from planner.solving.client import Effort, Solver
from tests.small import small

TWO_BOOKS = """
[[travellers]]
id = "t"
[[travellers.passports]]
id = "b"
state = "AA"
[[acquirables]]
id = "visa"
price = "30"
needs = ["b"]
keeps_passport = true
lead = { days = 10 }
permission = { zone = "BB" }
"""


@pytest.mark.parametrize(("apart", "possible"), [(0, False), (5, False), (10, True)])
def test_a_passport_that_another_copy_keeps_is_not_in_hand(apart: int, possible: bool) -> None:
    """The visa in passport a needs passport b in hand, which is away for ten days when it gets a visa of its own."""
    model = build(small(TWO_BOOKS))
    table = model.options.applications("t")
    first = int(table.apply_on.min())
    in_b = table.ids[(table.passport == "b") & (table.apply_on == first)]
    in_a = table.ids[(table.passport == "a") & (table.apply_on == first + apart)]
    both = Linear(np.concatenate([in_a, in_b]), [1, 1], 2, None)
    solver = Solver(model.program, Effort.starting_now(60, 1, 0))
    assert solver.ask("explain", enforced=["acquire.visa.t.needs"], extra=(both,)).found == possible
