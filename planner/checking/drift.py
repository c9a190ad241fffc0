"""What changed since a plan was saved: rulebooks, entry by entry, the scenario's file, the program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import frozen

from planner.checking.findings import BookChange, Drift
from planner.checking.form import BookEdition, PlanFile
from planner.core.time import zone_data_version
from planner.rules.facts import Fact
from planner.scenario.reading.editions import Edition, editions
from planner.scenario.scenario import Scenario
from planner.version import __version__

_NAMING = ("crossings", "documents", "bookings", "reminders")  # parts of an answer that name what it rests on


def drift(scenario: Scenario, plan: PlanFile, data: Mapping[str, Any], broken: Iterable[Fact] = ()) -> Drift:
    """How things differ from when the plan was made; `data` is the plain data of its file, `broken` what it breaks."""
    rested = plan.rests_on if plan.rests_on and (plan.rests_on.scenario or plan.rests_on.editions) else None
    marks = _Marks(
        named=frozenset(text for part in _NAMING for text in _texts(data.get(part))),
        broken=frozenset(fact.id.partition(".")[0] for fact in broken),
    )
    known = {reading.id: scenario.answer_to(reading.id) for reading in scenario.law.readings}
    return Drift(
        known=rested is not None,
        books=() if rested is None else tuple(_books(scenario, rested.editions, marks)),
        scenario=rested is not None and rested.scenario not in ("", scenario.digest),
        planner=_other(plan.planner, __version__),
        zone_data=_other(plan.zone_data, zone_data_version()),
        readings=tuple(
            (said.id, said.answer, known.get(said.id)) for said in plan.readings if known.get(said.id) != said.answer
        ),
    )


@frozen
class _Marks:
    """Ids that the plan names, and ids of rules that it breaks."""

    named: frozenset[str]
    broken: frozenset[str]


def _other(before: str, now: str) -> tuple[str, str] | None:
    return (before, now) if before and before != now else None


def _texts(value: Any) -> Iterator[str]:
    """Every text in some data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _texts(item)


def _books(scenario: Scenario, before: tuple[BookEdition, ...], marks: _Marks) -> Iterator[BookChange]:
    """Those that were in use and have changed or gone, then those that were not."""
    now = {edition.id: edition for edition in editions(scenario.rulebooks)}
    for old in before:
        new = now.pop(old.id, None)
        if new is None:
            yield BookChange(id=old.id, before=old.read_on, now=None, gone=True)
        elif new.digest != old.digest or (old.entries and old.entries != new.entries):
            yield _changed(old, new, marks)
    for edition in now.values():
        yield BookChange(id=edition.id, before=None, now=edition.read_on, new=True)


def _changed(old: BookEdition, new: Edition, marks: _Marks) -> BookChange:
    both = [entry for entry in new.entries if entry in old.entries]
    changed = [entry for entry in both if new.entries[entry] != old.entries[entry]]
    added = [entry for entry in new.entries if entry not in old.entries] if old.entries else []
    removed = [entry for entry in old.entries if entry not in new.entries]
    ids = {entry: entry.partition(".")[2] for entry in (*added, *removed, *changed)}
    return BookChange(
        id=new.id,
        before=old.read_on,
        now=new.read_on,
        told=bool(old.entries),
        added=tuple(added),
        removed=tuple(removed),
        changed=tuple(changed),
        named=frozenset(entry for entry, id_ in ids.items() if id_ in marks.named),
        broken=frozenset(entry for entry, id_ in ids.items() if id_ in marks.broken),
    )
