"""Rulebooks merged with a scenario's own law."""

from __future__ import annotations

import pytest

from planner.core.errors import ScenarioError
from planner.rules.base import table_kinds
from planner.scenario.law import Admission, Rulebook
from planner.scenario.reading import read_rulebooks
from planner.scenario.reading.assemble import assemble
from planner.scenario.reading.rulebooks import read_books
from planner.scenario.reading.text import parse
from planner.scenario.scenario import Scenario
from tests.scenario.marathon import changed
from tests.small import small

NORTH = """\
id = "NORTH"
title = "The north"
covers = ["AA", "BOTH"]
[[territories]]
id = "AA"
ports = "FNJ"
[[territories]]
id = "BB"
[[zones]]
id = "BOTH"
members = [{ territory = "BB" }]
[[readings]]
id = "days"
question = "Which day is first?"
[[admissions]]
id = "aa-strict"
zone = "AA"
nationalities = "US"
grant = "visa_free"
reading = "days"
answer = "strict"
[[admissions]]
id = "aa-lenient"
zone = "AA"
nationalities = "US"
grant = "visa_free"
reading = "days"
answer = "lenient"
fee = "5 NOK"
[[rules]]
kind = "passport-ban"
id = "ban"
passport_state = "MX"
area = "BOTH"
[[acquirables]]
id = "aa-visa"
permission = { zone = "AA" }
price = "10 NOK"
[[acquirables]]
id = "never-picked"
certificate = { kind = "x" }
price = "10 SEK"
"""
SOUTH = 'id = "SOUTH"\ntitle = "The south"\ncovers = "CC"\nterritories = { id = "CC" }\n'


def books(**texts: str) -> dict[str, Rulebook]:
    return read_books({f"{name}.toml": text for name, text in texts.items()}, table_kinds())


def read(top: str, *changes: tuple[str, str]) -> Scenario:
    text = changed(("[rates]", f"{top}\n[rates]"), ("EUR = 1.05", "EUR = 1.05, NOK = 0.1"), *changes)
    data, places = parse(text, "trip.toml")
    return assemble(data, places, table_kinds(), books(north=NORTH, south=SOUTH))


def problem(top: str, *changes: tuple[str, str]) -> str:
    with pytest.raises(ScenarioError) as caught:
        read(top, *changes)
    (found,) = caught.value.problems
    return str(found)


def test_the_books_named_apply_and_no_others() -> None:
    scenario = read('rulebooks = "NORTH"')
    assert scenario.rulebooks == ("NORTH",)
    assert scenario.covered == {"AA", "BOTH", "BB", "KP"}  # KP is in the scenario's own ban
    assert [rule.id for rule in scenario.law.rules] == ["ban", "us-ban"]
    assert scenario.ports["FNJ"].territory == "AA"
    assert read("rulebooks = []").law.territories == ()


def test_an_own_entry_replaces_the_one_of_its_id_in_its_place() -> None:
    own = ('id = "us-ban"', 'id = "ban"')
    scenario = read('rulebooks = "NORTH"', own)
    (rule,) = scenario.law.rules
    assert rule.where.place.file == "trip.toml"


def test_entries_of_another_reading_do_not_count() -> None:
    assert [a.id for a in read('rulebooks = "NORTH"').law.admissions] == ["aa-strict"]
    lenient = read('rulebooks = "NORTH"\n[readings]\ndays = "lenient"')
    assert [a.id for a in lenient.law.admissions] == ["aa-lenient"]
    assert lenient.answer_to("days") == "lenient"
    assert "no answer 'lenientt'" in problem('rulebooks = "NORTH"\n[readings]\ndays = "lenientt"')
    assert "did you mean 'days'" in problem('rulebooks = "NORTH"\n[readings]\nday = "lenient"')


def test_own_entries_may_bring_readings_of_their_own() -> None:
    own = ('id = "us-ban"', 'id = "us-ban"\nreading = "reach"\nanswer = "wide"')
    assert read("[readings]\nreach = 'wide'", own).law.rules[0].id == "us-ban"
    assert read("", own).law.rules == ()
    with pytest.raises(ScenarioError, match="no answer 'narrow'"):
        read("[readings]\nreach = 'narrow'", own)
    with pytest.raises(ScenarioError, match="has a reading or an answer, but no answer"):
        read("", ('id = "us-ban"', 'id = "us-ban"\nreading = "reach"'))


def test_entries_are_switched_off_by_id() -> None:
    scenario = read('rulebooks = "NORTH"\nswitched_off = ["ban", "aa-strict"]')
    assert [rule.id for rule in scenario.law.rules] == ["us-ban"]
    assert scenario.law.admissions == ()
    assert "did you mean 'aa-strict'" in problem('rulebooks = "NORTH"\nswitched_off = "a-strict"')


def test_only_what_is_picked_can_be_obtained() -> None:
    assert [item.id for item in read('rulebooks = "NORTH"').acquirables] == ["visa"]
    scenario = read('rulebooks = "NORTH"\nmay_obtain = "aa-visa"')
    assert [item.id for item in scenario.acquirables] == ["visa", "aa-visa"]
    assert scenario.minor(scenario.acquirables[1].price) == 100
    assert "did you mean 'aa-visa'" in problem('rulebooks = "NORTH"\nmay_obtain = "aa-vsa"')


def test_rates_are_needed_for_what_the_law_in_force_costs() -> None:
    lenient = 'rulebooks = "NORTH"\n[readings]\ndays = "lenient"'
    with pytest.raises(ScenarioError, match=r"no exchange rate for NOK, needed for 'aa-lenient' of north.toml:29"):
        read(lenient, (", NOK = 0.1", ""))


def test_a_misspelt_rulebook_makes_nothing_else_unknown() -> None:
    found = problem('rulebooks = "NORHT"', ('area = "KP"', 'area = "BOTH"'))
    assert "unknown rulebook 'NORHT'" in found
    assert "did you mean 'NORTH'?" in found


def test_rulebooks_are_checked_all_together() -> None:
    bad = NORTH.replace('"5 NOK"', "5").replace('zone = "AA"', 'zone = "AAA"', 1).replace('grant = "v', 'gant = "v', 1)
    with pytest.raises(ScenarioError) as caught:
        books(north=bad, south=SOUTH + "x =")
    found = "\n".join(map(str, caught.value.problems))
    assert "fee: a price in a rulebook needs a currency" in found
    assert "unknown key 'gant'" in found
    assert "south.toml:5:4: this is not valid TOML" in found


def test_unknown_places_in_a_rulebook_are_found() -> None:
    with pytest.raises(ScenarioError, match=r"area: unknown zone or territory 'BTH'.*did you mean 'BOTH'"):
        books(north=NORTH.replace('area = "BOTH"', 'area = "BTH"'))
    with pytest.raises(ScenarioError, match="unknown reading 'dys'"):
        books(north=NORTH.replace('reading = "days"', 'reading = "dys"', 1))


def test_an_id_in_two_rulebooks_is_an_error() -> None:
    twice = SOUTH.replace("CC", "BB")
    with pytest.raises(ScenarioError, match=r"territories 'BB' is in two rulebooks; the other is at north.toml:7"):
        books(north=NORTH, south=twice)


def test_a_rulebook_may_speak_of_events_that_a_scenario_does_not_have() -> None:
    ban = '\n[[rules]]\nkind = "registration"\nid = "reg"\nevent = "no-such-race"\nrefused = "US"\n'
    found = books(north=NORTH + ban)
    assert found["NORTH"].rules[-1].id == "reg"
    with pytest.raises(ScenarioError, match="unknown event 'no-such-race'"):
        read("", ("[trip]", f"{ban}\n[trip]"))


def test_the_shipped_rulebooks_are_read_and_shared() -> None:
    shipped = read_rulebooks(table_kinds())
    assert {"KP", "CN", "US", "MX", "RU", "SCHENGEN"} <= set(shipped)
    assert read_rulebooks(table_kinds())["CN"] is shipped["CN"]
    entries = [entry for book in shipped.values() for entry in (*book.admissions, *book.rules)]
    assert any(isinstance(entry, Admission) for entry in entries)
    assert all(entry.where.place.line for entry in entries)


@pytest.mark.parametrize(
    ("rule", "problem"),
    [
        ('kind = "purpose"', "says nothing: it needs at least one of the keys only_for, not_for"),
        ('kind = "ports-of-entry"\nsame_port = false', "at least one of the keys entry_ports, not_entry_ports"),
        (
            'kind = "arrival-form"\ntitle = "f"\nearliest = 2\nlatest = 3',
            "earliest: 2 days before lie after the latest",
        ),
    ],
)
def test_a_rule_that_can_say_nothing_is_refused(rule: str, problem: str) -> None:
    with pytest.raises(ScenarioError) as refused:
        small(f'[[rules]]\nid = "r"\nzone = "BB"\n{rule}\n')
    assert problem in str(refused.value)
