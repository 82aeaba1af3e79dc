"""The page's tree as lines."""

from __future__ import annotations

import lxml.html
import pytest

from communique.ingest.linearise import flattened, linearise


def lines(html: str) -> list[str]:
    linear = linearise(lxml.html.document_fromstring(f"<html><body>{html}</body></html>"))
    assert [linear.text[line.start : line.end] for line in linear.lines] == linear.text.split("\n")
    return linear.text.split("\n")


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>a <b>b</b> c</p><p>d</p>", ["a b c", "d"]),
        ("<div>a<div>b</div>c</div>", ["a", "b", "c"]),
        ("a<br>b<br/>c", ["a", "b", "c"]),
        ("<p>  many \n spaces\t here </p>", ["many spaces here"]),
        ("<ul><li>a</li><li>b</li></ul>", ["a", "b"]),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", ["a b", "c"]),
        ("<pre>a\nb</pre>", ["a", "b"]),
        ("<p>a<script>x</script>b<!-- y -->c</p>", ["abc"]),
        ("<p>a &amp; b &lt;c&gt; &eacute;</p>", ["a & b <c> é"]),
        ("<p>seen</p><noscript>not</noscript><template>not</template><p>too</p>", ["seen", "too"]),
    ],
)
def test_blocks_stand_on_lines_of_their_own(html: str, expected: list[str]) -> None:
    assert lines(html) == expected


@pytest.mark.parametrize(
    ("html", "place"),
    [
        ("<nav><p>x</p></nav>", "navigation"),
        ("<footer>x</footer>", "page footer"),
        ("<div role='complementary'>x</div>", "sidebar"),
        ("<div class='relatedStories'>x</div>", "teaser of another article"),
        ("<div id='comment_list'><p>x</p></div>", "comments"),
        ("<div class='article__share-bar'>x</div>", "share bar"),
        ("<div class='cookie-consent'>x</div>", "cookie notice"),
        ("<figure><figcaption>x</figcaption></figure>", "photo caption"),
        ("<div class='story body'>x</div>", None),
        ("<div class='broadcast headline'>x</div>", None),
    ],
)
def test_the_place_in_the_page_tells_what_a_line_is(html: str, place: str | None) -> None:
    linear = linearise(lxml.html.document_fromstring(f"<html><body>{html}</body></html>"))
    assert linear.lines[0].place == place


def test_the_share_of_links_is_known() -> None:
    linear = linearise(lxml.html.document_fromstring("<p>half <a href='/'>link</a></p>"))
    assert linear.lines[0].linked == pytest.approx(4 / 9)


def test_a_page_whose_tree_is_lost_is_cut_at_its_tags() -> None:
    assert flattened("<div>a<b>b</b><script>no</script><!-- no -->c &amp; d").text == "a\nb\nc & d"
