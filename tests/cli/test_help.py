"""Help texts: every command has an example that it would take."""

from __future__ import annotations

import inspect
import re
import shlex
from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from planner.cli.main import main


def commands(
    command: click.Command = main, words: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command with the words that it is called by."""
    yield words, command
    if isinstance(command, click.Group):
        for name, inner in command.commands.items():
            yield from commands(inner, (*words, name))


COMMANDS = [pytest.param(words, command, id=" ".join(("plan", *words))) for words, command in commands()]


@pytest.mark.parametrize(("words", "command"), COMMANDS)
def test_every_command_has_an_example_that_it_takes(words: tuple[str, ...], command: click.Command) -> None:
    example = re.search(r"^Example: plan (.+)$", inspect.cleandoc(command.help or ""), re.MULTILINE)
    assert example is not None
    shown = CliRunner().invoke(main, [*words, "--help"], prog_name="plan").output
    assert f"Example: plan {example[1]}\n" in shown  # in one line, to be copied
    assert _meant(shlex.split(example[1])) in {words, ("solve",)}


def _meant(args: list[str]) -> tuple[str, ...]:
    """The words of the command that a command line calls. Raises click.UsageError if it would not take it."""
    found: list[str] = []
    command: click.Command = main
    parent = None
    while True:
        ctx = command.make_context(command.name or "plan", list(args), parent=parent)
        rest = [*ctx._protected_args, *ctx.args]
        if not isinstance(command, click.Group) or not rest:
            return tuple(found)
        name, inner, args = command.resolve_command(ctx, rest)
        assert inner is not None
        if found != ["rules"] or rest[0] in command.commands:
            found.append(str(name))
        command, parent = inner, ctx


def test_commands_are_listed_in_the_order_in_which_one_needs_them() -> None:
    shown = CliRunner().invoke(main, ["--help"], prog_name="plan").output
    listed = re.findall(r"^  ([a-z-]+) +[A-Z]", shown.split("Commands:")[1], re.MULTILINE)
    assert listed == list(main.commands)
    assert listed[:3] == ["new", "check", "solve"]


@pytest.mark.parametrize(("words", "command"), COMMANDS)
def test_every_option_says_what_it_is_for(words: tuple[str, ...], command: click.Command) -> None:
    assert [param.name for param in command.params if isinstance(param, click.Option) and not param.help] == []
