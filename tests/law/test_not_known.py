"""One crossing: what is not known, what would lift a block, the imported base, and mistakes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from planner.core.errors import ScenarioError
from planner.law.question import Book, Holding
from planner.scenario.reading.base.store import Base, write_base
from tests.law.asking import FREE, VISA, ask
from tests.law.conftest import Law

# ---- what is not known


def test_an_unknown_expiry_date_is_told_and_a_known_one_is_judged(law: Law) -> None:
    law(FREE + '[[rules]]\nkind = "passport-validity"\nid = "valid"\nzone = "PE"\nafter_entry = "6 months"\n')
    unknown = ask()
    assert unknown.admitted is True
    assert [(doubt.missing, doubt.rules) for doubt in unknown.doubts] == [("expires", ("valid",))]
    assert "2025" not in unknown.doubts[0].texts[0]  # nothing of the passport that was thought up
    assert ask(Book(state="MX", expires=date(2025, 12, 1))).doubts == ()
    short = ask(Book(state="MX", expires=date(2025, 11, 30)))
    assert (short.admitted, [block.rule for block in short.blocks]) == (False, ["valid"])


@pytest.mark.parametrize(
    ("rule", "missing"),
    [
        ('kind = "blank-pages"\npages = 2', "blank_pages"),
        ('kind = "rolling-window"\ncap = 90\ndays = 180', "past_stays"),
        ('kind = "past-presence"\nvisited = ["IR"]\nwithin = "1 year"', "past_stays"),
        ('kind = "travel-evidence"\nof = ["IL"]', "stamps"),
        ('kind = "minor"\nunder_age = "18 years"\ncertificates = ["consent"]', "born"),
        ('kind = "passport-validity"\nissued_within = "10 years"', "issued"),
    ],
)
def test_each_thing_that_is_not_known_is_told_where_a_rule_asks_for_it(law: Law, rule: str, missing: str) -> None:
    law(f'{FREE}[[rules]]\nid = "rule"\nzone = "PE"\n{rule}\n')
    assert (missing, ("rule",)) in [(doubt.missing, doubt.rules) for doubt in ask().doubts]


# ---- what would lift a block


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ('kind = "closure"\nzone = "PE"\nexempt_nationalities = ["RU"]\n', "a passport of Russia"),
        ('kind = "closure"\nzone = "PE"\nexempt_events = ["run"]\n', "a booking of run"),
        (
            'kind = "refused-entry"\nzone = "PE"\nunless = [{ zones = ["US"] }]\n',
            "a visa or residence permit for United States",
        ),
        ('kind = "passport-ban"\npassport_state = "MX"\narea = "PE"\n', "a special validation (stamp)"),
        ('kind = "required-paper"\nzone = "PE"\ncertificates = ["cover"]\n', "a certificate: cover"),
    ],
)
def test_the_exemptions_that_a_rule_names_are_told(law: Law, rule: str, words: str) -> None:
    stamp = (
        '[[acquirables]]\nid = "stamp"\ntitle = "a special validation"\nvalidation = { area = "PE" }\nprice = "1 USD"\n'
    )
    law(f'{FREE}{stamp}[[rules]]\nid = "rule"\n{rule}')
    (block,) = ask().blocks
    assert words in block.lifted_by


def test_the_end_of_a_rule_and_another_reading_are_told(law: Law) -> None:
    rule = '[[rules]]\nid = "rule"\nkind = "closure"\nzone = "PE"\neffective_to = 2025-12-31\n'
    reading = '[[readings]]\nid = "r"\nquestion = "Open?"\n'
    law(f'{FREE}{rule}reading = "r"\nanswer = "strict"\n{reading}')
    answer = ask()
    (block,) = answer.blocks
    assert any("2025-12-31" in words for words in block.lifted_by)
    assert any("reading r" in words for words in block.lifted_by)
    assert [found.id for found in answer.readings] == ["r"]
    assert ask(readings={"r": "lenient"}).admitted is True


# ---- the imported base


def base(status: str) -> None:
    table = {("MX", "PE"): status, ("PE", "PE"): "-1", ("MX", "MX"): "-1", ("PE", "MX"): "visa free"}
    write_base(Base.of(table, source="a table", licence="MIT", on=date(2025, 1, 12)))


@pytest.mark.parametrize(
    ("status", "admitted", "obtain"),
    [
        ("90", True, None),
        ("visa free", True, None),
        ("visa on arrival", True, None),
        ("eta", False, "electronic"),
        ("e-visa", False, "electronic"),
        ("visa required", False, "visa"),
        ("no admission", False, None),
    ],
)
def test_the_base_answers_where_no_rulebook_does(law: Law, status: str, admitted: bool, obtain: str | None) -> None:
    law("", "BO")
    assert ask().admitted is None
    base(status)
    answer = ask()
    assert answer.admitted is admitted
    assert answer.base is not None
    assert [way.obtain.type if way.obtain else None for way in answer.ways] == ([] if "no" in status else [obtain])
    assert ask(base=False).admitted is None


def test_the_base_says_nothing_of_passports_that_it_does_not_know(law: Law) -> None:
    law("", "BO")
    base("90")
    assert ask("BR").admitted is None


def test_how_old_the_base_is_on_the_day_asked_about_is_told_after_a_year(law: Law) -> None:
    law("", "BO")
    base("90")
    assert ask(on=date(2026, 1, 13)).notes == ()
    assert ask(on=date(2026, 1, 14)).notes == ("the imported base is as of 2025-01-12, 367 days before this entry",)
    assert "367 days after this entry" in ask(on=date(2024, 1, 11)).notes[0]


def test_a_state_that_nothing_knows_is_told(law: Law) -> None:
    law(FREE)
    assert "nothing in use knows passports of ZZ" in ask("ZZ").notes
    law(FREE.replace('"MX"', '"ZZ"'))
    assert ask("ZZ").notes == ()


def test_nothing_is_invented_about_the_traveller_s_age(law: Law) -> None:
    law(FREE + '[[rules]]\nid = "rule"\nzone = "PE"\nkind = "minor"\nunder_age = "18 years"\n')
    (doubt,) = ask().doubts
    assert "born" not in doubt.texts[0]
    assert "under the age of 18 years" in doubt.texts[0]


def test_a_rulebook_wins_over_the_base(law: Law) -> None:
    law(VISA)
    base("90")
    answer = ask()
    assert (answer.admitted, answer.base) == (False, None)
    law("")
    silent = ask()
    assert silent.admitted is None
    assert "visa-free for 90 days" in silent.notes[1]


# ---- what nobody knows


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"to": "PERU"}, "to: unknown place 'PERU'"),
        ({"come_from": "XXX"}, "from: unknown place 'XXX'"),
        ({"port": "LIMA"}, "port: unknown port 'LIMA'"),
        ({"port": "MEX"}, "port: MEX does not lie in PE"),
        ({"on": "2025-06-01"}, "on: expected a date, found '2025-06-01'"),
        ({"on": date(1899, 6, 1)}, "on: the year 1899 is out of range"),
        ({"to": None}, "to: expected the id of a place, found None"),
        ({"to": ""}, "to: name a territory, zone or port"),
        ({"until": date(2025, 5, 31)}, "until: 2025-05-31 lies before the entry on 2025-06-01"),
        ({"books": ("LAV",)}, "book: unknown rulebook 'LAV' (did you mean 'LAW'?)"),
        ({"holding": (Holding(zone="PERU"),)}, "holding: unknown zone or territory 'PERU'"),
        ({"readings": {"r": "lenient"}}, "unknown reading 'r'"),
    ],
)
def test_what_nobody_knows_is_told(law: Law, more: dict[str, Any], words: str) -> None:
    law(FREE)
    with pytest.raises(ScenarioError) as caught:
        ask(**more)
    assert words in str(caught.value)


def test_several_mistakes_are_told_at_once(law: Law) -> None:
    law(FREE)
    with pytest.raises(ScenarioError) as caught:
        ask("MEX", to="PERU")
    assert len(caught.value.problems) == 2
