"""XLIFF 2.1: valid, read by others, and back again with every mark where it was."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from examples import least, some
from hypothesis import example, given, settings
from hypothesis import strategies as st
from kitcases import ENGLISH, TEXTS, TURKMEN, catalog, commented, entry_of, sent, source
from lxml import etree

from publish.checks.structure import check_entry_structure
from publish.containers.xmlreading import parse_xml
from publish.errors import PublishError
from publish.kits.items import ItemState
from publish.kits.oldxliff import write_old_xliff
from publish.kits.returning import ReturnOutcome, take_back
from publish.kits.xliff import read_returned_units, read_xliff, write_xliff
from publish.kits.xlifftext import (
    normalise_for_xliff,
    read_target_text,
    write_source_text,
    write_target_text,
)
from publish.model import plain
from publish.po.pofile import PoFile
from publish.reading.msgstr import count_marks, parse_msgstr

NS = "{urn:oasis:names:tc:xliff:document:2.0}"
GRAMMAR = etree.RelaxNG(etree.parse(Path(__file__).parents[1] / "cases" / "xliff" / "core.rng"))

MARKED = "The law was *read*."
LAW = "See [the law](1).[^1]"
QUOTED = "A quoted sentence."
NOTE = "The text of the note."
TRANSLATED = {
    MARKED: "Kanun *okaldy*.",
    LAW: "[^1][Kanuna](1) serediň.",
    NOTE: "Bellik.",
    QUOTED: "S",
}


def written(po: PoFile) -> bytes:
    return write_xliff("short", ENGLISH, TURKMEN, sent(po, normalise_for_xliff))


def back(po: PoFile, data: bytes) -> ReturnOutcome:
    from publish.model import make_entry_id

    msgids = {make_entry_id(record.entry.key): record.entry.msgid for record in po.records}
    texts = read_returned_units(read_xliff(data, "back.xlf"), msgids)
    return take_back(po, texts, source(), normalise_for_xliff)


def unit_of(root: Any, msgid: str) -> Any:
    (unit,) = (
        one
        for one in root.iter(f"{NS}unit")
        if msgid in "".join(one.find(f".//{NS}source").itertext())
    )
    return unit


def test_the_file_follows_the_specification() -> None:
    root = etree.fromstring(written(catalog(TRANSLATED, NOTE)))
    assert GRAMMAR.validate(root), GRAMMAR.error_log
    ids = [unit.get("id") for unit in root.iter(f"{NS}unit")]
    assert len(set(ids)) == len(ids)
    for unit in root.iter(f"{NS}unit"):
        data = {one.get("id") for one in unit.iter(f"{NS}data")}
        codes = [*unit.iter(f"{NS}pc"), *unit.iter(f"{NS}ph")]
        used = {
            one.get(name) for one in codes for name in ("dataRef", "dataRefStart", "dataRefEnd")
        }
        assert used - {None} == data


def test_a_doubt_is_a_note_of_its_own() -> None:
    po = commented(catalog(TRANSLATED), QUOTED, "a note", "reviewer: this or that?")
    root = etree.fromstring(written(po))
    assert GRAMMAR.validate(root), GRAMMAR.error_log
    notes = {one.get("category"): one.text for one in unit_of(root, QUOTED).iter(f"{NS}note")}
    assert (notes["note"], notes["doubt"]) == ("a note", "this or that?")
    assert sum(one.get("category") == "doubt" for one in root.iter(f"{NS}note")) == 1
    assert back(po, written(po)).untouched == len(po.records)


@pytest.mark.parametrize("old", ["name", "note"])
def test_fingerprints_of_older_files_are_read(old: str) -> None:
    po = catalog(TRANSLATED, NOTE)
    root: Any = etree.fromstring(written(po))
    for unit in root.iter(f"{NS}unit"):
        base = unit.attrib.pop("type").removeprefix("publish:")
        if old == "name":
            unit.set("name", base)
        else:
            etree.SubElement(unit.find(f"{NS}notes"), f"{NS}note", category="base").text = base
    outcome = back(po, etree.tostring(root))
    assert (outcome.po, outcome.untouched) == (po, len(po.records))


def test_no_fingerprint_stands_where_translators_read() -> None:
    po = catalog(TRANSLATED, NOTE)
    for data in (written(po), write_old_xliff("short", ENGLISH, TURKMEN, sent(po))):
        root = etree.fromstring(data)
        shown = [text for one in root.iter() for text in (one.text, one.tail) if text]
        shown += [one.get(name, "") for one in root.iter() for name in ("id", "name", "resname")]
        assert not any(re.search("k[0-9a-f]{12}", text) for text in shown)


def test_the_grammar_refuses_what_the_specification_does() -> None:
    root = etree.fromstring(written(catalog(TRANSLATED)))
    next(root.iter(f"{NS}segment")).set("state", "done")
    assert not GRAMMAR.validate(root)


def test_marks_are_codes_of_the_source() -> None:
    assert write_source_text("*a* [b](1)") == (
        '<pc canCopy="no" canDelete="no" dataRefEnd="e1" dataRefStart="d1" id="1" type="fmt"'
        ' subType="xlf:i">a</pc> <pc canCopy="no" canDelete="no" dataRefEnd="e2"'
        ' dataRefStart="d2" id="2" type="link">b</pc>'
    )
    assert (
        '<ph canCopy="no" canDelete="no" dataRef="d1" id="1" type="other"/>'
        in write_source_text("[^1]")
    )
    twice = etree.fromstring(f"<s>{write_target_text('*a* *b*', '*ä* *b*')}</s>")
    assert [one.get("id") for one in twice] == ["1", "2"]
    assert write_target_text("*a*", "*ä* *b*") == "*ä* *b*"
    turned = write_target_text("*a* [b](1)", "[ç](1) *ä*")
    assert turned.index('id="2"') < turned.index('id="1"')


def test_what_comes_back_untouched_changes_nothing() -> None:
    po = catalog(TRANSLATED, NOTE)
    outcome = back(po, written(po))
    assert (outcome.po, outcome.rejected, outcome.untouched) == (po, (), len(po.records))


def _fits(msgid: str, msgstr: str) -> bool:
    """Whether a translation can be read, and has no mark more than its source."""
    try:
        return count_marks(parse_msgstr(msgstr)) <= count_marks(parse_msgstr(msgid))
    except PublishError:
        return False


@given(TEXTS, TEXTS)
@example("*a* and [b](1).[^1]", "_a_ we [b](1)")
@example("H<sub>2</sub> $`x`$ <kbd>a</kbd>", "<kbd>ä</kbd> $`x`$ H<sub>2</sub>")
@example("**a** `c`", "<b> `c`")
@example("a\\\nb", "a\x08\\\nb")
def test_any_translation_comes_back_untouched(msgid: str, msgstr: str) -> None:
    try:
        parse_msgstr(msgid)
        write_source_text(msgid)
    except PublishError:
        return
    carried = normalise_for_xliff(msgid, msgstr)
    if _fits(msgid, msgstr):
        assert parse_msgstr(carried) == parse_msgstr(msgstr)
        assert normalise_for_xliff(msgid, carried) == carried
    target = parse_xml(f"<t>{write_target_text(msgid, msgstr)}</t>".encode(), "")
    assert not msgstr.strip() or read_target_text(msgid, [target]) == carried


TYPED = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Cn"])
    | st.sampled_from("*_`[]()<>\\&;!^{}# "),
    min_size=1,
).filter(str.strip)


def typed(text: str) -> ReturnOutcome:
    """What becomes of a text that stands in a target as it was typed."""
    po = catalog()
    root = etree.fromstring(written(po))
    segment = unit_of(root, QUOTED).find(f"{NS}segment")
    etree.SubElement(segment, f"{NS}target").text = text
    segment.set("state", "translated")
    return back(po, etree.tostring(root))


def test_text_typed_in_another_program_is_shown_as_it_is() -> None:
    """What stands in a target as text is text, whatever Markdown would make of it."""
    taken = 0

    @settings(max_examples=some(40))
    @given(TYPED)
    @example("a *star* and {joined}")
    @example("[x](1) <b> &amp; \\")
    def check(text: str) -> None:
        nonlocal taken
        outcome = typed(text)
        if outcome.rejected:
            assert {one.code for one in outcome.rejected} <= {"bidi-control", "kit-cell"}
            return
        taken += 1
        entry = entry_of(outcome.po, QUOTED)
        assert not list(check_entry_structure(entry))
        shown = plain(parse_msgstr(entry.msgstr))
        assert shown.split() == text.split() or entry.joined

    check()
    assert taken >= least(30)


def test_a_text_that_turns_others_is_rejected_as_it_came() -> None:
    outcome = typed("Sitata \u202e002.")
    assert (outcome.taken, [one.code for one in outcome.rejected]) == (0, ["bidi-control"])
    assert outcome.rejected[0].returned.text == "Sitata \u202e002."
    assert entry_of(outcome.po, QUOTED).msgstr == ""


def read_back(inside: str, msgid: str = "*a* `c` ![p](1)") -> str:
    return read_target_text(msgid, [parse_xml(f"<target>{inside}</target>".encode(), "")])


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ('<pc id="1">b</pc> <ph id="2"/>', "*b* `c`"),
        ('<ph id="2"/> <pc id="3">new</pc>', "`c` ![new](1)"),
        ('<mrk id="m">b <pc id="1">c</pc></mrk>', "b *c*"),
        ('<sm id="m"/>b<em startRef="m"/>', "b"),
        ('a<cp hex="0416"/>b', "aЖb"),
        ('<pc id="1">a <ph id="2"/></pc>', "*a `c`*"),
    ],
)
def test_codes_of_other_programs_are_read(inside: str, text: str) -> None:
    assert read_back(inside) == text


@pytest.mark.parametrize(
    ("inside", "message"),
    [
        ('<sc id="1"/>b', "the inline code <sc> was not sent"),
        ('<ph id="1"/>', "the source sentence has no code 1 of this kind"),
        ('<pc id="2">b</pc>', "the source sentence has no code 2 of this kind"),
        ('<pc id="9">b</pc>', "the source sentence has no code 9 of this kind"),
        ("<ph/>", "the source sentence has no code  of this kind"),
        ('<cp hex="zz"/>', "no character has the code zz"),
        ("<cp/>", "no character has the code "),
        ('<cp hex="110000"/>', "no character has the code 110000"),
        ('<cp hex="FFFFFFFFFFFFFFFFFFFF"/>', "no character has the code FFFFFFFFFFFF"),
    ],
)
def test_codes_that_nobody_sent_are_told(inside: str, message: str) -> None:
    with pytest.raises(PublishError) as caught:
        read_back(inside)
    assert (caught.value.message, caught.value.code) == (message, "kit-code")
    assert caught.value.hint == "use each code of the source once"


@pytest.mark.parametrize(
    ("state", "fuzzy"),
    [("initial", True), (None, True), ("translated", False), ("reviewed", False), ("final", False)],
)
def test_states_come_back(state: str | None, fuzzy: bool) -> None:
    po = catalog()
    root = etree.fromstring(written(po))
    segment = unit_of(root, QUOTED).find(f"{NS}segment")
    etree.SubElement(segment, f"{NS}target").text = "Sitata."
    segment.attrib.pop("state")
    if state:
        segment.set("state", state)
    entry = entry_of(back(po, etree.tostring(root)).po, QUOTED)
    assert (entry.msgstr, entry.fuzzy) == ("Sitata.", fuzzy)


def test_states_go_out() -> None:
    found = sent(catalog(TRANSLATED, NOTE))
    states: tuple[ItemState, ...] = (
        "untranslated",
        "fuzzy",
        "translated",
        "reviewed",
        "approved",
    )
    items = [replace(item, state=state) for item, state in zip(found, states, strict=False)]
    root = etree.fromstring(write_xliff("short", ENGLISH, TURKMEN, items))
    told = [segment.get("state") for segment in root.iter(f"{NS}segment")]
    assert told == ["initial", "initial", "translated", "reviewed", "final"]


def test_a_code_that_the_source_does_not_have_is_told() -> None:
    po = catalog()
    root = etree.fromstring(written(po))
    segment = unit_of(root, QUOTED).find(f"{NS}segment")
    target = etree.SubElement(segment, f"{NS}target")
    etree.SubElement(target, f"{NS}pc", id="7").text = "Sitata."
    outcome = back(po, etree.tostring(root))
    assert [(one.code, one.returned.text) for one in outcome.rejected] == [("kit-cell", "Sitata.")]
    assert outcome.po == po


def test_a_unit_that_was_cut_into_segments_is_put_together() -> None:
    po = catalog()
    root = etree.fromstring(written(po))
    unit = unit_of(root, QUOTED)
    unit.remove(unit.find(f"{NS}segment"))
    for text, target in (("A quoted ", "Bir "), ("sentence.", "sitata.")):
        segment = etree.SubElement(unit, f"{NS}segment", state="translated")
        etree.SubElement(segment, f"{NS}source").text = text
        etree.SubElement(segment, f"{NS}target").text = target
    assert entry_of(back(po, etree.tostring(root)).po, QUOTED).msgstr == "Bir sitata."


def test_translate_toolkit_reads_and_writes_it() -> None:
    from translate.storage.xliff2 import Xliff2File

    po = catalog(TRANSLATED, NOTE)
    toolkit: Any = Xliff2File
    store = toolkit.parsestring(written(po))
    found = {unit.source: unit for unit in store.units}
    assert len(found) == len(po.records)
    assert (found[NOTE].target, found[NOTE].isfuzzy()) == ("Bellik.", True)
    assert (found[QUOTED].target, found[QUOTED].istranslated()) == ("S", True)
    heading = found["What was found"]
    heading.target = "Netijeler"
    heading.marktranslated()
    outcome = back(po, bytes(store))
    assert (outcome.taken, outcome.rejected) == (1, ())
    assert entry_of(outcome.po, "What was found").msgstr == "Netijeler"


@pytest.mark.parametrize(
    "text",
    [
        "<xliff version='1.2' xmlns='urn:oasis:names:tc:xliff:document:1.2'/>",
        "<tmx version='1.4'/>",
        f"<xliff version='2.1' xmlns='{NS[1:-1]}'/>",
    ],
)
def test_other_versions_and_kinds_are_refused(text: str) -> None:
    with pytest.raises(PublishError) as error:
        read_xliff(text.encode(), "x.xlf")
    assert error.value.code == "kit-file"
