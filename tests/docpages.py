"""Read the steps of a documentation page, run them in a folder, and compare what they print.

A page has these steps, in this order of the text:

- a block ```` ```console ````: lines that begin with `$ ` are commands, the lines below one are
  what it prints. No lines: anything may be printed. A line `...` stands for any lines, and
  `...` within a line for any text. A command exits with 0, or as `# exit code N` behind it says.
- `<!-- file: PATH -->` before a block: the block is written to this file.
- `<!-- translate: PATH -->` before a block of `msgid` and `msgstr`: the catalog gets these
  translations.
- `<!-- run: COMMAND -->`: a command that readers do not see, such as a stand-in for what they do
  in another program.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

MARK = "--- step of a page"
DIRECTIVE = r"<!-- (?P<word>file|translate|run): (?P<rest>.*?) -->"
FENCE = r"^(?P<fence>```+)(?P<kind>[a-z]*)\n(?P<body>.*?)^(?P=fence)$"
STEP = re.compile(rf"{DIRECTIVE}|{FENCE}", re.M | re.S)
CODE = re.compile(r"# exit code (\d+)$")
ROOT = Path(__file__).resolve().parent.parent
PAGES = tuple(sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").rglob("*.md")))
DOCUMENTS = ("README.md", "ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md", *PAGES)
FILL = Path(__file__).with_name("docfill.py")


def text_of(name: str) -> str:
    """Return the text of a document of this repository."""
    return (ROOT / name).read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Step:
    """A command as bash runs it; `shown` is its output on the page, None for a hidden step."""

    command: str
    shown: str | None
    code: int = 0


@dataclass(frozen=True, slots=True)
class Ran:
    """A step that was run: what it printed and its exit code."""

    step: Step
    printed: str
    code: int


def read_steps(text: str, is_exempt: Callable[[str], bool] = lambda _: False) -> list[Step]:
    """Return the steps of a page, without the commands for which `is_exempt` holds."""
    steps: list[Step] = []
    waiting: tuple[str, str] | None = None
    for match in STEP.finditer(text):
        if match["word"] == "run":
            steps.append(Step(match["rest"], None))
        elif match["word"]:
            waiting = (match["word"], match["rest"])
        elif waiting:
            steps.append(_written(*waiting, match["body"]))
            waiting = None
        elif match["kind"] == "console":
            steps += [step for step in _commands(match["body"]) if not is_exempt(step.command)]
    assert waiting is None, f"no block follows {waiting}"
    return steps


def _written(word: str, path: str, body: str) -> Step:
    target = "cat >" if word == "file" else f"{sys.executable} {FILL}"
    return Step(
        f"mkdir -p $(dirname {path})\n{target} {path} <<'END OF BLOCK'\n{body}END OF BLOCK", None
    )


def _commands(body: str) -> list[Step]:
    found = re.findall(r"^\$ (.*(?:\\\n.*)*)\n((?:(?!\$ ).*\n)*)", body, re.M)
    assert "".join(f"$ {command}\n{shown}" for command, shown in found) == body, body
    return [Step(command, shown, _exit_code(command)) for command, shown in found]


def _exit_code(command: str) -> int:
    told = CODE.search(command)
    return int(told[1]) if told else 0


def run_steps(steps: Iterable[Step], folder: Path, home: Path) -> list[Ran]:
    """Run the steps in one shell that starts in `folder`, with `home` for all settings."""
    steps = list(steps)
    script = "\n".join(f'{step.command}\necho "{MARK} $?"' for step in steps)
    done = subprocess.run(
        ["bash", "-c", f"exec 2>&1\n{script}"],
        cwd=folder,
        env=_environment(home),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        check=False,
    )
    parts = re.split(rf"{MARK} (\d+)\n", done.stdout.decode("utf-8"))
    assert len(parts) == 2 * len(steps) + 1, parts[-1]
    return [
        Ran(step, printed, int(code))
        for step, printed, code in zip(steps, parts[::2], parts[1::2], strict=False)
    ]


def _environment(home: Path) -> dict[str, str]:
    """Return an environment in which git, the shell and the program know nothing of this user.

    Hidden steps find the documents' own files in the folder `$DOCS`.
    """
    home.mkdir(exist_ok=True)
    who = {
        f"GIT_{role}_{what}": "x" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    return {
        **who,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(home),
        "DOCS": str(ROOT / "docs"),
        "GIT_CONFIG_NOSYSTEM": "1",
        "LC_ALL": "C.UTF-8",
        "PUBLISH_PASSPHRASE": "words that open the key",
        "PYTHONUNBUFFERED": "1",
    }


def matches(ran: Ran) -> bool:
    """Tell whether a step printed what its page shows."""
    if not ran.step.shown:
        return True
    return bool(re.fullmatch(_pattern(ran.step.shown), ran.printed))


def _pattern(shown: str) -> str:
    lines = [
        r"(?:.*\n)*" if line == "...\n" else re.escape(line).replace(r"\.\.\.", ".*")
        for line in shown.splitlines(keepends=True)
    ]
    return "".join(lines)


def with_outputs(text: str, done: Iterable[Ran]) -> str:
    """Return the page with what its commands print now, where that is not what it shows."""
    position = 0
    for ran in done:
        if ran.step.shown is None:
            continue
        position = text.index(f"$ {ran.step.command}\n", position) + len(f"$ {ran.step.command}\n")
        if not matches(ran):
            text = f"{text[:position]}{ran.printed}{text[position + len(ran.step.shown) :]}"
            position += len(ran.printed)
    return text
