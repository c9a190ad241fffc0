"""K38: what a traveller may enter for."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from planner.core.words import either
from planner.itinerary.journey import Journey
from planner.rules.base import Example, Rule, kind
from planner.rules.concerns import Concerning
from planner.rules.facts import Broken, Fact, Telling
from planner.rules.outlook import Outlook
from planner.rules.refusals import concerned, refuse, refused
from planner.rules.shares import Share
from planner.rules.statements import Statement
from planner.rules.tables import View
from planner.scenario.node import Purpose
from planner.scenario.people import Traveller
from planner.scenario.scenario import Scenario

_TRANSIT = "https://www.inews.id/amp/news/internasional/hore-china-berlakukan-bebas-visa-10-hari-untuk-wni/2"


def _example(rule: str, purposes: str) -> str:
    return (
        f'[[rules]]\nkind = "purpose"\nid = "purpose"\nzone = "BB"\ntypes = ["visa_free"]\n{rule}\n'
        f'[[travellers]]\nid = "t"\npurposes = {purposes}\n'
    )


_NO_WORK = 'not_for = ["journalism", "study", "work"]'
_WITH_A_VISA = '[[acquirables]]\nid = "visa"\nprice = "140"\npermission = { zone = "BB" }\n'


@kind(
    "purpose",
    summary="Some entries to a zone are for some purposes of travel only.",
    catalogue=("K38",),
    table=True,
)
@frozen(kw_only=True)
class PurposeLimit(Concerning, Rule):
    """None of the traveller's purposes is in `not_for`, and, if `only_for` is given, all are in it.

    For the entries concerned, see `Concerning`. All of a traveller's purposes count at every entry.
    """

    at_least_one = ("only_for", "not_for")
    examples = (
        Example(
            title="Business on China's visa-free transit",
            toml=_example(_NO_WORK, '["business", "tourism"]'),
            cost=20000,
            source=_TRANSIT,
        ),
        Example(
            title="No journalism on China's visa-free transit",
            toml=_example(_NO_WORK, '["tourism", "journalism"]'),
            refused_by="purpose.t",
            source=_TRANSIT,
        ),
        Example(
            title="Journalists take a visa",
            toml=_example(_NO_WORK, '["journalism"]') + _WITH_A_VISA,
            cost=34000,
            source=_TRANSIT,
        ),
        Example(
            title="For tourists only, and the traveller is one",
            toml=_example('only_for = ["tourism"]', '["tourism"]'),
            cost=20000,
        ),
        Example(
            title="For tourists only, and that is not all",
            toml=_example('only_for = ["tourism"]', '["tourism", "family"]'),
            refused_by="purpose.t",
        ),
    )

    only_for: tuple[Purpose, ...] = ()
    """Each purpose of the traveller is one of these. Left out: any."""
    not_for: tuple[Purpose, ...] = ()
    """No purpose of the traveller is one of these."""

    def unfit(self, traveller: Traveller) -> list[Purpose]:
        """The traveller's purposes for which such entries are not."""
        return [p for p in traveller.purposes if p in self.not_for or (self.only_for and p not in self.only_for)]

    def fact(self, scenario: Scenario, traveller: Traveller) -> Fact:
        """The limit, for one traveller."""
        limits = [f"only for {either(self.only_for)}"] * bool(self.only_for)
        limits += [f"not for {either(self.not_for)}"] * bool(self.not_for)
        return Fact(
            id=f"{self.id}.{traveller.id}",
            text=f"{traveller.label} travels for {' and '.join(traveller.purposes)}; "
            f"an entry to {self.entries(scenario)} is {' and '.join(limits)}",
            telling=Telling.ADMISSION,
            kind=self.kind,
            place=self.where.of("not_for" if self.not_for else "only_for"),
            source=self.source,
        )

    def restrict(self, view: View) -> Iterator[Statement]:
        """Refuse those who come for something else."""
        for traveller in filter(self.unfit, view.scenario.travellers):
            fact, rows = self.fact(view.scenario, traveller), concerned(view, self, traveller)
            yield from refuse(view, self, traveller, fact, rows)

    def bound(self, outlook: Outlook) -> Iterator[Share]:
        """They do not enter so."""
        for traveller in filter(self.unfit, outlook.scenario.travellers):
            yield from refused(outlook, self, traveller, self.fact(outlook.scenario, traveller))

    def check(self, journey: Journey) -> Iterator[Broken]:
        """Ask at each entry concerned what the traveller comes for."""
        for traveller in journey.scenario.travellers:
            for stay in journey.stays[traveller.id]:
                if stay.entry is None or not self.concerns(journey, stay):
                    continue
                for purpose in traveller.purposes:
                    if purpose in self.not_for or (self.only_for and purpose not in self.only_for):
                        how = f"entry on {stay.entry.on} on {stay.ground or 'nothing'} for {purpose}"
                        yield Broken(self.fact(journey.scenario, traveller), how)
