"""What can be found against a plan, each thing at its place in the plan's file."""

from __future__ import annotations

from datetime import date
from typing import Literal

from attrs import frozen

from planner.core.errors import Place
from planner.itinerary.choices import Application, Booking
from planner.itinerary.journey import Crossing
from planner.rules.facts import Fact
from planner.scenario.travel import Leg


@frozen(kw_only=True)
class Violation:
    """Something for which a plan does not stand.

    `sort`: `fact` (a rule or wish is broken, `fact` names it), `structure` (no journey can be so), `open` (the plan
    does not say what is shown at a border), `stated` (what the plan states is not so). `text` says what is the case.
    `place` is where in the plan's file it stands. `leg` is the one at which it comes up, and `crossing` what is
    crossed there; None where it is not about one. `traveller` is the id of the one concerned, "" for all.
    """

    sort: Literal["fact", "structure", "open", "stated"]
    text: str
    place: Place
    fact: Fact | None = None
    source: str = ""  # of the law that says so
    leg: Leg | None = None
    crossing: Crossing | None = None
    traveller: str = ""


@frozen(kw_only=True)
class BookChange:
    """How a rulebook differs from the edition that a plan was made with.

    `before` and `now` are the last dates on which anything in it was read. `gone`: it is not in use any more; `new`: it
    was not in use then. Entries are named `table.id`; `told` says whether single entries were known of the old edition,
    `named` which of these entries the plan itself names, `broken` which ones it breaks now.
    """

    id: str
    before: date | None
    now: date | None
    gone: bool = False
    new: bool = False
    told: bool = False
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    named: frozenset[str] = frozenset()
    broken: frozenset[str] = frozenset()


@frozen(kw_only=True)
class Drift:
    """What changed between the making of a plan and now.

    `known` is False where the plan does not say what it was made with. `planner`, `zone_data` and `readings` (by id)
    have what it was then and what it is now, None where it is the same (a reading: where it is not asked any more);
    `scenario`: whether its file says something else.
    """

    known: bool = False
    books: tuple[BookChange, ...] = ()
    scenario: bool = False
    planner: tuple[str, str] | None = None
    zone_data: tuple[str, str] | None = None
    readings: tuple[tuple[str, str, str | None], ...] = ()

    @property
    def any(self) -> bool:
        """Whether anything changed, as far as is known."""
        return bool(self.books or self.scenario or self.planner or self.zone_data or self.readings)


@frozen(kw_only=True)
class Done:
    """An application or booking that is dated before the day of checking: it is taken as done on its date."""

    task: Application | Booking
    label: str
