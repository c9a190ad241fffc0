"""The answer as Markdown: headings, lists and tables, and nothing that a scenario could add to them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from attrs import evolve
from markdown_it import MarkdownIt
from markdown_it.token import Token

from planner.answer import Answer, Conflict, Repair
from planner.core.errors import Place
from planner.report.markdown import markdown
from planner.rules.base import Reminder
from planner.rules.easing import Easing
from planner.rules.facts import Fact, Telling
from tests.report.answers import LAW, feasible, infeasible, marathon, optimal, person, plan_of, undecided

READER = MarkdownIt("gfm-like")
ALL = {"optimal": optimal, "feasible": feasible, "infeasible": infeasible, "undecided": undecided}
EVIL = [
    "[click](https://evil.example) ![x](https://evil.example/x.png)",
    "<script>alert(1)</script><a href=https://evil.example>x</a>&lt;",
    "https://evil.example www.evil.example a@evil.example @everyone",
    "| a | b |\n|---|---|\n| c | d |\n\n# Heading\n\n```",
    "- item\n\n1. item\n\n> quoted `code` **bold** ~~gone~~ ***\n---\n",
    "\\`\\\\`` \\[ \\| \\",
]


def structure(text: str) -> list[tuple[str, str]]:
    """Everything but the words: blocks, and what stands inside lines, with where links lead."""
    found = []
    for token in READER.parse(text):
        found.append((token.type, token.tag))
        found += [(child.type, str(child.attrs.get("href", ""))) for child in token.children or () if _marks(child)]
    return found


def _marks(token: Token) -> bool:
    return token.type not in ("text", "text_special")


def headings(text: str) -> list[str]:
    tokens = READER.parse(text)
    return [after.content for token, after in pairwise(tokens) if token.type == "heading_open"]


def plan_called(name: str) -> Answer:
    """A plan in which everything that can have a name has this one."""
    question = marathon(title=name, travellers=(person("ann", name), person("bo", "Bo")))
    law = evolve(LAW, territories=tuple(evolve(place, name=name) for place in LAW.territories))
    question = evolve(
        question,
        law=law,
        ports={key: evolve(port, name=name) for key, port in question.ports.items()},
        acquirables=tuple(evolve(item, title=name) for item in question.acquirables),
        legs=tuple(evolve(leg, operator=name) for leg in question.legs),
        trip=evolve(question.trip, events=tuple(evolve(event, title=name) for event in question.trip.events)),
    )
    plan = plan_of(question, people=("ann", "bo"))
    plan = evolve(
        plan,
        costs=tuple(evolve(line, what=name) for line in plan.costs),
        preparation=tuple(evolve(step, label=name, waits_for=(name,)) for step in plan.preparation),
    )
    readings = tuple(evolve(reading, question=name) for reading in optimal().readings)
    return Answer(status="optimal", scenario=question, plan=plan, readings=readings, notes=(name,))


def conflict_called(name: str) -> Answer:
    """A conflict with this in every text."""
    facts = tuple(
        Fact(id, name, Telling.WISH, "event", Place(f"{name}.toml", 3, 1), changeable=changeable)
        for id, changeable in (("event.a", True), ("event.b", False))
    )
    answer = evolve(infeasible(), conflict=Conflict(facts=facts, structural=(name,)))
    easing = Easing(fact="event.a", changes=(), text=name, sort="event")
    trip = plan_of(marathon())
    repair = Repair(easings=(easing,), disruption=1, cost=100, proved=True, plan=trip, scenario=answer.scenario)
    return evolve(answer, scenario=evolve(answer.scenario, title=name), repairs=(repair,))


@pytest.mark.parametrize("called", [plan_called, conflict_called])
@pytest.mark.parametrize("evil", EVIL)
def test_whatever_things_are_called_the_structure_is_the_same(called: object, evil: str) -> None:
    assert callable(called)
    assert structure(markdown(called(evil))) == structure(markdown(called("A name")))


def test_a_source_is_a_link_that_shows_where_it_leads_and_nothing_else() -> None:
    answer = optimal()
    assert answer.plan is not None
    steps = tuple(
        evolve(step, source=step.source and "art. 3: https://example.org/law; [x](javascript:alert(1))")
        for step in answer.plan.preparation
    )
    text = markdown(evolve(answer, plan=evolve(answer.plan, preparation=steps)))
    assert "- Chinese visa, double entry: art. 3: <https://example.org/law>; \\[x\\](javascript:alert(1))\n" in text
    assert [href for kind, href in structure(text) if kind == "link_open"] == ["https://example.org/law"]


def test_addresses_in_reminders_are_links_and_those_in_names_are_not() -> None:
    question = marathon(travellers=(person("ann", "http://a.example"), person("bo", "Bo")))
    card = Reminder(id="card", traveller="ann", text="fill in *it* (https://card.example/a)")
    plan = evolve(plan_of(question, people=("ann", "bo")), reminders=(card,))
    text = markdown(Answer(status="optimal", scenario=question, plan=plan))
    assert ": fill in \\*it\\* (<https://card.example/a>)\n" in text
    links = [href for kind, href in structure(text) if kind == "link_open"]
    assert "https://card.example/a" in links
    assert "http://a.example" not in links


def test_a_plan_has_its_parts_in_order() -> None:
    assert headings(markdown(optimal())) == [
        "Run in Pyongyang",
        "Before you go",
        "The trip",
        "What to show at each desk",
        "Cost",
        "What this rests on",
        "Readings used",
        "Sources",
        "How sure this is",
    ]


def test_the_trip_and_the_cost_are_tables() -> None:
    text = markdown(optimal())
    assert (
        "| Day | Date | Leg | Leaves | Arrives |\n"
        "| ---: | --- | ---: | --- | --- |\n"
        "| 1 | Thu 3 Apr 2025 | 1 | 16:50 New York John F. Kennedy (JFK) | 18:20 +1 day Beijing Capital (PEK) |\n"
        "|  |  |  | in Beijing Capital (PEK) for 1 night |  |\n"
    ) in text
    assert "| Chinese visa, double entry (Ann) | 34.00 |\n| **Total** | **3410.50** |\n" in text
    assert [token.type for token in READER.parse(text)].count("table_open") == 2


def test_several_travellers_have_lists_of_their_own() -> None:
    question = marathon(travellers=(person("ann", "Ann"), person("bo", "Bo")))
    text = markdown(Answer(status="optimal", scenario=question, plan=plan_of(question, people=("ann", "bo"))))
    assert "\n- Ann and Bo\n  - **check-in**: show passport mx (MX) and" in text


def test_the_numbers_of_statements_go_on_after_what_could_be_changed() -> None:
    text = markdown(infeasible())
    assert (
        "**No valid trip: these 2 statements cannot hold together; no fewer would do.**\n\n"
        "1. Ann runs the Pyongyang marathon on 6 April 2025 (`trip.toml:40`).\n\n"
        "What could not be changed:\n\n"
        "2. Ann may not use a passport of US for North Korea without a special validation (`rulebooks/US.toml:7`).\n"
    ) in text
    lists = [token.attrs.get("start", 1) for token in READER.parse(text) if token.type == "ordered_list_open"]
    assert lists[:2] == [1, 2]


@pytest.mark.parametrize("status", ALL)
def test_every_answer_is_headings_paragraphs_lists_and_tables(status: str) -> None:
    text = markdown(ALL[status]())
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    kinds = {kind for kind, _ in structure(text)}
    assert not kinds & {"html_block", "html_inline", "code_block", "fence", "blockquote_open", "hr", "image"}


def test_undecided_is_never_called_impossible() -> None:
    text = markdown(undecided())
    assert "**Undecided: time ran out" in text
    assert "No valid trip" not in text


def test_without_a_title_there_is_no_heading_for_it() -> None:
    assert markdown(optimal(title=" ")).startswith("**The cheapest valid trip for Ann costs USD 3,410.50.**\n")
