"""A command loads and ends without looking for circles of objects."""

from __future__ import annotations

import subprocess
import sys

import pytest

CODE = """
import gc, sys
from publish.cli.main import main

class Circle:
    def __del__(self):
        print("found")

main(sys.argv[1:])
print("set aside" if gc.get_freeze_count() else "all searched")
one = Circle()
one.self = one
del one
"""


@pytest.mark.parametrize(("words", "found"), [(["plan", "--help"], False), (["--help"], True)])
def test_circles_are_left_to_the_system(words: list[str], found: bool) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", CODE, *words], capture_output=True, text=True, check=True
    )
    assert ended.stdout.endswith("found\n") == found
    assert ("all searched\n" in ended.stdout) == found
