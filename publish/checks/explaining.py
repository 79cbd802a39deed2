"""What each finding means and what a translator does about it, in strings that are translated.

Title and reason of a check stand in its row of the table; what to do stands here, by code.  The
page of findings shows all three in the translator's language; they are interface strings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from publish.checks.table import TABLE

__all__ = ["EXPLAINED", "WAYS_OUT", "Explained", "explained_strings"]


@dataclass(frozen=True, slots=True)
class Explained:
    """A finding's title, why it matters (empty where the title says it), and what to do."""

    title: str
    why: str
    todo: str


ANEW = "Type the word anew."
DELETE = "Delete it."
COMPARE = "Compare the two entries and correct the wrong one."
HEADER = "Correct the header of the file: your editor has a page for the properties of the catalog."
TELL = "Tell the publisher of the report; there is nothing to translate here."
TRANSLATE = "Translate this sentence."

WAYS_OUT: Mapping[str, str] = {
    "marks-differ": "Set the same marks around your words as in the source, in any order.",
    "link-number": "Write the number that stands in the source after the link: [text](1).",
    "link-address": "Write the number of the link instead of the address: [text](1).",
    "link-title": "Leave only the number in the parentheses: [text](1).",
    "raw-html": "Delete the HTML. For the character itself write \\<.",
    "control-character": DELETE,
    "too-many-marks": "Delete the marks that the source does not have.",
    "blank-line": DELETE,
    "placeholders-differ": "Copy the words in braces from the source, unchanged.",
    "joined-first": TRANSLATE,
    "joined-shared": TRANSLATE,
    "joined-source": "Write the sentence, or leave the entry empty.",
    "number-missing": "Write the number of the source, in digits or in words.",
    "number-extra": "Compare the number with the source and correct it.",
    "number-word-missing": "Write the number of the source, in digits or in words.",
    "negation-missing": "See that the translation still says no where the source says no.",
    "hedge-missing": "See that the translation says as carefully as the source who says it, "
    "or that it is only possible.",
    "mixed-scripts": ANEW,
    "latin-letter": "Type the Russian letter.",
    "bidi-control": DELETE,
    "invisible-character": DELETE,
    "bad-character": "Type the letter that was meant.",
    "untranslated-script": "Translate the words, or write names in your language's letters.",
    "tk-foreign-letter": "Type the Turkmen letter: y, g, ň, ş, ý or ž.",
    "tk-borrowed-letter": "Write the word in Turkmen letters.",
    "tk-no-diacritics": "Write the text with the letters ç, ä, ň, ö, ş, ü, ý and ž.",
    "tk-apostrophe": "Leave the apostrophe out; after a name or an acronym write a hyphen.",
    "tk-suffix": "Write the suffix as the number is spoken: 6-njy, 7-nji.",
    "tk-suffix-joint": "Join the suffix with a hyphen: 128-nji, ABŞ-nyň.",
    "final-punctuation": "End the sentence with the same mark as the source.",
    "space-before-comma": "Delete the space.",
    "length-ratio": "Compare with the source: something may be missing or added.",
    "end-missing": "See whether the end of the sentence is missing, or set the full stop.",
    "doubled-word": "Delete one of the two words.",
    "untranslated": "Translate it, or leave it empty.",
    "left-in-english": "Translate these words too.",
    "lower-start": "Begin with a capital letter; see whether the beginning is missing.",
    "lower-after-stop": "Begin the sentence with a capital letter, or delete the full stop.",
    "same-source": COMPARE,
    "same-translation": COMPARE,
    "header-language": HEADER,
    "header-plural-forms": HEADER,
    "header-charset": HEADER,
    "catalog-stale": "Ask the publisher for the new file: publish update makes it.",
    "source-superseded": "Translate the corrected wording of the source.",
    "fuzzy-left": "Compare each of them with its source, correct it and take the mark off.",
    "front-matter-thin": TELL,
    "image-no-twin": "If there are words in the image, make one for your language.",
    "letters-uncovered": "Correct the character, or tell the publisher that a font lacks it.",
    "term-missing": "Use the term of the glossary, in the form that the sentence needs.",
    "term-sense": "See which sense is meant; if it is that of the glossary, use its term.",
    "acronym-missing": "Use the acronym of the glossary, or the full name.",
    "term-forbidden": "Use the right term instead of this word.",
}
"""What to do about a finding of a check, by its code."""

OTHERS: Mapping[str, Explained] = {
    "accepted-lapsed": Explained(
        "A finding was accepted for another text",
        "The text changed after somebody wrote the comment that accepts the finding.",
        "Read the sentence again, then delete the comment, or the digits at its end.",
    ),
    "accepted-unknown": Explained(
        "A comment accepts a finding that does not exist",
        "",
        "Correct the word after ok: in the comment, or delete the comment.",
    ),
    "translation-empty": Explained(
        "A translation that a reader cannot see",
        "It holds nothing but invisible characters.",
        "Write the words, or leave the whole translation empty.",
    ),
    "nested-too-deep": Explained(
        "Marks too deep within one another", "", "Delete the marks that the source does not have."
    ),
    "catalog-missing": Explained(
        "There is no file for this language",
        "",
        "Ask the publisher for it: publish update makes it.",
    ),
    "po-syntax": Explained(
        "The file cannot be read at this place",
        "A mark is missing or a line is out of order; editors for .po files do not do that.",
        "Mend the line, or open the file in such an editor and save it anew.",
    ),
    "po-duplicate": Explained("An entry stands twice", "", "Keep one of the two."),
    "po-conflict": Explained(
        "Two versions of the file were not merged",
        "",
        "Choose one of the two versions and delete the marks <<<<<<<, ======= and >>>>>>>.",
    ),
    "po-control": Explained("A control character", "", DELETE),
    "po-charset": Explained("The file is not saved as UTF-8", "", "Save it as UTF-8."),
    "po-header": Explained("The header does not stand at the top of the file", "", HEADER),
}
"""Findings that are no checks of the table."""

EXPLAINED: Mapping[str, Explained] = {
    **OTHERS,
    **{one.code: Explained(one.title, one.why, WAYS_OUT[one.code]) for one in TABLE},
}


def explained_strings() -> Iterator[str]:
    """Return every string of this table, for the interface template."""
    for one in EXPLAINED.values():
        yield from filter(None, (one.title, one.why, one.todo))
