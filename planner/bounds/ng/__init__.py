"""Bounds for more unordered wishes than sets can be kept of: prizes, partial memory, a shrinking network."""

from planner.bounds.engine import NO_WAY
from planner.bounds.ng.bounds import NgBounds, heuristic, ng_bounds

__all__ = ["NO_WAY", "NgBounds", "heuristic", "ng_bounds"]
