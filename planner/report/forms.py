"""The forms an answer can be written in, by name; each is imported only when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planner.answer import Answer

FORMS = {
    "text": "planner.report.text:text",
    "json": "planner.report.json:json_text",
    "html": "planner.report.html.page:html_text",
    "markdown": "planner.report.markdown:markdown",
    "ics": "planner.report.calendar:ics_text",
}


class NotInThisForm(Exception):
    """This answer has nothing that the form could show; the message says what and why."""


def written(answer: Answer, form: str) -> str:
    """The answer in a form, ending with a line break.

    Raises KeyError for a form that there is not, NotInThisForm for an answer that the form has no room for.
    """
    module, _, name = FORMS[form].partition(":")
    write: Callable[[Answer], str] = getattr(import_module(module), name)
    return write(answer)
