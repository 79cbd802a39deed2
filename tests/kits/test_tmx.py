"""TMX out and in, and the glossary for other programs."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kitcases import ENGLISH, TEXTS, TURKMEN, catalog, entry_of, source
from lxml import etree

from publish.catalogs.glossary import read_glossary
from publish.containers.xmlcharacters import find_unwritable
from publish.errors import PublishError
from publish.kits.termfiles import (
    find_unverified,
    list_glossary_rows,
    write_glossary_csv,
    write_tbx,
)
from publish.kits.tmx import TranslationPair, fill_catalog, list_pairs, read_tmx, write_tmx
from publish.po.pofile import extract_catalog

QUOTED = "A quoted sentence."
MARKED = "The law was *read*."
NOTE = "The text of the note."
PAIRS = st.lists(st.builds(TranslationPair, TEXTS, TEXTS), max_size=4)


@given(PAIRS)
def test_pairs_come_back_exactly(pairs: list[TranslationPair]) -> None:
    whole = [
        pair
        for pair in pairs
        if pair.source.strip()
        and pair.translation.strip()
        and not find_unwritable(pair.source + pair.translation)
    ]
    data = write_tmx(whole, ENGLISH, TURKMEN)
    assert read_tmx(data, "x.tmx", "en", "tk") == tuple(dict.fromkeys(whole))


def test_confirmed_translations_go_out_once_and_fuzzy_ones_do_not() -> None:
    po = catalog({QUOTED: "Sitata.", NOTE: "Bellik."}, NOTE)
    pairs = list_pairs([("a", extract_catalog(po)), ("b", extract_catalog(po))])
    assert pairs == (TranslationPair(QUOTED, "Sitata."),)


def test_translate_toolkit_reads_it_and_is_read() -> None:
    from translate.storage.tmx import tmxfile

    pairs = (TranslationPair(QUOTED, "Sitata «ý»."), TranslationPair("a < b & c", "ä\n\tç"))
    toolkit: Any = tmxfile
    store = toolkit.parsestring(write_tmx(pairs, ENGLISH, TURKMEN))
    assert [(unit.source, unit.target) for unit in store.units] == [
        (pair.source, pair.translation) for pair in pairs
    ]
    made = toolkit()
    made.addtranslation(QUOTED, "en", "Sitata.", "tk")
    assert read_tmx(bytes(made), "x.tmx", "en", "tk") == (TranslationPair(QUOTED, "Sitata."),)


def test_tags_may_be_longer_and_codes_of_other_programs_are_no_words() -> None:
    text = (
        '<tmx version="1.4"><body><tu><tuv xml:lang="EN-US"><seg>A <bpt i="1">&lt;b></bpt>big'
        '<ept i="1">&lt;/b></ept> <hi>law</hi></seg></tuv><tuv xml:lang="tk_TM"><seg>Uly</seg>'
        '</tuv><tuv xml:lang="tkx"><seg>no</seg></tuv></tu></body></tmx>'
    )
    assert read_tmx(text.encode(), "x", "en", "tk") == (TranslationPair("A big law", "Uly"),)


def test_only_empty_sentences_are_filled_and_all_of_it_is_fuzzy() -> None:
    po = catalog({QUOTED: "Biziňki."})
    pairs = [
        TranslationPair(QUOTED, "Olaryňky."),
        TranslationPair("The law was read.", "Kanun okaldy."),
        TranslationPair("The text of that note.", "Şol bellik."),
        TranslationPair("Quite another thing here.", "Başga."),
    ]
    after, count = fill_catalog(po, pairs, "old.tmx")
    assert count == 2
    assert entry_of(after, QUOTED).msgstr == "Biziňki."
    for msgid, text, before in (
        (MARKED, "Kanun okaldy.", pairs[1]),
        (NOTE, "Şol bellik.", pairs[2]),
    ):
        entry = entry_of(after, msgid)
        assert (entry.msgstr, entry.fuzzy, entry.previous) == (text, True, before.source)
        assert entry.comments == ("from old.tmx",)
    assert fill_catalog(after, pairs, "old.tmx") == (after, 0)


def test_what_is_no_tmx_is_refused() -> None:
    with pytest.raises(PublishError) as error:
        read_tmx(b"<xliff/>", "x.tmx", "en", "tk")
    assert error.value.code == "kit-file"


# --------------------------------------------------------------------------- glossary

TABLE = """\
en,tk,status,note
forced labor; compulsory labor,mejbury zähmet,tk=verified,a < b
quoted sentence,sitata,tk=partly,
the law,kanun,,=1+1
court,kazyýet,tk=unverified,
"""


def test_terms_go_out_as_tbx_and_other_programs_read_them() -> None:
    from translate.storage.tbx import tbxfile

    data = write_tbx(read_glossary(TABLE, "g.csv"), ["tk"])
    root = etree.fromstring(data)
    entries = root.findall(".//termEntry")
    assert [len(entry.findall(".//term")) for entry in entries] == [3, 2, 2, 2]
    assert [note.text for note in root.iter("termNote")] == [
        "preferredTerm-admn-sts",
        "admittedTerm-admn-sts",
    ]
    toolkit: Any = tbxfile
    store = toolkit.parsestring(data)
    store.settargetlanguage("tk")
    assert (store.units[1].source, store.units[1].target) == ("quoted sentence", "sitata")


def test_a_table_runs_nothing_in_a_spreadsheet() -> None:
    rows = list_glossary_rows(read_glossary(TABLE, "g.csv"), ["tk", "fr"])
    read = list(csv.reader(io.StringIO(write_glossary_csv(rows).decode("utf-8-sig"), newline="")))
    assert read[0] == ["en", "tk", "status tk", "note"]
    assert read[3] == ["the law", "kanun", "unverified", "'=1+1"]


def test_unverified_terms_are_told_with_their_places() -> None:
    found = find_unverified(read_glossary(TABLE, "g.csv"), "tk", [source()])
    assert [(one.term.source, one.places) for one in found] == [
        ("quoted sentence", ("short: findings ¶4",)),
        ("the law", ("short: findings ¶1",)),
        ("court", ()),
    ]
