"""From a scenario to options, and from options and statements to a 0-1 program. Knows no rule by name."""
