"""Zones: whose permission is needed in a territory is clear on every date."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations

from planner.core.errors import Problem
from planner.scenario.reading.checks.case import Case, problem
from planner.scenario.travel import Member


def check_zones(case: Case) -> Iterator[Problem]:
    """No territory needs the permission of two zones, and none loses its own border law unawares."""
    if case.whole("zones", "rulebooks"):
        yield from _in_two(case)
        yield from _unawares(case)


def _in_two(case: Case) -> Iterator[Problem]:
    law = case.scenario.law
    members = [(zone, member) for zone in law.zones for member in zone.members if "permission" in member.purposes]
    own = {zone.id for zone in case.written.zones}
    for (first, one), (second, other) in combinations(members, 2):
        if first.id != second.id and one.territory == other.territory and _overlap(one, other):
            named, there = (other, first) if second.id in own else (one, second)
            message = f"territory: {one.territory!r} is in the zone {there.id!r} too, and both would admit to it"
            hint = 'write purposes = ["clock"] where only days are counted together'
            yield problem(named, "territory", message, hint)


def _overlap(one: Member, other: Member) -> bool:
    begins = max(one.from_ or date.min, other.from_ or date.min)
    return begins <= min(one.to or date.max, other.to or date.max)


def _unawares(case: Case) -> Iterator[Problem]:
    """A member that has border law of its own is not made a part of another area by leaving out what for."""
    own = {entry.id for entry in case.written.admissions}
    governed = {str(entry.zone) for entry in case.scenario.law.admissions if entry.id not in own}
    for zone in case.written.zones:
        for member in zone.members:
            if member.territory in governed and "purposes" not in member.where.keys:
                message = (
                    f"territory: a rulebook in use says who is admitted to {member.territory!r}; as a part of "
                    f"{zone.id!r} it would have no border of its own"
                )
                hint = 'write purposes = ["clock"] to count days together, or name all purposes if that is meant'
                yield problem(member, "territory", message, hint)
