"""Which tests are run against the mutants of a file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from attrs import frozen

from benchmarks.mutants.results import ROOT

# Those with a parameter that names the kind.
_BY_KIND = (
    "test_examples.py::test_example[",
    "test_two_readings.py::test_both",
    "test_in_words.py",
    "test_neighbours.py",
    "test_eased.py",
)
_SLOW = (
    "test_many_rules_break_the_same_facts_in_a_crowded_world",
    "test_every_fact_is_broken_by_the_same_journeys_in_both_readings",
    "test_documents_for_the_onward_place",
    "test_statements_and_checks_agree",
    "test_an_offered_paper_is_used_once",
    "test_whatever_can_be_changed_has_an_easing",  # every shipped scenario
    "test_what_has_an_easing_can_be_changed",
    "test_amounts_grow_and_old_values",
    "test_compiles_where_nothing_can_be_written",  # nothing is compiled here
    "test_the_plan_is_the_same_whatever_is_pruned",
    "test_correspondence.py",  # every example of every kind
)
_OF_HELPERS = ("test_in_words", "test_masks", "test_shows", "test_grounds", "test_easings", "test_wishes_in_words")
_SWEEPS = ("batches", "bounding", "compiled", "engine", "fares", "kernel", "loops", "order", "states", "sweep")
_OF_SWEEPS = ("bounding", "compiled", "engines", "fares", "sweep")
_WITH_WISHES = ("stop", "event", "tour", "touch", "avoid", "dates", "budget", "connections")
_WITH_EASINGS = (*_WITH_WISHES, "acquirable", "blank_pages", "passport_book", "passport_validity", "permission")
_WITH_GROUNDS = ("acquirable", "admission", "permission", "rolling_window", "transit_without_visa")
_PAPERS = ("conditional_waiver", "exit_permit", "quarantine", "required_paper", "test_before_departure", "vaccination")
# What kinds have in common is tried with the golden texts of all kinds, and with all tests of those that show it best.
_SHARED_BY = {
    "acquirable_facts": ("acquirable",),
    "charges": ("event", "exit_fee"),
    "concerns": ("conditional_waiver", "minor", "past_presence"),
    "copies": ("joint_visa", "permission", "total_stay"),
    "day_caps": ("rolling_window", "yearly_days"),
    "denial": ("admission", "default_deny", "return_entry"),
    "leads": ("acquirable",),
    "masks": ("continuing_stay", "own_passport", "passport_validity", "test_before_departure"),
    "needs": ("acquirable", "event", "tour"),
    "obtainable": ("acquirable", "event"),
    "obtained": ("acquirable", "event", "passport_ban", "tour"),
    "papers": ("acquirable", "airside_visa", "exit_permit", "passport_ban", "permission"),
    "refusals": (*_PAPERS, "minor", "past_presence"),
    "showing": _PAPERS,
    "stay_limits": ("admission", "continuing_stay", "permission", "return_entry", "total_stay"),
    "tables": ("no_airside", "permission"),
}
_RUNGS = ("test_eased",)
_MORE_OF_HELPERS = {
    "aside": _RUNGS,
    "base": ("../core/test_outside",),
    "charges": ("../model/test_correspondence",),
    "concerns": ("test_refusals",),
    "eased": _RUNGS,
    "easing": _RUNGS,
    "offered": _RUNGS,
    "outlook": ("../bounds/test_relax", "../bounds/test_relax_entries"),
    "readiness": _RUNGS,
}


@frozen
class Tests:
    """Files of tests, and which of their tests."""

    files: tuple[str, ...]
    kinds: tuple[str, ...] = ()  # of those that stand for a kind, only theirs
    leave_out: tuple[str, ...] = ()
    all_golden: bool = False  # golden texts of every kind nevertheless

    def includes(self, test: str) -> bool:
        """Whether a test, by its id, is run."""
        if any(part in test for part in self.leave_out):
            return False
        if self.all_golden and "test_in_words.py" in test:
            return True
        if self.kinds and any(part in test for part in _BY_KIND):
            name = test.partition("[")[2]
            return name.startswith(tuple(f"{kind}{end}" for kind in self.kinds for end in ":]"))
        return True


def tests_of(file: str, *, thorough: bool) -> Tests:
    """The tests for a file of the planner: the quick ones that concern it, or all that may."""
    path = Path(file)
    if path.parent.name == "kinds":
        return _of_kind(path.stem, thorough)
    package = path.parts[1]
    if package == "rules" and not thorough:
        return _of_helper(path)
    files: tuple[str, ...] = (f"tests/{package}",)
    if package == "bounds":
        files = tuple(str(test.relative_to(ROOT)) for test in _of_bounds(path))
    return Tests(files, leave_out=() if thorough else _SLOW)


def _of_helper(path: Path) -> Tests:
    kinds = _SHARED_BY.get(path.stem, ())
    names = [*_OF_HELPERS, *_MORE_OF_HELPERS.get(path.stem, _RUNGS if path.parent.name == "eases" else ())]
    names += [str((path.parent / f"test_{path.stem}").relative_to("planner/rules"))]
    names += ["test_two_readings", "test_neighbours", *(f"test_{kind}" for kind in kinds)] if kinds else []
    return Tests(_there(names), tuple(kind.replace("_", "-") for kind in kinds), _SLOW, all_golden=True)


def _there(names: Iterable[str]) -> tuple[str, ...]:
    """Those of some files of tests/rules that are there."""
    files = [(ROOT / "tests/rules" / f"{name}.py").resolve() for name in dict.fromkeys(names)]
    return tuple(str(file.relative_to(ROOT)) for file in files if file.exists())


def _of_bounds(path: Path) -> list[Path]:
    """The tests of ng-routes, of sweeps, which solve no scenarios, or of all but ng-routes."""
    routes = [*(ROOT / "tests/bounds/ng").glob("test_*.py"), ROOT / "tests/bounds/test_ng.py"]
    if path.parent.name == "ng":
        return sorted(routes)
    if path.stem in _SWEEPS:
        return [ROOT / f"tests/bounds/test_{name}.py" for name in _OF_SWEEPS]
    return sorted(set((ROOT / "tests/bounds").glob("test_*.py")) - set(routes))


def _of_kind(module: str, thorough: bool) -> Tests:
    kind = module.replace("_", "-")
    names = ["test_in_words", "test_two_readings", "test_neighbours", "test_examples", f"test_{module}"]
    names += ["test_eased"] if thorough else []
    names += ["test_wishes", "test_wishes_in_words"] if module in _WITH_WISHES else []
    names += ["test_easings"] if module in _WITH_EASINGS else []
    names += ["test_stop_visits", "test_stops_apart"] if module == "stop" else []
    names += ["test_entry_kinds"] if module in _WITH_GROUNDS else []
    return Tests(_there(names), (kind,), () if thorough else _SLOW)
