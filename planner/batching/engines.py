"""The executors of the command `plan batch`: processes on this machine, and a Dask cluster."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, InvalidStateError, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import Any

from planner.batching.children import Children, belong_to
from planner.core.ticking import ticking
from planner.version import __version__

GET_IT = "pip install 'entry-planner[cluster]'"
PATIENCE = 30  # seconds in which a cluster must answer


class CannotUse(Exception):
    """A cluster that cannot be used: why, and what would help."""


class Processes(ThreadPoolExecutor):
    """Up to so many processes on this machine, each driven by a thread. They end with the executor."""

    def __init__(self, jobs: int) -> None:
        self._children = Children()
        super().__init__(jobs, initializer=belong_to, initargs=(self._children,))

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """As any executor's. With `cancel_futures` the processes are ended at once, whatever they are at."""
        if cancel_futures:
            self._children.close()
        super().shutdown(wait, cancel_futures=cancel_futures)
        if wait:
            self._children.close()


def processors() -> int:
    """How many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on macOS and Windows
        return os.cpu_count() or 1


@contextmanager
def cluster(address: str) -> Iterator[Executor]:
    """The workers of a running Dask scheduler as an executor. Raises CannotUse."""
    try:
        from distributed import Client
    except ImportError:
        raise CannotUse(f"a cluster needs Dask, which is not installed ({GET_IT})") from None
    for name in ("distributed", "distributed.client"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what is lost is told in rows, or ends the batch
    try:
        client = Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        told = str(error).partition("\n")[0]
        raise CannotUse(f"no Dask scheduler answers at {address!r} ({told})") from None
    with client:
        _check_workers(client)
        executor = _Cluster(client)
        with ticking(executor.look):
            yield executor


class _Cluster(Executor):
    """Dask's own executor, but that what waits for a scheduler that is gone does not wait for ever."""

    def __init__(self, client: Any) -> None:
        self._client, self._inner = client, client.get_executor(pure=False)
        self._waiting: set[Future[Any]] = set()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """As any executor's. Raises BrokenExecutor."""
        if self._gone:
            raise BrokenExecutor(_GONE)
        future: Future[Any] = self._inner.submit(fn, *args, **kwargs)
        self._waiting.add(future)
        future.add_done_callback(self._waiting.discard)
        return future

    def look(self) -> None:
        """Give up what waits, if nobody is there any more."""
        if self._gone:
            for future in list(self._waiting):
                with suppress(InvalidStateError):
                    future.set_exception(BrokenExecutor(_GONE))

    @property
    def _gone(self) -> bool:
        return self._client.status in ("closing", "closed")


_GONE = "the scheduler is gone"


def _check_workers(client: Any) -> None:
    """Raise CannotUse unless there are workers with this planner."""
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
        versions = set(client.run(planner_version).values())
    except TimeoutError:
        raise CannotUse(f"the scheduler has no workers, and none came within {PATIENCE} s") from None
    except ImportError:
        versions = {"none"}
    if others := versions - {__version__}:
        raise CannotUse(f"workers have another version of entry-planner ({', '.join(others)}; here {__version__})")


def planner_version() -> str:
    """The planner's version, wherever this is asked."""
    return __version__
