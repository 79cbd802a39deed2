"""Accept imported translations: they are confirmed, and can be approved then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from publish.actions.review import ReviewDecision, SentenceChoice, SentenceGroup, review_one
from publish.building.editionlimits import EDITION_LIMITS, EditionLimits
from publish.building.worklimits import limit_work
from publish.catalogs.origins import confirm_entry
from publish.errors import UsageError
from publish.model import Key
from publish.po.pofile import PoFile, replace_entry
from publish.reviews.choosing import find_at_places
from publish.reviews.verdicts import Verdict
from publish.translation.held import find_held
from publish.translation.loading import Loader
from publish.translation.translation import Translation

__all__ = ["accept"]


def accept(
    loader: Loader,
    name: str,
    language: str,
    choice: SentenceChoice,
    *,
    least: int = 0,
    dry_run: bool = False,
    limits: EditionLimits = EDITION_LIMITS,
) -> ReviewDecision:
    """Confirm the imported translations of sentences that are at least so sure, in percent.

    A group of joined sentences is accepted as one.  Sentences whose marks are wrong are left out,
    and so is what was not imported.  Raises the errors of `approve`, and UsageError for a group
    other than `ALL`.
    """
    if choice in (SentenceGroup.UNCHANGED, SentenceGroup.TYPO):
        raise UsageError("--unchanged and --typo go with approve", hint="name places, or --all")
    with limit_work(f"checking {name} in {language}", limits):
        found = review_one(loader, name, language)
        every = found.verdicts
        asked = every if isinstance(choice, SentenceGroup) else find_at_places(every, choice)
        imported = [one for one in asked if one.subject.sureness is not None]
        sure = [one for one in imported if (one.subject.sureness or 0) >= least]
        translation = found.translation
        held = find_held(translation.with_catalog(_confirmed(translation, sure))).entries
        wrong = [one for one in sure if not _keys([one]).isdisjoint(held)]
        taken = tuple(one for one in sure if one not in wrong)
        after = _confirmed(translation, taken)
    if taken and not dry_run:
        loader.save(translation, after)
    left = [(one, f"less than {least} % sure") for one in imported if one not in sure]
    left += [(one, "with errors") for one in wrong]
    if not isinstance(choice, SentenceGroup):
        left += [(one, "not imported, or accepted before") for one in asked if one not in imported]
    return ReviewDecision(
        file=translation.file,
        state="accepted",
        taken=taken,
        left=tuple(left),
        errors=tuple(error for one in wrong for key in _keys([one]) for error in held.get(key, ())),
    )


def _keys(verdicts: Sequence[Verdict]) -> set[Key]:
    return {entry.key for one in verdicts for entry in one.subject.entries}


def _confirmed(translation: Translation, verdicts: Sequence[Verdict]) -> PoFile:
    """Return the catalog with the entries of some sentences confirmed."""
    if translation.po is None:
        raise translation.missing
    wanted = _keys(verdicts)
    return replace(
        translation.po,
        records=tuple(
            replace_entry(record, confirm_entry(record.entry))
            if record.entry.key in wanted and not record.entry.obsolete
            else record
            for record in translation.po.records
        ),
    )
