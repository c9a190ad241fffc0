"""K33: forms to be filled in some days before an arrival, neither too early nor too late."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from attrs import frozen

from planner.itinerary.journey import Journey
from planner.rules.base import Example, Reminder, Rule, kind
from planner.rules.concerns import Concerning
from planner.rules.facts import Broken, Fact, Telling
from planner.rules.outlook import Outlook
from planner.rules.refusals import concerned, refuse, refused
from planner.rules.shares import Share
from planner.rules.statements import Statement
from planner.rules.tables import View
from planner.scenario.people import Traveller
from planner.scenario.scenario import Scenario

_THAILAND = "https://presstur.com/tailandia-introduz-cartao-de-chegada-digital-a-1-de-maio"


def _example(rule: str, today: str) -> str:
    return (
        f'today = {today}\n[[rules]]\nkind = "arrival-form"\nid = "form"\nzone = "BB"\n'
        f'title = "the digital arrival card"\nurl = "https://tdac.immigration.go.th"\n{rule}\n'
    )


@kind(
    "arrival-form",
    summary="Before some entries a form has to be filled in, between two dates.",
    catalogue=("K33",),
    table=True,
)
@frozen(kw_only=True)
class ArrivalForm(Concerning, Rule):
    """For each entry concerned (see `Concerning`), a form can be filled in from `earliest` to `latest` days before it.

    Both days are included and counted back from the entry date; without `earliest` it can be as early as one likes.
    There is time for it: entry date - `latest` is not before `today`. The plan reminds of it, with both dates.
    """

    examples = (
        Example(
            title="Thailand's arrival card can be filled in during three days before the arrival",
            toml=_example("earliest = 3", "2025-05-01"),
            cost=20000,
            reminded_by="form",
            source=_THAILAND,
        ),
        Example(
            title="A form that must be in a week before, on the last day for it",
            toml=_example("latest = 7", "2025-05-25"),
            cost=20000,
            reminded_by="form",
        ),
        Example(
            title="A form that must be in a week before, one day late",
            toml=_example("latest = 7", "2025-05-26"),
            refused_by="form.t",
        ),
        Example(
            title="It was not asked for before May 2025",
            toml=_example("earliest = 3\neffective_from = 2025-06-02", "2025-05-01"),
            cost=20000,
        ),
    )

    title: str
    """What the plan calls it."""
    url: str = ""
    """Where it is filled in."""
    earliest: int | None = None
    """So many days before the entry at the earliest. Left out: any time."""
    latest: int = 0
    """So many days before the entry at the latest."""

    def fact(self, scenario: Scenario, traveller: Traveller) -> Fact:
        """The form that one traveller has to fill in."""
        ahead = f" {self.latest} days before the entry at the latest" if self.latest else ""
        return Fact(
            id=f"{self.id}.{traveller.id}",
            text=f"{traveller.label} must fill in {self.title}{ahead} to enter {self.entries(scenario)} "
            f"(today is {scenario.today})",
            telling=Telling.PAPER,
            kind=self.kind,
            place=self.where.of("latest"),
            source=self.source,
        )

    def restrict(self, view: View) -> Iterator[Statement]:
        """Refuse the entries concerned for which it is too late."""
        for traveller in view.scenario.travellers:
            soon = view.stays(traveller.id).entry_on < view.scenario.today.toordinal() + self.latest
            rows = concerned(view, self, traveller) & soon
            yield from refuse(view, self, traveller, self.fact(view.scenario, traveller), rows)

    def bound(self, outlook: Outlook) -> Iterator[Share]:
        """Nobody concerned enters so soon."""
        soon = outlook.from_to(None, outlook.scenario.today + timedelta(days=self.latest - 1))
        for traveller in outlook.scenario.travellers:
            yield from refused(outlook, self, traveller, self.fact(outlook.scenario, traveller), arrivals=soon)

    def check(self, journey: Journey) -> Iterator[Broken]:
        """See whether there is still time for each entry concerned."""
        for traveller, entry in self._entries(journey):
            last = entry - timedelta(days=self.latest)
            if last < journey.scenario.begun:
                how = f"for the entry on {entry} it had to be filled in by {last}"
                yield Broken(self.fact(journey.scenario, traveller), how)

    def reminders(self, journey: Journey) -> Iterator[Reminder]:
        """When to fill in the form for each entry concerned."""
        today = journey.scenario.today
        for traveller, entry in self._entries(journey):
            opens = entry - timedelta(days=self.earliest) if self.earliest is not None else today
            yield Reminder(
                id=self.id,
                traveller=traveller.id,
                text=f"fill in {self.title} for {journey.scenario.name_of(self.zone)}"
                + (f" ({self.url})" if self.url else ""),
                from_on=opens if opens > today else None,
                by_on=entry - timedelta(days=self.latest),
                source=self.source,
            )

    def _entries(self, journey: Journey) -> Iterator[tuple[Traveller, date]]:
        """The entries concerned: who, and the date."""
        for traveller in journey.scenario.travellers:
            for stay in journey.stays[traveller.id]:
                if stay.entry is not None and self.concerns(journey, stay):
                    yield traveller, stay.entry.on
