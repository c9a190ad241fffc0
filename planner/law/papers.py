"""Papers that rules ask for besides what admits: who lacks only these is not admitted yet, but can be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from attrs import evolve, frozen

from planner.core.words import either
from planner.law.candidates import Candidate
from planner.law.ways import Trial, trials
from planner.law.world import World
from planner.rules.facts import Broken, Fact
from planner.rules.kinds.airside_visa import AirsideVisa
from planner.rules.kinds.conditional_waiver import ConditionalWaiver
from planner.rules.kinds.exit_permit import ExitPermit
from planner.rules.kinds.minor import Minor
from planner.rules.kinds.required_paper import RequiredPaper
from planner.rules.kinds.test_before_departure import FreshTest
from planner.rules.kinds.tour_required import TourRequired
from planner.rules.kinds.vaccination import Vaccination
from planner.scenario.documents import Acquirable
from planner.scenario.law import Entry
from planner.scenario.node import CertificateRef
from planner.scenario.people import Certificate, Permission, Traveller
from planner.scenario.scenario import Scenario


@frozen(kw_only=True)
class Lacking:
    """What cures a broken fact, in words; and the certificate or permission that stands for it (a tour has neither)."""

    words: str
    certificate: Certificate | None = None
    permission: Permission | None = None


def lacking(scenario: Scenario, rule: Entry, offers: Iterable[Acquirable]) -> Lacking | None:
    """The paper that a rule asks for; None for rules that papers do not satisfy."""
    if isinstance(rule, TourRequired):
        return Lacking(words=f"a tour of {scenario.name_of(rule.zone)}, booked")
    if isinstance(rule, AirsideVisa):
        giving = [
            o.id for o in offers if o.permission and o.permission.type == "airside" and rule.zone in o.permission.zones
        ]
        words = [f"an airside transit visa{_by(giving)} or a visa for {scenario.name_of(rule.zone)}"]
        words += [paper.described(scenario) for paper in rule.unless]
        held = Permission(id=rule.id, zone=rule.zone, type="airside")
        return Lacking(words=", or ".join(words), permission=held)
    kinds_of_certificate = _certificates(rule)
    named = [_certificate(kind, offers) for kind in kinds_of_certificate]
    if kinds_of_certificate:
        return Lacking(words=either(named), certificate=Certificate(kind=kinds_of_certificate[0]))
    if isinstance(rule, ConditionalWaiver):
        paper = rule.papers[0]
        held = Permission(id=rule.id, zone=paper.zones[0], type=paper.types[0])
        return Lacking(words=either(paper.described(scenario) for paper in rule.papers), permission=held)
    return None


def _certificates(rule: Entry) -> tuple[CertificateRef, ...]:
    if isinstance(rule, Vaccination | FreshTest):
        return (rule.certificate,)
    return rule.certificates if isinstance(rule, RequiredPaper | Minor | ExitPermit | ConditionalWaiver) else ()


def _certificate(kind: CertificateRef, offers: Iterable[Acquirable]) -> str:
    """«a certificate: yellow fever», with the offers of the rulebooks that give it."""
    giving = [item.id for item in offers if item.certificate is not None and item.certificate.kind == kind]
    return f"a certificate: {kind.replace('_', ' ')}{_by(giving)}"


def _by(offers: list[str]) -> str:
    return f" ({either(offers)})" if offers else ""


def with_papers(
    world: World, candidate: Candidate, tried: list[Trial], entry_of: Callable[[Fact], Entry | None]
) -> tuple[list[Trial], tuple[str, ...]]:
    """The trials again with the papers in hand that the best of them lacks, and what these are; else as they were."""
    best = min(tried, key=lambda one: len(one.broken))
    offers = [item for book in world.books for item in book.acquirables]
    rules = [entry_of(found.fact) for found in best.broken]
    papers = [lacking(world.scenario, rule, offers) if rule is not None else None for rule in rules]
    found = [paper for paper in papers if paper is not None]
    if not found or len(found) < len(papers):
        return tried, ()
    person = _holding(world.scenario.travellers[0], found)
    routes = [one.route for one in tried]
    again = trials(world, evolve(world.scenario, travellers=(person,)), candidate, routes)
    again = [evolve(one, broken=tuple(_besides_tours(one.broken, entry_of))) for one in again]
    again = [evolve(one, assumed=before.assumed) for one, before in zip(again, tried, strict=True)]
    if all(one.broken for one in again):
        return tried, ()
    return again, tuple(dict.fromkeys(paper.words for paper in found))


def _holding(person: Traveller, papers: Iterable[Lacking]) -> Traveller:
    certificates = (paper.certificate for paper in papers if paper.certificate)
    permissions = (paper.permission for paper in papers if paper.permission)
    return evolve(
        person,
        certificates=(*person.certificates, *certificates),
        permissions=(*person.permissions, *permissions),
    )


def _besides_tours(broken: Iterable[Broken], entry_of: Callable[[Fact], Entry | None]) -> Iterator[Broken]:
    yield from (found for found in broken if not isinstance(entry_of(found.fact), TourRequired))
