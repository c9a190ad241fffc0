"""Every Python process that finds this on its path may use no network: the attempt is written down, and refused."""

import os
import sys

_NAMES = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "urllib.Request"})
_REPORT = os.environ["NETWORK_USED"]


def forbid(event: str, details: tuple[object, ...]) -> None:
    """An audit hook."""
    if event in _NAMES or (event == "socket.__new__" and str(details[1]) not in ("1", "AddressFamily.AF_UNIX")):
        with open(_REPORT, "a", encoding="utf-8") as report:
            report.write(f"{event} {details}\n")
        raise PermissionError(event)


sys.addaudithook(forbid)
