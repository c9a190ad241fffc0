"""Console blocks of a page, and what their commands really print."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def blocks(page: str) -> list[str]:
    """The console blocks: commands after «$ », each followed by what it prints, «[…]» for what is left out."""
    return re.findall(r"^```console\n((?:.*\n)*?)```$", page, re.MULTILINE)


def check(block: str, folder: Path) -> None:
    """Run the commands of a block in a folder that has the scenarios, and look for what it shows, in order."""
    (folder / "scenarios").symlink_to(ROOT / "scenarios")
    calls = re.findall(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE)
    assert calls
    for command, shown in calls:
        printed, position = _printed(command, folder), 0
        for part in filter(None, (part.strip("\n") for part in shown.split("[…]\n"))):
            position = printed.find(part, position)
            assert position >= 0, f"{command} does not print, in this order:\n{part}\n\nbut:\n{printed}"


def _printed(command: str, folder: Path) -> str:
    """What a shell command prints, errors and all, in the order in which it is printed."""
    script = f'plan() {{ "{sys.executable}" -m planner "$@"; }}; {command}'
    return subprocess.run(
        ["sh", "-c", script],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=300,
    ).stdout
