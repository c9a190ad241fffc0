"""Worlds of legs, and the questions over them."""

from functools import partial
from pathlib import Path

import numpy as np
import pytest

from benchmarks import more_law, routes
from benchmarks.instance import Instance
from benchmarks.question import PARTY, question
from benchmarks.routes import Place, Routes
from benchmarks.world import World, world, write_parquet
from planner.rules.base import table_kinds
from planner.scenario.reading import read_file
from planner.scenario.scenario import Scenario

NETWORK = routes.made_up(airports=40, routes=300)


def made(legs: int = 1_200, stops: int = 3, days: int = 6) -> World:
    return world(legs, stops, days, network=NETWORK)


def read(folder: Path, made: World, text: str) -> Scenario:
    pytest.importorskip("polars")
    write_parquet(folder / "world.parquet", made)
    path = folder / "world.toml"
    path.write_text(text)
    return read_file(path, table_kinds())


def test_the_same_numbers_make_the_same_world() -> None:
    one, two = made(), made()
    assert one.price.tolist() == two.price.tolist()
    assert one.departs.tolist() == two.departs.tolist()


def test_every_route_flies_once_a_day() -> None:
    it = made()
    assert len(it) == 1_200
    flights = np.stack([it.from_port, it.to_port, it.operator])
    _, times = np.unique(flights, axis=1, return_counts=True)
    assert set(times.tolist()) == {6}
    assert (np.diff(it.departs) >= 0).all()
    assert (it.arrives > it.departs).all()


def test_a_larger_world_has_all_legs_of_a_smaller_one() -> None:
    def legs(it: World) -> set[tuple[int, ...]]:
        return set(zip(it.from_port.tolist(), it.to_port.tolist(), it.departs.tolist(), it.price.tolist(), strict=True))

    assert legs(made(600)) < legs(made(1_200))


def test_the_smallest_worlds_are_those_among_the_places_wanted() -> None:
    it = world(24, 3, 6, network=NETWORK)
    wanted = {it.number(code) for code in it.wanted}
    assert set(it.from_port.tolist()) | set(it.to_port.tolist()) <= wanted


def test_made_up_routes_are_there_in_both_directions_and_none_twice() -> None:
    pairs = list(zip(NETWORK.from_port.tolist(), NETWORK.to_port.tolist(), NETWORK.operator.tolist(), strict=True))
    assert len(pairs) == len(set(pairs))
    assert {(b, a, operator) for a, b, operator in pairs} == set(pairs)


def test_great_circles() -> None:
    places = (Place("A", 0, 0, "X", "UTC"), Place("B", 0, 90, "X", "UTC"), Place("C", -90, 12, "X", "UTC"))
    ends = np.array([0, 0, 1], dtype=np.int32), np.array([1, 2, 2], dtype=np.int32)
    found = Routes(places=places, operators=("O",), from_port=ends[0], to_port=ends[1], operator=ends[0], wanted=())
    assert found.kilometres() == pytest.approx(6371 * np.pi / 2)


def test_what_a_file_says_is_what_was_made(tmp_path: Path) -> None:
    it = made()
    scenario = read(tmp_path, it, question(it, "world.parquet"))
    instance = Instance.of(scenario)
    assert instance.departs.tolist() == it.departs.tolist()
    assert sorted(instance.arrives.tolist()) == sorted(it.arrives.tolist())
    assert sorted(instance.price.tolist()) == sorted(it.price.tolist())
    assert len(scenario.trip.stops) == 3


def test_every_traveller_is_admitted_on_some_terms_to_some_places(tmp_path: Path) -> None:
    it = made()
    scenario = read(tmp_path, it, question(it, "world.parquet", travellers=len(PARTY)))
    admitting = [admission for admission in scenario.law.admissions if admission.grant in ("visa_free", "on_arrival")]
    for traveller in scenario.travellers:
        states = {passport.state for passport in traveller.passports}
        assert len(states) == 2
        assert any(states & set(admission.nationalities) for admission in admitting)


def test_without_rules_nobody_crosses_a_border(tmp_path: Path) -> None:
    it = made()
    scenario = read(tmp_path, it, question(it, "world.parquet", borders="none"))
    zones = {scenario.permission_zone(port.territory, scenario.today) for port in scenario.ports.values()}
    assert zones == {"WORLD"}


@pytest.mark.parametrize("layer", [*more_law.LAYERS, "coupled"])
def test_more_law_is_law_that_can_be_read(tmp_path: Path, layer: str) -> None:
    it = made()
    add = partial(more_law.coupled, 14) if layer == "coupled" else more_law.LAYERS[layer]
    text = question(it, "world.parquet", borders="open" if layer == "coupled" else "guarded")
    scenario, plain = read(tmp_path, it, text + add(it)), read(tmp_path, it, text)
    more = len(scenario.law.rules) - len(plain.law.rules)
    assert (more > 0) == (layer != "few")
