"""K32: entries that take a journey onward, in time and far enough."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from attrs import frozen

from planner.core.period import Period
from planner.core.words import either
from planner.itinerary.journey import Journey, Stay
from planner.rules.base import Example, Rule, kind
from planner.rules.concerns import Concerning
from planner.rules.facts import Broken, Fact, Telling
from planner.rules.masks import inside, per_day
from planner.rules.refusals import concerned, refuse
from planner.rules.statements import Ids, Statement
from planner.rules.stay_limits import Limit
from planner.rules.tables import END, View
from planner.scenario.node import ZoneRef
from planner.scenario.people import Traveller
from planner.scenario.scenario import Scenario

_LEBANON = "https://ciel-jp.com/visa/detail.php?vid=38"
_US = "https://usa-esta.com/esta-resources/terrorist-travel-prevention-act-impacts-on-the-visa-waiver-program"
_RULE = """
[[rules]]
kind = "onward-journey"
id = "onward"
zone = "BB"
"""
_ONE_WAY = 'remove = ["b"]\n[trip]\nend = "BBB"\n'
_TO_GAMMA = """
[[legs]]
id = "bc"
departs = 2025-06-05T14:00:00
arrives = 2025-06-05T16:00:00
[trip]
end = "CCC"
"""


@kind(
    "onward-journey",
    summary="Some entries take a journey onward: out of the zone, in time, and not merely next door.",
    catalogue=("K32",),
    table=True,
)
@frozen(kw_only=True)
class OnwardJourney(Concerning, Rule):
    """A stay whose entry is concerned (see `Concerning`) is left on this journey.

    With `within`, it is left on the entry date + that period or before. With `not_to`, the next leg does not lead to
    one of these places: the territory where it arrives, airside stops included, as of the exit date. With
    `not_ending_in`, the journey does not end in one of these, as of the date of its last arrival.
    """

    examples = (
        Example(
            title="No entry to Lebanon without a flight out",
            toml=_ONE_WAY + _RULE,
            refused_by="onward.t",
            source=_LEBANON,
        ),
        Example(title="With a flight out of Lebanon", toml=_RULE, cost=20000, source=_LEBANON),
        Example(
            title="A resident needs none",
            toml=_ONE_WAY + _RULE + 'exempt_residents_of = ["BB"]\n[[travellers]]\nid = "t"\nresidence = ["BB"]\n',
            cost=10000,
        ),
        Example(title="Nine days after the entry, to the day", toml=_RULE + 'within = "9 days"\n', cost=20000),
        Example(
            title="Nine days are one too many",
            toml=_RULE + 'within = "8 days"\n',
            refused_by="onward.t",
        ),
        Example(
            title="On to Canada is not far enough for the visa waiver of the United States",
            toml=_TO_GAMMA + _RULE + 'not_to = ["CC"]\n',
            refused_by="onward.t",
            source=_US,
        ),
        Example(
            title="A journey by way of the United States that ends in Mexico",
            toml=_TO_GAMMA + _RULE + 'not_ending_in = ["CC"]\n',
            refused_by="onward.t",
            source="8 CFR 217.2(a)",
        ),
        Example(
            title="A side trip to Mexico on the way is none that ends there",
            toml='remove = ["b"]\n[[trip.stops]]\nid = "c"\nat = ["CCC"]\n' + _RULE + 'not_ending_in = ["CC"]\n',
            cost=30000,
            source="8 CFR 217.2(a)",
        ),
        Example(title="On to a place that is not next door", toml=_TO_GAMMA + _RULE + 'not_to = ["DD"]\n', cost=15000),
    )

    within: Period | None = None
    """The zone is left so long after the day of entry, or earlier. Left out: any time."""
    not_to: tuple[ZoneRef, ...] = ()
    """Where the leg out of the zone does not lead."""
    not_ending_in: tuple[ZoneRef, ...] = ()
    """Where the journey does not end."""

    def fact(self, scenario: Scenario, traveller: Traveller) -> Fact:
        """The journey onward that one traveller needs."""
        where = f" to another place than {either(map(scenario.name_of, self.not_to))}" if self.not_to else ""
        when = f" within {self.within} of the entry" if self.within else ""
        ends = either(map(scenario.name_of, self.not_ending_in))
        end = f", on a journey that does not end in {ends}" if ends else ""
        return Fact(
            id=f"{self.id}.{traveller.id}",
            text=f"to enter {self.entries(scenario)}, {traveller.label} must travel on{where}{when}{end}",
            telling=Telling.ADMISSION,
            kind=self.kind,
            place=self.where.place,
            source=self.source,
        )

    def restrict(self, view: View) -> Iterator[Statement]:
        """Refuse the entries of stays that are left too late, to the wrong place, or not at all."""
        scenario = view.scenario
        for traveller in scenario.travellers:
            stays, rows = view.stays(traveller.id), concerned(view, self, traveller)
            wrong = ~stays.exits
            if self.within is not None:
                wrong |= stays.exit_on > per_day(self.within.after, stays.entry_on)
            for place in self.not_to:
                wrong |= inside(scenario, place, stays.following, stays.exit_on)
            fact = self.fact(scenario, traveller)
            yield from refuse(view, self, traveller, fact, rows & wrong)
            ends = self._wrong_ends(view)
            if len(ends):
                yield from refuse(view, self, traveller, fact, rows & ~wrong, given=(ends,))

    def _wrong_ends(self, view: View) -> Ids:
        """The options of ending the journey by a run that arrives where it should not end."""
        changes, runs = view.changes, view.runs
        wrong = np.zeros(len(runs.ids) + 2, dtype=bool)  # the rows of START and END are the last two
        for place in self.not_ending_in:
            wrong[:-2] |= inside(view.scenario, place, runs.to_territory, runs.arrives_on)
        ids: Ids = changes.ids[(changes.after == END) & wrong[changes.before]]
        return ids

    def check(self, journey: Journey) -> Iterator[Broken]:
        """See how each stay concerned ends."""
        for traveller in journey.scenario.travellers:
            for stay in journey.stays[traveller.id]:
                how = self._amiss(journey, stay)
                if how and self.concerns(journey, stay):
                    yield Broken(self.fact(journey.scenario, traveller), how)

    def _amiss(self, journey: Journey, stay: Stay) -> str:
        """What is wrong with the end of a stay that has an entry; "" if nothing is."""
        scenario = journey.scenario
        if stay.entry is None:
            return ""
        if stay.exit is None or stay.following is None:
            return f"entered on {stay.entry.on}, and the journey does not go on"
        if self.within is not None and stay.exit.on > self.within.after(stay.entry.on):
            return f"entered on {stay.entry.on}, left on {stay.exit.on}"
        if any(scenario.is_in(place, stay.following, stay.exit.on) for place in self.not_to):
            return f"left on {stay.exit.on} to {stay.following}"
        last = journey.legs[-1]
        end = scenario.territory_of(last.to)
        if any(scenario.is_in(place, end, last.arrives.date()) for place in self.not_ending_in):
            return f"the journey ends in {end}"
        return ""

    def last_lawful(self, journey: Journey, stay: Stay) -> Limit | None:
        """The last date on which the stay may be left."""
        if self.within is None or stay.entry is None or not self.concerns(journey, stay):
            return None
        return Limit(on=self.within.after(stay.entry.on))
