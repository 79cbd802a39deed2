"""Measure `publish status` on thousands of catalogs, the first and the second time.

Run `python -m benchmarks.status`.  The workspace has 400 copies of this repository's report in
five languages, which makes 2,000 catalogs.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NAME = "tip-2024-turkmenistan"
DOCUMENTS = 400
LANGUAGES = {"en": "en", "ru": "ru", "tk": "tk", "de": "ru", "fr": "tk"}


def prepare(root: Path) -> None:
    listed = ", ".join(f'"{tag}"' for tag in LANGUAGES)
    (root / "publish.toml").write_text(f"languages = [{listed}]\n", encoding="utf-8")
    (root / "source").mkdir()
    for number in range(DOCUMENTS):
        shutil.copy(ROOT / f"source/{NAME}.md", root / f"source/report-{number:03}.md")
        for tag, like in LANGUAGES.items():
            folder = root / f"locales/{tag}/LC_MESSAGES"
            folder.mkdir(parents=True, exist_ok=True)
            source = ROOT / f"locales/{like}/LC_MESSAGES/{NAME}.po"
            shutil.copy(source, folder / f"report-{number:03}.po")


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        prepare(Path(name))
        command = [sys.executable, "-m", "publish", "status", "-q", "-C", name]
        for label in ("first", "again"):
            start = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True)
            print(f"{label}: {time.perf_counter() - start:.1f} s")


if __name__ == "__main__":
    main()
