"""What `admit` answers, as data. Dates are civil dates at the port of entry."""

from __future__ import annotations

from datetime import date
from typing import Literal

from attrs import field, frozen

from planner.rules.base import Reminder
from planner.rules.stay_limits import Limit
from planner.scenario.documents import Acquirable
from planner.scenario.law import Admission, BaseUsed, Entry, Reading
from planner.scenario.node import Grade, GroundType
from planner.scenario.people import Permission
from planner.scenario.scenario import Scenario


@frozen(kw_only=True)
class Source:
    """Where a statement of law that the answer rests on was read: its id, the source, when, and how good that is."""

    id: str
    source: str
    read_on: date | None
    grade: Grade


@frozen(kw_only=True)
class Block:
    """A rule that stands against some way in. `lifted_by` says in words what would lift it, as far as rules say it."""

    id: str  # of the fact, as in conflicts
    rule: str  # id of the entry of law, or name of the kind
    text: str
    how: str
    lifted_by: tuple[str, ...] = ()


@frozen(kw_only=True)
class HowLong:
    """A rule that ends the stay: on a date, perhaps at an hour."""

    rule: str
    end: Limit


@frozen(kw_only=True)
class Obtain:
    """What must be in hand first. Without an `offer` the rulebooks do not say how to get it.

    `apply_by`: the last date on which applying is in time, as far as its own dates and lead time go; None: none is.
    `apply_from`: the first, where it opens on a date or must be used soon after; None: no date is too early.
    """

    type: GroundType
    offer: Acquirable | None = None
    apply_from: date | None = None
    apply_by: date | None = None

    @property
    def id(self) -> str | None:
        """The id of the offer; None without one."""
        return self.offer.id if self.offer is not None else None


@frozen(kw_only=True)
class Way:
    """One way in: a passport and what the entry rests on.

    `admits`: nothing stands against it, once what is to `obtain` and the `papers` are in hand; None: that depends on
    where the traveller comes from or goes on to, and is not known. `ports`: the only ports at which that is so; empty:
    wherever, but for `not_ports`. `only_in`: if not empty, the only ports where the traveller may be during the stay.
    `conditions`: why the ground itself does not apply. `blocks`: ids of the facts that stand against it, those that
    the `papers` cure included. `papers`: what rules ask for besides, in words. `item`: what stands in the law or in the
    traveller's papers; None for citizens.
    """

    ground: str
    type: GroundType
    passport: str
    state: str
    admits: bool | None
    item: Permission | Acquirable | Admission | Entry | None = None
    obtain: Obtain | None = None
    ports: tuple[str, ...] = ()
    not_ports: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()
    limits: tuple[HowLong, ...] = ()
    only_in: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()

    @property
    def usable(self) -> bool:
        """Whether it admits as things are, with nothing to obtain first."""
        return bool(self.admits) and self.obtain is None and not self.papers

    @property
    def until(self) -> Limit | None:
        """The end of the stay by all limits together; None: none is known."""
        return min((limit.end for limit in self.limits), key=lambda end: end.order, default=None)


@frozen(kw_only=True)
class Doubt:
    """Rules that could not be judged, as something about the traveller or the journey is not known."""

    missing: Literal["expires", "issued", "blank_pages", "stamps", "past_stays", "born", "from", "earlier", "next"]
    rules: tuple[str, ...] = ()  # ids of entries of law
    texts: tuple[str, ...] = ()


@frozen(kw_only=True)
class Admittance:
    """The answer about one entry. `admitted`: True, False, or None where no law in use covers it.

    `not_needed`: ids of what could be obtained too, left out of `ways` as the traveller is admitted without it.

    None: no rulebook covers the territory on that date, or those that do say nothing of the passports. False with a
    way that `admits` means: not yet, something must be obtained first. `covered_by` names rulebooks.
    """

    admitted: bool | None
    on: date
    territory: str
    zone: str
    port: str  # "" for any
    ways: tuple[Way, ...] = ()
    not_needed: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    reminders: tuple[Reminder, ...] = ()
    readings: tuple[Reading, ...] = ()
    sources: tuple[Source, ...] = ()
    covered_by: tuple[str, ...] = ()
    base: BaseUsed | None = None  # where the answer rests on it
    notes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()  # of files that are damaged and were left out
    scenario: Scenario = field(repr=False, eq=False)  # the small world in which the rules were asked
