"""Tables of fares and schedules, as a scenario file writes them."""

from __future__ import annotations

from datetime import date, time
from typing import Literal

from attrs import field, frozen

from planner.core.money import Price
from planner.scenario.node import Mode, Node, Per, PortRef

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@frozen(kw_only=True)
class Columns(Node):
    """What the columns of a table of legs are called. The first four are needed, the others may be missing."""

    from_: str = "from"
    to: str = "to"
    departs: str = "departs"
    arrives: str = "arrives"
    price: str = "price"
    operator: str = "operator"
    mode: str = "mode"
    id: str = "id"


@frozen(kw_only=True)
class Only(Node):
    """Which rows of a table are read: all conditions hold. Dates are those of departure, at its port."""

    departs_from: date | None = None
    departs_to: date | None = None
    ports: tuple[PortRef, ...] = ()  # both ends are among them; empty: any
    not_operators: tuple[str, ...] = ()


@frozen(kw_only=True)
class LegTable(Node):
    """Files with one leg a row, beside the scenario file. A file's name may be a pattern (`fares-*.parquet`)."""

    files: tuple[str, ...]
    columns: Columns = field(factory=Columns)
    currency: str = ""  # of its prices; empty: the scenario's
    per: Per = "traveller"
    mode: Mode = "air"  # of rows that say none
    operator: str = ""  # of rows that say none
    times: Literal["local", "utc"] = "local"
    unknown_ports: Literal["error", "skip"] = "error"
    only: Only = field(factory=Only)


@frozen(kw_only=True)
class OpenPrice(Node):
    """What a leg of a schedule costs on some dates: those from `from_` to `to` that fall on one of `days`."""

    from_: date | None = None
    to: date | None = None
    days: tuple[Weekday, ...] = WEEKDAYS
    price: Price


@frozen(kw_only=True)
class Schedule(Node):
    """A leg that recurs: on some days of the week from `first` to `last`, less `except_`, and on the dates `also`.

    Times are on the clocks at the ports. The price on a date is that of the first of `prices` that holds then, else
    `price`.
    """

    id: str
    mode: Mode = "air"
    from_: PortRef
    to: PortRef
    departs: time
    arrives: time
    arrives_days: int = 0  # days after the date of departure
    operator: str = ""
    days: tuple[Weekday, ...] = WEEKDAYS
    first: date
    last: date
    except_: tuple[date, ...] = ()
    also: tuple[date, ...] = ()
    price: Price | None = None
    prices: tuple[OpenPrice, ...] = ()
    per: Per = "traveller"
    exit_port: PortRef = PortRef("")
    entry_port: PortRef = PortRef("")
