"""Runs `plan` where any use of the network is written into a file and refused; run as a script."""

import sys

_FORBIDDEN = (
    "socket.connect",
    "socket.getaddrinfo",
    "socket.gethostbyname",
    "socket.sendto",
    "socket.bind",
    "urllib.Request",
)
_REPORT = sys.argv.pop(1)


def forbid(event: str, _: object) -> None:
    """An audit hook."""
    if event in _FORBIDDEN:
        with open(_REPORT, "a", encoding="utf-8") as report:
            report.write(f"{event}\n")
        raise PermissionError(event)


sys.addaudithook(forbid)

from planner.cli.main import entry_point  # noqa: E402

for line in sys.stdin.read().splitlines():
    print(entry_point(line.split()), file=sys.stderr)
