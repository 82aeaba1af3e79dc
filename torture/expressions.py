"""Every regular expression that Communique compiles, against strings made to hurt it.

The expressions are not listed anywhere: `re` is watched while all modules are imported and everything is done once.
The strings are made out of each expression: what it repeats, many times, after what stands before, and a sign that
does not fit at the end. That is what makes an expression with two ways to the same string try all of them.
"""

from __future__ import annotations

import random
import re
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

LENGTH = 2_000  # characters of a hostile string
LIMIT = 1.0  # seconds of a core for one expression and one string
_LINE = 300  # characters of a line that has to fit as a whole
_SAMPLES = 6  # of what an expression repeats
_PUMPS = 400  # ways to hurt it that are tried
_AT_ONCE = 60  # strings that one process takes
_ENDS = ("!", "\x00\n", "")
UNITS = (
    "a", " ", "1", "1,", "\n", '"', "(", "A. ", "the ", "a-", "_", "$1 ", "former ", "June 5, ", "www.", "@", "’",
    "“a ", "\t\n", "x, y, ", "<a ", ".", "1.1", "-", "\u00a0", "Mr. A ", "of the ", "last week ", "Aa ", "É",
)  # fmt: skip
Pattern = re.Pattern[str] | re.Pattern[bytes]


def collected() -> dict[Pattern, str]:
    """All expressions that the package compiles, with the file that did."""
    found: dict[Pattern, str] = {}
    compile_, home = re._compile, f"{Path('communique')}{'/'}"  # type: ignore[attr-defined]

    def watching(pattern: Any, flags: Any) -> Any:
        made = compile_(pattern, flags)
        frame = sys._getframe(1)
        while frame and frame.f_code.co_filename.endswith(("/re/__init__.py", "/torture/expressions.py")):
            frame = frame.f_back  # type: ignore[assignment]
        name = frame.f_code.co_filename if frame else ""
        if f"/{home}" in name and made not in found:
            found[made] = name.rsplit(f"/{home}", 1)[1]
        return made

    re._compile = watching  # type: ignore[attr-defined]
    try:
        _everything()
    finally:
        re._compile = compile_  # type: ignore[attr-defined]
    return found


def _everything() -> None:
    """Imports every module and does everything once."""
    import importlib
    import pkgutil

    import communique

    for module in pkgutil.walk_packages(communique.__path__, "communique.", onerror=lambda name: None):
        if module.name.rsplit(".", 1)[-1] not in ("__main__", "reference"):
            importlib.import_module(module.name)
    from torture import pages, server

    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        server.warm(pages.written(folder), folder)
        sample = communique.ingest.from_text("By Ada Stone\n\nChina and Russia signed an accord on June 5.", id="a")
        getattr(communique, "code")(sample.text, date="2019-06-06")  # noqa: B009 - a folder's name to a type checker, too
        communique.ingest.from_html("<html><title>A - B</title><p>China and Russia signed an accord.</p>", id="b")


def expressions() -> dict[str, Any]:
    """Tries all of them in watched processes; an expression fails where one string takes longer than LIMIT."""
    from torture import watch

    start = time.monotonic()
    found = sorted(collected().items(), key=lambda pair: (pair[1], str(pair[0].pattern)))
    # some have hundreds of ways to be hurt: a process takes a part of their strings
    held = [(pattern, name, list(strings(pattern))) for pattern, name in found]
    jobs = [(pattern, name, part) for pattern, name, every in held for part in _parts(every)]
    slow: list[tuple[float, int]] = []
    faults = list(watch.watched(0, len(jobs), lambda number: attack(jobs[number][0], jobs[number][2]), slow))
    wrong = [f"{jobs[fault.number][1]} {jobs[fault.number][0].pattern[:80]!r}: {fault.what}" for fault in faults]
    return {
        "expressions": len(found),
        "strings": sum(len(every) for _, _, every in held),
        "slowest": [[round(seconds, 2), jobs[number][1]] for seconds, number in slow[:5]],
        "what was wrong": wrong[:40],
        "failed": len(wrong),
        "seconds": round(time.monotonic() - start),
    }


def _parts(lines: list[str]) -> Iterator[list[str]]:
    for first in range(0, len(lines), _AT_ONCE):
        yield lines[first : first + _AT_ONCE]


def attack(pattern: Pattern, lines: Iterable[str] | None = None) -> None:
    """Raises where the expression takes longer than LIMIT on one of these strings, or of its own.

    What fits at once is not hurt: so the whole of a line is asked for, too, of a length that lines of a page have.
    """
    for line in strings(pattern) if lines is None else lines:
        given: Any = line.encode("utf8", "replace") if isinstance(pattern.pattern, bytes) else line
        start = time.process_time()
        for _ in pattern.finditer(given):
            pass
        pattern.match(given)
        pattern.fullmatch(given[:_LINE] + given[-2:])
        spent = time.process_time() - start
        if spent > LIMIT:
            raise AssertionError(f"{spent:.1f} s on {line[:60]!r}")


def strings(pattern: Pattern) -> Iterator[str]:
    """Hostile strings for an expression: general ones, and those that its own repetitions ask for."""
    for unit in UNITS:
        yield _long("", unit) + "!"
    text = pattern.pattern
    tree = re._parser.parse(text, pattern.flags & ~re.LOCALE)  # type: ignore[attr-defined]
    dice = random.Random(ascii(text))  # it may hold half characters
    pumps = sorted(set(_pumps(tree, "", dice)))
    for before, unit in dice.sample(pumps, min(len(pumps), _PUMPS)):
        for end in _ENDS:
            yield _long(before, unit) + end


def _long(before: str, unit: str) -> str:
    return before + (unit * (LENGTH // len(unit) + 1))[:LENGTH]


def _pumps(tree: Any, before: str, dice: random.Random) -> Iterator[tuple[str, str]]:
    """What stands before each repetition of an expression, and what it repeats."""
    for op, value in tree:
        name = str(op)
        if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            _, most, body = value
            if int(most) > 8:
                for _ in range(_SAMPLES):
                    unit = _sample(body, dice)
                    if unit:
                        yield before, unit
            yield from _pumps(body, before, dice)
        elif name == "SUBPATTERN":
            yield from _pumps(value[3], before, dice)
        elif name == "BRANCH":
            for branch in value[1]:
                yield from _pumps(branch, before, dice)
        elif name in ("ASSERT", "ASSERT_NOT"):
            yield from _pumps(value[1], before, dice)
        elif name == "ATOMIC_GROUP":
            yield from _pumps(value, before, dice)
        before = (before + _sample([(op, value)], dice))[-200:]


_CLASSES = {
    "CATEGORY_DIGIT": "1", "CATEGORY_NOT_DIGIT": "a", "CATEGORY_SPACE": " ", "CATEGORY_NOT_SPACE": "a",
    "CATEGORY_WORD": "a", "CATEGORY_NOT_WORD": " ",
}  # fmt: skip


def _sample(tree: Any, dice: random.Random) -> str:
    """A short string that the expression, or a part of it, takes."""
    parts = []
    for op, value in tree:
        match str(op):
            case "LITERAL":
                parts.append(chr(value))
            case "NOT_LITERAL":
                parts.append("a" if value != ord("a") else "b")
            case "ANY":
                parts.append(dice.choice("a 1"))
            case "IN":
                parts.append(_one_of(value, dice))
            case "CATEGORY":
                parts.append(_CLASSES.get(str(value), "a"))
            case "BRANCH":
                parts.append(_sample(dice.choice(value[1]), dice))
            case "SUBPATTERN":
                parts.append(_sample(value[3], dice))
            case "ATOMIC_GROUP":
                parts.append(_sample(value, dice))
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                times = max(int(value[0]), dice.randint(0, 1) if int(value[1]) else 0)
                parts += [_sample(value[2], dice) for _ in range(min(times, 40))]
            case _:  # places, looks ahead and behind, references: nothing of their own
                pass
    return "".join(parts)


def _one_of(choices: Any, dice: random.Random) -> str:
    """A character of a class."""
    if str(choices[0][0]) == "NEGATE":
        taken = re.compile(f"[{re.escape(_spelt(choices[1:]))}]") if _spelt(choices[1:]) else None
        fit = [sign for sign in "aA1 ,.-\"'(" if not (taken and taken.match(sign))]
        return dice.choice(fit or ["a"])
    op, value = dice.choice(list(choices))
    match str(op):
        case "LITERAL":
            return chr(value)
        case "RANGE":
            return chr(dice.randint(value[0], value[1]))
        case _:
            return _CLASSES.get(str(value), "a")


def _spelt(choices: Any) -> str:
    """The literal characters of a class."""
    found = []
    for op, value in choices:
        if str(op) == "LITERAL":
            found.append(chr(value))
        elif str(op) == "RANGE":
            found += [chr(code) for code in range(value[0], min(value[1], value[0] + 200) + 1)]
        elif str(op) == "CATEGORY":
            found.append({"CATEGORY_SPACE": " \t\n", "CATEGORY_DIGIT": "1", "CATEGORY_WORD": "aA1"}.get(str(value), ""))
    return "".join(found)
