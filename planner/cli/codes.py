"""Exit codes that are no answers, and what is said with them. Imports nothing: it is there when all else fails."""

BAD_INPUT, INTERNAL, NO_MEMORY, INTERRUPTED = 2, 70, 71, 130
BROKE_DOWN = "Internal error: the planner contradicts itself or broke down. This is not an answer to your question."
OUT_OF_MEMORY = "Memory ran out. This is not an answer to your question."
