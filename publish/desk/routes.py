"""Every address of the desk: what a person must be allowed to use it, and what it answers.

A handler gets a `Call` and returns data for JSON, or an `Answer`.  All run in one thread,
those that only look at the pages of a PDF aside from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast, get_args

from publish.actions.desk.opened import OpenDesk
from publish.actions.desk.opentext import OpenText, TextChange
from publish.actions.desk.page.live import Shows
from publish.actions.desk.sentences.deciding import Action, answer
from publish.actions.desk.sentences.past import find_changed, list_versions
from publish.actions.desk.sentences.proposing import drop_proposal, propose, take_proposal
from publish.actions.desk.sentences.saving import Conflict, Saved
from publish.actions.desk.sentences.writing import find_sentence
from publish.actions.desk.summary import LanguageName, name_languages
from publish.checks.explaining import EXPLANATIONS
from publish.desk.calls import Answer, Call, Route
from publish.desk.data import make_data
from publish.desk.words import SPOKEN
from publish.desk.workroutes import WORK_ROUTES
from publish.desk.written import Joined, Listed, write_parts
from publish.editions.page.interface import make_interface
from publish.errors import UsageError
from publish.languages.registry import find
from publish.translation.loading import Loader

__all__ = ["ROUTES"]

OFFERED = ("en", "ru", "tk")
"""Languages of the interface that everybody can choose."""
SHOWS = get_args(Shows)
MOST_CHECKED = 20_000
"""So many characters are checked as they are typed; more only when they are saved."""


def _desk(call: Call) -> OpenDesk:
    return cast(OpenDesk, call.desk)


def _text(call: Call) -> OpenText:
    return _desk(call).text(call.word("document"), call.word("language"))


def _shows(call: Call) -> Shows:
    found = call.values.get("shows") or call.shows
    if found not in SHOWS:
        raise UsageError(f"a page shows one of: {', '.join(SHOWS)}")
    return cast(Shows, found)


def _number(call: Call, name: str, most: int) -> int:
    found = call.values.get(name)
    if not (isinstance(found, str | int) and str(found).isdecimal() and int(found) <= most):
        raise UsageError(f"{name} is a whole number up to {most}")
    return int(found)


# --------------------------------------------------------------------------- reading


def read_workspace(call: Call) -> dict[str, Any]:
    """Return documents with their figures, languages, and who is asking."""
    desk = _desk(call)
    languages = name_languages(desk.workspace.languages())
    source = desk.workspace.source_language.tag
    return {
        "documents": [
            {"name": row.name, "languages": make_data(row.languages)} for row in desk.documents()
        ],
        "languages": make_data(languages),
        "source": source,
        "person": {"name": call.person.name, "rights": call.rights.words()},
        "readOnly": call.read_only,
        "interface": {"languages": make_data(list_interfaces(desk.loader))},
    }


def list_interfaces(loader: Loader) -> tuple[LanguageName, ...]:
    """Return the languages that the program itself speaks, among those that people here know."""
    known = {one.tag: one for one in loader.workspace.languages()}
    for tag in OFFERED:
        known.setdefault(tag, find(tag))
    words = ((one, make_interface(one, loader.interfaces(one))) for one in known.values())
    return name_languages(tuple(one for one, strings in words if strings.knows(SPOKEN)))


def read_rules(call: Call) -> dict[str, Any]:
    """Return what is wrong and what to do, by the code of a finding, in a language that has it."""
    language = find(call.word("interface"))
    words = make_interface(language, _desk(call).loader.interfaces(language))
    known = ((code, one) for code, one in EXPLANATIONS.items() if words.knows(one.title))
    return {
        "rules": {
            code: {"title": words.text(one.title), "todo": words.text(one.todo) if one.todo else ""}
            for code, one in known
        }
    }


def read_text(call: Call) -> Answer:
    """Return the rows of a text, its sections, and the findings that belong to no sentence."""
    text = _text(call)
    data = {
        "version": text.version,
        "rows": Listed(map(make_data, text.rows)),
        "sections": make_data(text.sections()),
        "findings": make_data(text.judged.findings().get("", ())),
        "settled": text.settled,
        "direction": text.translation.language.direction,
        "sourceDirection": text.translation.source.language.direction,
        "original": text.translation.original,
    }
    return Answer(content=write_parts(data))


def read_page(call: Call) -> Answer:
    """Return a page of a text as HTML, with the ids of its sentences."""
    text = _text(call)
    html = Joined(text.page(_shows(call)).parts())
    return Answer(content=write_parts({"version": text.version, "html": html}))


def read_style(call: Call) -> Answer:
    """Return the style sheet of the page of a text."""
    style = _text(call).page(_shows(call)).style()
    return Answer(content=style.encode(), kind="text/css; charset=utf-8")


def read_file(call: Call) -> Answer:
    """Return an image of a document."""
    data, kind = _text(call).image(call.word("path"))
    return Answer(content=data, kind=kind)


def read_sentence(call: Call) -> Any:
    """Return all that is known of a sentence."""
    return make_data(_text(call).describe(call.word("id")))


def read_versions(call: Call) -> dict[str, Any]:
    """Return the earlier texts of a sentence, as git has them."""
    text = _text(call)
    found = list_versions(text.loader, text.translation, call.word("id"))
    if not call.rights.works:
        # What people write to each other about their work is for those who work on it.
        found = tuple(replace(one, message="") for one in found)
    return {"versions": make_data(found)}


def read_changed(call: Call) -> dict[str, Any]:
    """Return the sentences that changed since a day or a commit."""
    text = _text(call)
    found = find_changed(text.loader, text.translation, call.word("since"))
    return {"ids": sorted(found)}


# --------------------------------------------------------------------------- writing


def _answer(call: Call, text: OpenText, change: TextChange, more: Mapping[str, Any]) -> Any:
    """Return a change as the tab that made it gets it: blocks of the page it shows."""
    return {
        "version": change.version,
        "rows": make_data(change.rows),
        "blocks": make_data(change.blocks.get(_shows(call))),
        "sections": make_data(text.sections()),
        **more,
    }


def keep_typed(call: Call) -> dict[str, Any]:
    """Keep a text as it is being typed, and return what the checks find in it.

    One that is `known`, since it comes from the journal, is only looked at.
    """
    desk, text = _desk(call), _text(call)
    name, typed = call.word("id"), call.word("text")
    person, base = call.person.name, call.word("base")
    if call.values.get("known") is not True:
        desk.journal.keep(person, text.document, text.tag, name, typed, base, call.tab)
    find_sentence(text.translation, name)  # It may have gone from the source meanwhile.
    if len(typed) > MOST_CHECKED:
        return {"findings": [], "unchecked": True}
    return {"findings": make_data(text.judged.typed(name, typed))}


def save(call: Call) -> Any:
    """Save a text; answer 409 with both texts where another one was saved meanwhile."""
    desk, text, name = _desk(call), _text(call), call.word("id")
    fuzzy = call.values.get("fuzzy") is True
    words = name, call.word("text"), call.word("base")
    done, change = desk.save(text, *words, fuzzy=fuzzy, by=call.tab)
    if isinstance(done, Saved):
        desk.journal.settle(call.person.name, text.document, text.tag, name, call.tab)
    return _saved(call, text, done, change)


def undo(call: Call) -> Any:
    """Undo the last save of a sentence."""
    desk, text = _desk(call), _text(call)
    return _saved(call, text, *desk.undo(text, call.word("id"), by=call.tab))


def _saved(call: Call, text: OpenText, done: Saved | Conflict, change: TextChange) -> Any:
    more = {"findings": make_data(text.findings.get(done.sid, ())), "digest": done.digest}
    if isinstance(done, Conflict):
        both = {"mine": done.mine, "theirs": done.theirs, "fuzzy": done.fuzzy}
        return Answer(
            data=_answer(call, text, change, {**more, "conflict": {**both, "digest": done.digest}}),
            status=409,
        )
    before = {"text": done.before.text, "fuzzy": done.before.fuzzy}
    return _answer(call, text, change, {**more, "before": before})


def decide_on(call: Call) -> Any:
    """Approve, reject, renew or accept a sentence, ask about it or settle it, as a reviewer."""
    return _decide(call, get_args(Action))


def confirm(call: Call) -> Any:
    """Accept an imported text, ask about a sentence or settle its doubts, as a translator."""
    return _decide(call, ("accept", "ask", "settle"))


def _decide(call: Call, actions: tuple[Action, ...]) -> Any:
    text, action = _text(call), call.word("action")
    if action not in actions:
        raise UsageError(f"an action is one of: {', '.join(actions)}")
    done = text.decide(
        call.word("id"),
        action,
        call.role,
        str(call.values.get("reason") or ""),
        call.word("digest"),
    )
    return _done(call, text, done.sid, done.digest)


def settle_question(call: Call) -> Any:
    """Delete a question that is answered."""
    text = _text(call)
    done = answer(text.loader, text.translation, call.word("id"), call.word("question"))
    return _done(call, text, done.sid, done.digest)


def propose_text(call: Call) -> Any:
    """Propose a text for a sentence, or a remark on it."""
    text = _text(call)
    words = call.word("id"), call.word("text"), call.role, call.word("digest")
    remark = call.values.get("remark") is True
    done = propose(text.loader, text.translation, *words, remark=remark)
    _desk(call).journal.settle(call.person.name, text.document, text.tag, done.sid, call.tab)
    return _done(call, text, done.sid, done.digest)


def settle_proposal(call: Call) -> Any:
    """Take or drop a proposal."""
    desk, text, sid = _desk(call), _text(call), call.word("id")
    wanted, role = call.word("proposal"), call.values.get("role")
    known = text.describe(sid).proposals
    found = [one for one in known if one.text == wanted and role in (None, one.role)]
    if not found:
        raise UsageError("this proposal is not there any more", hint="read the sentence again")
    if call.word("action") == "take":
        taken = take_proposal(text.loader, text.translation, sid, found[0], call.word("digest"))
        return _saved(call, text, taken, desk.changed(text, call.tab))
    done = drop_proposal(text.loader, text.translation, sid, found[0])
    return _done(call, text, done.sid, done.digest)


def _done(call: Call, text: OpenText, sid: str, digest: str) -> Any:
    """Return what became of a sentence that was written about."""
    change = _desk(call).changed(text, call.tab)
    more = {"findings": make_data(text.findings.get(sid, ())), "digest": digest}
    return _answer(call, text, change, more)


def read_typed(call: Call) -> dict[str, Any]:
    """Return what this person typed and did not save."""
    return {"typed": make_data(_desk(call).journal.pending(call.person.name))}


def drop_typed(call: Call) -> dict[str, Any]:
    """Forget a text that was typed and is not wanted, of one tab or of all."""
    words = call.word("document"), call.word("language"), call.word("id")
    _desk(call).journal.settle(call.person.name, *words, str(call.values.get("tab") or ""))
    return {}


# --------------------------------------------------------------------------- pages of a PDF


def read_pdf(call: Call) -> Any:
    """Return the pages of the PDF as far as they are laid out, and where sentences stand."""
    text = _text(call)
    reader = f"{call.person.name}/{call.tab}"
    return make_data(_desk(call).pdf(text.document, text.tag, reader).state())


def read_picture(call: Call) -> Answer:
    """Return a picture of a page of the PDF; it may have to be drawn first."""
    from publish.actions.desk.pdf.pages import PICTURE_TYPE

    pages = _desk(call).known_pdf(call.word("document"), call.word("language"))
    data = pages.picture(_number(call, "page", 100_000), _number(call, "width", 2400))
    return Answer(content=data, kind=PICTURE_TYPE)


TEXT = "{document}/{language}"

ROUTES = (
    Route("GET", "/api/workspace", "read", read_workspace),
    Route("GET", "/api/rules", "read", read_rules),
    Route("GET", f"/api/text/{TEXT}", "read", read_text),
    Route("GET", f"/api/page/{TEXT}", "read", read_page),
    Route("GET", f"/api/style/{TEXT}", "read", read_style),
    Route("GET", f"/files/{TEXT}/{{path:path}}", "read", read_file),
    Route("GET", f"/api/sentence/{TEXT}/{{id}}", "read", read_sentence),
    Route("GET", f"/api/versions/{TEXT}/{{id}}", "read", read_versions),
    Route("GET", f"/api/changed/{TEXT}", "read", read_changed),
    Route("POST", "/api/typed", "propose", keep_typed, "text", urgent=True),
    Route("GET", "/api/typed", "propose", read_typed),
    Route("POST", "/api/typed/drop", "propose", drop_typed, urgent=True),
    Route("POST", "/api/save", "translate", save, "text", urgent=True),
    Route("POST", "/api/undo", "translate", undo, urgent=True),
    Route("POST", "/api/decide", "review", decide_on, urgent=True),
    Route("POST", "/api/confirm", "translate", confirm, urgent=True),
    Route("POST", "/api/answer", "translate", settle_question, urgent=True),
    Route("POST", "/api/propose", "propose", propose_text, "text", urgent=True),
    Route("POST", "/api/proposal", "translate", settle_proposal, urgent=True),
    Route("GET", f"/api/pdf/{TEXT}", "read", read_pdf),
    Route("GET", f"/api/pdf/{TEXT}/{{page}}.png", "read", read_picture, aside=True),
    *WORK_ROUTES,
)
"""Every address with JSON behind it; those of pages, static files and events are in `app.py`."""
