"""Papers obtained on the way, for verifying: whether they are in hand, ready and fetched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from planner.itinerary.choices import Application
from planner.itinerary.journey import Journey
from planner.rules.acquirable_facts import acquirable_fact
from planner.rules.facts import Broken
from planner.scenario.people import Traveller


def in_hand(journey: Journey, traveller: Traveller, need: str, day: date, doing: Application | None = None) -> bool:
    """Whether the traveller has in hand, on a civil date, the paper that `need` names.

    That is a passport or permission held, a certificate of that kind valid on the date, or something obtained
    and ready by then that is, or gives, what is named. A passport that is away is not in hand; `doing` is the
    application it is needed for, if it is for one.
    """
    if _away(journey, traveller, need, day, doing):
        return False
    if any(book.id == need for book in traveller.passports):
        return True
    if any(held.id == need for held in traveller.permissions):
        return True
    if any(
        paper.kind == need and (paper.valid_from or day) <= day <= (paper.valid_to or day)
        for paper in traveller.certificates
    ):
        return True
    for application in journey.applications(traveller.id):
        item, ready = journey.scenario.acquirable_by_id[application.acquirable], journey.ready(application)
        certificate = item.certificate
        valid = certificate is None or certificate.validity is None or day <= certificate.validity.after(ready)
        names = {item.id} | ({item.passport.id} if item.passport else set())
        names |= {certificate.kind} if certificate else set()
        if ready <= day and valid and need in names:
            return True
    return False


def booking_days(journey: Journey, traveller: Traveller, papers: Iterable[str], last: date) -> list[date]:
    """The dates up to a last one on which the traveller has all these papers in hand, from when anything can be done.

    If the last one is over, it is looked at all the same.
    """
    first = min(journey.scenario.begun, last)
    days = (first + timedelta(days=count) for count in range((last - first).days + 1))
    wanted = list(dict.fromkeys(papers))
    return [day for day in days if all(in_hand(journey, traveller, paper, day) for paper in wanted)]


def _away(journey: Journey, traveller: Traveller, passport: str, day: date, doing: Application | None) -> bool:
    """Whether that passport is away on the date, by its own dates, for another application, or given up."""
    if any(day in dates for book in traveller.passports if book.id == passport for dates in book.away):
        return True
    for other in journey.applications(traveller.id):
        item = journey.scenario.acquirable_by_id[other.acquirable]
        kept = item.keeps_passport and other.passport == passport and day < journey.ready(other)
        renewed = item.passport is not None and item.passport.renews == passport
        if other != doing and other.on <= day and (kept or renewed):
            return True
    return False


def not_usable(journey: Journey, traveller: Traveller, application: Application, on: date, at: int) -> Iterator[Broken]:
    """What keeps a paper applied for from being used on that date, at that time (UTC minutes), if anything."""
    scenario = journey.scenario
    item, ready = scenario.acquirable_by_id[application.acquirable], journey.ready(application)
    if ready > on:
        fact = acquirable_fact(scenario, item, traveller, "lead")
        yield Broken(fact, f"applied for on {application.on}, it is ready on {ready}; it is used on {on}")
    if not journey.fetched(application, at):
        fact = acquirable_fact(scenario, item, traveller, "handed_over")
        yield Broken(fact, f"nobody is there between {ready} and its use on {on}")
