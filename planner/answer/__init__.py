"""What the planner answers: a plan, or why there is none and what would have to change."""

from planner.answer.choice import Choice
from planner.answer.conflict import Closed, Conflict, Correction, Witness
from planner.answer.plan import CostLine, Plan, Step
from planner.answer.repair import Repair
from planner.answer.whole import Answer, ReadingUsed, Status
from planner.answer.why_not import WhyNot

__all__ = [
    "Answer",
    "Choice",
    "Closed",
    "Conflict",
    "Correction",
    "CostLine",
    "Plan",
    "ReadingUsed",
    "Repair",
    "Status",
    "Step",
    "WhyNot",
    "Witness",
]
