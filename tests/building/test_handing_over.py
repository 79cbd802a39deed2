"""A finished edition in a temporary file is taken as one in memory is, without being held."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from publish.aside import Aside
from publish.building import builds
from publish.building.answers import write_answer
from publish.building.cache import Cache, load_from_cache, store_in_cache
from publish.building.records import BuildRecord
from publish.building.tasks import FinishedEdition
from publish.files import FileContent, cut_content, put_before, write_atomic
from publish.model import Edition

DATA = os.urandom(3 * (1 << 16) + 7)
KEY = "ab" * 32


@pytest.fixture
def file(tmp_path: Path) -> FileContent:
    """The file of an edition, as a worker leaves it."""
    (tmp_path / "made.pdf").write_bytes(DATA)
    return FileContent(tmp_path / "made.pdf", len(DATA))


def test_a_file_is_copied_in_one_step(tmp_path: Path, file: FileContent) -> None:
    target = tmp_path / "build/book.pdf"
    assert write_atomic(target, file)
    assert target.read_bytes() == DATA
    assert not write_atomic(target, file), "it has these bytes"
    target.write_bytes(DATA[:-1] + bytes([DATA[-1] ^ 1]))
    assert write_atomic(target, file)
    assert write_atomic(target, put_before(b"head\n", file))
    assert target.read_bytes() == b"head\n" + DATA
    assert max(map(len, cut_content(file))) < len(DATA) / 2
    assert [one.name for one in target.parent.iterdir()] == ["book.pdf"]


def test_the_cache_gives_it_back_as_made_here(tmp_path: Path, file: FileContent) -> None:
    cache = Cache(tmp_path / "cache", 10**6)
    made = FinishedEdition(b"", BuildRecord(), file)
    store_in_cache(cache, KEY, made)
    assert load_from_cache(cache, KEY, own=True) == FinishedEdition(DATA, BuildRecord())
    store_in_cache(replace(cache, limit=len(DATA) - 1), KEY[::-1], made)
    assert load_from_cache(cache, KEY[::-1]) is None, "it is larger than the cache may be"


def test_an_answer_to_another_machine_has_its_bytes(file: FileContent) -> None:
    edition = Edition(document="a", language="en", format="pdf")
    held, written = (
        FinishedEdition(DATA, BuildRecord()),
        FinishedEdition(b"", BuildRecord(), file),
    )
    assert write_answer([(edition, written)], b"k") == write_answer([(edition, held)], b"k")


@pytest.mark.parametrize("fails", [False, True])
def test_a_build_deletes_it(
    file: FileContent, fails: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def store(*_: object) -> None:
        if fails:
            raise OSError("no room")

    monkeypatch.setattr(builds, "_store", store)
    edition = Edition(document="a", language="en", format="pdf")
    made = FinishedEdition(b"", BuildRecord(), file)
    try:
        builds._kept(None, edition, made)  # type: ignore[arg-type]
    except OSError:
        assert fails
    assert not file.path.exists()


def test_bytes_set_aside_are_read_by_forked_processes() -> None:
    """Both read at places of their own, though they share the file."""
    aside = Aside()
    first, second = aside.add(b"one" * 1000), aside.add(DATA)
    assert (len(first), first.read(), second.read()) == (3000, b"one" * 1000, DATA)
    assert b"".join(second.cut(1000)) == DATA
    if not hasattr(os, "fork"):
        return
    pieces = second.cut(1000)
    begun = next(pieces)
    process = os.fork()
    if not process:
        os._exit(0 if first.read() == b"one" * 1000 and aside.add(b"more") else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 0
    assert begun + b"".join(pieces) == DATA
    assert aside.find(second.begin + second.size, 4).read() == b"more"
