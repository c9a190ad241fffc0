"""The law's vocabulary: one file per kind of rule, and the registry that finds them. Imports no solver."""
