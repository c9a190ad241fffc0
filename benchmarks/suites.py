"""What is measured, by name: suites of cases, whose files are made when their turn comes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks import fares, kiwi, more_law, rigterink
from benchmarks.cases import Case
from benchmarks.question import Borders, question
from benchmarks.world import World, world, write_parquet

EVERYTHING = 2_000_000
MIDDLE = 20_000
GROWTH = (1_000, 11_000, 100_000, 500_000, 1_000_000, EVERYTHING)
FLOWS = ("cpsat", "cpsat_tuned", "cpmpy", "highs")
KIWI_PEERS = {"2017-5": ("highs", "cpsat_tuned", "gecode", "backtracking"), "2017-30": (), "2018-4": ()}


def scenarios() -> Iterator[Case]:
    """The shipped ones."""
    for path in sorted((Path(__file__).parent.parent / "scenarios").glob("*.toml")):
        yield Case(name=path.stem, write=partial(_there, path))


def whole_world() -> Iterator[Case]:
    """All routes for 30 days, 1 to 8 stops: with the law, and bare beside the floor."""
    for stops in (1, 3, 5, 8):
        yield from _both(f"world-{stops}", partial(world, EVERYTHING, stops), ("floor",))


def growth() -> Iterator[Case]:
    """Ever more legs, five stops; each bare as well, beside the peers that may come to an end."""
    for legs in GROWTH:
        small = ("gecode", "rihla", "backtracking") if legs <= GROWTH[1] else ()
        peers = ("floor", *(FLOWS if legs <= 100_000 else ()), *small)
        yield from _both(f"growth-{legs // 1000}k", partial(world, legs, 5), peers)


def real_fares() -> Iterator[Case]:
    """Instances with a published optimum, where their data is."""
    yield Case(
        name="rigterink",
        write=lambda folder: _asked(folder, rigterink.asked()),
        peers=("floor", "highs", "cpsat_tuned", "gecode", "rihla"),
        published=rigterink.OPTIMUM,
    )
    for name, optimum in kiwi.OPTIMA.items():
        peers = KIWI_PEERS.get(name, ("highs", "cpsat_tuned"))
        yield Case(name=f"kiwi-{name}", write=partial(_kiwi, name), peers=peers, published=optimum)


def rules() -> Iterator[Case]:
    """A network of middling size under ever more law."""
    for name, layer in more_law.LAYERS.items():
        yield _world(f"rules-{name}", partial(world, MIDDLE, 5), more=layer)


def party() -> Iterator[Case]:
    """More and more travellers, each with papers of their own."""
    for travellers in (1, 2, 4, 8):
        yield _world(f"party-{travellers}", partial(world, MIDDLE, 3), travellers=travellers)


def horizon() -> Iterator[Case]:
    """The same routes on ever more days, two stops."""
    for days in (7, 30, 90, 365):
        yield _world(f"horizon-{days}", partial(world, 300 * days, 2, days))


def coupled() -> Iterator[Case]:
    """A million legs, five stops, and one rule over the whole trip that no bound sees.

    Without it the cheapest trip has 17 days at the stops.
    """
    for cap in (16, 15, 14):
        add = partial(more_law.coupled, cap)
        yield _world(f"coupled-{cap}", partial(world, 1_000_000, 5), borders="open", more=add)


SUITES: dict[str, Callable[[], Iterator[Case]]] = {
    "scenarios": scenarios,
    "world": whole_world,
    "growth": growth,
    "fares": real_fares,
    "rules": rules,
    "party": party,
    "horizon": horizon,
    "coupled": coupled,
}


def _there(path: Path, _folder: Path) -> Path:
    return path


def _world(
    name: str,
    make: Callable[[], World],
    *,
    borders: Borders = "guarded",
    travellers: int = 1,
    more: Callable[[World], str] | None = None,
    peers: tuple[str, ...] = (),
) -> Case:
    """A question over a world, with the texts of `more` added."""

    def write(folder: Path) -> Path:
        made = make()
        write_parquet(folder / f"{name}.parquet", made)
        text = question(made, f"{name}.parquet", travellers, borders)
        path = folder / f"{name}.toml"
        path.write_text(text + (more(made) if more else ""))
        return path

    return Case(name=name, write=write, peers=peers)


def _both(name: str, make: Callable[[], World], peers: tuple[str, ...]) -> Iterator[Case]:
    """With law, and without any beside the peers, who could not read it."""
    yield _world(name, make)
    yield _world(f"{name}-bare", make, borders="none", peers=peers)


def _asked(folder: Path, asked: fares.Asked | None) -> Path | None:
    return None if asked is None else fares.write(folder, asked)


def _kiwi(name: str, folder: Path) -> Path | None:
    instance = kiwi.load(name)
    return None if instance is None else fares.write(folder, _from_kiwi(instance))


def _from_kiwi(instance: kiwi.Instance) -> fares.Asked:
    used = np.union1d(instance.from_port, instance.to_port)
    flown = {instance.ports[number] for number in used.tolist()}
    return fares.Asked(
        name=f"kiwi-{instance.name}",
        start=instance.start,
        end=instance.goal,
        stops={f"area{n}": tuple(sorted(flown & set(ports))) for n, ports in enumerate(instance.areas.values())},
        least=1,
        most=1,
        ports=instance.ports,
        first_day=kiwi.DAY_0,
        from_port=instance.from_port,
        to_port=instance.to_port,
        day=instance.day,
        price=instance.price,
        after_all=instance.surface,
    )
