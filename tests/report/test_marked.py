"""Text from outside in Markdown: it comes out as it went in, and is never markup."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from planner.core.plain import plain
from planner.report.marked import code, linked, safe

READER = MarkdownIt("gfm-like")
# Pieces that mean something to some reader of Markdown.
PIECES = st.sampled_from(
    [
        *"\\`*_{}[]<>()#+-.!|~&$^=:@\"'/ \t\n09aé\x07\u202e\u2028",
        "www.",
        "http://",
        "https://a.example/b",
        "![a](b)",
        "[a]: b",
        "<b>",
        "</td>",
        "<!--",
        "&amp;",
        "&#35;",
        "***",
        "---",
        "===",
        "```",
        "~~~",
        "1. ",
        "- ",
        "    ",
        "| a |",
        "\\|",
        "[^1]",
        "a@b.example",
        "@everyone",
        "mailto:a@b.example",
        "~~x~~",
    ]
)
TEXTS = st.lists(PIECES, max_size=8).map("".join)


def inline(tokens: list[Token]) -> Token:
    """The only stretch of text there is."""
    (found,) = [token for token in tokens if token.type == "inline"]
    return found


def shown(token: Token) -> str:
    """What a reader sees; it must be text alone."""
    assert token.children is not None
    assert {child.type for child in token.children} <= {"text", "text_special"}
    return "".join(child.content for child in token.children).replace("\N{WORD JOINER}", "")


@given(TEXTS)
@example("a@b.example")
@example("HTTPS://EVIL.example")
@example("1) x")
@example("> quoted")
@example("C#")
def test_in_a_heading_an_item_and_a_cell_it_is_text_and_nothing_else(text: str) -> None:
    wanted = plain(text).strip()
    heading = READER.parse(f"# {safe(text)} !")
    assert [token.type for token in heading] == ["heading_open", "inline", "heading_close"]
    assert shown(inline(heading)) == f"{wanted} !".strip()
    item = READER.parse(f"- {safe(text)}\n- b\n")
    assert [token.type for token in item].count("list_item_open") == 2
    assert {token.type for token in item} <= {
        *("bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close"),
        *("paragraph_open", "paragraph_close", "inline"),
    }
    if wanted:
        assert shown(next(token for token in item if token.type == "inline")) == wanted
    cells = [token for token in READER.parse(f"| h | i |\n|---|---|\n| {safe(text)} | z |") if token.type == "inline"]
    assert [cell.content for cell in cells[:2]] == ["h", "i"]
    assert (shown(cells[2]), cells[3].content) == (wanted, "z")
    assert len(cells) == 4


@given(TEXTS)
def test_a_code_span_has_the_text_as_it_is(text: str) -> None:
    (child,) = inline(READER.parse(f"{code(text)}")).children or ()
    assert child.type == "code_inline"
    assert child.content.strip() == plain(text).strip()


@given(TEXTS)
def test_a_source_has_links_to_web_addresses_alone_and_they_show_where_they_lead(text: str) -> None:
    children = inline(READER.parse(f"x: {linked(text)}")).children or ()
    assert {child.type for child in children} <= {"text", "text_special", "link_open", "link_close"}
    for link, label in pairwise(children):
        if link.type == "link_open":
            assert str(link.attrs["href"]).startswith(("http://", "https://"))
            assert label.content.startswith(("http://", "https://"))


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("8 CFR 217.3(b); http://a.example/b, c", "8 CFR 217.3(b); <http://a.example/b>, c"),
        ("as told by https://a.example/x).", "as told by <https://a.example/x>)."),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("[x](https://a.example)", "\\[x\\](<https://a.example>)"),
        ("https://", "https:\\//"),
    ],
)
def test_sources(source: str, written: str) -> None:
    assert linked(source) == written
