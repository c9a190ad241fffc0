"""Hypothesis profiles (docs/testing.md)."""

from __future__ import annotations

import os
from typing import Any

from hypothesis import HealthCheck, settings

pytest_plugins = ["pytester"]
_COMMON: dict[str, Any] = {"deadline": None, "suppress_health_check": list(HealthCheck), "print_blob": True}
settings.register_profile("quick", max_examples=30, derandomize=True, **_COMMON)  # the same for everyone
settings.register_profile("long", max_examples=2500, **_COMMON)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))
