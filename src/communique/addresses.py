"""Addresses as the web has them: some are none."""

from __future__ import annotations

from urllib.parse import urlsplit


def host(address: str | None) -> str:
    """The host of an address in small letters without "www.", empty where it has none or is broken ("https://[x]/")."""
    try:
        return (urlsplit(address or "").hostname or "").lower().removeprefix("www.")
    except ValueError:
        return ""
