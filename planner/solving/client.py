"""Asking the solver process. It can be killed when it overruns its time, which is then «unknown», never a claim."""

from __future__ import annotations

import atexit
import subprocess
import time
from collections.abc import Callable, Iterable
from itertools import count
from threading import Event, Lock
from typing import IO, Any

import numpy as np
from attrs import define, evolve, field, frozen
from numpy.typing import NDArray

from planner.core.errors import InternalError
from planner.core.progress import Progress, Stage, Watch
from planner.model.program import Linear, Program
from planner.solving import start
from planner.solving.messages import Garbled, Interim, Query, Reply, receive, send, used
from planner.solving.pipe import HASTE, Reader
from planner.solving.settings import Purpose

QUICK = 0.2  # part of the time left that the quick way of answering may take, before the thorough one
GRACE = 3.0  # seconds beyond its limit before the solver is killed


@define
class Trouble:
    """What ended a search before its time, for the machine's sake: `ending` in a few words, `note` in a sentence."""

    ending: str = ""
    note: str = ""


class SolverLost(Exception):
    """The solver process cannot be started, or ended before it answered. Never read it as «impossible»."""


@frozen
class Effort:
    """How much may be spent: the moment (`time.monotonic`) by which all must be done, workers, random seed.

    Once `stop` is set, time is over, as it is once there is `trouble`. `watch` hears how far the search for the
    cheapest trip is.
    """

    deadline: float
    workers: int = 2
    seed: int = 0
    stop: Event | None = None
    watch: Watch | None = None
    trouble: Trouble = field(factory=Trouble)  # one for all efforts that are made of this one

    @classmethod
    def starting_now(cls, seconds: float, workers: int, seed: int) -> Effort:
        """An effort that ends after so many seconds; more than three years are as good as for ever."""
        return cls(time.monotonic() + min(seconds, 1e8), workers, seed)

    @property
    def left(self) -> float:
        """Seconds left; not below 0."""
        over = self.stopped or self.trouble.ending
        return 0.0 if over else max(0.0, self.deadline - time.monotonic())

    @property
    def stopped(self) -> bool:
        """Whether somebody has had enough."""
        return self.stop is not None and self.stop.is_set()

    @property
    def ending(self) -> str:
        """What to say of something that was not finished: «time ran out», «interrupted», «memory ran out» …"""
        return "interrupted" if self.stopped else self.trouble.ending or "time ran out"

    def lost(self, why: str) -> None:
        """End everything: the solver process is gone."""
        self.trouble.ending = "the solver process was lost"
        self.trouble.note = f"the solver process was lost ({why}), so the search ended early"

    def without_memory(self) -> None:
        """End everything: there is no memory left."""
        self.trouble.ending, self.trouble.note = "memory ran out", "memory ran out, so the search ended early"

    @property
    def renewed(self) -> Effort:
        """The same effort for another question, of which the watch hears the costs from the beginning."""
        return self if self.watch is None else evolve(self, watch=evolve(self.watch, costs=(None, None)))

    @property
    def unwatched(self) -> Effort:
        """The same effort for another question, of which the watch hears nothing."""
        return evolve(self, watch=None)

    def tell(
        self,
        stage: Stage,
        *,
        incumbent: int | None = None,
        bound: int | None = None,
        at_least: int | None = None,
        at_most: int | None = None,
        repairs: int | None = None,
    ) -> None:
        """Let the watch, if there is one, know where the search is (`Progress`)."""
        if self.watch is not None:
            now = Progress(
                stage=stage, incumbent=incumbent, bound=bound, at_least=at_least, at_most=at_most, repairs=repairs
            )
            self.watch.tell(now)

    def hearing(self, above: int, most: int | None) -> Callable[[Interim], None] | None:
        """What tells the watch of a query that minimises the cost less `above`, of trips that cost `most` at most."""
        if self.watch is None:
            return None

        def heard(interim: Interim) -> None:
            incumbent = None if interim.objective is None else interim.objective + above
            bound = None if interim.bound is None else interim.bound + above
            if bound is not None and most is not None:
                bound = min(bound, most)  # of dearer trips nothing is known
            self.tell("searching", incumbent=incumbent, bound=bound)

        return heard


def prepare() -> None:
    """Let the solver process load while something else is done. Harmless if it cannot be started or is not needed."""
    if not _process.runs:
        start.ahead()


class _Process:
    """The one solver process of this Python process, kept once it is needed."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._kept: list[int] = []  # programs the process has
        self._lock = Lock()
        atexit.register(self.stop)

    @property
    def runs(self) -> bool:
        """Whether there is a process to ask."""
        process = self._process
        return process is not None and process.poll() is None

    def ask(self, program: Program, query: Query, stop: Event | None, heard: Callable[[Interim], None]) -> Reply:
        with self._lock:
            process = self._process
            if process is None or process.poll() is not None:
                try:
                    process = self._process = self._start()
                except OSError as error:
                    raise SolverLost(f"it cannot be started: {error.strerror or error}") from error
                self._kept = []
            try:
                stdin, stdout = _pipe(process.stdin), _pipe(process.stdout)
                if query.program not in self._kept:
                    send(stdin, (query.program, program))
                used(self._kept, query.program)
                send(stdin, query)
                reader = Reader(stdout.fileno(), time.monotonic() + query.seconds + GRACE, stop, stdin)
                while isinstance(answer := receive(reader.read), Interim):
                    reader.grace = HASTE if answer.objective is None else GRACE
                    heard(answer)
            except TimeoutError:
                self.stop()
                return Reply("unknown", seconds=query.seconds)
            except (EOFError, BrokenPipeError) as error:
                raise SolverLost(self._end_of(process)) from error
            except Garbled as error:
                self.stop()
                raise InternalError("the solver process answers what cannot be understood") from error
            except BaseException:
                self.stop()  # interrupted halfway: the pipe is out of step
                raise
        if isinstance(answer, MemoryError):
            self.stop()  # what it keeps takes memory
            raise SolverLost("its memory ran out")
        if isinstance(answer, Exception):
            raise InternalError(f"the solver failed: {answer}")
        if not isinstance(answer, Reply):
            raise InternalError("the solver process answers what cannot be understood")
        return answer

    def _end_of(self, process: subprocess.Popen[bytes]) -> str:
        """How a process that has closed its pipes ended, in words."""
        try:
            code = process.wait(GRACE)
        except subprocess.TimeoutExpired:
            code = 0
        self.stop()
        how = f"killed by signal {-code}" if code < 0 else f"it ended with exit code {code}"
        return f"{how}; perhaps memory ran out" if code else how

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    @staticmethod
    def _start() -> subprocess.Popen[bytes]:
        return start.started()


def _unheard(_interim: Interim) -> None:
    """Nobody watches."""


def _pipe(stream: IO[bytes] | None) -> Any:
    assert stream is not None
    return stream


_process = _Process()
_numbers = count()


@define(eq=False)
class Solver:
    """Asks about one program. Every query ends by the effort's deadline."""

    program: Program
    effort: Effort
    number: int = field(factory=lambda: next(_numbers))
    _asked: int = 0
    _narrower: list[Solver] = field(factory=list)

    @property
    def queries(self) -> int:
        """Number of queries so far."""
        return self._asked + sum(solver.queries for solver in self._narrower)

    def within(self, limit: int) -> Solver:
        """For questions about solutions that meet all facts and cost no more than a limit (minor units)."""
        program = self.program.within(limit)
        if program is self.program:
            return self
        self._narrower.append(Solver(program, self.effort))
        return self._narrower[-1]

    def ask(
        self,
        purpose: Purpose,
        *,
        enforced: Iterable[str] | None = None,
        minimise: tuple[tuple[int, ...], tuple[int, ...]] | None = None,
        extra: tuple[Linear, ...] = (),
        hint: NDArray[np.int64] | None = None,
        hinted: NDArray[np.int64] | None = None,
        seconds: float | None = None,
        heard: Callable[[Interim], None] | None = None,
    ) -> Reply:
        """Ask, with the facts of the given ids in force (None: all). Out of time, the answer is «unknown».

        `seconds` may limit this query further than the effort does. `heard` is called with how far the solver is.
        """
        literals = self.program.fact_literals()
        query = Query(
            self.number,
            purpose,
            self.effort.left if seconds is None else min(seconds, self.effort.left),
            None if enforced is None else frozenset(literals[fact] for fact in enforced),
            minimise,
            extra,
            hint,
            hinted,
            self.effort.workers,
            self.effort.seed,
            followed=self.effort.stop is not None or heard is not None,
            deadline=self.effort.deadline,
        )
        if query.seconds <= 0:
            return Reply("unknown")
        self._asked += 1
        try:
            return _process.ask(self.program, query, self.effort.stop, heard or _unheard)
        except SolverLost as lost:
            self.effort.lost(str(lost))
            return Reply("unknown")

    def confirm(self, enforced: Iterable[str], extra: tuple[Linear, ...] = ()) -> Reply:
        """A second opinion on «infeasible»: other settings, facts as literals, and nothing of the program's flow."""
        facts = tuple(enforced)
        reply = self.ask("confirm", enforced=facts, extra=extra, seconds=self.effort.left * QUICK)
        if reply.status == "unknown":
            reply = self.ask("confirm_hard", enforced=facts, extra=extra)
        return reply
