"""The base: who is admitted where, for the whole world, from a Passport Index table that the user has imported.

`states` (what countries are called), `table` (reading the table), `store` (the file in the user's data folder and the
rulebook made from it for some territories).
"""
