"""Rules about permissions: which copies of one there are, and the entries that rest on each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
from attrs import frozen

from planner.itinerary.journey import Journey, Stay
from planner.rules.base import Rule
from planner.rules.masks import Mask
from planner.rules.tables import View
from planner.scenario.documents import Acquirable, Terms
from planner.scenario.people import Traveller
from planner.scenario.scenario import Scenario


@frozen(kw_only=True)
class OfPermission(Rule):
    """A rule about one permission that a traveller holds (`holder`), or one that an acquirable gives (`item`).

    What an acquirable gives is usable only with the passport it was issued in, and each such copy counts for itself.
    """

    id: str
    terms: Terms
    holder: Traveller | None = None
    item: Acquirable | None = None

    @classmethod
    def instances(cls, scenario: Scenario) -> Iterable[Rule]:
        """One for each permission held by a traveller and for each acquirable that gives one, as far as it applies."""
        held = [
            cls(id=p.id, terms=p, holder=traveller) for traveller in scenario.travellers for p in traveller.permissions
        ]
        given = [cls(id=a.id, terms=a.permission, item=a) for a in scenario.acquirables if a.permission]
        return [rule for rule in [*held, *given] if rule.applies]

    @property
    def applies(self) -> bool:
        """Whether the permission has what this kind of rule is about."""
        return True

    def name(self, traveller: Traveller) -> str:
        """What the permission is called in sentences about a traveller."""
        return self.item.label if self.item else f"{traveller.label}'s {self.terms.type} {self.id}"

    def users(self, scenario: Scenario) -> tuple[Traveller, ...]:
        """Who may enter on it."""
        return (self.holder,) if self.holder else scenario.travellers

    def resting(self, view: View) -> Iterator[tuple[Traveller, str, Mask]]:
        """For solving: for each copy that entries can rest on, its user, the passport it is in, and those stays.

        A permission held has one copy, whatever the passport (""), even if no entry can rest on it.
        """
        for traveller in self.users(view.scenario):
            stays = view.stays(traveller.id)
            rows = stays.enters & (stays.ground == self.id)
            if self.item is None:
                yield traveller, "", rows
            else:
                for passport in np.unique(stays.passport[rows]):
                    yield traveller, str(passport), rows & (stays.passport == passport)

    def uses(self, journey: Journey) -> Iterator[tuple[Traveller, list[Stay]]]:
        """For verifying: for each copy that an entry rests on, its user and those stays, in order."""
        for traveller in self.users(journey.scenario):
            copies: dict[str, list[Stay]] = {}
            for stay in journey.stays[traveller.id]:
                if stay.entry is not None and stay.ground == self.id:
                    copies.setdefault(stay.passport if self.item else "", []).append(stay)
            for stays in copies.values():
                yield traveller, stays
