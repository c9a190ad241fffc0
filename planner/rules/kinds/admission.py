"""Admissions: how holders of some passports may enter a zone without asking beforehand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import frozen

from planner.itinerary.journey import Journey, Stay
from planner.rules.base import Example, Ground, Rule, kind
from planner.rules.denial import denial
from planner.rules.facts import Broken, Fact, Telling
from planner.rules.masks import effective, most_nights, overstays
from planner.rules.outlook import Outlook
from planner.rules.shares import LongestStay, Refused, Share
from planner.rules.statements import Block, Statement
from planner.rules.stay_limits import Limit, counted, too_long
from planner.rules.tables import View
from planner.scenario.holdings import passports_of
from planner.scenario.law import Admission
from planner.scenario.people import Traveller
from planner.scenario.scenario import Scenario

_WORDS = {"citizen": "as a citizen", "visa_free": "visa-free", "on_arrival": "visa on arrival"}


@kind(
    "admission",
    summary="Holders of some passports are admitted to a zone, visa-free, on arrival or as citizens.",
    catalogue=("K10", "K36"),
)
@frozen
class AdmissionRule(Rule):
    """One admission that is a ground by itself. `electronic` and `visa` ones only say what to obtain: no instance."""

    examples = (
        Example(
            title="Ten days, the day of entry counted",
            toml="""
[[admissions]]
id = "visit-beta"
max_stay = "10 days"
""",
            source="http://www.fmcoprc.gov.hk/eng/zgqz/qzyxq/",
        ),
        Example(
            title="Nine days are one too few",
            toml="""
[[admissions]]
id = "visit-beta"
max_stay = "9 days"
""",
            refused_by="visit-beta.max_stay.t",
            source="http://www.fmcoprc.gov.hk/eng/zgqz/qzyxq/",
        ),
        Example(
            title="Nine days, counted from the day after",
            toml="""
[[admissions]]
id = "visit-beta"
max_stay = "9 days"
count_from = "day_after"
""",
            source="https://justgochina.com/visa/visa-validate/",
        ),
        Example(
            title="A visa on arrival is paid at each entry",
            toml="""
remove = ["b"]
[[admissions]]
id = "visit-beta"
grant = "on_arrival"
fee = "40"
[[trip.stops]]
id = "c"
at = ["CCC"]
""",
            cost=38000,
        ),
        Example(
            title="An admission that has ended",
            toml="""
[[admissions]]
id = "visit-beta"
effective_to = 2025-05-31
""",
            refused_by="admission.BB.t",
        ),
    )

    entry: Admission

    @classmethod
    def instances(cls, scenario: Scenario) -> Iterable[Rule]:
        """One for each admission of the law that admits by itself."""
        return [cls(entry) for entry in scenario.law.admissions if entry.grant in _WORDS]

    def fact(self, scenario: Scenario, traveller: Traveller) -> Fact:
        """How long the traveller may stay."""
        return Fact(
            id=f"{self.entry.id}.max_stay.{traveller.id}",
            text=f"{traveller.label} may stay in {scenario.name_of(self.entry.zone)} at most "
            f"{self.entry.max_stay} ({_WORDS[self.entry.grant]})",
            telling=Telling.ADMISSION,
            kind=self.kind,
            place=self.entry.where.of("max_stay"),
            source=self.entry.source,
        )

    def grounds(self, scenario: Scenario, traveller: Traveller) -> Iterator[Ground]:
        """The admission, with the traveller's passports of its nationalities."""
        states = passports_of(scenario, traveller)
        passports = tuple(passport for passport, state in states.items() if state in self.entry.nationalities)
        if passports:
            yield Ground(
                id=self.entry.id,
                type=self.entry.grant,
                zones=(self.entry.zone,),
                passports=passports,
                fee=scenario.minor(self.entry.fee),
            )

    def restrict(self, view: View) -> Iterator[Statement]:
        """Block entries while the admission is not in force, and stays that are too long."""
        for traveller in view.scenario.travellers:
            stays = view.stays(traveller.id)
            rows = stays.enters & (stays.ground == self.entry.id)
            void = rows & ~effective(self.entry, stays.entry_on)
            if void.any():
                yield Block(denial(view.scenario, traveller, self.entry.zone), stays.ids[void])
            if self.entry.max_stay is not None:
                long = rows & overstays(stays, self.entry.max_stay, self.entry.count_from)
                if long.any():
                    yield Block(self.fact(view.scenario, traveller), stays.ids[long])

    def bound(self, outlook: Outlook) -> Iterator[Share]:
        """It admits on its dates, and limits the stay."""
        scenario, entry = outlook.scenario, self.entry
        void = ~outlook.in_force(entry)
        nights = most_nights(entry.max_stay, entry.count_from, outlook.days) if entry.max_stay else None
        for traveller in scenario.travellers:
            if void.any():
                fact = denial(scenario, traveller, entry.zone)
                yield Refused(facts=(fact,), traveller=traveller.id, arrivals=void, grounds=(entry.id,))
            if nights is not None:
                fact = self.fact(scenario, traveller)
                yield LongestStay(facts=(fact,), traveller=traveller.id, grounds=(entry.id,), nights=nights)

    def check(self, journey: Journey) -> Iterator[Broken]:
        """Go through the stays that rest on the admission."""
        for traveller in journey.scenario.travellers:
            for stay in journey.stays[traveller.id]:
                if stay.entry is None or stay.ground != self.entry.id:
                    continue
                if not self.entry.in_force(stay.entry.on):
                    fact = denial(journey.scenario, traveller, stay.zone)
                    yield Broken(fact, f"{self.entry.id} is not in force on {stay.entry.on}")
                limit = self.entry.max_stay
                if limit is not None and too_long(stay, limit, self.entry.count_from):
                    how = f"stays from {stay.entry.on} to {stay.last_on}"
                    yield Broken(self.fact(journey.scenario, traveller), how)

    def last_lawful(self, journey: Journey, stay: Stay) -> Limit | None:
        """The end of the admission's limit of stay, if the stay rests on it."""
        if stay.ground != self.entry.id or self.entry.max_stay is None:
            return None
        return counted(journey, stay, self.entry.max_stay, self.entry.count_from)
