"""Families of facts, in the order of the facts and not of their names."""

from __future__ import annotations

from planner.core.errors import Place
from planner.explaining.families import Families
from planner.rules.facts import Fact, Telling


def fact(name: str, file: str = "trip.toml") -> Fact:
    return Fact(id=name, text=name, source="", place=Place(file, 1, 1), telling=Telling.WISH, kind="stop")


def test_nodes_come_in_the_order_in_which_their_facts_were_met_whatever_they_are_called() -> None:
    families = Families()
    families.learn(
        [fact("stop.z.nights"), fact("law", "rulebooks/ZZ.toml"), fact("other", "rulebooks/ZZ.toml"), fact("b")]
    )
    assert len(families.nodes(["b", "other", "law", "stop.z.nights"])) == 3
    first, book, last = families.nodes(["b", "law", "stop.z.nights"])
    assert (first, last) == ("stop.z.nights", "b")
    assert families.members([book]) == {"law", "other"}
    families.learn([fact("a")])
    assert families.nodes(["a", "b"]) == ["b", "a"]
    assert families.open(["law"])
    assert families.nodes(["other", "law", "a", "b"]) == ["b", "a", "law", "other"]
