"""Rules of style sheets that go on from one chapter of a book to the next."""

FIRST = """@page :first {
  margin: 20pt 90pt; background: #def; border: 2pt solid;
  @top-left { content: "first" } @top-right { content: none } @bottom-center { content: "1" }
}
@page cover:first { @bottom-left { content: "cover" } }
@page text:first { margin-top: 200pt; background: #fcc; @top-left { content: "never" } }
"""
HEADINGS = """body { counter-reset: chapter }
h1 { counter-increment: chapter; counter-reset: section; string-set: section counter(chapter) }
main h1::before { content: "Chapter " counter(chapter, upper-roman) ". " }
main h2 { counter-increment: section }
main h2::before { content: counter(chapter) "." counter(section) " " }
"""
COUNTERS = {
    "headings": HEADINGS,
    "no reset": """main > section { counter-increment: chapter }
main h1::before { content: counter(chapter) " " }""",
    "figures": """body { counter-reset: figure }
img { counter-increment: figure }
h2::before, h1::after { content: " " counter(figure) }""",
    "levels": """main, main section { counter-reset: part } section { counter-increment: part 2 }
main h1::before, main h2::before { content: counters(part, "-") " " }""",
    "within": """h2::before { content: counter(item) } li { counter-increment: item }
ol > li::after { content: counter(item) }""",
    "set": """main { counter-reset: one 5 } #second { counter-set: one 40 }
h2 { counter-increment: one -1 } h1::after { content: " " counter(one) }""",
    "pseudo": """main h1::before { counter-increment: one 3; content: counter(one) " " }
main::before { counter-reset: one 7; content: none }""",
    "notes": """.here > .part::footnote-marker { content: counter(footnote); font-size: 9pt }""",
    "items": """main > section { display: list-item; list-style: decimal inside }""",
    "quotes": """blockquote > p::before { content: open-quote }
h1::after { content: open-quote close-quote }""",
}


NUMBERS = {
    "cover": "@page cover { counter-increment: page 0 } @page :first { counter-reset: page 0 }",
    "first": "@page :first { counter-reset: page -4; @top-left { content: counter(page) } }",
    "front": "@page front { counter-increment: page 100 }",
    "left": "@page :left { counter-set: page 7 } @page text { counter-increment: page 3; }",
    "same": "@page { counter-reset: page 40 }",
    "head": "@page { @top-left { counter-increment: page 5; content: counter(page) } }",
}
