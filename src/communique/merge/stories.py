"""Texts become stories: reports of one occasion that came out within days of each other."""

from __future__ import annotations

import datetime as dt
import heapq
from collections.abc import Iterable, Sequence

from communique.merge.groups import Groups
from communique.merge.nearness import Nearness
from communique.merge.words import rules
from communique.model import Record, Story, When, content_id


def grouped(texts: Iterable[str], near: Nearness) -> list[list[str]]:
    """Texts in stories: two groups are one as long as their texts are near each other on average.

    The nearest are joined first, so that what is given first changes nothing; groups and their members are sorted.
    """
    held = {text: [text] for text in sorted(set(texts))}
    least = float(rules()["same_story"])
    pairs = [(-value, one, other) for one, other, value in near.edges() if one in held and other in held]
    heapq.heapify(pairs)
    home = Groups(held)
    while pairs:
        value, one, other = heapq.heappop(pairs)
        first, second = home.root(one), home.root(other)
        if first == second:
            continue
        average = sum(near(a, b) for a in held[first] for b in held[second]) / (len(held[first]) * len(held[second]))
        if average < least:
            continue
        if average < -value - 1e-9 and pairs and average < -pairs[0][0]:
            heapq.heappush(pairs, (-average, one, other))  # its turn comes when it is the nearest left
            continue
        home.join(first, second)
        kept = home.root(first)
        gone = second if kept == first else first
        held[kept] += held.pop(gone)
    return sorted(sorted(members) for members in held.values())


def central(texts: Iterable[str], near: Nearness) -> str:
    """The text that is nearest to all others of its story; of equals the first."""
    listed = sorted(texts)
    return min(listed, key=lambda text: (-round(sum(near(text, other) for other in listed), 6), listed.index(text)))


def story(reports: Sequence[tuple[str, When]], title: str, held: Iterable[tuple[str, str, str | None]]) -> Story:
    """The story of reports, each a key with its publication, that has this title.

    held are the records at home in its texts: id, place among all records, and the last day (see `last_day`). Those of
    the years before, on which reports look back, are left out.
    """
    earliest = min((when.earliest for _, when in reports if when.earliest), default=None)
    latest = max((when.latest for _, when in reports if when.latest), default=None)
    own = sorted((place, record) for record, place, last in held if _of_the_time(last, earliest))
    documents = sorted(key for key, _ in reports)
    return Story(
        id=content_id("story", documents[0]),
        title=title,
        records=tuple(record for _, record in own),
        documents=tuple(documents),
        earliest=earliest,
        latest=latest,
    )


def last_day(record: Record) -> str | None:
    """The last day that any report gives for a record; None where one of them gives none."""
    dates = [value.rpartition("/")[2] for field, value, _ in record.values if field == "date"]
    ends = [value for value in dates if len(value) == 10]
    return max(ends) if ends and len(ends) == len(dates) else None


def _of_the_time(last: str | None, earliest: dt.date | None) -> bool:
    """Whether a record is of the occasion itself and not of the years before it that reports look back on."""
    if earliest is None or last is None:
        return True
    return last >= (earliest - dt.timedelta(days=int(rules()["days_before_a_story"]))).isoformat()


def lead(sentence: str) -> str:
    """The first sentence of an article as the title of a story whose reports have none."""
    words = " ".join(sentence.split())
    most = int(rules()["longest_title"])
    return words if len(words) <= most else words[:most].rsplit(" ", 1)[0] + " …"
