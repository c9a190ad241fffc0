"""A package laid into a folder as an installer would lay it, for tests of entry points; nothing is installed."""

from __future__ import annotations

import tomllib
from pathlib import Path


def install(project: Path, site: Path) -> None:
    """Make a project's packages and entry points importable from a folder that is on the module path."""
    about = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    groups = [
        f"[{group}]\n" + "".join(f"{name} = {value}\n" for name, value in points.items())
        for group, points in about["entry-points"].items()
    ]
    info = site / f"{about['name'].replace('-', '_')}-{about['version']}.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {about['name']}\nVersion: {about['version']}\n")
    (info / "entry_points.txt").write_text("\n".join(groups))
    for package in project.glob("*/__init__.py"):
        (site / package.parent.name).symlink_to(package.parent)
