"""Last words of sentences: finite verbs end one, prepositions and attributes seldom do."""

from __future__ import annotations

from unicodedata import category

import pytest

from publish.languages.lastwords import FINITE, LAST_WORDS, LEANING, OPEN, UNKNOWN, find_last_words

CASES = (
    ("tk", "aýtdy boldular edýärler berlipdir etmeli ýok bolar görmez", FINITE),
    ("tk", "kitaplar adamlary jaýyň şäherinde edilmegi", OPEN),
    ("tk", "üçin we bilen", LEANING),
    ("tr", "söyledi geliyor olacak yapmıştır gelirler değil", FINITE),
    ("tr", "kitaplar evlerin bölgesinde", OPEN),
    ("az", "bildirib gedir olacaq bilər deyil", FINITE),
    ("uz", "aytdi ishlaydi bo‘lmoqda kerak", FINITE),
    ("kk", "айтты келген емес болады", FINITE),
    ("ky", "айтты келет жок", FINITE),
    ("fa", "کرد است می‌کنند نیست", FINITE),
    ("fa", "کتاب از را", OPEN + LEANING),
    ("hi", "है करेगा गया नहीं", FINITE),
    ("ru", "в который чтобы и", LEANING),
    ("ru", "государственного российская", OPEN),
    ("ru", "сказал город работу", UNKNOWN),
    ("de", "der und für", LEANING),
    ("en", "the of and", LEANING),
    ("xx", "the", UNKNOWN),
)


@pytest.mark.parametrize(("tag", "words", "kind"), CASES)
def test_words_have_their_kind(tag: str, words: str, kind: str) -> None:
    known = find_last_words(tag)
    kinds = {known.kind(word) for word in words.split()}
    assert kinds == {kind} or (kinds == {OPEN, LEANING} and kind == OPEN + LEANING)


def test_lists_have_small_letters_and_no_word_of_two_kinds() -> None:
    for words in LAST_WORDS.values():
        every = [*words.endings, *words.words, *words.others, *words.leaning, *words.seldom]
        joined = "".join(every).translate(dict.fromkeys(map(ord, "\u200c.-‘'ʼ’")))
        assert joined == joined.lower()
        assert [one for one in joined if category(one)[0] not in "LM"] == []
        assert words.words & words.leaning == set()
