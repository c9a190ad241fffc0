"""K32: certificates that must be shown: insurance, an invitation, means, a hotel booking."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from attrs import frozen

from planner.core.words import either
from planner.itinerary.journey import Journey, Stay
from planner.rules.base import Example, Rule, kind
from planner.rules.concerns import Concerning
from planner.rules.facts import Broken, Fact, Telling
from planner.rules.masks import by_value
from planner.rules.outlook import Outlook
from planner.rules.refusals import concerned, refuse, refused
from planner.rules.shares import Share
from planner.rules.showing import Found, all_shown_at, shown
from planner.rules.statements import Statement
from planner.rules.stay_limits import Limit
from planner.rules.tables import View
from planner.scenario.node import CertificateRef
from planner.scenario.people import Traveller
from planner.scenario.scenario import Scenario

_SCHENGEN = (
    "https://mzv.gov.cz/pretoria/en/visa_and_consular_information/visa_information/short_term_schengen_visa/"
    "admissibility_of_an_application_for_a.html"
)


def _example(rule: str, certificate: str = "") -> str:
    return (
        f'[[rules]]\nkind = "required-paper"\nid = "paper"\nzone = "BB"\n{rule}\n'
        f'[[travellers]]\nid = "t"\ncertificates = [{certificate}]\n'
    )


_INSURED = 'certificates = ["insurance", "health-card"]\nwhole_stay = true'
_WITH_A_VISA = _INSURED + '\ntypes = ["visa"]'
_VISA = 'remove = ["visit-beta"]\n[[acquirables]]\nid = "visa"\nprice = "90"\npermission = { zone = "BB" }\n'
_OBTAINABLE = """
[[acquirables]]
id = "cover"
price = "30"
lead = {{ days = 2 }}
certificate = {{ kind = "insurance", validity = "{validity}" }}
"""


@kind(
    "required-paper",
    summary="Some entries take a certificate: of insurance, an invitation, a hotel booking, means.",
    catalogue=("K32",),
    table=True,
)
@frozen(kw_only=True)
class RequiredPaper(Concerning, Rule):
    """At each entry concerned (see `Concerning`) a certificate of one of the kinds in `certificates` is shown.

    It is valid on the entry date, with `whole_stay` also on the last date of the stay: the date of its exit, or of the
    journey's last arrival. One obtained is valid from its ready date on, which is not after the date of check-in.
    """

    examples = (
        Example(
            title="A Schengen visa is for those who are insured",
            toml=_VISA + _example(_WITH_A_VISA),
            refused_by="paper.t",
            source=_SCHENGEN,
        ),
        Example(
            title="Insured until the day of leaving",
            toml=_VISA + _example(_WITH_A_VISA, '{ kind = "insurance", valid_to = 2025-06-10 }'),
            cost=29000,
            source=_SCHENGEN,
        ),
        Example(
            title="Insured until the day before leaving",
            toml=_VISA + _example(_WITH_A_VISA, '{ kind = "insurance", valid_to = 2025-06-09 }'),
            refused_by="paper.t",
            source=_SCHENGEN,
        ),
        Example(title="Nobody asks those who need no visa", toml=_example(_WITH_A_VISA), cost=20000, source=_SCHENGEN),
        Example(
            title="An invitation that is good on the day of entry will do",
            toml=_example('certificates = ["invitation"]', '{ kind = "invitation", valid_to = 2025-06-01 }'),
            cost=20000,
        ),
        Example(
            title="An invitation for other days",
            toml=_example('certificates = ["invitation"]', '{ kind = "invitation", valid_from = 2025-06-02 }'),
            refused_by="paper.t",
        ),
        Example(
            title="Cover for ten days that can begin on the day before",
            toml=_example(_INSURED) + _OBTAINABLE.format(validity="10 days"),
            cost=23000,
        ),
        Example(
            title="Cover for eight days is too short whenever it begins",
            toml=_example(_INSURED) + _OBTAINABLE.format(validity="8 days"),
            refused_by="paper.t",
        ),
    )

    certificates: tuple[CertificateRef, ...]
    """One of these is shown at check-in, valid on the day of entry."""
    whole_stay: bool = False
    """And on the last day of the stay."""

    def fact(self, scenario: Scenario, traveller: Traveller) -> Fact:
        """What one traveller has to show."""
        valid = "valid for the whole stay" if self.whole_stay else "valid on that day"
        return Fact(
            id=f"{self.id}.{traveller.id}",
            text=f"{traveller.label} must show a certificate ({either(self.certificates)}), {valid}, to enter "
            f"{self.entries(scenario)}",
            telling=Telling.PAPER,
            kind=self.kind,
            place=self.where.of("certificates"),
            source=self.source,
        )

    def restrict(self, view: View) -> Iterator[Statement]:
        """Refuse the entries concerned unless one is shown, for stays that end on the same date together."""
        for traveller in view.scenario.travellers:
            rows, fact = concerned(view, self, traveller), self.fact(view.scenario, traveller)
            if not self.whole_stay:
                yield from refuse(view, self, traveller, fact, rows, certificates=self.certificates)
                continue
            for day, group in by_value(view.stays(traveller.id).last_on, rows):
                last = date.fromordinal(day)
                yield from refuse(view, self, traveller, fact, group, certificates=self.certificates, until=last)

    def bound(self, outlook: Outlook) -> Iterator[Share]:
        """Who holds none obtains one, or does not enter."""
        for traveller in outlook.scenario.travellers:
            fact = self.fact(outlook.scenario, traveller)
            yield from refused(outlook, self, traveller, fact, certificates=self.certificates)

    def check(self, journey: Journey) -> Iterator[Broken]:
        """Ask for a certificate at the check-in for each entry concerned."""
        for traveller in journey.scenario.travellers:
            for stay in journey.stays[traveller.id]:
                if self.concerns(journey, stay) and not self.asked_for(journey, stay):
                    how = f"none can be shown for the entry on {stay.entry_on}"
                    yield Broken(self.fact(journey.scenario, traveller), how)

    def asked_for(self, journey: Journey, stay: Stay) -> Found | None:
        """The first certificate that will do."""
        until = stay.last_on if self.whole_stay else None
        return shown(journey, stay, certificates=self.certificates, until=until)

    def last_lawful(self, journey: Journey, stay: Stay) -> Limit | None:
        """With `whole_stay`, the last date on which one of the certificates is valid."""
        if not self.whole_stay or stay.entry is None or stay.check_in is None or not self.concerns(journey, stay):
            return None
        day = stay.entry.on
        found = all_shown_at(journey, stay.traveller, stay.check_in, day, certificates=self.certificates)
        last = max(found, key=lambda paper: paper.until or date.max, default=None)
        if last is None or last.until is None:
            return None
        return Limit(on=last.until, why=f"the end of {last.label}")
