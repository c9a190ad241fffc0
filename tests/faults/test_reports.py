"""The report of an internal error: where it goes, what is in it, and what if it cannot be written."""

from __future__ import annotations

import os
from typing import Any

import pytest

from planner.solving.messages import Reply
from tests.faults.faulty import POSSIBLE, Here, bend, command, written

PRIVATE = (
    POSSIBLE.replace('title = "Alpha to Beta and back"', 'title = "Honeymoon of Zdenka"')
    .replace('name = "Ana"', 'name = "Zdenka Quirós"\nborn = 1987-06-05')
    .replace('id = "a"\nstate = "AA"', 'id = "a"\nstate = "AA"\nnumber = "X99Y88Z77"')
)


def contradicted(monkeypatch: pytest.MonkeyPatch) -> None:
    """The solver says that the trip costs less than it does, and the checker does not confirm it."""

    def lie(query: Any, honest: Any) -> Reply:
        from attrs import evolve

        reply = honest(query)
        return reply if reply.objective is None else evolve(reply, objective=reply.objective - 1)

    bend(monkeypatch, lie)


def test_nothing_private_is_in_it(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    contradicted(monkeypatch)
    told = here.plan(PRIVATE)
    assert here.is_internal_error(told, "the checker does not confirm the plan")
    (report,) = here.reports()
    text = report.read_text(encoding="utf-8")
    for word in ("Zdenka", "Quirós", "X99Y88Z77", "1987", "Honeymoon", "trip.toml", str(here.folder), os.sep):
        assert word not in text
    assert told.noise.splitlines() == [
        "Internal error: the planner contradicts itself or broke down. This is not an answer to your question.",
        f"Report: {report}",
        "Please send it with what --dump-model writes; neither has personal data.",
    ]


def test_each_has_a_file_of_its_own(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    contradicted(monkeypatch)
    for _ in range(3):
        assert here.plan(POSSIBLE).code == 70
    assert len({report.read_text(encoding="utf-8") for report in here.reports()}) == 1, "the same, every time"
    assert len(here.reports()) == 3


BROKEN = "from planner import api\ndef broken(*_, **__): raise ValueError('Ana')\napi.plan = broken\n"


@pytest.mark.parametrize(
    "unwritable",
    [
        "import os, pathlib\nos.mkdir('gone')\nos.chdir('gone')\nos.rmdir('../gone')",
        "import pathlib\ndef none(*_): raise PermissionError(13, 'Permission denied')\npathlib.Path.replace = none",
    ],
    ids=["the folder is gone", "nothing may be written"],
)
def test_where_it_cannot_be_written_it_is_printed(here: Here, unwritable: str) -> None:
    done = command(written(here.folder, POSSIBLE), before=BROKEN + unwritable, cwd=here.folder)
    assert (done.returncode, done.stdout, here.reports()) == (70, "", [])
    assert "The report could not be written to a file, so here it is" in done.stderr
    assert "builtins.ValueError\n" in done.stderr
    assert "Traceback" not in done.stderr
    assert "Ana" not in done.stderr
    assert sorted(path.name for path in here.folder.iterdir()) == ["trip.toml"]


def test_even_what_breaks_before_anything_is_read_has_its_exit_code() -> None:
    broken = "import planner.cli.interrupts as interrupts\ndef none(): raise {0}\ninterrupts.install = none"
    for error, code in (("ValueError", 70), ("MemoryError", 71), ("OSError(12, '')", 71)):
        done = command("--version", before=broken.format(error))
        assert (done.returncode, done.stdout, "Traceback" in done.stderr) == (code, "", False)
