"""The checker and the oracle are second opinions: they share no code with the model beyond the scenario classes."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOLVING = {"planner.model", "planner.network", "planner.bounds", "planner.solving", "planner.explaining"}
SOLVING |= {"planner.choosing", "planner.answering", "planner.instead", "planner.api"}
# What a finished trip is judged with. Of `rules`, what they say is asked; how they say it is looked at below.
OPINIONS = ["planner/verify", "planner/itinerary", "planner/testing/oracle"]
FILES = [path for folder in OPINIONS for path in sorted((ROOT / folder).glob("*.py"))]
OF_RULES = {"planner.rules.base", "planner.rules.facts", "planner.rules.aside", "planner.rules.obtained"}
OF_RULES |= {"planner.rules.kinds.minor", "planner.rules.kinds.exit_fee"}  # the oracle's own reading of what they cost

Function = tuple[str, str]  # a module of rules, and the name of a function or method in it
SIDES = {
    "solving": {"restrict", "bound", "charges"},
    "checking": {"check", "costs", "reminders", "shows", "last_lawful"},
}
# What says something about a journey, or about options: never of use to both sides.
OPTIONS = {"View", "Outlook", "Stays", "Runs", "Presences", "Applications", "Bookings", "Mask", "Column", "Ids"}
JOURNEYS = {"Journey", "Stay", "Crossing", "CheckIn", "Application", "Booking", "Itinerary", "Run", "Visit"}


def imports(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Module and name of everything imported; the name is "" for a module as a whole."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.module, alias.name) for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_second_opinions_import_nothing_for_solving(path: Path) -> None:
    modules = {module for module, _ in imports(ast.parse(path.read_text(encoding="utf-8")))}
    assert {m for m in modules if any(m == other or m.startswith(f"{other}.") for other in SOLVING)} == set()
    assert {m for m in modules if m.startswith("planner.rules")} <= OF_RULES
    assert not modules & {"numpy", "ortools", "pysat", "numba"}


@pytest.mark.parametrize("package", ["model", "network", "bounds"])
def test_the_model_imports_no_second_opinion(package: str) -> None:
    for path in sorted((ROOT / "planner" / package).rglob("*.py")):
        for module, name in imports(ast.parse(path.read_text(encoding="utf-8"))):
            assert not module.startswith(("planner.verify", "planner.testing")), path
            if module.startswith("planner.itinerary"):  # the bare decisions are what it answers with
                assert (package, module) == ("model", "planner.itinerary.choices"), (path, name)


# ---- the two readings inside the rules


@cache
def modules_of_rules() -> dict[str, ast.Module]:
    files = sorted((ROOT / "planner" / "rules").rglob("*.py"))
    named = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in files}
    return {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in named.items()}


@cache
def classes() -> dict[Function, ast.ClassDef]:
    """Every class of the rules."""
    return {
        (module, node.name): node
        for module, tree in modules_of_rules().items()
        for node in tree.body
        if isinstance(node, ast.ClassDef)
    }


@cache
def functions() -> dict[Function, ast.FunctionDef]:
    """Every function of the rules, and every method, named «Class.method»."""
    alone = {
        (module, node.name): node
        for module, tree in modules_of_rules().items()
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
    }
    return alone | {
        (module, f"{name}.{node.name}"): node
        for (module, name), cls in classes().items()
        for node in cls.body
        if isinstance(node, ast.FunctionDef)
    }


@cache
def home(module: str, name: str) -> Function:
    """Where a name used in a module is defined."""
    return {imported: source for source, imported in imports(modules_of_rules()[module])}.get(name, module), name


def method(module: str, cls: str, name: str) -> Function | None:
    """The method that a class has by that name, of its own or inherited."""
    if (module, f"{cls}.{name}") in functions():
        return module, f"{cls}.{name}"
    bases = classes()[module, cls].bases if (module, cls) in classes() else []
    found = (method(*home(module, base.id), name) for base in bases if isinstance(base, ast.Name))
    return next(filter(None, found), None)


def used_by(function: Function) -> Iterator[Function]:
    """What a function calls: functions of its module or imported from rules, methods of its own class."""
    module, name = function
    node = functions()[function]
    own = {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store)}
    for inner in ast.walk(ast.Module(node.body, [])):
        if isinstance(inner, ast.Name) and inner.id not in own:
            yield home(module, inner.id)
        elif isinstance(inner, ast.Attribute) and isinstance(inner.value, ast.Name) and inner.value.id == "self":
            yield from filter(None, [method(module, name.split(".")[0], inner.attr)])


def reached(roots: Iterable[Function]) -> set[Function]:
    found: set[Function] = set()
    left = list(roots)
    while left:
        function = left.pop()
        if function not in found and function in functions():
            found.add(function)
            left += used_by(function)
    return found


def side(name: str) -> set[Function]:
    return reached(function for function in functions() if function[1].split(".")[-1] in SIDES[name])


def annotations(function: ast.FunctionDef) -> set[str]:
    arguments = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    return {
        node.id
        for arg in arguments
        if arg.annotation
        for node in ast.walk(arg.annotation)
        if isinstance(node, ast.Name)
    }


def names(function: ast.FunctionDef) -> set[str]:
    return {node.id for node in ast.walk(function) if isinstance(node, ast.Name)}


def test_what_both_readings_use_speaks_of_the_scenario_alone() -> None:
    both = side("solving") & side("checking")
    assert len(both) > 50  # the facts, at least
    for function in sorted(both):
        assert not annotations(functions()[function]) & (OPTIONS | JOURNEYS), function


def test_each_reading_keeps_to_its_own_words() -> None:
    for function in sorted(side("checking")):
        assert not names(functions()[function]) & (OPTIONS | {"np"}), function
    for function in sorted(side("solving")):
        assert not names(functions()[function]) & JOURNEYS, function
