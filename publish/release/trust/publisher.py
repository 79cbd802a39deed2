"""What a publisher keeps beside the secret key: the roots, and the numbers of releases.

A folder, `release.roots` beside `release.key`.  It has nothing secret: the roots go out with every
release, and `numbers.json` says which numbers are used up.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from itertools import zip_longest
from pathlib import Path

from publish.errors import PublishError, UsageError
from publish.files import write_atomic
from publish.release.trust.documents import Root, is_same_chain, name_root, write_expiry
from publish.release.trust.files import Trust, is_root_file, read_chain, write_chain
from publish.release.trust.signing import count_missing, sign_document, verify_chain
from publish.signatures.minisign import SecretKey

__all__ = [
    "LONGEST",
    "UsedNumber",
    "adopt_roots",
    "choose_number",
    "end_of_root",
    "end_of_term",
    "find_roots_folder",
    "list_missing",
    "make_first_root",
    "read_roots",
    "record_number",
    "save_roots",
]

LONGEST = 400
"""The most days for which a release counts as the newest."""
YEARS = 5
"""How long a root holds, counted to the end of a year."""
NUMBERS = "numbers.json"


@dataclass(frozen=True, slots=True)
class UsedNumber:
    """A number that a release has, the digest of its files without the number, and its expiry."""

    number: int
    content: str
    expires: str


def find_roots_folder(key_file: Path) -> Path:
    """Return the folder of the roots that belong to the key in a file."""
    return key_file.with_suffix(".roots")


def end_of_term(today: date) -> str:
    """Return until when a release of today counts as the newest: a year after this month.

    It tells the month of a release, and not the day.
    """
    month = today.year * 12 + today.month + 12
    return write_expiry(date(month // 12, month % 12 + 1, 1))


def make_first_root(key: SecretKey, today: date) -> Root:
    """Return the root that a key starts with, signed by itself."""
    bare = Root(version=1, expires=end_of_root(today), keys=(key.data,), threshold=1)
    return sign_document(bare, key)


def end_of_root(today: date) -> str:
    """Return until when a root of today holds."""
    return write_expiry(date(today.year + YEARS + 1, 1, 1))


# --------------------------------------------------------------------------- roots


def read_roots(folder: Path) -> tuple[Root, ...]:
    """Return the roots in a folder, none if there is no folder; the last may lack a signature.

    Raises PublishError (code `release-roots`) if they are damaged or do not follow each other.
    """
    files = (
        {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if _is_root(path)}
        if folder.is_dir()
        else {}
    )
    roots = read_chain(files)
    verify_chain(roots[:-1] if list_missing(roots) else roots)
    return roots


def _is_root(path: Path) -> bool:
    return is_root_file(path.name) and path.is_file()


def list_missing(roots: tuple[Root, ...]) -> list[str]:
    """Return whose signatures the last of some roots lacks, in words; none if it is whole."""
    if not roots:
        return []
    last, before = roots[-1], roots[-2] if len(roots) > 1 else roots[-1]
    found = []
    for root, words in ((before, "the keys before it"), (last, "its own keys")):
        if missing := count_missing(last, root):
            found.append(f"{missing} of {words}")
    return list(dict.fromkeys(found))


def save_roots(folder: Path, roots: tuple[Root, ...]) -> None:
    """Write roots to a folder."""
    for name, data in write_chain(roots).items():
        write_atomic(folder / name, data)


def adopt_roots(folder: Path, others: tuple[Root, ...]) -> tuple[Root, ...]:
    """Write the roots that another holder of keys sent, with all signatures, and return them.

    The last may lack signatures.  Raises PublishError (code `release-forked`) unless they go on
    from those in the folder; UsageError if those in the folder are newer.
    """
    own = read_roots(folder)
    whole = own[:-1] if list_missing(own) else own
    if not is_same_chain(whole, others):
        raise PublishError(
            f"the keys in {folder} and those of this folder are of two publishers, or somebody has"
            " made a second list of keys under the same number",
            hint="sign nothing; speak with the others who hold keys, in person",
            code="release-forked",
        )
    if len(others) < len(whole):
        raise UsageError(
            f"this is from before {name_root(whole[-1].version)}, which has other keys",
            hint="make the release again",
        )
    merged = tuple(
        _merge(root, twin) if twin and is_same_chain([root], [twin]) else root
        for root, twin in zip_longest(others, own[: len(others)])
    )
    if merged != own:
        save_roots(folder, merged)
    return merged


def _merge(root: Root, twin: Root) -> Root:
    """Return a root with the signatures of both."""
    both = {one.key_id: one for one in (*root.signatures, *twin.signatures)}
    return replace(root, signatures=tuple(both[name] for name in sorted(both)))


# --------------------------------------------------------------------------- numbers


def choose_number(
    folder: Path, content: Mapping[str, str], expires: str, before: Trust | None
) -> UsedNumber:
    """Return the number of a release: that of the same files before, or the next free one.

    `content` are the digests of its files without a number, `before` the documents of the previous
    release.  Law: two releases with the same files, made in the same month, have the same number.
    """
    listed = "".join(f"{digest}  {name}\n" for name, digest in sorted(content.items()))
    digest = hashlib.sha256(listed.encode()).hexdigest()
    used = _read_numbers(folder)
    for one in used:
        if (one.content, one.expires) == (digest, expires):
            return one
    last = max((one.number for one in used), default=0)
    past = before.timestamp.version if before else 0
    return UsedNumber(max(last, past) + 1, digest, expires)


def record_number(folder: Path, number: UsedNumber) -> None:
    """Write down that a number is used up."""
    used = _read_numbers(folder)
    if number in used:
        return
    rows = sorted((*used, number), key=lambda one: (one.number, one.content))
    data = json.dumps({"releases": [asdict(one) for one in rows]}, indent=1) + "\n"
    write_atomic(folder / NUMBERS, data.encode())


def _read_numbers(folder: Path) -> tuple[UsedNumber, ...]:
    path = folder / NUMBERS
    if not path.is_file():
        return ()
    try:
        rows = json.loads(path.read_bytes())["releases"]
        found = tuple(
            UsedNumber(int(row["number"]), row["content"], row["expires"]) for row in rows
        )
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise PublishError(
            f"{path} is damaged: the number of the next release is not known",
            hint="restore it, or delete it and name the last release with --previous",
            code="release-roots",
        ) from error
    return found
