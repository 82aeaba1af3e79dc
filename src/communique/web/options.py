"""What a desk is started with, each choice with its default."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field

from communique.archive.place import Place

MEGABYTE = 1_000_000


def is_loopback(host: str) -> bool:
    """Whether an address can be reached from this machine alone."""
    bare = host.strip("[]").lower()
    if bare == "localhost":
        return True
    try:
        return ipaddress.ip_address(bare).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Options:
    """archive: its file, or the server that has it; made if there is none.

    host, port: where the desk listens. token: what a visitor must show.
    hosts: further names under which the desk may be asked (a name of the machine, a proxy's). upload: bytes of one
    upload, files: how many may be in it. reads: requests a second and client in the long run, burst: at once;
    writes: decisions and uploads a minute and client. by: who decides, kept with each judgement.
    """

    archive: Place
    host: str = "127.0.0.1"
    port: int = 8377
    token: str | None = None
    hosts: tuple[str, ...] = ()
    upload: int = 200 * MEGABYTE
    files: int = 2_000
    reads: float = 40.0
    burst: float = 400.0
    writes: float = 120.0
    by: str = "desk"
    encoder: bool = True
    readonly: bool = field(default=False)

    @property
    def names(self) -> frozenset[str]:
        """The names a browser may call the desk by, without port."""
        own = {"localhost", "127.0.0.1", "::1", self.host.strip("[]").lower()} - {"0.0.0.0", "::"}
        return frozenset(own | {name.strip("[]").lower() for name in self.hosts})
