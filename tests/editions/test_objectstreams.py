"""Objects of object streams are read at once as pypdf reads them one by one."""

from __future__ import annotations

import io
import zlib
from typing import Any

import pypdf
import pypdf.generic
import pytest

from publish.editions.audit.forbidden import list_objects
from publish.editions.audit.objectstreams import fill_objects


def make_pdf(objects: list[bytes]) -> bytes:
    """A file whose objects from number 5 on are in an object stream."""
    starts = [sum(len(one) + 1 for one in objects[:at]) for at in range(len(objects))]
    head = b" ".join(b"%d %d" % (5 + at, start) for at, start in enumerate(starts)) + b" "
    body = zlib.compress(head + b"\n".join(objects))
    out = b"%PDF-1.7\n"
    places = {}
    plain = {
        1: b"<</Type /Catalog/Pages 2 0 R>>",
        2: b"<</Type /Pages/Kids []/Count 0>>",
        3: b"<</Type /ObjStm/N %d/First %d/Filter /FlateDecode/Length %d>>stream\n%s\nendstream"
        % (len(objects), len(head), len(body), body),
    }
    for number, text in plain.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    places[4] = len(out)
    rows = [b"\0" * 7] + [b"\1" + places[n].to_bytes(4) + b"\0\0" for n in (1, 2, 3, 4)]
    rows += [b"\2" + (3).to_bytes(4) + at.to_bytes(2) for at in range(len(objects))]
    table = b"".join(rows)
    xref = b"<</Type /XRef/Size %d/W [1 4 2]/Root 1 0 R/Length %d>>stream\n%s\nendstream"
    out += b"4 0 obj\n" + xref % (len(rows), len(table), table) + b"\nendobj\n"
    return out + b"startxref\n%d\n%%%%EOF\n" % places[4]


def show(value: Any) -> Any:
    if isinstance(value, dict):
        return type(value), [(key, show(one)) for key, one in dict.items(value)]
    if isinstance(value, list):
        return type(value), [show(one) for one in list.__iter__(value)]
    if hasattr(value, "idnum"):
        return type(value), value.idnum, value.generation
    return type(value), repr(value)


def read(data: bytes, *, at_once: bool) -> tuple[list[Any], int]:
    """All objects of a file, and how many were read at once."""
    reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
    before = len(reader.resolved_objects)
    if at_once:
        fill_objects(reader, pypdf.generic)
    filled = len(reader.resolved_objects) - before
    return [(number, show(value)) for number, value in list_objects(reader)], filled


USUAL = [
    b"<</S /P/K [0 <</Type /MCR/Pg 7 0 R/MCID 1>>]/Lang (en)/Alt (a \\(b\\) \\344)>>",
    b"[1 -2 3.5 +4 true false null /Name /AB+Sans-3, <feff0412> (x) [] <<>> 12 0 R 1 2]",
    b"(plain)",
    b"<0041>",
    b"-0.25",
]


def test_usual_objects_are_the_same_and_read_at_once() -> None:
    slow, _ = read(make_pdf(USUAL), at_once=False)
    fast, filled = read(make_pdf(USUAL), at_once=True)
    assert fast == slow
    assert filled >= len(USUAL)


@pytest.mark.parametrize(
    "odd",
    [
        b"<</A 1/A 2>>",
        b"<</A#20B 1>>",
        b"<</A 1 % a comment\n/B 2>>",
        b"<</A [1 2>>",
        b"<</A>>",
        b"(a (nested) text)",
        b"<</A 1>> <</B 2>>",
        b"[.5 -.5 --5]",
        b"[" * 60 + b"]" * 60,
        b"<< 1 2 >>",
    ],
)
def test_what_is_unusual_is_left_to_pypdf(odd: bytes) -> None:
    data = make_pdf([*USUAL, odd])
    outcomes = []
    for at_once in (False, True):
        try:
            outcomes.append(read(data, at_once=at_once)[0])
        except Exception as error:
            outcomes.append([repr(error)])
    assert outcomes[0] == outcomes[1]
