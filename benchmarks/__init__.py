"""How fast the planner is: `python -m benchmarks [NAME …] [--json FILE]`."""
