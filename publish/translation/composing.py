"""Compose a translated document from a source and its translations.

For each sentence: a confirmed translation is shown; a fuzzy one is shown only on request, marked;
else the source sentence is shown, marked with its language.  A translation with wrong marks is
held back and counts as missing.  No sentence is left out, and no fallback is unmarked.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from publish.editions.recentresults import RecentResults
from publish.languages.language import Language
from publish.model import (
    Break,
    Coverage,
    Document,
    Entry,
    Inline,
    Inlines,
    Key,
    Passage,
    Prose,
    Sentence,
    Text,
    UnitSpan,
    plain,
    rebuild,
)
from publish.reading.blocks.figures import rewrite_figure
from publish.reading.marks.inline import normalise
from publish.reading.msgstr import ReadMsgstr, restore_addresses
from publish.reading.source import ProseSentences
from publish.translation.held import HeldSentences
from publish.translation.translation import Translation

__all__ = ["ComposedDocument", "Composing", "compose", "compose_prose", "measure_coverage"]


@dataclass(frozen=True, slots=True)
class ComposedDocument:
    """A document in the language of its translation, and how much of it is translated."""

    document: Document
    coverage: Coverage


def compose(
    translation: Translation,
    held: HeldSentences,
    *,
    use_fuzzy: bool = False,
    marked: bool = False,
    known: RecentResults | None = None,
) -> ComposedDocument:
    """Return the source document in the language of a translation; never raises.

    `held` are the sentences whose translation cannot be shown.  With `use_fuzzy`, fuzzy ones are
    shown.  With `marked`, each sentence is in a `UnitSpan` with its id.  Texts that are `known`
    are not composed again, which only saves time.  Law (identity): without
    entries, or with msgstr = msgid, the result is the source, except for language, marks and the
    writing of numbers in tables.
    Law (no span moves): blocks, ids and spans are those of the source.
    """
    work = Composing.of(translation, held, use_fuzzy=use_fuzzy, marked=marked)
    if _stays(work):
        source = translation.source
        return ComposedDocument(source.document, Coverage(source.words, source.words))
    texts = iter(translation.source.texts)
    if work.original and not work.corrections:  # Nothing is looked up, nothing needs a mark.
        source = translation.source
        document = rebuild(
            source.document, lambda prose: _mark_source(prose, next(texts), work), work.language.tag
        )
        return ComposedDocument(document, Coverage(source.words, source.words))
    counted: list[Coverage] = []

    def change(prose: Prose) -> Prose:
        text = next(texts)
        if known is None:
            made, coverage = compose_prose(prose, text, work)
        else:
            content, coverage = known.recall(
                _make_key(prose, text, work), lambda: _compose_content(prose, text, work)
            )
            made = replace(prose, content=content)
        counted.append(coverage)
        return made

    document = rebuild(translation.source.document, change, work.language.tag)
    words, translated = sum(one.words for one in counted), sum(one.translated for one in counted)
    return ComposedDocument(document, Coverage(words, translated))


def compose_prose(prose: Prose, text: ProseSentences, work: Composing) -> tuple[Prose, Coverage]:
    """Return one text of a source in the language of a translation, and how much is translated.

    `text` has its sentences.
    """
    if _stays(work):
        words = sum(len(plain(sentence.tree).split()) for sentence in text.sentences)
        return prose, Coverage(words, words)
    pieces = tuple(_pieces(text, work))
    if prose.figure in ("plain", "grouped") and not work.original:
        made = replace(prose, content=rewrite_figure(prose, work.source, work.language))
    else:
        made = _translated(prose, pieces, work)
    return made, _coverage(pieces)


def _compose_content(
    prose: Prose, text: ProseSentences, work: Composing
) -> tuple[Inlines, Coverage]:
    made, coverage = compose_prose(prose, text, work)
    return made.content, coverage


def _make_key(prose: Prose, text: ProseSentences, work: Composing) -> Hashable:
    """Return all that a text is composed from, its languages by their tags.

    The tree of a sentence is that of its msgid, and a msgstr has one tree.  Only figures are made
    from the content of a text.
    """
    sentences = tuple(
        (
            one.id,
            one.key,
            one.unit.addresses,
            one.unit.bare,
            _describe_entry(work.entries.get(one.key)),
            _describe_entry(work.corrections.get(one.key)),
        )
        for one in text.sentences
    )
    figure = prose.figure and (prose.figure, prose.content)
    how = work.source.tag, work.language.tag, work.use_fuzzy, work.marked
    return how, figure, text.separators, sentences


def _describe_entry(entry: Entry | None) -> tuple[str, bool] | None:
    return None if entry is None else (entry.msgstr, entry.fuzzy)


def _stays(work: Composing) -> bool:
    """Return whether no text changes, by the law of identity: the original, uncorrected, unmarked.

    Languages that write no space between sentences leave out what a source has there.
    """
    return (
        work.original
        and not work.corrections
        and not work.marked
        and work.source.sentence_space == " "
    )


def measure_coverage(
    translation: Translation, held: HeldSentences, *, use_fuzzy: bool = False
) -> Coverage:
    """Return how many words of an edition are translated, without composing it."""
    work = Composing.of(translation, held, use_fuzzy=use_fuzzy)
    return _coverage(piece for text in translation.source.texts for piece in _pieces(text, work))


@dataclass(frozen=True, slots=True, kw_only=True)
class Composing:
    """The inputs of composing: the entries that can be shown, and their msgstrs as they were read.

    To compose a few texts, those of the sentences in them are enough.
    """

    source: Language
    language: Language
    original: bool
    entries: Mapping[Key, Entry]
    corrections: Mapping[Key, Entry]
    texts: Mapping[Key, ReadMsgstr]
    correction_texts: Mapping[Key, ReadMsgstr]
    use_fuzzy: bool
    marked: bool = False

    @staticmethod
    def of(
        translation: Translation, held: HeldSentences, *, use_fuzzy: bool, marked: bool = False
    ) -> Composing:
        """Return what all texts of a translation are composed from."""
        return Composing(
            source=translation.source.language,
            language=translation.language,
            original=translation.original,
            entries=_without(translation.entries, held.entries),
            corrections=_without(translation.corrected, held.corrections),
            texts=translation.texts,
            correction_texts=translation.correction_texts,
            use_fuzzy=use_fuzzy,
            marked=marked,
        )


def _without(entries: Mapping[Key, Entry], held: Mapping[Key, object]) -> Mapping[Key, Entry]:
    if not held:
        return entries
    return {key: entry for key, entry in entries.items() if key not in held}


def _coverage(pieces: Iterable[_Piece]) -> Coverage:
    words = translated = 0
    for piece in pieces:
        words += piece.words
        translated += piece.words if piece.state is None else 0
    return Coverage(words, translated)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """A sentence as it is shown: its tree, its state, and the number of its source words.

    `gap` separates it from the piece before.  With `joined`, its translation is part of the piece
    before.  `ids` are those of the sentences that the piece translates.
    """

    tree: Inlines
    state: str | None
    words: int
    gap: Inlines
    joined: bool = False
    ids: tuple[str, ...] = ()


def _translated(prose: Prose, every: tuple[_Piece, ...], work: Composing) -> Prose:
    pieces = [piece for piece in every if not piece.joined]
    content: list[Inline] = []
    for before, piece in zip([None, *pieces], pieces, strict=False):
        if before is not None:
            content.extend(_gap(before, piece, work))
        content.extend(_marked(piece, work))
    return replace(prose, content=normalise(_one_passage(content)))


def _mark_source(prose: Prose, text: ProseSentences, work: Composing) -> Prose:
    """Return what `_translated` does of a text that is shown as its source has it."""
    content: list[Inline] = []
    for at, sentence in enumerate(text.sentences):
        if at:
            gap = text.separators[at - 1]
            if any(isinstance(node, Break) for node in gap):
                content += gap
            elif gap and work.language.sentence_space:
                content.append(Text(work.language.sentence_space))
        ids = _ids(sentence) if work.marked else ()
        tree = _source_tree(sentence, work)
        content += (UnitSpan(tree, ids),) if ids else tree
    return replace(prose, content=normalise(tuple(content)))


def _gap(before: _Piece, piece: _Piece, work: Composing) -> Inlines:
    """Return what goes between two sentences: a hard break, or the space of their languages."""
    if any(isinstance(node, Break) for node in piece.gap):
        return piece.gap
    fallback = "untranslated" in (before.state, piece.state)
    space = (work.source if fallback else work.language).sentence_space
    if not piece.gap and work.original:
        space = ""
    return (Text(space),) if space else ()


def _marked(piece: _Piece, work: Composing) -> Inlines:
    content: Inlines = piece.tree
    if work.marked and piece.ids:
        content = (UnitSpan(content, piece.ids),)
    match piece.state:
        case "untranslated":
            return (Passage(content, work.source.tag, "untranslated"),)
        case "fuzzy":
            return (Passage(content, work.language.tag, "fuzzy"),)
        case _:
            return content


def _one_passage(content: list[Inline]) -> Inlines:
    """Return the content with adjacent passages of one kind, and the gaps in them, merged."""
    done: list[Inline] = []
    for node in content:
        if isinstance(node, Passage):
            gap: list[Inline] = []
            while done and isinstance(done[-1], Text | Break) and not gap and _is_gap(done[-1]):
                gap.append(done.pop())
            last = done[-1] if done else None
            if isinstance(last, Passage) and (last.language, last.state) == (
                node.language,
                node.state,
            ):
                done[-1] = replace(last, children=(*last.children, *gap, *node.children))
                continue
            done.extend(gap)
        done.append(node)
    return tuple(done)


def _is_gap(node: Inline) -> bool:
    return isinstance(node, Break) or (isinstance(node, Text) and not node.text.strip())


# --------------------------------------------------------------------------- choosing


def _pieces(text: ProseSentences, work: Composing) -> Iterator[_Piece]:
    """Yield the sentences of a block as they are shown; a joined group is shown or not as one."""
    gaps: tuple[Inlines, ...] = ((), *text.separators)
    sentences = text.sentences
    at = 0
    while at < len(sentences):
        end = at + 1
        while end < len(sentences) and _is_joined(sentences[end], work):
            end += 1
        yield from _group(sentences[at:end], gaps[at:end], work)
        at = end


def _is_joined(sentence: Sentence, work: Composing) -> bool:
    entry = work.entries.get(sentence.key)
    return entry is not None and entry.joined


def _group(
    sentences: tuple[Sentence, ...], gaps: tuple[Inlines, ...], work: Composing
) -> Iterator[_Piece]:
    state = _state(sentences, work)
    for at, (sentence, gap) in enumerate(zip(sentences, gaps, strict=True)):
        words = len(plain(sentence.tree).split())
        unit = sentence.unit
        if state == "untranslated" or work.original or not unit.translatable:
            tree = _source_tree(sentence, work)
            yield _Piece(tree=tree, state=state, words=words, gap=gap, ids=_ids(sentence))
        elif at == 0:
            tree = restore_addresses(work.texts[sentence.key].tree, unit.addresses, unit.bare)
            yield _Piece(tree=tree, state=state, words=words, gap=gap, ids=_ids(*sentences))
        else:
            yield _Piece(tree=(), state=state, words=words, gap=gap, joined=True)


def _ids(*sentences: Sentence) -> tuple[str, ...]:
    return tuple(one.id for one in sentences if one.unit.translatable)


def _state(sentences: tuple[Sentence, ...], work: Composing) -> str | None:
    """Return why a group of sentences needs a mark; None where its translation is shown."""
    if work.original or not sentences[0].unit.translatable:
        return None
    if _is_joined(sentences[0], work):
        return "untranslated"
    states = {_entry_state(work.entries.get(one.key), work) for one in sentences}
    return "untranslated" if "untranslated" in states else "fuzzy" if "fuzzy" in states else None


def _entry_state(entry: Entry | None, work: Composing) -> str | None:
    if entry is None or not entry.msgstr.strip():
        return "untranslated"
    if entry.fuzzy:
        return "fuzzy" if work.use_fuzzy else "untranslated"
    return None


def _source_tree(sentence: Sentence, work: Composing) -> Inlines:
    """Return the source sentence, as corrected in the source's own catalog if it is."""
    entry = work.corrections.get(sentence.key)
    tree = sentence.tree
    if entry is not None and entry.msgstr.strip() and not entry.fuzzy:
        tree = work.correction_texts[sentence.key].tree
    return restore_addresses(tree, sentence.unit.addresses, sentence.unit.bare)
