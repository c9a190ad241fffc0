"""The texts that `plan` prints for the impossible scenarios that are shipped, as they should be.

`python -m tests.golden` writes them anew, to be read before they are committed.
"""
