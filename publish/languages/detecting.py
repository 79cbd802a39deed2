"""Tell in which language a text is; the only module that speaks to pycld2.

Two detectors: pycld2 is fast and sees most texts that are in the language they should be in;
py3langid takes ten times as long, but says how much better one language fits than another.
Where pycld2 cannot be installed, py3langid alone decides.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from publish.languages.language import Language, split_words
from publish.languages.ownwords import has_own_words

if TYPE_CHECKING:
    from publish.languages.identifier import Scores

__all__ = ["Rival", "are_alike", "find_rival", "forget_model", "is_known", "seems_right"]

LABELS = split_words(
    """
    ace af am an ar ary arz as az ba bcl be bg bn br bs ca crh cs cy da de dz el en eo es et eu ext
    fa fi fo fr fuv fy ga gcf gcr gd gl gom grc gu gug guw ha hbo he hi hr ht hu hy id ig is it ja
    jv ka kab kik kk km kn ko ku ky la lb lg lij ln lo lt ltg lv mg mk ml mn mr ms mt my ne nl nn no
    nso oc om or pa pcm pl ps pt qu ro ru rw sa sdh se si sk sl sn so sq sr st sv sw ta te tg th tk
    tl tr tt ug uk ur uz uzs vec vi vo wa wuu xh yo yue zh zu
    """
)
"""The languages that py3langid knows."""

SAME_LANGUAGE = {"fil": "tl", "nb": "no", "prs": "fa", "ckb": "sdh"}
"""The label that py3langid has for a language, where it is not the code of the language."""

NAMES = {"sdh": "ku", "tl": "fil"}
"""The code that CLDR has for a language, where it is not the label of py3langid."""

CLD2_CODES = {"fil": "tl", "he": "iw", "jv": "jw", "nb": "no", "prs": "fa", "yue": "zh-Hant"}
"""The code that pycld2 has for a language, where it is not the code of the language."""

ALIKE = (
    {"am", "ti"},
    {"ar", "ary", "arz"},
    {"bs", "hr", "sr", "sr-ME"},
    {"da", "nn", "no"},
    {"el", "grc"},
    {"en", "pcm", "sco"},
    {"es", "an", "ext"},
    {"ca", "oc"},
    {"pt", "gl"},
    {"he", "hbo", "iw"},
    {"id", "ms"},
    {"ku", "sdh"},
    {"nr", "ss", "xh", "zu"},
    {"nso", "st", "tn"},
    {"rn", "rw"},
    {"ba", "tt"},
    {"uz", "uzs"},
    {"ja", "wuu", "yue", "zh", "zh-Hant"},
)
"""Groups of languages that the detectors often confuse, so no difference within one counts."""

OTHER_SCRIPTS = frozenset({"sr-Latn", "zh-Hant"})
"""Languages in a script that is not their usual one, but that the detectors know too."""

DOUBTED = frozenset({"bs", "en", "gl", "hr", "mk", "sr"})
"""Languages for which pycld2 also takes sentences of others, often those with many names."""

UNLIKELY = split_words(
    """
    ace an bcl br eo ext gcf gcr gd gom grc gug guw hbo ht jv kab kik la lij ltg oc pcm qu sa se
    vec vo wa
    """
)
"""Languages that the detectors often see in a text with many names."""

UNSURE = "un"
REFUSED = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""Characters that pycld2 refuses."""


@dataclass(frozen=True, slots=True)
class Rival:
    """A language that a text fits better than the one it should be in, and by how much.

    Above 1 the text is in that language; below 0 it is in the one it should be in.
    """

    tag: str
    margin: float


def is_known(language: Language) -> bool:
    """Return whether the detectors know a language in its script."""
    return _find_label(language.tag, language.script) is not None


def are_alike(one: Language, other: Language) -> bool:
    """Return whether two languages are the same or cannot be told apart."""
    label = _find_label(one.tag, one.script)
    return label is not None and _find_label(other.tag, other.script) in _find_alike(label)


def seems_right(text: str, language: Language) -> bool:
    """Return whether a quick look finds that a text is in a language; if not, nothing is known."""
    label = _find_label(language.tag, language.script)
    if label and has_own_words(text, label):
        return True
    code = _find_quick_code(label) if label else ""
    if not code:
        return False
    cld2, clean = _load_cld2(), text if text.isprintable() else REFUSED.sub(" ", text)
    found = cld2.detect(clean, isPlainText=True)[2][0][1]
    if found == UNSURE:
        found = cld2.detect(clean, isPlainText=True, hintLanguage=code)[2][0][1]
    return found in _find_alike(code)


def find_rival(text: str, language: Language) -> Rival | None:
    """Return the language that a text fits best beside its own; None if one is not known."""
    label = _find_label(language.tag, language.script)
    if label is None or not text.strip():
        return None
    from publish.languages.identifier import compare_scores

    own, best, tag = compare_scores(_score(text), _find_alike(label))
    margin = (best - own) / math.sqrt(len(text.encode("utf-8", "replace")))
    return Rival(NAMES.get(tag, tag), margin / 3 if tag in UNLIKELY else margin)


@lru_cache(maxsize=512)
def _score(text: str) -> Scores:
    from publish.languages.identifier import score_text

    return score_text(_load_model(), text)


@cache
def _find_label(tag: str, script: str) -> str | None:
    """Return the label of a language in py3langid, None if it does not know that language."""
    from publish.languages import cldr
    from publish.languages.names import Subtags, parse_name

    subtags = parse_name(tag)
    if subtags is None:
        return None
    usual = cldr.find_script(Subtags(subtags.language))
    if script not in ("", usual) and f"{subtags.language}-{script}" not in OTHER_SCRIPTS:
        return None
    label = SAME_LANGUAGE.get(subtags.language, subtags.language)
    return label if label in LABELS else None


@cache
def _find_quick_code(label: str) -> str:
    """Return the code of a language in pycld2, empty if its quick look is of no use."""
    cld2, code = _load_cld2(), CLD2_CODES.get(label, label)
    known = cld2 is not None and code in {code for _, code in cld2.LANGUAGES}
    return code if known and label not in DOUBTED else ""


@cache
def _find_alike(name: str) -> frozenset[str]:
    return frozenset({name}.union(*(group for group in ALIKE if name in group)))


@cache
def _load_cld2() -> Any:
    """Return the module pycld2, None where it cannot be installed."""
    try:
        import pycld2  # type: ignore[import-untyped]
    except ImportError:
        return None
    return pycld2


def forget_model() -> None:
    """Give back the memory of the model; it is loaded again when it is needed."""
    _load_model.cache_clear()


@cache
def _load_model() -> Any:
    """Return the identifier of py3langid."""
    from publish.languages.identifier import load_identifier

    return load_identifier()
