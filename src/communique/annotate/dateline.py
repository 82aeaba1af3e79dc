"""What stands before a sentence and is none of its words: "TIRANA, May 5 (AP) -- ", "MR DALE: ", "16.20: "."""

from __future__ import annotations

import re

# words have an end: a line of capitals without one is tried in no time
_CITY = r"[A-Z][A-Z'’.\-]{2,30}(?:[ /][A-Z'’.\-]{2,30}){0,3}"
_PLAIN = r"[A-Z][\w.'’\-]{1,30}(?:[ /][A-Z][\w.'’\-]{1,30}){0,3}"
_REGION = (
    r"(?:,\s(?!Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
    r"[A-Z][\w.'’\-]{0,30}(?:\s[A-Z][\w.'’\-]{0,30}){0,2}){0,2}"
)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DATE = rf"(?:,?\s(?:{_MONTH}\s\d{{1,2}}|\d{{1,2}}\s{_MONTH})(?:,?\s\d{{4}})?,?)"
_AGENCY = r"\s?\([A-Z][\w/.,& \-]{1,40}\)"
_DASH = r"\s?(?:--+|[-–—])\s+"
_NEXT = r"(?=[\"“”‘'A-Z0-9])"
# a city in capitals needs nothing more; another needs a date or an agency beside it
DATELINE = re.compile(
    rf"\s*(?:{_CITY}{_REGION}{_DATE}?(?:{_AGENCY})?(?:{_DASH}|\s?:\s+)"
    rf"|(?:\w+\s)?{_PLAIN}{_REGION}(?:{_DATE}(?:{_AGENCY})?|{_DATE}?{_AGENCY}){_DASH}"
    rf"|\((?:AP|AFP|CNN|Reuters|UPI|Xinhua|TASS|dpa|DPA)\)(?:{_DASH}|\s+)){_NEXT}"
)
# "MR DALE:", "DR. OKORO (in French):", "Q:"; longer ones in capitals are datelines by their form
_SPEAKER = (
    r"(?:(?:MR|MS|MRS|DR|AMB|SEN|REP|GEN|COL|LT|PM|FM)\.?"
    r"(?:\s[A-Z][A-Z'’.\-]{1,30}){1,4}(?:\s\([^)]{0,40}\))?|Q|A)\s?:\s+"
)
_SPOKEN = r"[A-Z][A-Z'’.\-]{2,30}(?:\s[A-Z][A-Z'’.\-]{1,30}){0,4}\s\([^)]{0,40}\)\s?:\s+"
# "16.20:", "09:15 GMT -", "11:45 a.m. LOCAL"
_ZONE = r"(?:GMT|BST|UTC|CEST|CET|EET|MSK|EDT|EST|ET|PST|IST|JST|AEST|WAT|SAST|HKT|local time|local|LOCAL)"
_HALF = r"(?:am|pm|AM|PM|a\.m\.|p\.m\.)"
_TIME = rf"\d{{1,2}}[.:h]\d{{2}}(?:\s?{_HALF})?(?:\s{_ZONE})?(?:\s?(?::|--+|[-–—|]))\s+"
_CLOCK = rf"\d{{1,2}}[.:]\d{{2}}(?:\s?{_HALF}\s{_ZONE}|\s?{_HALF}|\s{_ZONE})\s+"
# "Update:", "UPDATE 2 -", "Breaking:"
_NOTE = (
    r"(?:Updated?|UPDATED?|Breaking(?:\snews)?|BREAKING(?:\sNEWS)?|Just in|JUST IN|Live|LIVE|Latest|LATEST|Correction|"
    r"CORRECTION|Exclusive|EXCLUSIVE|Analysis|ANALYSIS|Explainer|EXPLAINER|Watch|WATCH|Factbox|FACTBOX|Summary|SUMMARY|Note|Flash|FLASH)"
    r"(?:\s\d{1,2})?(?:\s?:|\s(?:--+|[-–—|]))\s+"
)
LABEL = re.compile(rf"\s*(?:{_SPEAKER}|{_SPOKEN}|{_TIME}|{_CLOCK}|{_NOTE})(?=[\"“”‘'(A-Z0-9])")


def dateline(paragraph: str) -> int:
    """How many characters of a paragraph are its dateline, speaker's label or time; 0 where it has none."""
    start, head = 0, paragraph[:160]
    for _ in range(2):  # "16.20: Update: ", "ROME: Q: "
        match = LABEL.match(head, start) or DATELINE.match(head, start)
        if match is None:
            break
        start = match.end()
    return start
