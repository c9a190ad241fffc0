"""The input: what a scenario file and the rulebooks say, as frozen classes with their place in the file."""
