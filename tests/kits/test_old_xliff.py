"""XLIFF 1.2: valid, read by older programs, and back again with every mark where it was."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from examples import some
from hypothesis import example, given, settings
from kitcases import ENGLISH, TEXTS, TURKMEN, catalog, commented, entry_of, sent, source
from lxml import etree

from publish.errors import PublishError
from publish.kits.items import ItemState
from publish.kits.oldxliff import OLD_NAMESPACE, write_old_xliff
from publish.kits.returning import ReturnOutcome, take_back
from publish.kits.xliff import read_returned_units, read_xliff
from publish.kits.xlifftext import normalise_for_xliff
from publish.model import make_entry_id
from publish.po.pofile import PoFile

NS = f"{{{OLD_NAMESPACE}}}"
GRAMMAR = etree.RelaxNG(etree.parse(Path(__file__).parents[1] / "cases" / "xliff" / "old.rng"))

MARKED = "The law was *read*."
LAW = "See [the law](1).[^1]"
CODE = "It has `code` in it."
QUOTED = "A quoted sentence."
NOTE = "The text of the note."
TRANSLATED = {
    MARKED: "Kanun *okaldy*.",
    LAW: "[^1][Kanuna](1) serediň.",
    NOTE: "Bellik.",
    QUOTED: "S",
}


def written(po: PoFile) -> bytes:
    return write_old_xliff("short", ENGLISH, TURKMEN, sent(po, normalise_for_xliff))


def back(po: PoFile, data: bytes) -> ReturnOutcome:
    msgids = {make_entry_id(record.entry.key): record.entry.msgid for record in po.records}
    read = read_xliff(data, "back.xlf")
    assert (read.document, read.source, read.language) == ("short", "en", "tk")
    return take_back(po, read_returned_units(read, msgids), source(), normalise_for_xliff)


def changed(po: PoFile, msgid: str, target: str, **attributes: str) -> ReturnOutcome:
    """What becomes of a file in which one target was replaced and the rest left alone."""
    root = etree.fromstring(written(po))
    unit = unit_of(root, msgid)
    made = etree.fromstring(f'<target xmlns="{OLD_NAMESPACE}">{target}</target>')
    old = unit.find(f"{NS}target")
    for name, value in {**dict(old.attrib), **attributes}.items():
        if value:
            made.set(name, value)
    unit.replace(old, made)
    return back(po, etree.tostring(root))


def unit_of(root: Any, msgid: str) -> Any:
    wanted = make_entry_id((None, msgid))
    (unit,) = (one for one in root.iter(f"{NS}trans-unit") if one.get("id") == wanted)
    return unit


def test_the_file_follows_the_specification() -> None:
    po = commented(catalog(TRANSLATED, NOTE), QUOTED, "a note", "reviewer: this or that?")
    root = etree.fromstring(written(po))
    assert GRAMMAR.validate(root), GRAMMAR.error_log
    notes = {one.get("from"): one.text for one in unit_of(root, QUOTED).iter(f"{NS}note")}
    assert notes == {"where": "findings ¶4", "note": "a note", "doubt": "this or that?"}
    assert not GRAMMAR.validate(etree.fromstring(written(po).replace(b'"translated"', b'"done"')))


def test_marks_are_codes_that_older_programs_show() -> None:
    unit = etree.tostring(unit_of(etree.fromstring(written(catalog(TRANSLATED))), LAW)).decode()
    assert '<g id="1" ctype="link">the law</g>.<ph id="2" ctype="x-note">[^1]</ph></' in unit
    assert '><ph id="2" ctype="x-note">[^1]</ph><g id="1" ctype="link">Kanuna</g> ser' in unit


def test_what_has_no_translation_has_its_source_there() -> None:
    unit = unit_of(etree.fromstring(written(catalog())), CODE)
    target = unit.find(f"{NS}target")
    assert target.get("state") == "needs-translation"
    assert "".join(target.itertext()) == CODE


def test_what_comes_back_untouched_changes_nothing() -> None:
    po = catalog(TRANSLATED, NOTE)
    outcome = back(po, written(po))
    assert (outcome.po, outcome.rejected, outcome.untouched) == (po, (), len(po.records))


@settings(max_examples=some(25))
@given(TEXTS.filter(lambda text: not {"\0", "\r"} & set(text)))
@example("a *star* `code` \x08 and ]] > & <x>")
@example("_x_ **b**\\\n c")
def test_any_translation_comes_back_untouched(text: str) -> None:
    items = sent(catalog(TRANSLATED), normalise_for_xliff)
    po = catalog({**TRANSLATED, QUOTED: text})
    outcome = back(po, written(po))
    assert (outcome.po, outcome.rejected) == (po, ())
    assert outcome.untouched == len(items)


@pytest.mark.parametrize(
    ("target", "text"),
    [
        ('<g id="1">Kanuna</g> serediň.<ph id="2"/>', "[Kanuna](1) serediň.[^1]"),
        ('<x id="2"/> <g id="1">Kanuna</g>', "[^1] [Kanuna](1)"),
        ('<mrk mtype="seg"><g id="1">K</g></mrk><ph id="2">[^9]</ph>', "[K](1)[^1]"),
    ],
)
def test_codes_are_read_whatever_they_contain(target: str, text: str) -> None:
    outcome = changed(catalog(), LAW, target)
    assert (outcome.taken, entry_of(outcome.po, LAW).msgstr) == (1, text)
    assert not entry_of(outcome.po, LAW).fuzzy


@pytest.mark.parametrize("target", ['<g id="7">S</g>', '<bpt id="1">*</bpt>S', "<ph id='1'/>S"])
def test_codes_that_were_not_sent_are_told(target: str) -> None:
    outcome = changed(catalog(), QUOTED, target)
    assert [one.code for one in outcome.rejected] == ["kit-cell"]
    assert outcome.po == catalog()


@pytest.mark.parametrize(
    ("state", "fuzzy"),
    [
        ("needs-translation", False),  # OmegaT leaves the state as it was sent
        ("new", False),
        ("", False),
        ("needs-review-translation", True),
        ("needs-adaptation", True),
        ("translated", False),
        ("final", False),
    ],
)
def test_states_come_back(state: str, fuzzy: bool) -> None:
    entry = entry_of(changed(catalog(), QUOTED, "Sitata.", state=state).po, QUOTED)
    assert (entry.msgstr, entry.fuzzy) == ("Sitata.", fuzzy)


def test_a_source_left_in_the_target_is_a_translation_only_if_somebody_says_so() -> None:
    assert changed(catalog(), QUOTED, QUOTED).untouched == len(catalog().records)
    assert changed(catalog(), QUOTED, QUOTED, state="new").untouched == len(catalog().records)
    sure = changed(catalog(), QUOTED, QUOTED, state="translated")
    assert entry_of(sure.po, QUOTED).msgstr == QUOTED


def test_a_correction_of_a_fuzzy_text_confirms_it() -> None:
    po = catalog(TRANSLATED, NOTE)
    entry = entry_of(changed(po, NOTE, "Täze bellik.").po, NOTE)
    assert (entry.msgstr, entry.fuzzy) == ("Täze bellik.", False)


def test_states_go_out() -> None:
    states: tuple[ItemState, ...] = (
        "untranslated",
        "fuzzy",
        "translated",
        "reviewed",
        "approved",
    )
    items = [replace(one, state=to) for one, to in zip(sent(catalog()), states, strict=False)]
    root = etree.fromstring(write_old_xliff("short", ENGLISH, TURKMEN, items))
    assert [one.get("state") for one in root.iter(f"{NS}target")] == [
        "needs-translation",
        "needs-review-translation",
        "translated",
        "signed-off",
        "final",
    ]
    approved = [one.get("approved") for one in root.iter(f"{NS}trans-unit")]
    assert approved == [None, None, None, None, "yes"]


def test_notes_of_translators_come_back_as_questions() -> None:
    root = etree.fromstring(written(catalog()))
    etree.SubElement(unit_of(root, QUOTED), f"{NS}note", {"from": "me"}).text = "Who\n said it?"
    outcome = back(catalog(), etree.tostring(root))
    assert entry_of(outcome.po, QUOTED).comments == ("question: Who said it?",)
    assert sum(bool(one.entry.comments) for one in outcome.po.records) == 1


def test_units_in_groups_are_read() -> None:
    text = written(catalog(TRANSLATED)).decode()
    grouped = text.replace("<body>", '<body><group id="g">').replace("</body>", "</group></body>")
    assert back(catalog(TRANSLATED), grouped.encode()).untouched == len(catalog().records)


def test_translate_toolkit_reads_and_writes_it() -> None:
    from translate.storage.xliff import Xliff1File

    po = catalog(TRANSLATED, NOTE)
    toolkit: Any = Xliff1File
    store = toolkit.parsestring(written(po))
    found = {unit.source: unit for unit in store.units}
    assert len(found) == len(po.records)
    assert (found[NOTE].target, found[QUOTED].target) == ("Bellik.", "S")
    heading = found["What was found"]
    heading.target = "Netijeler"
    heading.addnote("Or another word?", origin="translator")
    outcome = back(po, bytes(store))
    assert (outcome.taken, outcome.rejected) == (1, ())
    entry = entry_of(outcome.po, "What was found")
    assert (entry.msgstr, entry.comments) == ("Netijeler", ("question: Or another word?",))


@pytest.mark.parametrize(
    "text",
    [
        f"<xliff version='2.0' xmlns='{OLD_NAMESPACE}'/>",
        "<xliff version='1.2'/>",
        f"<xliff version='1.2' xmlns='{OLD_NAMESPACE}'/>",
        f"<!DOCTYPE xliff [<!ENTITY a 'b'>]><xliff version='1.2' xmlns='{OLD_NAMESPACE}'/>",
        "<xliff>" + "<group>" * 120,
    ],
)
def test_what_is_no_such_file_is_refused(text: str) -> None:
    with pytest.raises(PublishError) as error:
        read_xliff(text.encode(), "x.xlf")
    assert error.value.code == "kit-file"


def test_a_source_that_nobody_knows_is_told_with_its_text() -> None:
    data = written(catalog({QUOTED: "Sitata."})).replace(b'id="u2c5a9', b'id="u2c5a8')
    outcome = back(catalog(), data.replace(b"Sitata.", b"Sitata!"))
    assert [(one.code, one.returned.text) for one in outcome.rejected] == [
        ("kit-unknown", "Sitata!")
    ]


def foreign(units: str) -> bytes:
    """A file as another program makes it of its own: ids that are numbers, and no fingerprints."""
    begin = f'<xliff xmlns="{NS[1:-1]}" version="1.2"><file original="short" '
    begin += 'source-language="en" target-language="tk" datatype="plaintext"><body>'
    return f"{begin}{units}</body></file></xliff>".encode()


def test_a_unit_of_another_program_is_found_by_its_source() -> None:
    made = f"<trans-unit id='8'><source>{QUOTED}</source><target>S *1*</target></trans-unit>"
    made += "<trans-unit id='9'><source>Unheard of.</source><target>X</target></trans-unit>"
    outcome = back(catalog(), foreign(made))
    assert (outcome.taken, entry_of(outcome.po, QUOTED).msgstr) == (1, "S \\*1\\*")
    assert [one.code for one in outcome.rejected] == ["kit-unknown"]


def test_a_unit_of_another_program_replaces_nothing() -> None:
    made = f"<trans-unit id='8'><source>{QUOTED}</source><target>Other</target></trans-unit>"
    outcome = back(catalog(TRANSLATED), foreign(made))
    assert (outcome.po, [one.code for one in outcome.rejected]) == (
        catalog(TRANSLATED),
        ["kit-conflict"],
    )
