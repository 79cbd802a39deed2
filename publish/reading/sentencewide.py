"""Ends of sentences in Chinese and Japanese, which write no spaces."""

from __future__ import annotations

import re

from publish.wideletters import pattern_later

__all__ = ["WIDE", "WIDE_BRACKETS", "WIDE_LETTERS", "ends_wide_sentence", "is_unspaced_end"]

WIDE = "。！？｡．"
WIDE_BRACKETS = "」』）】〉》"
# In Japanese and Chinese a particle, or who said it, continues the sentence after a quotation.
WIDE_CONTINUES = re.compile(
    "(?!そして|しかし|それ|その|ところが|だが|だから|でも|すると|また|さらに|この|これ|あの|やがて|つまり"
    "|なぜ|もし|いや|はい|ここ|そこ|みんな|すぐ|まだ|もう|ただし)[\u3041-\u309f]"
    "|(?![没沒无無])[^\\s。！？，、「“]{0,6}[说說道问問喊叫答曰着著]|[就便而并並的地等之]"
)
WIDE_LETTERS = "\u3041-\u30ff\u3400-\u9fff"
NEXT_WIDE = pattern_later(f"[{WIDE_LETTERS}「『“（]")
OPENED = {"）": "（", "】": "【"}
LETTER = re.compile(r"[^\W_]")


def is_unspaced_end(text: str, at: int, run: str, tail: str) -> bool:
    """Return whether a stop and what follows it need no white space to end a sentence.

    A narrow `?` or `!` needs none between two wide letters.
    """
    if run[-1] in WIDE or (tail[-1:] or " ") in WIDE_BRACKETS:
        return True
    after = text[at + len(run) : at + len(run) + 1]
    return not tail and NEXT_WIDE().match(after) is not None


def ends_wide_sentence(text: str, opens: int, at: int, tail: str, ahead: int) -> bool:
    """Return whether the stop at an offset ends the sentence that starts at `opens`.

    `tail` are the quotes, brackets and marks after it, `ahead` is where the next word starts.  A
    stop in a title ends nothing, nor does one in brackets within a sentence, nor a number's.
    """
    if text[at] == "．" and not text[at - 1].isalpha():
        return False
    mark = tail[:1]
    if mark in OPENED:
        bracket = text.rfind(OPENED[mark], opens, at)
        return LETTER.search(text, opens, max(bracket, opens)) is None
    return mark not in tuple("》〉") and not (tail and WIDE_CONTINUES.match(text, ahead))
