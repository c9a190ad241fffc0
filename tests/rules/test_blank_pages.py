"""What neither the kind's own examples nor the tests of all kinds show."""

from __future__ import annotations

from attrs import evolve

from planner.model.options import Options
from planner.rules.base import rules_of
from planner.rules.kinds.blank_pages import BlankPages
from planner.rules.statements import AtMost, Block
from planner.scenario.people import Passport
from planner.testing.readings import compare
from tests.itinerary.builders import leg, traveller
from tests.rules.judging import journey, told, world
from tests.rules.plainly import world as plain

# To China three times, by way of Japan.
LEGS = (
    leg("in", "JFK-PEK", "2025-02-01 10:00", "2025-02-02 14:00"),
    leg("off", "PEK-NRT", "2025-02-05 10:00", "2025-02-05 14:00"),
    leg("back", "NRT-PEK", "2025-02-10 10:00", "2025-02-10 14:00"),
    leg("off-again", "PEK-NRT", "2025-02-12 10:00", "2025-02-12 14:00"),
    leg("last", "NRT-PEK", "2025-02-16 10:00", "2025-02-16 14:00"),
    leg("home", "PEK-JFK", "2025-02-20 10:00", "2025-02-20 10:30"),
)
TWO = """
today = 2025-05-24
[[travellers]]
id = "t"
passports = [{ id = "a", state = "AA", blank_pages = 0 }]
[[travellers]]
id = "u"
name = "Ugo"
passports = [{ id = "c", state = "CC", blank_pages = 1 }, { id = "d", state = "AA", blank_pages = 0 }]
[[rules]]
kind = "blank-pages"
id = "pages"
zone = "BB"
pages = 1
exempt_nationalities = ["AA"]
"""


def test_a_thicker_passport_has_as_many_pages_as_all_entries_take() -> None:
    person = evolve(traveller(), passports=(Passport(id="us", state="US", blank_pages=1),))
    for pages, uses, texts in (
        (2, 1, ["a passport us with 4 instead of 1 blank pages"]),
        (1, 1, ["a passport us with 3 instead of 1 blank pages"]),
        (2, 0, ["a passport us with 2 instead of 1 blank pages"]),
        (0, 0, []),
    ):
        rule = BlankPages(id="pages", zone="CN", pages=pages, uses=uses)
        question = world(rule, LEGS, travellers=(person,))
        travelled = journey(question, "in off back off-again last home", "lllll", *["us"] * 7)
        (easing,) = rule.easings(question)
        settled = rule.settled(easing, travelled)
        assert [settled.text] == (texts or [easing.text])
        assert settled.fact == "pages.ann"
        assert bool(told(travelled)) == bool(texts)


def test_a_single_page() -> None:
    rule = BlankPages(id="pages", zone="CN", pages=1)
    question = world(rule, LEGS)
    text = "the passport that ann enters China on must have 1 blank page"
    assert rule.fact(question, question.travellers[0]).text == text


def test_of_two_people_one_may_be_exempt() -> None:
    question = plain(TWO)
    assert compare(question, {"blank-pages"}, 60).keys() == {"", "pages.u"}
    options = Options(question, rules_of(question))
    said = [s for rule in options.rules if rule.kind == "blank-pages" for s in rule.restrict(options)]
    assert said
    assert all(isinstance(s, Block | AtMost) for s in said)
    assert [s for s in said if isinstance(s, Block) and not len(s.options)] == []
