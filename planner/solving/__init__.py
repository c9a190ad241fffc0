"""CP-SAT runs and the answer they add up to. The only part that imports OR-Tools, and only in its own process."""
