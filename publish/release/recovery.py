"""The recovery sheet: a page to print, from which a lost key can be written down again."""

from __future__ import annotations

from collections.abc import Iterable

from publish.editions.page.interface import Interface
from publish.editions.page.templates import Templates, render_template
from publish.release.feeds import ReleaseAddress
from publish.release.site import Site, render_site_page
from publish.release.sums import compute_sha256

__all__ = ["LENGTH", "render_recovery_sheet"]

LENGTH = 36
"""Letters of the secret key on a line."""


def render_recovery_sheet(
    secret: str,
    public: str,
    names: Iterable[str],
    fingerprint: str,
    interface: Interface,
    folders: Templates,
) -> bytes:
    """Return the sheet of a key as a page of HTML.

    `secret` is the text of the secret key's file, which only the passphrase opens; `names` are the
    ids of all keys of the publisher, and `fingerprint` the digest of their list, empty where there
    is no list yet.
    """
    comment, letters = secret.splitlines()
    pieces = [letters[at : at + LENGTH] for at in range(0, len(letters), LENGTH)]
    values = {
        "key": public,
        "comment": comment,
        "lines": [
            {"text": piece, "check": compute_sha256(piece.encode("ascii"))[:4]} for piece in pieces
        ],
        "names": list(names),
        "fingerprint": fingerprint,
    }
    main = render_template(folders, "release-recovery.xhtml", values, interface)
    title = interface.text("If the key is lost or taken")
    site = Site(folders=folders, interfaces={}, place=ReleaseAddress(""), key=public, bundles={})
    return render_site_page(site, interface, title, main, {}, alone=True)
