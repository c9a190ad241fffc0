"""docs/reports.md: its commands print what it shows, and it has a section for every form."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from planner.report.forms import FORMS
from tests.docs.shown import ROOT, assert_real, blocks

PAGE = (ROOT / "docs" / "reports.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("block", blocks(PAGE), ids=lambda block: block.partition("\n")[0])
def test_the_output_shown_is_real(block: str, tmp_path: Path) -> None:
    assert_real(block, tmp_path)


def test_every_form_is_named() -> None:
    assert [form for form in FORMS if f"`{form}`" not in PAGE] == []


def test_links_lead_somewhere() -> None:
    targets = re.findall(r"\]\(([\w./-]+\.md)", PAGE)
    assert [target for target in targets if not (ROOT / "docs" / target).exists()] == []
