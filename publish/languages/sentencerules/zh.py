"""The words of Chinese for the sentence splitter: names and references in Latin letters."""

from __future__ import annotations

from publish.languages.language import SentenceRules, split_words

SENTENCES = SentenceRules(
    never=split_words("Dr Mr Mrs Ms Prof St vs e.g i.e et al cf Jr Sr P.S"),
    seldom=split_words("Inc Ltd Co Corp GmbH"),
    numbered=split_words("No Nos no p pp Vol vol Fig fig Art art Sec sec Ch ch Tab tab Eq eq"),
    closing=split_words("etc"),
)
