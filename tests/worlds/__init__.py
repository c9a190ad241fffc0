"""Random scenarios, and an independent oracle that answers small ones by enumeration."""
