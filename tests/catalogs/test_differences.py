"""What changed between two versions: words marked, sentences changed, new, moved and gone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from publish.catalogs.comparing import is_typographic_change
from publish.catalogs.differences import (
    ChangeKind,
    SentenceChange,
    Wording,
    find_changes_between,
    find_changes_in_catalog,
)
from publish.catalogs.wordmarks import MarkedPiece, mark_words
from publish.model import Catalog, Entry, Location, Role

EMPTY = Catalog("r.po", (), ())
TEXT = st.text(alphabet="ab 1.,-é’", max_size=20)


def texts(*wordings: str) -> list[Wording]:
    return [
        Wording((None, text), Location(section="s", kind=Role.PARAGRAPH, number=at))
        for at, text in enumerate(wordings, 1)
    ]


def told(change: SentenceChange) -> tuple[str, str, str]:
    old, new = (one.key[1] if one else "" for one in (change.old, change.new))
    return (str(change.kind), old, new)


# --------------------------------------------------------------------------- words


@given(TEXT, TEXT)
def test_the_pieces_are_the_text_and_what_is_common_is_common(old: str, new: str) -> None:
    before, after = mark_words(old, new)
    assert "".join(piece.text for piece in before) == old
    assert "".join(piece.text for piece in after) == new
    common = [
        "".join("".join(p.text.split()) for p in side if not p.changed) for side in (before, after)
    ]
    assert common[0] == common[1]
    if old == new:
        assert not any(piece.changed for piece in (*before, *after))


def test_words_are_marked_whole_and_together() -> None:
    old, new = mark_words("The court freed 37 men.", "The court at last freed 38 men.")
    assert [piece.text for piece in old if piece.changed] == ["37"]
    assert [piece.text for piece in new if piece.changed] == ["at last", "38"]


def test_a_space_at_an_end_is_no_part_of_a_changed_word() -> None:
    old, new = mark_words(" old word", "new word")
    assert old == (MarkedPiece(" ", False), MarkedPiece("old", True), MarkedPiece(" word", False))
    assert new == (MarkedPiece("new", True), MarkedPiece(" word", False))
    old, new = mark_words("word old ", "word new")
    assert old == (MarkedPiece("word ", False), MarkedPiece("old", True), MarkedPiece(" ", False))
    assert new == (MarkedPiece("word ", False), MarkedPiece("new", True))


def test_a_space_is_marked_between_two_marked_words_only() -> None:
    old, new = mark_words("one two three four", "one four")
    assert old == (
        MarkedPiece("one ", False),
        MarkedPiece("two three", True),
        MarkedPiece(" four", False),
    )
    assert new == (MarkedPiece("one four", False),)
    assert mark_words("a", "b c") == ((MarkedPiece("a", True),), (MarkedPiece("b c", True),))


def test_the_longest_texts_that_are_compared_have_4000_tokens() -> None:
    whole, same = "a " * 2000, mark_words("a " * 2000, "a " * 2000)
    assert same == ((MarkedPiece(whole, False),), (MarkedPiece(whole, False),))
    longer = f"{whole}a"
    assert mark_words(longer, "a") == ((MarkedPiece(longer, True),), (MarkedPiece("a", True),))
    assert mark_words("a", longer) == ((MarkedPiece("a", True),), (MarkedPiece(longer, True),))
    assert mark_words(longer, "") == ((MarkedPiece(longer, True),), ())


def test_endless_texts_are_marked_as_a_whole() -> None:
    old, new = mark_words("a " * 5000, "b")
    assert old == (MarkedPiece("a " * 5000, changed=True),)
    assert new == (MarkedPiece("b", changed=True),)


# --------------------------------------------------------------------------- sentences

LONG = [
    "The government maintained its negligible efforts to protect the victims.",
    "Civil society organizations reported identifying 37 victims of trafficking.",
    "The court in Mary convicted three officials of forcing people to pick cotton.",
    "Observers were allowed to visit the fields during the whole harvest of 2023.",
]


def test_a_reworded_sentence_is_changed_and_has_its_old_translation() -> None:
    new = LONG[1].replace("37", "38")
    catalog = Catalog("r.po", (), (Entry(msgid=LONG[1], msgstrs=("Выявлены 37 жертв.",)),))
    (change,) = find_changes_between(texts(*LONG), texts(LONG[0], new, *LONG[2:]), catalog)
    assert told(change) == ("changed", LONG[1], new)
    assert (change.translation, change.done) == ("Выявлены 37 жертв.", False)
    caught_up = Catalog("r.po", (), (Entry(msgid=new, msgstrs=("Выявлены 38 жертв.",)),))
    (change,) = find_changes_between(texts(*LONG), texts(LONG[0], new, *LONG[2:]), caught_up)
    assert (change.translation, change.done) == ("Выявлены 38 жертв.", True)


def test_new_gone_and_moved_sentences_are_told() -> None:
    now = [LONG[3], LONG[0], "Nothing of this was ever said before by anyone.", LONG[1]]
    found = {told(change) for change in find_changes_between(texts(*LONG), texts(*now), EMPTY)}
    assert found == {("moved", LONG[3], LONG[3]), ("new", "", now[2]), ("gone", LONG[2], "")}


def test_a_sentence_cut_in_two_is_changed_at_both_places() -> None:
    whole = "The court convicted three officials and the ministry dismissed the other seven."
    parts = ["The court convicted three officials.", "The ministry dismissed the other seven."]
    found = find_changes_between(texts(LONG[0], whole), texts(LONG[0], *parts), EMPTY)
    assert [told(one) for one in found] == [("changed", whole, part) for part in parts]
    back = find_changes_between(texts(LONG[0], *parts), texts(LONG[0], whole), EMPTY)
    assert [told(one) for one in back] == [("changed", " ".join(parts), whole)]
    assert back[0].old is not None
    assert back[0].old.location == texts("", "")[1].location, "that of the first part"


def test_a_sentence_joined_from_two_has_the_context_of_the_first() -> None:
    whole = "The court convicted three officials and the ministry dismissed the other seven."
    parts = ["The court convicted three officials.", "The ministry dismissed the other seven."]
    before = [
        Wording((name, text), one.location)
        for name, text, one in zip("ab", parts, texts("", ""), strict=True)
    ]
    (found,) = find_changes_between(before, texts(whole), EMPTY)
    assert found.old == Wording(("a", " ".join(parts)), before[0].location)


SENTENCES = st.lists(st.sampled_from([*LONG, "A short one.", "Another “one”.", "Another 'one'."]))


@given(SENTENCES, SENTENCES)
def test_every_sentence_is_told_once_or_stayed(before: list[str], now: list[str]) -> None:
    found = find_changes_between(texts(*before), texts(*now), EMPTY)
    new = [change.new.key[1] for change in found if change.new]
    gone = [change.old.key[1] for change in found if change.kind is ChangeKind.GONE and change.old]
    assert len(new) == len(set(new))
    assert set(new) <= set(now)
    assert set(gone) <= set(before) - set(now)
    for text in set(now) - set(before) - set(new):
        assert any(is_typographic_change(other, text) for other in before)
    kept = [text for text in dict.fromkeys(now) if text not in new and text in before]
    assert kept == [text for text in dict.fromkeys(before) if text in kept]


@given(SENTENCES)
def test_a_version_has_not_changed_against_itself(sentences: list[str]) -> None:
    assert find_changes_between(texts(*sentences), texts(*sentences), EMPTY) == ()


# --------------------------------------------------------------------------- by the catalog


def test_a_catalog_tells_what_is_left_to_do() -> None:
    catalog = Catalog(
        "r.po",
        (),
        (
            Entry(msgid="Kept.", msgstrs=("Осталось.",)),
            Entry(msgid="Now so.", msgstrs=("Было так.",), flags=("fuzzy",), previous="Was so."),
            Entry(msgid="Empty."),
            Entry(msgid="Was so.", msgstrs=("Было так.",), obsolete=True),
            Entry(msgid="Gone.", msgstrs=("Ушло.",), obsolete=True),
            Entry(msgid="Never translated.", obsolete=True),
        ),
    )
    found = find_changes_in_catalog(catalog, texts("Kept.", "Now so.", "Empty.", "Lacking."))
    assert [told(change) for change in found] == [
        ("changed", "Was so.", "Now so."),
        ("new", "", "Empty."),
        ("new", "", "Lacking."),
        ("gone", "Gone.", ""),
    ]
    assert found[0].translation == "Было так."


def test_a_catalog_in_another_order_tells_what_moved() -> None:
    catalog = Catalog("r.po", (), tuple(Entry(msgid=text, msgstrs=("т",)) for text in LONG))
    now = [LONG[1], LONG[2], LONG[3], LONG[0]]
    before = [(None, text) for text in LONG]
    found = find_changes_in_catalog(catalog, texts(*now), before)
    assert [told(change) for change in found] == [("moved", LONG[0], LONG[0])]


OLD = "The girls carry the water from the lake to the school."
NEW = "The girls carry all the water from the lake to the school."


def test_a_reworded_sentence_that_is_translated_anew_is_told_as_changed_and_done() -> None:
    entries = (
        Entry(msgid=NEW, msgstrs=("Девочки носят всю воду.",)),
        Entry(msgid=OLD, msgstrs=("Девочки носят воду.",), obsolete=True),
    )
    (found,) = find_changes_in_catalog(Catalog("r.po", (), entries), texts(NEW))
    assert told(found) == ("changed", OLD, NEW)
    assert (found.translation, found.done) == ("Девочки носят всю воду.", True)


def test_another_translation_of_the_old_wording_is_told() -> None:
    entries = (
        Entry(msgid=NEW, msgstrs=("Девочки носят воду.",), flags=("fuzzy",), previous=OLD),
        Entry(msgid=OLD, msgstrs=("Воду носят девочки.",), obsolete=True),
    )
    (found,) = find_changes_in_catalog(Catalog("r.po", (), entries), texts(NEW))
    assert (found.translation, found.other) == ("Девочки носят воду.", "Воду носят девочки.")
