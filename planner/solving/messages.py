"""What the planner and its solver process say to each other."""

from __future__ import annotations

import pickle
import struct
from collections.abc import Callable
from math import inf
from typing import Any, BinaryIO, Literal

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

from planner.model.program import Linear
from planner.solving.settings import Purpose


@frozen(eq=False)
class Query:
    """One question about a program.

    `enforced` are the fact literals that hold, all others are void; None means that all facts hold, and the model
    may be cut down accordingly. `extra` constraints hold on top. `minimise` is (variables, weights). `hint` are values
    of all variables to start from, or of those that are `hinted`. It may take so many `seconds` from when the solver
    begins with it, but ends by the `deadline` (`time.monotonic`, the same clock for both processes). One that is
    `followed` can be stopped, and tells on the way how far it is (`Interim`).
    """

    program: int
    purpose: Purpose
    seconds: float
    enforced: frozenset[int] | None = None
    minimise: tuple[tuple[int, ...], tuple[int, ...]] | None = None
    extra: tuple[Linear, ...] = ()
    hint: NDArray[np.int64] | None = None
    hinted: NDArray[np.int64] | None = None
    workers: int = 1
    seed: int = 0
    followed: bool = False
    deadline: float = inf


@frozen(eq=False)
class Reply:
    """The solver's word. `unknown` is never read as infeasible. `bound` limits the objective from below."""

    status: Literal["optimal", "feasible", "infeasible", "unknown"]
    values: NDArray[np.int64] | None = None
    objective: int | None = None
    bound: int | None = None
    seconds: float = field(default=0.0)

    @property
    def found(self) -> bool:
        """Whether there is a solution."""
        return self.values is not None


@frozen
class Interim:
    """How far the solver is with a query: the objective of the best solution so far, and what none is below."""

    objective: int | None = None
    bound: int | None = None


@frozen
class Stop:
    """To the solver: end the query that was asked last now, with what has been found."""


class Garbled(Exception):
    """What came is no message."""


LONGEST = 1 << 36  # bytes of a message
KEPT = 2  # programs that the solver process keeps


def used(kept: list[int], number: int) -> None:
    """Note that a program is used now. Both sides do this alike, so they agree on which ones are kept."""
    if number in kept:
        kept.remove(number)
    kept.append(number)
    del kept[:-KEPT]


def send(stream: BinaryIO, message: Any) -> None:
    """Write one message."""
    data = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(struct.pack("<Q", len(data)) + data)
    stream.flush()


def receive(read: Callable[[int], bytes]) -> Any:
    """Read one message, given a function that returns exactly n bytes. Raises EOFError at the end, Garbled."""
    head = read(8)
    if len(head) < 8:
        raise EOFError
    (length,) = struct.unpack("<Q", head)
    if length > LONGEST:
        raise Garbled
    data = read(length)
    try:
        return pickle.loads(data)
    except MemoryError:
        raise
    except Exception as error:  # whatever unpickling random bytes may come to
        raise Garbled from error
