"""K17: a stay that goes on after a side trip to neighbouring places."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

import numpy as np
from attrs import frozen

from planner.core.period import Period
from planner.core.words import all_of
from planner.itinerary.journey import Journey, Stay
from planner.rules.base import Example, Rule, grounds_of, kind
from planner.rules.concerns import lives_in, type_of_ground
from planner.rules.facts import Broken, Fact, Telling
from planner.rules.masks import Mask, by_value, covering, effective, inside, most_nights
from planner.rules.outlook import Outlook
from planner.rules.refusals import resides
from planner.rules.shares import LongestStay, Share
from planner.rules.statements import AtMost, Block, Clause, Count, Statement, Unmet
from planner.rules.stay_limits import Limit, drawn_out
from planner.rules.tables import NEVER, Column, View
from planner.scenario.holdings import passports_of
from planner.scenario.law import Entry
from planner.scenario.node import GroundRef, GroundType, PlaceRef, State, ZoneRef
from planner.scenario.people import PastStay, Traveller
from planner.scenario.scenario import Scenario

_CFR = (
    "8 CFR 217.3(b), as told in http://www.nolo.com/legal-encyclopedia/"
    "in-us-visa-waiver-can-i-lengthen-stay-taking-quick-trip-canada-reentering.html"
)
_ANSWER = "https://allafragor.com/questions/54482/can-en-australier-anlander-till-usa-en-gang-i-manaden-fran-m"
# Beta from 1 June, Gamma from 4 to 8 June, Beta again until 10 June.
_SIDE_TRIP = """
remove = ["b"]
[[trip.stops]]
id = "c"
at = ["CCC"]
[[legs]]
id = "bc"
departs = 2025-06-04T14:00:00
arrives = 2025-06-04T16:00:00
[[legs]]
id = "cb"
departs = 2025-06-08T08:00:00
arrives = 2025-06-08T10:00:00
"""
_RULE = """
[[rules]]
kind = "continuing-stay"
id = "waiver"
zone = "BB"
types = ["visa_free"]
stay = "{days} days"
"""
_NEARBY = 'nearby = ["CC"]\n'
_THERE_ALREADY = """
[trip]
start = "BBB"
end = "AAA"
[[travellers]]
id = "t"
past_stays = [{ territory = "BB", from = 2025-05-20, type = "visa_free" }]
"""


@kind(
    "continuing-stay",
    summary="Coming back from neighbouring places goes on with the stay that was left, and starts no new one.",
    catalogue=("K17",),
    table=True,
)
@frozen(kw_only=True)
class ContinuingStay(Entry, Rule):
    """See `docs/semantics.md`, «Continuing stays».

    `original_end`: a stay ends at most `stay` after the first date of each stay that it continues, and of its own.
    `balance`: from the first date of each of these on, at most so many dates are covered by stays that count.
    """

    examples = (
        Example(
            title="Three days, four days in the neighbouring country and two more are ten in all",
            toml=_SIDE_TRIP + _RULE.format(days=10) + _NEARBY,
            cost=30000,
            source=_CFR,
        ),
        Example(
            title="The original nine days have ended in the meantime",
            toml=_SIDE_TRIP + _RULE.format(days=9) + _NEARBY,
            refused_by="waiver.t",
            source=_CFR,
        ),
        Example(
            title="From farther away it is a new stay",
            toml=_SIDE_TRIP + _RULE.format(days=9),
            cost=30000,
            source=_CFR,
        ),
        Example(
            title="Residents of the neighbouring country begin anew",
            toml=_SIDE_TRIP
            + _RULE.format(days=9)
            + _NEARBY
            + 'exempt_residents_of = ["CC"]\n[[travellers]]\nid = "t"\nresidence = ["CC"]\n',
            cost=30000,
            source="https://legalservicesincorporated.com/immigration/trip-canada-mexico-esta/",
        ),
        Example(
            title="Read as a balance, the days outside do not count",
            toml=_SIDE_TRIP + _RULE.format(days=7) + _NEARBY + 'count = "balance"\n',
            cost=30000,
            source=_ANSWER,
        ),
        Example(
            title="Read as a balance, four and three days are more than six",
            toml=_SIDE_TRIP + _RULE.format(days=6) + _NEARBY + 'count = "balance"\n',
            refused_by="waiver.t",
            source=_ANSWER,
        ),
        Example(
            title="Who is there already has to be out in time",
            toml="today = 2025-05-22" + _SIDE_TRIP + _RULE.format(days=21) + _NEARBY + _THERE_ALREADY,
            refused_by="waiver.t",
            source=_CFR,
        ),
        Example(
            title="Who is there already, with time enough",
            toml="today = 2025-05-22" + _SIDE_TRIP + _RULE.format(days=22) + _NEARBY + _THERE_ALREADY,
            cost=20000,
            source=_CFR,
        ),
    )

    zone: ZoneRef
    """Where."""
    nearby: tuple[ZoneRef, ...] = ()
    """A trip from there to these ends no stay."""
    stay: Period
    """How long the stays may last together; the day of the first entry is day 1."""
    types: tuple[GroundType, ...] = ()
    """Only stays that rest on these. Left out: any."""
    grounds_: tuple[GroundRef, ...] = ()  # `grounds` in files; the method of rules has that name
    """Only stays that rest on these. Left out: any."""
    count: Literal["original_end", "balance"] = "original_end"
    """Whether the time outside counts as well (`original_end`), or only the days of presence (`balance`)."""
    exempt_nationalities: tuple[State, ...] = ()
    """Of the passport shown."""
    exempt_residents_of: tuple[PlaceRef, ...] = ()
    """Whose residents are not concerned."""

    def fact(self, scenario: Scenario, traveller: Traveller) -> Fact:
        """The limit, for one traveller."""
        nearby = all_of(map(scenario.name_of, self.nearby)) or "elsewhere"
        how = "ends" if self.count == "original_end" else "uses up its days"
        return Fact(
            id=f"{self.id}.{traveller.id}",
            text=f"{traveller.label}'s stay in {scenario.name_of(self.zone)} {how} after {self.stay}, "
            f"and side trips to {nearby} start no new one",
            telling=Telling.ADMISSION,
            kind=self.kind,
            place=self.where.of("stay"),
            source=self.source,
        )

    # ---- for solving

    def restrict(self, view: View) -> Iterator[Statement]:
        """No stay together with one that it continues, or with several, if it lasts too long after that."""
        for traveller in view.scenario.travellers:
            if not resides(view.scenario, traveller, self.exempt_residents_of):
                if self.count == "original_end":
                    yield from self._original_end(view, traveller)
                else:
                    yield from self._balance(view, traveller)

    def _original_end(self, view: View, traveller: Traveller) -> Iterator[Statement]:
        """For stays that begin on one day: those that last too long after it, unless there is one outside between.

        Stays are taken together if nothing that matters begins between them.
        """
        fact, stays = self.fact(view.scenario, traveller), view.stays(traveller.id)
        (begins, rows), outside = self._counting(view, traveller), self._outside(view, traveller)
        at, starts = stays.entry_at, np.unique(stays.entry_at[outside])
        before = np.searchsorted(starts, at)  # how many starts outside lie before a stay
        for day, first in by_value(begins, rows):
            end = self.stay.last_day(date.fromordinal(day), "entry_day").toordinal()
            late = rows & stays.enters & (stays.last_on > end)
            if (first & late).any():
                yield Block(fact, stays.ids[first & late])
            later = late & ~first
            place = np.searchsorted(np.union1d(starts, at[later]), at, side="right")
            for _, one in by_value(place, first if later.any() else later):
                for count, two in by_value(before, later & (at > at[one][0])):
                    between = outside & (at > at[one][0]) & (before < count)
                    yield Clause(fact, (stays.ids[one], stays.ids[two]), stays.ids[between])

    def _balance(self, view: View, traveller: Traveller) -> Iterator[Statement]:
        """For each stay and each start outside after it: a sum over the dates between, unless there is one outside."""
        fact, stays = self.fact(view.scenario, traveller), view.stays(traveller.id)
        (begins, rows), outside = self._counting(view, traveller), self._outside(view, traveller)
        at, order = stays.entry_at, np.argsort(stays.entry_at, kind="stable")
        order = order[rows[order]]
        dates = [(stays.ids[order][here], at[order][here]) for here in covering(begins[order], stays.last_on[order])]
        for _, one in by_value(stays.entry_run, rows):
            start, day = int(at[one][0]), int(begins[one][0])
            most = self.stay.last_day(date.fromordinal(day), "entry_day").toordinal() - day + 1
            for stop in (*np.unique(at[outside & (at > start)]).tolist(), NEVER):
                spans = [(ids, np.searchsorted(entered, (start, stop))) for ids, entered in dates]
                counts = [Count(1, ids[low:high], once=True) for ids, (low, high) in spans if low < high]
                slack = len(counts) - most
                if slack > 0:
                    then = (at > start) & (at < stop)
                    # The stay at the start breaks nothing by itself.
                    given = (stays.ids[one],) if stays.enters[one][0] else (stays.ids[one], stays.ids[rows & then])
                    together = Clause(None, given, stays.ids[outside & then])
                    yield AtMost(fact, (*counts, Unmet(slack, (together,))), len(counts))

    def _counting(self, view: View, traveller: Traveller) -> tuple[Column, Mask]:
        """The first day of each stay, and which stays count."""
        scenario, stays = view.scenario, view.stays(traveller.id)
        rows = stays.enters & effective(self, stays.entry_on) & ~np.isin(stays.state, self.exempt_nationalities)
        rows &= inside(scenario, self.zone, stays.entry_territory, stays.entry_on)
        for allowed, column in ((self.types, stays.ground_type), (self.grounds_, stays.ground)):
            if allowed:
                rows &= np.isin(column, allowed)
        since = [
            past.from_.toordinal()
            for past in traveller.past_stays
            if past.to is None and scenario.is_in(self.zone, past.territory, past.from_)
            if past.type is None or not self.types or past.type in self.types
            if scenario.state_of(traveller, past.passport) not in self.exempt_nationalities
        ]
        if not since:
            return stays.entry_on, rows
        return np.where(stays.enters, stays.entry_on, min(since)), rows | (~stays.enters & stays.exits)

    def _outside(self, view: View, traveller: Traveller) -> Mask:
        """The stays that were entered neither in the zone nor nearby."""
        stays = view.stays(traveller.id)
        outside: Mask = stays.enters.copy()
        for place in (self.zone, *self.nearby):
            outside &= ~inside(view.scenario, place, stays.entry_territory, stays.entry_on)
        return outside

    def bound(self, outlook: Outlook) -> Iterator[Share]:
        """A single stay that counts is no longer than `stay`."""
        if not outlook.in_force(self).all():
            return
        scenario, within = outlook.scenario, outlook.within(self.zone)
        zones = [zone for zone in outlook.zones if within[outlook.in_zone(zone)].all()]
        for traveller in scenario.travellers:
            exempt = {*passports_of(scenario, traveller).values()} & {*self.exempt_nationalities}
            if exempt or resides(scenario, traveller, self.exempt_residents_of):
                continue
            offers = [offer for offer in grounds_of(scenario, traveller) if not self.types or offer.type in self.types]
            grounds = [offer.id for offer in offers if not self.grounds_ or offer.id in self.grounds_]
            yield LongestStay(
                facts=(self.fact(scenario, traveller),),
                traveller=traveller.id,
                nights=most_nights(self.stay, "entry_day", outlook.days),
                grounds=grounds if self.types or self.grounds_ else None,
                zones=zones,
            )

    # ---- for verifying

    def check(self, journey: Journey) -> Iterator[Broken]:
        """Go through each traveller's stays with those that each of them continues."""
        for traveller in journey.scenario.travellers:
            how = self._too_long(journey, traveller)
            if how and not lives_in(journey.scenario, traveller, self.exempt_residents_of):
                yield Broken(self.fact(journey.scenario, traveller), how)

    def _too_long(self, journey: Journey, traveller: Traveller) -> str:
        """How the first stay that is too long is so; "" if none is."""
        stays = journey.stays[traveller.id]
        together = [(past.from_, stays[0].exit.on) for past in self._lasting(journey, traveller) if stays[0].exit]
        for stay in stays[1:]:
            assert stay.entry is not None
            assert stay.last_on is not None
            if not self._near(journey, stay):
                together = []
            elif self._counts(journey, stay):
                together.append((stay.entry.on, stay.last_on))
                for index, (first, _) in enumerate(together):
                    end = self.stay.last_day(first, "entry_day")
                    if self.count == "original_end" and stay.last_on > end:
                        return f"there from {first} on, it ends on {end}, but lasts until {stay.last_on}"
                    dates = {date for span in together[index:] for date in _dates(*span)}
                    if self.count == "balance" and len(dates) > (end - first).days + 1:
                        return f"{len(dates)} dates from {first} to {stay.last_on}"
        return ""

    def _lasting(self, journey: Journey, traveller: Traveller) -> list[PastStay]:
        """The past stay, if there is one, because of which the stay at the start counts; of several, the earliest."""
        found = []
        for past in traveller.past_stays:
            if past.to is not None or not journey.scenario.is_in(self.zone, past.territory, past.from_):
                continue
            if self.types and past.type is not None and past.type not in self.types:
                continue
            if journey.scenario.state_of(traveller, past.passport) not in self.exempt_nationalities:
                found.append(past)
        return sorted(found, key=lambda past: past.from_)[:1]

    def _near(self, journey: Journey, stay: Stay) -> bool:
        """Whether a stay was entered in the zone or nearby."""
        entry = stay.entry
        assert entry is not None
        return any(journey.scenario.is_in(place, entry.territory, entry.on) for place in (self.zone, *self.nearby))

    def _counts(self, journey: Journey, stay: Stay) -> bool:
        """Whether a stay with an entry counts."""
        entry, scenario = stay.entry, journey.scenario
        assert entry is not None
        state = scenario.state_of(scenario.traveller_by_id[stay.traveller], stay.passport)
        return (
            self.in_force(entry.on)
            and scenario.is_in(self.zone, entry.territory, entry.on)
            and (not self.types or type_of_ground(journey, stay) in self.types)
            and (not self.grounds_ or stay.ground in self.grounds_)
            and state not in self.exempt_nationalities
        )

    def last_lawful(self, journey: Journey, stay: Stay) -> Limit | None:
        """The last date to which the stay could be drawn out."""
        traveller = journey.scenario.traveller_by_id[stay.traveller]
        exempt = lives_in(journey.scenario, traveller, self.exempt_residents_of)
        if stay.entry is None or exempt or not self._counts(journey, stay):
            return None
        days = (self.stay.after(stay.entry.on) - stay.entry.on).days + 1
        return drawn_out(journey, stay, lambda longer: not self._too_long(longer, traveller), days)


def _dates(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))
