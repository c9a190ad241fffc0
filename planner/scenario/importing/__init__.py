"""Legs and fares from where others keep them: timetables, flight offers, tables.

Each file in `kinds` is an importer and registers itself (`base.importer`); adding one to that package is all it takes.
A table of legs of a scenario names one by `format`, and so does `plan import`: both read in the same way.
"""
