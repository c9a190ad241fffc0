"""Imports point only downward, and only the solver package touches the solver."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "planner"
# From the top: each may import itself and what comes after it.
ORDER = [
    "__main__",
    "testing",
    "cli",
    "batching",
    "report",
    "api",
    "instead",
    "answering",
    "choosing",
    "explaining",
    "solving",
    "model",
    "bounds",
    "checking",
    "verify",
    "network",
    "law",
    "answer",
    "rules",
    "itinerary",
    "scenario",
    "core",
    "version",
]
INDEPENDENT = {
    "verify": {"model", "network", "solving", "explaining"},
    "report": {"api", "instead", "answering", "choosing", "solving", "model", "explaining"},
}
FILES = sorted(ROOT.rglob("*.py"))


def imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text())
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
        elif isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
    return found


def layer(path: Path) -> str:
    part = path.relative_to(ROOT).parts[0]
    return part.removesuffix(".py")


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_downward(path: Path) -> None:
    mine = layer(path)
    if mine == "__init__":
        return
    for module in imported(path):
        parts = module.split(".")
        if parts[0] == "planner" and len(parts) > 1:
            assert parts[1] == mine or ORDER.index(parts[1]) > ORDER.index(mine), f"{path} imports {module}"
            assert parts[1] not in INDEPENDENT.get(mine, set()), f"{path} imports {module}"
        if parts[0] in ("ortools", "pysat"):
            assert mine == "solving", f"{path} imports {module}"


def test_a_kind_s_checking_side_uses_no_solving_helper() -> None:
    """`check` methods and what they call in the file never name the option tables or the mask helpers."""
    for path in sorted((ROOT / "rules" / "kinds").glob("*.py")):
        for cls in (node for node in ast.parse(path.read_text()).body if isinstance(node, ast.ClassDef)):
            for method in cls.body:
                if isinstance(method, ast.FunctionDef) and method.name == "check":
                    names = {node.id for node in ast.walk(method) if isinstance(node, ast.Name)}
                    assert not names & {"np", "effective", "inside", "rely", "by_value", "view"}, path
