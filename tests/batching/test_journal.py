"""What is kept of a batch on the way, whole or cut short; and what decides that something is solved anew."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from attrs import evolve

from planner.batching.items import Item, Limits, TableRow, digest
from planner.batching.journal import InUse, journal
from planner.batching.rows import Row
from tests.batching.tiny import LEGS, reading, tiny

ROWS = [
    Row(id="a", status="optimal", cost="200.00", currency="USD", legs="A -> B", seconds=0.5),
    Row(id="ü\n\u2028", status="infeasible", missing=("one", "two"), repair=("x",), repair_cost="0.00"),
    Row(id="c", status="failed", error="its process ended"),
]


def kept(output: Path) -> dict[str, Row]:
    with journal(output) as found:
        return dict(found.rows)


def written(output: Path) -> Path:
    with journal(output) as found:
        for row in ROWS:
            found.add(row.id, row)
    return output.with_name(f"{output.name}.journal")


def test_what_was_added_is_there_the_next_time(tmp_path: Path) -> None:
    output = tmp_path / "results.jsonl"
    written(output)
    assert kept(output) == {row.id: row for row in ROWS}


def test_a_journal_cut_short_anywhere_keeps_what_is_whole_and_goes_on(tmp_path: Path) -> None:
    output = tmp_path / "results.jsonl"
    file = written(output)
    data = file.read_bytes()
    for length in range(0, len(data), 7):
        file.write_bytes(data[:length])
        with journal(output) as found:
            count = data[:length].count(b"\n")
            assert list(found.rows.values()) == ROWS[:count]
            found.add("new", ROWS[0])
        assert list(kept(output).values()) == [*ROWS[:count], ROWS[0]]


def test_lines_that_are_no_rows_are_passed_over(tmp_path: Path) -> None:
    output = tmp_path / "results.jsonl"
    file = written(output)
    strange = [b"\x00\xff\n", b"[]\n", b'{"digest": "x"}\n', b'{"digest": "x", "row": {"id": 1}}\n']
    file.write_bytes(b"".join(strange) + file.read_bytes())
    assert list(kept(output).values()) == ROWS


def test_a_journal_is_one_batch_s_at_a_time(tmp_path: Path) -> None:
    with journal(tmp_path / "results.jsonl"), pytest.raises(InUse), journal(tmp_path / "results.jsonl"):
        pass


def test_a_journal_has_one_json_object_a_line(tmp_path: Path) -> None:
    lines = written(tmp_path / "results.jsonl").read_text(encoding="ascii").splitlines()
    assert [json.loads(line)["row"]["id"] for line in lines] == [row.id for row in ROWS]


def test_whatever_decides_an_answer_changes_the_digest(tmp_path: Path) -> None:
    (tmp_path / "legs.csv").write_text(LEGS)
    item = Item(id="a", text=reading("legs.csv"), folder=str(tmp_path), rows=(TableRow(1, {"id": "x"}),))
    seen = [digest(item, Limits())]
    assert digest(item, Limits(memory=1)) == seen[0]
    seen += [digest(item, Limits(time_limit=1))]
    seen += [digest(evolve(item, **{key: "b"}), Limits()) for key in ("id", "file", "table", "wrong")]
    seen += [digest(evolve(item, text=tiny()), Limits())]
    seen += [digest(evolve(item, rows=(TableRow(1, {"id": "y"}),)), Limits())]
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "legs.csv").write_text(LEGS + "\n")
    seen += [digest(evolve(item, folder=str(tmp_path / "other")), Limits())]
    assert len(set(seen)) == len(seen)


@pytest.mark.parametrize("text", ["legs = [", "legs = 7", "leg_tables = 7", "legs = ['']", "[legs]\nx = 1", "\x00"])
def test_a_text_that_is_no_scenario_has_a_digest(text: str) -> None:
    assert len(digest(Item(id="a", text=text), Limits())) == 32
