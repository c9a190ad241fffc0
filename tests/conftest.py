"""Hypothesis profiles, and the rates of the random scenarios at the end of a run (docs/testing.md)."""

from __future__ import annotations

import os
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from planner.testing import rates

_COMMON: dict[str, Any] = {"deadline": None, "suppress_health_check": list(HealthCheck), "print_blob": True}
settings.register_profile("quick", max_examples=60, derandomize=True, **_COMMON)  # the same for everyone
settings.register_profile("long", max_examples=2500, **_COMMON)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker hands what it counted to the process that prints."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["rates"] = dict(rates.counts)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Add up what the workers counted."""
    rates.counts.update(getattr(node, "workeroutput", {}).get("rates", {}))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the rates."""
    from planner.rules.base import kinds

    found = rates.lines(rates.counts, kinds())
    if found:
        terminalreporter.section("random scenarios")
        for line in found:
            terminalreporter.write_line(line)
