"""K14: entries that another state's visa or residence permit makes possible."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from planner.core.words import either
from planner.itinerary.journey import Journey, Stay
from planner.rules.base import Example, Rule, kind
from planner.rules.concerns import Concerning
from planner.rules.facts import Broken, Fact, Telling
from planner.rules.outlook import Outlook
from planner.rules.refusals import concerned, refuse, refused
from planner.rules.shares import Share
from planner.rules.showing import Found, Paper, shown
from planner.rules.statements import Statement
from planner.rules.tables import View
from planner.scenario.node import CertificateRef
from planner.scenario.people import Traveller
from planner.scenario.scenario import Scenario

_MEXICO = "https://embamex.sre.gob.mx/japon/index.php/es/consulares-menu/visas"
_RULE = """
[[rules]]
kind = "conditional-waiver"
id = "waiver"
zone = "BB"
types = ["visa_free"]
papers = [{ zones = ["DD"], types = ["visa"], multiple = true }, { zones = ["CC", "DD"], types = ["residence"] }]
"""


def _held(terms: str) -> str:
    return f'[[travellers]]\nid = "t"\npermissions = [{{ id = "paper", {terms} }}]\n'


def _obtainable(terms: str) -> str:
    return f'[[acquirables]]\nid = "paper"\nprice = "60"\n{terms}\npermission = {{ zone = "DD", entries = 2 }}\n'


@kind(
    "conditional-waiver",
    summary="Some entries take another state's visa or residence permit, or a certificate, besides what admits.",
    catalogue=("K14",),
    table=True,
)
@frozen(kw_only=True)
class ConditionalWaiver(Concerning, Rule):
    """At each entry concerned (see `Concerning`) one of `papers` is shown at check-in, or one of `certificates`.

    Both are valid on the entry date: a permission for an entry on it, whatever the passport it is in and however often
    it has been used. One obtained is ready on the date of check-in, and fetched by then.
    """

    at_least_one = ("papers", "certificates")
    examples = (
        Example(title="Mexico, without visa and without another's visa", toml=_RULE, refused_by="waiver.t"),
        Example(
            title="With a United States visa for several entries, Mexico asks for no visa",
            toml=_RULE + _held('zone = "DD", entries = 2'),
            cost=20000,
            source=_MEXICO,
        ),
        Example(
            title="A visa for a single entry will not do",
            toml=_RULE + _held('zone = "DD", entries = 1'),
            refused_by="waiver.t",
            source=_MEXICO,
        ),
        Example(
            title="With permanent residence in Colombia",
            toml=_RULE + _held('zone = "CC", type = "residence"'),
            cost=20000,
            source=_MEXICO,
        ),
        Example(
            title="A Colombian visa is not in the list, only residence is",
            toml=_RULE + _held('zone = "CC", entries = 2'),
            refused_by="waiver.t",
            source=_MEXICO,
        ),
        Example(
            title="The other visa is valid on the day of the entry, for the last time",
            toml=_RULE + _held('zone = "DD", enter_by = 2025-06-01'),
            cost=20000,
        ),
        Example(
            title="The other visa ran out on the day before",
            toml=_RULE + _held('zone = "DD", enter_by = 2025-05-31'),
            refused_by="waiver.t",
        ),
        Example(
            title="The other visa is obtained for it",
            toml=_RULE + _obtainable("lead = { days = 30 }"),
            cost=26000,
        ),
        Example(
            title="The other visa cannot be ready by then",
            toml="today = 2025-05-03\n" + _RULE + _obtainable("lead = { days = 30 }"),
            refused_by="waiver.t",
        ),
        Example(
            title="A certificate will do as well",
            toml=_RULE + 'certificates = ["card"]\n[[travellers]]\nid = "t"\ncertificates = [{ kind = "card" }]\n',
            cost=20000,
        ),
        Example(
            title="With a visa of its own, none but that one is needed",
            toml=_RULE + '[[acquirables]]\nid = "visa"\nprice = "40"\npermission = { zone = "BB" }\n',
            cost=24000,
            source=_MEXICO,
        ),
    )

    papers: tuple[Paper, ...] = ()
    """One of these is shown at check-in, valid on the day of entry."""
    certificates: tuple[CertificateRef, ...] = ()
    """Or one of these certificates is."""

    def fact(self, scenario: Scenario, traveller: Traveller) -> Fact:
        """What one traveller has to show."""
        wanted = [
            *(paper.described(scenario) for paper in self.papers),
            *(f"a certificate ({kind})" for kind in self.certificates),
        ]
        return Fact(
            id=f"{self.id}.{traveller.id}",
            text=f"for {self.entries(scenario)}, {traveller.label} must hold {either(wanted)}",
            telling=Telling.PAPER,
            kind=self.kind,
            place=self.where.of("papers"),
            source=self.source,
        )

    def restrict(self, view: View) -> Iterator[Statement]:
        """Refuse the entries concerned unless something is shown."""
        for traveller in view.scenario.travellers:
            rows, fact = concerned(view, self, traveller), self.fact(view.scenario, traveller)
            yield from refuse(view, self, traveller, fact, rows, papers=self.papers, certificates=self.certificates)

    def bound(self, outlook: Outlook) -> Iterator[Share]:
        """Who holds none of the papers obtains one, or does not enter."""
        for traveller in outlook.scenario.travellers:
            fact = self.fact(outlook.scenario, traveller)
            yield from refused(outlook, self, traveller, fact, papers=self.papers, certificates=self.certificates)

    def check(self, journey: Journey) -> Iterator[Broken]:
        """Ask for the papers at the check-in for each entry concerned."""
        for traveller in journey.scenario.travellers:
            for stay in journey.stays[traveller.id]:
                if self.concerns(journey, stay) and not self.asked_for(journey, stay):
                    how = f"nothing of that can be shown for the entry on {stay.entry_on}"
                    yield Broken(self.fact(journey.scenario, traveller), how)

    def asked_for(self, journey: Journey, stay: Stay) -> Found | None:
        """The first of the papers."""
        return shown(journey, stay, self.papers, self.certificates)
