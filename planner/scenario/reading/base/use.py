"""The base in a scenario: law for the territories that no sourced law covers."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve

from planner.core.errors import Problem, ScenarioError
from planner.scenario.law import BaseUsed, LawBook, Rulebook
from planner.scenario.node import TerritoryRef
from planner.scenario.reading.base.store import read_base
from planner.scenario.reading.written import ScenarioFile
from planner.scenario.travel import Port


def with_base(
    written: ScenarioFile, books: Iterable[Rulebook], law: LawBook, ports: Iterable[Port], problems: list[Problem]
) -> tuple[LawBook, BaseUsed | None]:
    """The law with the base's admissions to the ports' territories, if the scenario wants them; and what they are.

    Left to other law are territories that a rulebook in use covers, those to which the scenario itself admits
    somebody, and those that share a permission with others: the base knows of no such zones.
    """
    if not written.base:
        return law, None
    try:
        base = read_base()
    except ScenarioError as error:
        problems += error.problems
        return law, None
    if base is None:
        hint = "import a Passport Index table: plan rules import FILE"
        problems.append(Problem(written.where.of("base"), "base: none has been imported on this machine", hint))
        return law, None
    sourced = {str(place) for book in books for place in book.covers} | {str(a.zone) for a in written.admissions}
    shared = {
        str(member.territory)
        for zone in law.zones
        for member in zone.members
        if zone.id in sourced or "permission" in member.purposes
    }
    book = base.rulebook({str(port.territory) for port in ports} - sourced - shared)
    used = BaseUsed(
        source=base.source,
        licence=base.licence,
        on=base.on,
        territories=tuple(TerritoryRef(str(territory)) for territory in book.covers),
        passports=base.passports,
    )
    return evolve(law, admissions=(*law.admissions, *book.admissions)), used
