"""Bytes become text: which encoding it was, whether it was read wrongly once before, and what was repaired.

Nothing is changed silently: every guess and every repair is a warning of the Document.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes
from resiliparse.parse.encoding import detect_encoding

SAMPLE = 200_000  # bytes that the detectors look at
NORMALIZED = 20_000  # bytes that the slower detector looks at
FEW = 0.03  # a text with no larger share of bytes beyond ASCII is in Latin letters
CANDIDATES = ["cp1252", "cp1251", "koi8_r", "cp1250", "cp1254", "gb18030", "shift_jis", "big5", "euc_kr", "euc_jp"]
BINARY_SHARE = 0.05  # more control characters than this in a sample is not text

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNDEFINED = frozenset((0x81, 0x8D, 0x8F, 0x90, 0x9D))  # bytes that Windows-1252 leaves free
_CONTROL = bytes(byte for byte in range(32) if byte not in b"\t\n\r\x0b\x0c\x1b")
# UTF-8 that was read as a Western one-byte encoding: a lead byte's letter and the signs of the bytes that follow it.
_HIGH = (
    "\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013\u2014\u2018-\u201a\u201c-\u201e"
    "\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122"
)
_LOST_QUOTE = "\u00e2\u20ac\ufffd"  # a closing quote, whose last byte Windows-1252 does not have
_MOJIBAKE = re.compile(
    f"{_LOST_QUOTE}|[\u00c2-\u00df][{_HIGH}]|[\u00e0-\u00ef][{_HIGH}]{{2}}|[\u00f0-\u00f4][{_HIGH}]{{3}}"
)
_LEADS = re.compile("[\u00c2-\u00f4]")  # what all of them begin with
# What files begin with that are no text.
_SIGNATURES = (
    *(b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"\x7fELF", b"SQLite format 3", b"Rar!"),
    *(b"7z\xbc\xaf", b"BZh9", b"\xfd7zXZ", b"\xd0\xcf\x11\xe0", b"OggS", b"ID3\x03", b"ID3\x04", b"MZ\x90"),
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with the encoding it was in and what there is to say about it."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def binary(data: bytes) -> bool:
    """Whether bytes are no text: a known signature, or control bytes that no UTF-16 or UTF-32 explains."""
    head = data[:SAMPLE]
    if head.startswith(_SIGNATURES):
        return True
    if any(head.startswith(bom) for bom, _ in _BOMS) or _wide(head):
        return False
    if b"\0" in head:
        return True
    return len(head) - len(head.translate(None, _CONTROL)) > BINARY_SHARE * len(head)


def _wide(head: bytes) -> str | None:
    """UTF-16 without a byte order mark: every second byte of Latin text is zero."""
    pairs = len(head) // 2
    if pairs < 4:
        return None
    even, odd = head[0 : 2 * pairs : 2].count(0), head[1 : 2 * pairs : 2].count(0)
    if odd > 0.6 * pairs and even < 0.05 * pairs:
        return "utf-16-le"
    if even > 0.6 * pairs and odd < 0.05 * pairs:
        return "utf-16-be"
    return None


def decode(data: bytes, *, declared: str | None = None) -> Decoded:
    """The text of bytes: UTF-8 first, then byte order marks, what the page declares, and detection.

    Never fails: what no encoding can read becomes U+FFFD with a warning. Text that was read in the wrong encoding
    once before it was stored is read back where that is possible without loss.
    """
    plain = _decode(data, declared)
    repaired, count = repair(plain.text)
    if not count:
        return plain
    note = f"{count} characters that were UTF-8 read as a one-byte encoding were read back"
    return Decoded(repaired, plain.encoding, (*plain.warnings, note))


def _decode(data: bytes, declared: str | None) -> Decoded:
    for bom, name in _BOMS:
        if data.startswith(bom):
            text = data[len(bom) :].decode(name, "replace")
            return Decoded(text, name, ("a byte order mark was dropped", *_lost(text)))
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as fault:
        stray = fault
    wide = _wide(data[:SAMPLE])
    if wide:
        text = data.decode(wide, "replace")
        return Decoded(text, wide, (f"not UTF-8: read as {wide}", *_lost(text)))
    if _nearly_utf8(data):
        text = data.decode("utf-8", "replace")
        return Decoded(text, "utf-8", (f"UTF-8 is broken at byte {stray.start}", *_lost(text)))
    name = _usable(declared) or _detected(data)
    text = data.decode(name, "replace")
    return Decoded(text, name, (f"not UTF-8: read as {name}", *_lost(text)))


def _nearly_utf8(data: bytes) -> bool:
    """Whether only a few sequences are broken: UTF-8 with a fault, not another encoding."""
    sample = data[:SAMPLE]
    high = sum(byte >= 0x80 for byte in sample)
    broken = sample.decode("utf-8", "replace").count("\ufffd")
    return high >= 8 and broken <= 0.1 * high


def _usable(name: str | None) -> str | None:
    """The Python name of a declared encoding; Latin-1 means Windows-1252, as in browsers."""
    try:
        found = codecs.lookup(name).name if name else None
    except LookupError:
        return None
    if found in ("iso8859-1", "ascii"):
        return "cp1252"
    return None if found in (None, "utf-8") else found


def _detected(data: bytes) -> str:
    """The likeliest encoding. Where few bytes are beyond ASCII, as in English, they are the quotes and dashes of
    Windows-1252; else resiliparse says what it is, and charset-normalizer where that stays vague."""
    sample = data[:SAMPLE]
    high = [byte for byte in sample if byte >= 0x80]
    if len(high) <= FEW * len(sample) and not any(byte in _UNDEFINED for byte in high):
        return "cp1252"
    name = _usable(detect_encoding(sample))
    if name and name != "cp1252":
        return name
    best = from_bytes(sample[:NORMALIZED], cp_isolation=CANDIDATES).best()
    return "cp1252" if best is None else str(best.encoding)


def _lost(text: str) -> tuple[str, ...]:
    count = text.count("\ufffd")
    return (f"{count} characters could not be read and stand as \ufffd",) if count else ()


def mojibake(text: str) -> int:
    """How many sequences look like UTF-8 that was read as a one-byte encoding, as in "â€™"."""
    if text.isascii() or not _LEADS.search(text):
        return 0
    return sum(1 for match in _MOJIBAKE.finditer(text) if _back(match.group()) != match.group())


def repair(text: str) -> tuple[str, int]:
    """The text with such sequences read back, and how many there were; one alone may be meant and is left."""
    if mojibake(text) < 2:
        return text, 0
    count = 0

    def back(match: re.Match[str]) -> str:
        nonlocal count
        read = _back(match.group())
        count += read != match.group()
        return read

    return _MOJIBAKE.sub(back, text), count


def _back(sequence: str) -> str:
    """One sequence read as UTF-8; itself where that does not work."""
    if sequence == _LOST_QUOTE:
        return "\u201d"
    try:
        raw = b"".join(_byte(character) for character in sequence)
        return raw.decode("utf-8")
    except UnicodeError:
        return sequence


def _byte(character: str) -> bytes:
    """The byte a character stood for; the five bytes that Windows-1252 leaves free were passed through."""
    code = ord(character)
    return bytes([code]) if 0x80 <= code <= 0x9F else character.encode("cp1252")


def whole_characters(text: str) -> str:
    """The text with halves of characters (lone surrogates, as broken JSON holds them) joined or replaced by U+FFFD."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text
