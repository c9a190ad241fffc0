"""The registry of kinds, and what it collects of a scenario."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType

import pytest

from planner.core import outside
from planner.core.errors import Place, ScenarioError
from planner.rules import base
from planner.rules.base import Rule, grounds_of, kind, kinds, kinds_elsewhere, table_kinds
from planner.scenario.law import Entry
from tests.rules.plainly import TWO, world


@pytest.fixture(autouse=True)
def _registry(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What a test registers is forgotten after it."""
    kinds()
    monkeypatch.setattr(base, "_found", dict(base._found))
    kinds.cache_clear()
    yield
    kinds.cache_clear()


def registered(name: str, module: str, *bases: type, table: bool = False) -> type[Rule]:
    """A class of some module, registered as a kind."""
    made = type("Made", bases or (Rule,), {"__module__": module})
    return kind(name, summary="Made.", table=table)(made)


def added(monkeypatch: pytest.MonkeyPatch, module: str) -> None:
    """Another package adds that module."""
    monkeypatch.setattr(outside, "modules", lambda group: [("entry point other", ModuleType(module))])


def test_a_table_kind_is_an_entry_of_law() -> None:
    made = registered("made", __name__, Entry, Rule, table=True)
    assert table_kinds()["made"] is made
    with pytest.raises(TypeError, match="must derive from Entry"):
        registered("other", __name__, table=True)


def test_a_name_is_taken_once_but_a_class_may_be_made_anew() -> None:
    registered("made", "one")
    again = registered("made", "one")
    assert kinds()["made"] is again
    with pytest.raises(TypeError, match="a kind 'made' already, in one"):
        registered("made", "two")


def test_kinds_of_another_package_may_be_anywhere_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    made = registered("made", "other.deep.kinds")
    added(monkeypatch, "other.module")
    assert kinds()["made"] is made
    assert kinds_elsewhere() == ("other.deep.kinds",)


def test_a_module_without_a_kind_is_told_by_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    registered("made", "others.kinds")
    added(monkeypatch, "other.module")
    with pytest.raises(ScenarioError) as raised:
        kinds()
    (problem,) = raised.value.problems
    assert problem.place == Place("entry point other")
    assert problem.message == "that module has no kind of rule"


def test_without_other_packages_no_kind_is_from_elsewhere() -> None:
    assert kinds_elsewhere() == ()


def test_each_traveller_has_grounds_of_their_own() -> None:
    scenario = world(TWO)
    found = [{ground.id for ground in grounds_of(scenario, person)} for person in scenario.travellers]
    assert ["citizen:AA" in grounds for grounds in found] == [True, False]
    assert ["citizen:CC" in grounds for grounds in found] == [False, True]
