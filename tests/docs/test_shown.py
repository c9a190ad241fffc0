"""How pages with commands are held against what is printed, and written anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.shown import with_output


def page(*lines: str) -> str:
    return "\n".join(["```console", *lines, "```", ""])


@pytest.mark.parametrize(
    ("shown", "told"),
    [
        ([], ["1", "2", "3", "4"]),
        (["1", "2"], ["1", "2", "3", "4"]),  # nothing is left out but where «[…]» says so
        (["[…]", "2", "3", "[…]"], ["[…]", "2", "3", "[…]"]),
        (["[…]", "2", "4"], ["[…]", "2", "3", "4"]),
        (["[…]", "2", "5"], ["[…]", "[not printed:]", "2", "5"]),
        (["3", "[…]", "2"], ["3", "[…]", "[not printed:]", "2"]),
    ],
)
def test_output_is_written_anew(shown: list[str], told: list[str], tmp_path: Path) -> None:
    assert with_output(page("$ seq 4", *shown), tmp_path) == page("$ seq 4", *told)


def test_files_are_changed_on_the_way(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("one\ntwo\n", encoding="utf-8")
    steps = "```diff a.txt\n-two\n+2\n```\n```toml a.txt\nthree\n```\n"
    assert with_output(steps + page("$ cat a.txt"), tmp_path) == steps + page("$ cat a.txt", "one", "2", "", "three")


@pytest.mark.parametrize("text", ["one\n", "two\ntwo\n", "twofold\n"])
def test_a_change_fits_in_exactly_one_place(text: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    with pytest.raises(AssertionError, match="not once"):
        with_output("```diff a.txt\n-two\n+2\n```\n", tmp_path)
