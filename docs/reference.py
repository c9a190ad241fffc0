"""Writes the reference: of scenarios, of rules, a page for each kind of rule, the table of what is covered, the schema.

Run as `python docs/reference.py`; a test sees to it that the files are those it would write.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from pathlib import Path

import attrs

from planner.report.reference import anchor, rules_page, scenario_page
from planner.rules.base import Rule, kinds, table_kinds
from planner.rules.concerns import Concerning
from planner.scenario.law import Admission, Entry, Rulebook
from planner.scenario.reading import read_rulebooks
from planner.scenario.reading.schema import schema_text

FOLDER = Path(__file__).parent
CATALOGUE = {
    "K01": "a passport that may not be used for some place, and its validation",
    "K02": "own nationals come and go on their own passport",
    "K03": "leaving on the passport one entered on",
    "K04": "how long a passport must be valid, and how old it may be",
    "K05": "blank pages",
    "K06": "stamps and visas that make a passport unwelcome elsewhere",
    "K07": "getting a passport or a nationality",
    "K08": "a passport that an office keeps for some time",
    "K09": "a visa in one book, shown together with another",
    "K10": "visas: entries, window, length and sum of stays",
    "K11": "permissions tied to a passport; fees by nationality and place",
    "K12": "waivers lost by where one has been",
    "K13": "electronic authorisations, by mode of travel",
    "K14": "waivers for holders of another state's visa or residence permit",
    "K15": "ports of entry and exit; coming back by the same one",
    "K16": "days in a rolling window",
    "K17": "days and visits in a calendar year, gaps, clocks that do not start anew",
    "K18": "areas that share a permission, checks or a clock, each with dates",
    "K19": "entry only from, or first by way of, some place",
    "K20": "transit without visa, from one place to another",
    "K21": "airside transit visas",
    "K22": "no airside transit at all",
    "K23": "changing tickets means entering",
    "K24": "landside transit concessions",
    "K25": "closed places, and who may come all the same",
    "K26": "organised tours",
    "K27": "nationalities refused",
    "K28": "permissions for a part of a country",
    "K29": "papers handed over at a place",
    "K30": "vaccination after being in some places",
    "K31": "tests and quarantine",
    "K32": "onward journey, insurance, funds and other papers to show",
    "K33": "forms between an earliest and a latest day",
    "K34": "minors",
    "K35": "exit permits and exit fees",
    "K36": "overstaying: never allowed",
    "K37": "registration after arrival",
    "K38": "what the trip is for",
    "K39": "second nationalities that are not recognised",
    "K40": "earliest and latest date of application",
    "K41": "which consulate",
    "K42": "who may apply, and where",
    "K43": "processing times in business days",
    "K44": "deadlines for bookings",
    "K45": "papers that need other papers first",
}


def pages() -> dict[str, str]:
    """Every file by its path in this folder."""
    books = read_rulebooks(table_kinds())
    found = {f"rules/{name}.md": _page(name, cls, books) for name, cls in kinds().items()}
    return {
        "rules/README.md": _coverage(books),
        **found,
        "reference/scenario.md": scenario_page(),
        "reference/rules.md": rules_page(),
        "scenario.schema.json": schema_text(table_kinds()),
    }


def stale(made: Mapping[str, str]) -> list[str]:
    """The files that are not what they should be, or should not be there."""
    old = (str(path.relative_to(FOLDER)) for name in ("rules", "reference") for path in (FOLDER / name).glob("*.md"))
    return [name for name in sorted({*old, *made}) if _now(name) != made.get(name)]


def _now(name: str) -> str | None:
    path = FOLDER / name
    return path.read_text(encoding="utf-8") if path.exists() else None


# ---- the table of what is covered


def _coverage(books: Mapping[str, Rulebook]) -> str:
    rows = "\n".join(_row(number, title, books) for number, title in CATALOGUE.items())
    listed = "\n".join(f"| [`{name}`]({name}.md) | {cls.summary} |" for name, cls in kinds().items())
    return f"""# Rules: what is covered

This page and those of the kinds are written by `python docs/reference.py`.

What a kind means in detail stands on its page and, for all together, in [semantics.md](../semantics.md); how its keys
are written, in [writing-rules.md](../writing-rules.md). «Examples» counts cases allowed and refused, all of them tests.
«Entries» counts what the [rulebooks](../rulebooks.md) that come with the planner say. «Oracle»: random scenarios with
rules of these kinds are compared with an independent search ([testing.md](../testing.md)).

| | what it is about | kinds | examples | entries | oracle |
|---|---|---|---|---|---|
{rows}

## The kinds

| kind | |
|---|---|
{listed}
"""


def _row(number: str, title: str, books: Mapping[str, Rulebook]) -> str:
    mine = {name: cls for name, cls in kinds().items() if number in cls.catalogue}
    allowed = sum(not example.refused_by for cls in mine.values() for example in cls.examples)
    refused = sum(bool(example.refused_by) for cls in mine.values() for example in cls.examples)
    entries = sum(1 for name in mine for _ in _entries(name, books))
    judged = any(cls.check is not Rule.check for cls in mine.values())
    links = ", ".join(f"[`{name}`]({name}.md)" for name in mine)
    oracle = "yes" if judged else "costs" if any(cls.costs is not Rule.costs for cls in mine.values()) else "no facts"
    return f"| {number} | {title} | {links} | {allowed} + {refused} | {entries or '–'} | {oracle} |"


def _entries(name: str, books: Mapping[str, Rulebook]) -> Iterator[tuple[str, str, str]]:
    """The entries of rulebooks of a kind: rulebook, id, dates."""
    for book in books.values():
        for entry in (*book.admissions, *book.rules):
            kind = "admission" if isinstance(entry, Admission) else entry.kind if isinstance(entry, Rule) else ""
            if kind == name:
                yield book.id, entry.id, _dates(entry)
        for item in book.acquirables:
            if name == "acquirable" or (name == "permission" and item.permission is not None):
                yield book.id, item.id, ""


def _dates(entry: Entry) -> str:
    start = f"from {entry.effective_from}" if entry.effective_from else ""
    end = f"until {entry.effective_to}" if entry.effective_to else ""
    return " ".join(filter(None, (start, end)))


# ---- the page of a kind


def _page(name: str, cls: type[Rule], books: Mapping[str, Rulebook]) -> str:
    parts = [f"# `{name}`", cls.summary]
    if cls.catalogue:
        parts.append("About: " + "; ".join(f"{CATALOGUE[number]} ({number})" for number in cls.catalogue) + ".")
    parts.append(f"Written in `planner/rules/kinds/{Path(inspect.getfile(cls)).name}`.")
    parts += ["## What it means", inspect.cleandoc(cls.__doc__ or "")]
    if cls.table:
        parts += ["## Keys", *_keys(name, cls)]
    if cls.examples:
        parts += ["## Examples", "Laid over the small world of `planner/rules/examples.py`, each is a test."]
    for example in cls.examples:
        verdict = f"refused, by `{example.refused_by}`" if example.refused_by else "allowed"
        source = f"\n\nSource: {example.source}" if example.source else ""
        parts.append(f"**{example.title}**: {verdict}.{source}\n\n```toml\n{example.toml.strip()}\n```")
    entries = list(_entries(name, books))
    if entries:
        rows = "\n".join(f"| {book} | `{id_}` | {dates} |" for book, id_, dates in entries)
        parts += ["## In the rulebooks", f"| rulebook | entry | in force |\n|---|---|---|\n{rows}"]
    return "\n\n".join(parts) + "\n"


def _keys(name: str, cls: type[Rule]) -> Iterator[str]:
    common = {field.name for field in attrs.fields(Entry)}
    if issubclass(cls, Concerning):
        common |= {field.name for field in attrs.fields(Concerning)}
        yield "Those that say [which entries it is about](../reference/rules.md#which-entries-a-rule-is-about), and:"
    own = [field for field in attrs.fields(cls) if field.name not in common]  # type: ignore[arg-type]
    for field in own:
        needed = " (needed)" if field.default is attrs.NOTHING else ""
        yield f"* `{field.name.rstrip('_')}`{needed}"
    if not own:
        yield "none of its own."
    links = f"[reference](../reference/rules.md#{anchor(name)}), [Writing rules](../writing-rules.md#{anchor(name)})"
    yield f"What they mean, with an example: {links}."


def main() -> None:
    """Write all files, and remove pages of kinds that are gone."""
    made = pages()
    for name in stale(made):
        path = FOLDER / name
        if name in made:
            path.parent.mkdir(exist_ok=True)
            path.write_text(made[name], encoding="utf-8")
        else:
            path.unlink()


if __name__ == "__main__":
    main()
