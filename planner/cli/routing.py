"""Which command a command line means: `plan FILE` is `plan solve FILE`, with options before or after the file."""

from __future__ import annotations

import os
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

import click
from click.shell_completion import CompletionItem

from planner.cli.completing import files_and
from planner.cli.failures import guarded

DEFAULT = "solve"


class PlanGroup(click.Group):
    """Routes `-`, `*.toml` and existing paths to `solve`; anything else must be a command's name.

    Whatever goes wrong inside a command becomes a message and an exit code (see `planner.cli.failures`).
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order in which one needs them."""
        return list(self.commands)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the command's name first, then parse as click does."""
        return super().parse_args(ctx, self._routed(ctx, args))

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; leave with the exit code of what went wrong, if anything."""
        with guarded(ctx):
            return super().invoke(ctx)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """What may stand first: commands, scenarios and the options of `solve`."""
        found = super().shell_complete(ctx, incomplete)
        if incomplete.startswith("-"):
            return found + self.commands[DEFAULT].shell_complete(ctx, incomplete)
        return files_and(incomplete, found)

    def _routed(self, ctx: click.Context, args: list[str]) -> list[str]:
        own = {name for param in self.get_params(ctx) for name in param.opts}
        if not args or args[0] in own:
            return args
        at, known = self._first_word(args)
        if at is None or not known:
            return [DEFAULT, *args] if args[0].startswith("-") else args
        word = args[at]
        if word in self.commands:
            return args if "--" in args[:at] else [word, *args[:at], *args[at + 1 :]]
        if word == "-" or word.lower().endswith(".toml") or os.path.exists(word):
            return [DEFAULT, *args]
        if ctx.resilient_parsing:  # for a shell that asks what could follow
            return args
        raise click.UsageError(f"No such command {word!r}. {self._suggestion(word)}", ctx)

    def _first_word(self, args: Sequence[str]) -> tuple[int | None, bool]:
        """Where the first argument stands that is no option, nor the value of one; and whether those are known."""
        takes_value = {
            name: isinstance(param, click.Option) and not param.is_flag
            for param in self.commands[DEFAULT].params
            for name in param.opts
        }
        at, known = 0, True
        while at < len(args):
            arg = args[at]
            if arg == "--":
                return (at + 1 if at + 1 < len(args) else None), known
            if arg == "-" or not arg.startswith("-"):
                return at, known
            name, _, value = arg.partition("=")
            known = known and name in takes_value
            at += 2 if takes_value.get(name) and not value else 1
        return None, known

    def _suggestion(self, word: str) -> str:
        near = get_close_matches(word, self.commands, n=1)
        if near:
            return f"Did you mean {near[0]!r}?"
        return f"Commands: {', '.join(sorted(self.commands))}; a scenario file must exist or end in .toml."
