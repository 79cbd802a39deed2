"""Put the translations that a page shows into a catalog: `docfill.py FILE < entries`."""

import re
import sys
from pathlib import Path

ENTRY = re.compile(r'^(msgid ".*")\n(msgstr ".*")$', re.M)


def main() -> None:
    """Fill the entries of the file named on the command line."""
    path = Path(sys.argv[1])
    text = path.read_text(encoding="utf-8")
    entries = ENTRY.findall(sys.stdin.read())
    assert entries, "the block has no entries"
    for msgid, msgstr in entries:
        filled = f"{msgid}\n{msgstr}".replace("\\", r"\\")
        text, count = re.subn(rf'^{re.escape(msgid)}\nmsgstr ".*"$', filled, text, flags=re.M)
        assert count == 1, msgid
    known = "|".join(re.escape(msgid) for msgid, _ in entries)
    text = re.sub(rf"^#, fuzzy\n(?=(?:#.*\n)*(?:{known})\n)", "", text, flags=re.M)
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
