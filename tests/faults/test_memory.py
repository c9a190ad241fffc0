"""Memory runs out: in the planner, in the solver process, while reading. Never «impossible», never a traceback."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from planner.core.memory import lacks_memory
from planner.scenario import reading
from planner.solving import client
from tests.faults.faulty import IMPOSSIBLE, POSSIBLE, Here, command, instead_of_the_solver, written

linux = pytest.mark.skipif(sys.platform != "linux", reason="limits of memory are as Linux keeps them")
BOTH = pytest.mark.parametrize("text", [POSSIBLE, IMPOSSIBLE], ids=["possible", "impossible"])
LIMITED = "import resource\nresource.setrlimit(resource.RLIMIT_AS, ({0} << 20, {0} << 20))"
ENDED_BY_A_LIBRARY = (-6, -11)  # abort and segmentation fault, in code that does not look whether it got memory


@linux
@pytest.mark.parametrize("megabytes", [24, 100, 172, 190, 210, 225])
def test_the_whole_command_has_little_memory(tmp_path: Path, megabytes: int) -> None:
    done = command(written(tmp_path, IMPOSSIBLE), before=LIMITED.format(megabytes), cwd=tmp_path)
    assert done.returncode in (1, 3, 71, *ENDED_BY_A_LIBRARY)
    assert (done.stdout != "") == (done.returncode in (1, 3)), "an answer, or the code that says that there is none"
    assert ("No valid trip" in done.stdout) == (done.returncode == 1)
    assert "Traceback" not in done.stderr
    if done.returncode == 71:
        assert done.stderr == "Memory ran out. This is not an answer to your question.\n"
    assert [path.name for path in tmp_path.iterdir()] == ["trip.toml"]


@linux
@BOTH
@pytest.mark.parametrize("megabytes", [50, 150, 200])
@pytest.mark.usefixtures("new_solver")
def test_the_solver_process_has_little_memory(
    here: Here, monkeypatch: pytest.MonkeyPatch, megabytes: int, text: str
) -> None:
    code = LIMITED.format(megabytes) + "\nfrom planner.solving.worker import main\nmain()"
    instead_of_the_solver(monkeypatch, code)
    told = here.plan(text)
    lost = "the solver process was lost (it ended" in told.notes or "the solver process was lost (killed" in told.notes
    assert lost or megabytes > 50, "with more it may be enough, or last until the answer is known"
    known = int(text is IMPOSSIBLE)
    assert told.code == known or (lost and told.code == 3)
    assert told.code == 3 or megabytes > 50
    assert here.reports() == []


@BOTH
@pytest.mark.usefixtures("new_solver")
def test_the_solver_process_says_so(here: Here, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    code = (
        "import planner.solving.cpsat as cpsat\n"
        "def ask(*_): raise MemoryError\n"
        "cpsat.Compiled.ask = ask\nfrom planner.solving.worker import main\nmain()"
    )
    instead_of_the_solver(monkeypatch, code)
    told = here.plan(text)
    assert (told.code, told.status) == (3, "undecided")
    assert "its memory ran out" in told.notes
    assert not client._process.runs, "what it kept is given back"


def out_of_memory(*_: Any, **__: Any) -> Any:
    raise MemoryError("Unable to allocate 74.5 GiB for an array")


@BOTH
@pytest.mark.parametrize("where", ["planner.answering.searching", "planner.solving.search.itinerary"])
def test_the_planner_searches(here: Here, monkeypatch: pytest.MonkeyPatch, where: str, text: str) -> None:
    if "itinerary" in where and text is IMPOSSIBLE:
        where = "planner.explaining.conflicts.oracle_of"
    monkeypatch.setattr(where, out_of_memory)
    told = here.plan(text)
    assert (told.code, told.status) == (3, "undecided")
    assert "memory ran out" in told.notes
    assert here.reports() == []


def test_what_was_found_before_is_told(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planner.choosing.alternatives.Alternatives.after", out_of_memory)
    told = here.plan(POSSIBLE, "--alternatives", "2")
    assert (told.code, told.status) == (0, "optimal")
    assert "memory ran out, so the search ended early" in told.notes
    monkeypatch.setattr("planner.explaining.certificate.Certifier.sized", out_of_memory)
    told = here.plan(IMPOSSIBLE)
    assert (told.code, told.status) == (1, "infeasible")
    assert told.answer["conflict"]["at_least"] < told.answer["conflict"]["at_most"], "its size is not proved"


def test_the_text_says_what_to_do(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planner.answering.searching", out_of_memory)
    shown = here.text(POSSIBLE)
    assert "Undecided: memory ran out with neither a valid trip nor a confirmed proof" in shown
    assert "Give it more memory, or ask for less at once." in shown


@pytest.mark.parametrize("where", ["read_file", "report"])
def test_reading_and_writing(here: Here, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    if where == "report":
        monkeypatch.setattr("planner.report.json.json_text", out_of_memory)
    else:
        monkeypatch.setattr(reading, where, out_of_memory)
    told = here.plan(POSSIBLE, "-o", "answer.json")
    assert (told.code, told.answer) == (71, None)
    assert told.noise == "Memory ran out. This is not an answer to your question.\n"
    assert [path.name for path in here.folder.iterdir()] == ["trip.toml"]


def test_memory_lacks_in_many_words() -> None:
    assert lacks_memory(MemoryError())
    assert lacks_memory(OSError(12, "Cannot allocate memory"))
    assert lacks_memory(ImportError("x.so: failed to map segment from shared object"))
    assert lacks_memory(RuntimeError("can't start new thread"))
    nested = ValueError()
    nested.__cause__ = MemoryError()
    assert lacks_memory(nested)
    assert not lacks_memory(ImportError("No module named 'numpy'"))
    assert not lacks_memory(OSError(28, "No space left on device"))
