"""From a frame to the columns of a timetable, and what is wrong with its rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from planner.core.time import EPOCH, to_local
from planner.scenario.clocks import Clocks
from planner.scenario.reading.checks.travel import FIRST_YEAR, LAST_YEAR
from planner.scenario.reading.legs.columns import Array, Frame, Texts
from planner.scenario.reading.legs.findings import Findings
from planner.scenario.reading.legs.values import BAD, Reasons, moments, prices
from planner.scenario.reading.legs.written import LegTable
from planner.scenario.reading.values import describe
from planner.scenario.timetable import MODES, UNPRICED, day_of

Mask = NDArray[np.bool_]
UNKNOWN, EXCUSED = -1, -2  # in the place of a port's number; excused: another problem is told already
_EPOCH = EPOCH.replace(tzinfo=None)
_FIRST = (datetime(FIRST_YEAR, 1, 1) - _EPOCH) // timedelta(minutes=1)
_LAST = (datetime(LAST_YEAR + 1, 1, 1) - _EPOCH) // timedelta(minutes=1)
_MODES = {str(mode): number for number, mode in enumerate(MODES)}


@frozen(kw_only=True)
class World:
    """What the rows of a table are judged by."""

    port: Callable[[str], int]  # number of a port, UNKNOWN or EXCUSED
    port_hint: Callable[[str], str]  # what else an unknown port may mean
    timezones: Callable[[], list[str]]  # of all ports numbered so far
    operator: Callable[[str], int]  # number of an operator
    today: int  # ordinal
    currency: str
    price: int  # of rows that say none, in minor units of the table's currency; UNPRICED
    price_to: int  # the most that rows cost that are read, in minor units of the table's currency
    most: int  # minor units of the table's currency that a price may have


@frozen(kw_only=True)
class Rows:
    """Rows of a file as columns of a timetable (but for those that name the source), and those left out, counted.

    `ids` are None if the file has none.
    """

    columns: Mapping[str, Array]
    numbers: Array
    ids: list[str] | None
    left_out: Mapping[str, int]


@frozen(eq=False)
class _End:
    """One end of all legs. Minutes are UTC and local; both are senseless where `known` is not."""

    key: str
    names: Texts
    ports: Array
    times: Reasons
    known: Mask  # port and time can be used
    utc: Array
    local: Array
    skipped: Mask  # no clock there shows that time


def legs_of(frame: Frame, table: LegTable, world: World, findings: Findings) -> Rows:
    """The legs in the rows of a file, right for rows about which nothing is found.

    Rows that the table's own wishes leave out, and those that depart before today, are not looked at further.
    """
    start, end = _ends(frame, table, world)
    operators = frame.columns.get("operator")
    assert operators is None or isinstance(operators, Texts)
    told = prices(frame.columns["price"], world.currency) if "price" in frame.columns else None
    price = np.full(len(frame.rows), world.price, dtype=np.int64)
    if told is not None:
        price = np.where(told.numbers == UNPRICED, world.price, told.numbers)
    wanted = _wanted(start, end, operators, table) & (price <= world.price_to)
    past = start.known & (day_of(start.local, 0) < world.today)
    strange = np.zeros(len(frame.rows), dtype=np.bool_)
    if table.unknown_ports == "skip":
        strange = _strange(start) | _strange(end)
    left_out = {"with unknown ports": wanted & strange, "that depart before today": wanted & past & ~strange}
    keep = wanted & ~past & ~strange & (start.ports != EXCUSED) & (end.ports != EXCUSED)
    for side, word in ((start, "departs"), (end, "arrives")):
        _add_end(side, word, keep, world, findings)
    late = keep & start.known & end.known & ~start.skipped & ~end.skipped & (end.utc <= start.utc)
    findings.add(late, lambda row: _late(start, end, row))
    if told is not None:
        findings.add(keep & (price == BAD), lambda row: _at("price", told.why(row)))
        findings.add(keep & (price > world.most), lambda row: ("price: it is more than this planner counts with", ""))
    mode = np.full(len(frame.rows), _MODES[table.mode], dtype=np.int8)
    if "mode" in frame.columns:
        modes = frame.columns["mode"]
        assert isinstance(modes, Texts)
        mode = _look_up(modes, lambda text: _MODES.get(text, UNKNOWN), _MODES[table.mode]).astype(np.int8)
        hint = "expected one of " + ", ".join(_MODES)
        findings.add(keep & (mode == UNKNOWN), lambda row: (f"mode: found {describe(modes.at(row))}", hint))
    default = world.operator(table.operator)
    operator = np.full(len(frame.rows), default, dtype=np.int32)
    if operators is not None:
        operator = _look_up(operators, world.operator, default)
    columns = {
        "from_port": start.ports,
        "to_port": end.ports,
        "departs": start.utc,
        "arrives": end.utc,
        "departs_on": day_of(start.local, 0).astype(np.int32),
        "arrives_on": day_of(end.local, 0).astype(np.int32),
        "price": price,
        "mode": mode,
        "operator": operator,
    }
    kept = np.flatnonzero(keep)
    ids = frame.ids
    if len(kept) < len(keep):
        columns = {name: column[kept] for name, column in columns.items()}
        ids = None if ids is None else [ids[position] for position in kept.tolist()]
    return Rows(
        columns=columns,
        numbers=frame.rows[kept],
        ids=ids,
        left_out={words: int(rows.sum()) for words, rows in left_out.items() if rows.any()},
    )


def _ends(frame: Frame, table: LegTable, world: World) -> tuple[_End, _End]:
    """Departures and arrivals, with the clocks of their ports."""
    utc = table.times != "local"
    sides = []
    for key, when in (("from", "departs"), ("to", "arrives")):
        names = frame.columns[key]
        assert isinstance(names, Texts)
        times = moments(frame.times(when), table)
        ports = _look_up(names, world.port, UNKNOWN)
        known = (ports >= 0) & (times.numbers >= _FIRST) & (times.numbers < _LAST)
        sides.append((key, names, ports, times, known, np.where(known, times.numbers, 0)))
    timezones = world.timezones() or ["UTC"]
    zones = list(dict.fromkeys(timezones))
    number = {zone: index for index, zone in enumerate(zones)}
    zone_of = np.array([number[zone] for zone in timezones], dtype=np.int64)
    clocks = Clocks.of(zones, *(minutes for *_, minutes in sides))
    made = []
    for key, names, ports, times, known, minutes in sides:
        zone = zone_of[np.where(known, ports, 0)]
        if utc:
            local, skipped = minutes + clocks.ahead(zone, minutes), np.zeros(len(known), dtype=np.bool_)
            made.append(_End(key, names, ports, times, known, minutes, local, skipped))
        else:
            instant, skipped = clocks.to_utc(zone, minutes)
            made.append(_End(key, names, ports, times, known, instant, minutes, skipped & known))
    return made[0], made[1]


def _look_up(texts: Texts, number: Callable[[str], int], nothing: int) -> Array:
    """Each row's text by its number, `nothing` where there is no text."""
    found: Array = np.array([*map(number, texts.values), nothing], dtype=np.int32)[texts.codes]
    return found


def _wanted(start: _End, end: _End, operators: Texts | None, table: LegTable) -> Mask:
    """Rows that the table's `only` lets pass. Those without a sensible departure pass its dates."""
    only = table.only
    wanted = np.ones(len(start.known), dtype=np.bool_)
    if only.ports:
        for side in (start, end):
            wanted &= _look_up(side.names, lambda text: text in only.ports, 0) == 1
    if only.not_operators:
        default = table.operator in only.not_operators
        if operators is not None:
            wanted &= _look_up(operators, lambda text: text in only.not_operators, default) == 0
        elif default:
            wanted[:] = False
    day = day_of(start.local, 0)
    if only.departs_from is not None:
        wanted &= ~start.known | (day >= only.departs_from.toordinal())
    if only.departs_to is not None:
        wanted &= ~start.known | (day <= only.departs_to.toordinal())
    return wanted


def _strange(side: _End) -> Mask:
    found: Mask = (side.ports == UNKNOWN) & (side.names.codes >= 0)
    return found


def _add_end(side: _End, word: str, keep: Mask, world: World, findings: Findings) -> None:
    def port(row: int) -> tuple[str, str]:
        text = side.names.at(row)
        if not text:
            return f"{side.key}: it is empty", ""
        return f"{side.key}: unknown port {text!r}", world.port_hint(text)

    def time(row: int) -> tuple[str, str]:
        if side.times.numbers[row] == BAD:
            return _at(word, side.times.why(row))
        return f"{word}: the year is out of range", f"plans are made from {FIRST_YEAR} to {LAST_YEAR}"

    def clock(row: int) -> tuple[str, str]:
        message = f"{word}: {_show(side.local[row])} does not exist at {side.names.at(row)}"
        return message, "clocks are put forward there and skip it"

    findings.add(keep & (side.ports == UNKNOWN), port)
    findings.add(keep & (side.ports >= 0) & ~side.known, time)
    findings.add(keep & side.skipped, clock)


def _late(start: _End, end: _End, row: int) -> tuple[str, str]:
    ends = (
        f"{word} {_show(side.local[row])} local = {_show(side.utc[row])} UTC"
        for word, side in (("departs", start), ("arrives", end))
    )
    return "the leg does not arrive after it departs", ", ".join(ends)


def _show(minutes: int) -> str:
    return f"{to_local(int(minutes), 'UTC'):%Y-%m-%d %H:%M}"


def _at(key: str, said: tuple[str, str]) -> tuple[str, str]:
    return f"{key}: {said[0]}", said[1]
