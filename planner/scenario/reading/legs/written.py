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
    departs_date: str = ""
    """Dates of departure, if `departs` has the time of day only."""
    arrives_date: str = ""
    """Dates of arrival, if `arrives` has the time of day only."""
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
    price_to: Price | None = None
    """They cost this much or less, or say no price: for files in which a huge number means that nothing is sold."""


@frozen(kw_only=True)
class LegTable(Node):
    """Files with one leg a row, or of another format, beside the scenario file. A file's name may be a pattern."""

    files: tuple[str, ...]
    """Names of files, which count from the folder of the scenario file (for standard input, from the current one). `*`
    and `?` stand for parts of names, `**` for folders inside.
    """
    format: str = "table"
    """What the files are: "table", one leg a row; or what an importer reads, such as "gtfs": `plan import --help`."""
    ports: dict[str, str] = field(factory=dict)
    """What the files call a port, and the port that is meant. Left out: they call all by their ids here."""
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
    price: Price | None = None
    """Of rows that say none. Left out: such legs are sold only in fares."""
    departs: time | None = None
    """Time of day of all rows, for files that have only dates: `columns.departs_date`."""
    arrives: time | None = None
    """The same of arrivals: `columns.arrives_date`, which may be the same column."""
    times: Literal["local", "utc", "offset"] = "local"
    """On the clocks at the ports; UTC; or texts that end in how far their clock is ahead, such as `+08:00`."""
    time_format: str = ""
    """How times are written, in the signs of `strftime`, such as "%d.%m.%Y %H:%M". Left out: as in `[[legs]]`."""
    unknown_ports: Literal["error", "skip"] = "error"
    """Whether a row with a port that nobody knows is a problem, or left out and counted."""
    only: Only = field(factory=Only)
    """Which rows are read; all conditions must hold. The legs left out do not exist for the planner, so a proof speaks
    of the others only. Left out: all rows.
    """


@frozen(kw_only=True)
class FareColumns(Node):
    """What the columns of a table of fares are called. `legs` and `price` are needed, the others may be missing."""

    legs: str = "legs"
    """The ids of the legs in the order of travel, with `;` between them."""
    price: str = "price"
    """Prices for all legs of a fare together."""
    id: str = "id"
    """Ids, if there is such a column."""
    title: str = "title"
    """What the answer calls the fares, if there is such a column."""
    currency: str = "currency"
    """Currencies of the prices, if there is such a column."""
    per: str = "per"
    """For whom the prices are, `traveller` or `party`, if there is such a column."""


@frozen(kw_only=True)
class FareTable(Node):
    """Files with one fare a row, each for one leg or several: return fares, open jaws, passes."""

    files: tuple[str, ...]
    """Names of files, as in `[[leg_tables]]`."""
    columns: FareColumns = field(factory=FareColumns)
    """What the columns of the files are called. Left out: the planner's names."""
    currency: Currency = Currency("")
    """Currency of rows that say none: three capital letters. Left out: that of the file."""
    per: Per = "traveller"
    """For whom the prices of rows are that do not say it."""


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
