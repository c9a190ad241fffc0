"""Trying mutants: a pytest plugin that runs the tests once, then forks for each mutant and runs those that reach it."""

from __future__ import annotations

import gc
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from types import CodeType, FunctionType
from typing import TypeAlias

import pytest
from attrs import define, field
from coverage import Coverage

from benchmarks.mutants.changes import Mutant

Line: TypeAlias = tuple[str, int]
Functions: TypeAlias = dict[tuple[str, str], list[FunctionType]]
PATIENCE = 10.0  # a test may take so many times as much of the processor's time as without a mutant,
LEAST = 2.0  # and so many seconds at least; so many times that of the clock's, for the machine has other things to do


@define
class Trial:
    """Mutants to be tried, all with the same tests; afterwards, what became of them."""

    mutants: list[Mutant]
    wanted: Callable[[str], bool]  # whether a test, by its id, is to be run
    told: Callable[[Path, list[tuple[Mutant, str]]], None]  # given a file's mutants and their fates when all are tried
    fates: list[str] = field(factory=list)  # aligned with the mutants: killed, timeout, survived, unreached
    seconds: float = 0.0
    _reached: dict[str, set[Line]] = field(factory=dict, init=False)  # by test: the lines that it runs
    _took: dict[str, float] = field(factory=dict, init=False)
    _kills: dict[str, int] = field(factory=dict, init=False)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave out the tests that are not wanted."""
        items[:] = [item for item in items if self.wanted(item.nodeid)]

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run the tests as they are, then against each mutant."""
        if session.testsfailed:  # not collected
            return True
        files = {str(mutant.file) for mutant in self.mutants}
        for item in session.items:
            with _recorded(files) as lines:
                began = time.process_time()
                _run(item)
            self._took[item.nodeid], self._reached[item.nodeid] = time.process_time() - began, lines
        if session.testsfailed:
            raise pytest.UsageError("the tests fail without any mutant")
        functions = _functions(files)
        _settle()
        began = time.monotonic()
        for file, mutants in groupby(self.mutants, key=lambda mutant: mutant.file):
            found = [(mutant, self._fate(mutant, session.items, functions)) for mutant in mutants]
            self.fates += [fate for _, fate in found]
            self.told(file, found)
        self.seconds = time.monotonic() - began
        return True

    def _fate(self, mutant: Mutant, items: list[pytest.Item], functions: Functions) -> str:
        file = str(mutant.file)
        code, live = _code(compile(mutant.source, file, "exec"), mutant.where), functions.get((file, mutant.where))
        if code is None or not live:
            return "unreached"
        body = {(file, line) for part in _within(live[0].__code__) for _, _, line in part.co_lines() if line}
        body.discard((file, live[0].__code__.co_firstlineno))
        reaching = [item for item in items if (file, mutant.line) in self._reached[item.nodeid]]
        reaching = reaching or [item for item in items if self._reached[item.nodeid] & body]
        reaching.sort(key=lambda item: (-self._kills.get(item.nodeid, 0), self._took[item.nodeid]))
        if not reaching:
            return "unreached"
        reader, writer = os.pipe()
        pid = os.fork()
        if not pid:
            os.close(reader)
            self._child(code, live, reaching, writer)
        os.close(writer)
        with os.fdopen(reader, "rb") as pipe:
            said = pipe.read().decode()
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        if status == 0:
            return "survived"
        killer = said.split("\n")[-2] if "\n" in said else ""
        self._kills[killer] = self._kills.get(killer, 0) + 1
        return "timeout" if -status in (signal.SIGPROF, signal.SIGALRM) else "killed"

    def _child(self, code: CodeType, live: list[FunctionType], items: list[pytest.Item], writer: int) -> None:
        """Become the mutant; end with 1 at the first test that fails."""
        result = 1
        try:
            silence = os.open(os.devnull, os.O_WRONLY)
            os.dup2(silence, 1)
            os.dup2(silence, 2)
            for function in live:
                function.__code__ = code
            for item in items:
                os.write(writer, f"{item.nodeid}\n".encode())
                most = max(LEAST, PATIENCE * self._took[item.nodeid])
                signal.setitimer(signal.ITIMER_PROF, most)
                signal.setitimer(signal.ITIMER_REAL, PATIENCE * most)
                if not _run(item):
                    return
            result = 0
        finally:
            os._exit(result)


def _run(item: pytest.Item) -> bool:
    """Run one test with all that it needs; whether it passes."""
    failed = item.session.testsfailed
    item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
    return item.session.testsfailed == failed


def _settle() -> None:
    """Forget what a mutant would change, and let go of the solver's process, which children must not share."""
    from planner.solving.client import _process

    _process.stop()
    for found in gc.get_objects():
        clear = getattr(found, "cache_clear", None) if type(found).__name__ == "_lru_cache_wrapper" else None
        if clear is not None and str(getattr(found, "__module__", "")).startswith("planner."):
            clear()
    gc.freeze()  # a child that collects garbage would copy every page


@contextmanager
def _recorded(files: set[str]) -> Iterator[set[Line]]:
    """The lines of some files that are run meanwhile."""
    lines: set[Line] = set()
    recording = Coverage(data_file=None, config_file=False, include=sorted(files))
    recording.start()
    try:
        yield lines
    finally:
        recording.stop()
        data = recording.get_data()
        lines.update((file, line) for file in data.measured_files() for line in data.lines(file) or ())


def _functions(files: set[str]) -> Functions:
    """The loaded functions of some files by file and name."""
    found: Functions = {}
    for function in gc.get_objects():
        if isinstance(function, FunctionType) and function.__code__.co_filename in files:
            found.setdefault((function.__code__.co_filename, function.__code__.co_qualname), []).append(function)
    return found


def _within(code: CodeType) -> Iterator[CodeType]:
    """The code of a function and of those inside it."""
    yield code
    for part in code.co_consts:
        if isinstance(part, CodeType):
            yield from _within(part)


def _code(code: CodeType, name: str) -> CodeType | None:
    """The code of a function in that of its module."""
    return next((part for part in _within(code) if part.co_qualname == name), None)
