"""Write the golden texts anew: of the impossible scenarios, and of the kinds of rules."""

from __future__ import annotations

from planner.api import load, plan
from planner.report.text import text
from planner.rules.base import kinds
from tests.rules import in_words
from tests.test_golden import FOLDER, IMPOSSIBLE, SCENARIOS

for name in IMPOSSIBLE:
    path = SCENARIOS / f"{name}.toml"
    (FOLDER / f"{name}.txt").write_text(text(plan(load(path.relative_to(SCENARIOS.parent)))), encoding="utf-8")
for name, cls in kinds().items():
    (in_words.FOLDER / f"{name}.txt").write_text("".join(in_words.in_words(cls)), encoding="utf-8")
