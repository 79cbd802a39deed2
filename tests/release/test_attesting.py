"""Statements that a release was built again: others can read them; a release has several."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from pathlib import Path

import pytest
from examples import some
from releasecases import PASSPHRASE, WEAK, Released, contents
from securesystemslib.dsse import Envelope
from securesystemslib.exceptions import VerificationError
from securesystemslib.signer._key import SSlibKey
from trustcases import A, B, C

from publish.actions.release import attest_release
from publish.cli.main import main
from publish.errors import PublishError
from publish.project.history import find_clean_commit
from publish.project.workspace import open_workspace
from publish.release.attesting import (
    ENDING,
    Attestation,
    read_attestation,
    sign_attestation,
    verify_attestations,
    write_attestation,
)
from publish.release.manifest import Manifest, read_manifest
from publish.release.trust.documents import make_key_id
from publish.release.verifying import verify_release
from publish.signatures.keyfiles import make_key
from publish.signatures.minisign import SecretKey

DRAFT = Attestation(
    editions={"a.ru.pdf": "1" * 64, "a.en.pdf": "2" * 64},
    commit="3" * 40,
    packages={"weasyprint": "70.0", "publish": "0.1.0"},
)


def judged(data: bytes, key: SecretKey) -> dict[str, object]:
    """The payload of a statement, if securesystemslib finds that the key has signed it."""
    envelope = Envelope.from_dict(json.loads(data))
    key_id = make_key_id(key.data)
    public = SSlibKey(key_id, "ed25519", "ed25519", {"public": key.data.hex()})
    envelope.verify([public], 1)
    found = json.loads(envelope.payload)
    assert isinstance(found, dict)
    return found


def test_securesystemslib_reads_and_verifies_a_statement() -> None:
    data = write_attestation(sign_attestation(DRAFT, A))
    found = judged(data, A)
    assert found["_type"] == "https://in-toto.io/Statement/v1"
    assert found["subject"] == [
        {"digest": {"sha256": "2" * 64}, "name": "a.en.pdf"},
        {"digest": {"sha256": "1" * 64}, "name": "a.ru.pdf"},
    ]
    with pytest.raises(VerificationError):
        judged(data, B)


def test_a_statement_is_read_as_it_was_written() -> None:
    assert read_attestation(write_attestation(DRAFT)) == DRAFT
    signed = sign_attestation(DRAFT, A)
    assert read_attestation(write_attestation(signed)) == signed
    assert sign_attestation(signed, B) == sign_attestation(DRAFT, B)


def test_300_flipped_bits_of_a_statement_are_found() -> None:
    data = write_attestation(sign_attestation(DRAFT, A))
    chance = random.Random(25)
    for _ in range(some(300)):
        at = chance.randrange(len(data) * 8)
        flipped = bytearray(data)
        flipped[at // 8] ^= 1 << at % 8
        with pytest.raises(PublishError, match="the statement is damaged"):
            read_attestation(bytes(flipped))


def test_a_statement_holds_for_editions_that_are_there(released: Released) -> None:
    manifest = read_manifest(released.files["manifest.json"])
    editions = {one.name: one.sha256 for one in manifest.editions}
    good = sign_attestation(Attestation(editions=editions, commit="", packages={}), A)
    name = f"x{ENDING}"
    assert verify_attestations({name: write_attestation(good)}, manifest) == ((good,), [])
    first = next(iter(editions))
    for other, why in (
        (sign_attestation(DRAFT, A), "about other editions"),
        (
            sign_attestation(
                Attestation(editions=editions | {first: "0" * 64}, commit="", packages={}), A
            ),
            "about other editions",
        ),
        (Attestation(editions=editions, commit="", packages={}), "nobody has signed"),
    ):
        taken, (wrong,) = verify_attestations({name: write_attestation(other)}, manifest)
        assert taken == ()
        assert wrong.code == "release-attestation"
        assert why in wrong.message
    assert verify_attestations({name: write_attestation(good)}, None)[1] != []
    assert verify_attestations({name: write_attestation(good)}, Manifest((), {}, ""))[1] != []


@pytest.fixture
def partner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The key of a partner, who has the release too."""
    monkeypatch.setenv("PUBLISH_PASSPHRASE", PASSPHRASE)
    path = tmp_path / "partner.key"
    make_key(path, PASSPHRASE, WEAK)
    return path


def test_a_release_carries_several_statements(
    released: Released, partner: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = Path(shutil.copytree(released.folder, tmp_path / "copy"))
    public = released.key.with_suffix(".pub")
    found = verify_release(copy, None)
    draft = attest_release(copy, open_workspace(released.workspace), found)
    assert draft == tmp_path / f"copy{ENDING}"
    assert main(["release", "sign", str(draft), "--key", str(partner)]) == 0
    (signed,) = tmp_path.glob(f"copy.*{ENDING}")
    shutil.copy(signed, copy)
    other = sign_attestation(read_attestation(draft.read_bytes()), C)
    (copy / f"other{ENDING}").write_bytes(write_attestation(other))
    capsys.readouterr()
    assert main(["verify", str(copy), "--key", str(public)]) == 0
    told = capsys.readouterr().err
    assert told.count("Built again by the holder of the key") == 2
    assert "8 of 8 editions" in told
    assert make_key_id(C.data)[:16] in told
    again = ["release", "-q", "-C", str(released.workspace), "--key", str(released.key)]
    assert main([*again, "-l", "en", "--document", "beta", "--into", str(copy)]) == 0
    assert not list(copy.glob(f"*{ENDING}"))
    shutil.copy(draft, copy)
    assert main(["verify", str(copy), "--key", str(public)]) == 1
    assert "error[release-attestation]" in capsys.readouterr().out


def test_the_commit_is_named_only_if_all_is_as_it_has_it(tmp_path: Path) -> None:
    parts = ("publish.toml", "source", "locales")
    (tmp_path / "source").mkdir()
    (tmp_path / "source/a.md").write_text("One.\n", "utf-8")
    (tmp_path / "publish.toml").write_text("", "utf-8")
    assert find_clean_commit(tmp_path, parts) == ""
    git = ["git", "-C", str(tmp_path), "-c", "user.name=x", "-c", "user.email=x@example.org"]
    for words in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "x"]):
        subprocess.run([*git, *words], check=True)
    commit = find_clean_commit(tmp_path, parts)
    assert len(commit) == 40
    (tmp_path / "README").write_text("Not an input.\n", "utf-8")
    assert find_clean_commit(tmp_path, parts) == commit
    for change in ("source/b.md", "source/a.md"):
        before = contents(tmp_path / "source")
        (tmp_path / change).write_text("Two.\n", "utf-8")
        assert find_clean_commit(tmp_path, parts) == "", change
        for path in (tmp_path / "source").iterdir():
            path.unlink()
        for name, data in before.items():
            (tmp_path / "source" / name).write_bytes(data)
    assert find_clean_commit(tmp_path, parts) == commit
    (tmp_path / "source/a.md").unlink()
    assert find_clean_commit(tmp_path, parts) == ""
