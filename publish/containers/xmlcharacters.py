"""The characters that XML cannot contain.

Apart from `xmlwriting.py`, whose library takes as long to load as a small command runs.
"""

from __future__ import annotations

import re

__all__ = ["find_unwritable"]

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def find_unwritable(text: str) -> str:
    """Return the first character that XML 1.0 cannot contain (section 2.2), or an empty string."""
    found = _UNWRITABLE.search(text)
    return found[0] if found else ""
