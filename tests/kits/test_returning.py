"""What came back from a translator: taken, known, or told; newer work is never overwritten."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kitcases import ENGLISH, TEXTS, all_texts, back, catalog, entry_of, identifier, sent, source

from publish.checks.structure import check_entry_structure
from publish.kits.catalogfile import read_catalog_subject, read_returned_catalog, write_kit_catalog
from publish.kits.items import make_fingerprint
from publish.kits.returnedtexts import ReturnedText
from publish.kits.returning import ReturnOutcome, take_back
from publish.model import Key, make_entry_id, proses
from publish.po.pofile import PoFile, dump_po

QUOTED = "A quoted sentence."
NOTE = "The text of the note."
LAW = "See [the law](1).[^1]"


def taken_back(po: PoFile, *texts: ReturnedText) -> ReturnOutcome:
    return take_back(po, texts, source())


def item_for(po: PoFile, msgid: str) -> ReturnedText:
    (item,) = (one for one in sent(po) if one.source == msgid)
    return back(item, item.translation)


def code_of(outcome: ReturnOutcome) -> str:
    (rejected,) = outcome.rejected
    return rejected.code


def test_a_new_translation_is_taken() -> None:
    po = catalog()
    outcome = taken_back(po, replace(item_for(po, QUOTED), text="Sitata."))
    assert (outcome.taken, outcome.rejected) == (1, ())
    assert entry_of(outcome.po, QUOTED).msgstr == "Sitata."


def test_a_corrected_translation_is_taken_and_settles_a_fuzzy_one() -> None:
    po = catalog({QUOTED: "Köne."}, QUOTED)
    outcome = taken_back(po, replace(item_for(po, QUOTED), text="Täze."))
    entry = entry_of(outcome.po, QUOTED)
    assert (entry.msgstr, entry.fuzzy, entry.previous) == ("Täze.", False, None)


def test_a_fuzzy_translation_can_be_confirmed_and_a_confirmed_one_doubted() -> None:
    po = catalog({QUOTED: "Sitata.", NOTE: "Bellik."}, QUOTED)
    confirmed = replace(item_for(po, QUOTED), fuzzy=False)
    doubted = replace(item_for(po, NOTE), fuzzy=True)
    outcome = taken_back(po, confirmed, doubted)
    assert outcome.taken == 2
    assert not entry_of(outcome.po, QUOTED).fuzzy
    assert entry_of(outcome.po, NOTE).fuzzy


def test_an_untouched_text_never_undoes_a_correction_made_here() -> None:
    before = catalog({QUOTED: "Köne."})
    now = catalog({QUOTED: "Täzelenen."})
    outcome = taken_back(now, item_for(before, QUOTED))
    assert (outcome.untouched, outcome.po) == (1, now)


def test_a_change_on_both_sides_keeps_what_is_here_and_tells_the_other() -> None:
    before, now = catalog({QUOTED: "Köne."}), catalog({QUOTED: "Biziňki."})
    outcome = taken_back(now, replace(item_for(before, QUOTED), text="Olaryňky."))
    assert code_of(outcome) == "kit-conflict"
    assert outcome.po == now
    assert (outcome.rejected[0].returned.text, outcome.rejected[0].kept) == (
        "Olaryňky.",
        "Biziňki.",
    )


def test_the_same_change_on_both_sides_is_known() -> None:
    before, now = catalog(), catalog({QUOTED: "Sitata."})
    outcome = taken_back(now, replace(item_for(before, QUOTED), text="Sitata."))
    assert (outcome.known, outcome.rejected, outcome.po) == (1, (), now)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"id": "u000000000000000"}, "kit-unknown"),
        ({"source": "Another sentence."}, "kit-source"),
        ({"text": ""}, "kit-emptied"),
        ({"text": " \n "}, "kit-emptied"),
        ({"problem": "a number"}, "kit-cell"),
        ({"text": "*Sitata.*"}, "marks-differ"),
        ({"text": "[Sitata](1)"}, "link-number"),
        ({"text": "<b>Sitata</b>"}, "raw-html"),
        ({"text": "Sit\x08ata"}, "control-character"),
    ],
)
def test_what_is_not_taken_is_told(change: dict[str, str], code: str) -> None:
    po = catalog({QUOTED: "Köne."})
    returned = replace(item_for(po, QUOTED), text="Täze.", fuzzy=False)
    outcome = taken_back(po, replace(returned, **change))  # type: ignore[arg-type]
    assert code_of(outcome) == code
    assert outcome.po == po


def test_a_sentence_that_is_gone_is_told_as_such() -> None:
    po = catalog({QUOTED: "Köne."})
    returned = replace(item_for(po, QUOTED), text="Täze.")
    old = tuple(
        replace(one, entry=replace(one.entry, obsolete=one.entry.msgid == QUOTED))
        for one in po.records
    )
    assert code_of(taken_back(replace(po, records=old), returned)) == "kit-gone"


def test_two_translations_of_one_sentence_are_both_told() -> None:
    po = catalog()
    first = replace(item_for(po, QUOTED), text="Bir.")
    outcome = taken_back(po, first, replace(first, text="Iki.", place="D9"))
    assert [one.code for one in outcome.rejected] == ["kit-twice", "kit-twice"]
    assert outcome.po == po


def test_a_joined_sentence_must_have_one_before_it() -> None:
    po = catalog()
    assert code_of(taken_back(po, replace(item_for(po, QUOTED), text="{joined}"))) == "joined-first"


def test_without_a_fingerprint_a_text_goes_only_where_there_is_none() -> None:
    po = catalog({QUOTED: "Köne."})
    texts = [
        replace(item_for(po, msgid), text="Täze.", base="", source=None) for msgid in (QUOTED, NOTE)
    ]
    outcome = taken_back(po, *texts)
    assert code_of(outcome) == "kit-conflict"
    assert entry_of(outcome.po, NOTE).msgstr == "Täze."


def test_comments_of_a_translator_are_kept_whatever_becomes_of_the_text() -> None:
    po = catalog({QUOTED: "Köne."})
    returned = replace(item_for(po, QUOTED), text="*x*", comments=("I am not sure.",))
    outcome = taken_back(po, returned)
    assert outcome.rejected
    assert entry_of(outcome.po, QUOTED).comments == ("I am not sure.",)


@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=1, max_size=3))
def test_an_edit_on_both_sides_never_loses_either(edits: list[tuple[str, str, str]]) -> None:
    """The law: each text that came back is in the catalog or told; what was here stays."""
    msgids = (QUOTED, NOTE, "A first item.")
    po = catalog()
    texts, here = [], {}
    for msgid, (base, ours, theirs) in zip(msgids, edits, strict=False):
        here[msgid] = ours
        key = identifier(msgid)
        texts.append(
            ReturnedText(
                id=key,
                text=theirs,
                fuzzy=False,
                base=make_fingerprint(base, fuzzy=False),
                place="D3",
                line=3,
                source=msgid,
            )
        )
    po = replace(
        po,
        records=tuple(
            replace(one, entry=replace(one.entry, msgstrs=(here.get(one.entry.msgid, ""),)))
            for one in po.records
        ),
    )
    outcome = take_back(po, texts, source())
    told = [one.returned.text for one in outcome.rejected] + list(all_texts(outcome.po))
    for msgid, (base, ours, theirs) in zip(msgids, edits, strict=False):
        assert theirs in told or theirs == base or not theirs
        if ours not in ("", base):
            assert entry_of(outcome.po, msgid).msgstr == ours


@given(TEXTS)
def test_any_text_is_taken_as_it_is_or_told(text: str) -> None:
    po = catalog()
    outcome = taken_back(po, replace(item_for(po, QUOTED), text=text))
    entry = entry_of(outcome.po, QUOTED)
    if outcome.taken:
        assert entry.msgstr == text
        assert not list(check_entry_structure(entry))
    else:
        assert not entry.msgstr
        assert not text or [one.returned.text for one in outcome.rejected] == [text]


# --------------------------------------------------------------------------- ids and places


@given(st.tuples(st.none() | TEXTS, TEXTS), st.tuples(st.none() | TEXTS, TEXTS))
def test_an_id_tells_sentences_apart(one: Key, other: Key) -> None:
    assert (make_entry_id(one) == make_entry_id(other)) == (one == other)
    assert make_entry_id(one)[0] == "u"


def test_numbers_of_paragraphs_are_the_ids_of_editions() -> None:
    from publish.editions.page.blocks import write_sections
    from publish.editions.page.interface import Interface
    from publish.editions.page.xhtml import XHTML_NS

    text = (
        "---\ntitle: T\npublished: 2024-06-24\n---\n\n# H\n\nOne[^b] two[^a].\n\n- item\n\n  more\n"
        "- second\n  - inner\n\n> quoted\n\n| a |\n|---|\n| b |\n\n[^a]: Note a.\n\n[^b]: Note b.\n"
    )
    found = source(text).document
    shown = {}
    for section in write_sections(found, ENGLISH, ENGLISH, Interface(ENGLISH, {})):
        for element in section.iter(f"{{{XHTML_NS}}}p", f"{{{XHTML_NS}}}li"):
            if element.get("id"):
                shown[element.get("id")] = "".join(map(str, element.itertext()))
    told = {f"p{prose.number}": prose for prose in proses(found) if prose.number}
    assert set(told) == set(shown)
    for number, prose in told.items():
        text = getattr(prose.content[0], "text", "")
        assert shown[number].startswith(text)


# --------------------------------------------------------------------------- catalogs


def test_what_translate_toolkit_saves_comes_back() -> None:
    from translate.storage.pypo import pofile

    po = catalog({QUOTED: "Sitata.", NOTE: "Bellik."}, NOTE)
    toolkit: Any = pofile
    store = toolkit.parsestring(write_kit_catalog(po, "short"))
    _, texts = read_returned_catalog(bytes(store), "back.po")
    assert take_back(po, texts, source()).untouched == len(po.records)
    (unit,) = (unit for unit in store.units if unit.source == NOTE)
    unit.target = "Täze bellik."
    unit.markfuzzy(False)
    _, texts = read_returned_catalog(bytes(store), "back.po")
    outcome = take_back(po, texts, source())
    assert (outcome.taken, outcome.rejected) == (1, ())
    assert not entry_of(outcome.po, NOTE).fuzzy


@pytest.mark.parametrize("option", ["--no-wrap", "--sort-output", "--width=40", "--escape"])
def test_what_msgcat_saves_comes_back(option: str) -> None:
    po = catalog({QUOTED: "Sitata «ý».", LAW: "[^1][Kanuna](1) serediň."}, LAW)
    command = ["msgcat", option, "-"]
    done = subprocess.run(
        command, input=write_kit_catalog(po, "short"), capture_output=True, check=True
    )
    _, texts = read_returned_catalog(done.stdout, "back.po")
    outcome = take_back(po, texts, source())
    assert (outcome.po, outcome.untouched) == (po, len(po.records))


def test_a_catalog_that_comes_back_untouched_changes_nothing() -> None:
    po = catalog({QUOTED: "Sitata.", NOTE: "Bellik."}, NOTE)
    returned, texts = read_returned_catalog(write_kit_catalog(po, "short"), "back.po")
    assert read_catalog_subject(returned) == ("short", "tk")
    outcome = take_back(po, texts, source())
    assert (outcome.po, outcome.rejected, outcome.untouched) == (po, (), len(po.records))


def test_a_catalog_remembers_what_was_sent() -> None:
    sent_out = write_kit_catalog(catalog({QUOTED: "Köne."}), "short").decode()
    _, texts = read_returned_catalog(sent_out.replace("Köne.", "Olaryňky.").encode(), "back.po")
    now = catalog({QUOTED: "Biziňki."})
    outcome = take_back(now, texts, source())
    assert code_of(outcome) == "kit-conflict"
    assert outcome.po == now


def test_a_sent_catalog_is_one_that_gettext_writes(tmp_path: Path) -> None:
    data = write_kit_catalog(catalog({QUOTED: "Sitata.", LAW: "[Kanun](1).[^1]"}), "short")
    path = tmp_path / "sent.po"
    path.write_bytes(data)
    done = subprocess.run(["msgcat", str(path)], capture_output=True, check=True)
    assert done.stdout == data
    _, before = read_returned_catalog(data, "x.po")
    path.write_bytes(dump_po(read_returned_catalog(done.stdout, "x.po")[0]))
    assert read_returned_catalog(path.read_bytes(), "x.po")[1] == before
