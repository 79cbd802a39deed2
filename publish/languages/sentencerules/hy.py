"""The words of Armenian for the sentence splitter.

A sentence ends with `։`, which is often typed as a colon.  A full stop is what a colon is
elsewhere, and ends abbreviations.
"""

from __future__ import annotations

from publish.languages.language import SentenceRules, split_words

SENTENCES = SentenceRules(
    labels=split_words("աղյուսակ հոդված նկար գլուխ հավելված մաս կետ բաժին օրինակ"),
    speech=split_words("ասաց հարցրեց պատասխանեց գոչեց"),
    soft_stop=True,
)
