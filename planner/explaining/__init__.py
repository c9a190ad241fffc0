"""Why no trip exists: conflicts, minimal and confirmed."""
