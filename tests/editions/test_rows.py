"""High rows break, heads stand on every page, wide tables turn their page, numbers are aligned."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from examples import first
from pypdf import PdfReader

from benchmarks.pagelines import Word, words_of
from publish.cli.main import main

LONG = "The inspectors visited a school in the district and asked for the pay books. "
FRONT = "---\ntitle: Tables\npublished: 2024-01-31\n---\n\n# Wages\n\n"


def build(root: Path, text: str, page: str = "a4") -> Path:
    """The PDF of a document with this text."""
    (root / "source").mkdir(parents=True)
    (root / "source/t.md").write_text(FRONT + text, "utf-8")
    (root / "publish.toml").write_text(
        f'source-language = "en"\nlanguages = ["en"]\nformats = ["pdf"]\npages = ["{page}"]\n',
        "utf-8",
    )
    assert main(["build", "-q", "-C", str(root)]) == 0
    assert main(["check", "--built", "-q", "-C", str(root)]) == 0
    return root / "build/en" / ("t.pdf" if page == "a4" else "t.phone.pdf")


def pages_with(file: Path, word: str) -> list[int]:
    return [n for n, page in words_of(file) if any(w.text.strip() == word for w in page)]


@pytest.mark.parametrize("page", first(["a4", "phone"], 1))
def test_a_cell_longer_than_a_page_breaks_under_its_head(tmp_path: Path, page: str) -> None:
    rows = f"| x | {LONG * 40} |\n| Second | row |\n"
    file = build(tmp_path, f"| Headname | Headlong |\n|---|---|\n{rows}\nAfter.\n", page)
    shown = pages_with(file, "Headname")
    assert len(shown) > 1
    assert shown == list(range(shown[0], shown[-1] + 1))
    assert shown[-1] >= pages_with(file, "Second")[0]


def test_the_audit_follows_cells_that_break_side_by_side(tmp_path: Path) -> None:
    rows = f"| {LONG * 40} | Ministry {LONG * 3} | 2026 |\n| Second | Ministry | 2026 |\n"
    build(tmp_path, f"| Advice | To whom | By |\n|---|---|---|\n{rows}\nAfter.\n", "phone")
    assert main(["check", "--built", "-C", str(tmp_path)]) == 0


@pytest.mark.full
def test_a_row_of_less_than_a_third_of_a_page_stays_whole(tmp_path: Path) -> None:
    rows = "".join(f"| start{n} | {LONG * 6} end{n} |\n" for n in range(12))
    file = build(tmp_path, f"| A | B |\n|---|---|\n{rows}")
    for number in range(12):
        assert pages_with(file, f"start{number}") == pages_with(file, f"end{number}")


def test_a_head_as_high_as_the_page_is_shown_once(tmp_path: Path) -> None:
    head = f"| Headname {LONG * 8} | B |\n|---|---|\n"
    file = build(tmp_path, head + f"| {LONG} | x |\n" * 8, "phone")
    assert len(pages_with(file, "Headname")) == 1


def boxes(file: Path) -> list[tuple[float, float]]:
    pages = PdfReader(io.BytesIO(file.read_bytes())).pages
    return [(float(page.mediabox.width), float(page.mediabox.height)) for page in pages]


def test_a_table_too_wide_for_small_type_turns_its_page_with_its_heading(tmp_path: Path) -> None:
    columns = 14
    head = "|" + " Heading wide |" * columns + "\n" + "|---" * columns + "|\n"
    rows = ("|" + " 1,234,567.50 |" * columns + "\n") * 3
    file = build(tmp_path, f"Before.\n\n## Turned\n\n{head}{rows}\nAfter.\n")
    wide = [n for n, (width, height) in enumerate(boxes(file), 1) if width > height]
    assert len(wide) == 1
    found = dict(words_of(file))
    assert wide[0] in pages_with(file, "Turned")
    assert pages_with(file, "After.") == [wide[0] + 1]
    foot = [w for w in found[wide[0]] if w.text.strip() == "Page"]
    assert [w.top > 500 for w in foot] == [True]


def test_a_table_that_fits_in_small_type_turns_no_page(tmp_path: Path) -> None:
    columns = 9
    head = "|" + " Heading |" * columns + "\n" + "|---" * columns + "|\n"
    file = build(tmp_path, head + "|" + " 1,234.50 |" * columns + "\n")
    assert all(width < height for width, height in boxes(file))


def find(words: list[Word], text: str) -> Word:
    return next(word for word in words if word.text.strip() == text)


def test_numbers_stand_with_their_decimal_marks_under_one_another(tmp_path: Path) -> None:
    rows = "| a | 1,250.5 |\n| b | 90 |\n| c | 7.125 |\n"
    file = build(tmp_path, f"| Item | Amount |\n|:--|--:|\n{rows}")
    words = [word for _, page in words_of(file) for word in page]
    digit = 9.5 * 0.497
    mark = 9.5 * 0.249
    edge = find(words, "7.125").right
    assert find(words, "1,250.5").right == pytest.approx(edge - 2 * digit, abs=0.3)
    assert find(words, "90").right == pytest.approx(edge - 3 * digit - mark, abs=0.3)


def test_a_column_with_other_words_is_left_alone(tmp_path: Path) -> None:
    rows = "| a | 1,250.5 |\n| b | none |\n| c | 7.125 |\n"
    file = build(tmp_path, f"| Item | Amount |\n|:--|--|\n{rows}")
    words = [word for _, page in words_of(file) for word in page]
    assert find(words, "1,250.5").left == pytest.approx(find(words, "7.125").left, abs=0.1)
