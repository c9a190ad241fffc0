"""Tables of options: what rules read. One row an option, one numpy array a column, `ids` the option ids.

Days are proleptic ordinals of civil dates (`date.toordinal`) at the port concerned, times UTC minutes.
Names (territories, passports, grounds …) are numpy string columns, "" where there is none.
Row numbers in `entry_run`, `exit_run`, `before`, `after` refer to `Runs`; START and END stand for the ends
of the journey.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

import numpy as np
from attrs import frozen
from numpy.typing import NDArray

from planner.rules.statements import Charge, Ids
from planner.scenario.scenario import Scenario

START = -1
END = -2
NEVER = 10**12  # a day or time that never comes: the exit of the last stay

Column = NDArray[Any]


@frozen(eq=False, kw_only=True)
class Runs:
    """Runs of legs with only airside touches between them; most are single legs. Chosen by the whole party."""

    ids: Ids
    legs: tuple[tuple[int, ...], ...]  # file positions of the legs
    from_port: Column
    to_port: Column
    from_territory: Column
    to_territory: Column
    exit_port: Column  # border ports
    entry_port: Column
    departs: Column
    arrives: Column
    departs_on: Column
    arrives_on: Column
    crosses: Column  # bool: leaves one permission zone (and enters one, perhaps the same)
    first_mode: Column
    last_mode: Column
    next_territory: Column  # territory of the port the first leg arrives at
    previous_territory: Column  # territory of the port the last leg departs from
    airside: tuple[tuple[tuple[str, int, int], ...], ...]  # touches of each run: (port, inbound leg, outbound leg)

    def containing(self, mask_of_leg: Column) -> Ids:
        """Ids of the runs that contain a leg of the mask (over the scenario's legs)."""
        inside = np.array([mask_of_leg[list(legs)].any() for legs in self.legs], dtype=bool)
        ids: Ids = self.ids[inside]
        return ids


@frozen(eq=False, kw_only=True)
class Presences:
    """Landside presence in a place from the arrival of run `before` to the departure of run `after`.

    For a single port these are the changes between runs; for a larger place, visits across its ports.
    At the journey's start `before` is START, `port` the first port, and arrival -NEVER; at its end `after` is END,
    `last_run` the last run, `end_port` where it arrives, and departure NEVER.
    """

    ids: Ids
    before: Column
    after: Column
    last_run: Column  # at the journey's end: its last run (START if none was taken)
    port: Column  # where it begins
    end_port: Column  # where it ends
    arrives: Column
    departs: Column
    arrives_on: Column
    departs_on: Column


@frozen(eq=False, kw_only=True)
class Stays:
    """One traveller's stays in a zone: entry passport, exit passport and ground ("" where there is none).

    `last_on`/`last_at` are the exit's day and time, for the last stay those of the journey's last arrival.
    `check_on`/`check_at`/`check_port`: departure of the entry run, where papers are checked.
    """

    ids: Ids
    entry_run: Column
    exit_run: Column
    zone: Column
    entry_territory: Column
    exit_territory: Column
    entry_port: Column
    exit_port: Column
    previous: Column  # territory before, airside stops included
    following: Column
    entry_mode: Column
    exit_mode: Column
    entry_on: Column
    exit_on: Column
    entry_at: Column
    exit_at: Column
    last_on: Column
    last_at: Column
    check_on: Column
    check_at: Column
    check_port: Column
    passport: Column  # shown at entry
    state: Column  # its state
    exit_passport: Column  # shown at exit
    exit_state: Column
    ground: Column
    ground_type: Column

    @property
    def enters(self) -> Column:
        """True for the rows with an entry (all but the stay at the start)."""
        column: Column = self.entry_run != START
        return column

    @property
    def exits(self) -> Column:
        """True for the rows with an exit (all but the last stay)."""
        column: Column = self.exit_run != END
        return column


@frozen(eq=False, kw_only=True)
class Applications:
    """One traveller's possible applications: an acquirable, in a passport ("" if none), on a date."""

    ids: Ids
    acquirable: Column
    passport: Column
    apply_on: Column
    ready_on: Column  # usable from 00:00 of this day


@frozen(eq=False, kw_only=True)
class Bookings:
    """One traveller's possible bookings of events."""

    ids: Ids
    event: Column
    passport: Column
    state: Column
    book_on: Column


class View(Protocol):
    """What a rule sees when it speaks about options."""

    @property
    def scenario(self) -> Scenario:
        """The question asked."""

    @property
    def runs(self) -> Runs:
        """The runs of legs."""

    @property
    def changes(self) -> Presences:
        """Landside presence at single ports, from run to run."""

    @property
    def fares(self) -> Mapping[str, int]:
        """Option id of buying each fare."""

    def stays(self, traveller: str) -> Stays:
        """The traveller's stay options."""

    def applications(self, traveller: str) -> Applications:
        """The traveller's application options."""

    def bookings(self, traveller: str) -> Bookings:
        """The traveller's booking options."""

    def visits(self, places: tuple[str, ...]) -> Presences:
        """Presence in any of the places (ports, territories, zones), across the ports that lie there."""

    def chosen(self, stop: str) -> Ids:
        """Options «this visit counts for the stop», aligned with the rows of `visits(stop.at)`.

        At most one is chosen for a stop, only with its visit, and different ones for stops at the same ports.
        """

    def charges(self) -> tuple[Charge, ...]:
        """What the options cost, in minor units; together the whole cost."""
