"""The words of the desk: what its modules show is found, and is there in all its languages."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from publish.desk.words import list_words, make_page
from publish.editions.page.interface import Interface, extract_interface, make_interface
from publish.languages.registry import find
from publish.po.pofile import extract_catalog, read_po_file
from publish.reading.locationwords import list_location_strings
from publish.resources import find_interface_folder, find_template_folder

EN = find("en")


def page(interface: Interface) -> str:
    folders = [find_template_folder()]
    return make_page(folders, interface, EN, token="secret", address="/static/v1/{}".format)


def setup(text: str) -> dict[str, object]:
    found = re.search(r'<script type="application/json" id="desk-setup">(.*?)</script>', text)
    assert found
    told: dict[str, object] = json.loads(found[1])
    return told


def test_the_words_of_the_modules_are_those_that_are_extracted(tmp_path: Path) -> None:
    desk = Path(__file__).parents[2] / "publish" / "desk" / "static"
    extracted = {one.msgid for one in extract_interface(tmp_path, [desk], {})}
    assert len(extracted) > 150
    assert extracted | set(list_location_strings()) == set(list_words())
    # They are found by how they are written.
    other = [
        path.name for path in desk.glob("*.js") if re.search(r"\bt\(\s*['`]", path.read_text())
    ]
    assert other == []


@pytest.mark.parametrize("tag", ["ru", "tk"])
def test_every_word_is_there_in_the_languages_of_the_desk(tag: str) -> None:
    path = find_interface_folder() / tag / "LC_MESSAGES" / "publish.po"
    strings = make_interface(find(tag), [extract_catalog(read_po_file(path, path.name))]).strings
    assert [word for word in list_words() if word not in strings] == []


def test_no_word_ends_the_script_that_it_stands_in() -> None:
    hostile = "</script><script>alert(1)</script>\u2028"
    text = page(Interface(find("ru"), {"Save": hostile, "Saved": hostile}))
    assert "alert(1)</script>" not in text
    assert setup(text)["words"] == {"Save": hostile, "Saved": hostile}


def test_the_page_runs_and_wears_only_files_of_its_own() -> None:
    text = page(Interface(EN, {}))
    assert (
        re.findall(r"<script(?![^>]*(?:src=\"/static/v1/main\.js\"|application/json))", text) == []
    )
    assert " style=" not in text
    assert "<style" not in text
    assert " onclick=" not in text
    addresses = re.findall(r'(?:src|href)="([^"#][^"]*)"', text)
    assert addresses
    assert all(one.startswith("/static/v1/") for one in addresses)
    assert 'content="secret"' in text


def test_the_page_is_written_from_right_to_left_where_its_language_is() -> None:
    assert '<html lang="ar" dir="rtl">' in page(Interface(find("ar"), {}))
