"""What is paid on leaving, written from `docs/semantics.md` alone."""

from __future__ import annotations

from planner.rules.kinds.exit_fee import ExitFee
from planner.scenario.scenario import Scenario
from planner.scenario.travel import Leg


def exit_fees(scenario: Scenario, run: tuple[Leg, ...], state: str) -> int:
    """What one traveller pays at the exit with which a run begins, on a passport of a state, in minor units."""
    leg, total = run[0], 0
    day, territory = leg.departs.date(), scenario.ports[leg.from_].territory
    for rule in scenario.law.rules:
        if isinstance(rule, ExitFee):
            there = str(rule.zone) == territory or any(
                member.territory == territory
                and (member.from_ is None or member.from_ <= day)
                and (member.to is None or day <= member.to)
                for zone in scenario.law.zones
                if zone.id == rule.zone
                for member in zone.members
            )
            begun = rule.effective_from is None or rule.effective_from <= day
            over = rule.effective_to is not None and rule.effective_to < day
            conditions = (
                (rule.ports, leg.exit_port or leg.from_),
                (rule.modes, leg.mode),
                (rule.nationalities, state),
            )
            fits = all(not allowed or value in allowed for allowed, value in conditions)
            if there and begun and not over and fits and state not in rule.exempt_nationalities:
                total += scenario.minor(rule.amount)
    return total
