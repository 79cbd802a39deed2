"""Keys and signatures in minisign's formats, and minisign's own word on them."""

from __future__ import annotations

import base64
import shutil
import stat
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from releasecases import PASSPHRASE, WEAK, key_in

from publish.errors import PublishError, UsageError
from publish.signatures.keyfiles import find_default_key, make_key, open_key, read_given_key
from publish.signatures.minisign import (
    COMMENT,
    MOST,
    STRENGTH,
    SecretKey,
    Strength,
    _parameters,
    generate_key,
    read_public_key,
    read_secret_key,
    sign,
    verify_signature,
    write_public_line,
    write_public_text,
    write_secret_text,
)

KEY = generate_key()
FILES = st.binary(max_size=300)

needs_minisign = pytest.mark.skipif(
    shutil.which("minisign") is None, reason="minisign is not installed"
)


@given(FILES)
def test_a_signature_holds_for_its_file_and_is_always_the_same(data: bytes) -> None:
    signed = sign(data, KEY)
    assert signed == sign(data, KEY)
    assert verify_signature(data, signed, KEY.public) == COMMENT


@given(FILES, st.data())
def test_no_bit_of_file_or_signature_can_change(data: bytes, choice: st.DataObject) -> None:
    """Law: a signature is written in one way only, the comment nobody signs included."""
    signed = sign(data, KEY).encode()
    whole = data + signed
    at = choice.draw(st.integers(0, len(whole) * 8 - 1))
    flipped = bytearray(whole)
    flipped[at // 8] ^= 1 << at % 8
    text = bytes(flipped[len(data) :]).decode("latin-1")
    with pytest.raises(PublishError):
        verify_signature(bytes(flipped[: len(data)]), text, KEY.public)


def test_another_key_is_named_as_such() -> None:
    with pytest.raises(PublishError, match="another key"):
        verify_signature(b"", sign(b"", generate_key()), KEY.public)


def test_keys_come_back_as_they_went() -> None:
    assert read_public_key(write_public_text(KEY.public)) == KEY.public
    assert read_public_key(write_public_line(KEY.public)) == KEY.public
    kept = write_secret_text(KEY, PASSPHRASE, WEAK)
    assert read_secret_key(kept, PASSPHRASE) == KEY
    assert kept != write_secret_text(KEY, PASSPHRASE, WEAK)


@pytest.mark.parametrize("passphrase", ["", PASSPHRASE.upper(), PASSPHRASE + " "])
def test_no_other_passphrase_opens_a_key(passphrase: str) -> None:
    with pytest.raises(PublishError, match="passphrase"):
        read_secret_key(write_secret_text(KEY, PASSPHRASE, WEAK), passphrase)


def test_a_key_file_cannot_ask_for_all_memory() -> None:
    kept = write_secret_text(KEY, PASSPHRASE, WEAK).splitlines()
    data = bytearray(base64.b64decode(kept[1]))
    data[46:54] = (MOST.memory * 2).to_bytes(8, "little")
    forged = f"{kept[0]}\n{base64.b64encode(bytes(data)).decode()}\n"
    with pytest.raises(PublishError, match="more memory"):
        read_secret_key(forged, PASSPHRASE)


@pytest.mark.parametrize("text", ["", "RW", "x\ny\nz", write_public_text(KEY.public)[:-3], "é\n"])
def test_what_is_no_key_is_told(text: str) -> None:
    with pytest.raises(PublishError):
        read_public_key(text)
    with pytest.raises(PublishError):
        read_secret_key(text, PASSPHRASE)


def test_the_cost_is_counted_as_libsodium_counts() -> None:
    """The two named strengths of libsodium, and ours."""
    assert _parameters(Strength(1 << 25, 1 << 30)) == (1 << 20, 1)
    assert _parameters(Strength(1 << 19, 1 << 24)) == (1 << 14, 1)
    assert _parameters(STRENGTH) == (1 << 18, 1)


# --------------------------------------------------------------------------- files


def test_a_secret_key_is_for_its_owner_only(tmp_path: Path) -> None:
    path, public = key_in(tmp_path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert open_key(path, PASSPHRASE).public == public
    assert read_given_key(str(path.with_suffix(".pub"))) == public
    path.chmod(0o644)
    with pytest.raises(UsageError, match="other users can read"):
        open_key(path, PASSPHRASE)


def test_a_key_is_never_overwritten(tmp_path: Path) -> None:
    path, _ = key_in(tmp_path)
    before = path.read_bytes()
    with pytest.raises(UsageError, match="already"):
        make_key(path, PASSPHRASE, WEAK)
    assert path.read_bytes() == before


def test_a_short_passphrase_makes_no_key(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="12 characters"):
        make_key(tmp_path / "a.key", "short", WEAK)
    assert list(tmp_path.iterdir()) == []


def test_keys_lie_where_settings_lie() -> None:
    home = Path("/home/a")
    assert find_default_key({}, home) == home / ".config/publish/release.key"
    assert find_default_key({"XDG_CONFIG_HOME": "/x"}, home) == Path("/x/publish/release.key")
    assert find_default_key({"XDG_CONFIG_HOME": "x"}, home) == home / ".config/publish/release.key"


# --------------------------------------------------------------------------- minisign itself


@needs_minisign
def test_minisign_verifies_what_is_signed_here(tmp_path: Path) -> None:
    file = tmp_path / "SHA256SUMS"
    file.write_bytes(b"some file\n")
    signed = tmp_path / "SHA256SUMS.minisig"
    signed.write_text(sign(file.read_bytes(), KEY), "utf-8")
    command = ["minisign", "-Vm", str(file), "-P", write_public_line(KEY.public)]
    assert "Signature and comment signature verified" in stdout_of(command)
    file.write_bytes(b"some file \n")
    assert subprocess.run(command, capture_output=True, check=False).returncode != 0


@needs_minisign
def test_minisign_signs_with_a_key_made_here_and_is_believed(tmp_path: Path) -> None:
    path, public = key_in(tmp_path)
    file = tmp_path / "a"
    file.write_bytes(b"some file\n")
    command = ["minisign", "-S", "-s", str(path), "-m", str(file), "-t", "a comment"]
    subprocess.run(command, input=f"{PASSPHRASE}\n", text=True, check=True, capture_output=True)
    signed = (tmp_path / "a.minisig").read_text("utf-8")
    assert verify_signature(file.read_bytes(), signed, public) == "a comment"


@needs_minisign
def test_a_key_of_minisign_without_passphrase_signs_here(tmp_path: Path) -> None:
    made = ["minisign", "-G", "-W", "-p", str(tmp_path / "a.pub"), "-s", str(tmp_path / "a.key")]
    subprocess.run(made, check=True, capture_output=True)
    key: SecretKey = open_key(tmp_path / "a.key", "")
    assert key.public == read_given_key(str(tmp_path / "a.pub"))


def stdout_of(command: list[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout
