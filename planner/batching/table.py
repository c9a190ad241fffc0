"""A group list: a table of travellers, one a row, from a CSV or Parquet file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from planner.batching.items import TableRow
from planner.core.errors import Place, Problem, ScenarioError, did_you_mean
from planner.scenario.reading.legs.columnar import GET_IT, installed
from planner.scenario.reading.legs.columns import Texts, Unreadable
from planner.scenario.reading.legs.delimited import by_csv, content, header
from planner.scenario.reading.legs.files import KINDS

COLUMNS = ("id", "party", "name", "born", "passports", "nationalities", "residence", "home", "holds")
MOST_ROWS = 1_000_000


def parties(path: Path) -> dict[str, tuple[TableRow, ...]]:
    """The rows of a group list by the party they belong to, in the order of the file.

    Raises ScenarioError with every problem of the table itself: what it cannot be read for, and rows that it does not
    say whose they are.
    """
    try:
        names, rows = _read(path)
    except Unreadable as error:
        raise ScenarioError(
            [Problem(Place(str(path), error.line, 1 if error.line else 0), str(error), error.hint)]
        ) from None
    problems = list(_wrong_columns(path, names))
    seen: dict[str, int] = {}
    found: dict[str, list[TableRow]] = {}
    named = {row.cells.get("party"): row.number for row in reversed(rows)}  # the first row of each
    for row in rows if not problems else ():
        name = row.cells["id"]
        if not name or name in seen:
            told = f"the id {name!r} stands in row {seen[name]} as well" if name else "there is no id"
            problems.append(Problem(Place(str(path), row=row.number), told, "each traveller has one of their own"))
        seen.setdefault(name, row.number)
        if name in named and not row.cells.get("party"):
            told = f"party: it is blank, and row {named[name]} belongs to a party called {name!r}"
            hint = "write that here too if they travel together, else call one of them otherwise"
            problems.append(Problem(Place(str(path), row=row.number), told, hint))
        found.setdefault(row.cells.get("party") or name, []).append(row)
    if not problems and not found:
        problems.append(Problem(Place(str(path)), "there are no rows", "one traveller a row, below the columns' names"))
    if problems:
        raise ScenarioError(problems)
    return {party: tuple(rows) for party, rows in found.items()}


def _wrong_columns(path: Path, names: Sequence[str]) -> Iterator[Problem]:
    place = Place(str(path))
    if "id" not in names:
        alone = len(names) == 1 and ";" in names[0]
        hint = "separated by commas, not semicolons" if alone else f"called {', '.join(COLUMNS)}"
        yield Problem(place, "there is no column 'id'", f"columns are {hint}")
        if alone:
            return
    for name in dict.fromkeys(names):
        if names.count(name) > 1:
            yield Problem(place, f"there are {names.count(name)} columns {name!r}")
        if name not in COLUMNS:
            hint = did_you_mean(name, COLUMNS) if name else ""
            yield Problem(place, f"unknown column {name!r}", hint or "leave it out")


def _read(path: Path) -> tuple[list[str], list[TableRow]]:
    """The names of the columns, and the rows. Raises Unreadable."""
    kind = next((end for end in KINDS if path.name.lower().endswith(end)), None)
    if kind is None:
        raise Unreadable("it is not known how to read this", f"names of tables end in {', '.join(KINDS)}")
    if not path.is_file():
        raise Unreadable("there is no such file")
    return _parquet(path) if kind == ".parquet" else _csv(path, KINDS[kind])


def _csv(path: Path, separator: str) -> tuple[list[str], list[TableRow]]:
    data = content(path)
    names, _ = header(data, separator)
    frame = by_csv(path, data, separator, {name: names.index(name) for name in names}, MOST_ROWS)
    if frame is None:
        raise Unreadable(f"there are more than {MOST_ROWS:,} rows")
    texts = {name: column for name, column in frame.columns.items() if isinstance(column, Texts)}
    rows = []
    for position, number in enumerate(frame.rows.tolist()):
        cells = {name: column.at(position) for name, column in texts.items()}
        rows.append(TableRow(number, cells if frame.ids is None else cells | {"id": frame.ids[position]}))
    return names, rows


def _parquet(path: Path) -> tuple[list[str], list[TableRow]]:
    if not installed():
        raise Unreadable("Parquet files are read with Polars, which is not installed", GET_IT)
    import polars as pl

    try:
        frame = pl.read_parquet(path, n_rows=MOST_ROWS + 1, glob=False)
        texts = frame.with_columns(pl.all().cast(pl.String).fill_null("").str.strip_chars())
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError) as error:
        told = str(error).strip().partition("\n")[0]
        raise Unreadable(f"this cannot be read as Parquet: {told}", "the file may be damaged or cut short") from None
    if len(texts) > MOST_ROWS:
        raise Unreadable(f"there are more than {MOST_ROWS:,} rows")
    return texts.columns, [TableRow(number, cells) for number, cells in enumerate(texts.to_dicts(), 1)]
