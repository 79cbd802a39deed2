"""The explanation of each finding: what it means and what a translator does about it.

These are interface strings: the page of findings shows them in the translator's language.  The
texts of a rule are in its row of the table of checks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from publish.checks.table import RULES

__all__ = ["EXPLANATIONS", "Explanation", "list_explanation_strings"]


@dataclass(frozen=True, slots=True)
class Explanation:
    """The title of a finding, why it matters (empty if the title says it), and what to do."""

    title: str
    why: str
    todo: str


HEADER = "Correct the header of the file: your editor has a page for the properties of the catalog."

OTHERS: Mapping[str, Explanation] = {
    "accepted-lapsed": Explanation(
        "A finding was accepted for another text",
        "The text changed after somebody wrote the comment that accepts the finding.",
        "Read the sentence again, then delete the comment, or the digits at its end.",
    ),
    "accepted-unknown": Explanation(
        "A comment accepts a finding that does not exist",
        "",
        "Correct the word after ok: in the comment, or delete the comment.",
    ),
    "catalog-missing": Explanation(
        "There is no file for this language",
        "",
        "Ask the publisher for it: publish update makes it.",
    ),
    "po-syntax": Explanation(
        "The file cannot be read at this place",
        "A mark is missing or a line is out of order; editors for .po files do not do that.",
        "Fix the line, or open the file in such an editor and save it again.",
    ),
    "po-duplicate": Explanation("An entry occurs twice", "", "Keep one of the two."),
    "po-conflict": Explanation(
        "Two versions of the file were not merged",
        "",
        "Choose one of the two versions and delete the marks <<<<<<<, ======= and >>>>>>>.",
    ),
    "po-control": Explanation("A control character", "", "Delete it."),
    "po-charset": Explanation("The file is not saved as UTF-8", "", "Save it as UTF-8."),
    "po-header": Explanation("The header is not at the top of the file", "", HEADER),
}
"""Explanations of the findings that have no row in the table of checks."""

EXPLANATIONS: Mapping[str, Explanation] = {
    **OTHERS,
    **{rule.code: Explanation(rule.title, rule.why, rule.remedy) for rule in RULES},
}


def list_explanation_strings() -> Iterator[str]:
    """Yield every string of the explanations, for the interface template."""
    for one in EXPLANATIONS.values():
        yield from filter(None, (one.title, one.why, one.todo))
