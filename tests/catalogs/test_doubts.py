"""Comments `# reviewer:`: where a doubt begins and ends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.catalogs.doubts import find_doubts, split_comments


@pytest.mark.parametrize(
    ("comments", "doubts", "others"),
    [
        ((), (), ()),
        (("a note",), (), ("a note",)),
        (("reviewer: this or that?",), ("this or that?",), ()),
        (("before", " reviewer:this?  "), ("this?",), ("before",)),
        (("reviewer: this", "  or that?"), ("this or that?",), ()),
        (("reviewer: one?", "reviewer: two?"), ("one?", "two?"), ()),
        (("reviewer: one?", "", "a note"), ("one?",), ("", "a note")),
        (
            ("reviewer: one?", "ok: numbers 3fa9c1", "a note"),
            ("one?",),
            ("ok: numbers 3fa9c1", "a note"),
        ),
        (("reviewer: one?", "question: two?"), ("one?",), ("question: two?",)),
        (("reviewer: one?", "proposed by me: x"), ("one?",), ("proposed by me: x",)),
        (("reviewer: one?", "from a.docx, ¶1"), ("one?",), ("from a.docx, ¶1",)),
        (("reviewer: one?", "87 % sure"), ("one?",), ("87 % sure",)),
        (("reviewer: one?", "from the law, or not?"), ("one? from the law, or not?",), ()),
        (("reviewer:", "the reviewer: me"), (), ("reviewer:", "the reviewer: me")),
    ],
)
def test_a_doubt_ends_where_another_comment_begins(
    comments: tuple[str, ...], doubts: tuple[str, ...], others: tuple[str, ...]
) -> None:
    assert split_comments(comments) == (doubts, others)
    assert find_doubts(comments) == doubts


@given(st.lists(st.sampled_from(["reviewer: a", "reviewer:", "b", "", "ok: c", "\x85"])))
def test_no_comment_is_lost_or_shown_twice(comments: list[str]) -> None:
    doubts, others = split_comments(comments)
    words = sorted(word for line in comments for word in line.removeprefix("reviewer: ").split())
    assert sorted(word for line in (*doubts, *others) for word in line.split()) == words
