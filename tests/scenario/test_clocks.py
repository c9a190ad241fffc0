"""Clocks for columns against the clocks of single times."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import available_timezones

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.core.time import EPOCH, exists, to_local, to_minutes
from planner.scenario.clocks import Clocks
from planner.scenario.timetable import offsets

_START = EPOCH.replace(tzinfo=None)
ZONES = sorted(zone for zone in available_timezones() if "/" in zone)
# Clocks that change by half an hour, at midnight, by a whole day, in the other half of the year, for Ramadan.
ODD = ["Australia/Lord_Howe", "America/Santiago", "Pacific/Apia", "Pacific/Auckland", "Africa/Casablanca", "Asia/Gaza"]
TIMES = st.datetimes(datetime(1970, 1, 1), datetime(2199, 12, 31)).map(lambda moment: moment.replace(second=0))
NEAR_CHANGES = st.builds(
    lambda day, minutes: day + timedelta(minutes=minutes),
    st.sampled_from([datetime(2025, 3, 30), datetime(2025, 10, 26), datetime(2025, 4, 6), datetime(2011, 12, 30)]),
    st.integers(-1500, 3000),
)


def minutes_of(moment: datetime) -> int:
    return (moment - _START) // timedelta(minutes=1)


@given(st.lists(st.tuples(st.sampled_from([*ODD, *ZONES]), TIMES | NEAR_CHANGES), min_size=1, max_size=20))
def test_columns_of_times_go_by_the_same_clocks_as_single_ones(rows: list[tuple[str, datetime]]) -> None:
    zones = sorted({zone for zone, _ in rows})
    number = np.array([zones.index(zone) for zone, _ in rows])
    local = np.array([minutes_of(moment) for _, moment in rows])
    clocks = Clocks.of(zones, local)
    utc, skipped = clocks.to_utc(number, local)
    assert utc.tolist() == [to_minutes(moment, zone) for zone, moment in rows]
    assert skipped.tolist() == [not exists(moment, zone) for zone, moment in rows]
    back = Clocks.of(zones, utc)
    ahead = utc + back.ahead(number, utc)
    shown = [to_local(minutes, zone) for minutes, (zone, _) in zip(utc.tolist(), rows, strict=True)]
    assert ahead.tolist() == [minutes_of(moment) for moment in shown]


@pytest.mark.parametrize("zone", ODD)
def test_the_whole_year_of_odd_clocks(zone: str) -> None:
    local = np.arange(minutes_of(datetime(2011, 12, 1)), minutes_of(datetime(2012, 12, 1)), 15)
    utc, skipped = Clocks.of((zone,), local).to_utc(np.zeros(len(local), dtype=np.int64), local)
    moments = [_START + timedelta(minutes=minute) for minute in local.tolist()]
    assert utc.tolist() == [to_minutes(moment, zone) for moment in moments]
    assert skipped.tolist() == [not exists(moment, zone) for moment in moments]
    assert skipped.any()


def test_offsets_of_one_zone() -> None:
    utc = np.array([minutes_of(datetime(2025, 3, 30, 0, 59)), minutes_of(datetime(2025, 3, 30, 1, 0))])
    assert offsets(utc, "Europe/Paris").tolist() == [60, 120]
    assert offsets(np.empty(0, dtype=np.int64), "Europe/Paris").tolist() == []
