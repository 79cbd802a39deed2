"""What `publish verify` remembers, and what it says of releases that are not the newest."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from examples import some
from releasecases import PASSPHRASE, Released
from trustcases import TODAY, A, B, C, resigned, signed, small_archive, write_archive

from publish.actions.readerwords import find_reader_words
from publish.actions.verify import parse_today, verify_and_remember
from publish.cli.main import main
from publish.containers.bundle import read_bundle, write_bundle
from publish.editions.page.interface import Interface
from publish.errors import PublishError, UsageError
from publish.files import write_atomic
from publish.languages.registry import find
from publish.release.sums import SIGNATURE, SUMS, compute_sha256, write_sums
from publish.release.trust.changing import add_key, replace_key, withdraw_key
from publish.release.trust.documents import (
    TIMESTAMP,
    Root,
    make_fingerprint,
    name_root,
    write_document,
)
from publish.release.trust.publisher import LONGEST, make_first_root
from publish.release.trust.publishers import FILE, Publisher, write_publishers
from publish.release.verifying import verify_release
from publish.signatures.keyfiles import open_key
from publish.signatures.minisign import SecretKey, sign, write_public_line
from publish.userfolders import find_data_folder

ONE = (make_first_root(A, TODAY),)
TWO = signed((*ONE, add_key(ONE[0], B.data, None, TODAY)), A)
BOTH = signed((*ONE, add_key(ONE[0], B.data, 2, TODAY)), A, B)
THREE = signed((*BOTH, add_key(BOTH[-1], C.data, None, TODAY)), A, B)

Make = Callable[..., Path]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Writes an archive of a number, with roots, signed by keys; returns its path."""

    def made(number: int, roots: tuple[Root, ...], *keys: SecretKey, **more: object) -> Path:
        files = small_archive(number, roots, *keys, **more)  # type: ignore[arg-type]
        place = compute_sha256(b"".join(files.values()))[:8]
        return write_archive(tmp_path / place, files)

    return made


def met(
    path: Path,
    key: SecretKey | str | None = None,
    today: date = TODAY,
    speaking: Mapping[str, str] = {},
) -> tuple[list[str], int]:
    """The codes of what is wrong with a release, and the exit code."""
    given = write_public_line(key.public) if isinstance(key, SecretKey) else key
    found = verify_and_remember(path, given, today, speaking)
    return [one.code for one in found.findings], found.exit_code


def memory() -> Path:
    return find_data_folder() / FILE


# --------------------------------------------------------------------------- the five sentences


def test_a_first_meeting_is_told_and_nothing_is_remembered(make: Make) -> None:
    assert met(make(1, ONE, A)) == (["publisher-unknown"], 5)
    assert not memory().exists()
    assert met(make(1, ONE, A)) == (["publisher-unknown"], 5)


def test_a_publisher_who_is_proved_once_is_known_from_then_on(make: Make) -> None:
    assert met(make(1, ONE, A), A) == ([], 0)
    assert met(make(1, ONE, A)) == ([], 0)
    assert met(make(2, ONE, A)) == ([], 0)
    assert memory().stat().st_mode & 0o022 == 0


def test_an_older_release_is_told_even_to_those_who_name_the_key(make: Make) -> None:
    assert met(make(2, ONE, A), A) == ([], 0)
    assert met(make(1, ONE, A), A) == (["release-older"], 5)
    assert met(make(1, ONE, A)) == (["release-older"], 5)
    assert met(make(2, ONE, A)) == ([], 0)


def test_the_newest_that_an_attacker_keeps_back_expires(make: Make) -> None:
    """Freeze: the reader gets the same release again and again."""
    path = make(1, ONE, A)
    assert met(path, A) == ([], 0)
    assert met(path, A, TODAY + timedelta(days=300)) == ([], 0)
    assert met(path, A, TODAY + timedelta(days=LONGEST)) == (["release-expired"], 5)


def test_a_release_by_a_withdrawn_key_is_told(make: Make) -> None:
    """The thief has key B, and the roots from before it was withdrawn."""
    gone = signed((*TWO, withdraw_key(TWO[-1], B.data, None, TODAY)), A)
    assert met(make(1, TWO, B), A) == ([], 0)
    assert met(make(2, gone, A)) == ([], 0)
    assert met(make(3, TWO, B)) == (["release-key-withdrawn"], 1)
    assert met(make(3, gone, B)) == (["release-key-withdrawn"], 1)
    assert met(make(3, gone, A)) == ([], 0)


def test_a_withdrawn_key_proves_no_publisher(make: Make) -> None:
    """Its owner has signed the root that listed it, so it is known whose it was."""
    two = signed(TWO, B)
    gone = signed((*two, withdraw_key(two[-1], B.data, None, TODAY)), A)
    assert met(make(2, gone, A), B) == (["release-key-withdrawn"], 5)
    assert not memory().exists()
    assert met(make(2, gone, A), A) == ([], 0)
    assert met(make(2, gone, A), B) == (["release-key-withdrawn"], 5)


def test_a_fork_of_the_roots_is_told(make: Make) -> None:
    """Two lists of keys under the same number: one of them is the thief's."""
    assert met(make(1, TWO, A), A) == ([], 0)
    thief = signed((*ONE, add_key(ONE[0], C.data, None, TODAY)), A)
    assert met(make(2, thief, C)) == (["release-forked"], 1)
    anew = (replace(ONE[0], expires="2040-01-01T00:00:00Z", signatures=()),)
    assert met(make(2, signed(anew, A), A), A) == (["release-forked"], 1)
    assert met(make(2, TWO, A)) == ([], 0)


def test_a_threshold_that_is_not_met_is_told(make: Make) -> None:
    assert met(make(1, BOTH, A, B), A) == ([], 0)
    assert met(make(2, BOTH, A), A) == (["release-threshold"], 1)
    assert met(make(2, ONE, A)) == (["release-threshold"], 1)
    assert met(make(2, BOTH, B, A), B) == ([], 0)


def test_one_of_two_keys_cannot_change_the_roots(make: Make) -> None:
    lone = signed((*BOTH, withdraw_key(BOTH[-1], B.data, 1, TODAY)), A)
    assert met(make(1, lone, A), A) == (["release-roots"], 1)
    three = signed((*THREE, withdraw_key(THREE[-1], B.data, None, TODAY)), A, C)
    assert met(make(1, three, A, C), A) == ([], 0)
    assert met(make(2, THREE, A, B)) == (["release-key-withdrawn"], 1)


def test_one_signature_more_is_no_fork(make: Make) -> None:
    assert met(make(1, THREE, A, C), A) == ([], 0)
    assert met(make(2, signed(THREE, C), A, C)) == ([], 0)
    assert met(make(3, THREE, A, C)) == ([], 0)


def test_a_key_in_the_place_of_another_follows_from_what_is_known(make: Make) -> None:
    other = signed((*ONE, replace_key(ONE[0], A.data, C.data, TODAY)), A, C)
    assert met(make(1, ONE, A), A) == ([], 0)
    assert met(make(2, other, C)) == ([], 0)
    assert met(make(3, ONE, A)) == (["release-key-withdrawn"], 1)


def test_a_fingerprint_proves_a_publisher_whose_first_key_was_stolen(
    make: Make, tmp_path: Path
) -> None:
    """Whoever has the first key can make other roots, but not these."""
    path, known = tmp_path / name_root(2), make_fingerprint(BOTH[-1])
    path.write_bytes(write_document(BOTH[-1]))
    thief = make(9, ONE, A)
    assert met(thief, known) == (["publisher-unknown"], 5)
    assert met(make(1, BOTH, A, B), known.upper()) == ([], 0)
    memory().unlink()
    assert met(make(1, BOTH, A, B), str(path)) == ([], 0)


def test_whoever_lists_the_key_of_somebody_else_proves_nothing(make: Make) -> None:
    """The forger's first root has the publisher's key, too, and the forger alone has signed it."""
    keys = tuple(sorted((A.data, C.data)))
    forged = signed((replace(ONE[0], keys=keys, signatures=()),), C)
    path = make(1, forged, C)
    assert met(path, A) == (["release-signature"], 1)
    assert met(path) == (["publisher-unknown"], 5)
    assert not memory().exists()
    assert met(make(1, ONE, A), A) == ([], 0)
    assert met(make(2, forged, C)) == (["release-forked"], 1)


def test_a_key_that_signed_only_the_release_vouches_for_its_roots(make: Make) -> None:
    """The director added the editor, who has signed no root, only this release."""
    assert met(make(1, TWO, B), B) == ([], 0)
    assert met(make(2, TWO, A)) == ([], 0)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_where_nothing_can_be_remembered_a_release_is_verified_all_the_same(make: Make) -> None:
    find_data_folder().parent.mkdir(parents=True)
    find_data_folder().parent.chmod(0o500)
    assert met(make(1, ONE, A), A) == ([], 0)


def test_a_file_in_the_place_of_the_folder_is_told(make: Make) -> None:
    find_data_folder().parent.mkdir(parents=True)
    find_data_folder().write_bytes(b"")
    found = verify_and_remember(make(1, ONE, A), write_public_line(A.public), TODAY, {})
    assert found.exit_code == 0
    assert "nothing is remembered of this publisher" in found.lines[1]


@pytest.mark.parametrize("years", [-10, 10])
def test_a_clock_that_is_ten_years_wrong_is_told(make: Make, years: int) -> None:
    path = make(1, ONE, A)
    wrong = TODAY.replace(year=TODAY.year + years)
    code = "clock-wrong" if years < 0 else "release-expired"
    assert met(path, A, wrong) == ([code], 5)
    assert met(path, A) == ([], 0)
    assert met(path, None, wrong) == ([code], 5)
    assert met(path) == ([], 0)


def test_an_old_release_without_a_number_is_as_before(make: Make, tmp_path: Path) -> None:
    gone = {TIMESTAMP, "1.root.json"}
    files = {name: data for name, data in small_archive(1, ONE, A).items() if name not in gone}
    inside = {name: data for name, data in files.items() if name not in (SUMS, SIGNATURE)}
    files = {**inside, SUMS: write_sums(inside), SIGNATURE: sign(write_sums(inside), A).encode()}
    old = write_archive(tmp_path / "old", files)
    assert met(old) == ([], 5)
    assert met(old, A) == ([], 0)
    assert not memory().exists()
    found = verify_and_remember(old, write_public_line(A.public), TODAY, {})
    assert "They have no number" in found.lines[0]
    assert met(make(1, ONE, A), A) == ([], 0)
    assert met(old, A) == (["release-older"], 5)
    other = signed((*ONE, replace_key(ONE[0], A.data, C.data, TODAY)), A, C)
    assert met(make(2, other, C)) == ([], 0)
    assert met(old, A) == (["release-key-withdrawn"], 1)


# --------------------------------------------------------------------------- touched files


def test_documents_that_were_taken_out_are_missed(make: Make) -> None:
    path = make(1, ONE, A)
    stem, files = read_bundle(path.read_bytes())
    for names, code in (
        ([TIMESTAMP], "release-timestamp"),
        (["1.root.json"], "release-timestamp"),
        ([TIMESTAMP, "1.root.json"], "release-missing"),
    ):
        left = {name: data for name, data in files.items() if name not in names}
        path.write_bytes(write_bundle(stem, left))
        codes, exit_code = met(path, A)
        assert code in codes, names
        assert exit_code == 1


def test_documents_of_another_release_are_found(make: Make) -> None:
    """Mixed releases: the newer timestamp beside the older files, and the other way round."""
    one, two = make(1, ONE, A), make(2, ONE, A, text=b"newer")
    stem, old = read_bundle(one.read_bytes())
    new = read_bundle(two.read_bytes())[1]
    one.write_bytes(write_bundle(stem, {**old, TIMESTAMP: new[TIMESTAMP]}))
    two.write_bytes(write_bundle(stem, {**new, TIMESTAMP: old[TIMESTAMP]}))
    for path in (one, two):
        assert met(path, A) == (["release-timestamp"], 1)


def test_300_flipped_bits_in_the_documents_are_found(make: Make) -> None:
    """In every new file, of a release that two keys signed and whose roots changed twice."""
    path = make(3, THREE, A, C)
    stem, files = read_bundle(path.read_bytes())
    assert met(path, A) == ([], 0)
    names = [TIMESTAMP, *(name_root(number) for number in (1, 2, 3))]
    chance = random.Random(25)
    for number in range(some(300)):
        name = names[number % len(names)]
        at = chance.randrange(len(files[name]) * 8)
        flipped = bytearray(files[name])
        flipped[at // 8] ^= 1 << at % 8
        path.write_bytes(write_bundle(stem, {**files, name: bytes(flipped)}))
        assert met(path)[1] == 1, (name, at)


def test_300_flipped_bits_in_what_is_remembered_never_prove_anything(make: Make) -> None:
    """The memory is not signed: a flip is found, or it changes nothing but a number or a day."""
    assert met(make(3, BOTH, A, B), A) == ([], 0)
    whole = memory().read_bytes()
    stranger = make(4, (make_first_root(C, TODAY),), C)
    chance = random.Random(25)
    found = 0
    for _ in range(some(300)):
        at = chance.randrange(len(whole) * 8)
        flipped = bytearray(whole)
        flipped[at // 8] ^= 1 << at % 8
        memory().write_bytes(bytes(flipped))
        with suppress(PublishError):  # code `publishers`: the file is damaged
            assert met(stranger)[1] != 0
            continue
        found += 1
    assert found > some(300) * 0.9


def test_remembered_roots_that_nobody_signed_are_refused(make: Make) -> None:
    """Well formed, but not signed: somebody wrote a key of their own into the memory."""
    lone = (replace(ONE[0], keys=(C.data,)),)
    find_data_folder().mkdir(parents=True)
    write_publishers(memory(), [Publisher(lone, 1, "2030-01-01T00:00:00Z")])
    with pytest.raises(PublishError, match="is damaged"):
        met(make(1, ONE, A), A)


def test_a_damaged_memory_is_no_first_meeting(make: Make) -> None:
    find_data_folder().mkdir(parents=True)
    write_atomic(memory(), b"{}")
    with pytest.raises(PublishError, match="is damaged"):
        met(make(1, ONE, A), A)


def test_an_archive_of_another_release_in_a_folder_is_found(
    released: Released, tmp_path: Path
) -> None:
    """Swapped archives: even one that the publisher signed, in a list that the publisher signed."""
    key = open_key(released.key, PASSPHRASE)
    files = released.files
    name = "alpha.ru.draft.zip"
    stem, inside = read_bundle(files[name])
    other = resigned(inside, key, number=7)
    swapped = resigned({**files, name: write_bundle(stem, other)}, key)
    for one, data in swapped.items():
        (tmp_path / one).write_bytes(data)
    told = [one.message for one in verify_release(tmp_path, key.public).errors]
    assert f"{name} is of another release" in told


# --------------------------------------------------------------------------- the command


def test_the_command_speaks_the_readers_language_too(
    make: Make, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, line = make(2, ONE, A), write_public_line(A.public)
    day = ["--offline-date", TODAY.isoformat()]
    older = (
        "This is release {number} of its publisher, and you have seen release {highest}:"
        " this one is older. Somebody may be keeping the newer one from you."
    )
    russian = Interface(find("ru"), {older: "Это выпуск {number}, а был {highest}."})
    monkeypatch.setattr("publish.actions.verify.find_reader_words", lambda _: russian)
    assert main(["verify", str(path), "--key", line, *day]) == 0
    assert main(["verify", str(make(1, ONE, A)), *day]) == 5
    told = capsys.readouterr()
    assert "warning[release-older]: This is release 1 of its publisher" in told.out
    assert "Это выпуск 1, а был 2." in told.err
    assert main(["verify", str(path), "--offline-date", "yesterday"]) == 2


def test_the_readers_language_is_that_of_the_system() -> None:
    for value, tag in (("ru_RU.UTF-8", "ru"), ("tk_TM", "tk")):
        words = find_reader_words({"LANG": "en_US.UTF-8", "LC_ALL": value})
        assert words is not None
        assert words.language.tag.partition("-")[0] == tag
        assert words.text("Publications") != "Publications"
    for nobody in ({}, {"LANG": "C.UTF-8"}, {"LANG": "nonsense!"}):
        assert find_reader_words(nobody) is None


def test_a_day_is_read_or_refused() -> None:
    assert parse_today("2024-06-24") == date(2024, 6, 24)
    assert parse_today(None) >= date(2026, 1, 1)
    with pytest.raises(UsageError, match="is not a day"):
        parse_today("24.06.2024")


def test_what_is_remembered_is_one_small_file(make: Make) -> None:
    assert met(make(1, BOTH, A, B), A) == ([], 0)
    content = json.loads(memory().read_bytes())
    assert content["format"] == "publish publishers"
    assert [path.suffix for path in memory().parent.iterdir()].count(".json") == 1
    assert memory().stat().st_size < 4000
