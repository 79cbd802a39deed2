"""Measure how well edited sentences find their old translations, and the cost of that.

Run `python -m benchmarks.matching [tuned]`.  Real English sentences are revised: one in ten is
edited, one in twenty removed, one in twenty new.  `publish` and gettext's msgmerge then look for
the old wording of each changed sentence.  The table has the parts of the edited sentences that
found the right, a wrong or no old wording, the part of the new ones that found one by mistake, the
CPU seconds, and the peak memory of a process that does nothing else.  The thresholds were tuned on
every other text; the table is for the other half, or for the tuned half with `tuned`.
"""

from __future__ import annotations

import multiprocessing
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

from benchmarks.prose import documents
from publish.catalogs.matching import Candidate, find_merges, find_splits, match_sentences
from publish.languages.language import Language
from publish.model import Entry, Key
from publish.po.formatting import make_header_entry
from publish.po.pofile import PoFile, PoRecord, dump_po, parse_po

SIZES = (5_000, 12_500, 25_000, 50_000)
MSGMERGE_SIZE = 5_000
EDITED, REMOVED, ADDED = 0.10, 0.05, 0.05


@dataclass(frozen=True, slots=True)
class Revision:
    """A source before and after a revision, as texts of sentences, and the changes.

    `edited` maps the new wording to the old one; `added` are the new sentences.
    """

    before: list[list[str]] = field(default_factory=list)
    after: list[list[str]] = field(default_factory=list)
    edited: dict[str, str] = field(default_factory=dict)
    added: set[str] = field(default_factory=set)


def revise(texts: Sequence[Sequence[str]], size: int, rng: random.Random) -> Revision:
    """Return a revision of the first `size` sentences; new ones come from the other texts.

    One sentence in ten has one or two words replaced, inserted or deleted, one in twenty is
    removed, and one in twenty is followed by a new one.
    """
    old, spare = _split(texts, size)
    rng.shuffle(spare)
    words = [word for text in old for sentence in text for word in sentence.split()]
    known = {sentence for text in old for sentence in text}
    done = Revision(before=old)
    for text in old:
        after = []
        for sentence in text:
            chance = rng.random()
            if chance < EDITED:
                after.append(_edited(sentence, words, known, rng))
                done.edited[after[-1]] = sentence
            elif chance >= EDITED + REMOVED:
                after.append(sentence)
            if rng.random() < ADDED:
                after.append(spare.pop())
                done.added.add(after[-1])
        done.after.append(after)
    return done


def _split(texts: Sequence[Sequence[str]], size: int) -> tuple[list[list[str]], list[str]]:
    """Return the texts up to `size` sentences, and all later sentences."""
    old: list[list[str]] = []
    spare: list[str] = []
    room = size
    for text in texts:
        if room:
            old.append(list(text[:room]))
        spare += text[room:]
        room -= min(room, len(text))
    return old, spare


def _edited(sentence: str, words: Sequence[str], known: set[str], rng: random.Random) -> str:
    """Return the sentence with one or two words changed, and add it to `known`."""
    while True:
        parts = sentence.split()
        for _ in range(rng.randint(1, 2)):
            at = rng.randrange(len(parts))
            match rng.choice(("replace", "insert", "delete")):
                case "replace":
                    parts[at] = rng.choice(words)
                case "insert":
                    parts.insert(at, rng.choice(words))
                case _ if len(parts) > 1:
                    del parts[at]
        edited = " ".join(parts)
        if edited not in known:
            known.add(edited)
            return edited


def sentences(texts: Sequence[Sequence[str]], without: set[str]) -> list[Candidate]:
    """Return the sentences of the texts that are not in `without`, with their neighbours."""
    found = []
    for text in texts:
        keys: list[Key | None] = [None, *((None, sentence) for sentence in text), None]
        for before, key, after in zip(keys, keys[1:], keys[2:], strict=False):
            if key and key[1] not in without:
                found.append(Candidate(key, before, after))
    return found


# --------------------------------------------------------------------------- the two tools

Texts = list[list[str]]
Pairs = list[tuple[str, str]]
"""New sentences, each with the old one that was found for it."""


def publish(before: Texts, after: Texts) -> tuple[Pairs, float, float]:
    """Return the pairs that our matching finds, its CPU seconds, and its peak MB."""
    start = time.process_time()
    gone = sentences(before, {sentence for text in after for sentence in text})
    new = sentences(after, {sentence for text in before for sentence in text})
    regrouped = [*find_splits(gone, new), *find_merges(gone, new)]
    found = [(made.new[1], made.old[1]) for made in match_sentences(gone, new)]
    seconds = time.process_time() - start
    if regrouped:
        sys.stderr.write(f"{len(regrouped)} reported as splits or merges by mistake\n")
    return found, seconds, _peak()


def _peak() -> float:
    """Return the peak memory of this process in MB, which only Linux knows.

    `getrusage` would return the memory of the parent, if that was larger at the start.
    """
    status = Path("/proc/self/status")
    found = re.search(r"VmHWM:\s*(\d+)", status.read_text() if status.exists() else "")
    return int(found[1]) / 1024 if found else float("nan")


def msgmerge(before: Texts, after: Texts) -> tuple[Pairs, float]:
    """What msgmerge finds, and its CPU seconds."""
    with tempfile.TemporaryDirectory() as folder:
        old, template, merged = (Path(folder, name) for name in ("old.po", "new.pot", "out.po"))
        old.write_bytes(_catalog(before, translated=True))
        template.write_bytes(_catalog(after, translated=False))
        start = getrusage(RUSAGE_CHILDREN)
        subprocess.run(
            ["msgmerge", "--quiet", "--previous", "-o", merged, old, template], check=True
        )
        end = getrusage(RUSAGE_CHILDREN)
        entries = [record.entry for record in parse_po(merged.read_bytes(), "out.po").records]
    found = [(entry.msgid, entry.previous) for entry in entries if entry.fuzzy and entry.previous]
    return found, end.ru_utime + end.ru_stime - start.ru_utime - start.ru_stime


def _catalog(texts: Iterable[Iterable[str]], *, translated: bool) -> bytes:
    language = Language(tag="ru", folder="ru", locale="ru", plural_forms="nplurals=1; plural=0;")
    msgids = dict.fromkeys(sentence for text in texts for sentence in text)
    entries = [
        Entry(msgid=msgid, msgstrs=(f"{number}",) if translated else ("",))
        for number, msgid in enumerate(msgids)
    ]
    header = PoRecord(make_header_entry(language, "report"))
    return dump_po(
        PoFile(file="report.po", header=header, records=tuple(PoRecord(entry) for entry in entries))
    )


# --------------------------------------------------------------------------- the table


def row(name: str, done: Revision, found: Pairs) -> str:
    """Return the row of the table that says how good the pairs are."""
    edited, added = len(done.edited), len(done.added)
    right = sum(done.edited.get(new) == old for new, old in found)
    false = sum(new in done.added for new, _ in found)
    wrong = sum(new in done.edited for new, _ in found) - right
    missed = edited - right - wrong
    return (
        f"{name:9} {sum(map(len, done.before)):6} {edited:6} {added:6}"
        f" {right / edited:8.2%} {wrong / edited:7.2%} {missed / edited:7.2%} {false / added:7.2%}"
    )


def chosen(half: str) -> tuple[list[list[str]], str]:
    """Return the texts to measure with, and their description."""
    texts = list(documents())
    random.Random(1).shuffle(texts)
    part = texts[::2] if half == "tuned" else texts[1::2]
    if sum(map(len, part)) >= SIZES[-1] * (1 + 2 * ADDED):
        return part, f"the {half} half of the prose"
    return texts, "ALL the prose of this machine, with the tuned half, since there is too little"


def main(half: str = "measured") -> None:
    """Print the table."""
    out = sys.stdout.write
    texts, which = chosen(half)
    total = sum(map(len, texts))
    out(f"{total} sentences in {len(texts)} texts, {which}\n\n")
    out("tool       units edited  added    right   wrong  missed   false   CPU s  peak MB\n")
    for size in SIZES:
        if total < size * (1 + 2 * ADDED):
            out(f"SKIPPED: too little prose for {size} units\n")
            continue
        done = revise(texts, size, random.Random(2))
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
            found, seconds, peak = pool.submit(publish, done.before, done.after).result()
        out(f"{row('publish', done, found)} {seconds:7.2f} {peak:8.0f}\n")
        if size == MSGMERGE_SIZE and shutil.which("msgmerge"):
            theirs, others = msgmerge(done.before, done.after)
            out(f"{row('msgmerge', done, theirs)} {others:7.2f}")
            out(f"           {others / seconds:.0f} times the CPU\n")


if __name__ == "__main__":
    main(*sys.argv[1:2])
