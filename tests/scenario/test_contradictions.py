"""What contradicts itself, or is said in vain, is refused; what may be meant is not."""

from __future__ import annotations

import pytest

from tests.scenario.marathon import MARATHON, changed, line_of, problems, read

RULE = '\n[[rules]]\nkind = "{}"\nid = "new"\nzone = "CN"\n'
# Rules that contradict themselves: kind, keys, the key that is named, words.
CONTRADICTORY = [
    ("purpose", 'only_for = ["work", "study"]\nnot_for = ["event", "work"]', "not_for", "'work' is in only_for too"),
    ("entry-from", 'only_from = ["US", "KP"]\nnot_from = "US"', "not_from", "'US' is in only_from too"),
    ("ports-of-entry", 'entry_ports = "PEK"\nnot_entry_ports = "PEK"', "not_entry_ports", "'PEK' is in entry_ports"),
    ("ports-of-entry", 'exit_ports = "PEK"\nnot_exit_ports = "PEK"', "not_exit_ports", "'PEK' is in exit_ports"),
    ("refused-entry", 'nationalities = "US"\nexempt_nationalities = ["MX", "US"]', "exempt_n", "leaves nothing"),
    (
        "refused-entry",
        'from_age = "18 years"\nunder_age = "216 months"',
        "under_age",
        "at least 18 years old",
    ),
    ("refused-entry", 'grounds = ["citizen:QQ"]', "grounds", "'citizen:QQ' (did you mean 'citizen:"),
    ("rolling-window", "cap = 0\ndays = 0", "cap", "at most 0 of any 0 days is no limit"),
    ("rolling-window", "cap = 180\ndays = 180", "cap", "at most 180 of any 180 days is no limit"),
    ("airside-visa", "ports = []", "ports", "expected at least one, found an empty list"),
]


@pytest.mark.parametrize("case", CONTRADICTORY, ids=[f"{case[0]}: {case[2]}" for case in CONTRADICTORY])
def test_a_rule_that_contradicts_itself_is_refused(case: tuple[str, str, str, str]) -> None:
    kind, keys, named, words = case
    text = MARATHON + RULE.format(kind) + keys
    (found,) = problems(text)
    assert words in found
    assert int(found.split(":")[1]) == line_of(text, f"\n{named}") + 1


@pytest.mark.parametrize(
    ("kind", "keys"),
    [
        ("entry-from", 'only_from = "SCHENGEN"\nnot_from = "FR"'),  # a part of it
        ("ports-of-entry", 'entry_ports = "PEK"\nnot_exit_ports = "PEK"'),
        ("refused-entry", 'nationalities = ["US", "MX"]\nexempt_nationalities = "US"'),
        ("refused-entry", 'from_age = "17 years"\nunder_age = "18 years"'),
        ("refused-entry", 'grounds = ["citizen:MX", "citizen:US", "citizen:FR"]'),
        ("refused-entry", "exempt_nationalities = []\nunless = []"),
        ("rolling-window", "cap = 0\ndays = 1\nexempt_types = []"),
        ("minimum-gap", 'days = 3\ntypes = "visa"\nexempt_types = "visa"'),  # of the entry, and of the stay before it
    ],
)
def test_a_rule_that_may_be_meant_is_accepted(kind: str, keys: str) -> None:
    assert read(changed(("[rates]", 'rulebooks = ["SCHENGEN"]\n[rates]')) + RULE.format(kind) + keys)


def test_a_tour_that_refuses_all_whom_it_admits_is_refused() -> None:
    tour = '\n[[tours]]\nid = "t"\nlegs = ["in", "off"]\nprice = 9\nzone = "KP"\nnationalities = ["MX", "US"]\n'
    assert read(MARATHON + tour + 'refused = ["US"]')
    (found,) = problems(MARATHON + tour + 'refused = ["US", "MX"]')
    assert "refused: it leaves nothing of nationalities" in found


def test_a_citizenship_that_only_a_passport_of_the_file_gives_is_known() -> None:
    text = changed(('state = "MX"', 'state = "QQ"')) + RULE.format("refused-entry") + 'grounds = "citizen:QQ"'
    assert read(text)
    (found,) = problems(text.replace('state = "QQ"', 'state = "QQ"\nexpired = 2020-01-01'))
    assert "'expired'" in found  # and nothing about a citizenship of which the passport could not be read


@pytest.mark.parametrize(("purposes", "wrong"), [('["permission"]', 0), ('["clock"]', 0), ('["checks"]', 1)])
def test_who_is_still_somewhere_starts_in_the_same_zone(purposes: str, wrong: int) -> None:
    text = changed(("to = 2024-05-09\n", ""))
    members = ", ".join(f'{{ territory = "{place}", purposes = {purposes} }}' for place in ("CN", "US"))
    found = problems(text + f'\n[[zones]]\nid = "both"\nmembers = [{members}]\n')
    found = [problem for problem in found if "still lasts" in problem]
    assert len(found) == wrong
    assert read(text.replace('territory = "CN"', 'territory = "US"'))


def test_what_a_rulebook_offers_to_others_is_no_mistake() -> None:
    offered = changed(('currency = "USD"', 'currency = "USD"\nrulebooks = ["MX"]\nmay_obtain = "mx-visitor-visa"'))
    scenario = read(offered)
    assert [item.id for item in scenario.acquirables] == ["visa", "mx-visitor-visa"]


def test_long_lists_are_shortened() -> None:
    states = ", ".join(f'"{state}"' for state in ("AD", "AT", "AU", "BE", "BN", "BR", "CH"))
    (found,) = problems(changed(('passports = "mx"', f"nationalities = [{states}]")))
    assert "'visa' is put into a passport of AD, AT, AU or 4 others, which nobody" in found


def test_a_permission_for_a_member_of_an_own_zone_is_pointed_at_its_purposes() -> None:
    zone = '\n[[zones]]\nid = "EAST"\nmembers = [{ territory = "CN", purposes = ["permission", "clock"] }]\n'
    (found,) = problems(MARATHON + zone)
    assert "zone: 'CN' is part of 'EAST'" in found
    assert "(leave 'permission' out of the `purposes` of its members, or write 'EAST')" in found
