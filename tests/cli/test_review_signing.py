"""`publish review key`, `--sign`, `publish review sign` and what `publish check` says of them."""

from __future__ import annotations

import re
import stat
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from releasecases import PASSPHRASE, WEAK
from reviewcases import SETTINGS, approved, edit, ledger, make_workspace
from signingcases import AYGUL, count_signed

from publish.cli.main import main
from publish.signatures.keyfiles import make_key
from publish.signatures.minisign import write_public_line

Run = Callable[..., tuple[int, str, str]]
SUBJECT = ("-l", "ru", "--as", AYGUL)
ALL = ("review", "approve", "--all", *SUBJECT)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "work").mkdir()
    return make_workspace(tmp_path / "work")


@pytest.fixture
def publish(root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.delenv("PUBLISH_REVIEWER", raising=False)
    monkeypatch.setenv("PUBLISH_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(root.parent / "config"))

    def run(*words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main([*words, "-C", str(root)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def key_file(root: Path) -> Path:
    return root.parent / "config/publish/review.key"


def list_key(root: Path, line: str) -> None:
    (root / "publish.toml").write_text(f"{SETTINGS}\n[reviewers]\n{line}\n", encoding="utf-8")


@pytest.fixture
def key(root: Path) -> Path:
    """A reviewer's key where the program looks for it, listed in the settings."""
    public = make_key(key_file(root), PASSPHRASE, WEAK)
    list_key(root, f'{AYGUL} = "{write_public_line(public)}"')
    return key_file(root)


def test_a_new_key_is_a_line_for_the_settings(
    root: Path, publish: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("publish.actions.keys.make_key", partial(make_key, strength=WEAK))
    code, out, err = publish("review", "key", "new", "--as", "second-reader")
    assert code == 0
    assert out.startswith('"second-reader" = "RW')
    assert "belongs below [reviewers]" in err
    assert stat.S_IMODE(key_file(root).stat().st_mode) == 0o600
    list_key(root, out)
    assert publish("review", "key", "show", "--as", "second-reader")[1] == out
    code, _, err = publish("review", "key", "new", "--as", "second-reader")
    assert (code, "exists already" in err) == (2, True)
    words = ("review", "approve", "--all", "-l", "ru", "--as", "second-reader", "--sign")
    assert publish(*words)[0] == 0
    assert count_signed(ledger(root)) == 7
    assert publish("check")[0] == 0


def test_a_decision_is_signed_and_a_build_earns_approved(
    root: Path, key: Path, publish: Run
) -> None:
    code, out, err = publish(*ALL, "--sign")
    assert (code, out.count("approved  ")) == (0, 7)
    assert err == "locales/ru/LC_MESSAGES/r.review.csv: 7 sentences approved\n"
    assert publish("build", "-q", "-l", "ru", "--require", "approved")[0] == 0
    words = ("--sign", "--reason", "who?", *SUBJECT)
    assert publish("review", "reject", "The court", *words)[0] == 0
    assert count_signed(ledger(root)) == 7


def test_what_was_decided_without_a_key_is_signed_later(
    root: Path, key: Path, publish: Run
) -> None:
    _, _, err = publish(*ALL)
    assert err.endswith(": 7 sentences approved\nnext: publish review sign --as Aygul\n")
    code, out, err = publish("check", "-l", "ru")
    assert (code, out.count("warning[review-unsigned]")) == (0, 7)
    assert "r in ru: 7 sentences approved without a signature" in publish("review", "-l", "ru")[1]
    code, out, err = publish("review", "sign", "--as", AYGUL, "--dry-run")
    assert (code, out.count("would be signed  ")) == (0, 7)
    assert count_signed(ledger(root)) == 0
    code, out, err = publish("review", "sign", "The court", *SUBJECT)
    assert out == "signed  victims, sentence 2: The court released the man.\n"
    code, out, err = publish("review", "sign", "--as", AYGUL)
    assert err == "locales/ru/LC_MESSAGES/r.review.csv: 6 sentences signed\n"
    assert publish("review", "sign", "--as", AYGUL)[2] == "Aygul has nothing to sign\n"
    assert publish("check")[0] == 0


def test_every_bad_row_is_named_in_one_run(root: Path, key: Path, publish: Run) -> None:
    publish(*ALL, "--sign")
    path = ledger(root)
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[1] = lines[1].replace(",approved,", ",rejected,").replace("Z,,", "Z,no,")
    lines[2] = lines[2].replace(",Aygul,", ",guest,")
    lines[3] = ",".join(lines[3].split(",")[:8])
    lines[4] = lines[4].replace(lines[4].split(",")[8], "0123456789ABCDEF")
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    code, out, _ = publish("check")
    assert code == 1
    shown = "locales/ru/LC_MESSAGES/r.review.csv"
    told = re.findall(rf"^(\w+\[.*?\]: .{{30}}).*\n  --> {shown}:(\d+)\n  help: ", out, re.M)
    assert told == [
        ("error[review-altered]: this rejection by Aygul is not", "2"),
        ("error[review-key]: this approval says that it is ", "3"),
        ("warning[review-unsigned]: this approval by Aygul is not ", "4"),
        ("error[review-key]: this approval by Aygul is sign", "5"),
    ]
    text = publish("review", "-l", "ru")[1]
    assert "r in ru: 3 rows of the ledger not signed as they should be (publish check)" in text


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("review", "key"), "review key does not know ''"),
        (("review", "key", "lose", "--as", "x"), "review key does not know 'lose'"),
        (("review", "key", "new"), "the reviewer: no name is given"),
        (("review", "key", "show", "--as", "x", "--key", "nowhere.key"), "there is no key nowhere"),
        (("review", "sign", "--as", "guest"), "the settings list no key of guest"),
        (("review", "sign"), "the reviewer: no name is given"),
        (("review", "sign", "--as", AYGUL, "--key", "no.key"), "there is no key no.key to sign"),
        (("review", "sign", "--as", AYGUL, "--all"), "--all, --unchanged and --typo go with"),
        (("review", "sign", "nowhere", *SUBJECT), "there is no sentence at 'nowhere'"),
        (("review", "prune", "--sign"), "--sign goes with approve and reject"),
        (("review", "approve", "--all", "-l", "ru", "--as", "aygul", "--sign"), "list no key of"),
    ],
)
def test_what_cannot_be_signed_is_refused(
    root: Path, key: Path, publish: Run, words: tuple[str, ...], message: str
) -> None:
    code, _, err = publish(*words)
    assert (code, message in err) == (2, True), err
    assert not ledger(root).exists()


def test_another_key_than_the_listed_one_signs_nothing(root: Path, key: Path, publish: Run) -> None:
    other = root.parent / "other.key"
    make_key(other, PASSPHRASE, WEAK)
    approved(root, reviewer=AYGUL)
    words = ("review", "sign", "--as", AYGUL, "--key", str(other))
    for _ in range(2):  # With its public file beside it, and without.
        code, _, err = publish(*words)
        assert code == 2
        assert "--> publish.toml:6\n" in err
        assert f"{other} is not the key " in err
        other.with_suffix(".pub").unlink(missing_ok=True)
    assert count_signed(ledger(root)) == 0


def test_a_wrong_passphrase_signs_nothing(
    root: Path, key: Path, publish: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUBLISH_PASSPHRASE", "another phrase")
    code, _, err = publish(*ALL, "--sign")
    assert code != 0
    assert "the passphrase is wrong" in err
    assert not ledger(root).exists()


def test_a_damaged_list_of_reviewers_is_named_by_line(root: Path, publish: Run) -> None:
    list_key(root, f'{AYGUL} = "RWx"')
    code, _, err = publish("check")
    assert code == 2
    assert "--> publish.toml:6\n" in err
    assert "this is not a minisign public key" in err


def test_signatures_without_reviewers_in_the_settings_are_a_warning(
    root: Path, key: Path, publish: Run
) -> None:
    publish(*ALL, "--sign")
    (root / "publish.toml").write_text(SETTINGS, encoding="utf-8")
    code, out, _ = publish("check")
    assert code == 0
    assert "warning[review-unlisted]: rows of this ledger are signed (7)" in out
    assert "--> locales/ru/LC_MESSAGES/r.review.csv:2\n" in out
    edit(ledger(root), ",approved,", ",rejected,")
    assert publish("check")[0] == 0
