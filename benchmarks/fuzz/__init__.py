"""Coverage-guided fuzzing of everything that reads: `python -m benchmarks.fuzz TARGET --minutes N`.

`targets` says what is fed to which reader, `mutating` changes inputs by their structure, `child` is the process that
fuzzes (atheris, the extra `fuzz`), `failures` keeps what it finds, as small as it gets.
"""
