"""Tables of fares and schedules, as a scenario file writes them."""

from __future__ import annotations

from datetime import date, time
from typing import Literal

from attrs import field, frozen

from planner.core.money import Price
from planner.scenario.node import Currency, Mode, Node, Per, PortRef

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@frozen(kw_only=True)
class Columns(Node):
    """What the columns of a table of legs are called. The first four are needed, the others may be missing."""

    from_: str = "from"
    """Ports of departure."""
    to: str = "to"
    """Ports of arrival."""
    departs: str = "departs"
    """Times of departure."""
    arrives: str = "arrives"
    """Times of arrival."""
    price: str = "price"
    """Prices of the legs alone. If the files have no such column, the file needs `[[fares]]`."""
    operator: str = "operator"
    """Airlines or railways, if there is such a column."""
    mode: str = "mode"
    """Modes, if there is such a column."""
    id: str = "id"
    """Ids, if there is such a column. For one that numbers something else, write `id = ""`: then none is read."""


@frozen(kw_only=True)
class Only(Node):
    """Which rows of a table are read: all conditions hold. Dates are those of departure, at its port."""

    departs_from: date | None = None
    """They depart on this date or later."""
    departs_to: date | None = None
    """They depart on this date or earlier."""
    ports: tuple[PortRef, ...] = ()
    """Both ends are among these. Left out: any."""
    not_operators: tuple[str, ...] = ()
    """They are by none of these."""


@frozen(kw_only=True)
class LegTable(Node):
    """Files with one leg a row, beside the scenario file. A file's name may be a pattern (`fares-*.parquet`)."""

    files: tuple[str, ...]
    """Names of files, which count from the folder of the scenario file (for standard input, from the current one). `*`
    and `?` stand for parts of names, `**` for folders inside.
    """
    columns: Columns = field(factory=Columns)
    """What the columns of the files are called. Those of the ports and times must be there; other columns are not
    looked at. Left out: the planner's names.
    """
    currency: Currency = Currency("")
    """Currency of the prices: three capital letters. Left out: that of the file."""
    per: Per = "traveller"
    """For whom the prices are."""
    mode: Mode = "air"
    """Of rows that say none."""
    operator: str = ""
    """Of rows that say none."""
    times: Literal["local", "utc"] = "local"
    """On the clocks at the ports, or UTC for both."""
    unknown_ports: Literal["error", "skip"] = "error"
    """Whether a row with a port that nobody knows is a problem, or left out and counted."""
    only: Only = field(factory=Only)
    """Which rows are read; all conditions must hold. The legs left out do not exist for the planner, so a proof speaks
    of the others only. Left out: all rows.
    """


@frozen(kw_only=True)
class OpenPrice(Node):
    """What a leg of a schedule costs on some dates: those from `from_` to `to` that fall on one of `days`."""

    from_: date | None = None
    """From this date of departure on."""
    to: date | None = None
    """Up to this one."""
    days: tuple[Weekday, ...] = WEEKDAYS
    """On these days of the week. Left out: all."""
    price: Price
    """The price."""


@frozen(kw_only=True)
class Schedule(Node):
    """A leg that recurs: on some days of the week from `first` to `last`, less `except_`, and on the dates `also`.

    Times are on the clocks at the ports. The price on a date is that of the first of `prices` that holds then, else
    `price`.
    """

    id: str
    """Names it; with `:` and a date, one of its legs."""
    mode: Mode = "air"
    """How one travels."""
    from_: PortRef
    """Where it departs."""
    to: PortRef
    """Where it arrives."""
    departs: time
    """On the clocks of `from`."""
    arrives: time
    """On the clocks of `to`."""
    arrives_days: int = 0
    """Days from the date of departure to that of arrival, 100 at most."""
    operator: str = ""
    """The airline or railway."""
    days: tuple[Weekday, ...] = WEEKDAYS
    """Days of the week on which it departs. Left out: all."""
    first: date
    """From this date on."""
    last: date
    """Up to this date."""
    except_: tuple[date, ...] = ()
    """But not on these."""
    also: tuple[date, ...] = ()
    """And on these, whatever else holds."""
    price: Price | None = None
    """Where none of `prices` holds. Left out: only in fares."""
    prices: tuple[OpenPrice, ...] = ()
    """What the leg costs on some dates. Of several that hold on a date, the first counts."""
    per: Per = "traveller"
    """For whom the prices are."""
    exit_port: PortRef = PortRef("")
    """Where the passengers' papers are checked on leaving. Left out: `from`."""
    entry_port: PortRef = PortRef("")
    """Where they are checked on entering. Left out: `to`."""
