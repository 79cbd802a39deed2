"""Gates: what holds an edition back, and how the settings say so."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from checkcases import RU, SETTINGS, change, loader, make_workspace

from publish.actions.build import build_editions
from publish.building.preparing import prepare
from publish.checks.gates import list_gate_failures, select_counted
from publish.checks.table import RULES
from publish.errors import FindingsError, UsageError
from publish.model import Coverage, Family, Finding, Level, Span
from publish.settings import Gate, read_settings


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return make_workspace(tmp_path)


def gates(root: Path, lines: str) -> None:
    (root / "publish.toml").write_text(SETTINGS + lines, encoding="utf-8")


def test_a_draft_is_built_with_errors_but_says_so(small: Path) -> None:
    found = prepare(loader(small), "r", RU, use_fuzzy=False).warnings
    assert [(one.code, one.level) for one in found] == [
        ("catalog-errors", Level.WARNING),
        ("held-back", Level.ADVICE),
    ]


def test_a_gate_of_levels_holds_a_draft_back(small: Path) -> None:
    gates(small, '[gates.draft]\nlevels = ["error"]\n')
    one = loader(small)
    found = build_editions(one, one.workspace.editions(["ru"], formats=["epub"]))
    (error,) = found.errors
    assert found.exit_code == 1
    assert isinstance(error, FindingsError)
    assert error.message == "r in ru is not built, because it does not pass the draft gate: 1 error"
    assert [one.code for one in error.findings] == ["number-missing"]
    assert not (small / "build" / "ru" / "r.epub").exists()


def test_a_gate_of_coverage_holds_a_draft_back(small: Path) -> None:
    gates(small, "[gates.draft]\ncoverage = 90\n")
    change(small, 'msgstr "Полиция выявила 73 жертвы в 2023 году."', 'msgstr ""')
    with pytest.raises(FindingsError, match=r"\d+ % translated, less than 90 %"):
        prepare(loader(small), "r", RU, use_fuzzy=False)


def test_what_holds_an_edition_back_from_a_higher_state_is_told(small: Path) -> None:
    gates(small, "[gates.reviewed]\n")
    found = prepare(loader(small), "r", RU, use_fuzzy=False).warnings
    (held,) = [one for one in found if one.code == "held-back"]
    wanted = r"r in ru is not reviewed yet: \d+ errors?; no sentence is reviewed"
    assert re.fullmatch(wanted, held.message)


def test_a_gate_counts_levels_and_coverage() -> None:
    gate = Gate((Level.ERROR, Level.WARNING), 90)
    warning = Finding(code="c", level=Level.WARNING, message="m")
    assert list_gate_failures(gate, [warning, warning], Coverage(100, 89)) == [
        "2 warnings",
        "89 % translated, less than 90 %",
    ]
    assert (
        list_gate_failures(
            gate, [Finding(code="c", level=Level.ADVICE, message="m")], Coverage(100, 90)
        )
        == []
    )


def test_a_gate_weighs_its_families_alone() -> None:
    number, letter = (
        Finding(code=code, level=Level.ERROR, message="m")
        for code in ("number-extra", "bidi-control")
    )
    odd = Finding(code="accepted-lapsed", level=Level.ERROR, message="of no family")
    gate = Gate((Level.ERROR,), 0, ("letters", "structure"))
    assert select_counted(gate, [number, letter, odd]) == [letter]
    assert list_gate_failures(gate, [number, odd]) == []
    assert list_gate_failures(replace(gate, families=()), [number, letter, odd]) == ["3 errors"]


def test_a_gate_of_families_lets_a_wrong_number_pass(small: Path) -> None:
    gates(small, '[gates.draft]\nlevels = ["error"]\nfamilies = ["letters"]\n')
    assert prepare(loader(small), "r", RU, use_fuzzy=False)
    gates(small, '[gates.draft]\nlevels = ["error"]\nfamilies = ["letters", "numbers"]\n')
    with pytest.raises(FindingsError, match="it does not pass the draft gate") as held:
        prepare(loader(small), "r", RU, use_fuzzy=False)
    assert {found.code for found in held.value.findings} == {"number-missing"}


def test_every_family_is_one_of_a_check_and_may_stand_in_a_gate() -> None:
    assert {check.family for check in RULES} == set(get_args(Family))


FAMILIES_TWICE = """\
[gates.draft]
families = ["numbers"]

[gates.reviewed]
coverage = 90
families = [
    "numbers",
    "leters",
]
"""


def test_a_wrong_family_is_told_at_its_own_line_with_a_suggestion(tmp_path: Path) -> None:
    gates(tmp_path, FAMILIES_TWICE)
    with pytest.raises(UsageError) as caught:
        read_settings(tmp_path)
    before = SETTINGS.count("\n")
    assert caught.value.span == Span("publish.toml", before + 8, before + 8)
    assert caught.value.hint == "did you mean letters?"


def test_the_line_of_a_setting_is_that_of_its_own_table(tmp_path: Path) -> None:
    lines = "[project]\nlanguages = 3\n[tool.publish]\n[tool.publish.gates]\n" + (
        "draft.coverage = 1\nreviewed = { coverage = 101 }\n"
    )
    (tmp_path / "pyproject.toml").write_text(lines, encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        read_settings(tmp_path)
    assert caught.value.span == Span("pyproject.toml", 6, 6)


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("[gates.final]\n", "unknown name 'final' in gates"),
        ('[gates.draft]\nlevel = ["error"]\n', "unknown setting 'level' in a gate"),
        ('[gates.draft]\nlevels = ["fatal"]\n', "'fatal' is not a valid value for levels"),
        ("[gates.draft]\ncoverage = 101\n", "coverage must be a whole number from 0 to 100"),
        ("[gates.draft]\ncoverage = true\n", "coverage must be a whole number from 0 to 100"),
        ("[gates]\ndraft = 1\n", "draft must be a table"),
        ('[gates.draft]\nfamilies = ["leters"]\n', "'leters' is not a valid value for families"),
        ('[gates.draft]\nfamilies = "letters"\n', "families must be a list of strings"),
    ],
)
def test_gates_are_read_strictly(tmp_path: Path, lines: str, message: str) -> None:
    gates(tmp_path, lines)
    with pytest.raises(UsageError, match=re.escape(message)):
        read_settings(tmp_path)
