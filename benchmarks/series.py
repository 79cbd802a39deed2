"""Measure whole builds: against the bare renderer, with two workers, and of many documents.

Run `python -m benchmarks.series [PART ...]`.  Without a part, all are measured:

- `bare`: six editions, against plain WeasyPrint and zip on the same trees, made or from files
- `workers`: 12 documents with one worker and with two
- `unchanged`: editions that have not changed
- `help`: `publish --help`, against a start of Python
- `edit`: from one edited sentence to the new PDF
- `series`: 10 and 188 documents, and commands on them

Times that are compared are measured in turn, the least of several rounds each, since other programs
share the machine.  `series` makes documents from sentences of the report, always in the same order.
"""

from __future__ import annotations

import io
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from xml.etree.ElementTree import tostring

from benchmarks.pdf import plain_render
from benchmarks.prose import ROOT
from publish.building.builds import build
from publish.building.keys import make_edition_key
from publish.building.preparing import prepare
from publish.building.tasks import load_makers
from publish.editions.fonts import write_face_css
from publish.editions.page.edition import make_language_tree
from publish.editions.pdf.document import PdfInput, parse_document
from publish.editions.pdf.engine import seal_environment
from publish.editions.writers import make_pdf_input
from publish.languages.registry import find
from publish.po.pofile import extract_catalog, read_po_file
from publish.project.workspace import Workspace, open_workspace
from publish.translation.loading import Loader

NAME = "tip-2024-turkmenistan"
LANGUAGES = ("en", "ru", "tk")
PUBLISH = (sys.executable, "-m", "publish")
SENTENCES = 24
"""The number of sentences of a generated document, which has four headings."""


def main() -> None:
    wanted = sys.argv[1:] or list(PARTS)
    for part in wanted:
        with tempfile.TemporaryDirectory() as name:
            PARTS[part](Path(name))


# --------------------------------------------------------------------------- measuring


def least(
    rounds: int, *works: Callable[[], object], clock: Callable[[], float] | None = None
) -> list[float]:
    """Return the least CPU seconds of each work, with its child processes, run in turn."""
    clock = clock or _cpu_clock
    found = [float("inf")] * len(works)
    for _ in range(rounds):
        for number, work in enumerate(works):
            start = clock()
            work()
            found[number] = min(found[number], clock() - start)
    return found


def _cpu_clock() -> float:
    used = getrusage(RUSAGE_CHILDREN)
    return time.process_time() + used.ru_utime + used.ru_stime


def run(*command: str | Path, quiet: bool = True) -> None:
    """Run a command with the byte code of its modules, as an installed program has it."""
    words = list(map(str, command))
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(words, check=True, capture_output=quiet, cwd=ROOT, env=env)


def cost_of(*command: str | Path) -> tuple[float, float, int, str]:
    """Return elapsed and CPU seconds of a command, the peak MB of its process, and its stderr."""
    start, peak = time.perf_counter(), 0
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(list(map(str, command)), stdout=subprocess.DEVNULL, stderr=said)
        while os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
            peak = max(peak, _peak(process.pid))
            time.sleep(0.02)
        _, _, used = os.wait4(process.pid, 0)
        process.returncode = 0
        wall = time.perf_counter() - start
        said.seek(0)
        return wall, used.ru_utime + used.ru_stime, peak, said.read().decode()


def _peak(process: int) -> int:
    """Return the peak MB of a process, without those that it started."""
    with suppress(OSError):
        status = Path(f"/proc/{process}/status").read_text("utf-8")
        if found := re.search(r"^VmHWM:\s+(\d+) kB", status, re.M):
            return int(found[1]) >> 10
    return 0


def copy_report(root: Path, documents: int = 1) -> Path:
    """Make a workspace with `documents` copies of the report, and return its folder."""
    root.mkdir(parents=True)
    names = [NAME, *(f"report-{number:02}" for number in range(1, documents))]
    listed = ", ".join(f'"{tag}"' for tag in LANGUAGES)
    (root / "publish.toml").write_text(f"languages = [{listed}]\n", "utf-8")
    (root / "source").mkdir()
    for name in names:
        shutil.copy(ROOT / f"source/{NAME}.md", root / f"source/{name}.md")
        for tag in LANGUAGES:
            folder = root / f"locales/{tag}/LC_MESSAGES"
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / f"locales/{tag}/LC_MESSAGES/{NAME}.po", folder / f"{name}.po")
    return root


def cold(root: Path, workers: int) -> None:
    """Delete all editions and build them again."""
    shutil.rmtree(root / "build", ignore_errors=True)
    run(*PUBLISH, "build", "-q", "-C", root, "--workers", str(workers))


# --------------------------------------------------------------------------- parts


def bare(folder: Path) -> None:
    """Compare `publish build` of six editions with WeasyPrint and zip on the same trees.

    Once these trees are made with our code in the process that renders them, and once they are
    files, and the process has nothing but WeasyPrint and zip.
    """
    root, pages = copy_report(folder / "a"), folder / "pages"
    code = "import sys; from benchmarks.series import bare_editions; bare_editions(sys.argv[1])"
    write_pages(root, pages)

    def plain() -> None:
        run(sys.executable, "-c", code, root)

    def files() -> None:
        with seal_environment():
            run(sys.executable, "-c", BARE, pages)

    ours, theirs, least_of_all = least(5, lambda: cold(root, 1), plain, files)
    print(f"six editions, one worker: {ours:.2f} s; bare {theirs:.2f} s; ratio {ours / theirs:.2f}")
    print(f"  bare, from files: {least_of_all:.2f} s; ratio {ours / least_of_all:.2f}")


BARE = """
import sys, zipfile
from pathlib import Path
from weasyprint import HTML
for page in sorted(Path(sys.argv[1]).glob("*.html")):
    HTML(filename=page).write_pdf(page.with_suffix(".pdf"), stylesheets=[page.with_suffix(".css")])
    with zipfile.ZipFile(page.with_suffix(".zip"), "w", zipfile.ZIP_DEFLATED) as book:
        book.write(page, "text.xhtml")
"""
"""Renders each page of a folder, and puts it into a zip."""


def write_pages(root: Path, folder: Path) -> None:
    """Write the trees of all editions as HTML, with their style sheets and pictures."""
    workspace = open_workspace(root)
    for tag in LANGUAGES:
        source = _bare_input(workspace, tag)
        tree = parse_document(source.xhtml)
        for name, content in {
            **source.images,
            f"{tag}.html": tostring(tree, "utf-8", method="html"),
        }.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        (folder / f"{tag}.css").write_text(write_face_css(source.faces) + source.css, "utf-8")


def bare_editions(name: str) -> None:
    """Do the least possible: render each tree with plain WeasyPrint, and put it into a zip."""
    workspace = open_workspace(Path(name))
    for tag in LANGUAGES:
        source = _bare_input(workspace, tag)
        plain_render(source)
        with zipfile.ZipFile(io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("text.xhtml", source.xhtml)


def _bare_input(workspace: Workspace, tag: str) -> PdfInput:
    found = prepare(Loader(workspace), NAME, find(tag), use_fuzzy=False)
    tree = make_language_tree(found.text, found.materials.templates)
    return make_pdf_input(found.text, tree, found.materials)


def workers(folder: Path) -> None:
    root = copy_report(folder / "a", 12)
    one, two = least(2, lambda: cold(root, 1), lambda: cold(root, 2), clock=time.perf_counter)
    print(f"12 documents: one worker {one:.1f} s, two {two:.1f} s; {one / two:.2f} times as fast")


def unchanged(folder: Path) -> None:
    """Compare the cost of an unchanged edition with the cost of rendering one."""
    root = copy_report(folder / "a", 12)
    cold(root, 2)
    workspace = open_workspace(root)
    editions = workspace.editions()
    source = _bare_input(workspace, "ru")
    load_makers(editions, workspace.source_language)
    look, draw = least(
        5, lambda: list(build(Loader(workspace), editions, workers=1)), lambda: plain_render(source)
    )
    each = look / len(editions)
    print(f"unchanged: {1000 * each:.1f} ms an edition, {each / draw:.4f} of a bare render")
    (whole,) = least(3, lambda: run(*PUBLISH, "build", "-q", "-C", root))
    print(f"the whole command for {len(editions)} unchanged editions: {whole:.2f} s")
    assert make_edition_key(Loader(workspace), editions[0], use_fuzzy=False)


def help_text(_: Path) -> None:
    """Compare `--help`, by the start script and by `python -m`, with a start of Python."""
    script = Path(sys.executable).with_name("publish")
    python, *ours = least(
        40,
        lambda: run(sys.executable, "-c", "pass"),
        lambda: run(script, "--help"),
        lambda: run(*PUBLISH, "--help"),
    )
    print(f"python -c pass: {1000 * python:.1f} ms")
    for name, used in zip(("publish", "python -m publish"), ours, strict=True):
        print(f"{name} --help: {1000 * used:.1f} ms, {used / python:.2f} times")


def edit(folder: Path) -> None:
    """Measure from one edited sentence to the new PDF, in a process that has made one before."""
    root = copy_report(folder / "a")
    workspace = open_workspace(root)
    editions = workspace.editions(("ru",), (), ("pdf",))
    path = root / f"locales/ru/LC_MESSAGES/{NAME}.po"
    text = path.read_text("utf-8")
    assert "Раздел о стране" in text
    seconds = []
    for number in range(6):
        path.write_text(text.replace("Раздел о стране", f"Раздел {number} о стране"), "utf-8")
        start = time.perf_counter()
        (outcome,) = build(Loader(workspace), editions, workers=1)
        seconds.append(time.perf_counter() - start)
        assert outcome.done == "built"
    print(f"one sentence edited, to the new PDF in a warm process: {min(seconds[1:]):.2f} s")


def series(folder: Path) -> None:
    """Measure builds of 10 and 188 documents in three languages, and other commands on them."""
    costs = []
    for count in (10, 188):
        root = generate(folder / str(count), count)
        wall, used, _, said = cost_of(*PUBLISH, "build", "-C", root)
        worker = re.search(r"largest process took (\d+)", said)
        assert worker, said[-500:]
        editions = count * len(LANGUAGES) * 2
        costs.append(used / editions)
        print(
            f"{count} documents, {editions} editions: {wall:.1f} s, {used:.1f} s of CPU, "
            f"{1000 * used / editions:.0f} ms of CPU each, largest worker {worker[1]} MB"
        )
    print(f"cost of an edition at 188 documents over that at 10: {costs[1] / costs[0]:.2f}")
    for command, what in (
        ("build", "nothing changed"),
        ("status", "first"),
        ("status", "again"),
        ("check", "all catalogs"),
        ("update", "nothing changed"),
    ):
        wall, used, peak, _ = cost_of(*PUBLISH, command, "-q", "-C", root)
        print(f"{command}, {what}: {wall:.1f} s, {used:.1f} s of CPU, {peak} MB")


def generate(root: Path, count: int) -> Path:
    """Make a workspace of small documents from translated sentences of the report."""
    catalogs = {
        tag: extract_catalog(read_po_file(ROOT / f"locales/{tag}/LC_MESSAGES/{NAME}.po", tag))
        for tag in LANGUAGES[1:]
    }
    known = [
        {entry.msgid: entry.msgstr for entry in catalog.entries if entry.msgstr and not entry.fuzzy}
        for catalog in catalogs.values()
    ]
    plain = re.compile(r"[^\\\[\]*{}^]{40,}[.]")
    shared = [text for text in known[0] if text in known[1] and plain.fullmatch(text)]
    root.mkdir(parents=True)
    listed = ", ".join(f'"{tag}"' for tag in LANGUAGES)
    (root / "publish.toml").write_text(f"languages = [{listed}]\n", "utf-8")
    (root / "source").mkdir()
    for number in range(count):
        chosen = random.Random(number).sample(shared, min(SENTENCES, len(shared)))
        parts = [" ".join(chosen[at : at + 6]) for at in range(0, len(chosen), 6)]
        text = "\n\n".join(f"# Part {at}\n\n{part}" for at, part in enumerate(parts, 1))
        head = f'---\ntitle: "Country {number}"\npublished: 2024-06-24\n---\n\n'
        (root / f"source/country-{number:03}.md").write_text(f"{head}{text}\n", "utf-8")
    run(*PUBLISH, "update", "-q", "-C", root)
    for (tag, catalog), texts in zip(catalogs.items(), known, strict=True):
        assert catalog
        _fill(root / f"locales/{tag}/LC_MESSAGES", texts)
    return root


def _fill(folder: Path, texts: dict[str, str]) -> None:
    import polib

    for path in folder.glob("country-*.po"):
        po = polib.pofile(str(path), wrapwidth=0)
        for entry in po:
            entry.msgstr = texts.get(entry.msgid, "")
            entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
        po.save()


PARTS: dict[str, Callable[[Path], None]] = {
    "bare": bare,
    "workers": workers,
    "unchanged": unchanged,
    "help": help_text,
    "edit": edit,
    "series": series,
}
"""The parts that can be measured, by name."""


if __name__ == "__main__":
    main()
