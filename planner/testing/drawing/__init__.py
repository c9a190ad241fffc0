"""Random scenarios, drawn by Hypothesis."""
