"""A process with little memory that reads scenarios and says what becomes of each; run as a module."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

MEMORY = 2 * 2**30  # bytes of addresses, libraries and all
PATIENCE = 300  # seconds for all of them; on a busy machine everything takes long


def read_with_little_memory(texts: Mapping[str, str], folder: Path) -> dict[str, str]:
    """What reading each scenario says: the problems, or «read»."""
    run = subprocess.run(
        [sys.executable, "-m", "tests.hostile.reading", str(folder)],
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-2000:]
    said: dict[str, str] = json.loads(run.stdout)
    return said


def main(folder: str) -> None:
    """Read all scenarios of standard input; names of files count from a folder."""
    import resource

    from planner.core.errors import ScenarioError
    from planner.rules.base import table_kinds
    from planner.scenario.reading import read_text

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    said = {}
    for name, text in json.load(sys.stdin).items():
        try:
            read_text(text, table_kinds(), "trip.toml", Path(folder))
            said[name] = "read"
        except ScenarioError as error:
            said[name] = "\n".join(str(problem) for problem in error.problems[:20])
    print(json.dumps(said))


if __name__ == "__main__":
    main(sys.argv[1])
