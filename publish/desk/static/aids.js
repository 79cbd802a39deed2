// What helps with a sentence: suggestions, terms, notes, links, questions, places, earlier versions.

import { say } from "./announce.js";
import { ask, path, write } from "./api.js";
import { compareTexts, showPieces } from "./diff.js";
import { button, make, part } from "./dom.js";
import { field, insert, replaceText } from "./field.js";
import { tellWhy } from "./refusals.js";
import { hidden } from "./rules.js";
import { mayTranslate } from "./rights.js";
import { takeAnswer } from "./saving.js";
import { choose, emit, rowOf, shownPage, state } from "./state.js";
import { placeOf, showDay, t } from "./words.js";
import { titleOfDocument } from "./workspace.js";

/** The text of a sentence whose translation is in that of the sentence before. */
const JOINED = "{joined}";

/** @type {any[]} */
let suggestions = [];
let msgid = "";

/** Show all that helps. @param {any} details */
export function showAids(details) {
  suggestions = details.suggestions ?? [];
  msgid = details.msgid;
  part("aids").replaceChildren(...[
    aid(t("Doubts"), (details.doubts ?? []).map(line)),
    aid(t("Questions"), (details.questions ?? []).map((/** @type {any} */ one) => question(details, one))),
    aid(t("Proposals"), (details.proposals ?? []).map((/** @type {any} */ one) => proposal(details, one))),
    aid(t("Suggestions"), suggestions.map(suggestion)),
    aid(t("Terms"), (details.terms ?? []).map(term)),
    aid(t("For the translator"), (details.notes ?? []).map(line)),
    aid(t("Comments"), (details.comments ?? []).map(line)),
    aid(t("Links"), Object.entries(details.legend ?? {}).map(link)),
    aid(t("Translated together"), together(details)),
    aid(t("Also in these places"), (details.places ?? []).map(place)),
    aid(t("Correction of the source"), details.correction ? [correction(details)] : []),
    versions(details),
  ].filter(Boolean));
}

/** @param {string} title @param {HTMLElement[]} items */
function aid(title, items) {
  if (!items.length) return null;
  return make("section", { class: "aid" }, make("h3", { text: title }), make("ul", {}, ...items));
}

const target = () => ({ dir: state.text?.direction, lang: state.text?.language });
const source = () => ({ dir: state.text?.sourceDirection, lang: state.workspace?.source });

const line = (/** @type {any} */ text) => make("li", { text: typeof text === "string" ? text : text.text, dir: "auto" });

function suggestion(/** @type {any} */ one, /** @type {number} */ at) {
  const key = at < 9 ? `Alt+${at + 1}` : "";
  const use = make("button", { type: "button", class: "suggestion", title: key || null, on: { click: () => useSuggestion(at) } });
  use.append(
    make("span", { class: "percent", text: `${one.percent} %` }),
    make("span", { class: "quoted", text: one.text, ...target() }),
    key ? make("kbd", { text: key }) : "",
  );
  const item = make("li", {}, use);
  if (one.pieces?.some((/** @type {any} */ piece) => piece.kind !== "same")) item.append(showPieces(one.pieces, source()));
  if (one.document && one.document !== state.text?.document) item.append(make("p", { class: "faint", text: titleOfDocument(one.document), title: one.document, dir: "auto" }));
  return item;
}

/** Put a suggestion in the place of what is in the field. @param {number} at its number, from 0 */
export function useSuggestion(at) {
  const one = suggestions[at];
  if (!one || field().readOnly) return;
  replaceText(one.text);
  say(t("Suggestion {number} is in the field.", { number: at + 1 }));
}

/** Put the source into the field, to translate within it or to correct it. */
export function copySource() {
  if (!field().readOnly) replaceText(msgid);
}

/** Leave this sentence to the translation of the one before. */
export function joinToEarlier() {
  if (!field().readOnly) replaceText(JOINED);
}

function term(/** @type {any} */ one) {
  const item = make("li", { class: "term" }, make("span", { text: one.term, ...source() }), " → ");
  for (const text of one.say ?? []) {
    item.append(button(text, () => insert(text), { class: "word", ...target(), title: t("Put it in at the cursor") }), " ");
  }
  item.append(make("span", { class: one.used ? "used" : "unused", text: one.used ? `✓ ${t("used")}` : `! ${t("not used")}` }));
  if (one.note) item.append(make("p", { class: "faint", text: one.note, dir: "auto" }));
  return item;
}

function link(/** @type {[string, any]} */ [name, address]) {
  const shown = make("a", { href: address, target: "_blank", rel: "noopener noreferrer", dir: "ltr", text: address });
  return make("li", { class: "address" }, make("code", { text: `(${name})` }), " ", /^https?:/.test(address) ? shown : make("span", { dir: "ltr", text: address }));
}

function question(/** @type {any} */ details, /** @type {string} */ text) {
  const item = make("li", { class: "asked" }, make("p", { text, dir: "auto" }));
  if (mayTranslate(state.text?.language ?? "")) {
    const answered = () => void send("/api/answer", { id: details.row.id, question: text }, t("The question is answered."));
    item.append(button(t("It is answered"), answered, { class: "word" }));
  }
  return item;
}

/** Write about a sentence, and show what comes of it. @param {string} address @param {Record<string, any>} body @param {string} done */
async function send(address, body, done) {
  const { document, language } = /** @type {any} */ (state.text);
  try {
    takeAnswer(document, language, await write(address, { document, language, ...body }, { shows: shownPage() }));
    say(done);
  } catch (error) {
    say(tellWhy(error));
  }
  emit("details");
}

function proposal(/** @type {any} */ details, /** @type {any} */ one) {
  const item = make("li", {}, showPieces(compareTexts(details.msgstr, one.text), target()));
  if (one.role) item.append(make("p", { class: "faint", text: one.role }));
  if (mayTranslate(state.text?.language ?? "")) {
    const answer = (/** @type {string} */ action) => () => void settle(details, one, action);
    item.append(make("p", { class: "buttons" }, button(t("Take it"), answer("take")), button(t("Drop it"), answer("drop"))));
  }
  return item;
}

function settle(/** @type {any} */ details, /** @type {any} */ one, /** @type {string} */ action) {
  const done = action === "take" ? t("The proposal is taken.") : t("The proposal is dropped.");
  return send("/api/proposal", { id: details.row.id, action, proposal: one.text, role: one.role, digest: details.digest }, done);
}

/** A sentence may be translated within the one before it. */
function together(/** @type {any} */ details) {
  const writable = mayTranslate(state.text?.language ?? "") && !field().readOnly;
  if (details.msgstr.trim() === JOINED) {
    const before = make("li", { text: t("The translation of an earlier sentence includes this one.") });
    const part = make("li", {}, button(t("Translate it on its own"), () => replaceText("")));
    return [before, ...group(details), ...(writable ? [part] : [])];
  }
  return group(details);
}

function group(/** @type {any} */ details) {
  const group = (details.group ?? []).filter((/** @type {string} */ id) => id !== details.row.id);
  const items = group.map((/** @type {string} */ id) => place({ id, place: placeOf(rowOf(id)), text: rowOf(id)?.source }));
  return items;
}

function place(/** @type {any} */ one) {
  const go = button(placeOf(rowOf(one.id)) || one.place, () => choose(one.id, { focus: true }), { class: "word" });
  return make("li", {}, go, one.text ? make("span", { class: "faint", text: ` ${one.text}`, ...source() }) : "");
}

function correction(/** @type {any} */ details) {
  return make("li", {}, showPieces(compareTexts(details.msgid, details.correction), source()));
}

function versions(/** @type {any} */ details) {
  const { id } = details.row;
  const list = make("ul", {});
  const box = make("details", { class: "aid" }, make("summary", { text: t("Earlier versions") }), list);
  box.addEventListener("toggle", async () => {
    if (!(/** @type {HTMLDetailsElement} */ (box).open) || list.childElementCount || !state.text) return;
    list.append(make("li", { text: t("Reading the history…") }));
    try {
      const answer = await ask(`/api/versions/${path(state.text.document, state.text.language, id)}`);
      const found = answer.versions ?? [];
      list.replaceChildren(...(found.length ? found.map((/** @type {any} */ one) => version(details, one)) : [make("li", { text: t("There are none.") })]));
    } catch (error) {
      list.replaceChildren(make("li", {}, ...tellWhy(error)));
    }
  });
  return box;
}

function version(/** @type {any} */ details, /** @type {any} */ one) {
  const use = button(t("Put it in the field"), () => replaceText(one.text), { class: "word" });
  const when = make("p", { class: "faint", title: one.revision }, showDay(one.time || one.day),
    one.message ? make("span", { dir: "auto", text: ` · ${one.message}` }) : "", one.fuzzy ? ` · ${t("Needs work")}` : "");
  return make("li", {}, when, showPieces(compareTexts(one.text, details.msgstr), target()), field().readOnly ? "" : use, hidden(one.revision));
}
