"""Whose program asks, on this machine: Linux tells for every connection of its own which user holds its other end."""

from __future__ import annotations

import ipaddress
import os
import sys
from collections.abc import Iterator
from pathlib import Path

_TABLES = (Path("/proc/net/tcp"), Path("/proc/net/tcp6"))
_ROOT = 0  # may do everything anyway


def stranger(host: str, port: int) -> bool:
    """Whether the program at this loopback address and port is another user's.

    False also where that cannot be told: from another machine, and on systems that are not Linux.
    """
    user = user_of(host, port)
    return user is not None and user not in (_ROOT, os.geteuid())


def user_of(host: str, port: int) -> int | None:
    """The number of the user whose connection stands at this address of this machine; None where nobody can tell."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return None
    mapped = getattr(address, "ipv4_mapped", None) or address
    if not mapped.is_loopback:
        return None
    for local, at, user in _connections():
        if at == port and local == mapped:
            return user
    return None


def _connections() -> Iterator[tuple[ipaddress.IPv4Address | ipaddress.IPv6Address, int, int]]:
    """Address, port and user of this machine's ends of connections, as proc(5) lists them."""
    for table in _TABLES:
        try:
            lines = table.read_text("ascii").splitlines()[1:]
        except (OSError, UnicodeDecodeError):
            continue
        for line in lines:
            cells = line.split()
            if len(cells) < 8:
                continue
            place, _, port = cells[1].partition(":")
            yield _address(bytes.fromhex(place)), int(port, 16), int(cells[7])


def _address(raw: bytes) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """Words of four bytes, each as this machine orders its bytes."""
    if sys.byteorder == "little":
        raw = b"".join(raw[at : at + 4][::-1] for at in range(0, len(raw), 4))
    found = ipaddress.ip_address(raw)
    return getattr(found, "ipv4_mapped", None) or found
