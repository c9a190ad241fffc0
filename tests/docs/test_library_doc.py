"""docs/library.md: its Python runs and prints what it says, and its table has the names and the arguments there are."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import attrs
import pytest

import planner
from planner import api
from planner.answer import Answer, Conflict, Repair, Witness

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "library.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\S.*)\n((?:.*\n)*?)```$", PAGE, re.MULTILINE)
TABLE = dict(re.findall(r"^\| (`.*?`) \| (.*) \|$", PAGE, re.MULTILINE))


def test_the_python_runs(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {}
    for mark, body in BLOCKS:
        if mark == "python":
            capsys.readouterr()
            exec(body, names)
        elif mark == "text":  # what the code before it prints
            assert capsys.readouterr().out == body
    assert "may_obtain" in str(names["fixed"])


def test_every_name_is_in_the_table() -> None:
    missing = [name for name in planner.__all__ if not re.search(rf"`{name}\b", PAGE) and name != "__version__"]
    assert missing == []


@pytest.mark.parametrize("name", ["plan", "explain", "conflicts", "rewritten", "loads"])
def test_arguments_are_those_there_are(name: str) -> None:
    (told,) = re.findall(rf"`{name}\((.*?)\)`", "\n".join(TABLE))
    parameters = inspect.signature(getattr(api, name)).parameters.values()
    words = [word.partition("=")[::2] for word in told.split(", ") if word != "*"]
    assert [word for word, _ in words] == [parameter.name for parameter in parameters]
    for (word, default), parameter in zip(words, parameters, strict=True):
        assert not default or default.strip('"') == str(parameter.default), word


@pytest.mark.parametrize("cls", [Answer, Conflict, Witness, Repair])
def test_every_field_is_in_the_table(cls: type) -> None:
    row = TABLE[f"`{cls.__name__}`"]
    names = {field.name for field in attrs.fields(cls)} | {name for name in vars(cls) if _is_property(cls, name)}
    assert {name for name in names if f"`{name}`" not in row} == set()


def _is_property(cls: type, name: str) -> bool:
    return isinstance(inspect.getattr_static(cls, name), property)
