"""The pytest plugin: scenario files as tests, each held against its `[expect]` table.

It is there wherever the planner is installed, and does nothing until the setting `plan_scenarios` names files.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the setting."""
    parser.addini("plan_scenarios", "scenario files that are tests, such as scenarios/*.toml", type="args", default=[])


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect a file that the setting names, as paths below the folder of pytest's own settings."""
    if file_path.suffix != ".toml" or not file_path.is_relative_to(parent.config.rootpath):
        return None
    within = file_path.relative_to(parent.config.rootpath)
    if any(within.match(pattern) for pattern in parent.config.getini("plan_scenarios")):
        return ScenarioFile.from_parent(parent, path=file_path)
    return None


class ScenarioFile(pytest.File):
    """A scenario file; it has one test."""

    def collect(self) -> Iterator[pytest.Item]:
        """That test."""
        yield ScenarioItem.from_parent(self, name="expect")


class Unexpected(Exception):
    """An answer is not as expected, or a file cannot be read: the message has a line for each thing."""


class ScenarioItem(pytest.Item):
    """Reads the file, plans it, and compares."""

    def runtest(self) -> None:
        """Raise Unexpected for all that differs. A file without `[expect]` need only be readable."""
        from planner.core.errors import ScenarioError
        from planner.testing.expected import differences

        try:
            found = differences(self.path)
        except ScenarioError as error:
            raise Unexpected(str(error)) from None
        if found:
            raise Unexpected("\n".join(map(str, found)))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Only what differs; of an error of the planner's own, where it arose."""
        if isinstance(excinfo.value, Unexpected):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """What pytest calls the test."""
        return self.path, None, f"{self.path.name}: as expected"
