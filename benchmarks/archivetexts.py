"""Make an archive: documents in 24 languages with one glossary, from aligned sentences of news.

The sentences are those of NTREX-128, a public test set: a folder with `newstest2019-src.eng.txt`
and a file for each language, whose lines say the same.  Every document has four headings and 24
sentences of a pool of some 740, so that an archive of 150 has each in some five documents, which
is what a shared memory is for.  The same number always gives the same document.
"""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks.prose import ROOT
from publish.languages.registry import find
from publish.po.pofile import read_po_file, replace_entry, write_po_file

__all__ = ["FILES", "LANGUAGES", "NAMES", "Pool", "fill_catalogs", "read_pool", "write_archive"]

FILES = {
    "ar": "arb",
    "az": "aze-Latn",
    "be": "bel",
    "de": "deu",
    "es": "spa",
    "fa": "fas",
    "fr": "fra",
    "hi": "hin",
    "hy": "hye",
    "it": "ita",
    "ka": "kat",
    "kk": "kaz",
    "ky": "kir",
    "pl": "pol",
    "pt": "por",
    "ru": "rus",
    "tg": "tgk-Cyrl",
    "tk": "tuk",
    "tr": "tur",
    "uk": "ukr",
    "ur": "urd",
    "uz": "uzb",
    "zh-Hans": "zho-CN",
}
"""The languages that documents are translated into, as the files of NTREX-128 are called."""

LANGUAGES = ("en", *FILES)
NOTO = "/usr/share/fonts/{}type/noto/Noto{}-Regular.tt{}"
FONTS = {
    **dict.fromkeys(("ar", "fa", "ur"), "Noto Sans Arabic"),
    "hi": "Noto Sans Devanagari",
    "hy": NOTO.format("true", "SansArmenian", "f"),
    "ka": NOTO.format("true", "SansGeorgian", "f"),
    "zh-Hans": NOTO.format("open", "SerifCJK", "c"),
}
"""Fonts beyond those of the theme: of our packages, and of Debian's fonts-noto-core and -cjk."""
NAMES = "country-{:03}"
SENTENCES = 24
SENTENCE = re.compile(r"[A-Z](?:[\w ,;:()%-]|[.]\d){40,300}[.]")
MARKS = frozenset("\\[]*{}^_<>`#|~$&ⱪ")
JOINER = "\u200c"
"""Between letters of Persian and Urdu that are not joined."""
TITLE, PART = "Country {}", "Part {}"

Pool = Mapping[str, Mapping[str, str]]
"""The translations of each English sentence, by language."""


def read_pool(folder: Path) -> Pool:
    """Return the sentences of the pool: plain ones, each once, with all their translations."""

    def lines(name: str) -> list[str]:
        return (folder / f"newstest2019-{name}.txt").read_text("utf-8").splitlines()

    columns = {tag: lines(f"ref.{name}") for tag, name in FILES.items()}
    found: dict[str, dict[str, str]] = {}
    for number, line in enumerate(lines("src.eng")):
        text = " ".join(line.split())
        texts = {tag: _plain(column[number]) for tag, column in columns.items()}
        if SENTENCE.fullmatch(text) and all(texts.values()):
            found.setdefault(text, texts)
    return found


def _plain(text: str) -> str:
    """Return a text without signs that are not seen; empty if it has signs that are marks."""
    seen = "".join(sign if sign.isprintable() or sign == JOINER else " " for sign in text)
    return "" if MARKS.intersection(text) else " ".join(seen.split())


def write_archive(root: Path, count: int, pool: Pool, formats: Sequence[str]) -> Path:
    """Make a workspace of `count` documents in all languages, without catalogs; return its root."""
    root.mkdir(parents=True)
    listed = ", ".join(f'"{tag}"' for tag in LANGUAGES)
    kinds = ", ".join(f'"{kind}"' for kind in formats)
    settings = f'source-language = "en"\nlanguages = [{listed}]\nformats = [{kinds}]\n'
    settings += "[fonts]\n" + "".join(f'{tag} = ["{font}"]\n' for tag, font in FONTS.items())
    (root / "publish.toml").write_text(settings, "utf-8")
    (root / "source").mkdir()
    for number in range(count):
        (root / "source" / f"{NAMES.format(number)}.md").write_text(write_source(number, pool))
    (root / "locales").mkdir()
    shutil.copy(ROOT / "locales/glossary.csv", root / "locales/glossary.csv")
    return root


def write_source(number: int, pool: Pool) -> str:
    chosen = random.Random(number).sample(list(pool), SENTENCES)
    parts = [" ".join(chosen[at : at + 6]) for at in range(0, len(chosen), 6)]
    text = "\n\n".join(f"# {PART.format(at)}\n\n{part}" for at, part in enumerate(parts, 1))
    title = TITLE.format(number)
    return f'---\ntitle: "{title}"\npublished: 2024-06-24\n---\n\n{text}\n'


def fill_catalogs(root: Path, pool: Pool) -> int:
    """Fill in all catalogs of an archive; return how many entries have no translation."""
    empty = 0
    for tag in FILES:
        for path in sorted((root / f"locales/{find(tag).folder}/LC_MESSAGES").glob("country-*.po")):
            po = read_po_file(path, path.name)
            records = []
            for record in po.records:
                entry = record.entry
                text = entry.msgid if len(entry.msgid) < 14 else ""  # A title or a heading.
                text = pool.get(entry.msgid, {}).get(tag, text)
                empty += not text
                records.append(replace_entry(record, replace(entry, msgstrs=(text,), flags=())))
            write_po_file(path, replace(po, records=tuple(records)))
    return empty
