"""K05: blank pages a passport must have at an entry, when the entries before it used some up."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from attrs import frozen

from planner.itinerary.journey import Journey, Stay
from planner.rules.base import Example, Rule, kind
from planner.rules.eases import passports
from planner.rules.easing import Easing
from planner.rules.facts import Broken, Fact, Telling
from planner.rules.masks import Mask, by_value, effective, inside
from planner.rules.statements import AtMost, Block, Count, Statement
from planner.rules.tables import Column, Stays, View
from planner.scenario.law import Entry
from planner.scenario.node import State, ZoneRef
from planner.scenario.people import Passport, Traveller
from planner.scenario.scenario import Scenario

_CHINA = "https://www.gov.uk/foreign-travel-advice/china/entry-requirements"


def _example(pages: int, blank: int, more: str = "") -> str:
    return (
        f'[[rules]]\nkind = "blank-pages"\nid = "pages"\nzone = "BB"\npages = {pages}\n'
        f'[[travellers]]\nid = "t"\n[[travellers.passports]]\nid = "a"\nblank_pages = {blank}\n{more}\n'
    )


_VIA_BETA = '[[trip.stops]]\nid = "c"\nat = ["CCC"]\n[[legs]]\nid = "aside"\nfrom = "BBB"\nto = "AAA"\n' + (
    "departs = 2025-06-12T08:00:00\narrives = 2025-06-12T10:00:00\nprice = '100'\n"
)


@kind(
    "blank-pages",
    summary="A passport must have some blank pages left at an entry.",
    catalogue=("K05",),
    table=True,
)
@frozen(kw_only=True)
class BlankPages(Entry, Rule):
    """See `docs/semantics.md`. A passport whose pages are not counted always has enough."""

    zone: ZoneRef
    """Entries to it."""
    pages: int
    """Pages that must be blank at the entry."""
    uses: int = 1
    """Pages that the entry fills."""
    exempt_nationalities: tuple[State, ...] = ()
    """Passports that are neither asked nor stamped."""

    examples = (
        Example(title="Two blank pages for China", toml=_example(2, 2), cost=20000, source=_CHINA),
        Example(
            title="One blank page is not enough for China", toml=_example(2, 1), refused_by="pages.t", source=_CHINA
        ),
        Example(
            title="The second entry finds one page less",
            toml=_example(2, 2, _VIA_BETA),
            refused_by="pages.t",
        ),
        Example(
            title="Three pages are enough for two entries",
            toml=_example(2, 3, _VIA_BETA),
            cost=30000,
        ),
        Example(
            title="Where nothing is stamped, pages last",
            toml=_example(2, 2, _VIA_BETA) + '[[rules]]\nid = "pages"\nuses = 0\n',
            cost=30000,
        ),
        Example(
            title="Other places' stamps count as well",
            toml=_example(2, 2, '[[rules]]\nkind = "blank-pages"\nid = "gamma"\nzone = "CC"\npages = 0\n')
            + """
            [[rules]]
            kind = "closure"
            id = "closed"
            zone = "BB"
            effective_to = 2025-06-05
            [[legs]]
            id = "ac"
            from = "AAA"
            to = "CCC"
            departs = 2025-06-01T08:00:00
            arrives = 2025-06-01T10:00:00
            price = "100"
            [[trip.stops]]
            id = "b"
            nights = { min = 0 }
            """,
            refused_by="pages.t",
        ),
        Example(
            title="A new passport has pages of its own",
            toml=_example(2, 0) + '[[acquirables]]\nid = "second"\nprice = "30"\n'
            'passport = { id = "new", state = "AA", blank_pages = 20 }\n',
            cost=23000,
        ),
    )

    def fact(self, scenario: Scenario, traveller: Traveller) -> Fact:
        """The demand on the passport one traveller enters on."""
        word = "page" if self.pages == 1 else "pages"
        return Fact(
            id=f"{self.id}.{traveller.id}",
            text=f"the passport that {traveller.label} enters {scenario.name_of(self.zone)} on "
            f"must have {self.pages} blank {word}",
            telling=Telling.REMOTE,
            kind=self.kind,
            place=self.where.place,
            source=self.source,
            changeable=any(book.blank_pages is not None for book in traveller.passports),
        )

    def easings(self, scenario: Scenario) -> Iterator[Easing]:
        """Passports with more blank pages."""
        for traveller in scenario.travellers:
            fact, plenty = self.fact(scenario, traveller).id, dict.fromkeys(traveller.passports)
            yield from filter(None, [passports.thicker(fact, traveller, plenty)])

    def settled(self, easing: Easing, journey: Journey) -> Easing:
        """As many pages as the journey's entries take."""
        for traveller in journey.scenario.travellers:
            if easing.fact == self.fact(journey.scenario, traveller).id:
                books = {str(book.id): book for book in traveller.passports}
                needed: dict[Passport, int | None] = {}
                for stay in journey.stays[traveller.id]:
                    if stay.passport in books and self._asked(journey, traveller, stay):
                        # No later entry takes less.
                        needed[books[stay.passport]] = self.pages + self._used_before(journey, traveller, stay)
                return passports.thicker(easing.fact, traveller, needed) or easing
        return easing

    # ---- for solving

    def restrict(self, view: View) -> Iterator[Statement]:
        """For each entry: if it is made, the pages that earlier entries used leave enough."""
        scenario = view.scenario
        rules = [rule for rule in scenario.law.rules if isinstance(rule, BlankPages)]
        for traveller in scenario.travellers:
            stays = view.stays(traveller.id)
            concerned = self._concerned(scenario, stays)
            if not concerned.any():
                continue
            used = np.zeros(len(stays.ids), dtype=np.int64)
            for rule in rules:
                used += rule.uses * rule._concerned(scenario, stays)
            books = {str(book.id): book.blank_pages for book in traveller.passports}
            books |= {str(a.passport.id): a.passport.blank_pages for a in scenario.acquirables if a.passport}
            for passport, blank in books.items():
                mine = stays.passport == passport
                if blank is not None and (mine & concerned).any():
                    fact, spare = self.fact(scenario, traveller), blank - self.pages
                    yield from _budget(fact, stays, mine & concerned, np.where(mine, used, 0), spare)

    def _concerned(self, scenario: Scenario, stays: Stays) -> Mask:
        rows = stays.enters & effective(self, stays.entry_on) & ~np.isin(stays.state, self.exempt_nationalities)
        return rows & inside(scenario, self.zone, stays.entry_territory, stays.entry_on)

    # ---- for verifying

    def check(self, journey: Journey) -> Iterator[Broken]:
        """Leaf through the passport at every entry asked about."""
        scenario = journey.scenario
        for traveller in scenario.travellers:
            books = {str(book.id): book.blank_pages for book in traveller.passports}
            for item in scenario.acquirables:
                if item.passport is not None:
                    books[str(item.passport.id)] = item.passport.blank_pages
            for stay in journey.stays[traveller.id]:
                blank = books.get(stay.passport)
                if stay.entry is None or blank is None or not self._asked(journey, traveller, stay):
                    continue
                left = blank - self._used_before(journey, traveller, stay)
                if left < self.pages:
                    yield Broken(self.fact(scenario, traveller), f"{stay.passport} has {left} on {stay.entry.on}")

    def _used_before(self, journey: Journey, traveller: Traveller, stay: Stay) -> int:
        """How many pages of the passport of a stay with an entry the entries before it fill."""
        return sum(
            _filled(journey, traveller, before)
            for before in journey.stays[traveller.id]
            if before.passport == stay.passport and before.entry and stay.entry and before.entry.at < stay.entry.at
        )

    def _asked(self, journey: Journey, traveller: Traveller, stay: Stay) -> bool:
        """Whether this rule looks at the passport at the stay's entry."""
        entry, scenario = stay.entry, journey.scenario
        return (
            entry is not None
            and scenario.is_in(self.zone, entry.territory, entry.on)
            and self.in_force(entry.on)
            and scenario.state_of(traveller, stay.passport) not in self.exempt_nationalities
        )


def _filled(journey: Journey, traveller: Traveller, stay: Stay) -> int:
    """How many pages of the passport the stay's entry fills, by all rules about pages together."""
    rules = (rule for rule in journey.scenario.law.rules if isinstance(rule, BlankPages))
    return sum(rule.uses for rule in rules if rule._asked(journey, traveller, stay))


def _budget(fact: Fact, stays: Stays, concerned: Mask, used: Column, spare: int) -> Iterator[Statement]:
    """If an entry concerned is made, those before it have used at most `spare` pages."""
    if spare < 0:
        yield Block(fact, stays.ids[concerned])
        return
    most = 0  # what the entries before the one at hand could use together
    for at, rows in by_value(stays.entry_at, concerned | (used > 0)):
        made = rows & concerned
        if most > spare and made.any():
            earlier = by_value(used, (stays.entry_at < at) & (used > 0))
            counts = [Count(pages, stays.ids[group]) for pages, group in earlier]
            yield AtMost(fact, (*counts, Count(most - spare, stays.ids[made], once=True)), most)
        most += int(used[rows].max())
