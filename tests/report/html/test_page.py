"""The page as a text: what stands in it, that it is well formed, and that nothing from a scenario becomes markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from xml.etree.ElementTree import Element

import html5lib
import pytest
from attrs import evolve

from planner import Answer, to_html, to_html_part
from planner.rules.base import Reminder
from tests.report.answers import feasible
from tests.report.html.answers import answer
from tests.report.html.scenarios import HOSTILE

ALL = ("pyongyang-marathon", "marathon-single-entry", "family-self-transfer", "schengen-hop", "pacific", "undecided")
# fmt: off
TAGS = {
    "html", "head", "meta", "link", "title", "style", "body", "header", "main", "footer", "nav", "section", "figure",
    "figcaption", "div", "span", "p", "h1", "h2", "h3", "dl", "dt", "dd", "ul", "ol", "li", "table", "caption", "thead",
    "tbody", "tfoot", "tr", "th", "td", "details", "summary", "a", "b", "i", "svg", "path", "br",
}
# fmt: on


def parsed(text: str) -> Element:
    """The page's tree; a parse error fails."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)


def words(found: Element) -> str:
    return " ".join("".join(found.itertext()).split())


def name(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def headings(found: Element) -> list[int]:
    return [int(name(item)[1]) for item in found.iter() if re.fullmatch("h[1-6]", name(item))]


@pytest.mark.parametrize("given", [*ALL, "hostile", "hostile conflict"])
def test_a_page_is_well_formed_with_landmarks_and_headings_in_order(given: str) -> None:
    page = parsed(to_html(answer(given)))
    assert page.get("lang") == "en"
    assert [len(list(page.iter(mark))) for mark in ("main", "header", "footer", "title")] == [1, 1, 1, 1]
    levels = headings(page)
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = [item.get("id") for item in page.iter() if item.get("id")]
    assert len(ids) == len(set(ids))
    assert {a.get("href", "")[1:] for a in page.iter("a") if a.get("href", "").startswith("#")} <= set(ids)
    for table in page.iter("table"):
        assert all(cell.get("scope") for cell in table.iter("th"))
    assert all(item.get("aria-label") for item in page.iter() if item.get("role") == "img")


@pytest.mark.parametrize("given", [*ALL, "hostile", "hostile conflict"])
def test_nothing_in_it_could_run_or_ask_for_anything(given: str) -> None:
    page = parsed(to_html(answer(given)))
    for item in page.iter():
        assert name(item) in TAGS
        assert not [key for key in item.attrib if key.startswith("on") or key in ("src", "srcset", "data", "action")]
        href = item.get("href", "#")
        assert href.startswith(("#", "http://", "https://")) or (name(item), href) == ("link", "data:,")
        assert re.fullmatch(r"[a-z:;%.()\d-]*", item.get("style", ""))
    (policy,) = (m.get("content", "") for m in page.iter("meta") if m.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:")
    style = "".join(words(item) for item in page.iter("style"))
    assert "url(" not in style
    assert "@import" not in style


def test_hostile_texts_stand_there_as_they_are() -> None:
    shown = words(parsed(to_html(answer("hostile"))))
    for text in (*HOSTILE[:6], *HOSTILE[8:]):
        assert " ".join(text.split()) in shown
    assert "\\u202egnirts" in shown
    assert all(char.isprintable() or char == "\n" for char in to_html(answer("hostile")))


def test_the_plan_of_the_marathon_is_told_in_full() -> None:
    page = parsed(to_html(answer("pyongyang-marathon")))
    shown = words(page)
    for text in (
        "Proved cheapest", "USD 3,847.92", "Tue 1 Apr 2025", "SFO → PEK → FNJ → PEK → SFO",
        "At the latest on Wed 26 Mar 2025 (20 days to spare)", "passport mx (MX) and Chinese visa, two entries",
        "Tue 12 Sep 2034, when passport mx expires", "In Pyongyang (FNJ) for 5 nights", "2 of 2 entries used",
        "at the office in US for Chinese visa, two entries", "register in mainland China with the police",
        "1 night in Beijing", "Rules as of Wed 5 Mar 2025",
        "Does North Korea count as the third country", "the checker replayed and confirmed the plan",
        "SFO San Francisco, PEK Beijing, FNJ Pyongyang.",
    ):  # fmt: skip
        assert text in shown
    links = [a.get("href") for a in page.iter("a")]
    assert "https://koryogroup.com/travel-guide/visa-for-how-to-get-a-north-korea-visa" in links


def test_addresses_in_reminders_are_links_of_the_web_only() -> None:
    given = feasible()
    assert given.plan is not None
    card = Reminder(id="card", traveller="ann", text="fill it in (https://card.example/a?b=<i>) javascript:alert(1)")
    page = parsed(to_html(evolve(given, plan=evolve(given.plan, reminders=(card,)))))
    (part,) = [item for item in page.iter("section") if words(item).startswith("Also see to")]
    assert [a.get("href") for a in part.iter("a")] == ["https://card.example/a?b="]
    assert "<i>) javascript:alert(1)" in words(part)


def test_the_law_of_a_leg_names_its_sources() -> None:
    page = parsed(to_html(answer("family-self-transfer")))
    laws = [item for item in page.iter("details") if "law behind" in words(item)]
    assert len(laws) == 3  # the way home rests on citizenship and residence
    assert "schengen-visa-free" in words(laws[0])
    assert [a.get("href", "")[:4] for a in laws[0].iter("a")].count("http") >= 1


def test_what_several_travellers_show_stands_under_their_names() -> None:
    page = parsed(to_html(answer("family-self-transfer")))
    (first,) = [t for t in page.iter("table") if t.get("class") == "plan-desks"][:1]
    assert [words(th) for th in first.iter("th") if th.get("scope") == "rowgroup"] == [
        "the father", "the mother", "the child",
    ]  # fmt: skip


def test_a_conflict_is_an_argument_with_repairs_as_cards() -> None:
    page = parsed(to_html(answer("marathon-single-entry")))
    shown = words(page)
    assert "No valid trip: these 3 statements cannot hold together; no fewer would do." in shown
    assert "What could not be changed: Nothing else" in shown
    conflict = answer("marathon-single-entry").conflict
    assert conflict is not None
    assert all(f"marathon-single-entry.toml:{fact.place.line}" in shown for fact in conflict.facts)
    cards = [words(li) for li in page.iter("li") if li.get("class") == "plan-card"]
    assert cards[0].startswith("1. Apply for Chinese visa, one entry as well USD 3,836.92 SFO → PEK")
    assert cards[0].endswith("Disruption 3")
    assert [li.get("value") for li in page.iter("li") if li.get("value")][:3] == ["1", "2", "3"]


def test_an_answer_that_is_not_proved_says_how_much_could_be_saved() -> None:
    shown = words(parsed(to_html(feasible())))
    assert "Valid; not proved cheapest" in shown
    assert "at most USD 410.50 (12.0 %) could still be saved" in shown


def test_other_plans_are_cards_that_say_what_they_trade() -> None:
    page = parsed(to_html(answer("choices")))
    cards = [words(li) for li in page.iter("li") if li.get("class") == "plan-card"]
    chosen = [card for card in cards if "from door to door" in card]
    found = answer("choices")
    assert found.alternatives
    assert found.front
    assert len(chosen) == len(found.alternatives) + len(found.front)
    assert "more" in chosen[0]
    assert {"Alternatives", "Cost against time"} <= {words(h2) for h2 in page.iter("h2")}


def test_undecided_says_what_is_known() -> None:
    shown = words(parsed(to_html(evolve(answer("undecided"), bound=123400))))
    assert "Undecided: time ran out" in shown
    assert "it costs at least USD 1,234" in shown


def _selectors(style: str) -> Iterator[str]:
    for rule in re.findall(r"([^{}]+)\{[^{}]*\}", re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)):
        for selector in re.split(r",(?![^(]*\))", rule):
            yield selector.strip()


@pytest.mark.parametrize("given", ["pyongyang-marathon", "marathon-single-entry", "hostile"])
def test_in_a_notebook_it_disturbs_nothing_around_it(given: str) -> None:
    part = answer(given)._repr_html_()
    assert part == to_html_part(answer(given))
    page = parsed(f"<!DOCTYPE html><html lang=en><head><title>x</title></head><body>{part}</body></html>")
    assert not [
        item for item in page.iter() if item.get("id") or name(item) in ("main", "header", "footer", "nav", "h1")
    ]
    levels = headings(page)
    assert levels[0] == 3
    style = re.findall(r"<style>(.*?)</style>", part, re.DOTALL)
    assert len(style) == 1
    assert [s for s in _selectors(style[0]) if not s.startswith((".plan-answer", "@"))] == []


def test_a_plan_alone_is_shown_without_a_verdict() -> None:
    found = answer("pyongyang-marathon").plan
    assert found is not None
    part = found._repr_html_()
    assert "USD 3,847.92" in part
    assert "Proved cheapest" not in part


def test_a_conflict_alone_is_shown_with_its_argument() -> None:
    found = answer("marathon-single-entry").conflict
    assert found is not None
    part = found._repr_html_()
    assert part is not None
    assert "cannot hold together" in part
    assert evolve(found, witnesses=())._repr_html_() is None


def test_the_same_answer_gives_the_same_page() -> None:
    given: Answer = answer("pyongyang-marathon")
    assert to_html(given) == to_html(evolve(given, stats={"seconds": 1.0}))
