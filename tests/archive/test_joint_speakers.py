"""A quote of several speakers is kept whole and found under each of them."""

from __future__ import annotations

import json
from pathlib import Path

from communique import Coder
from communique.archive import Archive
from communique.export import plover
from communique.model import Document, Span

TEXT = "China and Russia said on Tuesday that the rail link would open in May."


def test_a_joint_quote_is_found_under_each_speaker_and_written_with_both(tmp_path: Path) -> None:
    coded = Coder().code(Document("page", TEXT, (Span(0, len(TEXT)),)))
    with Archive(tmp_path / "a.db") as archive:
        archive.add(coded)
        (china,) = archive.quotes(between=("CHN",))
        (russia,) = archive.quotes(between=("RUS",))
        assert archive.quotes(between=("BRA",)).rows() == []
    assert china == russia == coded.quotes[0]
    row = json.loads(json.dumps(plover.to_json(china, coded.document)))
    assert [who["code"] for who in row["speakers"]] == ["CHN", "RUS"]
    assert row["speaker"]["code"] is None and row["speaker"]["name"] == "China and Russia"
