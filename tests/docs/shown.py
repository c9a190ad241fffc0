"""Commands that a page shows with what they print: they really print it.

`python -m tests.docs.shown docs/tutorial.md` writes what they print now into a page. Between «[…]», a part is found by
its first and last line; a command with nothing below it gets all it prints.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[2]
OMITTED = "[…]"
STEP = re.compile(r"^```(console|(?:diff|toml|json) \S+)\n((?:.*\n)*?)```$", re.MULTILINE)
COMMAND = re.compile(r"^(\$ .+)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)


def blocks(page: str) -> list[str]:
    """The blocks of a page that show commands."""
    return [body for mark, body in STEP.findall(page) if mark == "console"]


def assert_real(block: str, folder: Path) -> None:
    """Run a block's commands in a folder, with `scenarios/` in it; what is shown is printed, but for «[…]»."""
    assert COMMAND.search(block)
    assert with_output(f"```console\n{block}```\n", folder) == f"```console\n{block}```\n"


def with_output(page: str, folder: Path) -> str:
    """The page with what its commands print, run in order in a folder with `scenarios/` in it.

    Blocks marked «toml FILE» are added at the end of that file, those marked «diff FILE» change it; one marked «json
    FILE» is that file.
    """
    (folder / "scenarios").symlink_to(ROOT / "scenarios")

    def step(found: re.Match[str]) -> str:
        mark, _, file = found[1].partition(" ")
        body = found[2]
        if mark == "console":
            body = COMMAND.sub(lambda call: f"{call[1]}\n{_told(call[2], _printed(call[1][2:], folder))}", body)
        else:
            path = folder / file
            before = "" if mark == "json" else path.read_text(encoding="utf-8")
            after = {"json": lambda: body, "toml": lambda: f"{before}\n{body}", "diff": lambda: _changed(before, body)}
            path.write_text(after[mark](), encoding="utf-8")
        return f"```{found[1]}\n{body}```"

    return STEP.sub(step, page)


def _changed(text: str, diff: str) -> str:
    """A text after a change: its lines begin with «-» (taken out), «+» (put in) or a space (there before and after)."""
    lines = diff.splitlines(keepends=True)
    old, new = ("".join(line[1:] for line in lines if line[0] in signs) for signs in ("- ", "+ "))
    changed, times = re.subn(rf"^{re.escape(old)}", lambda _: new, text, flags=re.MULTILINE)
    assert times == 1, f"not once in the file:\n{old}"
    return changed


def _told(shown: str, printed: str) -> str:
    """What is printed, with the same parts left out as in what is shown; a part that is not printed is marked."""
    if OMITTED not in shown:
        return printed
    lines, told, position = printed.splitlines(), [], 0
    for part in re.split(rf"^({re.escape(OMITTED)}\n)", shown, flags=re.MULTILINE):
        wanted = part.splitlines()
        if not wanted or wanted == [OMITTED]:
            told += wanted
        elif place := _place(wanted, lines, position):
            told += lines[place.start : place.stop]
            position = place.stop
        else:
            told += ["[not printed:]", *wanted]
    return "".join(f"{line}\n" for line in told)


def _place(wanted: Sequence[str], lines: Sequence[str], position: int) -> range | None:
    """Where lines are printed from a position on: as they are, or else from the first of them to the last."""
    starts = [start for start in range(position, len(lines)) if lines[start] == wanted[0]]
    for start in starts:
        if list(lines[start : start + len(wanted)]) == list(wanted):
            return range(start, start + len(wanted))
    ends = [end for end in range(starts[0], len(lines)) if lines[end] == wanted[-1]] if starts else []
    return range(starts[0], ends[0] + 1) if ends else None


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


if __name__ == "__main__":
    for name in sys.argv[1:]:
        with TemporaryDirectory() as place:
            page = Path(name)
            page.write_text(with_output(page.read_text(encoding="utf-8"), Path(place)), encoding="utf-8")
