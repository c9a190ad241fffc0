"""K34: minors who travel without a grown-up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from attrs import frozen

from planner.core.period import Period
from planner.core.words import either
from planner.itinerary.journey import Journey, Stay
from planner.rules.base import Example, Rule, kind
from planner.rules.concerns import Concerning
from planner.rules.facts import Broken, Fact, Telling
from planner.rules.outlook import Outlook
from planner.rules.refusals import concerned, refuse, refused
from planner.rules.shares import Share
from planner.rules.showing import Found, shown
from planner.rules.statements import Statement
from planner.rules.tables import View
from planner.scenario.node import CertificateRef
from planner.scenario.people import Traveller
from planner.scenario.scenario import Scenario

_SOUTH_AFRICA = "https://www.satsa.com/requirements-travel-south-africa"


def _example(rule: str, born: str, more: str = "", under_age: str = "18 years") -> str:
    return (
        f'[[rules]]\nkind = "minor"\nid = "minor"\nzone = "BB"\nunder_age = "{under_age}"\n{rule}\n'
        f'[[travellers]]\nid = "t"\nborn = {born}\n{more}\n'
    )


_CONSENT = 'certificates = ["consent"]'
_BROTHER = '[[travellers]]\nid = "u"\nborn = {}\npassports = [{{ id = "u-a", state = "AA" }}]\n'


@kind(
    "minor",
    summary="Minors enter in the company of a grown-up, or with a certificate such as the parents' consent.",
    catalogue=("K34",),
    table=True,
)
@frozen(kw_only=True)
class Minor(Concerning, Rule):
    """A minor whose entry is concerned (see `Concerning`) is not alone, or shows one of `certificates` at check-in.

    A minor is younger than `under_age` on the entry date. Not alone: on that date somebody in the party, whoever it is,
    is at least `adult_age` old; people without a birth date are. The certificate is valid on the entry date.
    """

    examples = (
        Example(
            title="A girl of seventeen alone, without her parents' consent",
            toml=_example(_CONSENT, "2007-06-02"),
            refused_by="minor.t",
            source=_SOUTH_AFRICA,
        ),
        Example(
            title="With her parents' consent",
            toml=_example(_CONSENT, "2007-06-02", 'certificates = [{ kind = "consent" }]'),
            cost=20000,
            source=_SOUTH_AFRICA,
        ),
        Example(
            title="The consent was for a trip in May",
            toml=_example(_CONSENT, "2007-06-02", 'certificates = [{ kind = "consent", valid_to = 2025-05-31 }]'),
            refused_by="minor.t",
        ),
        Example(
            title="Where no certificate will do",
            toml=_example("", "2007-06-02", 'certificates = [{ kind = "consent" }]'),
            refused_by="minor.t",
        ),
        Example(
            title="South Africa gave up these papers for those who need no visa",
            toml=_example(_CONSENT + '\neffective_to = 2025-05-31\ntypes = ["visa_free"]', "2007-06-02"),
            cost=20000,
            source=_SOUTH_AFRICA,
        ),
        Example(title="Grown up on the very day of the entry", toml=_example(_CONSENT, "2007-06-01"), cost=20000),
        Example(
            title="With a brother who is of age on that day",
            toml=_example(_CONSENT, "2010-01-01", under_age="16 years") + _BROTHER.format("2007-06-01"),
            cost=40000,
        ),
        Example(
            title="The brother will be of age on the next day",
            toml=_example(_CONSENT, "2010-01-01", under_age="16 years") + _BROTHER.format("2007-06-02"),
            refused_by="minor.t",
        ),
    )

    under_age: Period
    certificates: tuple[CertificateRef, ...] = ()
    """One of these, shown at check-in, will do."""
    adult_age: Period = Period(18, "years")
    """Somebody of the party is at least so old on the day of entry."""

    def fact(self, scenario: Scenario, traveller: Traveller) -> Fact:
        """The demand on one traveller."""
        papers = f" without a certificate ({either(self.certificates)})" if self.certificates else ""
        return Fact(
            id=f"{self.id}.{traveller.id}",
            text=f"{traveller.label} (born {traveller.born}) may not enter {self.entries(scenario)}{papers} "
            f"unless somebody of {self.adult_age} or more comes along",
            telling=Telling.PAPER,
            kind=self.kind,
            place=self.where.place,
            source=self.source,
        )

    def restrict(self, view: View) -> Iterator[Statement]:
        """Refuse the entries concerned before the first of the party comes of age."""
        scenario, alone = view.scenario, self._alone_until(view.scenario)
        for traveller in scenario.travellers:
            rows = concerned(view, self, traveller) & (view.stays(traveller.id).entry_on < alone.toordinal())
            fact = self.fact(scenario, traveller)
            yield from refuse(view, self, traveller, fact, rows, certificates=self.certificates)

    def bound(self, outlook: Outlook) -> Iterator[Share]:
        """The same for arrivals."""
        scenario = outlook.scenario
        young = ~outlook.from_to(self._alone_until(scenario), None)
        for traveller in scenario.travellers:
            fact = self.fact(scenario, traveller)
            yield from refused(outlook, self, traveller, fact, arrivals=young, certificates=self.certificates)

    def _alone_until(self, scenario: Scenario) -> date:
        """The first date on which somebody in the party is of age."""
        birthdays = [person.born for person in scenario.travellers]
        return min(self.adult_age.after(born) if born else date.min for born in birthdays)

    def check(self, journey: Journey) -> Iterator[Broken]:
        """Look for a grown-up, and for a certificate, at each entry of a minor."""
        scenario = journey.scenario
        for traveller in scenario.travellers:
            for stay in journey.stays[traveller.id]:
                alone = self._alone(scenario, stay) and self.concerns(journey, stay)
                if alone and not shown(journey, stay, certificates=self.certificates):
                    yield Broken(self.fact(scenario, traveller), f"alone at the entry on {stay.entry_on}")

    def _alone(self, scenario: Scenario, stay: Stay) -> bool:
        """Whether nobody in the party is of age at the entry that begins a stay."""
        day = stay.entry_on
        return day is not None and all(
            person.born is not None and day < self.adult_age.after(person.born) for person in scenario.travellers
        )

    def asked_for(self, journey: Journey, stay: Stay) -> Found | None:
        """The first of the certificates, for who is alone."""
        return shown(journey, stay, certificates=self.certificates) if self._alone(journey.scenario, stay) else None
