"""How far translations are, as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from publish.building.documentstatus import DocumentStatus, StatusRow

__all__ = ["render_status_json"]


def render_status_json(rows: Iterable[StatusRow]) -> str:
    """Return rows of the status in version 1 of our schema; what does not apply is null."""
    rows = tuple(rows)
    found = {
        "version": 1,
        "editions": [_list_figures(row.standing) for row in rows if row.standing],
        "unread": [
            {
                "document": row.document,
                "language": row.language,
                "code": row.error.listed_code,
                "message": row.error.message,
            }
            for row in rows
            if row.error
        ],
    }
    return json.dumps(found, indent=2, ensure_ascii=False)


def _list_figures(found: DocumentStatus) -> dict[str, Any]:
    figures = {name: value for name, value in asdict(found).items() if name != "title"}
    return figures | {"review": found.review.by_name() if found.review else None}
