"""Legs from where people have them: tables of fares in files, and schedules.

The way through the modules: `written` (what a scenario file says), `files` (which files it means), `delimited` and
`columnar` (what stands in them, by the csv module and by Polars), `columns` and `values` (texts to numbers), `tables`
(one timetable) and `schedules` (legs, date by date).
"""
