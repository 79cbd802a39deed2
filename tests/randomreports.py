"""Random rich reports in six languages, with translations: what a release must work for."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from pathlib import Path

import polib
from releasecases import picture

from publish.cli.main import main

WORDS = {
    "en": "river field cotton market village winter letter teacher harvest night road answer",
    "fr": "rivière champ coton marché village hiver lettre maître récolte nuit route réponse",
    "ru": "река поле хлопок рынок деревня зима письмо учитель урожай ночь дорога ответ",
    "tk": "derýa meýdan pagta bazar oba gyş hat mugallym hasyl gije ýol jogap",
    "el": "ποτάμι χωράφι βαμβάκι αγορά χωριό χειμώνας γράμμα δάσκαλος σοδειά νύχτα δρόμος τέλος",
    "fa": "رود دشت پنبه بازار روستا زمستان نامه معلم برداشت شب راه پاسخ",
}
"""Twelve words of each language; those at the same place stand for each other."""

FACTS = {
    "contact": ("mailto:editor@example.org", "https://example.org/contact"),
    "source-url": ("https://example.org/report?a=1&b=2",),
    "republished-url": ("https://example.com/again",),
    "revised": ("2024-07-02",),
}
TEXTS = ("subtitle", "author", "publisher", "republished-by", "rights", "summary")


@dataclass(frozen=True)
class Report:
    """A workspace with one report, and its languages: source and translation."""

    root: Path
    source: str
    other: str


@dataclass
class Writer:
    """Writes Markdown of one language by chance."""

    chance: random.Random
    words: list[str]
    notes: int = 0
    figures: int = 0
    sections: int = 0

    def word(self) -> str:
        return self.chance.choice(self.words)

    def phrase(self, most: int = 5) -> str:
        return " ".join(self.word() for _ in range(self.chance.randint(2, most)))

    def piece(self) -> str:
        """A few words, some with marks."""
        inner = self.phrase(3)
        kinds: tuple[str, ...] = (
            "{}",
            "{}",
            "*{}*",
            "**{}**",
            "[{}](https://example.org/a?b=1&c=2)",
            "[{}](#s1)",
        )
        kinds += ("`file.txt`", "({})", "*{} **bold***", "x<sub>2</sub>", "m<sup>2</sup> {}")
        kinds += ("<s>{}</s>", "<u>*{}* x</u>", "<kbd>{}</kbd>", "$`x^2`$")
        return self.chance.choice(kinds).format(inner)

    def sentence(self) -> str:
        inner = " ".join(self.piece() for _ in range(self.chance.randint(1, 3)))
        number = self.chance.choice(("", " 12", " 2024"))
        return f"{self.word().capitalize()} {inner}{number}."

    def paragraph(self) -> str:
        text = " ".join(self.sentence() for _ in range(self.chance.randint(1, 3)))
        if self.chance.random() < 0.2:
            self.notes += 1
            text += f"[^{self.notes}]"
        return text

    def heading(self, level: int) -> str:
        self.sections += 1
        return f"{'#' * level} {self.phrase().capitalize()} {{#s{self.sections}}}"

    def list_block(self) -> str:
        mark = self.chance.choice(("-", "1."))
        inside = " " * (len(mark) + 1)
        items = [f"{mark} {self.paragraph()}" for _ in range(self.chance.randint(1, 3))]
        if self.chance.random() < 0.5:
            items.append(f"{inside}- {self.sentence()}")
        return "\n".join(items)

    def terms(self) -> str:
        return "\n\n".join(f"{self.phrase()}\n:   {self.paragraph()}" for _ in range(2))

    def tasks(self) -> str:
        return "\n".join(f"- [{self.chance.choice('x ')}] {self.paragraph()}" for _ in range(2))

    def box(self) -> str:
        """A box of any kind, in the mark of any dialect, with or without a title."""
        kind = self.chance.choice(("note", "tip", "important", "warning", "caution", "details"))
        title = self.chance.choice(("", self.phrase()))
        inside = self.chance.choice((self.paragraph, self.list_block, self.tasks, self.terms))()
        quoted = "\n".join(f"> {line}".rstrip() for line in inside.split("\n"))
        indented = "\n".join(f"    {line}".rstrip() for line in inside.split("\n"))
        given = f' "{title}"' if title else ""
        kinds = (
            f"> [!{kind.upper()}] {title}\n{quoted}",
            f"!!! {kind}{given}\n{indented}",
            f"::: {kind} {title}\n\n{inside}\n\n:::",
            f"<details><summary>{title}</summary>\n\n{inside}\n\n</details>",
        )
        return self.chance.choice(kinds)

    def table(self) -> str:
        rows = [f"| {self.phrase()} | {self.number()} |" for _ in range(3)]
        barred = "\n".join((f"| {self.word()} | {self.word()} |", "|---|---:|", *rows))
        kinds = (barred, f"{barred}\n\nTable: {self.phrase()}", self.grid())
        return kinds[self.sections % 3]

    def number(self) -> str:
        number = self.chance.randint(1, 999)
        forms = ("{}", "{} %", "-{}", "{{verbatim}} {}", "$ {}", "**{}**")
        return forms[number % len(forms)].format(number)

    def grid(self) -> str:
        """A table with a cell over two columns, one over two rows, and one with a list."""
        cells = [self.phrase(), self.word(), self.number(), self.word(), self.phrase()]
        width = max(map(len, cells)) + 4
        line = f"+{'-' * width}+{'-' * width}+"
        one, two, three, four, five = (f" {cell}".ljust(width) for cell in cells)
        rows = (
            line.replace("-+-", "---"),
            f"|{one}{' ' * (width + 1)}|",
            line.replace("-", "="),
            f"|{two}|{three}|",
            f"+{' ' * width}+{'-' * width}+",
            f"|{' ' * width}| -{four[:-2]}|",
            f"|{' ' * width}| -{five[:-2]}|",
            line,
        )
        return "\n".join((self.word() + ":", "", *rows))

    def block(self) -> str:
        kinds = (
            self.paragraph,
            self.paragraph,
            self.list_block,
            self.table,
            lambda: f"> {self.paragraph()}\n>\n> {self.paragraph()}",
            lambda: f"![{self.phrase()}](map.png)\n{self.sentence()}",
            lambda: f"![{self.phrase()}](map.png)",
            self.figure,
            self.figure,
            lambda: f"![{self.phrase()}](./map.png){{width=30%}} ![](map.png)",
            lambda: f"[![{self.phrase()}](map.png?raw=true)](https://example.org/)",
            lambda: "![](map.png){decorative height=2cm}",
            lambda: f"{self.sentence()} ![{self.word()}](map.png) {self.sentence()}",
            self.terms,
            self.tasks,
            self.box,
            lambda: f"a. {self.sentence()}\nb. {self.sentence()}",
            lambda: "```\nx = 1 < 2 & 3\n```",
            lambda: "$$\n\\frac{a}{b} < \\sum_i x_i\n$$",
            lambda: f"{self.sentence()}\\\n{self.sentence()}",
        )
        return self.chance.choice(kinds)()

    def figure(self) -> str:
        """A figure with an id, and a reference to it."""
        self.figures += 1
        name = f"fig-{self.figures}"
        words = self.chance.choice(("", f"{self.word()} {{number}}"))
        image = f"![{self.phrase()}](map.png){{#{name} height={self.chance.choice((4, 9, 14))}cm}}"
        return f"{image}\n{self.sentence()}\n\n{self.sentence()} [{words}](#{name})."

    def body(self) -> str:
        """Sections of any levels, in any order."""
        blocks = [self.heading(1), self.paragraph()]
        for _ in range(self.chance.randint(2, 5)):
            blocks.append(self.heading(self.chance.choice((1, 2, 2, 3, 4))))
            blocks += [self.block() for _ in range(self.chance.randint(1, 3))]
        blocks += [f"[^{number}]: {self.sentence()}" for number in range(1, self.notes + 1)]
        return "\n\n".join(blocks)

    def front(self) -> str:
        lines = [f'title: "{self.phrase().capitalize()}"', "published: 2024-06-24"]
        lines += [f'{one}: "{self.phrase()}"' for one in TEXTS if self.chance.random() < 0.5]
        for name, values in FACTS.items():
            if self.chance.random() < 0.5:
                lines.append(f"{name}: {self.chance.choice(values)}")
        if self.chance.random() < 0.5:
            lines.append(f"keywords: [{self.word()}, {self.word()}]")
        return "\n".join(("---", *lines, "---"))


def write_report(root: Path, seed: int) -> Report:
    """A report by chance; its source language goes round the six with the seed."""
    chance = random.Random(seed)
    languages = list(WORDS)
    source = languages[seed % len(languages)]
    other = chance.choice([one for one in languages if one != source])
    writer = Writer(chance, WORDS[source].split())
    body = writer.body()
    (root / "source").mkdir(parents=True)
    (root / "source/report.md").write_text(f"{writer.front()}\n\n{body}\n", "utf-8")
    (root / "source/map.png").write_bytes(picture())
    fonts = "".join(f'{tag} = ["Noto Sans Arabic"]\n' for tag in (source, other))
    settings = (
        f'source-language = "{source}"\nlanguages = ["{source}", "{other}"]\n'
        f'bilingual = ["{source}+{other}"]\n{_number_things(chance)}[fonts]\n{fonts}'
    )
    (root / "publish.toml").write_text(settings, "utf-8")
    assert main(["update", "-q", "-C", str(root)]) == 0
    _translate(root, source, other, chance)
    return Report(root, source, other)


def _number_things(chance: random.Random) -> str:
    """Settings of numbers, captions and lists by chance."""
    kinds: tuple[list[str], ...] = (["figures"], ["tables"], ["figures", "tables"], [])
    places = f'captions.figures = "{chance.choice(("above", "below"))}"\n'
    places += f'captions.tables = "{chance.choice(("above", "below"))}"\n'
    numbered = [*chance.choice(kinds), "referenced"]
    return f"numbered = {numbered}\nlists = {chance.choice(kinds)}\n{places}"


def _translate(root: Path, source: str, other: str, chance: random.Random) -> None:
    """Translates word for word; leaves some sentences out."""
    table = dict(zip(WORDS[source].split(), WORDS[other].split(), strict=True))
    table |= {one.capitalize(): two.capitalize() for one, two in table.items()}
    path = root / f"locales/{other}/LC_MESSAGES/report.po"
    catalog = polib.pofile(str(path))
    catalog.metadata["PO-Revision-Date"] = "2024-07-01 10:11+0500"
    for entry in catalog:
        if chance.random() < 0.8:
            entry.msgstr = re.sub(r"\w+", lambda one: table.get(one[0], one[0]), entry.msgid)
    catalog.save()
