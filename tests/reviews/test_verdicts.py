"""What an approval is for, and that it never outlives it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from examples import some
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from publish.catalogs.comparing import fold_text, is_typographic_change
from publish.catalogs.entries import make_entries
from publish.errors import UsageError
from publish.languages.registry import find
from publish.model import Catalog, Entry
from publish.reading.markdown import SourceFile, read_document
from publish.reading.source import Source, cut_source
from publish.reviews.choosing import find_at_places, is_typo_only, is_typographic_only
from publish.reviews.ledger import Ledger, ReviewRow, record_rows, settle_rows
from publish.reviews.subjects import digest_pair, find_subjects
from publish.reviews.verdicts import (
    ReviewFigures,
    ReviewState,
    Verdict,
    count_verdicts,
    find_unused_rows,
    find_verdicts,
    make_row,
)

EN = find("en")
DAY = "2024-06-24"
BODY = """\
# Findings {#findings}

It was closed in May. The court freed 37 men. See [the law](https://example.org/a).

## Courts {#courts}

It was closed in May. Nobody was told.
"""


def document(body: str = BODY) -> Source:
    text = f"---\ntitle: T\n---\n{body}"
    return cut_source(read_document("r", "en", [SourceFile("source/r.md", text)]), EN)


Change = Callable[[Entry], Entry]


def catalog(source: Source, *changes: Change) -> Catalog:
    """A whole translation, each sentence marked, then changed."""
    entries = [replace(e, msgstrs=(f"Ю {e.msgid}",)) for e in make_entries(source.units)]
    for change in changes:
        entries = [change(entry) for entry in entries]
    return Catalog("r.po", (), tuple(entries))


def put(start: str, msgstr: str) -> Change:
    """Another translation for the sentence that begins so."""
    return lambda e: replace(e, msgstrs=(msgstr,)) if e.msgid.startswith(start) else e


def fuzzy(start: str, previous: str | None = None) -> Change:
    return lambda e: (
        replace(e, flags=("fuzzy",), previous=previous) if e.msgid.startswith(start) else e
    )


def judged(
    ledger: Ledger, source: Source, translated: Catalog, corrections: Catalog | None = None
) -> tuple[Verdict, ...]:
    return find_verdicts(
        ledger,
        find_subjects(source, translated.active(), corrections.active() if corrections else {}),
    )


def approved(source: Source, translated: Catalog, corrections: Catalog | None = None) -> Ledger:
    """A ledger in which everything is approved as it stands."""
    every = find_subjects(source, translated.active(), corrections.active() if corrections else {})
    return Ledger(
        "r.review.csv", settle_rows(make_row(s, "approved", "editor", DAY) for s in every)
    )


def states(found: Sequence[Verdict]) -> dict[str, str]:
    return {verdict.subject.source: str(verdict.state) for verdict in found}


def of(found: Sequence[Verdict], start: str) -> Verdict:
    (verdict,) = [one for one in found if one.subject.source.startswith(start)]
    return verdict


# --------------------------------------------------------------------------- laws

WORDS = st.text(alphabet="abcAB12 ,.;-–—“”\"'’…()", max_size=12)
TEXT = WORDS.map(lambda text: f"Word {text} end.")


def whole(*texts: str) -> Source:
    return document("\n\n".join(f"{{whole}}\n{text}" for text in ("First one.", *texts, "Last.")))


@given(TEXT, TEXT)
def test_after_an_edit_of_the_source_no_approval_holds_unless_it_is_typographic(
    before: str, after: str
) -> None:
    old, new = whole(before), whole(after)
    text = replace_all("Перевод.")
    ledger = approved(old, catalog(old, text))
    found = of(judged(ledger, new, catalog(new, text)), "Word")
    was = next(u.msgid for u in old.units if u.msgid.startswith("Word"))
    same = was == found.subject.source or is_typographic_change(was, found.subject.source)
    assert (found.state in {ReviewState.APPROVED, ReviewState.CONTEXT}) is same
    assert (found.state is ReviewState.LAPSED) is not same


def replace_all(msgstr: str) -> Change:
    return lambda e: replace(e, msgstrs=(f"{msgstr} {len(e.msgid.split()[0])}",))


@given(TEXT, TEXT)
def test_after_any_edit_of_the_translation_no_approval_holds_and_taking_it_back_revives_it(
    before: str, after: str
) -> None:
    source = document()
    ledger = approved(source, catalog(source, put("Nobody", before)))
    edited = judged(ledger, source, catalog(source, put("Nobody", after)))
    assert (of(edited, "Nobody").state is ReviewState.APPROVED) is (before == after)
    assert len([one for one in edited if one.state is ReviewState.APPROVED]) >= len(edited) - 1
    back = judged(ledger, source, catalog(source, put("Nobody", before)))
    assert {one.state for one in back} == {ReviewState.APPROVED}


@given(TEXT)
def test_an_edit_of_the_source_that_is_taken_back_revives_every_approval(after: str) -> None:
    source = document()
    ledger = approved(source, catalog(source))
    edited = document(BODY.replace("Nobody was told.", after))
    assume(after not in BODY)
    assert of(judged(ledger, edited, catalog(edited)), "Word").state is not ReviewState.APPROVED
    assert set(states(judged(ledger, source, catalog(source))).values()) == {"approved"}


@given(TEXT)
def test_typography_is_folded_but_nothing_else(text: str) -> None:
    one = Entry(msgid=text, msgstrs=("т",))
    for other in (text.replace('"', "“"), text.replace("-", "–"), f"{text}x", text.lower()):
        same = fold_text(text) == fold_text(other)
        assert (digest_pair(one) == digest_pair(replace(one, msgid=other))) is same


@given(st.randoms())
def test_a_listing_does_not_hang_on_the_order_of_rows(random: object) -> None:
    source = document()
    ledger = approved(source, catalog(source, put("Nobody", "x"), put("It was", "y")))
    mixed = list(ledger.rows)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    now = catalog(source, put("Nobody", "z"))
    assert judged(Ledger("x", tuple(mixed)), source, now) == judged(ledger, source, now)


# --------------------------------------------------------------------------- what lapses


def test_an_approval_lapses_when_the_translation_changes() -> None:
    source = document()
    ledger = approved(source, catalog(source))
    found = of(judged(ledger, source, catalog(source, put("Nobody", "Иначе."))), "Nobody")
    assert found.state is ReviewState.LAPSED
    assert found.row is not None
    assert found.row.reviewer == "editor"


def test_an_approval_lapses_when_the_entry_becomes_fuzzy() -> None:
    source = document()
    ledger = approved(source, catalog(source))
    found = judged(ledger, source, catalog(source, fuzzy("Nobody")))
    assert of(found, "Nobody").state is ReviewState.LAPSED


def test_a_reworded_sentence_that_an_update_made_fuzzy_is_known_by_its_old_wording() -> None:
    source = document()
    ledger = approved(source, catalog(source))
    new = document(BODY.replace("Nobody was told.", "No one was told."))
    text = "Ю Nobody was told. и ещё"
    now = catalog(new, put("No one", text), fuzzy("No one", "Nobody was told."))
    assert of(judged(ledger, new, now), "No one").state is ReviewState.LAPSED


def test_a_sentence_that_is_gone_leaves_history_only() -> None:
    source = document()
    ledger = approved(source, catalog(source))
    new = document(BODY.replace(" Nobody was told.", ""))
    found = judged(ledger, new, catalog(new))
    assert ReviewState.LAPSED not in {one.state for one in found}
    assert len(list(find_unused_rows(ledger, found))) == 1


def test_a_short_translation_that_two_sentences_share_tells_nothing_of_the_other() -> None:
    source = document()
    same = catalog(source, put("Nobody", "Да."), put("The court", "Да."))
    first = of(judged(Ledger("x"), source, same), "Nobody").subject
    ledger = Ledger("x", (make_row(first, "approved", "editor", DAY),))
    assert of(judged(ledger, source, same), "The court").state is ReviewState.UNREVIEWED


def test_a_correction_of_the_source_lapses_unless_it_is_typographic() -> None:
    source = document()
    ledger = approved(source, catalog(source))

    def corrected(text: str) -> dict[str, str]:
        entry = Entry(msgid="Nobody was told.", msgstrs=(text,))
        return states(judged(ledger, source, catalog(source), Catalog("en.po", (), (entry,))))

    assert corrected("Nobody was asked.")["Nobody was asked."] == "lapsed"
    assert corrected("Nobody  was told.")["Nobody  was told."] == "approved"
    assert corrected("")["Nobody was told."] == "approved"


def test_an_approval_of_a_corrected_sentence_lapses_with_the_next_correction() -> None:
    source = document()

    def corrections(text: str) -> Catalog:
        return Catalog("en.po", (), (Entry(msgid="Nobody was told.", msgstrs=(text,)),))

    ledger = approved(source, catalog(source), corrections("Nobody was asked."))
    found = judged(ledger, source, catalog(source), corrections("Nobody was heard."))
    assert of(found, "Nobody").state is ReviewState.LAPSED
    found = judged(ledger, source, catalog(source), corrections("Nobody was asked."))
    assert of(found, "Nobody").state is ReviewState.APPROVED


# --------------------------------------------------------------------------- context


def test_a_changed_neighbour_is_a_changed_context() -> None:
    source = document()
    ledger = approved(source, catalog(source))
    new = document(BODY.replace("freed 37 men", "freed 38 men"))
    found = states(judged(ledger, new, catalog(new)))
    assert found["It was closed in May."] == "context changed"
    assert found["See [the law](1)."] == "context changed"
    assert found["Nobody was told."] == "approved"


def test_another_address_is_a_changed_context() -> None:
    source = document()
    ledger = approved(source, catalog(source))
    new = document(BODY.replace("example.org/a", "example.org/b"))
    found = states(judged(ledger, new, catalog(new)))
    assert {key: value for key, value in found.items() if value != "approved"} == {
        "See [the law](1).": "context changed"
    }


def test_a_sentence_at_one_more_place_is_in_another_context() -> None:
    source = document()
    ledger = approved(source, catalog(source))
    new = document(f"{BODY}\nIt was closed in May.\n")
    assert states(judged(ledger, new, catalog(new)))["It was closed in May."] == "context changed"


def test_typography_of_a_neighbour_is_no_context() -> None:
    source = document()
    text = put("The court", "Суд.")
    ledger = approved(source, catalog(source, text))
    new = document(BODY.replace("37 men", "37\u00a0men"))
    assert set(states(judged(ledger, new, catalog(new, text))).values()) == {"approved"}


# --------------------------------------------------------------------------- groups


JOIN = put("The court", "{joined}")


def test_joined_sentences_are_one_subject() -> None:
    source = document()
    found = judged(Ledger("x"), source, catalog(source, JOIN))
    group = of(found, "It was closed")
    assert group.subject.sources == ("It was closed in May.", "The court freed 37 men.")
    assert group.subject.confirmed
    assert not [one for one in found if one.subject.source.startswith("The court")]
    assert count_verdicts(found, Ledger("x")) == ReviewFigures(unreviewed=7)


@pytest.mark.parametrize(
    "change",
    [
        put("It was", "Иначе."),
        put("The court", "Суд освободил 37 мужчин."),
        fuzzy("The court"),
        put("See", "{joined}"),
    ],
)
def test_a_group_lapses_together(change: Change) -> None:
    source = document()
    ledger = approved(source, catalog(source, JOIN))
    found = of(judged(ledger, source, catalog(source, JOIN, change)), "It was closed")
    assert found.state is ReviewState.LAPSED
    back = of(judged(ledger, source, catalog(source, JOIN)), "It was closed")
    assert back.state is ReviewState.APPROVED


def test_a_group_lapses_when_a_follower_is_reworded() -> None:
    source = document()
    ledger = approved(source, catalog(source, JOIN))
    new = document(BODY.replace("freed 37 men", "freed 38 men"))
    found = of(judged(ledger, new, catalog(new, JOIN)), "It was closed")
    assert found.state is ReviewState.LAPSED


def test_a_joined_sentence_at_the_start_of_a_paragraph_is_not_confirmed() -> None:
    source = document()
    found = of(judged(Ledger("x"), source, catalog(source, put("It was", "{joined}"))), "It was")
    assert not found.subject.confirmed


# --------------------------------------------------------------------------- rejections


def test_a_rejection_holds_for_its_text_and_its_reason_stays_to_be_read() -> None:
    source = document()
    first = of(judged(Ledger("x"), source, catalog(source)), "Nobody").subject
    ledger = Ledger("x", (make_row(first, "rejected", "editor", DAY, "wrong word"),))
    assert of(judged(ledger, source, catalog(source)), "Nobody").state is ReviewState.REJECTED
    found = of(judged(ledger, source, catalog(source, put("Nobody", "Лучше."))), "Nobody")
    assert found.state is ReviewState.UNREVIEWED
    assert found.row is not None
    assert found.row.reason == "wrong word"


def test_a_new_approval_replaces_the_lapsed_one_and_the_old_text_is_not_approved_again() -> None:
    source = document()
    ledger = approved(source, catalog(source))
    now = catalog(source, put("Nobody", "Лучше."))
    lapsed = of(judged(ledger, source, now), "Nobody")
    row = make_row(lapsed.subject, "approved", "second-reader", DAY)
    after = record_rows(ledger, [row], [lapsed.row] if lapsed.row else [])
    assert len(after.rows) == len(ledger.rows)
    assert of(judged(after, source, now), "Nobody").state is ReviewState.APPROVED
    assert of(judged(after, source, catalog(source)), "Nobody").state is ReviewState.LAPSED


# --------------------------------------------------------------------------- choosing


def test_places_are_named_in_four_ways() -> None:
    source = document()
    found = judged(Ledger("x"), source, catalog(source))

    def chosen(*words: str) -> list[str]:
        return [one.subject.source for one in find_at_places(found, words)]

    assert chosen("findings, sentence 2") == ["The court freed 37 men."]
    assert chosen("courts") == ["It was closed in May.", "Courts", "Nobody was told."]
    assert chosen("p2") == ["It was closed in May.", "Nobody was told."]
    assert chosen("Nobody  was") == ["Nobody was told."]
    assert chosen("courts, sentence 1") == chosen("findings, sentence 1")
    with pytest.raises(UsageError, match="there is no sentence at 'court'"):
        chosen("court")
    longer = document(f"{BODY}\nNobody was asked.\n")
    both = judged(Ledger("x"), longer, catalog(longer))
    with pytest.raises(UsageError, match="2 sentences begin with 'Nobody was'"):
        find_at_places(both, ["Nobody was"])


def test_a_place_that_several_sentences_share_is_refused_with_the_list_of_them() -> None:
    """No source has such sentences; what is given by hand could."""
    source = document()
    found = judged(Ledger("x"), source, catalog(source))
    first, second = of(found, "The court").subject, of(found, "See").subject
    twice = [
        Verdict(first, ReviewState.UNREVIEWED),
        Verdict(replace(second, places=first.places), ReviewState.UNREVIEWED),
    ]
    with pytest.raises(UsageError) as caught:
        find_at_places(twice, ["findings, sentence 2"])
    assert caught.value.message == "2 sentences are at 'findings, sentence 2'"
    assert caught.value.hint == (
        "name one of them: findings, sentence 2 (The court freed 37 men.);"
        " findings, sentence 2 (See [the law](1).)"
    )
    assert find_at_places(twice, ["findings"]) == tuple(twice)
    assert find_at_places(twice, ["p1"]) == tuple(twice)


def test_a_footnote_of_two_sentences_is_refused_with_the_list_of_them() -> None:
    source = document(f"{BODY}\n- One is here.[^n] Two is there.\n\n[^n]: He left. She stayed.\n")
    found = judged(Ledger("x"), source, catalog(source))
    for place in ("courts, footnote 1", "courts, list item 1"):
        with pytest.raises(UsageError, match=f"2 sentences are at '{place}'") as caught:
            find_at_places(found, [place])
        assert f"{place}, sentence 2 (" in (caught.value.hint or "")
    (chosen,) = find_at_places(found, ["courts, footnote 1, sentence 2"])
    assert chosen.subject.source == "She stayed."


def test_what_changed_in_typography_only_is_known() -> None:
    source = document()
    ledger = approved(source, catalog(source, put("Nobody", 'Никто не "знал".')))

    def retyped(msgstr: str) -> bool:
        now = judged(ledger, source, catalog(source, put("Nobody", msgstr)))
        return is_typographic_only(of(now, "Nobody"))

    assert retyped("Никто не «знал».")
    assert not retyped("Никто не «знает».")
    assert not retyped('Никто не "знал".')  # it holds: there is nothing to renew


SLIPS = [
    ("Суд освободил мужчину.", "Суд освободил мужчину!", True),
    ("Суд освобдил мужчину.", "Суд освободил мужчину.", True),
    ("Суд освободли мужчину.", "Суд освободил мужчину.", True),
    ("Суд не освободил мужчину.", "Суд освободил мужчину.", False),
    ("Суд освободил 37 мужчин.", "Суд освободил 38 мужчин.", False),
    ("Суд освободил мужчину.", "Суд осудил мужчину.", False),
    ("Он не был там.", "Он на был там.", False),
    ("Он пришёл.", "Он пришёл снова.", False),
]


@pytest.mark.parametrize(("before", "after", "slip"), SLIPS)
def test_what_can_be_a_slip_of_the_pen(before: str, after: str, slip: bool) -> None:
    source = document()
    now = judged(Ledger("x"), source, catalog(source, put("Nobody", after)))
    old = Entry(msgid="Nobody was told.", msgstrs=(before,))
    assert is_typo_only(of(now, "Nobody"), old) is slip


def test_a_row_knows_nothing_of_the_texts() -> None:
    source = document()
    row: ReviewRow = approved(source, catalog(source)).rows[0]
    assert all(len(digest) == 20 for digest in (row.sentence, row.translation, row.surroundings))


# --------------------------------------------------------------------------- digests

TEXTS = st.text(st.characters(codec=None), max_size=20)


@given(msgid=TEXTS, context=st.none() | TEXTS, msgstrs=st.lists(TEXTS, min_size=1, max_size=3))
@settings(max_examples=some(100))
def test_digests_are_over_json_as_python_writes_it(
    msgid: str, context: str | None, msgstrs: list[str]
) -> None:
    entry = Entry(msgid=msgid, context=context, msgstrs=tuple(msgstrs))
    expected = tuple(
        hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:20]
        for parts in ([(context, fold_text(msgid))], msgstrs)
    )
    assert digest_pair(entry) == expected


def test_surroundings_are_the_neighbours_and_addresses_of_all_places() -> None:
    source = document("# A {#a}\n\nSee [it](https://example.org/x). No.\n\n# B {#b}\n\nNo.\n")
    found = {one.head.msgid: one for one in find_subjects(source, {}, {})}
    places: list[tuple[str, str, list[str]]] = [("B", "", []), (fold_text("See [it](1)."), "B", [])]
    assert found["No."].surroundings == digest(sorted(places))
    assert found["See [it](1)."].surroundings == digest([("A", "No.", ["https://example.org/x"])])


def digest(parts: object) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:20]
