"""The networks that the benchmarks time are scenarios that have a plan."""

from benchmarks import synthetic
from planner.api import loads, plan


def test_a_synthetic_network_has_a_plan_and_is_the_same_each_time() -> None:
    text = synthetic.scenario(50)
    assert text == synthetic.scenario(50)
    scenario = loads(text)
    assert len(scenario.legs) >= 50
    assert plan(scenario).status == "optimal"
