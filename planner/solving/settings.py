"""The solver's settings, in one place. Measurements behind them: docs/architecture.md."""

from __future__ import annotations

from typing import Any, Literal

Purpose = Literal["optimise", "guided", "confirm", "confirm_hard", "explain"]

# With two workers the default portfolio is wrong: it proved little in minutes where these two subsolvers take
# seconds. Probing and looking for symmetry cost more than they bring (406 legs: 5.1 s with, 1.9 s without).
_OPTIMISE: dict[str, Any] = {"linearization_level": 2, "cp_model_probing_level": 0, "symmetry_level": 0}
_PORTFOLIO = ["max_lp", "reduced_costs"]

# Where the cost is counted from the bounds on, little is left for an LP to find, and it keeps the search waiting.
_GUIDED: dict[str, Any] = {"linearization_level": 0, "symmetry_level": 0}
_GUIDED_PORTFOLIO = ["no_lp", "default_lp"]

# Another road to the same claim: no presolve (it has had wrong INFEASIBLE answers), no LP, one worker.
_CONFIRM: dict[str, Any] = {"num_workers": 1, "cp_model_presolve": False, "linearization_level": 0}

# Where that does not get through: presolve and LP as when optimising, but with probing, another seed and (the caller's
# part) the program as it stands, without the cuts made when all facts are known to hold.
_CONFIRM_HARD: dict[str, Any] = {"linearization_level": 2, "cp_model_probing_level": 1, "symmetry_level": 0}

# Many small feasibility questions on one model: presolve lightly, probe nothing.
_EXPLAIN: dict[str, Any] = {
    "num_workers": 1,
    "cp_model_probing_level": 0,
    "symmetry_level": 0,
    "linearization_level": 0,
    "max_presolve_iterations": 1,
    "cp_model_use_sat_presolve": False,
    "presolve_inclusion_work_limit": 0,
    "inprocessing_dtime_ratio": 0.0,
    "inprocessing_probing_dtime": 0.0,
    "inprocessing_minimization_dtime": 0.0,
}


def settings(purpose: Purpose, workers: int, seed: int) -> dict[str, Any]:
    """CP-SAT parameters for a purpose. `workers` counts only for the hard ones."""
    if purpose == "confirm":
        return {**_CONFIRM, "random_seed": seed + 1}
    if purpose == "explain":
        return {**_EXPLAIN, "random_seed": seed}
    chosen, portfolio, added = {
        "optimise": (_OPTIMISE, _PORTFOLIO, 0),
        "guided": (_GUIDED, _GUIDED_PORTFOLIO, 0),
        "confirm_hard": (_CONFIRM_HARD, _PORTFOLIO, 1),
    }[purpose]
    return {**chosen, "random_seed": seed + added, "num_workers": workers, "subsolvers": portfolio[:workers]}
