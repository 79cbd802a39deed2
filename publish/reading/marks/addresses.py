"""Web and mail addresses that an edition can contain."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["is_mail_address", "is_web_address"]

# RFC 3986 §3.2 to §3.5, and RFC 3987 for letters beyond ASCII.  User names (`https://bank@evil`)
# and IP literals (`[::1]`) are not allowed.
_NAME = r"(?P<host>(?:[\w.-]|[^\x00-\x7f])+)"
_WORD = r"[\w\-.~!$&'()*+,;=]|%[0-9a-f]{2}|[^\x00-\x7f]"
_REST = rf"(?:{_WORD}|[:@/?])*"
_FLAGS = re.ASCII | re.IGNORECASE
WEB = re.compile(
    rf"https?://{_NAME}(?::(?P<port>\d{{1,5}}))?(?:[/?]{_REST})?(?:\#{_REST})?", _FLAGS
)
MAIL = re.compile(rf"mailto:(?:{_WORD})+@{_NAME}(?:\?{_REST})?", _FLAGS)
LABEL = re.compile(r"(?!-)[\w-]{1,63}(?<!-)", re.ASCII)


def is_web_address(text: str) -> bool:
    """Return whether a text is a valid `http:` or `https:` address that an edition can contain."""
    found = WEB.fullmatch(text)
    if found is None or int(found["port"] or 0) >= 2**16:
        return False
    return _is_sound(text, found["host"])


def is_mail_address(text: str) -> bool:
    """Return whether a text is a valid `mailto:` address that an edition can contain."""
    found = MAIL.fullmatch(text)
    return found is not None and _is_sound(text, found["host"])


def _is_sound(address: str, host: str) -> bool:
    """Return whether an address has no invisible character and a valid host (RFC 5890 §2.3.1)."""
    if len(host) > 253 or any(unicodedata.category(character)[0] in "CZ" for character in address):
        return False
    try:
        labels = host.encode("idna").decode("ascii").split(".")
    except UnicodeError:
        return False
    return all(LABEL.fullmatch(label) for label in labels)
