"""Hosts of addresses as the web has them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.addresses import host


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://www.Lagoon-Wire.example/a?b", "lagoon-wire.example"),
        ("https://[x]/", ""),
        ("no address", ""),
        (None, ""),
    ],
)
def test_a_host_is_told_of_an_address_and_nothing_of_what_is_none(address: str | None, expected: str) -> None:
    assert host(address) == expected


@given(st.text(max_size=60))
def test_no_address_breaks_anything(text: str) -> None:
    assert isinstance(host(f"https://{text}"), str)
