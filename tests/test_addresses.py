"""Hosts of addresses as the web has them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.addresses import host, slug


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


def test_the_last_part_of_an_address_spells_a_heading() -> None:
    assert slug("https://x.org/2021/joint-statement-on-belarus/") == "Joint Statement on Belarus"
    assert slug("https://x.org/u-s-eu-dialogue-on-china.html") == "U.S. EU Dialogue on China"


def test_an_address_that_spells_none_gives_none() -> None:
    assert [slug(each) for each in ("https://x.org/a/12345", "https://[x]/", None, "https://x.org/")] == [""] * 4
