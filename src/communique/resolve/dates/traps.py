"""What looks like a date and is none: Chairman May, 2,000 ships, the Good Friday Agreement, S-400s, 2000 GMT."""

from __future__ import annotations

import dataclasses
import functools
import re

from communique.resolve.dates import words as w
from communique.resolve.dates.expression import Expression, Fields
from communique.resolve.dates.readings import SHIFTS

_BEFORE = 40
_AROUND = 400
_NAMES = frozenset({"May", "March", "April", "June", "August", "MAY", "MARCH", "APRIL", "JUNE", "AUGUST"})
_AT_LEAST = re.compile(
    r"(?i)\b(?:until|till|since|by|to|through|in)\s(?:at\sleast|about|around|roughly|approximately|early|late)\s$"
)
_PERSON_MAY = re.compile(
    r"\b(?:Theresa|Teresa|Brian|Mrs\.?|Ms\.?|Mr\.?|Minister|Premier|Secretary|Chairman|Elaine|PM|Leader|leader|Mike)"
    r"[ \t]May\b"
)


def _previous(text: str, start: int) -> tuple[str, bool]:
    """The word before a place in the text, and whether it is joined to it by nothing but a space."""
    before = text[max(0, start - _BEFORE) : start]
    found = re.search(r"([\w’'.$£€#%+]+)([\s\xa0]*)$", before)
    return (found[1], bool(found[2])) if found else ("", False)


def _next(text: str, end: int) -> str:
    found = re.match(r"[ \t\xa0\n]{1,3}([\w’'%-]{1,40})", text[end : end + 44])
    return found[1] if found else ""


@functools.cache
def _list(name: str) -> frozenset[str]:
    return w.words(name)


def _is_title(word: str) -> bool:
    return word.rstrip(".") in _list("titles")


def _bare_month(expression: Expression, text: str) -> Expression | None:
    """A month that stands alone, with "last", "this" or "next" taken in; None where it is a name or a verb."""
    span, word = expression.span, expression.text
    previous, adjacent = _previous(text, span.start)
    following = _next(text, span.end)
    low = previous.lower()
    if word.rstrip(".").lower() not in {m.lower() for m in w.full_months()} or _is_title(previous):
        return None
    if adjacent and low in ("last", "next", "this", "coming", "past"):
        start = text.rindex(previous, max(0, span.start - _BEFORE), span.start)
        fields = dataclasses.replace(expression.fields, shift=SHIFTS[low])
        return dataclasses.replace(
            expression, span=dataclasses.replace(span, start=start), text=text[start : span.end], fields=fields
        )
    if not adjacent and previous and text[span.start - 1 : span.start] in "-–/":
        return None
    named = w.entries("named_months")
    if previous in named["before"] or following in named["after"]:
        return None
    possessive = text[span.end : span.end + 2] in ("'s", "’s")
    if word not in _NAMES:
        return expression
    lower_noun = following[:1].islower()
    if word.lower() == "may":
        if _PERSON_MAY.search(text[max(0, span.start - _AROUND) : span.end + _AROUND]) and low not in (
            "in",
            "since",
            "until",
        ):
            return None
        if low in _list("sure_leads") - {"by", "from", "before"}:
            return None if possessive and not re.match(r".{2}\s[a-z]", text[span.end : span.end + 4]) else expression
        if low in ("by", "from", "before", "of", "after", "for", "to", "and", "through", "or"):
            person = possessive or following in ("said", "says", "has", "had", "will", "would", "is")
            return None if person else expression
        return expression if low in _list("determiners") and lower_noun else None
    if word.lower() == "march" and following in ("of", "on", "for", "to") and low not in _list("sure_leads"):
        return None
    if low in _list("sure_leads"):
        return expression
    if low in _list("weak_leads"):
        # "and April Glaspie"
        return None if following[:1].isupper() else expression
    if low in _list("determiners"):
        return expression if lower_noun or possessive else None
    return expression if not following[:1].isupper() and not previous[:1].isupper() and not lower_noun else None


def _month(expression: Expression, text: str) -> Expression | None:
    fields = expression.fields
    if fields.others:
        return expression
    if fields.day is None and fields.year is None and fields.year_shift is None and fields.last_month is None:
        if fields.part is None:
            return _bare_month(expression, text)
        month_word = re.split(r"[\s-]", expression.text)[-1]
        return None if month_word.rstrip(".").lower() not in {m.lower() for m in w.full_months()} else expression
    if fields.month is None:
        return expression
    if fields.last_month is not None and fields.day is None:
        named = w.entries("named_months")["before"]
        if fields.last_month == fields.month or _previous(text, expression.span.start)[0] in named:
            return None
    previous, adjacent = _previous(text, expression.span.start)
    if fields.day is not None and fields.year is None and fields.last_day is None:
        # "In June 20 people died" is June
        counted = _next(text, expression.span.end) in _list("counted") | {"million", "billion", "thousand", "per"}
        first = re.match(r"[A-Z][a-z]+\.?", expression.text)
        if counted and previous.lower() in ("in", "since", "during") and first and fields.weekday is None:
            span = dataclasses.replace(expression.span, end=expression.span.start + len(first[0]))
            return dataclasses.replace(expression, span=span, text=first[0], fields=Fields(month=fields.month))
    if adjacent and previous.lower() in ("last", "next") and fields.year is None and fields.year_shift is None:
        return dataclasses.replace(expression, fields=dataclasses.replace(fields, shift=SHIFTS[previous.lower()]))
    # "Sun" and "Sat" alone before a month are names, not weekdays, where no day follows
    return expression


def year_strength(expression: Expression, text: str) -> int:
    """How surely a bare number is a year: 2 sure, 1 only as part of a range or list, 0 not."""
    span, year = expression.span, expression.fields.year or 0
    before = text[max(0, span.start - _BEFORE) : span.start]
    previous, adjacent = _previous(text, span.start)
    following, low = _next(text, span.end), previous.lower()
    after = text[span.end : span.end + 2]
    quantity = following.lower() in _list("counted") or following in _list("time_zones")
    if re.match(r"(?i)(?:pre|post)-", expression.text):
        return 2
    if expression.text[:1] in "'’":
        return 2 if low in ("of", "in", "since", "from", "until", "by", "before", "after") else 0
    other = re.match(r"\s?(?:to|and|or|-|–)\s?\d{3,5}\s([\w-]+)", text[span.end : span.end + 40])
    if other is not None and (other[1].lower() in _list("counted") or other[1] in _list("time_zones")):
        return 0
    if _AT_LEAST.search(before):
        return 2
    if previous.rstrip(".") in _list("numbered") and low not in ("over", "than", "around"):
        return 0
    if not 1000 <= year <= 2199 or (year < 1400 and low not in ("in", "since", "year")):
        return 0
    round_number = year % 50 == 0
    if before.endswith("(") and after[:1] == ")":
        return 2 if year >= 1800 else 0
    if quantity and (round_number or low not in ("in", "since", "by", "until", "during", "the")):
        return 0
    if low in _list("sure_leads") or low == "year":
        return 2 if adjacent else 0
    if re.search(r"(?:1[0-9]|20|21)\d\d(?:,| and| or| to|, and)[ \n]$", before):
        return 2
    plural = following.endswith("s") and following[:1].islower() and following not in ("was", "is", "has", "as", "this")
    if low in _list("weak_leads") and adjacent:
        if round_number and (plural or low != "of"):
            return 1
        return 0 if low == "of" and plural and quantity else 2 if year >= 1500 else 1
    if adjacent and (low in _list("determiners") or low.endswith(("'s", "’s", "s'", "s’"))):
        return 0 if (round_number and plural) or not following else 2
    if after in ("'s", "’s"):
        return 2
    if not before.strip() or before.rstrip()[-1:] in '.;:"“(':
        if following.lower() in ("was", "is", "saw", "has", "had", "will", "began", "brought", "marks", "marked"):
            return 2
        return 2 if not round_number and 1900 <= year <= 2100 and following[:1].islower() else 1
    if before.rstrip().endswith(","):
        return 2 if re.search(r"[A-Z][a-z]+,\s$", before) and 1800 <= year <= 2100 and not round_number else 1
    return 1


def _weekday(expression: Expression, text: str) -> Expression | None:
    previous, _ = _previous(text, expression.span.start)
    if previous in _list("named_weekdays") or previous.lower() in ("every", "each", "happy", "most", "any"):
        return None
    return expression


def _season(expression: Expression, text: str) -> Expression | None:
    fields, words = expression.fields, expression.text.split()
    if fields.year is not None or fields.shift is not None or fields.year_shift is not None:
        return expression
    following = _next(text, expression.span.end)
    if words[-1][:1].isupper() or (len(words) == 2 and words[0].lower() == "in"):
        return None
    if fields.name == "fall":
        led = words[0].lower() in ("in", "by", "until", "since", "during") and "the" in [x.lower() for x in words]
        return expression if led and following not in ("of", "in", "from", "guy", "and") else None
    return expression if "the" in [x.lower() for x in words] or len(words) > 1 else None


def _holiday(expression: Expression, text: str) -> Expression | None:
    fields, following = expression.fields, _next(text, expression.span.end)
    previous, adjacent = _previous(text, expression.span.start)
    if previous in ("Merry", "Happy", "Father", "Good", "every", "Every") or _is_title(previous):
        return None
    if fields.year is not None or fields.year_shift is not None or fields.shift is not None:
        return expression
    if (w.holiday_rules()[(fields.name or "").lower()]).get("with_year"):
        return None
    if following[:1].isupper() and following not in w.full_weekdays() and following not in w.full_months():
        return None
    if adjacent and previous.lower() in _list("holiday_leads"):
        return expression
    return expression if not following else None


def _ago(expression: Expression, text: str) -> Expression | None:
    """Directions that need something after them ("back", "before", "after") are checked for it."""
    name, end = expression.fields.name, expression.span.end
    closed = re.match(r"\s*(?:[.,;:)—–\"”!?]|$)", text[end : end + 6]) is not None
    if name in ("back", "beforehand", "previously", "before") and not closed:
        return expression if name == "before" else None
    if name in ("after", "afterward", "afterwards"):
        return expression if name == "after" else None
    return expression


def _day(expression: Expression, text: str) -> Expression | None:
    previous, adjacent = _previous(text, expression.span.start)
    if expression.text == "Today" and adjacent and (previous in _list("media_today") or previous[:1].isupper()):
        return None
    return expression


def check(expression: Expression, text: str) -> tuple[Expression | None, bool]:
    """The expression as it may stay, None where it is no date; and whether it is weak: only good inside a range."""
    kind = expression.kind
    if kind == "date":
        return _month(expression, text), False
    if kind == "year" and expression.fields.last_year is None and expression.fields.part is None:
        strength = year_strength(expression, text)
        return (expression if strength else None), strength == 1
    if kind == "year" and expression.fields.last_year is not None:
        following, (previous, _) = _next(text, expression.span.end), _previous(text, expression.span.start)
        quantity = following.lower() in _list("counted") or following in _list("time_zones")
        return (None if quantity or previous.rstrip(".") in _list("numbered") else expression), False
    checks = {"weekday": _weekday, "season": _season, "holiday": _holiday, "ago": _ago, "day": _day}
    return (checks[kind](expression, text) if kind in checks else expression), False
