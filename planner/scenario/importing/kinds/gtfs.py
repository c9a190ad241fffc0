"""Timetables as GTFS feeds: https://gtfs.org/documentation/schedule/reference/

A trip is one leg for each two of its stops that are ports, from one where it can be boarded to one where it can be
left. Read by the project itself: the libraries give tables, not instants, and no place for what is wrong in them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from attrs import define, field, frozen

from planner.scenario.importing.base import Faults, Legs, Part, importer
from planner.scenario.importing.calendars import beginning, services
from planner.scenario.importing.feeds import Feed, seconds, whole
from planner.scenario.importing.gtfs_fares import Fares
from planner.scenario.importing.gtfs_leg_fares import LegFares
from planner.scenario.importing.stops import ports_of
from planner.scenario.node import Mode
from planner.scenario.reading.airports import Atlas
from planner.scenario.reading.checks.tables import is_zone
from planner.scenario.reading.legs.columns import Unreadable
from planner.scenario.reading.legs.files import DataFile
from planner.scenario.reading.legs.written import LegTable

MOST_LEGS = 20_000_000
UNTIMED = "calls of trips without times at ports"


@importer("gtfs", "timetables: GTFS feeds, zip files or folders")
def read(files: Sequence[DataFile], table: LegTable, atlas: Atlas) -> Iterator[Part]:
    """Each feed for itself."""
    for file in files:
        faults = Faults()
        part = _Reader(Feed.of(file.path, faults), table, atlas).part(file)
        faults.stop()
        yield part


@frozen
class _Call:
    """A stop of a trip at a port; times are seconds of the service's day."""

    order: int
    stop: str
    port: str
    arrives: int
    departs: int
    boards: bool
    leaves: bool


@frozen
class _Trip:
    id: str
    route: str
    service: str
    operator: str
    mode: Mode


@define
class _Reader:
    feed: Feed
    table: LegTable
    atlas: Atlas
    legs: Legs = field(factory=Legs)
    left_out: Counter[str] = field(factory=Counter)
    _begins: dict[date, int] = field(factory=dict)
    _starts: dict[str, tuple[int, int]] = field(factory=dict)  # order and departure of the first stop of trips

    def part(self, file: DataFile) -> Part:
        """All of the feed; what is wrong is left in its faults."""
        zone, agencies = self._agencies()
        ports, described = ports_of(self.feed, self.table.ports, self.atlas, zone, self.left_out)
        days = services(self.feed, self.table.only.departs_from, self.table.only.departs_to)
        trips = self._trips(agencies, days)
        again = self._frequencies(trips)
        calls = self._calls(trips, ports, again)
        fares = (LegFares if self.feed.has("fare_leg_rules.txt") else Fares).of(self.feed, self.left_out)
        for trip_id, stops in calls.items() if not self.feed.faults.problems else ():
            trip = trips[trip_id]
            self._expand(trip, sorted(stops, key=lambda call: call.order), days[trip.service], again, fares, zone)
        return Part(
            file=file,
            frame=self.legs.frame(),
            utc=True,
            currency=fares.currency,
            ports=described,
            left_out=self.left_out,
        )

    def _agencies(self) -> tuple[str, Mapping[str, str]]:
        zones: list[str] = []
        names: dict[str, str] = {}
        for row in self.feed.rows("agency.txt", "agency_name", "agency_timezone"):
            if not is_zone(row["agency_timezone"]):
                self.feed.faults.add(row.place, f"agency_timezone: unknown time zone {row['agency_timezone'][:40]!r}")
                continue
            if zones and row["agency_timezone"] != zones[0]:
                self.feed.faults.add(row.place, f"agency_timezone: {row['agency_timezone']!r}, but {zones[0]!r} above")
            zones.append(row["agency_timezone"])
            names[row["agency_id"]] = row["agency_name"]
        if not zones:
            self.feed.faults.stop()
            raise Unreadable("the feed's agency.txt names no agency")
        return zones[0], names

    def _trips(self, agencies: Mapping[str, str], days: Mapping[str, list[date]]) -> dict[str, _Trip]:
        routes: dict[str, tuple[str, Mode]] = {}
        only = next(iter(agencies.values())) if len(agencies) == 1 else ""
        for row in self.feed.rows("routes.txt", "route_id", "route_type"):
            if row["agency_id"] and not self.feed.known(row, "agency_id", agencies, "agency.txt"):
                continue
            mode = self.feed.read(row, "route_type", _mode, "a type of route, such as 2")
            if mode is not None:
                routes[row["route_id"]] = agencies.get(row["agency_id"], only), mode
        trips = {}
        for row in self.feed.rows("trips.txt", "trip_id", "route_id", "service_id"):
            if row["trip_id"] in trips:
                self.feed.faults.add(row.place, f"the trip_id {row['trip_id'][:40]!r} is used twice")
            elif self.feed.known(row, "route_id", routes, "routes.txt") and self.feed.known(
                row, "service_id", days, "calendar.txt or calendar_dates.txt"
            ):
                trips[row["trip_id"]] = _Trip(
                    row["trip_id"], row["route_id"], row["service_id"], *routes[row["route_id"]]
                )
        return trips

    def _calls(
        self, trips: Mapping[str, _Trip], ports: Mapping[str, str], again: Collection[str]
    ) -> Mapping[str, list[_Call]]:
        """Where trips stop at ports. For others of their stops it is enough to know that they are there."""
        found: dict[str, list[_Call]] = defaultdict(list)
        stops = {row["stop_id"] for row in self.feed.rows("stops.txt", "stop_id")}
        for row in self.feed.rows("stop_times.txt", "trip_id", "stop_id", "stop_sequence"):
            if row["trip_id"] not in trips or row["stop_id"] not in stops:
                self.feed.known(row, "trip_id", trips, "trips.txt")
                self.feed.known(row, "stop_id", stops, "stops.txt")
                continue
            if row["stop_id"] not in ports and row["trip_id"] not in again:
                continue
            texts = row["arrival_time"] or row["departure_time"], row["departure_time"] or row["arrival_time"]
            if not texts[0]:
                self.left_out[UNTIMED] += row["stop_id"] in ports
                continue
            try:
                arrives, departs, order = seconds(texts[0]), seconds(texts[1]), int(row["stop_sequence"])
            except ValueError:
                told = f"{row['stop_sequence']}, {texts[0]}, {texts[1]}"[:60]
                self.feed.faults.add(row.place, f"expected a whole number and times such as 25:10:00, found {told!r}")
                continue
            if departs < arrives:
                self.feed.faults.add(row.place, f"departure_time: {texts[1]} is before {texts[0]}")
                continue
            if row["trip_id"] in again:
                self._starts[row["trip_id"]] = min((order, departs), self._starts.get(row["trip_id"], (order, departs)))
            if row["stop_id"] not in ports:
                continue
            boards, leaves = row["pickup_type"] != "1", row["drop_off_type"] != "1"
            port = ports[row["stop_id"]]
            found[row["trip_id"]].append(_Call(order, row["stop_id"], port, arrives, departs, boards, leaves))
        return found

    def _frequencies(self, trips: Mapping[str, _Trip]) -> Mapping[str, list[tuple[int, int]]]:
        """For trips that repeat: when each run of them departs from its first stop, and how long one may wait for it.

        Runs that keep no exact times come within the headway, so one is there when the run before it has left and
        arrives by the time the next one would.
        """
        found: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for row in self.feed.rows_if_any("frequencies.txt", "trip_id", "start_time", "end_time", "headway_secs"):
            ends = [self.feed.read(row, key, seconds, "a time such as 25:10:00") for key in ("start_time", "end_time")]
            headway = self.feed.read(row, "headway_secs", whole, "a whole number of seconds")
            known = self.feed.known(row, "trip_id", trips, "trips.txt")
            if row["exact_times"] not in ("", "0", "1"):
                self.feed.faults.add(row.place, f"exact_times: expected 0 or 1, found {row['exact_times'][:40]!r}")
            elif ends[0] is not None and ends[1] is not None and headway is not None and known:
                wait = 0 if row["exact_times"] == "1" else headway
                found[row["trip_id"]] += [(start, wait) for start in range(ends[0], ends[1], headway)]
        return found

    def _expand(
        self,
        trip: _Trip,
        calls: Sequence[_Call],
        days: Sequence[date],
        again: Mapping[str, list[tuple[int, int]]],
        fares: Fares | LegFares,
        zone: str,
    ) -> None:
        """The legs of a trip, on each of its days."""
        pairs = [
            (first, second, fares.price(trip.route, first.stop, second.stop))
            for at, first in enumerate(calls)
            for second in calls[at + 1 :]
            if first.boards and second.leaves and first.port != second.port
        ]
        if not pairs:
            return
        runs = [(0, 0, "")]
        if trip.id in again:  # they count from the first stop of the trip
            own = self._starts[trip.id][1]
            runs = [(start - own, wait, f"-{_clock(start)}") for start, wait in again[trip.id]]
        if len(self.legs.ids) + len(pairs) * len(runs) * len(days) > MOST_LEGS:
            raise Unreadable(f"there are more than {MOST_LEGS:,} legs", "read fewer dates: --from and --to")
        for one in days:
            begin = self._begins.setdefault(one, beginning(one, zone))
            for shift, wait, mark in runs:
                for first, second, price in pairs:
                    # Whole minutes, to the safe side.
                    departs = (begin + shift + first.departs) // 60
                    arrives = -(-(begin + shift + second.arrives + wait) // 60)
                    id_ = f"{trip.id}{mark}-{first.order}-{second.order}-{one:%Y%m%d}"
                    if arrives <= departs:
                        self.left_out["rides that take no time"] += 1
                    else:
                        self.legs.add(id_, first.port, second.port, departs, arrives, trip.operator, trip.mode, price)


def _clock(time: int) -> str:
    """A time of a service's day for an id: 251000."""
    return f"{time // 3600:02}{time // 60 % 60:02}{time % 60:02}"


def _mode(text: str) -> Mode:
    """The mode of a route's type, of the standard or of the extended list. Raises ValueError."""
    number = int(text)
    if number in (0, 1, 2, 5, 7, 12) or 100 <= number < 200 or 400 <= number < 700 or 900 <= number < 1000:
        return "rail"
    if number in (3, 11) or 200 <= number < 300 or 700 <= number < 900 or 1500 <= number < 1600:
        return "road"
    if number == 4 or 1000 <= number < 1100 or 1200 <= number < 1300:
        return "sea"
    if 1100 <= number < 1200:
        return "air"
    raise ValueError
