"""The state of an edition, draft, reviewed or approved, as gates and reviews allow it."""

from __future__ import annotations

from collections.abc import Iterable

from publish.checks.gates import holding
from publish.errors import FindingsError
from publish.languages.language import Language
from publish.model import Coverage, Finding, Level
from publish.reviews.verdicts import Figures
from publish.settings import Settings, State

__all__ = ["STATES", "counted", "lacking", "least", "notices", "reached", "refuse_unreviewed"]

STATES: tuple[State, ...] = ("draft", "reviewed", "approved")
"""From the least to the most."""


def reached(
    settings: Settings,
    findings: Iterable[Finding],
    coverage: Coverage,
    review: Figures | None,
    *,
    held: bool = False,
) -> State:
    """Return the highest state whose gate, and all gates before it, a translation passes.

    `review` is None where nobody has reviewed anything.  A translation with sentences that are
    `held` back is a draft.  That a draft can be built at all is not asked here.
    """
    found = tuple(findings)
    state = STATES[0]
    if held:
        return state
    for higher in STATES[1:]:
        if lacking(settings, higher, found, coverage, review):
            break
        state = higher
    return state


def least(states: Iterable[State]) -> State | None:
    """The least of the states of an edition's translations, None where it has none."""
    return min(states, key=STATES.index, default=None)


def lacking(
    settings: Settings,
    state: State,
    findings: Iterable[Finding],
    coverage: Coverage,
    review: Figures | None,
) -> list[str]:
    """What holds a translation back from a state, in words; nothing where it can be called so."""
    gate = settings.gate(state)
    return [
        *holding(gate, findings, coverage),
        *_unreviewed(gate.review, review),
        *(_in_doubt(state, review) if review else ()),
    ]


def _unreviewed(least: int, review: Figures | None) -> list[str]:
    if review is None:
        return ["no sentence is reviewed"] if least else []
    if review.percent >= least:
        return []
    held = review.approved + review.context_changed
    return [f"{held} of {review.sentences} sentences are approved, less than {least} %"]


def _in_doubt(state: State, review: Figures) -> list[str]:
    """Decisions that forbid a state, whatever share of sentences its gate asks for."""
    counts = {"rejected": review.rejected} if state != "draft" else {}
    if state == "approved":
        lapsed, context = review.lapsed, review.context_changed
        counts |= {"approved before a change": lapsed, "approved in another context": context}
    return [f"{counted(count)} {what}" for what, count in counts.items() if count]


def counted(sentences: int) -> str:
    """A number of sentences in words."""
    return f"{sentences} sentence{'s' * (sentences != 1)}"


def refuse_unreviewed(
    settings: Settings, name: str, language: Language, coverage: Coverage, review: Figures | None
) -> None:
    """Raises FindingsError where too little is translated, or reviewed, even for a draft."""
    gate = settings.gate("draft")
    what = f"{name} in {language.tag} is not built, held back at the gate of drafts"
    if reasons := holding(gate, (), coverage):
        hint = "translate more, or lower gates.draft.coverage"
        raise FindingsError(f"{what}: {reasons[0]}", (), hint, code="gate")
    if reasons := _unreviewed(gate.review, review):
        hint = f"publish review --document {name} -l {language.tag}"
        raise FindingsError(f"{what}: {reasons[0]}", (), hint, code="gate")


def notices(
    settings: Settings,
    edition: tuple[str, Language],
    findings: Iterable[Finding],
    coverage: Coverage,
    review: Figures | None,
    *,
    held: bool = False,
) -> list[Finding]:
    """What holds a document in a language back from its next state, as advice; none if nothing."""
    name, language = edition
    found = tuple(findings)
    state = reached(settings, found, coverage, review, held=held)
    return [
        Finding(
            code="held-back",
            level=Level.ADVICE,
            message=f"{name} in {language.tag} cannot be called {higher}: {'; '.join(reasons)}",
            hint=f"publish check {name} -l {language.tag}; "
            f"publish review --document {name} -l {language.tag}",
        )
        for higher in STATES[STATES.index(state) + 1 :][:1]
        if (
            reasons := [
                *(["sentences are held back"] if held else []),
                *lacking(settings, higher, found, coverage, review),
            ]
        )
    ]
