"""Which entries a rule is about: the fields that many kinds share, and what they mean for verifying.

For solving, see `refusals`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date
from typing import Any

from attrs import frozen

from planner.core.period import Period
from planner.core.words import either
from planner.itinerary.journey import CheckIn, Journey, Stay
from planner.rules.base import grounds_of
from planner.scenario.documents import Terms
from planner.scenario.law import Entry
from planner.scenario.node import CertificateRef, GroundRef, GroundType, Mode, Node, PlaceRef, State, ZoneRef
from planner.scenario.people import Certificate, Dates, Traveller
from planner.scenario.scenario import Scenario

ANY_DATE = Dates()
_WORDS: dict[GroundType, str] = {
    "electronic": "electronic authorisation",
    "residence": "residence permit",
    "airside": "airside transit visa",
}


@frozen(kw_only=True)
class Paper(Node):
    """A permission by what it is: for entering one of `zones`, of one of `types`, perhaps for more than one entry.

    Any that is held fits, or that is obtained; it must be valid for an entry on the date for which it is shown.
    """

    zones: tuple[ZoneRef, ...]
    types: tuple[GroundType, ...] = ("visa", "residence")
    multiple: bool = False

    def fits(self, terms: Terms) -> bool:
        """Whether a permission is of this sort, whatever its dates."""
        often = not self.multiple or terms.entries is None or terms.entries > 1
        return often and terms.type in self.types and any(zone in self.zones for zone in terms.zones)

    def described(self, scenario: Scenario) -> str:
        """For sentences: «a visa or residence permit for Alpha»."""
        types = either(_WORDS.get(name, name.replace("_", "-")) for name in self.types)
        article = "an" if types[:1] in "aeiou" else "a"
        often = " for several entries" if self.multiple else ""
        return f"{article} {types} for {either(map(scenario.name_of, self.zones))}{often}"


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
    nationalities: tuple[State, ...] = ()  # of the passport presented
    exempt_nationalities: tuple[State, ...] = ()
    nationals_of: tuple[State, ...] = ()  # nationalities held
    exempt_nationals_of: tuple[State, ...] = ()
    residents_of: tuple[PlaceRef, ...] = ()
    exempt_residents_of: tuple[PlaceRef, ...] = ()
    types: tuple[GroundType, ...] = ()
    grounds_: tuple[GroundRef, ...] = ()  # `grounds` in files; the method of rules has that name
    modes: tuple[Mode, ...] = ()
    from_age: Period | None = None
    under_age: Period | None = None
    unless: tuple[Paper, ...] = ()

    def concerns(self, journey: Journey, stay: Stay) -> bool:
        """Whether the rule is about the entry that begins a stay."""
        entry = stay.entry
        if entry is None or not self.in_force(entry.on):
            return False
        return (
            journey.scenario.is_in(self.zone, entry.territory, entry.on)
            and (not self.modes or entry.leg.mode in self.modes)
            and self._concerns_papers(journey, stay)
            and self._concerns_person(journey, stay, entry.on)
            and not shown(journey, stay, self.unless)
        )

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


def shown(
    journey: Journey,
    stay: Stay,
    papers: Collection[Paper] = (),
    certificates: Collection[CertificateRef] = (),
    *,
    until: date | None = None,
    issued: Dates = ANY_DATE,
) -> bool:
    """Whether one of the papers or certificates, valid on the entry date, can be shown at the check-in for a stay.

    A certificate must be valid to `until` too, and be issued on one of the dates `issued`; see `shown_at`.
    """
    if stay.entry is None or stay.check_in is None:
        return False
    day, check_in = stay.entry.on, stay.check_in
    return shown_at(journey, stay.traveller, check_in, day, papers, certificates, until=until, issued=issued)


def shown_at(
    journey: Journey,
    traveller: str,
    check_in: CheckIn,
    day: date,
    papers: Collection[Paper] = (),
    certificates: Collection[CertificateRef] = (),
    *,
    until: date | None = None,
    issued: Dates = ANY_DATE,
) -> bool:
    """Whether one of the papers or certificates, valid on a date, can be shown at a check-in.

    One obtained must be ready on the date of the check-in, and fetched by then where it has to be fetched. A
    certificate must be valid to `until` too, and be issued on one of the dates `issued`: one obtained is issued on its
    ready date; one held whose date is not known will do.
    """
    person, last = journey.scenario.traveller_by_id[traveller], max(day, until or day)
    for held in person.permissions:
        if (held.valid_from or day) <= day <= (held.enter_by or day) and any(paper.fits(held) for paper in papers):
            return True
    for certificate in person.certificates:
        if certificate.kind in certificates and _good(certificate, day, last, issued):
            return True
    for application in journey.applications(traveller):
        item, ready = journey.scenario.acquirable_by_id[application.acquirable], journey.ready(application)
        if ready > check_in.on or not journey.fetched(application, check_in.at):
            continue
        gives, terms = item.certificate, item.permission
        if gives is not None and gives.kind in certificates:
            ends = gives.validity.after(ready) if gives.validity else None
            if _good(Certificate(kind=gives.kind, issued=ready, valid_to=ends), day, last, issued):
                return True
        if terms is not None and any(paper.fits(terms) for paper in papers):
            limits = [terms.enter_by or day, terms.enter_within.after(ready) if terms.enter_within else day]
            if (terms.valid_from or day) <= day <= min(limits):
                return True
    return False


def _good(certificate: Certificate, day: date, last: date, issued: Dates) -> bool:
    """Whether a certificate is valid on both dates, and was issued when it has to be."""
    if certificate.issued is not None and certificate.issued not in issued:
        return False
    return (certificate.valid_from or day) <= day and last <= (certificate.valid_to or last)
