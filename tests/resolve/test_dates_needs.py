"""What the cheap look at a text leaves out, no test of the grammar would have let through."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from communique.resolve.dates import grammar
from communique.resolve.dates.find import _FOLD, _needs

SOME = [
    "March", "sept.", "Sat", "MON", "Friday", "tonight", "half", "Years", "twenty-day", "st.", "D-Day", "Fall", "3rd",
    "’90s", "St. Patrick's", "Eid", "al-Adha", "jubilee", "Mid-June", "a", "of", "later", "9/11", "VE", "Day", "ago",
]  # fmt: skip


@given(st.lists(st.sampled_from(SOME) | st.text(max_size=5), max_size=8), st.sampled_from([" ", "  ", "-", "\n", ""]))
def test_every_test_that_passes_is_still_found(words: list[str], between: str) -> None:
    text = between.join(words).translate(_FOLD)
    passing = {name for name, test in grammar.tests().items() if test.search(text)}
    # inside a word ("xMarch") a month or weekday is none for any rule: all of them ask for the edge of a word
    glued = {"month", "weekday", "any month"}
    assert passing - glued <= _needs(text) <= passing


def test_each_holiday_is_looked_for() -> None:
    for name in grammar._holidays():
        assert "holiday" in _needs(f"They met on {name} in Oslo.")
