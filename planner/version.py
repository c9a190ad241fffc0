"""Versions a bug report needs: of the package and of the scenario language."""

__version__ = "0.1.0"
SCENARIO_LANGUAGE = 1
