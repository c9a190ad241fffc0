"""Items handed to an executor, and their rows as they come back: each item has one, whatever happens to workers."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from functools import partial
from threading import Event

from attrs import define, field

from planner.batching.children import solve
from planner.batching.engines import Processes, processors
from planner.batching.items import Item, Limits
from planner.batching.rows import Row
from planner.core.ticking import TICK

TRIES = 3  # that an item has if the executor itself loses it
LOSSES = 20  # of the executor, with nothing finished in between, after which it is given up
RENEWALS = 3  # of executors that break, likewise
WINDOW = 1000  # items that an executor has at a time

Executors = Callable[[], Executor]


class ExecutorLost(Exception):
    """The executor can do no more; what it had finished has been told."""


def batch(
    items: Iterable[Item],
    executor: Executor | Executors | None = None,
    *,
    limits: Limits | None = None,
    stop: Event | None = None,
) -> Iterator[Row]:
    """The rows of items, each once, in the order in which they are finished.

    Wherever the executor works, each item is given to a process of its own, which `limits` bound: bad input, a crash or
    want of memory of one item makes its row say so, and touches no other. An item that the executor loses (a worker of
    it died) is given to it again, up to TRIES times. An executor that breaks is replaced, if `executor` is a function
    that makes them; it is then shut down at the end, too. Without one, as many processes on this machine as it has
    processors do it. Once `stop` is set, nothing more is begun, and the rest is left out. Raises ExecutorLost.
    """
    executor = executor or partial(Processes, processors())
    run = _Run(executor if callable(executor) else None, limits or Limits(), stop or Event())
    run.executor = executor() if callable(executor) else executor
    yield from run.rows(items)


@define(eq=False)
class _Run:
    """What is at work. `make` makes another executor."""

    make: Executors | None
    limits: Limits
    stop: Event
    executor: Executor = field(init=False)
    at_work: dict[Future[Row], Item] = field(factory=dict)
    again: deque[Item] = field(factory=deque)
    tries: Counter[str] = field(factory=Counter)
    losses: int = 0  # since something was finished; so are renewals
    renewals: int = 0

    def rows(self, items: Iterable[Item]) -> Iterator[Row]:
        """All rows."""
        coming = iter(items)
        try:
            while not self.stop.is_set():
                self._submit(coming)
                if not self.at_work:
                    return
                done, _ = wait(self.at_work, TICK, FIRST_COMPLETED)
                for future in done:
                    item = self.at_work.pop(future)
                    row = self._row(item, future)
                    if row is not None:
                        yield row
        finally:
            for future in self.at_work:
                future.cancel()
            if self.make is not None:
                self.executor.shutdown(wait=False, cancel_futures=True)

    def _submit(self, coming: Iterator[Item]) -> None:
        while len(self.at_work) < WINDOW:
            item = self.again.popleft() if self.again else next(coming, None)
            if item is None:
                return
            try:
                self.at_work[self.executor.submit(solve, item, self.limits)] = item
            except RuntimeError as error:  # broken (BrokenExecutor is one), or shut down
                self.again.appendleft(item)
                self._renew(error)

    def _row(self, item: Item, future: Future[Row]) -> Row | None:
        """The row of an item, or None if it was lost and is to be tried again."""
        try:
            row = future.result()
        except Exception as error:  # never the item's own
            return self._lost(item, error)
        self.losses = self.renewals = 0
        return row

    def _lost(self, item: Item, error: BaseException) -> Row | None:
        self.losses += 1
        if not isinstance(error, BrokenExecutor):  # which is nobody's fault: renewals are counted instead
            self.tries[item.id] += 1
            if self.losses > LOSSES:
                raise ExecutorLost(f"{type(error).__name__}, {self.losses} times in a row") from error
        if self.tries[item.id] < TRIES:
            self.again.append(item)
            return None
        told = f"whoever solved it was lost ({type(error).__name__}); tried {TRIES} times"
        return Row(id=item.id, status="failed", error=told)

    def _renew(self, error: Exception) -> None:
        self.renewals += 1
        if self.make is None or self.renewals > RENEWALS:
            raise ExecutorLost(str(error)) from error
        self.executor.shutdown(wait=False, cancel_futures=True)
        self.executor = self.make()
