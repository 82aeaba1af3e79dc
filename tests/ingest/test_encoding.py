"""Bytes of every origin become text, and what was done to them is said."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.ingest.encoding import binary, decode, mojibake, repair, whole_characters

SENTENCE = "The minister said “never” – and it’s final. Zürich’s café agreed with the visitors. " * 3
RUSSIAN = "Президент встретился в Пекине с председателем и министром иностранных дел. " * 4
CHINESE = "国家主席在北京会见了总统，双方签署了协议。" * 6


def test_utf_8_needs_no_word() -> None:
    read = decode(SENTENCE.encode())
    assert (read.text, read.encoding, read.warnings) == (SENTENCE, "utf-8", ())


@pytest.mark.parametrize(
    ("bom", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_names_the_encoding_and_is_dropped(bom: bytes, encoding: str) -> None:
    read = decode(bom + SENTENCE.encode(encoding))
    assert read.text == SENTENCE
    assert read.encoding == encoding
    assert "byte order mark" in read.warnings[0]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (SENTENCE, "cp1252"),
        (SENTENCE, "utf-16-le"),
        (SENTENCE, "utf-16-be"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (CHINESE, "gb18030"),
        (CHINESE, "big5"),
    ],
)
def test_other_encodings_are_detected_and_named(text: str, encoding: str) -> None:
    try:
        data = text.encode(encoding)
    except UnicodeEncodeError:
        text = text.replace("国", "國").replace("会见", "會見").replace("总统", "總統").replace("双", "雙")
        data = text.replace("签", "簽").replace("协议", "協議").replace("总", "總").encode(encoding, "ignore")
        text = data.decode(encoding)
    read = decode(data)
    assert read.text == text
    assert read.warnings[0].startswith("not UTF-8")


def test_what_a_page_declares_is_believed_where_it_is_not_utf_8() -> None:
    assert decode("Żółw i gęś idą".encode("iso8859-2"), declared="iso-8859-2").text == "Żółw i gęś idą"


def test_utf_8_with_one_broken_byte_stays_utf_8() -> None:
    read = decode(SENTENCE.encode() + b"\xff" + SENTENCE.encode())
    assert read.encoding == "utf-8"
    assert read.text.count("\ufffd") == 1
    assert any("broken at byte" in warning for warning in read.warnings)


@pytest.mark.parametrize("wrong", ["cp1252", "latin-1"])
def test_utf_8_that_was_once_read_in_another_encoding_is_read_back_and_noted(wrong: str) -> None:
    meant = "The minister said “never” – it’s final. Zürich’s café agreed."
    twisted = meant.encode().decode(wrong, "replace").encode()
    read = decode(twisted)
    assert read.text == meant
    assert any("read back" in warning for warning in read.warnings)


def test_one_such_sign_alone_may_be_meant_and_is_left() -> None:
    assert repair("The sign Ã¤ alone") == ("The sign Ã¤ alone", 0)


def test_ordinary_accents_are_no_mojibake() -> None:
    assert mojibake("Ça va, señor? Ärger über Öl, naïve façade, Đà Nẵng, ‘quoted’ “text” – €5") == 0


@pytest.mark.parametrize(
    "data", [bytes(range(256)) * 4, b"%PDF-1.7 text", b"\x89PNG\r\n", b"PK\x03\x04rest", b"text\0with\0nul bytes"]
)
def test_binary_files_are_told_from_text(data: bytes) -> None:
    assert binary(data)


@pytest.mark.parametrize("text", [SENTENCE, RUSSIAN, "A\tB\r\nC\x0cD"])
def test_text_is_not_taken_for_binary(text: str) -> None:
    assert not binary(text.encode())
    assert not binary(text.encode("utf-16"))


def test_halves_of_characters_are_joined_or_replaced() -> None:
    assert whole_characters("a\ud83d\ude00b") == "a😀b"
    assert whole_characters("a\ud800b") == "a\ufffdb"


@given(st.binary(max_size=400))
def test_any_bytes_become_text_without_an_error(data: bytes) -> None:
    read = decode(data)
    assert isinstance(read.text, str)
    read.text.encode()


@given(st.text(max_size=200))
def test_utf_8_text_comes_back_as_it_was_unless_it_is_mojibake_or_has_a_mark(text: str) -> None:
    if not mojibake(text) and not text.startswith("\ufeff"):
        assert decode(text.encode()).text == text
