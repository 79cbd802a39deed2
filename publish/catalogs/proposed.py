"""Proposals of readers: comments `# proposed by ROLE: TEXT`, kept with the entry until decided.

As comments they are merged line by line, go where their entry goes, and every program for catalogs
shows them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Proposal", "find_proposals", "write_proposal"]

_PROPOSED = re.compile(r"\s*proposed by ([^:]+): ?(.*)", re.DOTALL)
_ESCAPES = {ord("\\"): "\\\\", ord("\n"): "\\n", ord("\r"): "\\r", ord("\t"): "\\t"}
_ESCAPED = re.compile(r"\\(.)")
_MEANT = {"n": "\n", "r": "\r", "t": "\t"}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A text that a reader proposes for a translation; `role` is who the reader is."""

    role: str
    text: str


def find_proposals(comments: Iterable[str]) -> tuple[Proposal, ...]:
    """Return the proposals in the comments of an entry."""
    found = (_PROPOSED.fullmatch(line) for line in comments)
    return tuple(Proposal(one[1].strip(), _unescaped(one[2])) for one in found if one)


def write_proposal(proposal: Proposal) -> str:
    """Return the comment line of a proposal; line ends, tabs and backslashes are escaped.

    Law: `find_proposals` reads from it what was written.
    """
    return f"proposed by {proposal.role}: {proposal.text.translate(_ESCAPES)}"


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda one: _MEANT.get(one[1], one[1]), text)
