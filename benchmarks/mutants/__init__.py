"""Mutation testing: small wrong changes to one function at a time, and whether the tests notice (docs/mutation.md)."""
