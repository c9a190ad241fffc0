"""K07, K40, K43, K45: what can be applied for has its dates, places, applicants and prerequisites."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import numpy as np
from attrs import frozen

from planner.core.time import is_business_day
from planner.itinerary.choices import Application
from planner.itinerary.journey import Journey
from planner.rules.acquirable_facts import Aspect, acquirable_fact
from planner.rules.base import Example, Rule, kind
from planner.rules.eases import applications
from planner.rules.easing import Easing
from planner.rules.facts import Broken, Fact
from planner.rules.masks import Mask, by_value, per_day
from planner.rules.needs import require_in_hand
from planner.rules.obtainable import first_ready, givers, has_ever, open_to
from planner.rules.obtained import in_hand, not_usable
from planner.rules.outlook import Outlook
from planner.rules.papers import exclude
from planner.rules.shares import Refused, Share, Takes
from planner.rules.statements import Block, Clause, Statement
from planner.rules.tables import NEVER, View
from planner.scenario.documents import Acquirable
from planner.scenario.people import Traveller
from planner.scenario.scenario import Scenario

_SCHENGEN = "https://www.mazzeschi.it/when-can-an-application-for-a-schengen-visa-be-filed/"
_VISA = """
remove = ["visit-beta"]
[[acquirables]]
id = "visa"
title = "a visa for Beta"
price = "30"
permission = { zone = "BB", entries = 1 }
"""
_INVITATION = """
[[acquirables]]
id = "letter"
title = "an invitation"
price = "5"
certificate = { kind = "invitation" }
"""


@kind(
    "acquirable",
    summary="What can be applied for has its lead time, dates, places, applicants and prerequisites.",
    catalogue=("K07", "K29", "K40", "K42", "K43", "K45"),
)
@frozen(kw_only=True)
class Obtaining(Rule):
    """See `docs/semantics.md`, «Documents».

    `restrict` speaks about the application; that what relies on the paper comes after its lead time, and after it
    was fetched, is said where it is relied on (`planner.rules.papers.rely`).
    """

    item: Acquirable

    examples = (
        Example(
            title="Whoever renews a passport hands in the old one",
            toml="""
[[travellers]]
id = "t"
[[travellers.passports]]
id = "a"
expires = 2025-05-01
[[acquirables]]
id = "renewal"
price = "10"
needs = ["a"]
lead = { days = 20 }
passport = { id = "b", state = "AA", renews = "a" }
""",
            cost=21000,
            source="https://travel.state.gov/content/travel/en/passports/have-passport/renew.html",
        ),
        Example(title="Four working days are enough", toml=_VISA + "lead = { business_days = 4 }\n", cost=23000),
        Example(
            title="Four working days are not enough on the Friday before",
            toml="today = 2025-05-30\n" + _VISA + "lead = { business_days = 4 }\n",
            refused_by="acquire.visa.t.lead",
        ),
        Example(title="An appointment is taken", toml=_VISA + "apply_on = [2025-02-03]\n", cost=23000),
        Example(
            title="The last date for applying has passed",
            toml=_VISA + "apply_by = 2024-12-31\n",
            refused_by="acquire.visa.t.when",
        ),
        Example(
            title="Only residents of Gamma may apply",
            toml=_VISA + 'residents_of = ["CC"]\n[[travellers]]\nid = "t"\nresidence = ["AA"]\n',
            refused_by="acquire.visa.t.residents",
        ),
        Example(
            title="The invitation that the visa needs comes first",
            toml=_VISA + 'needs = ["invitation"]\n' + _INVITATION + "lead = { days = 20 }\n",
            cost=23500,
        ),
        Example(
            title="The invitation that the visa needs comes too late",
            toml=_VISA + 'needs = ["invitation"]\n' + _INVITATION + "lead = { days = 200 }\n",
            refused_by="acquire.visa.t.needs",
        ),
        Example(
            title="Applied for within six months and at least fifteen days before",
            toml=_VISA + 'at_least_before_use = 15\nat_most_before_use = "6 months"\n',
            cost=23000,
            source=_SCHENGEN,
        ),
        Example(
            title="Fifteen days before the entry have passed",
            toml="today = 2025-05-20\n" + _VISA + "at_least_before_use = 15\n",
            refused_by="acquire.visa.t.before_use",
            source=_SCHENGEN,
        ),
        Example(
            title="Nobody gets to Gamma to apply there",
            toml=_VISA + 'apply_in = ["CC"]\n',
            refused_by="acquire.visa.t.place",
        ),
        Example(
            title="Nobody gets to Gamma to fetch it",
            toml=_VISA + 'handed_over_in = ["CC"]\n',
            refused_by="acquire.visa.t.handed_over",
        ),
        Example(
            title="Applied for and fetched at home",
            toml=_VISA + 'apply_in = ["AAA"]\nhanded_over_in = ["AAA"]\n',
            cost=23000,
        ),
    )

    @classmethod
    def instances(cls, scenario: Scenario) -> Iterable[Rule]:
        """One for each acquirable."""
        return [cls(item=item) for item in scenario.acquirables]

    def easings(self, scenario: Scenario) -> Iterator[Easing]:
        """Faster, and on other dates; but what a rulebook says of its own acquirables stays."""
        for traveller in scenario.travellers if self.item.id not in scenario.may_obtain else ():
            fact = acquirable_fact(scenario, self.item, traveller, "lead")
            yield from applications.faster(self.item, fact.id)
            fact = acquirable_fact(scenario, self.item, traveller, "when")
            yield from applications.at_other_times(scenario, self.item, fact.id)

    def settled(self, easing: Easing, journey: Journey) -> Easing:
        """On the dates of the journey's applications."""
        if easing.fact.endswith(".when"):
            return applications.as_applied(easing, self.item, journey)
        return easing

    # ---- for solving

    def restrict(self, view: View) -> Iterator[Statement]:
        """Block or condition the applications."""
        for traveller in view.scenario.travellers:
            applications = view.applications(traveller.id)
            rows = applications.acquirable == self.item.id
            if rows.any():
                yield from self._who_and_when(view, traveller, rows)
                yield from self._in_hand(view, traveller, rows)
                if self.item.apply_in:
                    yield from self._where(view, traveller, rows)
                if self.item.permission is not None:
                    yield from self._before_use(view, traveller, rows)

    def _in_hand(self, view: View, traveller: Traveller, rows: Mask) -> Iterator[Statement]:
        """What it needs is in hand, and so is the passport it is issued in, which may be one still to be obtained."""
        applications = view.applications(traveller.id)
        fact = acquirable_fact(view.scenario, self.item, traveller, "needs")
        for passport in np.unique(applications.passport[rows]).tolist():
            copies = rows & (applications.passport == passport)
            by_day = {day: applications.ids[group] for day, group in by_value(applications.apply_on, copies)}
            for need in (*self.item.needs, *([passport] if passport else [])):
                yield from require_in_hand(view, traveller, by_day, need, fact, (self.item.id, passport))

    def _who_and_when(self, view: View, traveller: Traveller, rows: Mask) -> Iterator[Statement]:
        item, scenario, applications = self.item, view.scenario, view.applications(traveller.id)
        low = item.apply_from.toordinal() if item.apply_from else 0
        high = item.apply_by.toordinal() if item.apply_by else NEVER
        closed = (applications.apply_on < low) | (applications.apply_on > high)
        if item.apply_on:
            closed |= ~np.isin(applications.apply_on, [day.toordinal() for day in item.apply_on])
        elif item.lead.business_days:
            holidays = [day.toordinal() for day in scenario.holidays.get(item.lead.calendar, ())]
            closed |= ((applications.apply_on - 1) % 7 >= 5) | np.isin(applications.apply_on, holidays)
        if (rows & closed).any():
            yield Block(acquirable_fact(scenario, item, traveller, "when"), applications.ids[rows & closed])
        if not open_to(scenario, self.item, traveller):
            yield Block(acquirable_fact(scenario, item, traveller, "residents"), applications.ids[rows])

    def _where(self, view: View, traveller: Traveller, rows: Mask) -> Iterator[Statement]:
        applications, changes = view.applications(traveller.id), view.changes
        fact = acquirable_fact(view.scenario, self.item, traveller, "place")
        there = np.isin(changes.port, sorted(view.scenario.ports_at(self.item.apply_in)))
        for day, group in by_value(applications.apply_on, rows):
            then = there & (changes.arrives_on <= day) & (day <= changes.departs_on)
            yield Clause(fact, (applications.ids[group],), changes.ids[then])

    def _before_use(self, view: View, traveller: Traveller, rows: Mask) -> Iterator[Statement]:
        item, applications, stays = self.item, view.applications(traveller.id), view.stays(traveller.id)
        least, most, applied = item.at_least_before_use, item.at_most_before_use, applications.apply_on
        expires = per_day(most.after, applied) if most is not None else np.full(len(applied), NEVER)
        for passport in np.unique(applications.passport[rows]):
            copies = rows & (applications.passport == passport)

            def wrong(day: int, copies: Mask = copies) -> Mask:
                return copies & ((expires < day) | (least is not None and applied > day - least))

            uses = stays.enters & (stays.ground == item.id) & (stays.passport == passport)
            fact = acquirable_fact(view.scenario, item, traveller, "before_use")
            yield from exclude(view, traveller, uses, stays.entry_on, wrong=wrong, fact=fact)

    def bound(self, outlook: Outlook) -> Iterator[Share]:
        """What relies on the paper waits for it, as long as that takes at least, and for what it needs itself."""
        item, scenario = self.item, outlook.scenario
        if item.permission is None and item.passport is None:
            return
        for traveller in scenario.travellers:

            def facts(*aspects: Aspect, traveller: Traveller = traveller) -> tuple[Fact, ...]:
                return tuple(acquirable_fact(scenario, item, traveller, aspect) for aspect in aspects)

            said: dict[str, Any] = {"traveller": traveller.id, "grounds": (item.id,)}
            if item.passport is not None:
                said = {"traveller": traveller.id, "passports": (item.passport.id,)}
            if not open_to(scenario, self.item, traveller):
                yield Refused(facts=facts("residents"), **said, arrivals=outlook.everywhere())
            taken = first_ready(scenario, item, any_date=False)
            if taken is None:
                yield Refused(facts=facts("when"), **said, arrivals=outlook.everywhere())
            else:
                yield Refused(facts=facts("when", "lead"), **said, arrivals=outlook.before_check_in(taken))
            soonest = first_ready(scenario, item, any_date=True)
            if soonest is not None:
                yield Refused(facts=facts("lead"), **said, arrivals=outlook.before_check_in(soonest))
            if item.permission is not None and item.at_least_before_use is not None:
                soon = outlook.days[None, :] < scenario.today.toordinal() + item.at_least_before_use
                yield Refused(facts=facts("before_use"), **said, arrivals=soon)
            for need in item.needs:
                items = givers(scenario, need)
                if items and not has_ever(traveller, need):
                    yield Takes(facts=facts("needs"), **said, items=items)

    # ---- for verifying

    def check(self, journey: Journey) -> Iterator[Broken]:
        """Go through the applications, and through the desks where what they gave is shown."""
        for traveller in journey.scenario.travellers:
            for application in journey.applications(traveller.id):
                if application.acquirable == self.item.id:
                    yield from self._applied(journey, traveller, application)
                    yield from self._used(journey, traveller, application)

    def _applied(self, journey: Journey, traveller: Traveller, application: Application) -> Iterator[Broken]:
        item, scenario, day = self.item, journey.scenario, application.on

        def broken(aspect: Aspect, how: str) -> Broken:
            return Broken(acquirable_fact(scenario, item, traveller, aspect), how)

        if item.apply_from and day < item.apply_from:
            yield broken("when", f"applied for on {day}, before {item.apply_from}")
        if item.apply_by and day > item.apply_by:
            yield broken("when", f"applied for on {day}, after {item.apply_by}")
        if item.apply_on and day not in item.apply_on:
            yield broken("when", f"applied for on {day}, which is no date for it")
        office_days = item.lead.business_days and not item.apply_on
        if office_days and not is_business_day(day, scenario.holidays.get(item.lead.calendar, frozenset())):
            yield broken("when", f"applied for on {day}, when the office is closed")
        if item.travellers and traveller.id not in item.travellers:
            yield broken("residents", "applied for by somebody else")
        if item.residents_of and not any(_lives_in(scenario, traveller, place) for place in item.residents_of):
            yield broken("residents", f"applied for by a resident of {', '.join(traveller.residence) or 'nowhere'}")
        for need in (*item.needs, *((application.passport,) if application.passport else ())):
            if not in_hand(journey, traveller, need, day, application):
                yield broken("needs", f"{need} is not in hand on {day}")
        if item.apply_in and not journey.party_at(day) & scenario.ports_at(item.apply_in):
            yield broken("place", f"on {day} the party is elsewhere")

    def _used(self, journey: Journey, traveller: Traveller, application: Application) -> Iterator[Broken]:
        """Where the permission or passport that was obtained is shown."""
        item = self.item
        book = item.passport.id if item.passport else None
        for stay in journey.stays[traveller.id]:
            entry, desk = stay.entry, stay.check_in
            if entry is not None and desk is not None:
                rests = stay.ground == item.id and stay.passport == application.passport
                if rests:
                    yield from self._in_its_time(journey, traveller, application, entry.on)
                if rests or stay.passport == book:
                    yield from not_usable(journey, traveller, application, desk.on, desk.at)
            if stay.exit is not None and stay.exit_passport == book:
                yield from not_usable(journey, traveller, application, stay.exit.on, stay.exit.at)

    def _in_its_time(
        self, journey: Journey, traveller: Traveller, application: Application, entry: date
    ) -> Iterator[Broken]:
        least, most = self.item.at_least_before_use, self.item.at_most_before_use
        fact = acquirable_fact(journey.scenario, self.item, traveller, "before_use")
        if least is not None and (entry - application.on).days < least:
            yield Broken(fact, f"applied for on {application.on}, less than {least} days before the entry on {entry}")
        if most is not None and most.after(application.on) < entry:
            yield Broken(fact, f"applied for on {application.on}, more than {most} before the entry on {entry}")


def _lives_in(scenario: Scenario, traveller: Traveller, place: str) -> bool:
    for home in traveller.residence:
        if home == place or scenario.is_in(place, home, scenario.today):
            return True
        if home in scenario.ports and scenario.is_in(place, scenario.territory_of(home), scenario.today):
            return True
    return False
