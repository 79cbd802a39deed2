"""The documents of a release as python-tuf sees them, with its own client over loopback."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from releasecases import Released, contents, release, translate
from securesystemslib.formats import encode_canonical
from trustcases import TODAY, A, B, C, client, signed, small_archive, write_files
from tuf.api import exceptions
from tuf.api.metadata import Metadata

from publish.containers.bundle import read_bundle
from publish.release.sums import SUMS
from publish.release.trust.canonical import write_canonical
from publish.release.trust.changing import add_key, sign_last, withdraw_key
from publish.release.trust.documents import (
    TIMESTAMP,
    Root,
    make_key_id,
    name_root,
    write_document,
    write_signed_part,
)
from publish.release.trust.files import read_trust, write_chain
from publish.release.trust.publisher import LONGEST, end_of_term, make_first_root
from publish.signatures.keyfiles import read_given_key
from publish.signatures.minisign import SecretKey

ROOT1 = make_first_root(A, TODAY)
ALONE = (ROOT1,)


BOTH = signed((ROOT1, add_key(ROOT1, B.data, 2, TODAY)), A, B)

WORDS = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=8)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
)


@given(VALUES)
def test_the_canonical_form_is_that_of_securesystemslib(value: object) -> None:
    assert write_canonical(value) == encode_canonical(value).encode()  # type: ignore[arg-type, union-attr]


def chain(*keys: SecretKey, threshold: int = 1) -> tuple[Root, ...]:
    """Roots that add one key after the other, each signed by all."""
    roots = [make_first_root(keys[0], TODAY)]
    for number, key in enumerate(keys[1:], 2):
        added = add_key(roots[-1], key.data, min(threshold, number), TODAY)
        whole = (*roots, added)
        for one in keys[:number]:
            whole = sign_last(whole, one)
        roots = list(whole)
    return tuple(roots)


def test_python_tuf_reads_what_is_written_and_gets_the_same_bytes_to_sign() -> None:
    for root in chain(A, B, C, threshold=2):
        judged = Metadata[Any].from_bytes(write_document(root))
        assert judged.signed_bytes == write_signed_part(root)
        assert judged.signed.version == root.version
        assert {one.keyid for one in judged.signed.keys.values()} == set(
            map(make_key_id, root.keys)
        )
        for keyid, key in judged.signed.keys.items():
            assert key.keyval["public"] in {one.hex() for one in root.keys}
            made = type(key).from_dict(keyid, key.to_dict())
            judged.signatures[made.keyid]  # signed by all
            made.verify_signature(judged.signatures[made.keyid], judged.signed_bytes)


def test_the_client_takes_a_real_release(released: Released, tmp_path: Path) -> None:
    """Root and timestamp come over loopback, and the digest is that of the real SHA256SUMS."""
    files = released.files
    with client(released.folder, tmp_path / "memory", files["1.root.json"], None) as judge:
        judge.refresh()
        judge.verify(files[SUMS])
        assert (judge.root_version, judge.number) == (1, 1)
        with pytest.raises(exceptions.LengthOrHashMismatchError):
            judge.verify(files[SUMS].replace(b"a", b"b", 1))
    for path in released.folder.glob("*.zip"):
        inside = read_bundle(path.read_bytes())[1]
        folder = write_files(tmp_path / path.stem, inside)
        with client(folder, tmp_path / f"of-{path.stem}", files["1.root.json"], None) as judge:
            judge.refresh()
            judge.verify(inside[SUMS])
    key = read_given_key(str(released.key.with_suffix(".pub")))
    assert key.data.hex() in files["1.root.json"].decode()


def test_the_documents_are_small(released: Released) -> None:
    """6 kB hold even three roots with two keys that both must sign."""
    three = signed((*BOTH, add_key(BOTH[-1], C.data, 2, TODAY)), A, B)
    most = {**write_chain(three), TIMESTAMP: small_archive(3, three, A, B)[TIMESTAMP]}
    assert sum(map(len, most.values())) <= 6000
    files = released.files
    assert len(files["1.root.json"]) + len(files[TIMESTAMP]) <= 1700


def test_the_client_follows_the_roots_and_refuses_what_the_last_one_does_not_sign(
    tmp_path: Path,
) -> None:
    three = signed((*BOTH, add_key(BOTH[-1], C.data, None, TODAY)), A, B)
    gone = signed((*three, withdraw_key(three[-1], B.data, None, TODAY)), A, C)
    first = write_document(ROOT1)
    good = write_files(tmp_path / "good", small_archive(4, gone, A, C))
    with client(good, tmp_path / "one", first) as judge:
        judge.refresh()
        assert (judge.root_version, judge.number) == (4, 4)
        judge.verify((good / SUMS).read_bytes())
    withdrawn = write_files(tmp_path / "withdrawn", small_archive(5, gone, A, B))
    with (
        client(withdrawn, tmp_path / "one", None) as judge,
        pytest.raises(exceptions.UnsignedMetadataError),
    ):
        judge.refresh()
    lacking = write_files(tmp_path / "lacking", small_archive(5, gone, A))
    assert read_trust(contents(lacking)) is not None
    with (
        client(lacking, tmp_path / "one", None) as judge,
        pytest.raises(exceptions.UnsignedMetadataError),
    ):
        judge.refresh()


def test_the_client_refuses_a_root_that_one_of_two_signed(tmp_path: Path) -> None:
    lone = signed((*BOTH, withdraw_key(BOTH[-1], B.data, 1, TODAY)), A)
    files = small_archive(3, lone, A)
    with (
        client(write_files(tmp_path / "x", files), tmp_path / "m", write_document(ROOT1)) as judge,
        pytest.raises(exceptions.UnsignedMetadataError),
    ):
        judge.refresh()


def test_the_client_refuses_an_older_number_and_an_expired_one(tmp_path: Path) -> None:
    first = write_document(ROOT1)
    for number, today, wrong in (
        (2, TODAY, None),
        (1, TODAY, exceptions.BadVersionNumberError),
        (3, date(2016, 11, 27), exceptions.ExpiredMetadataError),
    ):
        files = small_archive(number, ALONE, A, today=today)
        folder = write_files(tmp_path / str(number), files)
        with client(folder, tmp_path / "memory", first) as judge:
            if wrong is None:
                judge.refresh()
            else:
                with pytest.raises(wrong):
                    judge.refresh()


@pytest.mark.full
def test_two_releases_in_a_row_are_an_update_for_the_client(
    released: Released, tmp_path: Path
) -> None:
    """The real program gives the next number, and the client that knows the first one takes it."""
    work = Path(shutil.copytree(released.workspace, tmp_path / "work"))
    first = released.files["1.root.json"]
    with client(released.folder, tmp_path / "memory", first, None) as judge:
        judge.refresh()
        before = judge.number
    translate(work, "alpha", {"Nobody was asked.": "Никто не был опрошен."})
    release(work, released.key, tmp_path / "next", "--previous", str(released.folder))
    with client(tmp_path / "next", tmp_path / "memory", None, None) as judge:
        judge.refresh()
        assert judge.number > before
    with (
        client(released.folder, tmp_path / "memory", None, None) as judge,
        pytest.raises(exceptions.BadVersionNumberError),
    ):
        judge.refresh()


@given(st.dates(date(2000, 1, 1), date(2199, 12, 31)))
def test_a_release_counts_for_a_year_and_its_month(day: date) -> None:
    end = date.fromisoformat(end_of_term(day)[:10])
    assert 365 < (end - day).days < LONGEST
    assert end.day == 1
    assert end_of_term(day) == end_of_term(day.replace(day=1))


def test_snapshot_and_targets_have_no_key() -> None:
    signed = json.loads(write_document(ROOT1))["signed"]
    assert set(signed["roles"]) == {"root", "snapshot", "targets", "timestamp"}
    assert signed["roles"]["snapshot"]["keyids"] == signed["roles"]["targets"]["keyids"] == []
    assert name_root(1) == "1.root.json"
