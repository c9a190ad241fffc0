"""Lower bounds over millions of legs: what any trip that takes a leg must cost at least.

`relax` turns a scenario and its legs into a `Relaxed` problem, which is never dearer or stricter than the real one;
`sweeps` passes over it forward and backward in time.
"""
