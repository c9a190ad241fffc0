"""Airports, countries and time zones are read in short cuts, which must not change what there is."""

from __future__ import annotations

import zoneinfo
from pathlib import Path

import airportsdata
import pytest

from planner.scenario.reading.airports import airports
from planner.scenario.reading.checks.tables import is_zone
from planner.scenario.reading.countries import countries, is_country

COLUMNS = ("icao", "iata", "name", "city", "subd", "country", "tz")


def test_airports_are_those_of_the_data_package() -> None:
    found, expected = airports(), airportsdata.load("IATA")
    assert list(found) == list(expected)
    assert len(found) == len(expected)
    for code, airport in expected.items():
        assert {name: found[code][name] for name in COLUMNS} == {name: airport[name] for name in COLUMNS}
    assert "" not in found
    assert "pek" not in found


def test_a_table_written_otherwise_is_left_to_the_data_package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "airports.csv").write_text('"iata","icao","name"\n"PEK","ZBAA","Beijing"\n"","ZZZZ","A field"\n')
    monkeypatch.setattr(airportsdata, "__file__", str(tmp_path / "__init__.py"))
    assert airports.__wrapped__() == {"PEK": {"iata": "PEK", "icao": "ZBAA", "name": "Beijing"}}


def test_a_country_is_one_that_has_a_name_or_an_airport() -> None:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    codes = {first + second for first in letters for second in letters}
    assert {code for code in codes if is_country(code)} == set(countries())
    assert {"XK", "CN"} <= set(countries())
    assert not is_country("China")


def test_time_zones_are_those_of_the_standard_library() -> None:
    assert all(is_zone(name) for name in zoneinfo.available_timezones())
    assert not any(is_zone(name) for name in ("", "Asia", "Asia/Nowhere", "right/UTC", "asia/shanghai", "../UTC"))
