"""A correction stays in sight, whatever the other side of a merge did to its sentence."""

from __future__ import annotations

from dataclasses import replace

from examples import some
from hypothesis import given, settings
from hypothesis import strategies as st

from publish.catalogs.entries import make_entries
from publish.catalogs.updating import ReuseOptions, update_catalog
from publish.languages.registry import find
from publish.model import Entry
from publish.po.merging import merge_files
from publish.po.pofile import PoFile, extract_catalog, make_header, replace_entry
from publish.reading.markdown import SourceFile, read_document
from publish.reading.source import cut_source

EN, RU = find("en"), find("ru")
REUSE = ReuseOptions(source=EN, target=RU)
WORDS = ["old", "men", "carry", "water", "from", "lake", "to", "school", "while", "girls", "wait"]


def wanted(sentences: list[str]) -> tuple[Entry, ...]:
    text = "\n\n".join(sentences)
    document = read_document(
        "x", "en", [SourceFile("source/x.md", f"---\ntitle: T\n---\n{text}\n")]
    )
    return make_entries(cut_source(document, EN).units)


def updated(po: PoFile, sentences: list[str], *, vouched: bool = False) -> PoFile:
    return update_catalog(po, wanted(sentences), replace(REUSE, vouched=vouched))[0]


def with_texts(po: PoFile, texts: dict[str, str]) -> PoFile:
    """The file after a translator wrote texts for some live msgids, and confirmed them."""
    records = []
    for record in po.records:
        entry = record.entry
        if entry.msgid in texts and not entry.obsolete:
            record = replace_entry(record, replace(entry, msgstrs=(texts[entry.msgid],), flags=()))
        records.append(record)
    return replace(po, records=tuple(records))


def begun(sentences: list[str]) -> PoFile:
    po = updated(PoFile(file="ru.po", header=make_header(RU, "x")), sentences)
    return with_texts(po, {s: f"перевод {n} текста" for n, s in enumerate(sentences)})


def in_sight(po: PoFile, text: str) -> bool:
    """Whether a text stands in a live entry, as its msgstr or in a comment."""
    return any(
        text in entry.msgstr or any(text in line for line in entry.comments)
        for entry in extract_catalog(po).entries
        if not entry.obsolete
    )


def test_the_fuzzy_entry_of_a_reworded_sentence_carries_the_correction() -> None:
    base = begun(["The girls carry the water home."])
    ours = with_texts(base, {"The girls carry the water home.": "Девочки носят воду домой."})
    theirs = updated(base, ["The girls carry all the water home."])
    for one, other in ((ours, theirs), (theirs, ours)):
        merged, conflicts = merge_files(base, one, other)
        live = extract_catalog(merged).active()[None, "The girls carry all the water home."]
        assert live.msgstr == "Девочки носят воду домой."
        assert live.fuzzy
        assert live.previous == "The girls carry the water home."
        assert live.comments == ("earlier: перевод 0 текста",)
        assert not conflicts


def test_a_slip_of_the_source_that_its_editor_vouches_for_takes_the_correction_too() -> None:
    base = begun(["The girls cary the water home."])
    ours = with_texts(base, {"The girls cary the water home.": "Девочки носят воду домой."})
    theirs = updated(base, ["The girls carry the water home."], vouched=True)
    merged, _ = merge_files(base, ours, theirs)
    live = extract_catalog(merged).active()[None, "The girls carry the water home."]
    assert (live.msgstr, live.fuzzy) == ("Девочки носят воду домой.", False)


def test_where_both_sides_translated_both_texts_stay_in_the_live_entry() -> None:
    base = begun(["The girls carry the water home."])
    ours = with_texts(base, {"The girls carry the water home.": "Девочки носят воду домой."})
    theirs = updated(base, ["The girls carry all the water home."])
    edited = [
        replace_entry(r, replace(r.entry, msgstrs=("Всю воду носят девочки.",)))
        if r.entry.fuzzy
        else r
        for r in theirs.records
    ]
    merged, conflicts = merge_files(base, ours, replace(theirs, records=tuple(edited)))
    key = (None, "The girls carry all the water home.")
    live = extract_catalog(merged).active()[key]
    assert live.msgstr == "Всю воду носят девочки."
    assert live.comments == ("conflict: Девочки носят воду домой.",)
    assert live.fuzzy
    assert conflicts == (key,)


def test_sentences_that_only_share_a_translation_are_left_alone() -> None:
    base = with_texts(begun(["Yes.", "The girls carry the water home."]), {"Yes.": "Да, конечно."})
    ours = with_texts(base, {"Yes.": "Да."})
    gone = updated(base, ["The girls carry the water home.", "Of course."])
    theirs = with_texts(gone, {"Of course.": "Да, конечно."})
    merged, _ = merge_files(base, ours, theirs)
    assert extract_catalog(merged).active()[None, "Of course."].msgstr == "Да, конечно."


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[str], list[str], dict[str, str], dict[str, str]]:
    """Sentences before and after an edit, the corrections of them, and which became which."""
    before: list[str] = []
    after = ["Nothing else changed here at all."]
    corrections: dict[str, str] = {}
    became: dict[str, str] = {}
    for number in range(draw(st.integers(3, 8))):
        words = draw(st.permutations(WORDS))[: draw(st.integers(6, 10))]
        sentence = f"Item{number} {' '.join(words)}."
        before.append(sentence)
        if draw(st.booleans()):
            corrections[sentence] = f"поправка {number} здесь"
        match draw(st.sampled_from(["same", "reword", "split", "drop"])):
            case "same":
                after.append(sentence)
            case "reword":
                now = f"Item{number} {' '.join(words[:-1])} {draw(st.sampled_from(WORDS))} today."
                after.append(now)
                became[sentence] = now
            case "split":
                half = len(words) // 2
                after += [f"Item{number} {' '.join(words[:half])}."]
                after += [f"Then{number} {' '.join(words[half:])}."]
            case _:
                pass
    return before, after, corrections, became


@settings(max_examples=some(300))
@given(histories(), st.booleans())
def test_no_correction_is_hidden_by_an_edit_of_the_source(
    history: tuple[list[str], list[str], dict[str, str], dict[str, str]], swapped: bool
) -> None:
    before, after, corrections, became = history
    base = begun(before)
    ours, theirs = with_texts(base, corrections), updated(base, after)
    pair = (theirs, ours) if swapped else (ours, theirs)
    merged, _ = merge_files(base, *pair)
    used = {
        entry.previous or entry.msgid
        for entry in extract_catalog(theirs).entries
        if not entry.obsolete and entry.msgstr
    }
    for sentence, text in corrections.items():
        assert any(text in record.entry.msgstr for record in merged.records)
        if sentence in used:
            assert in_sight(merged, text), became.get(sentence)
