"""No valid trip: which statements cannot hold together, and how far that claim reaches."""

from __future__ import annotations

from planner.answer import Conflict
from planner.report.words import Page, count, listed
from planner.rules.facts import Fact


def conflict(page: Page, found: Conflict) -> None:
    """Add a proved conflict: the verdict, one entry per fact in the order given, and what it does not say."""
    if not found.facts:
        page.add("No valid trip, whatever the rules: the file itself lists no way to make this journey.")
        _structural(page, found)
        return
    if len(found.facts) == 1:
        page.add("No valid trip: this statement alone rules out every trip.")
    else:
        page.add(f"No valid trip: these {len(found.facts)} statements cannot hold together.")
    page.gap()
    for number, fact in enumerate(found.facts, 1):
        page.add(f"{number}. {fact.text}", 0, 3)
        place = origin(fact)
        if place:
            page.add(place, 3, 2)
    _structural(page, found)
    page.gap()
    if len(found.facts) > 1:
        page.add("Nothing else in the file is needed for this conflict: without any one of them, the others can hold.")
    page.add(
        f"Leaving {'it' if len(found.facts) == 1 else 'any one of them'} out would do for this conflict; "
        "other conflicts may remain."
    )
    yours = [str(number) for number, fact in enumerate(found.facts, 1) if fact.changeable]
    if yours:
        page.add(f"Yours to change: {listed(yours)}.")
    page.add("Only the legs listed in the file exist for this answer; other connections were not looked at.")


def _structural(page: Page, found: Conflict) -> None:
    if found.structural:
        page.gap()
        page.add(f"What the file lacks ({count(len(found.structural), 'point')}):")
        for sentence in found.structural:
            page.add(f"- {sentence}", 2, 2)
        if not found.facts:
            page.add("Only the legs listed in the file exist for this answer.")


def origin(fact: Fact) -> str:
    """Where a fact stands: the source of a rulebook's statement; of what the user wrote, its place in the file too."""
    if fact.source and fact.place.file.startswith("rulebooks/"):
        return fact.source
    return "; ".join(filter(None, (str(fact.place), fact.source)))
