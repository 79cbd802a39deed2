"""Objects of a PDF become bytes once, and these are the bytes that pydyf makes."""

from __future__ import annotations

import io
from typing import Any

import pydyf  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.editions.pdf.serialising import serialise, serialising_once

VALUES = st.recursive(
    st.one_of(
        st.integers(),
        st.booleans(),
        st.floats(allow_nan=False, allow_infinity=False),
        st.binary(max_size=9),
        st.text(st.characters(max_codepoint=126), max_size=9),
        st.text(max_size=9).map(pydyf.String),
        st.text(alphabet="a()\\\n", max_size=9).map(pydyf.String),
        st.binary(max_size=9).map(lambda one: pydyf.String(one)),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map(pydyf.Array),
        st.dictionaries(st.text(alphabet="AZaz", min_size=1), inner, max_size=4).map(
            pydyf.Dictionary
        ),
    ),
)


@given(VALUES)
def test_a_value_is_what_pydyf_makes_of_it(value: Any) -> None:
    assert serialise(value) == pydyf._to_bytes(value)


def _make_file() -> Any:
    pdf = pydyf.PDF()
    for number in range(3):
        content = pydyf.Stream([b"q", f"{number} 0 m", b"Q"], compress=True)
        pdf.add_object(content)
        pdf.add_page(
            pydyf.Dictionary({"Type": "/Page", "Contents": content.reference, "Rotate": 90.5})
        )
        assert len(pdf.page_references) == number + 1
    pdf.info["Title"] = pydyf.String("Ä title (of one)")
    return pdf


@pytest.mark.parametrize("compress", [True, False])
@pytest.mark.parametrize("identifier", [True, False])
def test_a_file_has_the_same_bytes(
    compress: bool, identifier: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bytes] = []
    data: Any = pydyf.Stream.data

    def note(self: Any) -> bytes:
        found: bytes = data.fget(self)
        asked.append(found)
        return found

    monkeypatch.setattr(pydyf.Stream, "data", property(note))
    whole = io.BytesIO()
    _make_file().write(whole, "1.7", identifier, compress)
    twice, asked[:] = len(asked), []
    with serialising_once():
        once = io.BytesIO()
        _make_file().write(once, "1.7", identifier, compress)
    assert once.getvalue() == whole.getvalue()
    assert len(asked) == len(set(asked)) == 3 + 2 * compress
    assert twice == len(asked) + (3 + compress if identifier else 0)
