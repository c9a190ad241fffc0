"""The importers, one file each."""
