"""Nothing that a file says is obeyed by a terminal: no control characters, no links, no turned direction of text."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from planner.cli.main import entry_point
from planner.core.plain import plain
from planner.rules.examples import WORLD

EVIL = "\x1b[31m\x1b]8;;https://evil.example\x1b\\x\x9b2J\x07\r\u202eabc\u2066\u200e\u200b\ufeff\U000e0041"
OBEYED = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f\u200b\ufeff\U000e0000-\U000e007f]"
)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _evil_world() -> str:
    """The small world with everything that has a name named so."""
    text = WORLD
    for name in ("Alpha to Beta and back", "Alpha", "Beta", "Gamma", "Ana"):
        text = text.replace(f'= "{name}"', f"= {_quoted(name + EVIL)}")
    for old in ("ab", "ba", "visit-beta"):
        text = text.replace(f'id = "{old}"', f"id = {_quoted(old + EVIL)}")
    return text.replace('price = "100"', f'price = "100"\noperator = {_quoted("Air" + EVIL)}')


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("evil")
    world = _evil_world()
    quoted = _quoted(EVIL)
    (made / "good.toml").write_text(world)
    (made / "no.toml").write_text(world.replace("min = 1", "min = 20"))
    (made / "bad.toml").write_text(
        world.replace('start = "AAA"', f"start = {quoted}\nend = {quoted}")
        + f"[[rules]]\nid = {quoted}\nkind = {quoted}\n"
    )
    (made / "worse.toml").write_text(f"{quoted} = {quoted}\n")
    (made / "table.toml").write_text(f"legs = {quoted}\n" + world[: world.index("# Out on 1 June")])
    (made / f"x{EVIL.replace('/', '')}.toml").write_text("x")
    (made / "legs.csv").write_text(f"from,to,departs,arrives\n{EVIL},{EVIL},{EVIL},{EVIL}\n".replace("\r", ""))
    (made / "rows.toml").write_text(
        'legs = "legs.csv"\n' + world[: world.index("# Out on 1 June")] + world[world.index("[trip]") :]
    )
    (made / "table.csv").write_text(f"Passport,Destination,Requirement\n{EVIL},MX,{EVIL}\n".replace("\r", ""))
    return made


def _commands(folder: Path) -> list[list[str]]:
    good, no = str(folder / "good.toml"), str(folder / "no.toml")
    odd = next(str(path) for path in folder.iterdir() if path.name.startswith("x"))
    bad = [str(folder / name) for name in ("bad.toml", "worse.toml", "table.toml", "rows.toml")] + [odd, odd + "y"]
    return [
        [good], [no, "--repair", "2"], ["check", good], ["compare", good, no], ["why-not", good, "--passport", "a"],
        [good, "--format", "markdown"], ["repair", no, "-o", str(folder / "out.toml")],
        *([command, name] for name in bad for command in ("solve", "check")), ["compare", good, bad[0]],
        ["verify", bad[1], good], ["rules", "show", EVIL], ["rules", "import", str(folder / "table.csv")],
        ["admit", "--passport", EVIL, "--to", EVIL], [EVIL], ["solve", good, f"--{EVIL}"], [good, "--for", EVIL],
        ["why-not", good, "--stop", EVIL],
    ]  # fmt: skip


def test_no_command_prints_what_a_terminal_obeys(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    codes = set()
    for command in _commands(folder):
        codes.add(entry_point(command))
        shown = capsys.readouterr()
        assert shown.out + shown.err != ""
        for text in (shown.out, shown.err):
            found = OBEYED.search(text)
            assert found is None, (command, text[max(0, found.start() - 200) : found.end() + 50])
    assert codes == {0, 1, 2}


def test_what_is_spelled_out_and_what_stays() -> None:
    assert OBEYED.search(plain(EVIL)) is None
    assert plain("a\x1b[1mb\u202ec\u200bd\te\nf") == "a\\x1b[1mb\\u202ec\\u200bd e f"
    letters = "Æther Łódź Ελλάδα Россия 平壤 한국 नमस्ते क्\u200dष می\u200cخواهم 👩\u200d✈️"
    assert plain(letters) == letters
