"""What neither the kind's own examples nor the tests of all kinds show."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest

from planner.core.money import Price
from planner.core.period import Period
from planner.itinerary.choices import Application
from planner.itinerary.replay import replay
from planner.network.columns import all_legs
from planner.rules.base import Rule
from planner.rules.kinds.passport_ban import PassportBan
from planner.rules.outlook import Outlook
from planner.rules.shares import Refused, Takes
from planner.scenario.documents import Acquirable, LeadTime, NewValidation
from planner.scenario.people import Passport, Traveller, Validation
from planner.scenario.scenario import Scenario
from planner.scenario.travel import Member, Zone
from planner.testing.readings import compare
from tests.itinerary.builders import itinerary, leg, ports
from tests.rules.judging import told, world

# To Beijing, twice to Pyongyang and back, and home by way of an airside change there.
LEGS = (
    leg("in", "JFK-PEK", "2025-02-09 10:00", "2025-02-10 14:00"),
    leg("a", "PEK-FNJ", "2025-02-11 10:00", "2025-02-11 14:00"),
    leg("b", "FNJ-PEK", "2025-02-13 10:00", "2025-02-13 14:00"),
    leg("c", "PEK-FNJ", "2025-02-15 10:00", "2025-02-15 14:00"),
    leg("d", "FNJ-PEK", "2025-02-17 10:00", "2025-02-17 14:00"),
    leg("e", "PEK-FNJ", "2025-02-19 10:00", "2025-02-19 14:00"),
    leg("f", "FNJ-IST", "2025-02-19 18:00", "2025-02-20 02:00"),
)
PLACES = ports(FNJ={"airside": True, "airside_on_separate_tickets": True})
FREE = Price.parse("0")


def asked(*validations: Validation, items: tuple[Acquirable, ...] = (), **rule: Any) -> Scenario:
    """That way under a ban on US passports; ann has a Mexican one as well."""
    ban = PassportBan(id="ban", **{"passport_state": "US", "area": "KP"} | rule)
    books = (Passport(id="us", state="US", validations=validations), Passport(id="mx", state="MX"))
    korea = Member(territory="KP", to=date(2025, 2, 15), purposes=("clock",))
    return world(
        ban,
        LEGS,
        zones=(Zone(id="Z", members=(korea,)),),
        end="IST",
        ports=PLACES,
        travellers=(Traveller(id="ann", passports=books),),
        acquirables=items,
        today=date(2025, 2, 6),
    )


def broken(*validations: Validation, applied: tuple[Application, ...] = (), **more: Any) -> list[str]:
    """How the ban is broken by somebody who shows the US passport everywhere."""
    stays = ("- us", *["us us"] * 5, "us -")
    return told(replay(asked(*validations, **more), itinerary("in a b c d e f", "llllla", stays, applications=applied)))


DESKS = [
    "us is shown at the entry on 2025-02-11",
    "us is shown at the exit on 2025-02-13",
    "us is shown at the entry on 2025-02-15",
    "us is shown at the exit on 2025-02-17",
    "us is shown at the check-in for a transit on 2025-02-19",
]


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        ({}, DESKS),
        ({"scope": ("to",)}, [DESKS[0], DESKS[2]]),
        ({"scope": ("in",)}, [DESKS[1], DESKS[3]]),
        ({"scope": ("through",)}, [DESKS[4]]),
        ({"area": "Z"}, DESKS[:3]),
        ({"effective_from": date(2025, 2, 14)}, DESKS[2:]),
        ({"effective_to": date(2025, 2, 14)}, DESKS[:2]),
        (
            {"scope": ("to",), "adjacent_exit": True, "effective_to": date(2025, 2, 14)},
            ["us is shown at the exit on the way there on 2025-02-11", DESKS[0]],
        ),
        ({"scope": ("in",), "adjacent_exit": True, "area": "Z", "effective_from": date(2025, 2, 12)}, [
            DESKS[1],
            "us is shown at the exit on the way there on 2025-02-15",
        ]),
    ],
)  # fmt: skip
def test_each_desk_is_judged_for_itself(rule: dict[str, Any], found: list[str]) -> None:
    assert broken(**rule) == found
    seen = compare(asked(**rule), {"passport-ban"}, 150)
    assert 0 < seen["ban.ann"] < seen[""]


def test_a_validation_is_good_on_its_dates_and_for_its_trips() -> None:
    first = Validation(area="KP", valid_from=date(2025, 2, 11), valid_to=date(2025, 2, 13))
    second = Validation(area="KP", valid_from=date(2025, 2, 15), trips=1)
    once = Validation(area="KP", trips=1)
    elsewhere = Validation(area="CN")
    assert broken(first) == DESKS[2:]
    assert broken(first, second) == []
    assert broken(once) == ["us enters 2 times, validated for 1"]
    assert broken(once, once) == []
    assert broken(once, scope=("in", "through")) == []
    assert broken(elsewhere) == DESKS
    assert broken(elsewhere, once) == ["us enters 2 times, validated for 1"]
    used_up = Validation(area="KP", trips=0)
    assert broken(second) == [*DESKS[:2], "us enters 2 times, validated for 1"]
    assert broken(used_up) == ["us enters 2 times, validated for 0"]
    for held in ((first,), (second,), (first, second), (once,), (once, once), (elsewhere, once), (used_up, once)):
        compare(asked(*held), {"passport-ban"}, 150)
    compare(asked(once, scope=("in", "through")), {"passport-ban"}, 150)


def stamp(name: str, **more: Any) -> Acquirable:
    """A validation to apply for, ready after three days."""
    validity, trips = more.pop("validity", None), more.pop("trips", None)
    area = more.pop("area", "KP")
    gives = NewValidation(area=area, validity=validity, trips=trips)
    return Acquirable(id=name, price=FREE, lead=LeadTime(days=3), validation=gives, **more)


def test_validations_obtained_have_dates_and_trips_too() -> None:
    items = (
        stamp("long"),
        stamp("short", validity=Period(3)),
        stamp("once", trips=1),
        stamp("mexican", passports=("mx",)),
        stamp("other", area="CN"),
    )

    def with_(*names: str, held: tuple[Validation, ...] = ()) -> list[str]:
        applied = tuple(
            Application("ann", name, "mx" if name == "mexican" else "us", date(2025, 2, 8)) for name in names
        )
        return broken(*held, items=items, applied=applied)

    once = Validation(area="KP", trips=1)
    assert with_("long") == []
    assert with_("short") == DESKS[2:]  # to 14 February
    assert with_("other") == DESKS
    assert with_("mexican") == DESKS
    assert with_("once") == ["us enters 2 times, validated for 1"]
    assert with_("once", "long") == []
    assert with_("once", held=(once,)) == []
    for some in (items[1:2], items[1:3], items[2:4], items[:2]):
        for held in ((), (once,)):
            compare(asked(*held, items=some), {"passport-ban", "acquirable"}, 100)
    compare(asked(items=items[:1]), {"passport-ban", "acquirable"}, 800)
    at_exits = asked(items=items[:1], scope=("in",), adjacent_exit=True, effective_to=date(2025, 2, 11))
    compare(at_exits, {"passport-ban", "acquirable"}, 200)


def test_bounds_hear_of_entries_without_a_validation() -> None:
    other, late = Validation(area="CN"), Validation(area="KP", valid_from=date(2025, 2, 14))
    items = (stamp("mexican", passports=("mx",)), stamp("other", area="CN"))
    for validations, more, items_, days in (
        ((), {}, (), range(9, 21)),
        ((other, late), {}, (), range(9, 14)),
        ((), {"items": items}, (), range(9, 21)),
        ((), {"items": (*items, stamp("long"))}, ("long",), range(9, 21)),
        ((), {"effective_from": date(2025, 2, 14)}, (), range(14, 21)),
        ((), {"scope": ("in", "through")}, (), None),
    ):
        made = asked(*validations, **more)  # type: ignore[arg-type]
        (rule,) = made.law.rules
        assert isinstance(rule, Rule)
        outlook = Outlook(made, all_legs(made))
        row = list(outlook.territories).index("KP")
        said = []
        for share in rule.bound(outlook):
            assert isinstance(share, Takes if items_ else Refused)
            assert share.arrivals is not None
            refused = outlook.days[np.broadcast_to(share.arrivals, outlook.shape)[row]].tolist()
            said.append((share.passports, getattr(share, "items", ()), [date.fromordinal(day).day for day in refused]))
        assert said == ([] if days is None else [(("us",), items_, list(days))])
