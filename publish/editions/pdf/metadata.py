"""Completes the file that WeasyPrint writes: the metadata that claim standards, and the press."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from publish.editions.pdf.document import PdfInput
from publish.editions.pdf.press.imposing import impose
from publish.editions.pdf.press.press import prepare_press
from publish.editions.pdf.standards import PdfMetadata, Standard, xmp
from publish.editions.privateparts import make_version_error

__all__ = ["finish_file", "writing_metadata"]


def finish_file(pdf: Any, claim: Callable[[], None], source: PdfInput) -> None:
    """Forbid that images are smoothed, as PDF/A wants it (ISO 19005-2 §6.2.8), and claim it.

    Pages for a printing house get what it needs, those of a booklet their places on sheets.
    """
    claim()
    if source.press is not None:
        prepare_press(pdf, source.press)
    if source.folding is not None:
        impose(pdf, source.folding)
    for made in pdf.objects:
        extra = getattr(made, "extra", {})
        if "Interpolate" in extra:
            extra["Interpolate"] = "false"


@contextmanager
def writing_metadata(
    document: Any, standard: Standard, lost: list[str]
) -> Iterator[Callable[[], None]]:
    """Write the metadata of `xmp` into the file; WeasyPrint writes its older form.

    Yields what completes them once the pages are written: then it is known which lines are `lost`.

    The day of the edition becomes midnight UTC, for both creation and modification, since PDF/A
    wants the two forms to agree.  Raises BuildError if WeasyPrint does not write our metadata.
    """
    import pydyf  # type: ignore[import-untyped]
    from weasyprint import __version__  # type: ignore[import-untyped]

    about = document.metadata
    day = f"{about.modified}T00:00:00Z" if about.modified else ""
    about.created = about.modified = day or None
    metadata = PdfMetadata(
        title=about.title or "",
        language=about.lang or "",
        producer=f"WeasyPrint {__version__}",
        authors=tuple(about.authors),
        description=about.description or "",
        keywords=", ".join(about.keywords),
        day=day,
    )

    def include(pdf: Any, *_: object, **__: object) -> None:
        stream = pydyf.Stream([], {"Type": "/Metadata", "Subtype": "/XML"})
        pdf.add_object(stream)
        pdf.catalog["Metadata"] = stream.reference
        written.append(stream)

    def claim() -> None:
        for stream in written:
            stream.stream.append(xmp(standard, metadata, in_order=not lost))

    written: list[Any] = []
    about.include_in_pdf = include
    yield claim
    if not written:
        raise make_version_error("it did not write the metadata")
