"""The table of checks: all rules, in the order of `docs/reference/checks.md`."""

from __future__ import annotations

from functools import lru_cache

from publish.catalogs.glossary import Glossary
from publish.checks.addresses import ADDRESS_RULES
from publish.checks.documents import DOCUMENT_RULES
from publish.checks.health import HEALTH_RULES
from publish.checks.joining import JOINING_RULES
from publish.checks.letters import LETTER_RULES
from publish.checks.meaning.meaning_rules import PLACE_RULES
from publish.checks.measure import MEASURE_RULES
from publish.checks.numbers.number_rules import NUMBER_RULES
from publish.checks.othertongue import OTHER_TONGUE_RULES
from publish.checks.pairedmarks import PAIRED_MARK_RULES
from publish.checks.punctuation import PUNCTUATION_RULES
from publish.checks.references import REFERENCE_RULES
from publish.checks.repetition import REPETITION_RULES
from publish.checks.rule import Rule
from publish.checks.small_words import MEANING_RULES
from publish.checks.spelling_tk import TURKMEN_RULES
from publish.checks.structure import STRUCTURE_RULES
from publish.checks.terms.term_rules import build_term_rules
from publish.checks.typedmarks import TYPED_MARK_RULES

__all__ = ["ACCEPTABLE", "RULES", "STRUCTURAL", "build_rules"]

FIXED: tuple[Rule, ...] = (
    *STRUCTURE_RULES,
    *JOINING_RULES,
    *NUMBER_RULES,
    *REFERENCE_RULES,
    *MEANING_RULES,
    *PLACE_RULES,
    *ADDRESS_RULES,
    *LETTER_RULES,
    *TURKMEN_RULES,
    *PUNCTUATION_RULES,
    *PAIRED_MARK_RULES,
    *MEASURE_RULES,
    *OTHER_TONGUE_RULES,
    *REPETITION_RULES,
    *TYPED_MARK_RULES,
    *HEALTH_RULES,
    *DOCUMENT_RULES,
)
"""The rules that are the same in every workspace."""

RULES: tuple[Rule, ...] = (*FIXED, *build_term_rules(Glossary("", (), ())))
"""Every rule; a rule for another language than that of the text finds nothing."""

STRUCTURAL = frozenset(rule.code for rule in RULES if rule.structural)
"""Codes that cannot be accepted; errors with them hold a sentence back from every edition."""

ACCEPTABLE = frozenset(rule.code for rule in RULES) - STRUCTURAL
"""Codes that a comment `# ok: CODE` can accept."""


@lru_cache(maxsize=8)
def build_rules(glossary: Glossary | None) -> tuple[Rule, ...]:
    """Return the rules with the terms of a glossary; RULES if there is no glossary."""
    return (*FIXED, *build_term_rules(glossary)) if glossary else RULES
