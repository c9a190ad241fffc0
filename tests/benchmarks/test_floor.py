"""The floor against going through all journeys."""

import numpy as np
from hypothesis import given

from benchmarks.floor import NEVER, floor
from benchmarks.instance import Instance
from tests.benchmarks import tiny


@given(tiny.instances())
def test_the_least_cost_of_all_trips_and_of_those_through_each_leg(instance: Instance) -> None:
    instance = tiny.without_nights(instance)
    stops = np.array([visit.ports[0] for visit in instance.visits], dtype=np.int32)
    best, through = floor(
        instance.from_port, instance.to_port, instance.departs, instance.arrives, instance.price,
        start=instance.start, goal=instance.goal, stops=stops,
    )  # fmt: skip
    expected = np.full(len(instance), NEVER)
    for legs in tiny.journeys(instance):
        if set(stops.tolist()) <= {int(instance.to_port[leg]) for leg in legs}:
            expected[legs] = np.minimum(expected[legs], instance.price[legs].sum())
    assert min(best, NEVER) == expected.min()
    assert np.minimum(through, NEVER).tolist() == expected.tolist()
