"""Explaining as an action: the row of a check by its code."""

from __future__ import annotations

import pytest

from publish.actions.explain import find_rule
from publish.checks.table import RULES
from publish.errors import UsageError


def test_every_code_of_the_table_is_found() -> None:
    assert [find_rule(check.code) for check in RULES] == list(RULES)


def test_an_unknown_code_is_refused_with_the_nearest_one() -> None:
    with pytest.raises(UsageError, match="there is no check 'mark-differs'") as caught:
        find_rule("mark-differs")
    assert caught.value.hint == "did you mean marks-differ?"
