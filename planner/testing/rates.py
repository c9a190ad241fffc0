"""How telling the random scenarios are: counted while the property tests run, printed at the end of the run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

counts: Counter[str] = Counter()  # of this process
SHARE_WITH_A_PLAN, SHARE_BEYOND_REACH, SHARE_BINDING = 0.20, 0.30, 0.01


def lines(found: Mapping[str, int], kinds: Iterable[str]) -> list[str]:
    """The rates, a line each; a rate below its aim is marked."""
    total = found.get("scenarios", 0)
    other = [f"{key}: {found[key]}" for key in sorted(found) if key.startswith(("choices", "explained", "repaired"))]
    if not total:
        return other

    def line(name: str, key: str, aim: float) -> str:
        share = found.get(key, 0) / total
        return f"{name}: {share:.1%}" + ("" if share >= aim else f" (aim: {aim:.0%})")

    head = [
        f"random scenarios compared with the oracle: {total}"
        + (f"; refused by the reader: {found['refused']}" if found.get("refused") else "")
        + (f"; too large for it: {found['too large']}" if found.get("too large") else ""),
        f"conflicts confirmed by brute force: {found.get('conflicts', 0)}",
        line("with a plan", "with a plan", SHARE_WITH_A_PLAN),
        line("beyond mere reachability", "beyond reach", SHARE_BEYOND_REACH),
    ]
    return [*head, *other] + [line(f"bound by {kind}", f"bound by {kind}", SHARE_BINDING) for kind in kinds]
