"""Inputs made out of others: bytes that flip, pieces that go, come twice, change places or come from elsewhere."""

from __future__ import annotations

import random

# what readers stumble over: ends and beginnings, numbers, nesting, marks that nobody sees, letters that are none
TOKENS = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xc3", b"\r", b"\n\n\n",
    b"\x0b\x0c\x1c",
    "\u202e\u200b\u2066".encode(), "\u0420\u0435\u0301".encode(), "\u2028\u2029\x85".encode(), "\U000e0041".encode(),
    "\ufffd\ufeff".encode(), "\u0130\u01c5\ufb03".encode(), "\u0661\u0662\u00b2\u2460".encode(),
    b"-1", b"0", b"9" * 30, b"1e999", b"NaN", b"Infinity", b"2024-02-30", b"99999-13-45", b"0000-00-00",
    b"%s%n", b"\t" * 60,
    b"<" * 50, b"<div>" * 50, b"</div></p>", b"<!--", b"-->", b"<![CDATA[", b"]]>",
    b"<script>", b"<meta charset=utf-7>",
    b"<meta charset='x-user-defined'>", b"<base href='//x['>", b"&#0;&#x110000;&#xD800;", b"&amp;amp;", b"<svg><style>",
    b'<time datetime="2019-99-99T">', b'<meta property="article:published_time" content="24-00:00:99">',
    b'<script type="application/ld+json">{"datePublished":[[1]],"author":{"@id":3},"headline":null}</script>',
    b'{"text":', b"[" * 80, b'"\\ud800"', b"\\u0000", b"}\n{", b'"html": 1, ', b'"id": {"a": 1}, ', b'"date": [], ',
    b"WARC/1.0\r\n", b"Content-Length: -1\r\n", b"Content-Length: 99999999999999999999\r\n",
    b"Content-Encoding: gzip\r\n",
    b"Transfer-Encoding: chunked\r\n", b"\r\n\r\n", b"http://[::1", b"https://x.example/2024/13/99/",
    b"By By By ", b"MOSCOW (Reuters) - ", b"Updated 25:61, June 31, 0000 - ", b"$1.2.3,4 billion percent ", b"\"" * 40,
    b"the former then acting deputy vice prime minister " * 4, b"Copyright ", b"a." * 60, b"A" * 300, b" " * 300,
)  # fmt: skip
MOST = 12_000  # bytes of one input


def mutated(seed: bytes, other: bytes, dice: random.Random) -> bytes:
    """A few changes of a seed; other is where pieces come from."""
    data = bytearray(seed)
    for _ in range(1 + min(int(dice.expovariate(0.4)), 12)):
        kind, at = dice.randrange(9), dice.randrange(len(data) + 1)
        length = min(int(dice.expovariate(0.03)) + 1, 600)
        if kind == 0 and data:
            data[min(at, len(data) - 1)] ^= 1 << dice.randrange(8)
        elif kind == 1:
            data[at : at + 1] = bytes([dice.randrange(256)])
        elif kind == 2:
            del data[at : at + length]
        elif kind in (3, 4):
            data[at:at] = dice.choice(TOKENS)
        elif kind == 5:
            piece = data[at : at + length]
            data[at:at] = piece * dice.randint(1, 8)
        elif kind == 6:
            start = dice.randrange(len(other) + 1)
            data[at : at + dice.randrange(length)] = other[start : start + length]
        elif kind == 7:
            piece = data[at : at + length]
            del data[at : at + length]
            place = dice.randrange(len(data) + 1)
            data[place:place] = piece
        else:
            del data[at if dice.random() < 0.15 else len(data) :]
        del data[MOST:]
    return bytes(data)
