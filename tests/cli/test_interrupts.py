"""Ctrl-C at any moment: a whole answer or none, an exit code that is documented, nothing left behind."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest

from tests.cli.started import PATIENCE, ROOT, children, runs, started, terminal, wait_until
from tests.juggling import juggling

pytestmark = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks at processes in /proc")
SCENARIOS = ROOT / "scenarios"
CODES = {0: ("optimal", "feasible"), 1: ("infeasible",), 3: ("undecided",)}


@pytest.fixture(scope="module")
def hard(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A scenario with plans that are soon found and a proof that takes minutes."""
    path = tmp_path_factory.mktemp("hard") / "juggling.toml"
    path.write_text(juggling(9), encoding="utf-8")
    return str(path)


def drawn(upto: float, count: int) -> list[float]:
    random = Random(str(upto))
    return [random.uniform(0, upto) for _ in range(count)]


def whole(code: int, text: str) -> bool:
    """Whether what was written is the answer that the exit code stands for; of 130, nothing."""
    return text == "" if code == 130 else json.loads(text)["status"] in CODES[code]


@pytest.mark.parametrize("after", drawn(1.5, 4))
def test_at_any_moment_of_a_short_search(after: float, tmp_path: Path) -> None:
    at_any_moment(after, str(SCENARIOS / "marathon-single-entry.toml"), tmp_path, signal.SIGINT)


@pytest.mark.parametrize("after", drawn(6.0, 3))
def test_at_any_moment_of_a_long_search(after: float, hard: str, tmp_path: Path) -> None:
    at_any_moment(after, hard, tmp_path, signal.SIGTERM)


def at_any_moment(after: float, scenario: str, folder: Path, number: signal.Signals) -> None:
    target = folder / "answer.json"
    process = started(scenario, "--format", "json", "-o", str(target), cwd=folder)
    time.sleep(after)
    solvers = children(process.pid)
    process.send_signal(number)
    out, noise = process.communicate(timeout=PATIENCE)
    assert (out, b"Traceback" in noise) == (b"", False)
    assert process.returncode in (*CODES, 128 + number)
    if process.returncode in CODES:
        assert whole(process.returncode, target.read_text(encoding="utf-8"))
    assert [path.name for path in folder.iterdir()] in ([], ["answer.json"])
    wait_until(lambda: not any(map(runs, solvers)))


def test_a_search_that_has_found_a_plan_tells_it_with_its_gap(hard: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    with terminal(80) as (screen, shown):
        process = started(hard, stderr=screen)
        wait_until(lambda: b"found USD" in b"".join(shown))
        solvers = children(process.pid)
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=PATIENCE)
    text = " ".join(out.decode().split())
    assert process.returncode == 0
    assert "Interrupted: no valid trip costs less than USD" in text
    assert "could still be saved" in text
    wait_until(lambda: not any(map(runs, solvers)))


def test_the_second_ends_at_once(hard: str, tmp_path: Path) -> None:
    target = tmp_path / "answer.txt"
    process = started(hard, "-o", str(target))
    wait_until(lambda: children(process.pid))
    solvers = children(process.pid)
    while process.poll() is None:  # two that come too close together may count as one
        process.send_signal(signal.SIGINT)
        time.sleep(0.02)
    out, noise = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out, noise) == (130, b"", b"Interrupted.\n")
    assert not target.exists()
    wait_until(lambda: not any(map(runs, solvers)))


def test_a_command_that_has_nothing_to_tell_ends_at_once() -> None:
    process = started("check", "-", stdin=subprocess.PIPE)  # waits for what is never written
    process.send_signal(signal.SIGINT)
    out, noise = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out, noise) == (130, b"", b"Interrupted.\n")


def test_signals_that_the_caller_ignores_stay_ignored() -> None:
    code = (
        "import os, signal, sys\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nsys.argv[1:] = ['rules', 'stop']\n"
        "from planner.cli import interrupts\ninstall = interrupts.install\n"
        "interrupts.install = lambda: (install(), os.kill(os.getpid(), signal.SIGINT))\n"
        "from planner.cli.entry import entry_point\nsys.exit(entry_point())"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False, timeout=PATIENCE)
    assert (done.returncode, done.stderr) == (0, b"")


def test_ctrl_c_in_a_program_that_uses_the_library_is_an_exception_like_anywhere() -> None:
    code = (
        "import os, signal\nfrom threading import Timer\nfrom planner import load, loads, plan\n"
        "from tests.juggling import juggling\n"
        "def observe(now):\n"
        "    if now.incumbent is not None:\n"
        "        Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()\n"
        "try:\n"
        "    plan(loads(juggling(7)), progress=observe)\n"
        "except KeyboardInterrupt:\n"
        "    signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
        "    print(plan(load('scenarios/schengen-hop.toml')).status)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False, timeout=PATIENCE)
    assert (done.returncode, done.stdout) == (0, b"optimal\n"), done.stderr
