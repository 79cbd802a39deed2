"""Which signs the ids of sections have."""

from __future__ import annotations

import re
import sys
import unicodedata

import pytest

from publish.idsigns import ID_SIGN, join_words, replace_others
from publish.reading.blocks.headings import make_slug

NAME_SIGN = re.compile(
    "[-.0-9:_a-zA-Z\u00b7\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u037d\u037f-\u1fff\u200c\u200d\u203f"
    "\u2040\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff]*"
)
"""NameChar of XML: https://www.w3.org/TR/xml/#NT-NameChar."""
MARKS = {"Mn", "Mc", "Me"}


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    ("heading", "slug"),
    [
        ("مُقَدِّمة", "مُقَدِّمة"),
        ("मानव अधिकारों की सार्वभौम घोषणा", "मानव-अधिकारों-की-सार्वभौम-घोषणा"),
        ("วิธีการที่ใช้", "วิธีการที่ใช้"),
        ("ශ්‍රී ලංකාව", "ශ්රී-ලංකාව"),
        ("می‌خواهم", "می-خواهم"),
        ("İnsan hakları", "i̇nsan-hakları"),
        ("Cafe\u0301 — ete\u0301", "café-eté"),
        ("1️⃣ First ❤️ and 葛󠄀城", "1-first-and-葛城"),
        ("a \u0301b", "a-b"),
        ("\u0301", "section"),
        ("What’s new: 1.1 (a_b)", "what-s-new-1-1-a-b"),
        ("Art. 8 — «Права»", "art-8-права"),
    ],
)
def test_ids_keep_the_marks_of_letters(heading: str, slug: str) -> None:
    assert make_slug(heading) == slug


def test_words_that_differ_in_marks_alone_have_ids_that_differ() -> None:
    assert len({make_slug(one) for one in ("दिन", "दीन", "दान", "दन", "देन")}) == 5


def test_every_mark_of_a_letter_is_a_sign_of_an_xml_name() -> None:
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    marks = [one for one in every if unicodedata.category(one) in {"Mn", "Mc"}]
    assert all(NAME_SIGN.fullmatch(join_words(f"a{one}")) for one in marks)
    assert sum(join_words(f"a{one}") != "a" for one in marks) > 2000


def test_without_marks_an_id_is_what_it_was() -> None:
    every = (chr(code) for code in range(0xD800))
    unmarked = (one for one in every if not set(map(unicodedata.category, nfc(one))) & MARKS)
    plain = "".join(f"a{one}b" for one in unmarked)
    assert join_words(plain) == re.sub(r"[\W_]+", "-", plain).strip("-")
    assert replace_others(plain) == re.sub(r"[^\w-]", "-", nfc(plain))


def test_every_id_that_is_made_can_be_typed() -> None:
    every = "".join(chr(code) for code in range(0xD800))
    typed = re.compile(f"[{ID_SIGN}-]+")
    assert typed.fullmatch(replace_others(every))
    assert typed.fullmatch(join_words(every))
