"""Checks finished plans and conflicts with neither model nor solver, from `docs/semantics.md` alone."""

from planner.verify.checker import Verdict, verify

__all__ = ["Verdict", "verify"]
