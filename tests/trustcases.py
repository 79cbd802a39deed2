"""What the tests of TUF's documents share: keys, days, and python-tuf as the judge of a release."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tuf.ngclient.updater import Updater

from publish.containers.bundle import write_bundle
from publish.release.assembling import GUIDE, PUBLIC
from publish.release.sums import SIGNATURE, SUMS, compute_sha256, write_sums
from publish.release.trust.changing import sign_last
from publish.release.trust.documents import (
    TIMESTAMP,
    Root,
    Timestamp,
    read_timestamp,
    write_document,
)
from publish.release.trust.files import write_chain
from publish.release.trust.publisher import end_of_term
from publish.release.trust.signing import prepare_timestamp, sign_document
from publish.signatures.minisign import SecretKey, generate_key, sign, write_public_text

TODAY = date(2026, 11, 27)
A, B, C = (generate_key() for _ in range(3))


class TwoDocuments(Updater):
    """The client of python-tuf, as far as a release goes: it has no snapshot and no targets."""

    def refresh(self) -> None:
        self._load_root()
        self._load_timestamp()

    def set_clock(self, today: date) -> None:
        self._trusted_set.reference_time = datetime(*today.timetuple()[:3], tzinfo=UTC)

    @property
    def root_version(self) -> int:
        return int(self._trusted_set.root.version)

    @property
    def number(self) -> int:
        return int(self._trusted_set.timestamp.version)

    def verify(self, data: bytes) -> None:
        """Raise LengthOrHashMismatchError if these bytes are not what the timestamp is about."""
        self._trusted_set.timestamp.snapshot_meta.verify_length_and_hashes(data)


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder on loopback."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def client(
    folder: Path, memory: Path, first: bytes | None, today: date | None = TODAY
) -> Iterator[TwoDocuments]:
    """The client of a served release, which remembers in `memory` and starts with a root.

    Its clock shows `today`; None is the clock of this machine.
    """
    memory.mkdir(exist_ok=True)
    with served(folder) as address:
        found = TwoDocuments(str(memory), address, bootstrap=first)
        if today:
            found.set_clock(today)
        yield found


def small_archive(
    number: int, roots: tuple[Root, ...], *keys: SecretKey, today: date = TODAY, text: bytes = b"x"
) -> dict[str, bytes]:
    """The files of an archive with one edition, signed by these keys."""
    public = write_public_text(keys[0].public).encode()
    files = {"a.ru.draft.txt": text, GUIDE: b"how", PUBLIC: public, **write_chain(roots)}
    sums = write_sums(files)
    stamp = Timestamp(
        version=number,
        expires=end_of_term(today),
        length=len(sums),
        sha256=compute_sha256(sums),
    )
    signed = {
        SIGNATURE: sign(sums, keys[0]).encode(),
        TIMESTAMP: write_document(prepare_timestamp(stamp, roots[-1], keys)),
    }
    return {**files, SUMS: sums, **signed}


def signed(roots: tuple[Root, ...], *keys: SecretKey) -> tuple[Root, ...]:
    """Roots of which the last is signed by these keys."""
    for key in keys:
        roots = sign_last(roots, key)
    return roots


def resigned(
    files: Mapping[str, bytes], key: SecretKey, *, number: int | None = None
) -> dict[str, bytes]:
    """The files of a release or archive with list and signatures made anew by a key."""
    gone = {SUMS, SIGNATURE, TIMESTAMP}
    inside = {name: data for name, data in files.items() if name not in gone}
    sums = write_sums(inside)
    before = read_timestamp(files[TIMESTAMP])
    stamp = replace(
        before,
        version=number or before.version,
        length=len(sums),
        sha256=compute_sha256(sums),
        signatures=(),
    )
    return {
        **inside,
        SUMS: sums,
        SIGNATURE: sign(sums, key).encode(),
        TIMESTAMP: write_document(sign_document(stamp, key)),
    }


def write_archive(path: Path, files: Mapping[str, bytes]) -> Path:
    """Write an archive and return its path, which is `FOLDER/a.ru.draft.zip`."""
    path.mkdir(parents=True, exist_ok=True)
    file = path / "a.ru.draft.zip"
    file.write_bytes(write_bundle("a.ru.draft", files))
    return file


def write_files(folder: Path, files: Mapping[str, bytes]) -> Path:
    """Write an archive's files to a folder, as if it were unpacked there."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder
