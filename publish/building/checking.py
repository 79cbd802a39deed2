"""What the checks say of a document in a language, as `check` tells it and the gates weigh it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from publish.catalogs.glossary import Glossary, read_glossary
from publish.checks.gates import counted_level, holding
from publish.checks.running import Checking, accepted_findings, errors_of_structure, run_checks
from publish.checks.table import WHOLE_CATALOG, checks_with
from publish.errors import FindingsError, PublishError
from publish.languages.language import Language
from publish.model import Catalog, Coverage, Document, Finding, Level, Span
from publish.workspace import Workspace

__all__ = ["Checked", "checked", "gate_notices", "refuse_at_gate", "warnings_of"]


@dataclass(frozen=True, slots=True)
class Checked:
    """The findings on one catalog, and those that its translators accepted."""

    findings: tuple[Finding, ...]
    accepted: tuple[Finding, ...] = ()


def checked(
    workspace: Workspace,
    document: Document,
    language: Language,
    catalog: Catalog,
    *,
    use_fuzzy: bool = False,
) -> Checked:
    """What the whole table says of a translation; raises PublishError for a wrong glossary."""
    work = Checking(
        document,
        workspace.source_language,
        catalog,
        language,
        checks_with(_glossary(workspace)),
        use_fuzzy,
        WHOLE_CATALOG,
    )
    return Checked(tuple(run_checks(work)), tuple(accepted_findings(work)))


def _glossary(workspace: Workspace) -> Glossary | None:
    path = workspace.glossary
    if not path.is_file():
        return None
    shown = workspace.shown(path)
    try:
        return read_glossary(path.read_bytes().decode("utf-8"), shown)
    except UnicodeDecodeError:
        place = Span(shown, 1, 1)
        raise PublishError(
            "the file is not UTF-8", place, "save it as UTF-8", code="charset"
        ) from None


# --------------------------------------------------------------------------- gates


def refuse_at_gate(
    workspace: Workspace, name: str, language: Language, findings: Iterable[Finding]
) -> None:
    """Raises FindingsError where errors of structure, or the gate of drafts, hold an edition back.

    Every edition is a draft, so this gate is the one that a build has to pass.
    """
    found = tuple(findings)
    what = f"{name} in {language.tag} is not built"
    if wrong := errors_of_structure(found):
        raise FindingsError(what, wrong)
    gate = workspace.settings.gate("draft")
    if reasons := holding(gate, found):
        held = [finding for finding in found if finding.level in gate.levels]
        raise FindingsError(
            f"{what}, held back at the gate of drafts: {', '.join(reasons)}",
            held,
            "correct them, or accept texts that are right with a comment: # ok: CODE",
            code="gate",
        )


def gate_notices(
    workspace: Workspace,
    name: str,
    language: Language,
    findings: Iterable[Finding],
    coverage: Coverage,
) -> list[Finding]:
    """What holds an edition back from the higher states whose gates the settings name.

    Raises FindingsError where too little is translated even for a draft.
    """
    found = tuple(findings)
    if reasons := holding(workspace.settings.gate("draft"), (), coverage):
        raise FindingsError(
            f"{name} in {language.tag} is not built, held back at the gate of drafts: {reasons[0]}",
            (),
            "translate more, or lower gates.draft.coverage",
            code="gate",
        )
    return [
        Finding(
            "held-back",
            Level.ADVICE,
            f"{name} in {language.tag} cannot be {state}: {', '.join(reasons)}",
            hint=f"publish check {name} -l {language.tag}",
        )
        for state, gate in workspace.settings.gates.items()
        if state != "draft" and (reasons := holding(gate, found, coverage))
    ]


def warnings_of(findings: Iterable[Finding], name: str, language: Language) -> list[Finding]:
    """What a build says of findings that do not hold it back: one warning for all errors."""
    found = tuple(findings)
    structural = [finding for finding in found if finding.code == "blank-line"]
    errors = [finding for finding in found if finding.level is Level.ERROR]
    if not errors:
        return structural
    file = errors[0].span.file if errors[0].span else ""
    said = Finding(
        "catalog-errors",
        Level.WARNING,
        f"the checks find {counted_level(len(errors), Level.ERROR)} in this translation",
        Span(file, 1, 1),
        f"see them with publish check {name} -l {language.tag}",
    )
    return [*structural, said]
