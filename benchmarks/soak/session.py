"""A long run: processes that examine scenarios, each with a time limit, and what they found."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from threading import Event, Lock, Thread

from attrs import define, evolve, field

from benchmarks.soak.kept import Failure
from benchmarks.soak.work import Again, Begun, Done, Examine, Shrink, drawn, serve
from planner.rules.base import kinds
from planner.testing import rates

EXAMPLE = 180.0  # seconds that one scenario may take, all its checks together
SHRINKING = 120.0  # seconds for making a failure smaller
MOST = 3  # failures of one check that are made smaller; more are likely the same
MINUTE = 60.0

Serve = Callable[[Connection], None]


@define
class Worker:
    """A process that does one task after the other; it is begun anew after a crash or a hang."""

    serve: Serve
    _pipe: Connection | None = None
    _process: SpawnProcess | None = None

    def does(self, task: Examine | Again | Shrink, seconds: float) -> Iterator[Begun | Failure | Done]:
        """What the process says while it does a task. Raises TimeoutError, or EOFError if it ended; it is dead then."""
        pipe = self._started()
        until = time.monotonic() + seconds
        try:
            pipe.send(task)
            while True:
                if not pipe.poll(max(0.0, until - time.monotonic())):
                    raise TimeoutError
                said = pipe.recv()
                yield said
                if isinstance(said, Done):
                    return
        except (TimeoutError, OSError, EOFError) as error:
            self.end()
            raise error if isinstance(error, TimeoutError | EOFError) else EOFError from error

    def end(self) -> None:
        """Kill the process. Its solver ends by itself, with its input."""
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process = self._pipe = None

    def _started(self) -> Connection:
        if self._pipe is None:
            context = get_context("spawn")
            self._pipe, theirs = context.Pipe()
            process = context.Process(target=self.serve, args=(theirs,))
            process.start()
            theirs.close()
            self._process = process
        return self._pipe


@define
class Session:
    """A run over the scenarios of a seed: what was found goes into `folder` at once, with a log of each minute."""

    seed: int
    folder: Path
    say: Callable[[str], None]
    serve: Serve = serve
    example: float = EXAMPLE
    shrinking: float = SHRINKING
    counts: Counter[str] = field(factory=Counter)
    kept: list[Path] = field(factory=list)
    _failed: Counter[str] = field(factory=Counter)
    _number: int = 0
    _lock: Lock = field(factory=Lock)
    _stop: Event = field(factory=Event)

    def run(self, seconds: float, jobs: int = 1) -> None:
        """Examine scenarios for so long, or until interrupted; a minimisation that has begun is finished."""
        began = time.monotonic()
        threads = [Thread(target=self._work, args=(began + seconds,)) for _ in range(jobs)]
        for thread in threads:
            thread.start()
        told = began
        try:
            while any(thread.is_alive() for thread in threads):
                time.sleep(0.2)
                if time.monotonic() - told >= MINUTE:
                    told = time.monotonic()
                    self._log(f"after {(told - began) / 60:.0f} minutes: {self._short()}")
        except KeyboardInterrupt:
            self._stop.set()
        for thread in threads:
            thread.join()
        self._log("\n".join([f"seed {self.seed}, {(time.monotonic() - began) / 60:.1f} minutes", *self.summary()]))

    def summary(self) -> list[str]:
        """Everything counted, and the failures."""
        made = sorted((key, count) for key, count in self.counts.items() if key.startswith("soak: "))
        failures = [f"failures: {len(self.kept)}", *map(str, self.kept)]
        return [*(f"{key}: {count}" for key, count in made), *rates.lines(self.counts, kinds()), *failures]

    def _short(self) -> str:
        found = self.counts
        scenarios = found["scenarios"] or 1
        shares = ", ".join(f"{found[key] / scenarios:.0%} {key}" for key in ("with a plan", "beyond reach"))
        bound = sum(1 for key in found if key.startswith("bound by "))
        return (
            f"{found['soak: scenarios']} scenarios, {shares}, {bound} kinds have bound something; "
            f"{len(self.kept)} failures"
        )

    def _work(self, until: float) -> None:
        worker = Worker(self.serve)
        try:
            while time.monotonic() < until and not self._stop.is_set():
                with self._lock:
                    self._number += 1
                    seed = f"{self.seed}:{self._number}"
                self.one(worker, seed)
        finally:
            worker.end()

    def one(self, worker: Worker, seed: str) -> None:
        """Examine the scenario of a seed, and keep what fails."""
        for failure in self._examine(worker, seed):
            self._keep(worker, failure)

    def _examine(self, worker: Worker, seed: str) -> list[Failure]:
        found: list[Failure] = []
        check = "reading"
        try:
            for said in worker.does(Examine(seed), self.example):
                if isinstance(said, Begun):
                    check = said.check
                elif isinstance(said, Failure):
                    found.append(said)
                else:
                    with self._lock:
                        self.counts.update(said.counts)
        except TimeoutError:
            found.append(Failure(check, seed, f"TimeoutError: it takes longer than {self.example:.0f} s", drawn(seed)))
        except EOFError:
            found.append(Failure(check, seed, "EOFError: the process ended", drawn(seed)))
        return found

    def _keep(self, worker: Worker, failure: Failure) -> None:
        """Write a failure down, then ever smaller ones. One that ends the process, or hangs, stays as it is."""
        path = failure.write(self.folder)
        with self._lock:
            self.kept.append(path)
            self._failed[failure.check] += 1
        self._log(f"FAILURE {failure.check}, seed {failure.seed}: {failure.found.splitlines()[0]}\n  {path}")
        if failure.found.startswith(("TimeoutError", "EOFError")) or self._failed[failure.check] > MOST:
            return
        try:
            for said in worker.does(Shrink(failure, self.shrinking), self.shrinking + self.example):
                if isinstance(said, Failure):
                    said.write(self.folder)
        except (TimeoutError, EOFError):
            self._log("  could not be made smaller to the end")

    def _log(self, text: str) -> None:
        with self._lock:
            self.say(text)
            self.folder.mkdir(parents=True, exist_ok=True)
            with (self.folder / f"log-{self.seed}.txt").open("a", encoding="utf-8") as file:
                file.write(text + "\n")


def again(failure: Failure, serve: Serve = serve, seconds: float = EXAMPLE) -> Failure | None:
    """Run the check of a failure once more; None if it does not fail any more."""
    worker = Worker(serve)
    try:
        said = [one for one in worker.does(Again(failure), seconds) if isinstance(one, Failure)]
    except TimeoutError:
        return evolve(failure, found=f"TimeoutError: it takes longer than {seconds:.0f} s")
    except EOFError:
        return evolve(failure, found="EOFError: the process ended")
    finally:
        worker.end()
    return said[0] if said else None
