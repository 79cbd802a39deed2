"""Characters that turn the direction of text go into no edition, from wherever they come."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kitcases import ENGLISH, back, catalog, sent, source

from publish.checks.engine import check_structure, select_structural_errors
from publish.checks.table import ACCEPTABLE
from publish.checks.views import CatalogView
from publish.errors import PublishError
from publish.kits.returning import take_back
from publish.languages.registry import find
from publish.model import Catalog, Entry
from publish.reading.directions import find_direction_changes
from publish.reading.markdown import SourceFile, read_document

TURNERS = [chr(number) for number in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))]
QUOTED = "A quoted sentence."


TURNED = ["One paid 002{}.", "*One{}*", "![002{}](map.png)", "| A |\n|---|\n| 002{} |"]


@pytest.mark.parametrize("turner", TURNERS)
@pytest.mark.parametrize(
    ("text", "spelt"),
    # Code spans know no entities.
    [*((text, spelt) for text in TURNED for spelt in ("{}", "&#x{:x};")), ("`{}`", "{}")],
)
def test_a_source_that_is_turned_is_refused(turner: str, spelt: str, text: str) -> None:
    wrong = text.format(spelt.format(turner if spelt == "{}" else ord(turner)))
    with pytest.raises(PublishError) as caught:
        read_document("x", "en", [SourceFile("source/x.md", f"---\ntitle: T\n---\n\n{wrong}\n")])
    assert caught.value.code == "bidi-control"
    assert caught.value.message.endswith(f"U+{ord(turner):04X}")
    assert caught.value.span is not None
    assert caught.value.span.first >= 5


@pytest.mark.parametrize("written", ["В \u202e4202\u202c.", "В &#x202e;4202.", "В \u2067а\u2069."])
def test_a_translation_that_is_turned_holds_every_edition_back(written: str) -> None:
    wrong = Catalog(
        "x.po", (), (Entry(msgid=QUOTED, msgstrs=(written,), flags=("ok: bidi-control",)),)
    )
    view = CatalogView(source=source(), catalog=wrong, language=ENGLISH)
    (found,) = select_structural_errors(check_structure(view))
    assert found.code == "bidi-control"
    interface = CatalogView(kind="interface", catalog=wrong, language=ENGLISH)
    assert [one.code for one in check_structure(interface)] == ["bidi-control"]
    assert "bidi-control" not in ACCEPTABLE


def test_isolates_may_stand_in_pairs_where_one_writes_from_right_to_left() -> None:
    text = "دفع \u2068ILO\u2069 مالا."
    good = Catalog("x.po", (), (Entry(msgid=QUOTED, msgstrs=(text,)),))
    view = CatalogView(source=source(), catalog=good, language=find("ar"))
    assert list(check_structure(view)) == []
    bad = Catalog("x.po", (), (Entry(msgid=QUOTED, msgstrs=(text.replace("\u2069", ""),)),))
    (found,) = check_structure(replace(view, catalog=bad))
    assert found.code == "bidi-control"
    front = "---\ntitle: T\n---\n"
    assert find("ar").direction == "rtl"
    assert read_document("x", "ar", [SourceFile("x.md", f"{front}{text}\n")]).body


def test_a_returned_text_that_is_turned_is_not_taken() -> None:
    po = catalog()
    (item,) = (one for one in sent(po) if one.source == QUOTED)
    turned = replace(back(item, item.translation), text="Sitata \u202e002\u202c.")
    outcome = take_back(po, [turned], source())
    assert (outcome.taken, outcome.rejected[0].code) == (0, "bidi-control")


@given(st.text(alphabet=["a", "\u05d0", *TURNERS], max_size=12))
def test_what_is_left_when_all_that_turns_is_taken_out_turns_nothing(text: str) -> None:
    for direction in ("ltr", "rtl"):
        wrong = find_direction_changes(text, direction)
        left = "".join(letter for at, letter in enumerate(text) if at not in wrong)
        assert find_direction_changes(left, direction) == ()
        assert "\u202e" not in left
    assert len(find_direction_changes(text, "ltr")) == sum(letter in TURNERS for letter in text)
