"""Long runs: random scenarios, each checked in every way there is, until time is up."""
