"""Other trips than the cheapest: the next ones that people would call different, and quicker ones."""
