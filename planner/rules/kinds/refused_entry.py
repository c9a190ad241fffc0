"""K27, K13: entries that are refused, whatever admits."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from planner.itinerary.journey import Journey
from planner.rules.base import Example, Rule, kind
from planner.rules.concerns import Concerning
from planner.rules.examples import SECOND_PASSPORT
from planner.rules.facts import Broken, Fact, Telling
from planner.rules.outlook import Outlook
from planner.rules.refusals import concerned, refuse, refused
from planner.rules.shares import Share
from planner.rules.statements import Statement
from planner.rules.tables import View
from planner.scenario.people import Traveller
from planner.scenario.scenario import Scenario

_REFUSED = "https://en.wikipedia-on-ipfs.org/wiki/List_of_citizenships_refused_entry_to_foreign_states"
_ETA = "https://support.joinsherpa.com/hc/en-us/articles/360056300291"
_RULE = """
[[rules]]
kind = "refused-entry"
id = "refused"
zone = "BB"
"""
_NOT_WITHOUT_ETA = (
    _RULE + 'types = ["visa_free"]\nmodes = ["air"]\nunless = [{ zones = ["BB"], types = ["electronic"] }]\n'
)


@kind(
    "refused-entry",
    summary="Some entries to a zone are refused, whatever permission there is.",
    catalogue=("K13", "K27"),
    table=True,
)
@frozen(kw_only=True)
class RefusedEntry(Concerning, Rule):
    """No entry that is concerned may be made, see `Concerning`. `reason` is told to the traveller."""

    examples = (
        Example(
            title="Armenians are refused in Azerbaijan",
            toml=_RULE + 'nationals_of = ["AA"]\nreason = "no relations with Alpha"\n',
            refused_by="refused.t",
            source=_REFUSED,
        ),
        Example(
            title="With another passport too, where nationality itself is asked about",
            toml=_RULE + 'nationals_of = ["AA"]\n' + SECOND_PASSPORT,
            refused_by="refused.t",
            source=_REFUSED,
        ),
        Example(
            title="Where only the passport shown counts, another one will do",
            toml=_RULE + 'nationalities = ["AA"]\n' + SECOND_PASSPORT,
            cost=20000,
        ),
        Example(
            title="No flight to Canada without visa and without eTA",
            toml=_NOT_WITHOUT_ETA,
            refused_by="refused.t",
            source=_ETA,
        ),
        Example(
            title="By road to Canada, no eTA is asked for",
            toml=_NOT_WITHOUT_ETA + '[[legs]]\nid = "ab"\nmode = "road"\n',
            cost=20000,
            source=_ETA,
        ),
        Example(
            title="An eTA for Canada is obtained",
            toml=_NOT_WITHOUT_ETA + '[[acquirables]]\nid = "eta"\nprice = "7"\n'
            'permission = { zone = "BB", type = "electronic" }\n',
            cost=20700,
            source=_ETA,
        ),
        Example(
            title="Refused to the day before the entry",
            toml=_RULE + "effective_to = 2025-05-31\n",
            cost=20000,
        ),
        Example(
            title="Refused to the day of the entry",
            toml=_RULE + "effective_to = 2025-06-01\n",
            refused_by="refused.t",
        ),
    )

    reason: str = ""
    """Added to the sentence about it."""

    def fact(self, scenario: Scenario, traveller: Traveller) -> Fact:
        """The refusal, for one traveller."""
        because = f": {self.reason}" if self.reason else ""
        return Fact(
            id=f"{self.id}.{traveller.id}",
            text=f"{traveller.label} may not enter {self.entries(scenario)}{because}",
            telling=Telling.ADMISSION,
            kind=self.kind,
            place=self.where.place,
            source=self.source,
        )

    def restrict(self, view: View) -> Iterator[Statement]:
        """Refuse all entries concerned."""
        for traveller in view.scenario.travellers:
            rows = concerned(view, self, traveller)
            yield from refuse(view, self, traveller, self.fact(view.scenario, traveller), rows)

    def bound(self, outlook: Outlook) -> Iterator[Share]:
        """Such entries are not made."""
        for traveller in outlook.scenario.travellers:
            yield from refused(outlook, self, traveller, self.fact(outlook.scenario, traveller))

    def check(self, journey: Journey) -> Iterator[Broken]:
        """Turn back whoever makes such an entry."""
        for traveller in journey.scenario.travellers:
            for stay in journey.stays[traveller.id]:
                if stay.entry is not None and self.concerns(journey, stay):
                    how = f"entry on {stay.entry.on} with {stay.passport} on {stay.ground or 'nothing'}"
                    yield Broken(self.fact(journey.scenario, traveller), how)
