"""Commands that a page shows with what they print: they really print it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def blocks(page: str) -> list[str]:
    """The blocks of a page that show commands."""
    return re.findall(r"^```console\n((?:.*\n)*?)```$", page, re.MULTILINE)


def assert_real(block: str, folder: Path) -> None:
    """Run a block's commands in a folder, with `scenarios/` in it; what is shown is printed, but for «[…]»."""
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
