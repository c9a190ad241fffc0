"""Papers that can be shown at a check-in, for verifying and for the plan. For solving, see `refusals`."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import Literal

from attrs import frozen

from planner.core.words import either
from planner.itinerary.journey import CheckIn, Journey, Stay
from planner.rules.base import Shown
from planner.scenario.documents import Terms
from planner.scenario.node import CertificateRef, GroundType, Node, ZoneRef
from planner.scenario.people import Certificate, Dates
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
    """It admits to one of these."""
    types: tuple[GroundType, ...] = ("visa", "residence")
    """It is one of these."""
    multiple: bool = False
    """It must be good for more than one entry."""

    def fits(self, terms: Terms) -> bool:
        """Whether a permission is of this sort, whatever its dates."""
        often = not self.multiple or terms.entries is None or terms.entries > 1
        return often and terms.type in self.types and any(zone in self.zones for zone in terms.zones)

    def described(self, scenario: Scenario) -> str:
        """For sentences: «a visa or residence permit for Alpha»."""
        types = either(map(_word, self.types))
        article = "an" if types[:1] in "aeiou" else "a"
        often = " for several entries" if self.multiple else ""
        return f"{article} {types} for {either(map(scenario.name_of, self.zones))}{often}"


@frozen(kw_only=True)
class Found:
    """A paper that can be shown: a certificate or permission, held or obtained.

    `id` is that of a permission or acquirable, or the kind of a certificate held. `book` is the passport that a
    permission is in ("" if that is not known). `until` is the last date on which a certificate is valid (None: no end).
    """

    sort: Literal["certificate", "permission"]
    id: str
    label: str
    book: str = ""
    until: date | None = None

    def shown(self, rule: str, presented: str, where: Literal["check_in", "exit"] = "check_in") -> Iterator[Shown]:
        """The paper as what a rule wants to see, and the passport it is in, if that is not the one presented."""
        other = self.book and self.book != presented
        label = f"{self.label} in passport {self.book}" if other else self.label
        yield Shown(rule=rule, sort=self.sort, id=self.id, label=label, where=where)
        if other:
            yield Shown(rule=rule, sort="passport", id=self.book, label=f"passport {self.book}", where=where)


def shown(
    journey: Journey,
    stay: Stay,
    papers: Collection[Paper] = (),
    certificates: Collection[CertificateRef] = (),
    *,
    until: date | None = None,
    issued: Dates = ANY_DATE,
) -> Found | None:
    """The first of the papers or certificates, valid on the entry date, that can be shown at the check-in for a stay.

    A certificate must be valid to `until` too, and be issued on one of the dates `issued`; see `all_shown_at`.
    """
    if stay.entry is None or stay.check_in is None:
        return None
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
) -> Found | None:
    """The first of `all_shown_at` that is, if it is a certificate, valid to `until` too."""
    for paper in all_shown_at(journey, traveller, check_in, day, papers, certificates, issued):
        if until is None or paper.until is None or until <= paper.until:
            return paper
    return None


def all_shown_at(
    journey: Journey,
    traveller: str,
    check_in: CheckIn,
    day: date,
    papers: Collection[Paper] = (),
    certificates: Collection[CertificateRef] = (),
    issued: Dates = ANY_DATE,
) -> Iterator[Found]:
    """The papers and certificates, valid on a date, that can be shown at a check-in: what is held, then the rest.

    One obtained must be ready on the date of the check-in, and fetched by then where it has to be fetched. A
    certificate must be issued on one of the dates `issued`: one obtained is issued on its ready date; one held whose
    date is not known will do.
    """
    person = journey.scenario.traveller_by_id[traveller]
    for held in person.permissions:
        if (held.valid_from or day) <= day <= (held.enter_by or day) and any(paper.fits(held) for paper in papers):
            label = f"{_word(held.type)} {held.id}"
            yield Found(sort="permission", id=held.id, label=label, book=held.book)
    for certificate in person.certificates:
        if certificate.kind in certificates and _good(certificate, day, issued):
            name, label = certificate.kind, f"certificate {certificate.kind}"
            yield Found(sort="certificate", id=name, label=label, until=certificate.valid_to)
    for application in journey.applications(traveller):
        item, ready = journey.scenario.acquirable_by_id[application.acquirable], journey.ready(application)
        if ready > check_in.on or not journey.fetched(application, check_in.at):
            continue
        gives, terms = item.certificate, item.permission
        if gives is not None and gives.kind in certificates:
            ends = gives.validity.after(ready) if gives.validity else None
            if _good(Certificate(kind=gives.kind, issued=ready, valid_to=ends), day, issued):
                yield Found(sort="certificate", id=item.id, label=item.label, until=ends)
        if terms is not None and any(paper.fits(terms) for paper in papers):
            limits = [terms.enter_by or day, terms.enter_within.after(ready) if terms.enter_within else day]
            if (terms.valid_from or day) <= day <= min(limits):
                yield Found(sort="permission", id=item.id, label=item.label, book=application.passport)


def _good(certificate: Certificate, day: date, issued: Dates) -> bool:
    """Whether a certificate is valid on a date, and was issued when it has to be."""
    if certificate.issued is not None and certificate.issued not in issued:
        return False
    return (certificate.valid_from or day) <= day <= (certificate.valid_to or day)


def _word(type_: GroundType) -> str:
    """What a permission of a type is called."""
    return _WORDS.get(type_, type_.replace("_", "-"))
