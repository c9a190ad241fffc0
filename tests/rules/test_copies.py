"""Who may enter on a permission, and with which copies."""

from __future__ import annotations

from planner.rules.base import rules_of
from planner.rules.copies import OfPermission
from tests.rules.plainly import TWO, world

HELD = '[[travellers]]\nid = "t"\n[[travellers.permissions]]\nid = "visa"\nzone = "BB"\nentries = 1\n'
OFFERED = '[[acquirables]]\nid = "other"\nprice = "1"\npermission = { zone = "BB", entries = 1 }\n'


def test_what_one_holds_is_ones_own_and_what_can_be_obtained_is_for_everybody() -> None:
    made = world(TWO, HELD, OFFERED)
    found = {
        rule.id: {person.id for person in rule.users(made)} for rule in rules_of(made) if isinstance(rule, OfPermission)
    }
    assert found == {"visa": {"t"}, "other": {"t", "u"}}
