"""The pages of a release in a browser: read by axe, narrow and wide, light and dark."""

from __future__ import annotations

import json
import shutil
import subprocess
import tarfile
from pathlib import Path
from typing import Any

import pytest
from releasecases import parsed

from publish.cli.main import main

PROBE = """
document.addEventListener('DOMContentLoaded', async () => {
  const found = await axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa',
    'best-practice']});
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  const told = {wide, passes: found.passes.length,
    violations: found.violations.map(v => v.id + ' ' + v.nodes.map(n => n.html).join(' '))};
  const out = document.createElement('pre');
  out.id = 'told';
  out.textContent = JSON.stringify(told);
  document.body.append(out);
});
"""


@pytest.fixture(scope="module")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The source of axe-core, from the package registry by its ordinary client."""
    if not shutil.which("npm") or not shutil.which("chromium"):
        pytest.skip("npm or chromium is not installed")
    folder = tmp_path_factory.mktemp("axe")
    pack = ["npm", "pack", "--silent", "axe-core"]
    try:
        subprocess.run(pack, cwd=folder, check=True, capture_output=True, timeout=120)
    except (subprocess.SubprocessError, OSError):
        pytest.skip("axe-core cannot be had here")
    (packed,) = folder.glob("axe-core-*.tgz")
    with tarfile.open(packed) as archive:
        member = archive.extractfile("package/axe.min.js")
        assert member is not None
        return member.read().decode()


@pytest.mark.full
@pytest.mark.parametrize("dark", [False, True])
def test_pages_are_for_everyone(workspace: Path, tmp_path: Path, axe: str, dark: bool) -> None:
    """axe finds nothing and nothing is wider than the page, at 320 and 1200 px."""
    settings = workspace / "pyproject.toml"
    given, more = 'formats = ["pdf", "epub"]', 'formats = ["pdf", "epub", "html"]'
    settings.write_text(settings.read_text("utf-8").replace(given, more), "utf-8")
    into = tmp_path / "out"
    assert main(["release", "-q", "-C", str(workspace), "--unsigned", "--into", str(into)]) == 0
    assert main(["status", "-C", str(workspace), "--html", str(into / "archive.html")]) == 0
    names = ["index.html", "en.html", "ru.html", "tk.html", "verify.tk.html", "changes.ru.html"]
    names.append("archive.html")
    for name in names:
        page = (into / name).read_text("utf-8")
        start, end = page.index('<meta http-equiv="Content'), page.index('<meta name="viewport')
        probe = f"<script>/*<![CDATA[*/{axe}/*]]>*/</script><script>{PROBE}</script></head>"
        inner = into / f"probe-{name}"
        inner.write_text((page[:start] + page[end:]).replace("</head>", probe, 1), "utf-8")
        for width in (320, 1200):
            frame = f'<!DOCTYPE html><iframe src="{inner.name}" width="{width}" height="900">'
            told = probed(inner if width > 500 else framed(into, frame), width, dark)
            assert told["violations"] == [], (name, width)
            assert told["wide"] <= 0, (name, width)
            assert told["passes"] > 10


def framed(folder: Path, frame: str) -> Path:
    """A page with a narrow frame, since no window is as narrow as a phone."""
    tell = """<script>onload = () => setTimeout(() => {
      document.body.append(frames[0].document.getElementById('told').cloneNode(true)) }, 4000)
      </script>"""
    path = folder / "frame.html"
    path.write_text(f"{frame}</iframe>{tell}", "utf-8")
    return path


def probed(page: Path, width: int, dark: bool) -> dict[str, Any]:
    command = ["chromium", "--headless=new", "--no-sandbox", "--disable-gpu"]
    command += ["--allow-file-access-from-files", f"--window-size={max(width, 500)},1000"]
    command += ["--virtual-time-budget=15000", "--dump-dom"]
    command += ["--blink-settings=preferredColorScheme=0"] if dark else []
    done = subprocess.run(
        [*command, page.as_uri()], capture_output=True, text=True, check=True, timeout=120
    )
    _, _, rest = done.stdout.rpartition('<pre id="told">')
    text = rest.partition("</pre>")[0]
    assert text, done.stdout[-500:]
    found: dict[str, Any] = json.loads(parsed(f"<a>{text}</a>".encode()).text)
    return found
