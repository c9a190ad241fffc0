from __future__ import annotations

import re

import pytest

from planner.report.html.links import linked


def test_an_address_becomes_a_link_and_the_rest_stays_text() -> None:
    assert linked("Law, art. 39: http://a.org/b?c=1&d=2.") == (
        'Law, art. 39: <a href="http://a.org/b?c=1&amp;d=2" rel="noopener noreferrer">a.org/b?c=1&amp;d=2</a>.'
    )


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("(https://a.org/x_(y))", "https://a.org/x_(y)"),
        ("see https://a.org/x, then", "https://a.org/x"),
        ("HTTPS://A.org", "HTTPS://A.org"),
        ("https://a.org/赴华费用?", "https://a.org/赴华费用"),
        ('https://a.org/"onclick="x', "https://a.org/"),
    ],
)
def test_where_an_address_ends(text: str, address: str) -> None:
    assert f'<a href="{address}" ' in linked(text)


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "https://",
        "http://[",
        "file:///etc/passwd",
        "//a.org",
        "vbscript:x",
    ],
)
def test_nothing_else_becomes_a_link(text: str) -> None:
    assert "<" not in linked(text)


def test_two_addresses_and_markup_around_them() -> None:
    shown = linked("<b>https://a.org; terms: https://www.b.org/very/" + "long" * 30 + " & more")
    assert shown.count("<a ") == 2
    assert shown.startswith("&lt;b&gt;<a ")
    assert "…longlong" in shown
    assert shown.endswith("long</a> &amp; more")


def test_long_addresses_that_differ_at_their_end_look_different() -> None:
    way = "https://law.example.org/" + "chapter/" * 8
    for one, other in ((f"{way}?article=1", f"{way}?article=2"), (f"{way}#a1", f"{way}#a2")):
        shown = [re.sub("<[^>]+>", "", linked(address)) for address in (one, other)]
        assert shown[0] != shown[1]
        assert max(map(len, shown)) <= 60


def test_characters_that_turn_the_direction_are_spelled_out() -> None:
    assert "\u202e" not in linked("https://a.org/\u202egro.b")
