"""The rule of addresses: a translation that leads where its source does not.

Addresses in links are errors of structure; here are those that stand in the text itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote

from publish.checks.rule import EVERY_KIND, Pair, Problem, Rule, SentenceRunner
from publish.model import Level
from publish.wideletters import pattern_later

__all__ = ["ADDRESS_RULES", "find_added_addresses", "find_addresses"]

_UNSEEN = "\u00ad\u200b-\u200d\u2060\ufeff"
_DOT = "[.\u3002\uff0e\uff61]"
"""What a browser reads as a dot between the parts of a host (Unicode Technical Standard 46)."""
_LABEL = rf"\w[\w{_UNSEEN}-]*"
_REST = r"[^\s<>\"«»“”„‹›]*"
_TOP = (
    "xn--[a-z0-9-]+|[a-z]{2}|com|org|net|info|edu|gov|mil|int|biz|name|mobi|asia|app|blog|cloud|club"
    "|dev|icu|link|live|media|news|ngo|ong|onion|online|press|pro|pub|report|shop|site|space|store"
    "|tel|top|vip|website|wiki|work|world|xyz|zip"
    "|рф|бел|укр|мкд|срб|рус|қаз|бг|ею|москва|дети|сайт|онлайн|орг|ком"
)
"""Ends of hosts that tell an address from a missing space after a full stop."""

_SIGNS = re.compile(
    rf"[.\u3002\uff0e\uff61@\uff20:](?:(?<={_DOT})(?<=\w.)\w|(?<=[@\uff20])|(?<=:)//)"
)
"""What every address has; no search begins at a letter, which would take most of the time."""
ADDRESS = pattern_later(
    rf"(?P<scheme>(?<!\w)[a-z][a-z0-9+.-]{{0,20}}://){_REST}"
    rf"|(?<![\w.+'-])[\w.+'-]+[@\uff20]{_LABEL}(?:{_DOT}{_LABEL})+"
    rf"|(?<![\w@\uff20.-])www{_DOT}{_LABEL}{_DOT}{_REST}"
    rf"|(?<![\w@\uff20.-])(?:{_LABEL}{_DOT})+(?:[^\W\d_]{{2,24}}(?::\d+)?[/?]{_REST}"
    rf"|(?P<top>{_TOP})(?!\w)(?!{_DOT}\w)(?::\d+)?(?:[/?#]{_REST})?)",
    re.IGNORECASE,
)
_END = ".,;:!?)]}'’…/。．｡-–—"
_LANGUAGE = r"[a-z]{2}(?:[-_][a-z]{2,4})?"
_SUFFIX = re.compile(r"[-'’]\w{1,8}$")


def find_addresses(text: str) -> Iterator[re.Match[str]]:
    """Yield the web and mail addresses of a text, each with the signs that follow it.

    A word after a full stop without a space is none: “etdi.De” is no host of Germany.
    """
    if not _SIGNS.search(text):
        return
    for found in ADDRESS().finditer(text):
        top = found["top"]
        if top and len(top) == 2:
            before = text[found.start() : found.start("top")]
            if top.istitle() or not any(map(str.isalpha, before)):
                continue
        yield found


def find_added_addresses(pair: Pair) -> Iterator[Problem]:
    """Report addresses that neither the source nor the target of one of its links has.

    Case, the signs after an address, `http` or `https`, `www` and the part that names the language
    make no difference; a letter that looks like another one does.
    """
    found = list(find_addresses(pair.target))
    if not found:
        return
    known = _known("\n".join((pair.source, *pair.entry.extracted)))
    for match in found:
        forms = set(_forms(match[0], pair.language.tag))
        if forms.isdisjoint(known):
            shown = match[0].rstrip(_END)
            yield Problem(
                message=f"an address that the source does not have: {shown}",
                hint="write the address as in the source, or none",
                spot=(match.start(), match.start() + len(shown)),
            )


def _known(text: str) -> set[str]:
    """Return the forms of the addresses in a source, and their hosts alone."""
    found = [match[0] for match in find_addresses(text)]
    forms = {form for address in found for form in _forms(address, _LANGUAGE)}
    return forms | {re.split("[/?#]", form)[0] for form in forms if "@" not in form}


def _forms(address: str, language: str) -> Iterator[str]:
    """Yield an address in forms that are equal for equal ones.

    That is as it is, without a suffix (`state.gov-yň`), and without what names the language, which
    is a pattern.
    """
    text = re.sub(f"[{_UNSEEN}]", "", unicodedata.normalize("NFC", address))
    text = unquote(re.sub(_DOT, ".", text.replace("\uff20", "@"))).lower().rstrip(_END)
    text = re.sub(r"^(?:https?://)?(?:www\.)?|^mailto:", "", text, count=1)
    for form in (text, _SUFFIX.sub("", text)):
        yield form
        yield _without_language(form, language.lower())


def _without_language(address: str, language: str) -> str:
    """Return an address without a language as first part of its host, in its path or its query."""
    tag = rf"(?:{language})(?:[-_][a-z]{{2,4}})?"
    host, slash, rest = address.partition("/")
    host = re.sub(rf"^{tag}\.(?=[^.]+\.[^.]+)", "", host)
    path = re.sub(rf"(?<![^/]){tag}(?:/|$)", "", rest)
    query = re.sub(rf"[?&](?:lang|language|locale|hl|l)={tag}(?=&|$)", "", path)
    return f"{host}{slash}{query}".rstrip("/?")


ADDRESS_RULES: tuple[Rule, ...] = (
    Rule(
        code="address-added",
        family="meaning",
        level=Level.WARNING,
        title="An address that the source does not have",
        why=(
            "A web or mail address that was added or altered leads readers to somebody else; one"
            " letter that looks like another is enough."
        ),
        remedy="Write the address as in the source, or none.",
        language="ru",
        right=("Write to help@example.org.", "Пишите на help@example.org."),
        wrong=("Write to help@example.org.", "Пишите на help@example.com."),
        kinds=EVERY_KIND,
        runner=SentenceRunner(find_added_addresses),
    ),
)
