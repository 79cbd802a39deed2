"""Paths in a source that lead out of its folder are noticed, in whatever line they are."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.building import keys


@given(st.text("./\\(<\"']: \n%2eEx", max_size=12))
def test_no_path_is_passed_over(text: str) -> None:
    data = text.encode()
    if keys.ELSEWHERE.search(data):
        assert keys.ELSEWHERE.search(keys._pick_lines(data))


@pytest.mark.parametrize(
    "path", ["(/a.png)", "(../a.png)", "[a]:\n  </a.png>", "[a]: \\a", "[a]:\n/a.png", "%2E."]
)
def test_each_way_is_noticed(tmp_path: Path, path: str) -> None:
    file = tmp_path / "a.md"
    for text, noticed in ((f"One.\n\nTwo {path}\n\nThree.\n", True), ("One (a.png).\n", False)):
        file.write_text(text, "utf-8")
        assert keys._leads_elsewhere([file]) is noticed
