"""Pictures: drawn without network, from the same input always the same, honest where there is nothing."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from tests.acts import deed

from communique.errors import UsageError
from communique.export import pictures
from communique.export.pictures import heat, network, series, timeline
from communique.export.pictures import map as mapping
from communique.measure.encounters import Encounters
from communique.measure.network import of_acts
from communique.measure.series import chosen
from communique.measure.series import series as reckoned

ACTS = [
    *[deed(f"good{n}", "SUPPORT", "CHN", "RUS", f"2021-01-{n + 1:02}") for n in range(6)],
    *[deed(f"bad{n}", "SANCTION", "USA", "RUS", f"2021-03-{n + 1:02}") for n in range(6)],
    deed("vague", "AID", "CHN", "RUS", "2021-02-01/2021-02-20"),
]
PLACES = (
    Encounters("Beijing", "CHN", 39.9, 116.4, True, (("CHN", "RUS"),), ("a", "b")),
    Encounters("Russia", "RUS", 55.8, 37.6, False, (("CHN", "RUS"),), ("c",)),
    Encounters("Nowhere", None, None, None, False, (("CHN", "RUS"),), ("d",)),
)


def drawn() -> dict[str, Any]:
    return {
        "series": series.picture([reckoned(ACTS, "CHN", "RUS", chosen())]),
        "timeline": timeline.picture(ACTS, "CHN", "RUS"),
        "network": network.picture(of_acts(ACTS)),
        "heat": heat.picture(ACTS),
        "map": mapping.picture(PLACES),
    }


def empty() -> dict[str, Any]:
    return {
        "series": series.picture([reckoned([], "CHN", "RUS", chosen())]),
        "timeline": timeline.picture([], "CHN", "RUS"),
        "network": network.picture(of_acts([])),
        "heat": heat.picture([]),
        "map": mapping.picture([]),
    }


NAMES = list(drawn())


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_is_the_same_svg_every_time_and_fetches_nothing(name: str) -> None:
    text = pictures.svg(drawn()[name])
    assert text == pictures.svg(drawn()[name])
    links = set(re.findall(r"https?://[^\"'\s<]+", text))
    assert all("w3.org" in link for link in links), links
    assert "NaN" not in text and "undefined" not in text


@pytest.mark.parametrize("name", NAMES)
def test_where_there_is_nothing_the_picture_says_so(name: str) -> None:
    assert "<svg" in pictures.svg(empty()[name])


def test_the_words_of_a_picture_stand_in_it() -> None:
    charts = drawn()
    assert "China and Russia, by month" in pictures.svg(charts["series"])
    assert "United States" in pictures.svg(charts["heat"])
    assert "Beijing 2" in pictures.svg(charts["map"])
    assert "CHN" in pictures.svg(charts["network"])


def test_a_picture_is_saved_as_its_ending_says(tmp_path: Path) -> None:
    chart = drawn()["timeline"]
    for ending, begins in ((".svg", b"<svg"), (".png", b"\x89PNG"), (".html", b"<!DOCTYPE html>")):
        pictures.save(chart, tmp_path / f"picture{ending}")
        assert (tmp_path / f"picture{ending}").read_bytes().lstrip().startswith(begins)
    page = (tmp_path / "picture.html").read_text(encoding="utf8")
    assert not re.search(r"<(script|link)[^>]+(src|href)=", page), "a page must hold all it needs"


def test_another_ending_is_an_error_that_names_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="HTML, SVG or PNG"):
        pictures.save(drawn()["map"], tmp_path / "picture.gif")


def test_colours_keep_apart_in_grey() -> None:
    from communique.export.pictures import theme

    def light(colour: str) -> float:
        red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    assert abs(light(theme.COOPERATION) - light(theme.COOPERATION_WORDS)) > 0.2
    assert abs(light(theme.CONFLICT) - light(theme.CONFLICT_WORDS)) > 0.2
    shades = [light(colour) for colour in theme.DIVERGING]
    middle = len(shades) // 2
    assert shades[: middle + 1] == sorted(shades[: middle + 1]) and shades[middle:] == sorted(shades[middle:])[::-1]
