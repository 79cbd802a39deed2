"""Run the validators that are installed on finished files: `epubcheck`, `qpdf`, `verapdf`.

None of them is needed.  They judge the form of a file, not whether it holds the right text.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

from publish.editions.audit.opened import report_built_file
from publish.model import PAGES, Edition, Finding, Format

__all__ = ["run_validators"]

_SECONDS = 300
"""The time that a validator has for one file."""

_MOST = 10
"""The most findings of one validator that are shown."""

VALIDATORS: Mapping[Format, tuple[tuple[str, ...], ...]] = {
    "epub": (("epubcheck", "--quiet"),),
    "pdf": (("qpdf", "--check"), ("verapdf", "--format", "text")),
}
"""The commands for each format that has some; the file is their last argument."""


def run_validators(path: Path, edition: Edition, shown: str) -> Iterator[Finding]:
    """Yield what the installed validators find in a file; `shown` is its name in findings.

    A validator of PDF/A is not asked about files that do not claim it.
    """
    for name, *options in VALIDATORS.get(edition.format, ()):
        program = shutil.which(name)
        archival = PAGES[edition.page].is_archival
        if program is None or (name == "verapdf" and not archival):
            continue
        command = [program, *options, str(path.resolve())]
        try:
            done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            yield report_built_file(shown, "built-validator", f"{name} did not finish: {error}")
            continue
        if done.returncode:
            said = (done.stdout + b"\n" + done.stderr).decode("utf-8", "replace")
            lines = [line for line in said.splitlines() if line.strip()]
            for line in lines[:_MOST] or [f"exit code {done.returncode}"]:
                message = (
                    f"{name}: {' '.join(line.replace(str(path.resolve()), shown).split())[:300]}"
                )
                yield report_built_file(shown, "built-validator", message)
