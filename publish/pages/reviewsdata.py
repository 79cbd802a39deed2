"""The state of reviews as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from publish.model import Entry
from publish.reading.locationwords import describe_location
from publish.reviews.ledger import ReviewRow
from publish.reviews.verdicts import Verdict, count_verdicts
from publish.translation.reviewed import ReviewList

__all__ = ["render_reviews_json"]


def render_reviews_json(reviews: Iterable[ReviewList]) -> str:
    """Return reviews in version 1 of our schema.

    `decision` is null where nobody decided, `approved` where the approved texts are unknown,
    `doubt` where there is none, `sure` where the text was not imported; several doubts are lines of
    one text.
    """
    found = {
        "version": 1,
        "documents": [
            {
                "document": one.reviewed.translation.name,
                "language": one.reviewed.translation.language.tag,
                "figures": count_verdicts(
                    one.reviewed.verdicts, one.reviewed.translation.ledger
                ).by_name(),
                "sentences": [_row(verdict, one.past) for verdict in one.shown],
            }
            for one in reviews
        ],
    }
    return json.dumps(found, indent=2, ensure_ascii=True)


def _row(verdict: Verdict, past: Mapping[ReviewRow, Entry]) -> dict[str, object]:
    subject, row = verdict.subject, verdict.row
    old = past.get(row) if row else None
    return {
        "place": describe_location(subject.location),
        "paragraph": f"p{subject.location.paragraph}" if subject.location.paragraph else None,
        "state": verdict.state,
        "confirmed": subject.confirmed,
        "sure": subject.sureness,
        "source": subject.source,
        "translation": subject.head.msgstr,
        "doubt": "\n".join(subject.doubts) or None,
        "line": subject.head.msgstr_line or None,
        "decision": {
            "state": row.state,
            "reviewer": row.reviewer,
            "date": row.when,
            "reason": row.reason,
        }
        if row
        else None,
        "approved": {"source": old.msgid, "translation": old.msgstr} if old else None,
    }
