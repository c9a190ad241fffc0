"""Pages: columns, rows, and what begins a paragraph."""

from __future__ import annotations

from planner.report.page import Line, Page


def test_columns_are_aligned_by_the_width_of_characters() -> None:
    page = Page(30)
    assert page.columns([["Day", "Where"], ["  1", "東京"], ["京都", "x"]], ["dim", "plain", "strong"])
    assert page.lines == [Line("Day   Where", "dim"), Line("  1   東京"), Line("京都  x", "strong")]


def test_columns_that_do_not_fit_are_not_added() -> None:
    page = Page(10)
    assert not page.columns([["a", "b", "123456"], ["a", "b", "12345"]], ["plain", "plain"])
    assert page.lines == []


def test_a_short_row_reaches_over_the_other_columns_and_is_wrapped_at_its_own() -> None:
    page = Page(12)
    assert page.columns([["1", "aa", "bb"], ["2", "one two three"]], ["plain", "plain"])
    assert page.text() == "1  aa  bb\n2  one two\n   three\n"


def test_a_lead_is_marked_in_the_first_line_only() -> None:
    page = Page(20)
    page.add("what is to be done", 2, 2, lead="Mon 3 Mar  ")
    assert page.lines == [Line("  Mon 3 Mar  what is", "plain", 13), Line("    to be done")]


def test_a_new_line_is_not_begun_where_it_has_no_more_room() -> None:
    page = Page(20)
    page.add("2. https://example.org/a/long/address", 0, 3)
    assert page.text() == "2. https://example.org/a/long/address\n"


def test_a_word_of_any_length_is_broken_into_lines() -> None:
    """In a time that grows with its length: with the square of it, this would take minutes."""
    page = Page(20)
    page.add("漢" * 200_000, 1)
    assert [line.text for line in page.lines] == [" " + "漢" * 9] * 22_222 + [" 漢漢"]
