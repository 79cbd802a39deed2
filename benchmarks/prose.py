"""Collect English prose that any machine with Python has: the documentation of software.

Run `python -m benchmarks.prose` to print how much there is.  The prose comes from docstrings of the
standard library and of all installed packages, their README files and descriptions in METADATA, the
help texts of `pydoc`, the POD pages of Perl, the files in `/usr/share/doc`, and the reports in
`source/`.  None of it is copied into the repository.
"""

from __future__ import annotations

import ast
import gzip
import re
import sys
import sysconfig
import warnings
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from itertools import chain
from pathlib import Path

from publish.languages.en import SENTENCES
from publish.reading.sentences import find_boundaries

__all__ = ["documents"]

ROOT = Path(__file__).parent.parent
LARGEST = 3_000_000
WORD = re.compile(r"[A-Za-z][a-z]*(?:['’-][a-z]+)*")
COMMON = re.compile(r"\b(?:the|a|an|is|are|was|be|of|to|in|for|and|or|that|this|it|you|not)\b")
CODE = re.compile(r">>>|::|\w\(|[{}<>|=\\@$]|__|--|\.\. |https?:|\w_\w|^\W*[:*+#=~]|\t")
TAG = re.compile(r"<[^>]{0,400}>")
POD = re.compile(r"[A-Z]<+\s?([^<>]*?)\s?>+")
STOPS = (".", "!", "?", '."', ".)", ".”")


def documents() -> Iterator[list[str]]:
    """Yield the sentences of each text, in order and none twice, for every text that has some.

    Only prose counts: sentences that end with a stop and have at least three words, a common one
    among them, and little besides words.
    """
    seen: set[bytes] = set()
    for text in chain.from_iterable(map(_texts, _files())):
        found = []
        for sentence in _sentences(text):
            digest = blake2b(sentence.encode(), digest_size=8).digest()
            if digest not in seen:
                seen.add(digest)
                found.append(sentence)
        if found:
            yield found


def _files() -> Iterator[Path]:
    """Yield the files, the richest prose first, always in the same order on a machine."""
    library = Path(sysconfig.get_path("stdlib"))
    packages = Path(sysconfig.get_path("purelib"))
    yield from _below(ROOT / "source", (".md",))
    yield from _below(Path("/usr/share/perl"), (".pod", ".pm"))
    yield from _below(library, (".py",), ("site-packages", "test", "tests", "idle_test"))
    yield from _below(packages, (".py", ".md", ".rst", "METADATA"))
    yield from _below(Path("/usr/share/perl5"), (".pod", ".pm"))
    yield from _below(Path("/usr/share/doc"), (".md", ".txt", ".rst", ".html", "README", ".gz"))
    yield from _below(library / "site-packages", (".py", ".md", ".rst", "METADATA"))


def _below(folder: Path, endings: tuple[str, ...], without: Iterable[str] = ()) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        below = path.relative_to(folder).parts
        if path.name.endswith(endings) and path.is_file() and not set(without) & set(below):
            yield path


def _texts(path: Path) -> Iterator[str]:
    if path.stat().st_size > LARGEST or re.search("(?i)changelog|news|license", path.name):
        return
    if path.name == "topics.py":
        yield from _topics(path)
    elif path.suffix == ".py":
        yield from _docstrings(_read(path))
    elif path.suffix in {".pod", ".pm"}:
        yield POD.sub(r"\1", "\n\n".join(_pod(_read(path))))
    elif path.suffix == ".html":
        yield TAG.sub(" ", re.sub(r"</?(?:p|li|h\d|pre|td|div)\b", "\n\n<", _read(path)))
    else:
        yield _read(path)


def _read(path: Path) -> str:
    data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return data.decode("utf-8", "ignore")


def _topics(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(_read(path))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _docstrings(source: str) -> Iterator[str]:
    """Yield all docstrings of a module as one text."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            tree = ast.parse(source)
        except (SyntaxError, ValueError):
            return
    described = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    nodes = (node for node in ast.walk(tree) if isinstance(node, described))
    yield "\n\n".join(ast.get_docstring(node) or "" for node in nodes)


def _pod(source: str) -> Iterator[str]:
    """Yield the paragraphs of POD, without the code around them."""
    inside = False
    for paragraph in re.split(r"\n\s*\n", source):
        if paragraph.startswith("="):
            inside = not paragraph.startswith("=cut")
        elif inside:
            yield paragraph


def _sentences(text: str) -> Iterator[str]:
    for paragraph in re.split(r"\n\s*\n", text):
        block = " ".join(paragraph.split())
        start = 0
        for end, following in [*find_boundaries(block, SENTENCES), (len(block), len(block))]:
            sentence = block[start:end]
            if _is_prose(sentence):
                yield sentence
            start = following


def _is_prose(sentence: str) -> bool:
    """Return whether it reads as a sentence that somebody would translate."""
    if not 12 <= len(sentence) <= 600 or not sentence.endswith(STOPS) or CODE.search(sentence):
        return False
    words = WORD.findall(sentence)
    letters = sum(map(len, words))
    return (
        sentence[0].isupper()
        and len(words) >= 3
        and letters >= 0.72 * len(sentence)
        and COMMON.search(sentence) is not None
    )


def main() -> None:
    """Print the number of sentences and texts."""
    found = list(documents())
    sys.stdout.write(f"{sum(map(len, found))} sentences in {len(found)} texts\n")


if __name__ == "__main__":
    main()
