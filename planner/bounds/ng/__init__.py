"""Bounds for more unordered wishes than sets can be kept of: prizes, partial memory, and a network that gets smaller."""

from planner.bounds.ng.bounds import NO_WAY, NgBounds, heuristic, ng_bounds

__all__ = ["NO_WAY", "NgBounds", "heuristic", "ng_bounds"]
