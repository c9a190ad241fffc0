"""More law for a scenario over a world: many rules of all kinds, or one that couples the whole trip."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from benchmarks.question import SCHENGEN
from benchmarks.world import World

STATES = ("US", "BR")  # the passports of the first traveller


def few(_world: World) -> str:
    """None but those of the question itself."""
    return ""


def everywhere(world: World) -> str:
    """Rules of several kinds for each territory."""
    territories = sorted({place.territory for place in world.places})
    return "".join(f"\n{rule}\n" for territory in territories for rule in _everywhere(territory))


def everything(world: World) -> str:
    """Those, and duties and bans that tell passports apart."""
    return everywhere(world) + "".join(f"\n{rule}\n" for rule in _duties(world))


LAYERS: dict[str, Callable[[World], str]] = {"few": few, "everywhere": everywhere, "all": everything}


def coupled(cap: int, world: World) -> str:
    """One count of days over all territories of the stops, whatever a stay there rests on."""
    stops = {world.places[world.number(code)].territory for code in world.wanted[1:]}
    members = ", ".join(f'{{ territory = "{territory}", purposes = ["clock"] }}' for territory in sorted(stops))
    rule = _rule("rolling-window", "days-at-stops", zone="STOPS", cap=cap, days=180, exempt_types=[])
    return f'\n[[zones]]\nid = "STOPS"\nmembers = [{members}]\n\n{rule}\n'


def _everywhere(territory: str) -> Iterator[str]:
    if territory in SCHENGEN:
        return  # no permission zone of its own
    yield _rule("same-passport", f"same-{territory}", zone=territory)
    yield _rule("blank-pages", f"pages-{territory}", zone=territory, pages=1 + sum(map(ord, territory)) % 2)
    yield _rule("passport-validity", f"valid-{territory}", zone=territory, after_entry="6 months")
    yield _rule("rolling-window", f"days-{territory}", zone=territory, cap=30, days=180)


def _duties(world: World) -> Iterator[str]:
    territories = {place.territory for place in world.places}
    for state in STATES:
        if state in territories:
            yield _rule("own-passport", f"own-{state}", state=state, zone=state)
    hubs = [territory for territory in ("CN", "GB", "RU", "SG") if territory in territories]
    for territory in hubs:
        yield _rule("no-airside", f"no-airside-{territory}", territory=territory)
        yield _rule("passport-ban", f"ban-{territory}", passport_state="US", area=territory)
        yield _rule(
            "transit-without-visa", f"transit-{territory}", zone=territory, nationalities=["BR"], stay="24 hours"
        )


def _rule(kind: str, name: str, **values: object) -> str:
    def written(value: object) -> str:
        return str(value).replace("'", '"') if isinstance(value, list) else f'"{value}"'

    lines = [f"{key} = {value if isinstance(value, int) else written(value)}" for key, value in values.items()]
    return "\n".join(["[[rules]]", f'kind = "{kind}"', f'id = "{name}"', *lines])
