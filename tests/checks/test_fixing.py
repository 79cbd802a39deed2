"""Repairs of translations: what is safe is done, everything else stays as it is."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.checks.fixing import fix_file, fix_text
from publish.errors import PublishError
from publish.languages.registry import find
from publish.model import plain
from publish.po.pofile import dump_po, parse_po
from publish.reading.msgstr import count_marks, parse_msgstr

ANY = st.characters(exclude_categories=["Cs"])
NASTY = st.text(
    st.sampled_from('aя ýу́ё\u00a0\u202f\u2009\u200b\u200d\ufeff""«»“”*_`[]()<>\\1- \n.') | ANY,
    max_size=40,
)


@pytest.mark.parametrize(
    ("tag", "before", "after", "done"),
    [
        ("ru", "Он сказал «да».", "Он сказал «да».", ()),
        ("ru", 'Он сказал "да".', "Он сказал «да».", ("straight quotes",)),
        ("tk", 'Ol "hawa" diýdi.', "Ol “hawa” diýdi.", ("straight quotes",)),
        ("en", 'He said "yes".', "He said “yes”.", ("straight quotes",)),
        ("ru", '*"да"*', "*«да»*", ("straight quotes",)),
        ("ru", 'Один "знак.', 'Один "знак.', ()),
        ("ru", '«А "б" в»', '«А "б" в»', ()),
        ("ru", 'экран 5" и 6"', 'экран 5" и 6"', ()),
        ("ru", '`x = "a"` и "б"', '`x = "a"` и «б»', ("straight quotes",)),
        ("fr", '"oui"  non', "«\u00a0oui\u00a0» non", ("doubled spaces", "straight quotes")),
        ("de", '"ja" nein', "„ja“ nein", ("straight quotes",)),
        ("fa", '"بله" نه', "«بله» نه", ("straight quotes",)),
        ("he", 'דו"ח ארוך', 'דו"ח ארוך', ()),
        ("fr", "« oui »\u00a0!", "« oui »\u00a0!", ()),
        ("ru", "и\u0306", "й", ("letters composed (NFC)",)),
        ("ru", "сло\u200bво\ufeff", "слово", ("invisible characters",)),
        ("fa", "می\u200cشود", "می\u200cشود", ()),
        ("tk", "a\u2009b", "a b", ("odd spaces",)),
        ("ru", "два  слова", "два слова", ("doubled spaces",)),
        ("ru", "№\u00a05", "№ 5", ("odd spaces",)),
        ("ru", "слово\u00a0слово", "слово\u00a0слово", ()),
        ("ru", "{joined}", "{joined}", ()),
        ("ru", "`a  b`", "`a  b`", ()),
        ("ru", "[а  б](1  2)", "[а б](1  2)", ("doubled spaces",)),
    ],
)
def test_repairs(tag: str, before: str, after: str, done: tuple[str, ...]) -> None:
    found = fix_text(before, find(tag))
    assert (found.text, found.done) == (after, done)


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFC", text)))


@pytest.mark.parametrize("tag", ["en", "ru", "tk", "fa"])
@given(NASTY)
def test_letters_and_marks_stay_and_a_second_repair_does_nothing(tag: str, text: str) -> None:
    language = find(tag)
    found = fix_text(text, language)
    again = fix_text(found.text, language)
    assert (again.text, again.done) == (found.text, ())
    if not found.done:
        assert found.text == text
        return
    try:
        before, after = parse_msgstr(text), parse_msgstr(found.text)
    except PublishError:
        pytest.fail("a text that cannot be read was repaired")
    assert count_marks(before) == count_marks(after)
    assert letters(plain(before)) == letters(plain(after))


PO = """\
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

#  untouched,  odd   form
msgid   "One  \\"a\\"."
msgstr  "Один."

# by hand
msgid "Two \\"b\\"."
msgstr "Два  \\"б\\"."

#~ msgid "Old."
#~ msgstr "\\"Старое\\"."
"""


def test_only_translations_that_need_it_are_written_anew() -> None:
    before = parse_po(PO.encode(), "x.po")
    after, done = fix_file(before, find("ru"))
    assert dump_po(after).decode() == PO.replace('Два  \\"б\\".', "Два «б».")
    ((entry, found),) = done
    assert entry.msgid == 'Two "b".'
    assert found.done == ("doubled spaces", "straight quotes")
    assert fix_file(after, find("ru")) == (after, ())
