"""Pages for the terminal at hand: as wide as that is, with what is important bold or in colour.

Nothing is said by looks alone. Without colours (`NO_COLOR`), and where a terminal has no styles, the text is the same.
"""

from __future__ import annotations

from collections.abc import Callable

from rich.console import Console
from rich.style import Style
from rich.text import Text

from planner.report.page import Line, Look, Page

NARROWEST, WIDEST = 40, 100
_STYLES: dict[Look, Style] = {
    "plain": Style.null(),
    "heading": Style(bold=True, color="cyan"),
    "strong": Style(bold=True),
    "dim": Style(dim=True),
    "good": Style(bold=True, color="green"),
    "bad": Style(bold=True, color="red"),
    "doubtful": Style(bold=True, color="yellow"),
}


def terminal_text(page_of: Callable[[int], Page], console: Console) -> str:
    """A page made for so many columns as a console has, 40 to 100, with the escape codes that it knows."""
    page = page_of(min(WIDEST, max(NARROWEST, console.width)))
    with console.capture() as written:
        for line in page.lines:
            # Made by hand, so that nothing in a text is read as markup, and no line is wrapped again.
            console.print(_styled(line), soft_wrap=True, highlight=False)
    return written.get()


def _styled(line: Line) -> Text:
    text = Text(line.text, _STYLES[line.look], end="\n")
    text.stylize(_STYLES["strong"], 0, line.lead)
    return text
