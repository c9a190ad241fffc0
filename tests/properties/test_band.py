"""Searching through bounds gives what searching the whole gives."""

from __future__ import annotations

from hypothesis import given, reject
from hypothesis import strategies as st

from planner.testing.brute.band import assert_band_changes_nothing
from planner.testing.drawing.strategies import Table, scenarios
from planner.testing.drawn import read
from planner.testing.oracle.best import TooLarge


@given(scenarios(), st.sampled_from([1, 1000]))
def test_the_band_changes_no_answer(data: Table, crowd: int) -> None:
    try:
        assert_band_changes_nothing(read(data), crowd)
    except TooLarge:
        reject()
