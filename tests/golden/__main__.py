"""Write the golden texts anew."""

from __future__ import annotations

from planner.api import load, plan
from planner.report.text import text
from tests.test_golden import FOLDER, IMPOSSIBLE, SCENARIOS

for name in IMPOSSIBLE:
    path = SCENARIOS / f"{name}.toml"
    (FOLDER / f"{name}.txt").write_text(text(plan(load(path.relative_to(SCENARIOS.parent)))), encoding="utf-8")
