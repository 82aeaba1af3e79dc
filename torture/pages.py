"""Tiny articles for the torture: each is coded in a tenth of a second, and together they need every table."""

from __future__ import annotations

import datetime as dt
import json
import random
from pathlib import Path

_TEXTS = (
    ("wire-1", "https://wire.example/1", "2024-09-14", "China and Russia signed an accord on grain worth 3 billion "
     "dollars in Harbin on Saturday. Chinese Premier Li Qiang said the two countries would build a second bridge."),
    ("post-1", "https://post.example/1", "2024-09-15", "China and Russia signed an accord on grain worth 3 billion "
     "dollars in Harbin on Saturday, officials said."),
    ("wire-2", "https://wire.example/2", "2024-09-16", "Mongolia said that its trade with China rose 24.5 percent "
     "last year. The budget of the joint railway will double."),
    ("post-2", "https://post.example/2", "2024-09-17", "Russia condemned new sanctions of the United States on "
     "Monday. \"We will answer in kind,\" Russian Foreign Minister Sergey Lavrov told reporters."),
    ("mail-1", "https://mail.example/1", "2024-09-18", "Russia condemned sanctions of the United States on Monday. "
     "Analysts expect both sides to meet at the United Nations before the end of the year."),
    ("wire-3", "https://wire.example/3", "2024-09-19", "India expelled two diplomats of Pakistan on Thursday. "
     "Pakistan denied the accusations and accused India of espionage."),
    ("post-3", "https://post.example/3", "2024-09-19", "Pakistan expelled three diplomats of India on Thursday."),
    ("wire-2", "https://wire.example/2", "2024-09-20", "Mongolia said that its trade with China rose 23.5 percent "
     "last year, a correction of an earlier report. The budget of the joint railway will double."),
)  # fmt: skip


def written(folder: Path, name: str = "pages.jsonl") -> Path:
    """The articles as a file of JSON Lines; one page is revised by the last of them."""
    path = folder / name
    rows = [
        json.dumps({"id": id, "url": url, "date": date, "source": id.partition("-")[0], "text": text})
        for id, url, date, text in _TEXTS
    ]
    path.write_text("\n".join(rows) + "\n", encoding="utf8")
    return path


_STATES = ("China", "Russia", "India", "Pakistan", "Mongolia", "Kenya", "Uganda", "Egypt", "Sudan", "Brazil")
_ACTS = (
    "{a} and {b} signed an accord on {thing} worth {n} billion dollars on {day}.",
    "{a} condemned new sanctions of {b} on {day}. Analysts expect both sides to meet before the end of the year.",
    "{a} expelled {n} diplomats of {b} on {day}. {b} denied the accusations and accused {a} of espionage.",
    "{a} said on {day} that its trade with {b} rose {n}.5 percent last year.",
    "\"We will send aid to {b},\" the foreign minister of {a} said on {day}, and promised {n} million dollars.",
)  # fmt: skip
_THINGS = ("grain", "gas", "fishing", "rail", "water")


def one(folder: Path, name: str, dice: random.Random) -> Path:
    """A file with one more small article, of a random day of a year."""
    a, b = dice.sample(_STATES, 2)
    day = dt.date(2024, 1, 1) + dt.timedelta(days=dice.randrange(366))
    acts = dice.sample(_ACTS, dice.randint(1, 2))
    text = " ".join(
        act.format(a=a, b=b, thing=dice.choice(_THINGS), n=dice.randint(2, 90), day=f"{day:%A}") for act in acts
    )
    row = {"id": name, "url": f"https://wire.example/{name}", "date": day.isoformat(), "source": "wire", "text": text}
    path = folder / f"{name}.jsonl"
    path.write_text(json.dumps(row) + "\n", encoding="utf8")
    return path
