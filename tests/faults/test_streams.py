"""Standard streams that are closed, full or narrow, and surroundings that lack something: the same answer, or a clear
word, and never Python's own exit code 1, which would mean «impossible».
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

import pytest

from tests.faults.faulty import PATIENCE, POSSIBLE, ROOT, Here, command, written

FULL = Path("/dev/full")
full = pytest.mark.skipif(not FULL.exists(), reason="needs a device that is always full")


@pytest.fixture(scope="module")
def trip(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A scenario with letters beyond ASCII."""
    return written(tmp_path_factory.mktemp("trip"), POSSIBLE.replace("Alpha to Beta", "Von Älpha nach 平"))


@pytest.fixture(scope="module")
def answer(trip: str) -> str:
    """What is printed without a fault."""
    done = command(trip)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def closing(*numbers: int) -> Callable[[], None]:
    def close() -> None:
        for number in numbers:
            os.close(number)

    return close


# ---- closed by the caller


@pytest.mark.parametrize("numbers", [(0,), (1,), (2,), (0, 1, 2)], ids=str)
def test_closed_streams(trip: str, numbers: tuple[int, ...]) -> None:
    done = command("check", trip, preexec_fn=closing(*numbers))
    assert (done.returncode, done.stderr) == (0, "")
    assert ("no problems found" in done.stdout) == (1 not in numbers)


def test_all_streams_closed_at_once(trip: str, answer: str, tmp_path: Path) -> None:
    done = command(trip, "-o", "answer.txt", cwd=tmp_path, preexec_fn=closing(0, 1, 2))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (tmp_path / "answer.txt").read_text(encoding="utf-8") == answer


def test_nothing_takes_the_place_of_a_closed_stream(tmp_path: Path) -> None:
    """What a library prints there must not get into a file."""
    before = (
        "import os\nfrom pathlib import Path\nopened = Path.open\ndef noisy(path, *args, **more):\n"
        "    file = opened(path, *args, **more)\n    os.write(1, b'noise')\n"
        "    os.write(2, b'noise')\n    return file\n"
        "Path.open = noisy"
    )
    done = command("schema", "-o", "schema.json", before=before, cwd=tmp_path, preexec_fn=closing(0, 1, 2))
    assert done.returncode == 0
    assert (tmp_path / "schema.json").read_text(encoding="utf-8").startswith("{")


@pytest.mark.parametrize("numbers", [(2,), (0, 1, 2)], ids=str)
@pytest.mark.parametrize("args", [["check", "nowhere.toml"], ["nonsense"]], ids=str)
def test_bad_input_stays_bad_input_when_nobody_hears_of_it(args: list[str], numbers: tuple[int, ...]) -> None:
    done = command(*args, preexec_fn=closing(*numbers))
    assert (done.returncode, done.stdout, done.stderr) == (2, "", "")


def test_an_empty_standard_input_is_bad_input() -> None:
    for more in ({}, {"preexec_fn": closing(0)}):
        done = command("-", **more)
        assert (done.returncode, done.stdout) == (2, "")
        assert "<stdin>:1:1: the file needs the key 'currency'" in done.stderr


# ---- nobody reads any more


def gone(*args: str, stream: str) -> tuple[int, bytes]:
    """Exit code, and what came on the other stream, of a command whose reader of one stream has gone."""
    code = "import sys\nfrom planner.cli.entry import entry_point\nsys.exit(entry_point())"
    process: Any = subprocess.Popen(
        [sys.executable, "-c", code, *args], env={**os.environ, "PYTHONPATH": str(ROOT)}, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    getattr(process, stream).close()
    other: IO[bytes] = process.stderr if stream == "stdout" else process.stdout
    told = other.read()
    return process.wait(PATIENCE), told


def test_a_reader_that_has_gone_away(trip: str, answer: str) -> None:
    assert gone("schema", stream="stdout") == (0, b"")  # more than a pipe holds
    assert gone("--help", stream="stdout") == (141, b"")  # as a shell says of other programs
    assert gone(trip, "--stats", stream="stderr") == (0, answer.encode())
    assert gone("check", "nowhere.toml", stream="stderr") == (2, b"")


# ---- no room


@full
@pytest.mark.parametrize("args", [["--help"], ["--version"], ["schema"]], ids=" ".join)
def test_a_full_standard_output(args: list[str]) -> None:
    with FULL.open("w") as out:
        done = command(*args, stdout=out)
    assert done.returncode == 2
    assert done.stderr == "Error: standard output: cannot be written: No space left on device\n"


@full
def test_a_full_standard_error_changes_no_exit_code(trip: str, answer: str) -> None:
    with FULL.open("w") as noise:
        assert command("check", "nowhere.toml", stderr=noise).returncode == 2
        done = command(trip, "--stats", stderr=noise)
    assert (done.returncode, done.stdout) == (0, answer)


# ---- surroundings

LACKING = """
import itertools, os, time
import _multiprocessing, multiprocessing
def none(*_, **__): raise OSError(38, "Function not implemented")
_multiprocessing.SemLock = none  # no shared memory
ticks = itertools.count(2_000_000_000, -60)
time.time = lambda: next(ticks)  # a clock that goes backwards
os.environ.clear()
"""


def test_surroundings_that_lack_everything(trip: str, answer: str) -> None:
    nowhere = "TMPDIR", "HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "NUMBA_CACHE_DIR"
    for before in (LACKING, f"{LACKING}\nos.environ.update(dict.fromkeys({nowhere}, '/nowhere'))"):
        done = command(trip, before=before)
        assert (done.returncode, done.stdout, done.stderr) == (0, answer, "")


NARROW = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"}


def test_a_terminal_that_knows_ascii_only(trip: str, answer: str, tmp_path: Path) -> None:
    done = command("check", trip, env=NARROW, encoding="utf-8")
    assert (done.returncode, done.stdout.splitlines()[1]) == (0, "Von Älpha nach 平 and back")
    done = command(trip, "-o", "answer.txt", env=NARROW, cwd=tmp_path)
    assert (tmp_path / "answer.txt").read_text(encoding="utf-8") == answer, "files are UTF-8 whatever the terminal is"
    done = command("check", "平.toml", env=NARROW)
    assert done.returncode == 2
    assert "there is no such file" in done.stderr


@pytest.mark.parametrize("limit", ["0", "-1", "nan", "soon"])
def test_a_time_limit_that_is_none(here: Here, limit: str) -> None:
    told = here.plan(POSSIBLE, "--time-limit", limit)
    assert (told.code, told.answer) == (2, None)


@pytest.mark.parametrize(("limit", "code"), [("1e-9", 3), ("1e300", 0)])
def test_time_limits_without_measure(here: Here, limit: str, code: int) -> None:
    told = here.plan(POSSIBLE, "--time-limit", limit)
    assert (told.code, told.status) == (code, "undecided" if code else "optimal")
