"""What is fed to which reader. A reader answers, or refuses with a ScenarioError; anything else is a failure."""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from unittest.mock import patch

from attrs import frozen

from benchmarks.fuzz import mutating
from planner.core.errors import ScenarioError
from planner.core.plain import plain
from planner.rules.base import table_kinds
from planner.scenario.reading import read_file, read_text, rulebooks
from planner.scenario.scenario import Scenario

ROOT = Path(__file__).parents[2]
_TEMPORARY = tempfile.TemporaryDirectory(prefix="fuzz-")
_FOLDER = Path(_TEMPORARY.name)  # where a table is put before it is read
_FILE = b"== "  # before the name of each file of a feed
_TABLE = """
today = 2025-03-01
currency = "USD"
legs = "legs.KIND"
travellers = [{ id = "t", nationalities = ["US"], passports = [{ id = "us", state = "US" }] }]
trip = { start = "SFO" }
"""
_ROWS = """from,to,departs,arrives,price,operator,mode,id
SFO,PEK,2025-04-01 13:40,2025-04-02 17:25,1000.50,CA,air,a
PEK,FNJ,2025-04-03 13:00,2025-04-03 15:45,200,JS,air,b
FNJ,PEK,2025-04-08T08:30:00,2025-04-08 09:20,,,rail,
"PEK",SFO,2025-11-01 23:00,2025-11-02 01:30, 12.5 ,"a, b",air,c
"""


@frozen
class Target:
    """Inputs to begin with, what reads one, and what changes one by its structure."""

    seeds: Callable[[], Iterable[bytes]]
    read: Callable[[bytes], object]
    mutate: mutating.Mutate
    suffix: str

    def failure(self, data: bytes) -> Exception | None:
        """What reading the data raises that it must not."""
        try:
            self.read(data)
        except ScenarioError as error:
            return None if plain(str(error)) else AssertionError("an error without a word")
        except Exception as error:
            return error
        return None


def _scenario(data: bytes) -> None:
    (_FOLDER / "trip.toml").write_bytes(data)
    read_file(_FOLDER / "trip.toml", table_kinds())


def _rulebook(data: bytes) -> None:
    rulebooks.read_books({"X.toml": data.decode("utf-8", "replace")}, table_kinds())


def _legs(kind: str) -> Callable[[bytes], Scenario]:
    def read(data: bytes) -> Scenario:
        (_FOLDER / f"legs.{kind}").write_bytes(data)
        return read_text(_TABLE.replace("KIND", kind), table_kinds(), "trip.toml", _FOLDER)

    return read


def _keys(data: bytes) -> Scenario:
    """Reads a good table of legs as a `[[leg_tables]]` says that it is to be read."""
    (_FOLDER / "legs.csv").write_text(_ROWS)
    table = data.decode("utf-8", "replace") + _TABLE.replace('legs = "legs.KIND"\n', "")
    return read_text(table, table_kinds(), "trip.toml", _FOLDER)


def _group(data: bytes) -> None:
    """Reads a group list, and the scenario of each party."""
    from planner.batching.solved import scenario_of
    from planner.batching.sources import travellers
    from planner.rules.examples import WORLD

    (_FOLDER / "template.toml").write_text(WORLD)
    (_FOLDER / "group.csv").write_bytes(data)
    for item in travellers(str(_FOLDER / "template.toml"), str(_FOLDER / "group.csv")):
        with suppress(ScenarioError):
            scenario_of(item)


def _zones(data: bytes) -> None:
    from planner.law.mrz import zones

    zones(data.decode("utf-8", "replace"), "zone.txt", mutating.date(2026, 1, 1))


def _offers(kind: str) -> Callable[[bytes], Scenario]:
    """Reads offers of flights."""

    def read(data: bytes) -> Scenario:
        (_FOLDER / "offers.json").write_bytes(data)
        return read_text(_imported("offers.json", kind), table_kinds(), "trip.toml", _FOLDER)

    return read


def _imported(file: str, kind: str) -> str:
    table = f'leg_tables = [{{ files = "{file}", format = "{kind}", unknown_ports = "skip" }}]\n'
    return table + _TABLE.replace('legs = "legs.KIND"\n', "")


def _feed(data: bytes) -> Scenario:
    """Reads a timetable feed, which is given as the texts of its files one after the other, each below its name."""
    folder = _FOLDER / "feed"
    folder.mkdir(exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    for part in data.split(_FILE)[1:]:
        name, _, rows = part.partition(b"\n")
        if re.fullmatch(rb"[a-z_]{1,30}\.txt", name):
            (folder / name.decode()).write_bytes(rows)
    return read_text(_imported("feed", "gtfs"), table_kinds(), "trip.toml", _FOLDER)


def _feed_seeds() -> Iterable[bytes]:
    files = sorted((ROOT / "scenarios/sources/riviera-rail").glob("*.txt"))
    return (b"".join(_FILE + file.name.encode() + b"\n" + file.read_bytes() for file in files),)


def _base(data: bytes) -> None:
    from planner.scenario.reading.base.store import Base
    from planner.scenario.reading.base.table import read_table

    path = _FOLDER / "base.csv"
    path.write_bytes(data)
    Base.of(read_table(path), source="", licence="", on=mutating.date.min).rulebook(["MX", "US"])


def _stored(data: bytes) -> None:
    from planner.scenario.reading.base import store

    with patch.dict(os.environ, {"XDG_DATA_HOME": str(_FOLDER)}):
        store.path().parent.mkdir(parents=True, exist_ok=True)
        store.path().write_bytes(data)
        base = store.read_base()
    assert base is not None
    base.rulebook(["MX", "US"])


def _answer(data: bytes) -> None:
    from planner.report.compare import compared, json_text
    from planner.report.compare.saved import saved
    from planner.report.compare.text import text

    try:
        read = saved(data.decode(), "a.json")
    except UnicodeDecodeError:
        return
    for sides in ((read, _other()), (_other(), read)):
        found = compared(("a.json", "b.json"), sides)
        text(found), json_text(found)


def _verify(data: bytes) -> None:
    from planner.checking.check import check_text
    from planner.report.verified import json_text, page_of

    text = (ROOT / "scenarios/schengen-hop.toml").read_text()
    checked = check_text(
        data.decode("utf-8", "replace"),
        "a.json",
        lambda added: read_text(text, table_kinds(), "trip.toml", added=added),
    )
    json_text(checked), page_of(checked, 80).text()


def _other() -> dict[str, object]:
    found: dict[str, object] = json.loads(_answers()[0])
    return found


def _files(pattern: str) -> Callable[[], Iterator[bytes]]:
    return lambda: (path.read_bytes() for path in sorted(ROOT.glob(pattern)))


@cache
def _answers() -> Sequence[bytes]:
    """A plan and a conflict, made once, and kept beside the corpus: solving takes long where code is instrumented."""
    kept = ROOT / "benchmarks/fuzz/corpus/answers"
    if not kept.is_dir():
        from planner import api
        from planner.report.json import json_text

        names = "schengen-hop", "kosovo-first"
        answers = {name: json_text(api.plan(api.load(ROOT / f"scenarios/{name}.toml"))) for name in names}
        kept.mkdir(parents=True)
        for name, text in answers.items():
            (kept / f"{name}.json").write_text(text)
    return [path.read_bytes() for path in sorted(kept.iterdir())]


def _base_rows() -> Iterable[bytes]:
    tidy = "Passport,Destination,Requirement\nMX,US,visa required\nUS,MX,180\nUS,US,-1\nMX,MX,-1\n"
    return tidy.encode(), b"Passport,MX,United States\nMX,-1,visa required\nUSA,180,-1\n"


def _amadeus_seeds() -> Iterable[bytes]:
    """Flights there and back: an offer for one, and one for a traveller of each kind."""
    from tests.scenario.importing.worlds import CARRIERS, FLIGHTS, amadeus_offer

    ways = [FLIGHTS[:2], FLIGHTS[2:]]
    both = [{"travelerType": kind, "price": {"total": "300.00"}} for kind in ("ADULT", "CHILD")]
    offers = [amadeus_offer("a", ways, "600.10"), amadeus_offer("b", ways[:1], "600.00", travelerPricings=both)]
    return (json.dumps({"data": offers, "dictionaries": {"carriers": CARRIERS}}).encode(),)


def _stored_seed() -> Iterable[bytes]:
    data = {"format": 1, "source": "s", "licence": "l", "on": "2025-01-12", "passports": "MX US"}
    return (json.dumps({**data, "destinations": {"US": {"visa required": "MX"}, "MX": {"180": "US"}}}).encode(),)


def _key_seeds() -> Iterable[bytes]:
    columns = 'columns = { from = "from", to = "to", price = "price", id = "id" }'
    formats = 'time_format = "%Y-%m-%d %H:%M", times = "local", unknown_ports = "skip", currency = "USD", per = "party"'
    only = 'only = { departs_from = 2025-04-01, departs_to = 2025-12-01, ports = ["SFO", "PEK"] }'
    start = 'leg_tables = [{ files = "legs.csv"'
    return [f"{start}, {more} }}]\n".encode() for more in ("mode = 'air'", columns, formats, only)]


def _group_seeds() -> Iterable[bytes]:
    names = "id,party,name,born,passports,nationalities,residence,home,holds\n"
    rows = "ana,p,Ana,1990-02-03,AA:2030-01-01 BB,AA,AA BB,AAA,\nbob,p,Bob,,AA,,,AAA,\ncy,,,2001-12-31,BB,BB,,,\n"
    return (names + rows).encode(), b"id,passports\na,AA\nb,BB:2026-01-01\n"


def _zone_seeds() -> Iterable[bytes]:
    """The specimens of ICAO Doc 9303, as those of Mexico."""
    book = "P<MEXERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36MEX7408122F1204159ZE184226B<<<<<10\n"
    card = "I<MEXD231458907<<<<<<<<<<<<<<<\n7408122F1204159MEX<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<\n"
    small = "I<MEXERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907MEX7408122F1204159<<<<<<<6\n"
    return book.encode(), card.encode(), small.encode(), (book + card).encode()


def _parquet_seeds() -> Iterator[bytes]:
    from random import Random

    return (mutating.parquet(b"", Random(seed)) for seed in range(60))


TARGETS = {
    "scenario": Target(_files("scenarios/*.toml"), _scenario, mutating.toml, "toml"),
    "rulebook": Target(_files("planner/rulebooks/*.toml"), _rulebook, mutating.toml, "toml"),
    "csv": Target(lambda: (_ROWS.encode(),), _legs("csv"), mutating.delimited, "csv"),
    "tsv": Target(lambda: (_ROWS.replace(",", "\t").encode(),), _legs("tsv"), mutating.delimited, "tsv"),
    "parquet": Target(_parquet_seeds, _legs("parquet"), mutating.parquet, "parquet"),
    "keys": Target(_key_seeds, _keys, mutating.toml, "toml"),
    "duffel": Target(_files("scenarios/sources/*.json"), _offers("duffel"), mutating.json_, "json"),
    "amadeus": Target(_amadeus_seeds, _offers("amadeus"), mutating.json_, "json"),
    "gtfs": Target(_feed_seeds, _feed, mutating.delimited, "txt"),
    "group": Target(_group_seeds, _group, mutating.delimited, "csv"),
    "mrz": Target(_zone_seeds, _zones, mutating.lines, "txt"),
    "base": Target(_base_rows, _base, mutating.delimited, "csv"),
    "stored": Target(_stored_seed, _stored, mutating.json_, "json"),
    "answer": Target(_answers, _answer, mutating.json_, "json"),
    "verify": Target(_answers, _verify, mutating.json_, "json"),
}
