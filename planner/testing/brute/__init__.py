"""What the planner answers beyond the cheapest plan, against brute force with the oracle."""
