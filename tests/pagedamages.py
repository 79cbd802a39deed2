"""Kinds of damage to a finished page of HTML, for its audit."""

from __future__ import annotations

import re
from collections.abc import Callable

from damages import STYLES

Damage = Callable[[bytes], bytes]


def sub(old: str, new: str) -> Damage:
    """Exchanges the first match of a pattern."""

    def change(page: bytes) -> bytes:
        text = page.decode()
        changed = re.sub(old, new, text, count=1, flags=re.DOTALL)
        assert changed != text, old
        return changed.encode()

    return change


PLACES = {
    "the title for tabs": r"<title[^>]*>[^<]*",
    "the state": "Черновой перевод, не проверен",
    "the share that is translated": "Переведено: 1",
    "the title": "report: all",
    "the subtitle": "For the tests",
    "the date": "24 июня",
    "the language's name": "Русский</p>",
    "the way to the imprint": "Об этом издании</a>",
    "the way to the text": "Начало текста",
    "the heading of the contents": "Содержание",
    "the contents": "First part</span></a>",
    "a paragraph": "Before any heading",
    "a heading": "First part</span></h2>",
    "an item": "one item",
    "a cell": "Bob",
    "a caption": "The caption",
    "code": "is   kept",
    "a note": "A note with",
    "the heading of the notes": "Примечания",
    "the summary": "Another sentence",
    "the notice": "не одобряли",
    "the facts": "Английский",
    "the identifier": "urn:uuid:",
    "the way of citing": "пронумерованы",
    "the legend": "отмечены так",
    "another language": "English</a>",
}
"""Words in each part that a reader can see or hear."""

WORDS: dict[str, Damage] = {
    **{f"a word added to {kind}": sub(f"({words})", r"\1 X") for kind, words in PLACES.items()},
    **{
        f"a word of {kind} lost": sub(words, "")
        for kind, words in PLACES.items()
        if "<" not in words
    },
    **{
        f"a letter of {kind} altered": sub(f"({words[0]})({words[1:]})", r"X\2")
        for kind, words in PLACES.items()
        if "<" not in words
    },
}

VALUES = {"style": "display:none", "dir": "rtl", "lang": "fr", "role": "presentation"}
MARKED: dict[str, Damage] = {
    f"{name} on a paragraph": sub('<p id="p1"', f'<p id="p1" {name}="{VALUES.get(name, "true")}"')
    for name in ("hidden", "aria-hidden", "inert", "class", *VALUES)
}

PAGE_DAMAGES: dict[str, Damage] = {
    **WORDS,
    **MARKED,
    **{kind: sub("</style>", f"\n{rule}\n</style>") for kind, rule in STYLES.items()},
    "no style sheet": sub("<style>.*?</style>", "<style></style>"),
    "another language of the page": sub('<html([^>]*) lang="ru"', r'<html\1 lang="uk"'),
    "another direction of the page": sub('dir="ltr">', 'dir="rtl">'),
    "a passage without its language": sub('"untranslated" lang="en" dir="ltr"', '"untranslated"'),
    "a mark of a passage lost": sub(r'<span class="mark">\[en\]</span>', ""),
    "the state of another day": sub('class="state draft"', 'class="state approved"'),
    "the description lost": sub('<meta name="description"[^>]*>', ""),
    "a maker": sub("</head>", '<meta name="generator" content="x"/></head>'),
    "a time of day": sub('name="dcterms.modified" content="[^"]*', r"\g<0>T09:41:07Z"),
    "a policy that lets scripts run": sub("default-src 'none'", "default-src *"),
    "no policy": sub("<meta http-equiv[^>]*>", ""),
    "an address that is told on": sub("no-referrer", "unsafe-url"),
    "an icon from elsewhere": sub('href="data:,"', 'href="https://example.org/x.png"'),
    "a sentence lost": sub(" A second sentence\\.", ""),
    "a sentence twice": sub("( A second sentence\\.)", r"\1\1"),
    "sentences exchanged": sub(r"(Whole\.) (Not cut\.)", r"\2 \1"),
    "a paragraph lost": sub('<p id="p3">.*?</p>', ""),
    "a paragraph moved": sub('(<p id="p2">.*?</p>)(<p id="p3">.*?</p>)', r"\2\1"),
    "a section lost": sub('<section id="end">.*?</section>', ""),
    "a note lost": sub('<div id="note-2".*?</div>', ""),
    "the imprint lost": sub("<footer>.*?</footer>", ""),
    "the contents lost": sub('<nav id="edition-contents".*?</nav>', ""),
    "a link to another place": sub('href="#end"', 'href="#first"'),
    "a link to nowhere": sub('href="#end"', 'href="#nowhere"'),
    "a link to another site": sub(r"example\.org/a", "example.com/a"),
    "a link that is followed": sub(r"/a\(b\)", "/a(b)?utm_source=x"),
    "a link lost": sub("<a href=[^>]*>the end</a>", "the end"),
    "a link added": sub("(Примечания)", r'<a href="https://example.org/x">\1</a>'),
    "a script behind a link": sub('href="#end"', 'href="javascript:x()"'),
    "a link of the imprint": sub("https://example.org/rich/", "https://example.org/poor/"),
    "a link to another language altered": sub(r"\.\./en/", "../tk/"),
    "a link to another language lost": sub(r'<li><a href="\.\./en/.*?</li>', ""),
    "a language that is not there": sub("</ul></nav>", '<li><a href="../x/">X</a></li></ul></nav>'),
    "the other languages hidden": sub('class="languages"', 'class="languages" hidden="hidden"'),
    "a number of a paragraph": sub(">1\u00a0<", ">2\u00a0<"),
    "a number that leads elsewhere": sub('class="number" href="#p1"', 'class="number" href="#p2"'),
    "a number lost": sub('<a class="number" href="#p2".*?</a>', ""),
    "an id of a paragraph": sub('id="p1"', 'id="p01"'),
    "a mark of a note lost": sub("<sup>.*?</sup>", ""),
    "a way back from a note": sub('href="#mark-1"', 'href="#mark-2"'),
    "a picture lost": sub("<img [^>]*>", ""),
    "a picture without words": sub(r'alt="[^"]+"', 'alt=""'),
    "a picture with other words": sub(r'alt="[^"]', 'alt="X'),
    "a picture from elsewhere": sub(r'src="data:[^"]*"', 'src="https://example.org/x.png"'),
    "a picture altered": sub("(base64,.{60}).", r"\1A"),
    "a table's cell exchanged": sub("(<td[^>]*>.*?</td>)(\\s*)(<td.*?</td>)", r"\3\2\1"),
    "a list counted anew": sub("<ol", '<ol start="7"'),
    "a heading of another rank": sub("<h3(.*?)</h3>", r"<h2\1</h2>"),
    "an emphasis lost": sub("<em>(.*?)</em>", r"\1"),
    "a script": sub("</body>", "<script>x()</script></body>"),
    "a script before the page": sub("<head>", "<head><script>x()</script>"),
    "an event": sub("<body", '<body onload="x()"'),
    "a frame": sub("</body>", '<iframe src="x.html"></iframe></body>'),
    "a form": sub("</body>", "<form><input/></form></body>"),
    "a page that moves on": sub("</head>", '<meta http-equiv="refresh" content="0;url=x"/></head>'),
    "another base of addresses": sub("<head>", '<head><base href="https://example.org/"/>'),
    "a second style sheet": sub("</head>", '<link rel="stylesheet" href="x.css"/></head>'),
    "a second style": sub("</head>", "<style>p { display: none }</style></head>"),
    "a drawing": sub(
        "</body>", '<svg xmlns="http://www.w3.org/2000/svg"><text>X</text></svg></body>'
    ),
    "a comment": sub("</body>", "<!-- A. B. --></body>"),
    "a comment after the page": lambda page: page + b"<!-- A. B. -->",
    "an instruction": sub("<!DOCTYPE html>", "<!DOCTYPE html><?x y?>"),
    "an entity": sub("<!DOCTYPE html>", '<!DOCTYPE html [<!ENTITY x "X">]>'),
    "no document type": sub("<!DOCTYPE html>\n", ""),
    "an end tag lost": sub("</section>", ""),
    "an element closed as in XML": sub(
        '<div class="cover-rule"></div>', '<div class="cover-rule"/>'
    ),
    "letters written as numbers": sub("Before", "&#66;efore"),
    "bytes after the page": lambda page: page + b"x",
    "half a page": lambda page: page[: len(page) // 2],
    "nothing": lambda page: b"",
    "another file": lambda page: b"%PDF-1.7",
}
"""Changes to the page of the rich example in Russian, by what they do."""
