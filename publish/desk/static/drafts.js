// What is typed and not saved yet: kept in this browser at each key, and with the program soon after.

import { tab, write } from "./api.js";
import { afterPause } from "./dom.js";
import { emit } from "./state.js";

/**
 * @typedef {object} Draft
 * @property {string} document
 * @property {string} language
 * @property {string} id
 * @property {string} text
 * @property {string} base the digest of the entry that the person saw
 * @property {number} time
 * @property {string} [tab]
 * @property {string} [origin] the tab that typed it, if it comes from the program's journal
 */

const START = "desk:typed:";
const name = (/** @type {string[]} */ ...parts) => START + parts.map(encodeURIComponent).join("/");

/** Keep what is typed; says whether the browser took it. @param {Draft} draft */
export function keepDraft(draft) {
  const kept = { ...draft, tab };
  try {
    localStorage.setItem(name(draft.document, draft.language, draft.id, tab), JSON.stringify(kept));
    emit("drafts", draft.id);
    return true;
  } catch {
    // The store is full or closed: the program's journal still has it.
    return false;
  }
}

/** What was read of the store; a long text is not read again at each key. @type {Map<string, {text: string|null, draft: Draft|null}>} */
let known = new Map();

/** Return every draft in this browser, newest first. @returns {Draft[]} */
export function allDrafts() {
  const now = new Map();
  for (let number = 0; number < localStorage.length; number++) {
    const key = localStorage.key(number) ?? "";
    if (!key.startsWith(START)) continue;
    const [text, old] = [localStorage.getItem(key), known.get(key)];
    now.set(key, old?.text === text ? old : { text, draft: read(text) });
  }
  known = now;
  const found = [...known.values()].map((one) => one.draft).filter((one) => one !== null);
  return found.sort((one, other) => other.time - one.time);
}

/** @param {string|null} text @returns {Draft|null} */
function read(text) {
  try {
    const draft = JSON.parse(text ?? "");
    return typeof draft?.text === "string" && typeof draft.id === "string" ? draft : null;
  } catch {
    return null;
  }
}

/**
 * Return the drafts of a sentence: that of this tab first, then newest first.
 * @param {string} document @param {string} language @param {string} id
 */
export function draftsOf(document, language, id) {
  const own = (/** @type {Draft} */ one) => one.document === document && one.language === language && one.id === id;
  return allDrafts().filter(own).sort((one, other) => Number(other.tab === tab) - Number(one.tab === tab));
}

/**
 * Forget the drafts of a sentence that have the text that its catalog has now; the program forgets
 * those of other tabs too: a text that was restored is of a tab that may be gone.
 * @param {string} document @param {string} language @param {string} id @param {string} text
 */
export function dropDraft(document, language, id, text) {
  for (const draft of draftsOf(document, language, id)) {
    if (draft.text !== text) continue;
    localStorage.removeItem(name(document, language, id, draft.tab ?? tab));
    if (draft.tab !== tab) dropTyped(document, language, id, draft.origin ?? draft.tab);
  }
  emit("drafts", id);
}

/** Forget one draft, whatever it has. @param {Draft} draft */
export function forgetDraft(draft) {
  localStorage.removeItem(name(draft.document, draft.language, draft.id, draft.tab ?? tab));
  const owner = draft.origin ?? draft.tab ?? tab;
  if (owner !== tab) dropTyped(draft.document, draft.language, draft.id, owner);
  emit("drafts", draft.id);
}

/**
 * Let the program forget what it keeps of a sentence, as a tab typed it.
 * @param {string} document @param {string} language @param {string} id @param {string} [owner]
 */
export function dropTyped(document, language, id, owner = tab) {
  if (waiting?.id === id && owner === tab) waiting = null;
  void write("/api/typed/drop", { document, language, id, tab: owner }).catch(() => {});
}

/** Put a draft of the program's journal into this browser, unless it has a newer one. @param {Draft} draft */
export function takeDraft(draft) {
  const known = draftsOf(draft.document, draft.language, draft.id);
  if (known.some((one) => one.text === draft.text || one.time >= draft.time)) return false;
  const kept = { ...draft, tab: "journal", origin: draft.tab };
  try {
    localStorage.setItem(name(draft.document, draft.language, draft.id, "journal"), JSON.stringify(kept));
  } catch {
    return false;
  }
  emit("drafts", draft.id);
  return true;
}

// ---- what the program gets

/** @type {Draft|null} */
let waiting = null;
let busy = false;
/** @type {(draft: Draft, answer: any, refused?: any) => void} */
let answered = () => {};

const soon = afterPause(tell, 120);
let last = 0;

/** Call a function with what the program finds in a text as it is typed. @param {typeof answered} listener */
export function onAnswer(listener) {
  answered = listener;
}

/** Tell the program of what is typed, after a short pause. @param {Draft} draft */
export function tellTyped(draft) {
  waiting = draft;
  // While somebody types on without a pause, it gets the text at times all the same.
  if (Date.now() - last > 1500) tell();
  else soon();
}

/** Ask what the program finds in a text that it keeps already. @param {Draft} draft */
export async function tellKnown(draft) {
  try {
    answered(draft, await write("/api/typed", { ...body(draft), known: true }));
  } catch {
    // It is asked again with the next key.
  }
}

/** Tell the program at once of what waits: the page is about to go. */
export function tellNow() {
  if (waiting) void write("/api/typed", body(waiting), { keepalive: true }).catch(() => {});
}

/** Tell nothing of a sentence that is being saved. @param {string} id */
export function tellNothing(id) {
  if (waiting?.id === id) waiting = null;
}

async function tell() {
  if (busy || !waiting) return;
  const draft = waiting;
  waiting = null;
  busy = true;
  last = Date.now();
  try {
    const answer = await write("/api/typed", body(draft));
    answered(draft, answer);
  } catch (error) {
    if (error.passing) waiting ??= draft;
    answered(draft, null, error);
  } finally {
    busy = false;
    if (waiting) window.setTimeout(tell, waiting === draft ? 3000 : 180);
  }
}

const body = (/** @type {Draft} */ { document, language, id, text, base }) => ({ document, language, id, text, base });
