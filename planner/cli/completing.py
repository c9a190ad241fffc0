"""What shells offer while a command line is typed: scenario files here; commands and options come from click."""

from __future__ import annotations

import os
from collections.abc import Iterable

import click
from click.shell_completion import CompletionItem


def scenario_files(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The `.toml` files that begin so, and the folders on the way to others."""
    return files_and(incomplete, [])


def files_and(incomplete: str, others: Iterable[CompletionItem]) -> list[CompletionItem]:
    """Scenario files, and other things that begin so.

    If only folders are left, the shell is told to complete folders: after one of these it adds no space.
    """
    head, start = os.path.split(incomplete)
    found, folders = list(others), []
    try:
        entries = sorted(os.scandir(os.path.expanduser(head) or "."), key=lambda entry: entry.name)
    except OSError:
        return found
    for entry in entries:
        if entry.name.startswith(start) and (start or not entry.name.startswith(".")):
            name = os.path.join(head, entry.name)
            if entry.is_dir():
                folders.append(CompletionItem(name + os.sep))
            elif entry.name.lower().endswith(".toml"):
                found.append(CompletionItem(name))
    if folders and not found:
        return [CompletionItem(incomplete, type="dir")]
    return found + folders
