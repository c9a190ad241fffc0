"""What the README shows is what the program prints."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_the_output_shown_is_real() -> None:
    block = re.search(r"```console\n(\$ plan .*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    assert block is not None
    calls = re.split(r"^\$ plan (\S+)\n", block[1], flags=re.MULTILINE)[1:]
    assert len(calls) == 4
    for path, shown in zip(calls[::2], calls[1::2], strict=True):
        printed = subprocess.run(
            [sys.executable, "-m", "planner", path], capture_output=True, text=True, cwd=ROOT, check=False
        ).stdout
        position = 0
        for text in filter(None, (part.strip("\n") for part in shown.split("[…]\n"))):
            position = printed.find(text, position)
            assert position >= 0, f"{path} does not print, in this order:\n{text}"
