from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from attrs import evolve

from planner.answer import Answer
from planner.report.json import as_data, json_text
from tests.report.answers import feasible, infeasible, marathon, optimal, person, plan_of, undecided

DOCS = Path(__file__).parents[2] / "docs" / "json.md"


@pytest.mark.parametrize("make", [optimal, feasible, infeasible, undecided])
def test_every_status_has_the_same_documented_keys(make: object) -> None:
    found = as_data(make())  # type: ignore[operator]
    assert list(found) == re.findall(r"^\| `(\w+)` \|", DOCS.read_text(), flags=re.MULTILINE)


def test_keys_of_the_parts_are_documented() -> None:
    found, documented = as_data(optimal()), DOCS.read_text()
    parts = [found["crossings"][0], found["documents"][0], found["bookings"][0], found["touches"][0]]
    parts += [found["costs"][0], found["readings"][0], as_data(infeasible())["conflict"]["facts"][0]]
    for key in {key for part in parts for key in part}:
        assert re.search(rf"`{key}`|[{{ ]{key}[,}}]", documented), key


def test_a_plan() -> None:
    found = json.loads(json_text(optimal()))
    assert (found["status"], found["cost"]) == ("optimal", {"amount": "3410.50", "currency": "USD"})
    assert found["legs"] == ["CA982", "JS152", "JS151", "CA981"]
    assert [(c["port"], c["direction"], c["passport"]) for c in found["crossings"]] == [
        ("JFK", "exit", "us"),
        ("PEK", "entry", "mx"),
        ("PEK", "exit", "mx"),
        ("FNJ", "entry", "mx"),
        ("FNJ", "exit", "mx"),
        ("PEK", "entry", "mx"),
        ("PEK", "exit", "mx"),
        ("JFK", "entry", "us"),
    ]
    assert found["crossings"][1] == {
        "traveller": "ann",
        "port": "PEK",
        "direction": "entry",
        "date": "2025-04-04",
        "time": "18:20",
        "leg": "CA982",
        "territory": "CN",
        "zone": "CN",
        "checked": True,
        "passport": "mx",
        "permission": "cn-double",
        "permission_type": "visa",
        "papers": [],
        "until": "2025-05-03",
    }
    assert found["documents"][0]["apply_latest"] == "2025-03-28"
    assert found["bookings"][0]["book_latest"] == "2025-03-03"
    assert found["conflict"] is None


def test_citizens_have_no_last_date_and_the_first_exit_no_permission() -> None:
    crossings = as_data(optimal())["crossings"]
    assert crossings[0]["permission"] is crossings[0]["until"] is None
    assert (crossings[-1]["permission_type"], crossings[-1]["until"]) == ("citizen", None)


def test_the_party_crosses_together_exits_first() -> None:
    question = marathon(travellers=(person("ann", "Ann"), person("bo", "Bo")))
    answer = Answer(status="optimal", scenario=question, plan=plan_of(question, people=("ann", "bo")))
    order = [(c["traveller"], c["direction"]) for c in as_data(answer)["crossings"][:4]]
    assert order == [("ann", "exit"), ("bo", "exit"), ("ann", "entry"), ("bo", "entry")]


def test_a_conflict() -> None:
    found = as_data(infeasible())
    assert found["cost"] is None
    assert found["legs"] == []
    assert [fact["source"] for fact in found["conflict"]["facts"]] == ["trip.toml:40:1", "22 CFR 51.63"]
    assert [fact["changeable"] for fact in found["conflict"]["facts"]] == [True, False]


@pytest.mark.parametrize(("currency", "amount"), [("JPY", "341050"), ("USD", "3410.50"), ("KWD", "341.050")])
def test_amounts_have_the_decimals_of_their_currency(currency: str, amount: str) -> None:
    answer = optimal()
    found = as_data(evolve(answer, scenario=evolve(answer.scenario, currency=currency)))
    assert found["cost"] == {"amount": amount, "currency": currency}


def test_the_text_is_ascii_and_strict_json() -> None:
    question = marathon(title="\x1b[31m 平壌 \udc80 \x9b")
    shown = json_text(Answer(status="undecided", scenario=question, stats={"x": float("nan")}))
    assert shown.isascii()
    assert "\x1b" not in shown
    assert json.loads(shown)["stats"] == {"x": None}
