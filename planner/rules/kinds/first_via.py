"""K19: who came into an area from the wrong side is refused by the state that it belongs to."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from planner.core.words import either
from planner.itinerary.journey import Journey, Stay
from planner.rules.base import Example, Rule, kind
from planner.rules.concerns import Concerning
from planner.rules.facts import Broken, Fact, Telling
from planner.rules.masks import Mask, by_value, inside
from planner.rules.refusals import concerned, refuse
from planner.rules.statements import Statement
from planner.rules.tables import Stays, View
from planner.scenario.node import ZoneRef
from planner.scenario.people import Traveller
from planner.scenario.scenario import Scenario

_KOSOVO = "http://www.warsaw.mfa.gov.rs/odrzavanje/stampa.php?id=1461422657"
_ABKHAZIA = "http://www.mzv.cz/tbilisi/en/visa_and_consular_information/travelling_to_the_breakaway_regions.html"
# First Beta (the area), then Gamma. Besides straight ways there are one by Gamma to Beta, and one home in between.
_BOTH = """
[trip]
ordered = true
[[trip.stops]]
id = "c"
at = ["CCC"]
"""
_VIA_GAMMA = """
[[legs]]
id = "ac"
from = "AAA"
to = "CCC"
departs = 2025-06-01T08:00:00
arrives = 2025-06-01T10:00:00
price = "80"
[[legs]]
id = "cb2"
from = "CCC"
to = "BBB"
departs = 2025-06-03T08:00:00
arrives = 2025-06-03T10:00:00
price = "50"
"""
_ON_TO_GAMMA = """
[[legs]]
id = "bc2"
from = "BBB"
to = "CCC"
departs = 2025-06-05T08:00:00
arrives = 2025-06-05T10:00:00
price = "50"
"""
_VIA_HOME = """
[[legs]]
id = "ba2"
from = "BBB"
to = "AAA"
departs = 2025-06-05T08:00:00
arrives = 2025-06-05T10:00:00
price = "100"
[[legs]]
id = "ac2"
from = "AAA"
to = "CCC"
departs = 2025-06-06T08:00:00
arrives = 2025-06-06T10:00:00
price = "80"
"""
_RULE = '[[rules]]\nkind = "first-via"\nid = "via"\nzone = "CC"\narea = "BB"\nlegal_from = ["CC"]\n'


@kind(
    "first-via",
    summary="A zone refuses those who have been in an area that they did not enter from the right side.",
    catalogue=("K19",),
    table=True,
)
@frozen(kw_only=True)
class FirstVia(Concerning, Rule):
    """Before the entries concerned (see `Concerning`), no stay of this trip began with a wrong entry to `area`.

    Wrong is an entry to a territory in `area` whose previous territory (that of the last leg's departure, an airside
    stop's too) is in none of `legal_from`, both as of that entry date; later lawful entries to `area` do not mend it.
    With `directly`, only the stay that this entry ends counts, and only if the previous territory of this entry lies in
    `area` on its date. The stay at the journey's start has no entry and is not judged.
    """

    examples = (
        Example(
            title="From Kosovo on to Serbia",
            toml=_BOTH + _ON_TO_GAMMA + _RULE + "directly = true\n",
            refused_by="via.t",
            source=_KOSOVO,
        ),
        Example(
            title="From Kosovo on to Serbia, for those who came to Kosovo from Serbia",
            toml=_BOTH + _VIA_GAMMA + _ON_TO_GAMMA + _RULE + "directly = true\n",
            cost=33000,
            source=_KOSOVO,
        ),
        Example(
            title="From Kosovo to Serbia by way of another country",
            toml=_BOTH + _ON_TO_GAMMA + _VIA_HOME + _RULE + "directly = true\n",
            cost=43000,
            source=_KOSOVO,
        ),
        Example(
            title="In Abkhazia without having passed Georgia, then to Georgia by way of another country",
            toml=_BOTH + _ON_TO_GAMMA + _VIA_HOME + _RULE,
            refused_by="via.t",
            source=_ABKHAZIA,
        ),
        Example(
            title="Abkhazia from Georgia, and back to Georgia",
            toml=_BOTH + _VIA_GAMMA + _ON_TO_GAMMA + _RULE,
            cost=33000,
            source=_ABKHAZIA,
        ),
    )

    area: ZoneRef
    """Stays there on this trip count, unless they were entered from a right place."""
    legal_from: tuple[ZoneRef, ...]
    """The right places: where the last leg before the entry to `area` departs."""
    directly: bool = False
    """Only entries straight from such a stay are refused."""

    def fact(self, scenario: Scenario, traveller: Traveller) -> Fact:
        """The refusal, for one traveller."""
        area = scenario.name_of(self.area)
        straight = f"straight from {area}" if self.directly else f"after a stay in {area}"
        return Fact(
            id=f"{self.id}.{traveller.id}",
            text=f"{traveller.label} may enter {self.entries(scenario)} {straight} only if "
            f"{area} was entered from {either(map(scenario.name_of, self.legal_from))}",
            telling=Telling.ADMISSION,
            kind=self.kind,
            place=self.where.of("legal_from"),
            source=self.source,
        )

    # ---- for solving

    def restrict(self, view: View) -> Iterator[Statement]:
        """Refuse entries together with an earlier wrong stay: any, or the one that this very run leaves."""
        scenario = view.scenario
        for traveller in scenario.travellers:
            fact, stays = self.fact(scenario, traveller), view.stays(traveller.id)
            rows, wrong = concerned(view, self, traveller), self._wrong(scenario, stays)
            if self.directly:
                rows &= inside(scenario, self.area, stays.previous, stays.entry_on)
            for value, group in by_value(stays.entry_run if self.directly else stays.entry_at, rows):
                before = wrong & ((stays.exit_run == value) if self.directly else (stays.entry_at < value))
                if before.any():
                    yield from refuse(view, self, traveller, fact, group, given=(stays.ids[before],))

    def _wrong(self, scenario: Scenario, stays: Stays) -> Mask:
        """The stays that begin with an entry to the area from elsewhere."""
        wrong: Mask = stays.enters & inside(scenario, self.area, stays.entry_territory, stays.entry_on)
        for place in self.legal_from:
            wrong &= ~inside(scenario, place, stays.previous, stays.entry_on)
        return wrong

    # ---- for verifying

    def check(self, journey: Journey) -> Iterator[Broken]:
        """Look at each entry concerned for where the traveller has been, and how that was entered."""
        scenario = journey.scenario
        for traveller in scenario.travellers:
            stays = journey.stays[traveller.id]
            for stay in stays:
                if stay.entry is None or not self.concerns(journey, stay):
                    continue
                before = stays[: stay.index]
                if self.directly:
                    straight = stay.previous and scenario.is_in(self.area, stay.previous, stay.entry.on)
                    before = before[-1:] if straight else ()
                for earlier in before:
                    if earlier.entry is not None and self._entered_wrongly(scenario, earlier):
                        area, origin = scenario.name_of(self.area), scenario.name_of(earlier.previous or "")
                        how = f"entry on {stay.entry.on}; {area} was entered from {origin}"
                        yield Broken(self.fact(scenario, traveller), how)

    def _entered_wrongly(self, scenario: Scenario, stay: Stay) -> bool:
        assert stay.entry is not None
        assert stay.previous is not None
        day, origin = stay.entry.on, stay.previous
        if not scenario.is_in(self.area, stay.entry.territory, day):
            return False
        return not any(scenario.is_in(place, origin, day) for place in self.legal_from)
