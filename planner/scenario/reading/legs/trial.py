"""A Parquet file is read by a process of its own first: one that is damaged may end the process that reads it."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Collection
from pathlib import Path

_READ = """
import json, sys
import polars as pl
path, columns = json.load(sys.stdin)
pl.scan_parquet(path, glob=False, hive_partitioning=False).select(columns).collect()
"""


def survived(path: Path, columns: Collection[str]) -> bool:
    """Whether a process that reads some columns of a file lives on; that it merely fails is told by the next to read.

    Raises OSError if none can be started.
    """
    import subprocess  # not above: it takes long, and few scenarios have such files

    run = subprocess.run(
        [sys.executable, "-P", "-c", _READ],  # -P: nothing is imported from the current directory
        input=json.dumps([str(path.absolute()), list(columns)]).encode(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        check=False,
    )
    return run.returncode >= 0
