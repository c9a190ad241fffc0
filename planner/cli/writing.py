"""Writing answers and files: whole, or not at all."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection, Mapping
from errno import EISDIR
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planner.cli import interrupts
from planner.cli.failures import CannotWrite, emit
from planner.core.writing import write_all

if TYPE_CHECKING:
    from planner.report.page import Page

STDOUT = "-"


def write(output: str, text: str) -> None:
    """Write a text to a file, or to standard output for `-`. Raises CannotWrite; what was there before then stays."""
    if output == STDOUT:
        emit(text)
    else:
        write_data(output, text.encode("utf-8"))


def write_data(output: str, data: bytes) -> None:
    """Write bytes to a file. Raises CannotWrite; what was there before then stays."""
    target = _target(output)
    if target.exists() and not target.is_file():
        _into(target, output, data)
    else:
        write_files({output: data})


def write_files(files: Mapping[str, bytes], gone: Collection[str] = ()) -> None:
    """Write files, all of them or none, and take away others, if they are there. Raises CannotWrite."""
    targets = {_target(name): data for name, data in files.items()}
    try:
        with interrupts.whole:
            write_all(targets)
            for name in gone:
                Path(name).unlink(missing_ok=True)
    except OSError as error:
        raise CannotWrite(next(iter(files)), error) from error


def _target(output: str) -> Path:
    """The file that a name leads to. Raises CannotWrite for a directory."""
    target = Path(os.path.realpath(output))  # what a link leads to is written, and the link stays
    if not output or target.is_dir():
        raise CannotWrite(output or "''", IsADirectoryError(EISDIR, os.strerror(EISDIR)))
    return target


def _into(target: Path, output: str, data: bytes) -> None:
    """Write into what is no regular file, such as a device or a pipe."""
    try:
        with target.open("wb") as file:
            file.write(data)
    except OSError as error:
        raise CannotWrite(output, error) from error


def not_what_is_read(output: str, *files: str) -> None:
    """Refuse to write over one of the files that are read, or to remove it. Raises click.BadParameter."""
    if output == STDOUT or not os.path.exists(output):
        return
    if any(file != STDOUT and os.path.exists(file) and os.path.samefile(file, output) for file in files):
        raise click.BadParameter(f"{output} is read; name another file.", param_hint="'--output'")


def write_page(output: str, page_of: Callable[[int], Page]) -> None:
    """Write a page made for so many columns: as a terminal shows it best, or plain. Raises CannotWrite."""
    if output == STDOUT and sys.stdout is not None and sys.stdout.isatty():
        from rich.console import Console

        from planner.report.terminal import terminal_text

        emit(terminal_text(page_of, Console()))
    else:
        from planner.report.page import WIDTH

        write(output, page_of(WIDTH).text())
