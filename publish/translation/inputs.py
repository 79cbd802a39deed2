"""Look at what a source needs beside its text: image files, and letters that the fonts have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from publish.checks.documents import describe_letters
from publish.languages.language import Language
from publish.model import Finding, Level, plain, proses
from publish.reading.source import Source
from publish.translation.judging import find_uncovered
from publish.translation.loading import Loader
from publish.translation.pictures import check_image_files

__all__ = ["judge_inputs"]


def judge_inputs(loader: Loader, name: str, languages: Iterable[Language]) -> tuple[Finding, ...]:
    """Return the errors for which no edition of a source in these languages could be built."""
    source = loader.source(name)
    tags = [source.language.tag, *(language.tag for language in languages)]
    images = check_image_files(loader.workspace, source.document, tags)
    found = [*images, *_letters(loader, source)]
    return tuple(dict.fromkeys(found))


def _letters(loader: Loader, source: Source) -> Iterator[Finding]:
    """Yield the texts with a character that no font of the source's editions has."""
    texts = [(plain(prose.content), prose.span) for prose in proses(source.document)]
    every = "".join(sorted({letter for text, _ in texts for letter in text}))
    lacking = find_uncovered(loader.workspace, source.language, every)
    for text, span in texts if lacking else ():
        if letters := sorted(lacking.intersection(text)):
            yield Finding(
                code="letters-uncovered",
                level=Level.ERROR,
                message=f"no font of the edition has {describe_letters(letters)}",
                span=span,
                hint="correct the text, or name a family that has it under fonts in the settings",
            )
