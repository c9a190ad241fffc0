"""What changed since a plan was saved: rulebooks entry by entry, the scenario's file, readings, versions."""

from __future__ import annotations

import json

import pytest

from planner.api import load, plan
from planner.checking.findings import Drift
from planner.core.errors import ScenarioError
from planner.report.json import json_text
from planner.report.verified import changes
from tests.checking.plans import BY_HAND, MARATHON, SMALL, Data, changed, check


@pytest.fixture(scope="module")
def saved() -> Data:
    """The marathon's saved answer."""
    data: Data = json.loads(json_text(plan(load(MARATHON), repairs=0)))
    return data


def edition(data: Data, book: str) -> Data:
    (found,) = [item for item in data["rests_on"]["editions"] if item["id"] == book]
    assert isinstance(found, dict)
    return found


def test_nothing_changed(saved: Data) -> None:
    assert check(saved).drift == Drift(known=True)


def test_an_answer_of_before_there_were_editions_still_reads(saved: Data) -> None:
    old = changed(saved, lambda data: data.pop("rests_on"))
    found = check(old)
    assert found.stands
    assert found.drift == Drift(known=False)


def test_entries_changed_new_and_gone_are_told(saved: Data) -> None:
    def older(data: Data) -> None:
        book = edition(data, "US")
        book |= {"digest": "0" * 16, "read_on": "2025-02-01"}
        book["entries"]["rules.us-passport-kp"] = "00000000"
        book["entries"]["rules.us-gone"] = "00000000"
        del book["entries"]["territories.US"]

    (book,) = check(changed(saved, older)).drift.books
    assert (book.id, str(book.before), book.told, book.new, book.gone) == ("US", "2025-02-01", True, False, False)
    assert book.now is not None
    assert (book.changed, book.removed) == (("rules.us-passport-kp",), ("rules.us-gone",))
    assert book.added == ("territories.US",)
    assert book.named == {"territories.US"}  # entered on this trip


def test_what_the_plan_names_is_told_apart(saved: Data) -> None:
    def older(data: Data) -> None:
        book = edition(data, "KP")
        book["digest"] = "0"
        book["entries"]["acquirables.kp-visa"] = "0"

    (book,) = check(changed(saved, older)).drift.books
    assert book.changed == ("acquirables.kp-visa",)
    assert book.named == frozenset(book.changed)


def test_books_that_come_and_go(saved: Data) -> None:
    def others(data: Data) -> None:
        edition(data, "MX")["id"] = "OLD"

    books = check(changed(saved, others)).drift.books
    assert [(book.id, book.gone, book.new) for book in books] == [("OLD", True, False), ("MX", False, True)]


def test_without_entries_only_the_book_is_told(saved: Data) -> None:
    def bare(data: Data) -> None:
        book = edition(data, "KP")
        del book["entries"]
        book["digest"] = "0"

    (book,) = check(changed(saved, bare)).drift.books
    assert not book.told
    assert (book.added, book.removed, book.changed) == ((), (), ())


def test_the_scenario_s_file_counts_by_what_it_says() -> None:
    def drift(scenario: str) -> Drift:
        rests: Data = {"scenario": check(BY_HAND, SMALL).scenario.digest, "editions": []}
        return check(BY_HAND | {"rests_on": rests}, scenario).drift

    assert not drift(SMALL).any
    assert not drift(f"# the same\n\n{SMALL}\n[expect]\nstatus = 'optimal'\n").any
    assert drift(SMALL.replace("10 days", "11 days")).scenario


def test_versions_and_readings(saved: Data) -> None:
    def older(data: Data) -> None:
        data |= {"planner": "0.0.1", "zone_data": "1999a"}
        data["readings"][0]["answer"] = "lenient"

    assert saved["readings"]
    drift = check(changed(saved, older)).drift
    assert drift.planner is not None
    assert drift.planner[0] == "0.0.1"
    assert drift.zone_data is not None
    assert [(before, now) for _, before, now in drift.readings] == [("lenient", "strict")]


def test_a_reading_that_is_gone_is_told(saved: Data) -> None:
    drift = check(changed(saved, lambda data: data["readings"].append({"id": "old-one", "answer": "strict"}))).drift
    assert drift.readings == (("old-one", "strict", None),)
    assert "Reading old-one: the answer used was strict, now it is not asked any more." in changes(drift)


def test_a_plan_that_rests_on_nothing_named_says_nothing_of_that() -> None:
    assert check(BY_HAND | {"rests_on": {}}, SMALL).drift == Drift(known=False)


def test_an_edition_twice_is_refused(saved: Data) -> None:
    twice = changed(saved, lambda data: data["rests_on"]["editions"].append(edition(data, "KP")))
    with pytest.raises(ScenarioError, match="the rulebook id 'KP' is used twice"):
        check(twice)
