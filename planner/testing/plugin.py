"""The pytest plugin: scenario files as tests, and how telling random scenarios were.

It is there wherever the planner is installed. Files are those that the setting `plan_scenarios` names, each held to
its `[expect]` table. Rates are printed where something was counted (`planner.testing.rates`).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from planner.testing import rates


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the setting."""
    parser.addini("plan_scenarios", "scenario files that are tests, such as scenarios/*.toml", type="args", default=[])


def pytest_configure(config: pytest.Config) -> None:
    """Warn of a pattern in the setting that no file matches: a misspelt one would test nothing, unsaid."""
    root, patterns = config.rootpath, config.getini("plan_scenarios")
    files = [path.relative_to(root) for path in root.rglob("*.toml")] if patterns else []
    for pattern in patterns:
        if not any(path.match(pattern) for path in files):
            warning = pytest.PytestConfigWarning(f"plan_scenarios: no file in {root} matches {pattern!r}")
            config.issue_config_time_warning(warning, stacklevel=2)


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
    if not rates.counts:
        return
    from planner.rules.base import kinds

    found = rates.lines(rates.counts, kinds())
    if found:
        terminalreporter.section("random scenarios")
        for line in found:
            terminalreporter.write_line(line)
