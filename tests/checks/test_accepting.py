"""`# ok: CODE`: a finding accepted for one text, and for that text alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from publish.checks.accepting import (
    Acceptance,
    acceptances,
    corrected_by,
    digest_entry,
    judge_acceptances,
    list_accepted_codes,
    restamp_entry,
    stamp_entry,
    stamp_file,
)
from publish.checks.engine import check_catalog, judge_catalog
from publish.checks.health import HEALTH_RULES
from publish.checks.rule import Pair, Problem, Rule, SentenceRunner
from publish.checks.table import RULES
from publish.checks.views import CatalogView
from publish.languages.registry import find
from publish.model import Entry, Level, Location, Role
from publish.po.pofile import dump_po, extract_catalog, parse_po
from publish.reading.markdown import SourceFile, read_document
from publish.reading.source import cut_source

KNOWN = {"has-x"}
STRUCTURE = [rule for rule in RULES if rule.structural]
TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=20)


def has_x(pair: Pair) -> Iterator[Problem]:
    at = pair.target.find("x")
    if at >= 0:
        yield Problem(message="there is an x", spot=(at, at + 1))


ROW = Rule(
    code="has-x",
    family="letters",
    level=Level.ERROR,
    title="An x",
    why="No x here.",
    remedy="Delete it.",
    language="ru",
    right=("One.", "Один."),
    wrong=("One.", "x."),
    runner=SentenceRunner(has_x),
)


def entry(msgstr: str, *comments: str) -> Entry:
    return Entry(msgid="Two.", msgstrs=(msgstr,), comments=comments)


def test_a_comment_names_a_code_and_perhaps_a_digest() -> None:
    found = acceptances(entry("x", "ok: has-x", "ok: has-x 3fa9c1", "ok, good", "ok: it is good"))
    assert found == (Acceptance("has-x"), Acceptance("has-x", "3fa9c1"))


@given(TEXT, TEXT)
def test_an_acceptance_holds_for_one_text(before: str, after: str) -> None:
    accepted = stamp_entry(entry(before, "ok: has-x"), KNOWN)
    assert accepted.comments == (f"ok: has-x {digest_entry(accepted, 'has-x')}",)
    assert list_accepted_codes(accepted) == {"has-x"}
    changed = replace(accepted, msgstrs=(after,))
    assert list_accepted_codes(changed) == (KNOWN if after == before else set())
    reworded = replace(accepted, msgid=f"Two.{after}")
    assert list_accepted_codes(reworded) == set()


@given(TEXT)
def test_stamping_twice_is_stamping_once(text: str) -> None:
    once = stamp_entry(entry(text, "by hand", "ok: has-x"), KNOWN)
    assert stamp_entry(once, KNOWN) == once


def test_only_what_is_known_translated_and_not_fuzzy_is_stamped() -> None:
    for left in (
        entry("x", "ok: other"),
        entry("", "ok: has-x"),
        replace(entry("x", "ok: has-x"), flags=("fuzzy",)),
        replace(entry("x", "ok: has-x"), obsolete=True),
    ):
        assert stamp_entry(left, KNOWN) == left


def test_a_repair_keeps_what_was_accepted_and_revives_nothing() -> None:
    held = stamp_entry(entry("x  y", "ok: has-x"), KNOWN)
    repaired = restamp_entry(held, replace(held, msgstrs=("x y",)))
    assert list_accepted_codes(repaired) == KNOWN
    lapsed = replace(held, msgstrs=("x  z",))
    assert list_accepted_codes(restamp_entry(lapsed, replace(lapsed, msgstrs=("x z",)))) == set()


def test_lapsed_and_unknown_acceptances_are_told() -> None:
    (lapsed,) = judge_acceptances(entry("x", "ok: has-x 000000"), KNOWN)
    assert (lapsed.code, lapsed.level) == ("accepted-lapsed", Level.ADVICE)
    (unknown,) = judge_acceptances(entry("x", "ok: has-y"), KNOWN)
    assert (unknown.code, unknown.hint) == ("accepted-unknown", "did you mean has-x?")


PO = """\
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

#  free form,   kept
msgid "One."
msgstr "x один."

# ok: has-x
msgid "Two."
msgstr "x два."
"""


def test_only_the_entry_with_the_comment_is_written_anew() -> None:
    before = parse_po(PO.encode(), "x.po")
    after = dump_po(stamp_file(before, KNOWN)).decode()
    found = digest_entry(before.records[1].entry, "has-x")
    assert after == PO.replace("# ok: has-x", f"# ok: has-x {found}")
    assert stamp_file(before, set()) == before


def view(po: str) -> CatalogView:
    text = "---\ntitle: T\n---\n\n## S {#s}\n\nOne. Two.\n"
    return CatalogView(
        source=cut_source(read_document("x", "en", [SourceFile("x.md", text)]), find("en")),
        catalog=extract_catalog(parse_po(po.encode(), "x.po")),
        language=find("ru"),
    )


def test_what_is_accepted_is_listed_apart() -> None:
    (found, no), (accepted, yes) = judge_catalog(view(PO), [ROW])
    assert (no, yes) == (False, True)
    assert (found.code, str(found.span)) == ("has-x", "x.po:6")
    assert found.location == Location(section="s", kind=Role.PARAGRAPH, number=1, paragraph=1)
    assert found.quoted
    assert (found.quoted.source, found.quoted.translation) == ("One.", "x один.")
    assert found.quoted.spot == (0, 1)
    assert "# ok: has-x" in found.hint
    assert str(accepted.span) == "x.po:10"


def test_a_lapsed_acceptance_brings_its_finding_back() -> None:
    codes = [found.code for found in check_catalog(view(PO.replace("-x\n", "-x 000000\n")), [ROW])]
    assert codes == ["has-x", "has-x", "accepted-lapsed"]


def superseding(correction: str, comment: str = "ok: source-superseded") -> CatalogView:
    po = PO.replace("ok: has-x", comment)
    corrections = extract_catalog(
        parse_po(f'msgid "Two."\nmsgstr "{correction}"\n'.encode(), "en.po")
    )
    return replace(view(po), corrections=corrections)


def health(view: CatalogView) -> list[str]:
    codes = [found.code for found in check_catalog(view, HEALTH_RULES)]
    return [code for code in codes if not code.startswith(("header-", "catalog-"))]


def test_a_corrected_source_is_accepted_for_one_correction() -> None:
    first = superseding("Two and a half.")
    assert health(superseding("Two and a half.", "by hand")) == ["source-superseded"]
    corrected = corrected_by(first.corrections)
    accepted = stamp_entry(first.catalog.entries[-1], {"source-superseded"}, corrected)
    assert health(superseding("Two and a half.", accepted.comments[0])) == []
    lapsed = health(superseding("Three.", accepted.comments[0]))
    assert lapsed == ["source-superseded", "accepted-lapsed"]
    repaired = replace(accepted, msgstrs=("x три.",))
    held = restamp_entry(accepted, repaired, corrected)
    assert list_accepted_codes(held, corrected) == {"source-superseded"}
    assert list_accepted_codes(held, {held.key: "Three."}) == set()


def test_errors_of_structure_cannot_be_accepted() -> None:
    po = PO.replace("ok: has-x", "ok: raw-html").replace("x два.", "<b>два</b>.")
    found = {(one.code, one.level) for one in check_catalog(view(po), STRUCTURE)}
    assert found == {("raw-html", Level.ERROR), ("accepted-unknown", Level.ADVICE)}


def test_a_joined_sentence_is_checked_with_the_one_before_it() -> None:
    seen: list[str] = []

    def look(pair: Pair) -> Iterator[Problem]:
        seen.append(pair.source)
        return iter(())

    po = PO.replace("x два.", "{joined}").replace("# ok: has-x\n", "")
    assert list(check_catalog(view(po), [replace(ROW, runner=SentenceRunner(look))])) == []
    assert seen == ["One. Two."]


def test_a_fuzzy_text_is_left_alone_and_marks_are_taken_off() -> None:
    po = PO.replace("# ok: has-x", "#, fuzzy").replace('"One."', '"*One* [l](1)."')
    po = po.replace("x один.", "*x* [l](1).")
    (found,) = check_catalog(view(po), [ROW])
    assert found.quoted
    assert (found.quoted.source, found.quoted.translation) == ("One l.", "x l.")
