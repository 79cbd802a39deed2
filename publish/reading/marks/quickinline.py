"""The loop over inline rules, asking only the rules that may begin with the character at hand.

markdown-it asks each of its rules, and each of ours, at every mark in a text.  Nearly all of them
look for one character first.  The table below says for which, so that the others are not called.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline

__all__ = ["FIRST", "speed_up_inline"]

Rule = Callable[[StateInline, bool], bool]

FIRST: Mapping[str, str] = {
    "newline": "\n",
    "escape": "\\",
    "backticks": "`",
    "strikethrough": "~",
    "emphasis": "*_",
    "link": "[",
    "image": "!",
    "autolink": "<",
    "html_inline": "<",
    "entity": "&",
    "web_address": ":",
    "math_parentheses": "\\",
    "math": "$",
    "math_dollars": "$",
    "subscript": "~",
    "superscript": "^",
    "highlight": "=",
    "inline_note": "^",
    "footnote_mark": "[",
    "span": "[",
    "attributes": "{",
    "html_element": "<",
    "style_tag": "<",
}
"""The characters that each rule may begin with; a rule that is not here is asked everywhere."""


def speed_up_inline(parser: MarkdownIt) -> MarkdownIt:
    """Return a parser that has all its rules, now with the quick loop."""
    parser.inline = _QuickInline(parser.inline)
    return parser


class _QuickInline(ParserInline):
    """markdown-it's parser of texts, with its rules by the character they begin with."""

    def __init__(self, plain: ParserInline) -> None:
        super().__init__()
        self.ruler, self.ruler2, self.terminator_re = plain.ruler, plain.ruler2, plain.terminator_re
        named = zip(plain.ruler.get_active_rules(), plain.ruler.getRules(""), strict=True)
        # The rule for text takes all up to the next mark, so it never fits where one stands.
        rules = [(name, rule) for name, rule in named if name != "text"]
        marks = "".join(map(chr, range(128)))
        self._by_mark: dict[str, list[Rule]] = {
            mark: [rule for name, rule in rules if mark in FIRST.get(name, mark)]
            for mark in filter(plain.terminator_re.match, marks)
        }

    def tokenize(self, state: StateInline) -> None:
        """Add the tokens of a text from `state.pos` up to `state.posMax`."""
        src, end = state.src, state.posMax
        search, by_mark = self.terminator_re.search, self._by_mark
        deepest = state.md.options["maxNesting"]
        while state.pos < end:
            pos = state.pos
            rules = by_mark.get(src[pos]) if state.level < deepest else ()
            if rules is None:
                found = search(src, pos)
                state.pos = found.start() if found else end
                state.append_pending(src[pos : state.pos])
                continue
            for rule in rules:
                if rule(state, False):
                    break
            else:
                state.append_pending(src[pos])
                state.pos = pos + 1
        if state.pending:
            state.pushPending()

    def skipToken(self, state: StateInline) -> None:  # noqa: N802
        """Move `state.pos` over what the rules make one token of."""
        pos, known = state.pos, state.cache
        if pos in known:
            state.pos = known[pos]
            return
        if state.level < state.md.options["maxNesting"]:
            self._skip(state)
        else:
            state.pos = state.posMax + 1
        known[pos] = state.pos

    def _skip(self, state: StateInline) -> None:
        pos = state.pos
        rules = self._by_mark.get(state.src[pos])
        if rules is None:
            found = self.terminator_re.search(state.src, pos)
            state.pos = found.start() if found else state.posMax
            return
        state.level += 1
        fits = any(rule(state, True) for rule in rules)
        state.level -= 1
        if not fits:
            state.pos = pos + 1
