"""K32: entries that take a journey onward, in time and far enough."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from planner.core.period import Period
from planner.itinerary.journey import Journey, Stay
from planner.rules.base import Example, Rule, kind
from planner.rules.concerns import Concerning, either
from planner.rules.facts import Broken, Fact, Telling
from planner.rules.masks import inside, per_day
from planner.rules.refusals import concerned, refuse
from planner.rules.statements import Statement
from planner.rules.stay_limits import Limit
from planner.rules.tables import View
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
    one of these places: the territory where it arrives, airside stops included, as of the exit date.
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
        Example(title="On to a place that is not next door", toml=_TO_GAMMA + _RULE + 'not_to = ["DD"]\n', cost=15000),
    )

    within: Period | None = None
    not_to: tuple[ZoneRef, ...] = ()

    def fact(self, scenario: Scenario, traveller: Traveller) -> Fact:
        """The journey onward that one traveller needs."""
        where = f" to another place than {either(map(scenario.name_of, self.not_to))}" if self.not_to else ""
        when = f" within {self.within} of the entry" if self.within else ""
        return Fact(
            id=f"{self.id}.{traveller.id}",
            text=f"to enter {self.entries(scenario)}, {traveller.label} must travel on{where}{when}",
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
            yield from refuse(view, self, traveller, self.fact(scenario, traveller), rows & wrong)

    def check(self, journey: Journey) -> Iterator[Broken]:
        """See how each stay concerned ends."""
        for traveller in journey.scenario.travellers:
            for stay in journey.stays[traveller.id]:
                how = self._amiss(journey.scenario, stay)
                if how and self.concerns(journey, stay):
                    yield Broken(self.fact(journey.scenario, traveller), how)

    def _amiss(self, scenario: Scenario, stay: Stay) -> str:
        """What is wrong with the end of a stay that has an entry; "" if nothing is."""
        if stay.entry is None:
            return ""
        if stay.exit is None or stay.following is None:
            return f"entered on {stay.entry.on}, and the journey does not go on"
        if self.within is not None and stay.exit.on > self.within.after(stay.entry.on):
            return f"entered on {stay.entry.on}, left on {stay.exit.on}"
        if any(scenario.is_in(place, stay.following, stay.exit.on) for place in self.not_to):
            return f"left on {stay.exit.on} to {stay.following}"
        return ""

    def last_lawful(self, journey: Journey, stay: Stay) -> Limit | None:
        """The last date on which the stay may be left."""
        if self.within is None or stay.entry is None or not self.concerns(journey, stay):
            return None
        return Limit(on=self.within.after(stay.entry.on))
