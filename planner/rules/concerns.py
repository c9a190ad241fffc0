"""Which entries a rule is about: the fields that many kinds share, and what they mean for verifying.

For solving, see `refusals`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date
from typing import Any

from attrs import evolve, frozen

from planner.core.period import Period
from planner.core.words import either
from planner.itinerary.journey import Journey, Stay
from planner.rules.base import Rule, Shown, grounds_of
from planner.rules.showing import Found, Paper, shown
from planner.scenario.law import Entry
from planner.scenario.node import GroundRef, GroundType, Mode, PlaceRef, State, ZoneRef
from planner.scenario.people import Traveller
from planner.scenario.scenario import Scenario


@frozen(kw_only=True)
class Concerning(Entry):
    """A rule about some entries to a zone. An entry is concerned if it meets all of this.

    The rule is in force on the entry date, and the territory entered is `zone`, or lies in it for any purpose.
    The passport presented is of one of `nationalities` (empty: any) and none of `exempt_nationalities`. The traveller
    holds one of the nationalities in `nationals_of` (empty: anybody) and none of `exempt_nationals_of`: declared, by
    a passport held, or by an acquired one ready by the entry date. The traveller's residence is in one of
    `residents_of` (empty: anybody's) and none of `exempt_residents_of`, as of `today`. The entry rests on a ground of
    one of `types` and on one of `grounds` (empty: on anything, also on nothing), and its leg is of one of `modes`
    (empty: any). On the entry date the traveller is at least `from_age` and younger than `under_age`; without a birth
    date, grown up. Nothing in `unless` can be shown at check-in.
    """

    zone: ZoneRef
    """Entries to it, or to a member of it, on that date."""
    nationalities: tuple[State, ...] = ()
    """Of the passport shown. Left out: any."""
    exempt_nationalities: tuple[State, ...] = ()
    """Passports that the rule is not about."""
    nationals_of: tuple[State, ...] = ()
    """Nationalities held: declared, by a passport, or by one obtained by the day of entry. Left out: anybody."""
    exempt_nationals_of: tuple[State, ...] = ()
    """Whoever holds one of these, likewise, is not concerned. Left out: nobody."""
    residents_of: tuple[PlaceRef, ...] = ()
    """The traveller's `residence`. Left out: anybody."""
    exempt_residents_of: tuple[PlaceRef, ...] = ()
    """Residence there exempts. Left out: nobody."""
    types: tuple[GroundType, ...] = ()
    """What the entry rests on. Left out: any."""
    grounds_: tuple[GroundRef, ...] = ()  # `grounds` in files; the method of rules has that name
    """Likewise, by id: permissions, acquirables, admissions, rules that admit, or `citizen:XX`. Left out: any."""
    modes: tuple[Mode, ...] = ()
    """Of the leg that enters. Left out: any."""
    from_age: Period | None = None
    """At least so old on the day of entry. Left out: any."""
    under_age: Period | None = None
    """Younger than that; whose date of birth is not known is grown up. Left out: any."""
    unless: tuple[Paper, ...] = ()
    """Not concerned with one of these papers, shown at check-in."""

    def concerns(self, journey: Journey, stay: Stay) -> bool:
        """Whether the rule is about the entry that begins a stay."""
        return self._concerns_at_all(journey, stay) and not shown(journey, stay, self.unless)

    def _concerns_at_all(self, journey: Journey, stay: Stay) -> bool:
        """Whether the rule is about the entry but for what can be shown."""
        entry = stay.entry
        if entry is None or not self.in_force(entry.on):
            return False
        return (
            journey.scenario.is_in(self.zone, entry.territory, entry.on)
            and (not self.modes or entry.leg.mode in self.modes)
            and self._concerns_papers(journey, stay)
            and self._concerns_person(journey, stay, entry.on)
        )

    def shows(self, journey: Journey, stay: Stay) -> Iterator[Shown]:
        """What the rule asks for, or the paper of `unless` that exempts an entry which would else break it."""
        if not self._concerns_at_all(journey, stay):
            return
        paper = shown(journey, stay, self.unless)
        if paper is None or not self._would_speak(journey, stay):
            paper = self.asked_for(journey, stay)
        if paper is not None:
            yield from paper.shown(self.id, stay.passport)

    def asked_for(self, journey: Journey, stay: Stay) -> Found | None:
        """The paper with which an entry concerned meets the rule, for kinds that ask for any; None: there is none."""
        return None

    def _would_speak(self, journey: Journey, stay: Stay) -> bool:
        """Whether the rule would be broken by a stay, or remind of something, if nothing exempted from it."""
        bare = evolve(self, unless=())
        assert isinstance(bare, Rule)

        def said(count: int) -> int:
            stays = {stay.traveller: journey.stays[stay.traveller][:count]}
            cut = evolve(journey, stays=journey.stays | stays)
            return sum(1 for _ in (*bare.check(cut), *bare.reminders(cut)))

        return said(stay.index + 1) > said(stay.index)

    def entries(self, scenario: Scenario) -> str:
        """The entries it is about, for sentences: «Beta (on a passport of Alpha or Delta, by air)»."""
        limits: tuple[tuple[str, Sequence[Any], Callable[[Any], str]], ...] = (
            ("on a passport of ", self.nationalities, scenario.name_of),
            ("on a passport not of ", self.exempt_nationalities, scenario.name_of),
            ("as a national of ", self.nationals_of, scenario.name_of),
            ("not as a national of ", self.exempt_nationals_of, scenario.name_of),
            ("as a resident of ", self.residents_of, scenario.name_of),
            ("not as a resident of ", self.exempt_residents_of, scenario.name_of),
            ("on grounds of the type ", self.types, lambda name: name.replace("_", "-")),
            ("on ", self.grounds_, str),
            ("by ", self.modes, str),
            ("from the age of ", [self.from_age] if self.from_age else (), str),
            ("under the age of ", [self.under_age] if self.under_age else (), str),
            ("without ", self.unless, lambda paper: paper.described(scenario)),
        )
        said = ", ".join(word + either(map(name, items)) for word, items, name in limits if items)
        return scenario.name_of(self.zone) + (f" ({said})" if said else "")

    def _concerns_papers(self, journey: Journey, stay: Stay) -> bool:
        """The passport presented, and what the entry rests on."""
        traveller = journey.scenario.traveller_by_id[stay.traveller]
        state = journey.scenario.state_of(traveller, stay.passport)
        if state in self.exempt_nationalities or (self.nationalities and state not in self.nationalities):
            return False
        if self.grounds_ and stay.ground not in self.grounds_:
            return False
        return not self.types or type_of_ground(journey, stay) in self.types

    def _concerns_person(self, journey: Journey, stay: Stay, day: date) -> bool:
        """Nationalities held, residence and age."""
        traveller = journey.scenario.traveller_by_id[stay.traveller]
        if self.nationals_of or self.exempt_nationals_of:
            held = nationalities_on(journey, stay.traveller, day)
            if held & {*self.exempt_nationals_of} or (self.nationals_of and not held & {*self.nationals_of}):
                return False
        if lives_in(journey.scenario, traveller, self.exempt_residents_of):
            return False
        if self.residents_of and not lives_in(journey.scenario, traveller, self.residents_of):
            return False
        if self.from_age and traveller.born and day < self.from_age.after(traveller.born):
            return False
        return not self.under_age or (traveller.born is not None and day < self.under_age.after(traveller.born))


def nationalities_on(journey: Journey, traveller: str, day: date) -> frozenset[str]:
    """Nationalities held on a date: declared, by passports held, or by passports obtained and ready by then."""
    found = {str(state) for state in journey.scenario.traveller_by_id[traveller].all_nationalities}
    for application in journey.applications(traveller):
        gives = journey.scenario.acquirable_by_id[application.acquirable].passport
        if gives is not None and journey.ready(application) <= day:
            found.add(str(gives.state))
    return frozenset(found)


def lives_in(scenario: Scenario, traveller: Traveller, places: Collection[PlaceRef]) -> bool:
    """Whether a residence of the traveller is, or as of `today` lies in, one of the places."""
    for home in traveller.residence:
        territory = scenario.territory_of(home) if home in scenario.ports else home
        if home in places or any(scenario.is_in(place, territory, scenario.today) for place in places):
            return True
    return False


def type_of_ground(journey: Journey, stay: Stay) -> GroundType | None:
    """The type of what a stay rests on; None if nothing offers it."""
    offers = grounds_of(journey.scenario, journey.scenario.traveller_by_id[stay.traveller])
    return next((ground.type for ground in offers if ground.id == stay.ground), None)
