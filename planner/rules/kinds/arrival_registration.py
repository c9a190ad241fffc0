"""K37: registering with the police, or somebody else, after an arrival."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from planner.itinerary.journey import Journey
from planner.rules.base import Example, Reminder, Rule, kind
from planner.rules.concerns import Concerning
from planner.rules.stay_limits import counted
from planner.scenario.node import StayLimit

_SERBIA = "http://mfa.gov.rs/en/consular-affairs/entry-serbia/stay-in-serbia"
_JORDAN = "https://www.business-travel-btm.com/giordania-aggiornamento-formalita"
_TWENTY_DAYS = '[[legs]]\nid = "ba"\ndeparts = 2025-06-20T14:00:00\narrives = 2025-06-20T16:00:00\n'


def _example(rule: str) -> str:
    return f'[[rules]]\nkind = "arrival-registration"\nid = "register"\nzone = "BB"\nwhere = "the police"\n{rule}\n'


@kind(
    "arrival-registration",
    summary="After some entries one has to register within some time; the plan reminds of it.",
    catalogue=("K37",),
    table=True,
)
@frozen(kw_only=True)
class ArrivalRegistration(Concerning, Rule):
    """After each entry concerned (see `Concerning`) one registers, at `where`, `within` some time.

    Days count from the entry date, which is day 0; hours from the instant of entry. With `longer_than` only stays of
    more dates of presence are concerned, both ends included, to the last one known. No itinerary breaks this: the plan
    reminds of it, with the first and the last date.
    """

    examples = (
        Example(
            title="Serbia: within 24 hours of the arrival",
            toml=_example('within = "24 hours"'),
            cost=20000,
            reminded_by="register",
            source=_SERBIA,
        ),
        Example(
            title="Jordan: only those who stay more than fourteen days",
            toml=_example('within = "14 days"\nlonger_than = 14'),
            cost=20000,
            source=_JORDAN,
        ),
        Example(
            title="Jordan: a stay of twenty days",
            toml=_example('within = "14 days"\nlonger_than = 14') + _TWENTY_DAYS,
            cost=20000,
            reminded_by="register",
            source=_JORDAN,
        ),
        Example(
            title="A stay of ten days is no longer than ten",
            toml=_example('within = "14 days"\nlonger_than = 10'),
            cost=20000,
        ),
        Example(
            title="A stay of ten days is longer than nine",
            toml=_example('within = "14 days"\nlonger_than = 9'),
            cost=20000,
            reminded_by="register",
        ),
        Example(
            title="Holders of a residence permit are registered already",
            toml=_example('within = "24 hours"\nunless = [{ zones = ["BB"], types = ["residence"] }]')
            + '[[travellers]]\nid = "t"\npermissions = [{ id = "permit", zone = "BB", type = "residence" }]\n',
            cost=20000,
        ),
    )

    within: StayLimit
    """So long after the entry; days are counted from the day after it."""
    where_: str = ""
    """Whom to register with."""
    longer_than: int | None = None
    """Only stays of more days, both ends included. Left out: any stay."""

    def reminders(self, journey: Journey) -> Iterator[Reminder]:
        """When to register after each entry concerned."""
        place = f" with {self.where_}" if self.where_ else ""
        for traveller in journey.scenario.travellers:
            for stay in journey.stays[traveller.id]:
                if stay.entry is None or stay.last_on is None or not self.concerns(journey, stay):
                    continue
                if self.longer_than is not None and (stay.last_on - stay.entry.on).days + 1 <= self.longer_than:
                    continue
                yield Reminder(
                    id=self.id,
                    traveller=traveller.id,
                    text=f"register in {journey.scenario.name_of(self.zone)}{place} within {self.within} of arriving",
                    from_on=stay.entry.on,
                    by_on=counted(journey, stay, self.within, "day_after").on,
                    source=self.source,
                )
