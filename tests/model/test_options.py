"""Every option there is: once, in the canonical order, with the crossings it stands for."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from planner.api import load
from planner.model.build import build
from planner.model.options import Options
from planner.rules.base import rules_of
from planner.rules.tables import END, NEVER, START, Stays
from planner.scenario.scenario import Scenario
from tests.small import small

SCENARIOS = Path(__file__).parent.parent.parent / "scenarios"
ZONE = """
[[zones]]
id = "ZZ"
members = [{ territory = "BB" }, { territory = "CC" }]
[[admissions]]
id = "visit-zone"
zone = "ZZ"
nationalities = ["AA"]
grant = "visa_free"
"""


def options_of(scenario: Scenario) -> Options:
    return Options(scenario, rules_of(scenario))


def runs_by_name(options: Options) -> dict[str, int]:
    """Rows of the table of runs by their legs' ids."""
    legs = options.scenario.legs
    return {" ".join(legs[leg].id for leg in run): row for row, run in enumerate(options.runs.legs)}


def names(options: Options) -> dict[int, str]:
    """What START, END and the runs are called."""
    return {START: "start", END: "end"} | {row: name for name, row in runs_by_name(options).items()}


def pairs(options: Options) -> set[tuple[str, str]]:
    """The crossings between which stays can last, by name."""
    called, found = names(options), options.stay_pairs
    return {(called[b], called[a]) for b, a in zip(found.before.tolist(), found.after.tolist(), strict=True)}


def between(options: Options, before: str, after: str) -> tuple[Stays, np.ndarray]:
    """The stays of the traveller t, and a mask of those between two crossings."""
    called = {name: row for row, name in names(options).items()}
    stays = options.stays("t")
    return stays, (stays.entry_run == called[before]) & (stays.exit_run == called[after])


@pytest.mark.parametrize("path", sorted(SCENARIOS.glob("*.toml")), ids=lambda path: path.stem)
def test_ids_are_unique_over_all_tables_and_leave_no_gap(path: Path) -> None:
    scenario = load(path)
    options = build(scenario).options
    tables = [options.runs.ids, options.changes.ids, np.array([*options.fares.values()])]
    for person in scenario.travellers:
        tables += [options.stays(person.id).ids, options.applications(person.id).ids, options.bookings(person.id).ids]
    tables += [place.table.ids for place in options.places()]
    tables += [options.chosen(stop.id) for stop in scenario.trip.stops]
    assert sorted(np.concatenate(tables).tolist()) == list(range(options.ids.used))


def test_tables_are_made_once() -> None:
    options = options_of(small())
    assert options.stays("t") is options.stays("t")
    assert options.chosen("b") is options.chosen("b")
    assert options.visits(("BBB",)) is options.visits(("BBB",))
    assert options.visits(("BB",)) is options.visits(("BBB", "BBX"))  # places with the same ports
    assert options.visits(("BB",)) is not options.visits(("BBB",))


def test_stay_rows_stand_in_the_canonical_order() -> None:
    world = small(
        """
        [[travellers]]
        id = "t"
        [[travellers.passports]]
        id = "b"
        state = "BB"
        [[travellers.permissions]]
        id = "zz-held"
        zone = "BB"
        [[travellers.permissions]]
        id = "aa-held"
        zone = "BB"
        passports = ["a"]
        [[acquirables]]
        id = "new"
        price = "1"
        passport = { id = "n", state = "CC" }
        [[acquirables]]
        id = "a-visa"
        price = "1"
        passports = ["a", "n"]
        permission = { zone = "BB" }
        [[admissions]]
        id = "a-second-admission"
        zone = "BB"
        nationalities = ["AA"]
        grant = "visa_free"
        [[rules]]
        kind = "transit-without-visa"
        id = "a-transit"
        zone = "BB"
        stay = "24 hours"
        nationalities = ["AA", "CC"]
        """
    )
    stays, rows = between(options_of(world), "ab", "ba")
    assert np.all(np.diff(stays.ids[rows]) == 1)
    shown = list(
        zip(*(column[rows].tolist() for column in (stays.passport, stays.ground, stays.exit_passport)), strict=True)
    )
    grounds = {
        "a": ["zz-held", "aa-held", "a-visa", "visit-beta", "a-second-admission", "a-transit", ""],
        "b": ["citizen:BB", "zz-held", "visit-beta", ""],
        "n": ["zz-held", "a-visa", "visit-beta", "a-transit", ""],
    }
    exits = {"a": "abn", "b": "ban", "n": "nab"}  # rather the passport entered on
    assert shown == [(entry, ground, exit_) for entry in "abn" for ground in grounds[entry] for exit_ in exits[entry]]
    assert set(stays.ground_type[rows & (stays.ground == "a-transit")]) == {"transit"}
    assert set(stays.state[rows & (stays.passport == "n")]) == {"CC"}
    assert set(stays.exit_state[rows & (stays.exit_passport == "b")]) == {"BB"}


def test_every_pair_of_crossings_has_its_rows() -> None:
    options = options_of(small())
    assert ("ab", "ba") in pairs(options)
    assert ("ab", "bc") in pairs(options)
    assert ("bc", "ba") not in pairs(options)  # not where one is
    stays = options.stays("t")
    called = names(options)
    rows = {(called[b], called[a]) for b, a in zip(stays.entry_run.tolist(), stays.exit_run.tolist(), strict=True)}
    assert rows == pairs(options)


def test_the_stay_at_the_start_has_no_entry_and_the_last_one_no_exit() -> None:
    options = options_of(small())
    stays, first = between(options, "start", "ab")
    assert stays.passport[first].tolist() == stays.ground[first].tolist() == stays.zone[first].tolist() == [""]
    assert stays.exit_passport[first].tolist() == ["a"]
    assert stays.entry_on[first].tolist() == stays.check_on[first].tolist() == [-NEVER]
    for column in (stays.entry_mode, stays.entry_port, stays.entry_territory, stays.previous, stays.check_port):
        assert column[first].tolist() == [""]
    assert stays.last_on[first].tolist() == stays.exit_on[first].tolist() == [date(2025, 6, 1).toordinal()]
    stays, last = between(options, "ba", "end")
    assert set(stays.exit_passport[last]) == set(stays.exit_state[last]) == set(stays.following[last]) == {""}
    assert stays.ground[last].tolist() == ["citizen:AA", "visit-alpha", ""]
    assert set(stays.exit_mode[last]) == set(stays.exit_port[last]) == set(stays.exit_territory[last]) == {""}
    assert set(stays.exit_on[last]) == {NEVER}
    assert set(stays.last_on[last]) == {date(2025, 6, 10).toordinal()}
    stays, whole = between(options, "start", "end")
    assert whole.sum() == 1  # nobody leaves, nothing is shown
    assert not stays.enters[whole].any()
    assert not stays.exits[whole].any()


def test_what_a_stay_says_of_its_crossings() -> None:
    options = options_of(small('[[legs]]\nid = "bc"\nmode = "rail"\nexit_port = "BBX"\n'))
    stays, rows = between(options, "ab", "bc")
    row = np.flatnonzero(rows)[0]
    assert (stays.zone[row], stays.entry_territory[row], stays.exit_territory[row]) == ("BB", "BB", "BB")
    assert (stays.entry_port[row], stays.exit_port[row], stays.check_port[row]) == ("BBB", "BBX", "AAA")
    assert (stays.previous[row], stays.following[row]) == ("AA", "CC")
    assert (stays.entry_mode[row], stays.exit_mode[row]) == ("air", "rail")
    assert (stays.entry_at[row] - stays.check_at[row], stays.exit_at[row] - stays.entry_at[row]) == (120, 240)
    assert stays.last_at[row] == stays.exit_at[row]


def test_runs_within_a_zone_do_not_end_a_stay() -> None:
    options = options_of(small(ZONE))
    runs = runs_by_name(options)
    assert {name for name, row in runs.items() if not options.runs.crosses[row]} == {"bc", "cb"}
    found = pairs(options)
    assert {("start", "ab"), ("ab", "ba"), ("ba", "end"), ("start", "end")} <= found
    assert not any("bc" in pair or "cb" in pair for pair in found)
    stays, rows = between(options, "ab", "ba")
    assert set(stays.zone[rows]) == {"ZZ"}
    assert set(stays.exit_territory[rows]) == {"BB"}


def test_a_last_stay_ends_with_the_last_run_though_that_does_not_cross() -> None:
    """The journey ends in Gamma, in one zone with Beta: it may end with either of two runs within the zone."""
    late = '[[legs]]\nid = "bc-late"\nfrom = "BBB"\nto = "CCC"\ndeparts = 2025-06-05T08:00:00\n'
    late += 'arrives = 2025-06-05T10:00:00\nprice = "50"\n'
    options = options_of(small(ZONE, late, '[trip]\nend = "CCC"\n'))
    stays, rows = between(options, "ab", "end")
    _, last = options.stays_with_last("t")
    called = names(options)
    days = {
        called[run]: date.fromordinal(day)
        for run, day in zip(last[rows].tolist(), stays.last_on[rows].tolist(), strict=True)
    }
    assert days == {"bc": date(2025, 6, 1), "bc-late": date(2025, 6, 5)}


@pytest.mark.parametrize(
    ("membership", "crossing", "zone"),
    [
        ("", {"ab", "ba"}, "ZZ"),
        ("from = 2025-06-01", {"ab", "ba"}, "ZZ"),
        ("from = 2025-06-02", {"ab", "ba", "bc"}, "BB"),  # they are two zones when one goes from Beta to Gamma
        ("to = 2025-06-01", {"ab", "ba", "cb"}, "ZZ"),
    ],
)
def test_zones_are_those_of_the_date(membership: str, crossing: set[str], zone: str) -> None:
    member = f'{{ territory = "BB"{", " + membership if membership else ""} }}'
    options = options_of(small(ZONE.replace('{ territory = "BB" }', member)))
    runs = runs_by_name(options)
    assert {name for name, row in runs.items() if options.runs.crosses[row]} == crossing
    stays = options.stays("t")
    assert set(stays.zone[stays.entry_run == runs["ab"]]) == {zone}


def test_a_run_with_an_airside_change_crosses_even_back_into_its_zone() -> None:
    through = '[[fares]]\nid = "turn"\nlegs = ["ab", "ba"]\nprice = "150"\n'
    options = options_of(small(through))
    row = runs_by_name(options)["ab ba"]
    runs = options.runs
    assert runs.crosses[row]
    assert (runs.from_territory[row], runs.to_territory[row]) == ("AA", "AA")
    assert (runs.next_territory[row], runs.previous_territory[row]) == ("BB", "BB")
    assert runs.airside[row] == (("BBB", 0, 3),)
    stays, rows = between(options, "ab ba", "end")
    assert set(stays.zone[rows]) == {"AA"}
    assert set(stays.check_port[rows]) == {"AAA"}


def test_visits_to_a_larger_place_last_over_moves_inside_it() -> None:
    options = options_of(small(ZONE))
    called = names(options)
    found = options.visits(("ZZ",))
    visits = {(called[b], called[a]) for b, a in zip(found.before.tolist(), found.after.tolist(), strict=True)}
    assert visits == {("ab", "ba")}
    alone = options.visits(("BBB",))
    assert {(called[b], called[a]) for b, a in zip(alone.before.tolist(), alone.after.tolist(), strict=True)} == {
        ("ab", "ba"),
        ("ab", "bc"),
        ("cb", "ba"),
    }


def test_without_legs_one_can_stay_at_home_only() -> None:
    home = options_of(small('remove = ["ab", "bc", "cb", "ba"]'))
    assert home.changes.before.tolist() == [START]
    assert home.changes.after.tolist() == [END]
    assert len(home.stays("t").ids) == 1
    away = options_of(small('remove = ["ab", "bc", "cb", "ba"]\n[trip]\nend = "CCC"\n'))
    assert len(away.changes.ids) == 0
