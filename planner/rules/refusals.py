"""Refusing the entries that a rule concerns, for solving and for bounds. For verifying, see `concerns`."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

import numpy as np

from planner.rules.base import grounds_of
from planner.rules.concerns import Concerning
from planner.rules.facts import Fact
from planner.rules.masks import Mask, by_value, effective, inside, per_day
from planner.rules.obtainable import first_ready
from planner.rules.outlook import Outlook
from planner.rules.papers import show_at_check_in
from planner.rules.shares import Refused, Share, Takes
from planner.rules.showing import ANY_DATE, Paper
from planner.rules.statements import NONE, Block, Clause, Ids, Statement
from planner.rules.tables import NEVER, View
from planner.scenario.holdings import passports_of
from planner.scenario.node import CertificateRef, PlaceRef, State
from planner.scenario.people import Dates, Traveller
from planner.scenario.scenario import Scenario

# ---- for solving


def concerned(view: View, rule: Concerning, traveller: Traveller) -> Mask:
    """The stays whose entry the rule concerns, as far as that does not depend on what is applied for.

    `refuse` sees to the rest: nationalities acquired, and papers shown instead.
    """
    scenario, stays = view.scenario, view.stays(traveller.id)
    rows = stays.enters & effective(rule, stays.entry_on)
    if not rows.any() or not _person(scenario, rule, traveller):
        return np.zeros(len(stays.ids), dtype=bool)
    for allowed, column in (
        (rule.nationalities, stays.state),
        (rule.types, stays.ground_type),
        (rule.grounds_, stays.ground),
        (rule.modes, stays.entry_mode),
    ):
        if allowed:
            rows &= np.isin(column, allowed)
    if rule.exempt_nationalities:
        rows &= ~np.isin(stays.state, rule.exempt_nationalities)
    if traveller.born and rule.from_age:
        rows &= stays.entry_on >= rule.from_age.after(traveller.born).toordinal()
    if traveller.born and rule.under_age:
        rows &= stays.entry_on < rule.under_age.after(traveller.born).toordinal()
    return rows & inside(scenario, rule.zone, stays.entry_territory, stays.entry_on)


def refuse(
    view: View,
    rule: Concerning,
    traveller: Traveller,
    fact: Fact,
    rows: Mask,
    *,
    given: tuple[Ids, ...] = (),
    or_else: Ids = NONE,
    papers: Collection[Paper] = (),
    certificates: Collection[CertificateRef] = (),
    until: date | None = None,
    issued: Dates = ANY_DATE,
) -> Iterator[Statement]:
    """The entries of `rows` (some of those `concerned`) are refused if an option of each group in `given` is chosen.

    They are not if an option of `or_else` is chosen, one of the papers or certificates, or of the rule's `unless`, is
    shown at check-in, nor if the traveller has become, or has not become, a national of the states that the rule asks
    about. Certificates must be valid to `until` and issued on one of the dates `issued`; see `papers_on`.
    """
    stays, blocked = view.stays(traveller.id), np.zeros(len(rows), dtype=bool)
    papers = (*rule.unless, *papers)
    becoming = rule.nationals_of and not _holds(traveller, rule.nationals_of)
    for day, group in by_value(stays.entry_on, rows):
        held, usable = papers_on(view, traveller, papers, certificates, day, until=until, issued=issued)
        if held:
            continue
        become = nationality_by(view, traveller, rule.nationals_of, day)
        if becoming and not len(become):
            continue
        if_ = (*given, become) if becoming else given
        unless = np.concatenate([or_else, nationality_by(view, traveller, rule.exempt_nationals_of, day)])
        if usable.any():
            yield from show_at_check_in(view, traveller, group, usable, fact, given=if_, or_else=unless)
        elif len(if_) or len(unless):
            yield Clause(fact, (stays.ids[group], *if_), unless)
        else:
            blocked |= group
    if blocked.any():
        yield Block(fact, stays.ids[blocked])


def papers_on(
    view: View,
    traveller: Traveller,
    papers: Collection[Paper],
    certificates: Collection[CertificateRef],
    day: int,
    *,
    until: date | None = None,
    issued: Dates = ANY_DATE,
) -> tuple[bool, Mask]:
    """Whether one of the papers or certificates is held and valid on a day, and the applications that give one then.

    Certificates must be valid to `until` too, and be issued on one of the dates `issued`: those obtained are issued on
    their ready date, those held whose date is not known will do. Whether those obtained are ready and fetched in time
    is left open.
    """
    applications = view.applications(traveller.id)
    last = max(day, until.toordinal()) if until else day
    usable = np.zeros(len(applications.ids), dtype=bool)
    for held in traveller.permissions:
        if _between(held.valid_from, day, held.enter_by) and any(paper.fits(held) for paper in papers):
            return True, usable
    for certificate in traveller.certificates:
        valid = _between(certificate.valid_from, day, None) and _between(None, last, certificate.valid_to)
        if certificate.kind in certificates and valid and (certificate.issued is None or certificate.issued in issued):
            return True, usable
    low, high = (end.toordinal() if end else open_ for end, open_ in ((issued.from_, 0), (issued.to, NEVER)))
    in_time = (low <= applications.ready_on) & (applications.ready_on <= high)
    for item in view.scenario.acquirables:
        mine, terms = applications.acquirable == item.id, item.permission
        if item.certificate is not None and item.certificate.kind in certificates:
            validity, needed = item.certificate.validity, last
            mine &= in_time
        elif terms is not None and any(paper.fits(terms) for paper in papers):
            validity, needed = terms.enter_within, day
            mine &= _between(terms.valid_from, day, terms.enter_by)
        else:
            continue
        if validity is not None:
            mine &= per_day(validity.after, applications.ready_on) >= needed
        usable |= mine
    return False, usable


def nationality_by(view: View, traveller: Traveller, states: Collection[State], day: int) -> Ids:
    """The applications that make the traveller a national of one of the states by a day."""
    if not states:
        return NONE
    applications = view.applications(traveller.id)
    giving = [item.id for item in view.scenario.acquirables if item.passport and item.passport.state in states]
    ids: Ids = applications.ids[np.isin(applications.acquirable, giving) & (applications.ready_on <= day)]
    return ids


def _person(scenario: Scenario, rule: Concerning, traveller: Traveller) -> bool:
    """Whether the rule can concern the traveller at all."""
    if _holds(traveller, rule.exempt_nationals_of):
        return False
    if rule.nationals_of and not _holds(traveller, rule.nationals_of):
        given = {item.passport.state for item in scenario.acquirables if item.passport}
        if given.isdisjoint(rule.nationals_of):
            return False
    if rule.under_age and traveller.born is None:
        return False
    if resides(scenario, traveller, rule.exempt_residents_of):
        return False
    return not rule.residents_of or resides(scenario, traveller, rule.residents_of)


def resides(scenario: Scenario, traveller: Traveller, places: Collection[PlaceRef]) -> bool:
    """Whether a residence of the traveller is, or as of `today` lies in, one of the places."""
    homes = {scenario.territory_of(home) if home in scenario.ports else home for home in traveller.residence}
    named = not {*traveller.residence}.isdisjoint(places)
    return named or any(scenario.is_in(place, home, scenario.today) for place in places for home in homes)


def _holds(traveller: Traveller, states: Collection[State]) -> bool:
    return not traveller.all_nationalities.isdisjoint(states)


def _between(first: date | None, day: int, last: date | None) -> bool:
    return (first.toordinal() if first else 0) <= day <= (last.toordinal() if last else NEVER)


# ---- for bounds


def refused(
    outlook: Outlook,
    rule: Concerning,
    traveller: Traveller,
    fact: Fact,
    *,
    arrivals: Mask | None = None,
    passports: Collection[str] | None = None,
    papers: Collection[Paper] = (),
    certificates: Collection[CertificateRef] = (),
) -> Iterator[Share]:
    """What follows if every entry that the rule concerns is refused without papers.

    Entries at these arrivals and on these passports are meant (None: any). Nothing is said where an entry may turn out
    not to be concerned.
    """
    scenario = outlook.scenario
    papers = (*rule.unless, *papers)
    acquired = {item.passport.state for item in scenario.acquirables if item.passport}
    may_become = not acquired.isdisjoint(rule.exempt_nationals_of)
    undecided = rule.nationals_of and not _holds(traveller, rule.nationals_of)
    if rule.modes or may_become or undecided or not _person(scenario, rule, traveller):
        return
    mask = outlook.in_force(rule) & outlook.within(rule.zone)
    mask = mask if arrivals is None else mask & arrivals
    if traveller.born:
        first = rule.from_age.after(traveller.born) if rule.from_age else None
        mask = mask & outlook.from_to(first, None)
        if rule.under_age:
            mask = mask & ~outlook.from_to(rule.under_age.after(traveller.born), None)
    for terms in traveller.permissions:
        if any(paper.fits(terms) for paper in papers):
            mask = mask & ~outlook.from_to(terms.valid_from, terms.enter_by)
    for certificate in traveller.certificates:
        if certificate.kind in certificates:
            mask = mask & ~outlook.from_to(certificate.valid_from, certificate.valid_to)
    concerning = [
        passport
        for passport, state in passports_of(scenario, traveller).items()
        if passports is None or passport in passports
        if state not in rule.exempt_nationalities and (not rule.nationalities or state in rule.nationalities)
    ]
    grounds = None
    if rule.types or rule.grounds_:
        offers = grounds_of(scenario, traveller)
        fitting = (offer for offer in offers if not rule.types or offer.type in rule.types)
        grounds = [offer.id for offer in fitting if not rule.grounds_ or offer.id in rule.grounds_]
    said: dict[str, Any] = {"facts": (fact,), "traveller": traveller.id, "passports": concerning, "grounds": grounds}
    items: dict[str, date] = {}  # when each is ready at the earliest
    for item in scenario.acquirables:
        ready = first_ready(scenario, item, any_date=True)
        gives = item.certificate is not None and item.certificate.kind in certificates
        if ready and (gives or (item.permission and any(paper.fits(item.permission) for paper in papers))):
            items[item.id] = ready
    if items:
        yield Takes(**said, items=tuple(items), arrivals=mask)
        mask = mask & outlook.before_check_in(min(items.values()))
    yield Refused(**said, arrivals=mask)
