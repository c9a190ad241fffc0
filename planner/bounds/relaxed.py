"""What the sweeps work on: a scenario with everything left out that they cannot see.

Every trip that meets the facts enforced is a trip of the relaxed problem, and costs there no more than it does.
Legs, ports and days are numbers; only legs that could be taken are listed.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

Numbers = NDArray[np.integer[Any]]
Mask = NDArray[np.bool_]
ANY_DAY = 10**7  # later than any civil date's ordinal; its negative is earlier


@frozen(kw_only=True, eq=False)
class Wish:
    """A stop or event: a visit to one of some ports. The sweeps keep a bit for each.

    It is fulfilled by a landside presence at one port, from an arrival on a date up to `arrive_by` to a departure
    on a date from `leave_from`, with `least` to `most` nights between. `from_start`: presence from the journey's
    start counts, whatever the arrival; `to_end`: so does presence to its end, whatever the departure.
    `ordered`: not before the ordered wishes that stand before it (a visit may fulfil several at once).
    Travelling on a leg from one of the ports to another fulfils it as well: the sweeps do not see how long a visit
    across ports lasts.
    """

    ports: Mask  # by port number
    arrive_by: int = ANY_DAY
    leave_from: int = -ANY_DAY
    least: int = 0
    most: int = ANY_DAY
    from_start: bool = False
    to_end: bool = True
    ordered: bool = False


@frozen(kw_only=True, eq=False)
class Relaxed:
    """A relaxed problem. One entry a leg in the leg columns; `rows` are the legs' positions in the timetable.

    `ready` is the earliest time (UTC minutes) at which one can depart again after the leg, `cost` what taking it costs
    the party at least (minor units; fare, entry fees). `first`/`last`: whether the leg may begin or end the journey.
    `nightly` is the cost of a night of waiting at each port. `fixed` is paid by every journey. Wishes at the same
    ports may be fulfilled by one visit only if `apart` does not list them together: of the wishes (by number) of
    each of its groups, a visit fulfils one.
    """

    rows: Numbers
    from_port: Numbers
    to_port: Numbers
    departs: Numbers
    ready: Numbers
    departs_on: Numbers
    arrives_on: Numbers
    cost: Numbers
    first: Mask
    last: Mask
    nightly: Numbers
    start: int
    goal: int
    fixed: int = 0
    wishes: tuple[Wish, ...] = ()
    apart: tuple[tuple[int, ...], ...] = ()

    def __len__(self) -> int:
        return len(self.rows)
