"""Read the settings of a workspace into one frozen value; an unknown key is an error."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, cast, get_args

from publish.errors import PublishError, UsageError, did_you_mean
from publish.model import Braille, Family, Form, Format, Level, NotePlace, PageSize, Span
from publish.settingtable import FILES, SettingTable, read_setting_table, refuse_unknown
from publish.signatures.minisign import read_public_key, write_public_line
from publish.signatures.reviewers import explain_wrong_reviewer, fold_reviewer

__all__ = ["FILES", "Fallback", "Gate", "Settings", "State", "find_setting", "read_settings"]

Fallback = Literal["source-marked", "fail"]
Segmentation = Literal["sentence", "paragraph"]
TopLevelDivision = Literal["chapter", "part"]
Typography = Literal["language", "as-typed"]
EpubFonts = Literal["reader", "embedded"]
Html = Literal["apart", "together"]
Lines = Literal["best", "first-fit"]
Meaning = Literal["words", "vectors"]
State = Literal["draft", "reviewed", "approved"]


@dataclass(frozen=True, slots=True)
class Gate:
    """The conditions for a state: no findings of some levels, and enough coverage and reviews.

    Only findings of the `families` count, or all findings if no family is given.  `coverage` is
    the least translated part and `review` the least part of sentences with a valid approval,
    both in percent.  Errors of structure stop every edition, whatever a gate says.

    The last three are for approved editions.  Each sentence needs as many `approvals`, of different
    reviewers.  If there are `approvers`, only they count, and if they must be `signed`, only rows
    of the ledger with a good signature do.
    """

    levels: tuple[Level, ...] = ()
    coverage: int = 0
    families: tuple[Family, ...] = ()
    review: int = 0
    approvals: int = 1
    approvers: tuple[str, ...] = ()
    signed: bool = False


GATES: Mapping[State, Gate] = {
    "draft": Gate(),
    "reviewed": Gate((Level.ERROR,), 100, review=100),
    "approved": Gate((Level.ERROR, Level.WARNING), 100, review=100),
}
"""The gates of a workspace whose settings have none."""

OF_APPROVED = ("approvals", "approvers", "signed")
"""The settings that only the gate of approved editions has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of a workspace.

    Empty `documents` mean every document under `source/`.  Each kind of `pages` gives a PDF.
    `segmentation` is by document, `fallback` and `fonts` by language; the defaults are sentences,
    marked source text, and the fonts of the style sheet.  `top_level_division`, by document, says
    what headings of the top level are; by default the source says it.  `gates` are by state: see
    `gate`.
    `typography` is that of straight quotes and `--` in sources; `as_text` are names of marks of
    other programs that are text there.  `bilingual` are pairs of languages, such as `en+ru`.
    `epub_fonts` says whether an EPUB embeds fonts, `html` whether each language has a page of its
    own, `lines` how a PDF breaks lines, `notes` where it has its notes, `form` how it is laid out;
    `length` leaves it to the source.  `two_sided` PDFs are printed on both sides.
    `booklet_sheets` are folded in one another at most, all if 0.  `contents_depth` is how many
    levels contents have; 0 are as many as fit two pages.  `translators` are names or roles by
    language, for metadata only, `accessibility` claims of conformance by the names in `CLAIMS`.
    `cache` is the folder of finished editions, from the root; `cache_limit` its largest size in
    MiB.  `base_url` is the address of releases with a slash at its end, or empty.  `meaning` says
    by what `check` compares sentences, `braille` how braille is laid out.  `numbered` kinds have
    numbers, `referenced` ones where the text refers to them; `captions` says where captions are,
    `lists` what is listed after the contents.  `reviewers` are public keys by the names of those
    who sign their reviews.
    """

    source_language: str = "en"
    languages: tuple[str, ...] = ("en",)
    formats: tuple[Format, ...] = ("pdf", "epub")
    pages: tuple[PageSize, ...] = ("a4",)
    documents: tuple[str, ...] = ()
    segmentation: Mapping[str, Segmentation] = field(default_factory=dict)
    top_level_division: Mapping[str, TopLevelDivision] = field(default_factory=dict)
    typography: Typography = "language"
    as_text: tuple[str, ...] = ()
    numbered: tuple[str, ...] = ("referenced",)
    captions: Mapping[str, str] = field(default_factory=dict)
    lists: tuple[str, ...] = ()
    fallback: Mapping[str, Fallback] = field(default_factory=dict)
    fonts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    gates: Mapping[State, Gate] = field(default_factory=dict)
    pdf_variant: str = "pdf/a-3a+ua-1"
    epub_fonts: EpubFonts = "reader"
    html: Html = "apart"
    notes: NotePlace = "page"
    form: Form = "length"
    two_sided: bool = False
    contents_depth: int = 0
    booklet_sheets: int = 0
    lines: Lines = "best"
    bilingual: tuple[str, ...] = ()
    translators: Mapping[str, str] = field(default_factory=dict)
    accessibility: Mapping[str, str] = field(default_factory=dict)
    cache: str = "build/.cache"
    cache_limit: int = 1000
    base_url: str = ""
    meaning: Meaning = "words"
    braille: Braille = field(default_factory=Braille)
    reviewers: Mapping[str, str] = field(default_factory=dict)

    def gate(self, state: State) -> Gate:
        """Return the gate of a state, or its default gate where the workspace sets none."""
        return self.gates.get(state, GATES[state])


KEYS = {name.replace("_", "-") for name in Settings.__dataclass_fields__}
CLAIMS = ("conforms-to", "certified-by", "credential", "report")
"""The claims of accessibility that a publisher can make (EPUB Accessibility 1.1 §4)."""
SHOWN, PLACES = ("figures", "tables"), ("above", "below")
PDF_VARIANTS = ("pdf/a-3a+ua-1", "pdf/a-2a+ua-1")


def read_settings(root: Path) -> Settings:
    """Return the settings in `publish.toml` or `pyproject.toml` of a workspace's root folder.

    Raises UsageError with file and line for TOML that does not parse, unknown keys and invalid
    values.
    """
    return _settings(read_setting_table(root))


def find_setting(root: Path, key: str, item: str) -> Span:
    """Return the line of a workspace's settings that has this item of this key."""
    return read_setting_table(root).span(key, item)


def _settings(table: SettingTable) -> Settings:
    for key in table.values:
        if key not in KEYS:
            hint = did_you_mean(key, KEYS)
            if key == "tool":
                hint = f"in {FILES[0]}, write [fonts] instead of [tool.publish.fonts]"
            raise UsageError(f"unknown setting {key!r}", table.span(key), hint)
    kinds, cuts, fallbacks = get_args(Format), get_args(Segmentation), get_args(Fallback)
    source_language = table.one("source-language", "en")
    languages = table.some("languages", (source_language,))
    documents = table.many("documents", ())
    segmentation = table.by_name("segmentation", documents, cuts)
    divisions = table.by_name("top-level-division", documents, get_args(TopLevelDivision))
    reviewers = _reviewers(table.table("reviewers", ()))
    return Settings(
        source_language=source_language,
        languages=languages,
        formats=cast("tuple[Format, ...]", table.some("formats", ("pdf", "epub"), kinds)),
        pages=cast("tuple[PageSize, ...]", table.some("pages", ("a4",), get_args(PageSize))),
        documents=documents,
        segmentation=cast("dict[str, Segmentation]", segmentation),
        top_level_division=cast("dict[str, TopLevelDivision]", divisions),
        typography=cast("Typography", table.one("typography", "language", get_args(Typography))),
        as_text=table.many("as-text", ()),
        numbered=table.many("numbered", ("referenced",), (*SHOWN, "referenced")),
        captions=table.by_name("captions", SHOWN, PLACES),
        lists=table.many("lists", (), SHOWN),
        fallback=cast("dict[str, Fallback]", table.by_name("fallback", languages, fallbacks)),
        fonts=table.lists("fonts", languages),
        gates=_gates(table.table("gates", get_args(State)), reviewers),
        pdf_variant=table.one("pdf-variant", PDF_VARIANTS[0], PDF_VARIANTS),
        epub_fonts=cast("EpubFonts", table.one("epub-fonts", "reader", get_args(EpubFonts))),
        html=cast("Html", table.one("html", "apart", get_args(Html))),
        notes=cast("NotePlace", table.one("notes", "page", get_args(NotePlace))),
        form=cast("Form", table.one("form", "length", get_args(Form))),
        two_sided=table.yes_or_no("two-sided"),
        contents_depth=table.whole("contents-depth", 0, 6),
        booklet_sheets=table.whole("booklet-sheets", 0, 100),
        lines=cast("Lines", table.one("lines", "best", get_args(Lines))),
        bilingual=_pairs(table, languages),
        translators=table.by_name("translators", languages, ()),
        accessibility=table.by_name("accessibility", CLAIMS, ()),
        cache=table.one("cache", "build/.cache"),
        cache_limit=table.mebibytes("cache-limit", 1000),
        base_url=_base_url(table),
        meaning=cast("Meaning", table.one("meaning", "words", get_args(Meaning))),
        braille=_braille(table.table("braille", tuple(Braille.__dataclass_fields__)), languages),
        reviewers=reviewers,
    )


def _reviewers(table: SettingTable) -> dict[str, str]:
    """Return the public keys of reviewers by name, each as minisign writes it on one line."""
    found: dict[str, str] = {}
    names, keys = dict[str, str](), dict[str, str]()
    for name in table.values:
        span = table.span(name)
        if why := explain_wrong_reviewer(name):
            message = f"{name!r} cannot be a reviewer: {why}"
            raise UsageError(message, span, "write a role or a pseudonym")
        word = table.one(name, "")
        try:
            key = read_public_key(word)
        except PublishError as error:
            hint = "write the word that publish review key show prints: RW and 54 more characters"
            raise UsageError(f"{name}: {error.message}", span, hint) from error
        for known, what in ((names, fold_reviewer(name)), (keys, key.id)):
            if (twin := known.setdefault(what, name)) != name:
                same = "have the same key" if known is keys else "are one name but for their case"
                hint = "each reviewer has one name and one key: delete one"
                raise UsageError(f"{twin} and {name} {same}", span, hint)
        found[name] = write_public_line(key)
    return found


def _braille(table: SettingTable, languages: tuple[str, ...]) -> Braille:
    return Braille(
        cells=table.whole("cells", Braille().cells, 100, 20),
        lines=table.whole("lines", Braille().lines, 100, 10),
        contracted=table.many("contracted", (), languages),
        tables=table.by_name("tables", languages, ()),
    )


def _pairs(table: SettingTable, languages: tuple[str, ...]) -> tuple[str, ...]:
    """Return the pairs of languages, each in its order on the page."""
    pairs = table.many("bilingual", ())
    for pair in pairs:
        tags = pair.split("+")
        place = table.span("bilingual", pair)
        if len(tags) != 2 or tags[0] == tags[1]:
            message = f"{pair!r} is not a pair of two different languages"
            raise UsageError(message, place, 'write a pair as in bilingual = ["en+ru"]')
        for tag in tags:
            refuse_unknown(tag, languages, "languages", place)
    return pairs


def _base_url(table: SettingTable) -> str:
    """Return the address of releases with a slash at its end."""
    value = table.one("base-url", "")
    if value and not re.fullmatch(r"https?://[^\s/?#]+(/[^\s?#]*)?", value):
        example = 'write an address as in base-url = "https://example.org/reports/"'
        raise UsageError("base-url is not a web address", table.span("base-url"), example)
    return value and value.rstrip("/") + "/"


def _gates(table: SettingTable, reviewers: Mapping[str, str]) -> dict[State, Gate]:
    gates: dict[State, Gate] = {}
    for state in cast("list[State]", list(table.values)):
        inner = table.table(state, ())
        for key in inner.values:
            if key not in Gate.__dataclass_fields__:
                hint = did_you_mean(key, Gate.__dataclass_fields__)
                raise UsageError(f"unknown setting {key!r} in a gate", inner.span(key), hint)
            if key in OF_APPROVED and state != "approved":
                message = f"{key} is a setting of the gate of approved editions only"
                raise UsageError(message, inner.span(key), "write it below [gates.approved]")
        base = GATES[state]
        levels = inner.many("levels", base.levels, tuple(Level))
        families = cast("tuple[Family, ...]", inner.many("families", (), get_args(Family)))
        gates[state] = Gate(
            tuple(map(Level, levels)),
            inner.percent("coverage", base.coverage),
            families,
            inner.percent("review", base.review),
            inner.whole("approvals", 1, 9, 1),
            inner.many("approvers", ()),
            inner.yes_or_no("signed"),
        )
        _refuse_hollow(state, gates[state], inner)
        _refuse_unreachable(gates[state], reviewers, inner)
    return gates


def _refuse_unreachable(gate: Gate, reviewers: Mapping[str, str], table: SettingTable) -> None:
    """Raise UsageError for a gate that no approvals could ever pass."""
    listed = {fold_reviewer(name) for name in reviewers}
    if gate.signed and not listed:
        hint = 'list them below [reviewers], as in Aygul = "RW…", or write signed = false'
        raise UsageError("signed needs the keys of reviewers", table.span("signed"), hint)
    for name in gate.approvers:
        span = table.span("approvers", name)
        if why := explain_wrong_reviewer(name):
            raise UsageError(f"{name!r} cannot be a reviewer: {why}", span, "write their role")
        if gate.signed and fold_reviewer(name) not in listed:
            hint = f"list the key below [reviewers], or leave {name} out"
            raise UsageError(f"approvers has {name}, whose key is not listed", span, hint)
    able = {fold_reviewer(name) for name in gate.approvers} or (listed if gate.signed else set())
    if able and gate.approvals > len(able):
        message = f"approvals is {gate.approvals}, but only {len(able)} can approve"
        hint = "list more reviewers, or write a smaller number"
        raise UsageError(message, table.span("approvals"), hint)


def _refuse_hollow(state: State, gate: Gate, table: SettingTable) -> None:
    """Raise UsageError for a gate that would give an edition a state it has not earned."""
    if state == "approved" and gate.review < 100:
        message = "review must be 100: every sentence of an approved edition is approved"
        raise UsageError(message, table.span("review"), "write review = 100")
    if state == "approved" and Level.ERROR not in gate.levels:
        message = "levels must include error: an approved edition has no errors"
        raise UsageError(message, table.span("levels"), 'write levels = ["error"]')
    if state == "reviewed" and gate.review < 1:
        message = "review must be at least 1: a reviewed edition needs some approvals"
        raise UsageError(message, table.span("review"), "write review = 100")
