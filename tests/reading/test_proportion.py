"""Time in proportion: a text twice as long takes twice as long to read, whatever it is made of."""

from __future__ import annotations

import pytest
from examples import first
from steps import growth

from publish.errors import PublishError
from publish.languages.registry import find
from publish.reading.markdown import read_document
from publish.reading.marks.dialectmarks import find_dialect_marks
from publish.reading.marks.inline import parse_inline
from publish.reading.segmenting import cut_sentences
from publish.reading.source import cut_source
from publish.reading.sourcefile import SourceFile

OPEN = "![ [a ]("
"""What no source may have: a link that would be printed as typed."""
PIECES = [
    "ab\n",
    "ab\\\n",
    "One word more is here.\n",
    "See [the law](https://example.org/) now.\n",
    "A *b* was c. ",
    "a *b* **c** `d`\n",
    "*a*&#32;*b*",
    "`a`&#32;`b`",
    OPEN,
    "\\* &amp; < b ",
    "“A” „b “c” (d. E) ",
    "ab. Cd? ",
]
"""What a paragraph repeats; each was tried with what is left of it at the end."""


def read(text: str) -> None:
    """Read a source with one paragraph and cut it, as every command does."""
    whole = SourceFile("a.md", f"---\ntitle: T\n---\n# A\n\nx {text}\n")
    cut_source(read_document("a", "en", [whole]), find("en"))


@pytest.mark.parametrize("piece", [one for one in PIECES if one != OPEN])
def test_a_paragraph_takes_time_in_proportion_to_its_length(piece: str) -> None:
    assert growth(lambda count: read(piece * count), 60) < 2.2


@pytest.mark.parametrize("piece", first(PIECES, 4))
def test_so_does_a_translation(piece: str) -> None:
    """Marks are limited to 2000 there; the steps of cutting are counted too."""
    english = find("en")
    size = 200 if piece == OPEN else 60  # links nest up to a limit; above it time is linear
    assert growth(lambda count: cut_sentences(parse_inline(piece * count), english), size) < 2.2


@pytest.mark.parametrize("piece", ["]{.b} ", "{{ a }} ", "a **b ", ":a-b: ", "[[a]] "])
def test_so_do_marks_of_other_programs(piece: str) -> None:
    """Each is a fault of its own."""

    def refuse(count: int) -> None:
        with pytest.raises(PublishError):
            read(piece * count)

    assert growth(refuse, 100) < 2.2


@pytest.mark.parametrize("piece", ["{{ ", "{% ", "<% ", "{++ ", ":a-", ":a_"])
def test_the_ends_of_marks_are_not_looked_for_without_end(piece: str) -> None:
    """Without limits these take hours; what a pattern does is no step, so this only ends."""
    list(find_dialect_marks(piece * 20_000))


def test_joined_texts_are_folded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Folding is one step, whatever the length: the characters that it is given are counted."""
    from publish.reading.marks import inline

    def folded(lines: int) -> int:
        given: list[int] = []

        def fold(text: str) -> str:
            given.append(len(text))
            return text

        with monkeypatch.context() as patched:
            patched.setattr(inline, "_folded", fold)
            parse_inline("ab\n" * lines)
        return sum(given)

    assert folded(400) < 2.2 * folded(200)
