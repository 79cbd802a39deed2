"""Work out the state of an edition, draft, reviewed or approved, from its gates and reviews."""

from __future__ import annotations

from collections.abc import Iterable

from publish.checks.gates import list_gate_failures
from publish.errors import FindingsError
from publish.languages.language import Language
from publish.model import Coverage, Finding, Level
from publish.reviews.verdicts import ReviewFigures
from publish.settings import Gate, Settings, State

__all__ = [
    "STATES",
    "advise_next_state",
    "describe_sentence_count",
    "determine_state",
    "find_lowest_state",
    "find_obstacles",
    "refuse_unreviewed",
]

STATES: tuple[State, ...] = ("draft", "reviewed", "approved")
"""All states, from the lowest to the highest."""


def determine_state(
    settings: Settings,
    findings: Iterable[Finding],
    coverage: Coverage,
    review: ReviewFigures | None,
    *,
    held: bool = False,
) -> State:
    """Return the highest state whose gate, and all gates below it, a translation passes.

    `review` is None where nobody has reviewed anything.  A translation with sentences that are
    `held` back is a draft.  The draft gate is not looked at here.
    """
    found = tuple(findings)
    state = STATES[0]
    if held:
        return state
    for higher in STATES[1:]:
        if find_obstacles(settings, higher, found, coverage, review):
            break
        state = higher
    return state


def find_lowest_state(states: Iterable[State]) -> State | None:
    """Return the lowest of the states of an edition's translations, None where it has none."""
    return min(states, key=STATES.index, default=None)


def find_obstacles(
    settings: Settings,
    state: State,
    findings: Iterable[Finding],
    coverage: Coverage,
    review: ReviewFigures | None,
) -> list[str]:
    """Return why a translation does not reach a state, in words; empty if it does."""
    gate = settings.gate(state)
    findings = tuple(findings)
    return [
        *list_gate_failures(gate, findings, coverage),
        *_unreviewed(gate.review, review),
        *(_in_doubt(state, review) if review else ()),
        *(["the text has no date"] if state == "approved" and _is_undated(gate, findings) else []),
    ]


def _is_undated(gate: Gate, findings: Iterable[Finding]) -> bool:
    """Return whether a text has no date, which the gate does not count among the warnings."""
    return Level.WARNING not in gate.levels and any(one.code == "undated" for one in findings)


def _unreviewed(least: int, review: ReviewFigures | None) -> list[str]:
    if review is None:
        return ["no sentence is reviewed"] if least else []
    if review.percent >= least:
        return []
    held = review.approved + review.context_changed
    return [f"{held} of {review.sentences} sentences are approved, less than {least} %"]


def _in_doubt(state: State, review: ReviewFigures) -> list[str]:
    """Return the decisions that rule out a state, whatever share of sentences its gate demands."""
    counts = {"rejected": review.rejected} if state != "draft" else {}
    if state == "approved":
        lapsed, context = review.lapsed, review.context_changed
        counts |= {"approved before a change": lapsed, "approved in another context": context}
        counts |= {"approved without a signature": review.unsigned}
        counts |= {"not approved by all who are needed": review.single}
    found = [f"{describe_sentence_count(count)} {what}" for what, count in counts.items() if count]
    if review.forged and state != "draft":
        rows = f"{review.forged} row{'s' * (review.forged != 1)}"
        found.append(f"{rows} of the review ledger not signed as they should be")
    return found


def describe_sentence_count(sentences: int) -> str:
    """Return a number of sentences, as `1 sentence` or `3 sentences`."""
    return f"{sentences} sentence{'s' * (sentences != 1)}"


def refuse_unreviewed(
    settings: Settings,
    name: str,
    language: Language,
    coverage: Coverage,
    review: ReviewFigures | None,
) -> None:
    """Raise FindingsError (code `gate`) where too little is translated or reviewed for a draft."""
    gate = settings.gate("draft")
    what = f"{name} in {language.tag} is not built, because it does not pass the draft gate"
    if reasons := list_gate_failures(gate, (), coverage):
        hint = "translate more, or lower gates.draft.coverage"
        raise FindingsError(f"{what}: {reasons[0]}", (), hint, code="gate")
    if reasons := _unreviewed(gate.review, review):
        hint = f"see what to review: publish review --document {name} -l {language.tag}"
        raise FindingsError(f"{what}: {reasons[0]}", (), hint, code="gate")


def advise_next_state(
    settings: Settings,
    edition: tuple[str, Language],
    findings: Iterable[Finding],
    coverage: Coverage,
    review: ReviewFigures | None,
    *,
    held: bool = False,
) -> list[Finding]:
    """Return one advice that says why a translation is not in its next state, none in the last."""
    name, language = edition
    found = tuple(findings)
    state = determine_state(settings, found, coverage, review, held=held)
    return [
        Finding(
            code="held-back",
            level=Level.ADVICE,
            message=f"{name} in {language.tag} is not {higher} yet: {'; '.join(reasons)}",
            hint=f"see what is left: publish check {name} -l {language.tag}; "
            f"publish review --document {name} -l {language.tag}",
        )
        for higher in STATES[STATES.index(state) + 1 :][:1]
        if (
            reasons := [
                *(["some sentences are held back because of errors"] if held else []),
                *find_obstacles(settings, higher, found, coverage, review),
            ]
        )
    ]
