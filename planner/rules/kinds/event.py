"""K44: events the travellers want to attend, and the conditions of booking them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from attrs import frozen

from planner.core.time import written
from planner.itinerary.choices import Booking
from planner.itinerary.journey import Journey
from planner.rules.attendance import attending
from planner.rules.base import Example, Rule, kind
from planner.rules.eases import trips
from planner.rules.easing import Easing
from planner.rules.facts import Broken, Fact, Telling
from planner.rules.masks import Mask, by_value
from planner.rules.needs import require_in_hand
from planner.rules.obtainable import givers, has_ever
from planner.rules.obtained import in_hand
from planner.rules.outlook import Outlook
from planner.rules.shares import Narrowed, Never, Obtained, Paid, Share, Wanted
from planner.rules.statements import Block, Clause, Ids, Statement
from planner.rules.tables import NEVER, View
from planner.scenario.people import Traveller
from planner.scenario.scenario import Scenario
from planner.scenario.trip import Event

_KORYO = "https://stg-m.koreaherald.com/article/10433023"
_RACE = """
[[trip.events]]
id = "race"
title = "the Beta marathon"
at = ["BB"]
first_day = 2025-06-06
price = "40"
"""
_INVITATION = """
[[acquirables]]
id = "letter"
title = "an invitation"
price = "5"
certificate = { kind = "invitation" }
"""
_IN_SUMMER = """
[[acquirables]]
id = "second"
price = "0"
lead = { days = 90 }
passport = { id = "b", state = "BB" }
"""


@kind(
    "event",
    summary="Events are attended by the travellers who want to, and booked in time with a passport in hand.",
    catalogue=("K44",),
)
@frozen(kw_only=True)
class Attending(Rule):
    """See `docs/semantics.md`, «Events and stops».

    Bookings on other dates than `booked_on`, or with other passports than `booked_with`, are no options at all.
    """

    event: Event

    examples = (
        Example(title="Booked before the deadline", toml=_RACE + "book_by = 2025-03-14\n", cost=24000, source=_KORYO),
        Example(
            title="The deadline has passed",
            toml="today = 2025-03-15\n" + _RACE + "book_by = 2025-03-14\n",
            refused_by="event.race.booking",
            source=_KORYO,
        ),
        Example(
            title="Nobody can be there on the day",
            toml=_RACE + '[[trip.events]]\nid = "race"\nfirst_day = 2025-06-20\n',
            refused_by="event.race",
        ),
        Example(
            title="An invitation is got before booking",
            toml=_RACE + 'needs = ["invitation"]\n' + _INVITATION,
            cost=24500,
        ),
        Example(
            title="Booked already, but there was no invitation then",
            toml=_RACE + 'needs = ["invitation"]\nbooked_on = 2024-12-01\n' + _INVITATION,
            refused_by="event.race.in_hand",
        ),
        Example(
            title="Booked on a day before bookings were taken",
            toml=_RACE + "booked_on = 2024-12-01\nbook_from = 2024-12-02\n",
            refused_by="event.race.booking",
        ),
        Example(
            title="Registered with a passport that comes after the last day for booking",
            toml=_RACE + 'book_by = 2025-03-14\nbooked_with = ["b"]\npassport_in_hand = true\n' + _IN_SUMMER,
            refused_by="event.race.in_hand",
        ),
        Example(
            title="Registered by the number of a passport that nobody wants to see",
            toml=_RACE + 'book_by = 2025-03-14\nbooked_with = ["b"]\npassport_in_hand = false\n' + _IN_SUMMER,
            cost=24000,
        ),
    )

    @classmethod
    def instances(cls, scenario: Scenario) -> Iterable[Rule]:
        """One for each event."""
        return [cls(event=event) for event in scenario.trip.events]

    def _booking(self) -> Fact:
        event = self.event
        start = f" from {written(event.book_from)}" if event.book_from else ""
        end = f" until {written(event.book_by)}" if event.book_by else ""
        return Fact(
            id=f"event.{event.id}.booking",
            text=f"{event.label} can be booked only{start}{end}",
            telling=Telling.ADMISSION,
            kind=self.kind,
            place=event.where.of("book_by" if event.book_by else "book_from"),
        )

    def _in_hand(self) -> Fact:
        event = self.event
        papers = ["the passport registered with"] if event.passport_in_hand else []
        return Fact(
            id=f"event.{event.id}.in_hand",
            text=f"booking {event.label} takes {' and '.join([*papers, *event.needs])} in hand",
            telling=Telling.PAPER,
            kind=self.kind,
            place=event.where.of("needs" if event.needs else "passport_in_hand"),
        )

    def easings(self, scenario: Scenario) -> Iterator[Easing]:
        """The event given up."""
        yield from trips.event(scenario, self.event, attending(scenario, self.event).id)

    # ---- for solving

    def restrict(self, view: View) -> Iterator[Statement]:
        """Demand a booking of everyone who wants to attend; every booking goes with a visit at that time."""
        event, visits = self.event, view.visits(self.event.at)
        there = (visits.arrives_on <= event.first_day.toordinal()) & (visits.departs_on >= event.end.toordinal())
        low = event.book_from.toordinal() if event.book_from else 0
        high = event.book_by.toordinal() if event.book_by else NEVER
        for traveller in view.scenario.travellers:
            if event.travellers and traveller.id not in event.travellers:
                continue
            bookings = view.bookings(traveller.id)
            rows = bookings.event == event.id
            yield Clause(attending(view.scenario, self.event), (), bookings.ids[rows])
            yield Clause(None, (bookings.ids[rows],), visits.ids[there])
            closed = rows & ((bookings.book_on < low) | (bookings.book_on > high))
            if closed.any():
                yield Block(self._booking(), bookings.ids[closed])
            yield from self._papers(view, traveller, rows)

    def _papers(self, view: View, traveller: Traveller, rows: Mask) -> Iterator[Statement]:
        bookings, applications = view.bookings(traveller.id), view.applications(traveller.id)
        held = {book.id for book in traveller.passports}

        def options(mask: Mask) -> dict[int, Ids]:
            return {day: bookings.ids[group] for day, group in by_value(bookings.book_on, mask)}

        for passport in np.unique(bookings.passport[rows]):
            mine = rows & (bookings.passport == passport)
            if passport not in held:
                # Nobody registers with a passport never obtained: that is structure, no matter of any fact.
                giving = [a.id for a in view.scenario.acquirables if a.passport and a.passport.id == passport]
                obtained = applications.ids[np.isin(applications.acquirable, giving)]
                yield Clause(None, (bookings.ids[mine],), obtained)
            if self.event.passport_in_hand:
                yield from require_in_hand(view, traveller, options(mine), str(passport), self._in_hand())
        for need in self.event.needs:
            yield from require_in_hand(view, traveller, options(rows), need, self._in_hand())

    def bound(self, outlook: Outlook) -> Iterator[Share]:
        """A visit on its dates, what bookings cost, and the papers that booking takes."""
        event, scenario = self.event, outlook.scenario
        wish, name = attending(scenario, event), f"event.{event.id}"
        people = [t for t in scenario.travellers if not event.travellers or t.id in event.travellers]
        yield Wanted(facts=(wish,), visit=name, ports=scenario.ports_at(event.at), from_start=True)
        first, last = event.first_day.toordinal(), event.end.toordinal()
        yield Narrowed(facts=(wish,), visit=name, arrive_by=first, leave_from=last)
        times = 1 if event.per == "party" else len(people)
        yield Paid(facts=(wish,), amount=scenario.minor(event.price) * times)
        if not self._booking_days(scenario):
            yield Never(facts=(wish, self._booking()))
        for traveller in people:
            for need in event.needs:
                items = givers(scenario, need)
                if items and not has_ever(traveller, need):
                    yield Obtained(facts=(wish, self._in_hand()), traveller=traveller.id, items=items)

    def _booking_days(self, scenario: Scenario) -> range:
        """The days on which bookings are taken."""
        event = self.event
        first, last = scenario.today.toordinal(), event.first_day.toordinal()
        if event.booked_on is not None:
            first = last = event.booked_on.toordinal()
        low = event.book_from.toordinal() if event.book_from else first
        high = event.book_by.toordinal() if event.book_by else last
        return range(max(first, low), min(last, high) + 1)

    # ---- for verifying

    def check(self, journey: Journey) -> Iterator[Broken]:
        """Ask everyone who wants to attend for the booking. Without being there, none is made: that is structure."""
        event, scenario = self.event, journey.scenario
        for traveller in scenario.travellers:
            booked = [booking for booking in journey.bookings(traveller.id) if booking.event == event.id]
            if not booked and (not event.travellers or traveller.id in event.travellers):
                yield Broken(attending(scenario, self.event), f"{traveller.label} has no booking")
            for booking in booked:
                yield from self._booked(journey, traveller, booking)

    def _booked(self, journey: Journey, traveller: Traveller, booking: Booking) -> Iterator[Broken]:
        event, day = self.event, booking.on
        if (event.book_from and day < event.book_from) or (event.book_by and day > event.book_by):
            yield Broken(self._booking(), f"booked on {day}")
        needs = [*event.needs, *([booking.passport] if event.passport_in_hand else [])]
        for need in needs:
            if not in_hand(journey, traveller, need, day):
                yield Broken(self._in_hand(), f"{need} is not in hand on {day}")
