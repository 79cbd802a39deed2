"""Objects of a PDF become bytes once, and these are the bytes that pydyf makes."""

from __future__ import annotations

import io
import zlib
from typing import Any

import pydyf  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.editions.pdf.objects.fileobjects import (
    LinkAnnotation,
    PackedStream,
    StructureElement,
    serialise,
)
from publish.editions.pdf.objects.serialising import serialising_once, settle

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


@pytest.mark.parametrize("version", ["1.7", "1.4"])
@pytest.mark.parametrize("compress", [True, False])
@pytest.mark.parametrize("identifier", [True, False, "ours"])
def test_a_file_has_the_same_bytes(
    compress: bool, identifier: bool | str, version: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With streams of objects, which all files of ours have, each stream is made once."""
    asked: list[bytes] = []
    data: Any = pydyf.Stream.data

    def note(self: Any) -> bytes:
        found: bytes = data.fget(self)
        asked.append(found)
        return found

    monkeypatch.setattr(pydyf.Stream, "data", property(note))
    whole = io.BytesIO()
    _make_file().write(whole, version, identifier, compress)
    asked.clear()
    with serialising_once():
        pdf = _make_file()
        once = io.BytesIO()
        pdf.write(once, version, identifier, compress)
    assert once.getvalue() == whole.getvalue()
    if compress and version == "1.7":
        assert len(asked) == len(set(asked)) == 3
        assert not any(pdf.objects[1:]), "an object is still held"


@given(
    st.lists(VALUES.filter(lambda one: not isinstance(one, bool)), max_size=3),
    st.dictionaries(st.sampled_from(["A", "Alt", "ID"]), VALUES, max_size=2),
    st.sampled_from([None, b"7 0 R"]),
    st.sampled_from(["", "tk", "zh-Hant", "ä"]),
)
def test_a_structure_element_is_what_pydyf_makes_of_a_dictionary(
    kids: list[Any], more: dict[str, Any], page: bytes | None, language: str
) -> None:
    values = {"Type": "/StructElem", "S": "/P", "P": b"3 0 R"} | more
    values |= {"Pg": page} if page else {}
    values["K"] = pydyf.Array(kids)
    values |= {"Lang": pydyf.String(language)} if language else {}
    element = StructureElement("P", b"3 0 R", more, page, kids, language, 12)
    written = pydyf.Dictionary(values)
    written.number = 12
    assert serialise(element) == written.data
    assert element.reference == written.reference


def test_settled_objects_leave_the_same_bytes() -> None:
    """They are settled in their order; those that are kept may change until the end."""
    whole = io.BytesIO()
    _make_file().write(whole, "1.7", True, True)
    with serialising_once():
        pdf = _make_file()
        kept = pdf.objects[4]
        kept["Rotate"] = 0
        settle(pdf, 3, [kept.number])
        assert [type(one).__name__ for one in pdf.objects[3:6]] == [
            "_Settled",
            "Dictionary",
            "_Settled",
        ]
        kept["Rotate"] = 90.5
        with pytest.raises(ValueError, match="in the order of their numbers"):
            settle(pdf, 3)
        once = io.BytesIO()
        pdf.write(once, "1.7", True, True)
    assert once.getvalue() == whole.getvalue()


@pytest.mark.parametrize("key", [-1, 7])
@pytest.mark.parametrize("leads_out", [True, False])
def test_a_link_is_what_weasyprint_makes_of_it(leads_out: bool, key: int) -> None:
    link = LinkAnnotation((1.5, 2.0, 3, 4.25), "https://a.b/(c)", leads_out, "here")
    made = pydyf.Dictionary({"Type": "/Annot", "Subtype": "/Link"})
    made["Rect"] = pydyf.Array([1.5, 2.0, 3, 4.25])
    made["BS"] = pydyf.Dictionary({"W": 0})
    made["Contents"] = pydyf.String("here")
    target = pydyf.String("https://a.b/(c)")
    if leads_out:
        action = {"Type": "/Action", "S": "/URI", "URI": target}
        made["A"] = pydyf.Dictionary(action)
    else:
        made["Dest"] = target
    for one in (link, made):
        one["Contents"] = pydyf.String("Ähnlich (there)")
        if key >= 0:
            one["StructParent"] = key
    made["F"] = 4
    assert link.data == made.data


def test_a_packed_stream_is_what_pydyf_makes_of_it() -> None:
    made = pydyf.Stream([b"0 0 m", b"q"], {"Type": "/XObject"}, compress=True)
    packed = zlib.compress(b"0 0 m\nq", 9)
    assert PackedStream(packed, {"Type": "/XObject"}).data == made.data
