"""The pages without a session: the one that the launch address opens, and refusals in words."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from publish.editions.page.interface import Interface, plain_text

__all__ = ["make_refusal_page", "make_start_page"]

PAGE = """\
<!DOCTYPE html>
<html lang="{lang}" dir="{direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="data:,">
{head}</head>
<body>
<main>
<h1>{title}</h1>
{body}</main>
</body>
</html>
"""


def make_start_page(interface: Interface, sheet: str, script: str) -> str:
    """Return the page that exchanges the token in its address, after `#`, for a cookie.

    The token is never part of a request's address, so no list of visited pages, log or preview of a
    message has it; the script takes it out of the address bar at once.
    """
    opening = plain_text(interface, "The review desk is opening …")
    used = plain_text(interface, "This address does not open the desk, or no longer.")
    away = plain_text(interface, "The desk does not answer. It may have been closed.")
    needed = plain_text(interface, "The desk needs JavaScript. Switch it on for this address.")
    body = [
        f'<p id="opening" role="status">{escape(opening)}</p>',
        f'<div id="refused" role="alert" hidden>{_paragraphs([used, *_ways(interface)])}</div>',
        f'<div id="away" role="alert" hidden>{_paragraphs([away, *_ways(interface)])}</div>',
        f"<noscript><p>{escape(needed)}</p></noscript>",
    ]
    head = f'<script type="module" src="{escape(script)}"></script>\n'
    return _page(interface, sheet, plain_text(interface, "Review desk"), "\n".join(body), head)


def make_refusal_page(interface: Interface, sheet: str, message: str = "") -> str:
    """Return the page for a browser that was not let in, or for an address that is not there."""
    title = plain_text(interface, "Review desk")
    closed = plain_text(interface, "This browser has not been let in.")
    if not message:
        return _page(interface, sheet, title, _paragraphs([closed, *_ways(interface)]) + "\n", "")
    # What may be refused here is among the words of the desk's modules.
    mark = "" if interface.knows(message) else ' lang="en" dir="ltr"'
    body = f"<p{mark}>{escape(interface.text(message))}</p>\n"
    return _page(interface, sheet, title, body, "")


def _ways(interface: Interface) -> list[str]:
    """How somebody gets in, whoever they are."""
    return [
        plain_text(
            interface,
            "An address that the terminal prints opens the desk once. For a new one, press Enter "
            "in the terminal where publish desk is running, or run publish desk again.",
        ),
        plain_text(interface, "If you were sent a link, ask for a new one."),
    ]


def _paragraphs(words: Sequence[str]) -> str:
    return "".join(f"<p>{escape(text)}</p>" for text in words)


def _page(interface: Interface, sheet: str, title: str, body: str, head: str) -> str:
    link = f'<link rel="stylesheet" href="{escape(sheet)}">\n' if sheet else ""
    return PAGE.format(
        lang=escape(interface.language.tag),
        direction=interface.language.direction,
        title=escape(title),
        head=link + head,
        body=body,
    )
