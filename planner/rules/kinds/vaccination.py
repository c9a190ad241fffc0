"""K30: a vaccination that counts from some days on, for those who come from where there is a risk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

import numpy as np
from attrs import frozen

from planner.core.words import either
from planner.itinerary.journey import Journey, Stay
from planner.rules.base import Example, Rule, kind
from planner.rules.concerns import Concerning
from planner.rules.examples import THROUGH_BETA
from planner.rules.facts import Broken, Fact, Telling
from planner.rules.masks import Mask, by_value, inside
from planner.rules.outlook import Outlook
from planner.rules.refusals import concerned, refuse, refused
from planner.rules.shares import Share
from planner.rules.showing import Found, shown
from planner.rules.statements import Ids, Statement
from planner.rules.tables import NEVER, START, Column, View
from planner.scenario.node import CertificateRef, ZoneRef
from planner.scenario.people import Dates, Traveller
from planner.scenario.scenario import Scenario

_NICARAGUA = "https://ambmanagua.esteri.it/es/?p=1494"
_SAUDI = "https://www.moh.gov.sa/en/Hajj/HealthGuidelines/HealthGuidelinesDuringHajj/Pages/YellowFever.aspx"
_SIX_DAYS = "https://www.royalairmaroc.com/fr-fr/Guide-pratique/Visas-et-Vaccins/Terms-and-definitions"
_RULE = """
[[rules]]
kind = "vaccination"
id = "fever"
zone = "{zone}"
risk = ["{risk}"]
certificate = "yellow-fever"
"""
# To Gamma, and home on the day given after a stay at Beta.
_BY_GAMMA = """
[[trip.stops]]
id = "c"
at = ["CCC"]
[[legs]]
id = "ba"
departs = {day}T14:00:00
arrives = {day}T16:00:00
"""
_SIX_DAYS_AGO = _RULE.format(zone="AA", risk="CC") + "look_back = 6\n"
_JAB = """
[[acquirables]]
id = "jab"
price = "25"
apply_on = [{}]
certificate = {{ kind = "yellow-fever" }}
"""
_LONG_CHANGE = THROUGH_BETA + _RULE.format(zone="CC", risk="BB")


def _change(departs: str) -> str:
    return f'airside_hours = 12\n[[legs]]\nid = "bc"\ndeparts = 2025-06-01T{departs}\narrives = 2025-06-02T06:00:00\n'


@kind(
    "vaccination",
    summary="Who comes from where there is a risk, even from a long change of planes, has been vaccinated in time.",
    catalogue=("K30",),
    table=True,
)
@frozen(kw_only=True)
class Vaccination(Concerning, Rule):
    """An entry concerned (see `Concerning`) after presence in one of the places in `risk` takes a certificate.

    Presence is a landside visit to a port that ends before the entry (the one at the start too), or a past stay; one
    without an end lasts until the journey's first exit. With `airside_hours`, an airside change that takes longer than
    that counts too, also on the way to the entry. Its territory is, or lies in, one of those places on its last date.
    With `look_back`, only presence whose last date is at most so many days before the entry date counts.

    The `certificate`, of that kind, is shown at check-in, valid on the entry date, and issued `days_before` days or
    more before that. One obtained is issued on its ready date; one held whose date is not known will do.
    """

    examples = (
        Example(
            title="Six days after leaving Gamma",
            toml=_BY_GAMMA.format(day="2025-06-16") + _SIX_DAYS_AGO,
            refused_by="fever.t",
            source=_SIX_DAYS,
        ),
        Example(
            title="Seven days after leaving Gamma nobody asks",
            toml=_BY_GAMMA.format(day="2025-06-17") + _SIX_DAYS_AGO,
            cost=30000,
            source=_SIX_DAYS,
        ),
        Example(
            title="Vaccinated ten days before",
            toml=_BY_GAMMA.format(day="2025-06-16") + _SIX_DAYS_AGO + _JAB.format("2025-06-06"),
            cost=32500,
            source=_SAUDI,
        ),
        Example(
            title="Vaccinated nine days before",
            toml=_BY_GAMMA.format(day="2025-06-16") + _SIX_DAYS_AGO + _JAB.format("2025-06-07"),
            refused_by="fever.t",
            source=_SAUDI,
        ),
        Example(
            title="More than twelve hours at an airport where there is a risk",
            toml=_LONG_CHANGE + _change("22:01:00"),
            refused_by="fever.t",
            source=_NICARAGUA,
        ),
        Example(
            title="Twelve hours at an airport are not too many",
            toml=_LONG_CHANGE + _change("22:00:00"),
            cost=24000,
            source=_NICARAGUA,
        ),
        Example(
            title="Infants need none",
            toml=_LONG_CHANGE
            + 'from_age = "1 year"\n'
            + _change("22:01:00")
            + '[[travellers]]\nid = "t"\nborn = 2024-06-03\n',
            cost=24000,
            source=_NICARAGUA,
        ),
        Example(
            title="A past stay, eight days before the entry",
            toml="today = 2025-05-24\n"
            + _RULE.format(zone="BB", risk="CC")
            + 'look_back = 8\n[[travellers]]\nid = "t"\n'
            + 'past_stays = [{ territory = "CC", from = 2025-05-01, to = 2025-05-24 }]\n',
            refused_by="fever.t",
        ),
        Example(
            title="The country where the trip starts",
            toml=_RULE.format(zone="BB", risk="AA"),
            refused_by="fever.t",
            source=_SAUDI,
        ),
    )

    risk: tuple[ZoneRef, ...]
    """Presence there, on this trip or in `past_stays`, before the entry."""
    certificate: CertificateRef
    """Shown at check-in, valid on the day of entry."""
    look_back: int | None = None
    """Presence that ended more than so many days before the entry does not count. Left out: the whole trip and past
    stays count.
    """
    airside_hours: int | None = None
    """Changes of planes that take longer than so many hours count as well."""
    days_before: int = 10
    """The vaccination is at least so many days old; its `issued`, or the day it is ready, counts."""

    def fact(self, scenario: Scenario, traveller: Traveller) -> Fact:
        """The demand on one traveller."""
        within = f" in the last {self.look_back} days" if self.look_back is not None else ""
        return Fact(
            id=f"{self.id}.{traveller.id}",
            text=f"after {either(map(scenario.name_of, self.risk))}{within}, {traveller.label} must show a certificate "
            f"({self.certificate}) that is {self.days_before} days old to enter {self.entries(scenario)}",
            telling=Telling.PAPER,
            kind=self.kind,
            place=self.where.of("risk"),
            source=self.source,
        )

    # ---- for solving

    def restrict(self, view: View) -> Iterator[Statement]:
        """Refuse the entries of each day after what is certain, and those by each run together with presence before."""
        starts = view.changes.departs_on[(view.changes.before == START) & (view.changes.departs_on < NEVER)]
        for traveller in view.scenario.travellers:
            stays, rows = view.stays(traveller.id), concerned(view, self, traveller)
            if not rows.any():
                continue
            fact, (ids, last_on, ends_at) = self.fact(view.scenario, traveller), self._presences(view, traveller)
            sure = self._surely(view.scenario, traveller, starts)
            for day, on_day in by_value(stays.entry_on, rows):
                first = day - self.look_back if self.look_back is not None else 0
                vaccinated = Dates(to=date.fromordinal(day) - timedelta(days=self.days_before))
                refused_if = partial(
                    refuse, view, self, traveller, fact, certificates=(self.certificate,), issued=vaccinated
                )
                if sure is not None and sure >= first:
                    yield from refused_if(on_day)
                    continue
                for at, group in by_value(stays.check_at, on_day):
                    before = ids[(first <= last_on) & (ends_at <= at)]
                    if len(before):
                        yield from refused_if(group, given=(before,))

    def _presences(self, view: View, traveller: Traveller) -> tuple[Ids, Column, Column]:
        """Options of presence: ids, its last date, and the time until which a check-in is no entry after it."""
        scenario, changes, runs, stays = view.scenario, view.changes, view.runs, view.stays(traveller.id)
        territories = np.array([scenario.territory_of(port) for port in changes.end_port.tolist()], dtype=object)
        visited = self._at_risk(scenario, territories, changes.departs_on)
        found = [(changes.ids[visited], changes.departs_on[visited], changes.departs[visited])]
        long = np.array([self._last_long_change(view, touches) for touches in runs.airside], dtype=np.int64)
        found.append((runs.ids[long > 0], long[long > 0], runs.departs[long > 0]))
        for past in traveller.past_stays:
            if past.to is None:
                territory = np.full(len(stays.ids), past.territory, dtype=object)
                left = ~stays.enters & stays.exits & self._at_risk(scenario, territory, stays.exit_on)
                found.append((stays.ids[left], stays.exit_on[left], stays.exit_at[left]))
        ids, last_on, ends_at = (np.concatenate(columns) for columns in zip(*found, strict=True))
        return ids, last_on, ends_at

    def _at_risk(self, scenario: Scenario, territories: Column, days: Column) -> Mask:
        mask: Mask = np.any([inside(scenario, place, territories, days) for place in self.risk], axis=0)
        return mask

    def _last_long_change(self, view: View, touches: tuple[tuple[str, int, int], ...]) -> int:
        """The last date (an ordinal) of the last of these airside changes that counts; 0 if none does."""
        if self.airside_hours is None:
            return 0
        found = 0
        for port, inbound, outbound in touches:
            before, after = view.scenario.legs[inbound], view.scenario.legs[outbound]
            day, territory = after.departs.date(), view.scenario.territory_of(port)
            long = after.departs_utc - before.arrives_utc > self.airside_hours * 60
            if long and any(view.scenario.is_in(place, territory, day) for place in self.risk):
                found = max(found, day.toordinal())
        return found

    def _surely(self, scenario: Scenario, traveller: Traveller, starts: Column) -> int | None:
        """The last date (an ordinal) of certain presence: a past stay, or the start, left on one of `starts`."""
        ended = [(past.territory, past.to) for past in traveller.past_stays if past.to is not None]
        days = [
            day.toordinal() for where, day in ended if any(scenario.is_in(place, where, day) for place in self.risk)
        ]
        home = np.full(len(starts), scenario.territory_of(scenario.trip.start), dtype=object)
        if len(starts) and self._at_risk(scenario, home, starts).all():
            days.append(int(starts.min()))
        return max(days, default=None)

    def bound(self, outlook: Outlook) -> Iterator[Share]:
        """Soon after what is certain, who holds no certificate obtains one, or does not enter."""
        scenario, legs = outlook.scenario, outlook.legs
        starts = legs.departs_on[
            np.array([port == scenario.trip.start for port in legs.ports], dtype=bool)[legs.from_port]
        ]
        for traveller in scenario.travellers:
            sure = self._surely(scenario, traveller, starts)
            if sure is not None:
                last = date.fromordinal(sure + self.look_back) if self.look_back is not None else None
                fact, soon = self.fact(scenario, traveller), outlook.from_to(None, last)
                yield from refused(outlook, self, traveller, fact, arrivals=soon, certificates=(self.certificate,))

    # ---- for verifying

    def check(self, journey: Journey) -> Iterator[Broken]:
        """Ask at each entry concerned where the traveller has been, and for the certificate."""
        for traveller in journey.scenario.travellers:
            for stay in journey.stays[traveller.id]:
                if stay.entry is None or not self.concerns(journey, stay):
                    continue
                places = list(self._been(journey, traveller, stay))
                if places and not self.asked_for(journey, stay):
                    how = f"entry on {stay.entry.on}, in {places[-1][1]} until {places[-1][0]}"
                    yield Broken(self.fact(journey.scenario, traveller), how)

    def asked_for(self, journey: Journey, stay: Stay) -> Found | None:
        """The first certificate that is old enough, after presence where there is a risk."""
        traveller = journey.scenario.traveller_by_id[stay.traveller]
        if stay.entry is None or not any(self._been(journey, traveller, stay)):
            return None
        vaccinated = Dates(to=stay.entry.on - timedelta(days=self.days_before))
        return shown(journey, stay, certificates=(self.certificate,), issued=vaccinated)

    def _been(self, journey: Journey, traveller: Traveller, stay: Stay) -> Iterator[tuple[date, str]]:
        """The presences that count for the entry that begins a stay: the last date, and the territory."""
        assert stay.entry is not None
        left = journey.stays[traveller.id][0].exit
        seen: list[tuple[date | None, str]] = [
            (past.to or (left.on if left else None), past.territory) for past in traveller.past_stays
        ]
        for visit in journey.visits:
            if visit.departs is not None and visit.departs < stay.entry.at:
                seen.append((visit.departs_on, visit.territory))
        for touch in journey.touches:
            if touch.mode != "airside" or self.airside_hours is None or touch.outbound.departs_utc > stay.entry.at:
                continue
            if touch.outbound.departs_utc - touch.inbound.arrives_utc > self.airside_hours * 60:
                seen.append((touch.outbound.departs.date(), touch.territory))
        for day, territory in seen:
            if day is None or not any(journey.scenario.is_in(place, territory, day) for place in self.risk):
                continue
            if self.look_back is None or day >= stay.entry.on - timedelta(days=self.look_back):
                yield day, territory
