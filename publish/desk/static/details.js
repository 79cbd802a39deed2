// What is known of one sentence, asked for once and kept until something changes.

import { ask, path } from "./api.js";
import { on, state } from "./state.js";

/** What was asked; `ahead` ends a question that nobody waits for. @type {Map<string, {answer: Promise<any>, ahead: AbortController|null}>} */
const kept = new Map();
/** @type {Map<string, any>} */
const ready = new Map();
/** Grows whenever what is known may have changed. */
let era = 0;
/** Grows whenever others are asked for ahead. */
let wave = 0;

/** Start: forget what may have changed. */
export function startDetails() {
  on("text", forgetDetails);
  on("rows", forgetDetails);
  on("live changed", forgetDetails);
  on("saved", forgetDetails);
  on("details", forgetDetails);
  on("stale", forgetDetails);
  on("saving", leaveAhead);
}

/** Forget everything that is known. */
export function forgetDetails() {
  era += 1;
  leaveAhead();
  kept.clear();
  ready.clear();
}

/** Ask no more for what nobody waits for yet: something else is wanted first. */
function leaveAhead() {
  wave += 1;
  for (const [id, { ahead }] of kept) {
    if (!ahead || ready.has(id)) continue;
    ahead.abort();
    kept.delete(id);
  }
}

/** Return what is known at once of a sentence, if it is. @param {string} id */
export const detailsNow = (id) => ready.get(id);

/**
 * Ask for what is known of a sentence.
 * @param {string} id
 * @param {AbortController|null} [ahead] for a sentence that nobody waits for yet
 * @returns {Promise<any>}
 */
export function fetchDetails(id, ahead = null) {
  const text = state.text;
  if (!text) return Promise.reject(new Error("nothing is open"));
  const known = kept.get(id);
  if (known && (ahead || !known.ahead || ready.has(id))) return known.answer;
  known?.ahead?.abort();
  const address = `/api/sentence/${path(text.document, text.language, id)}`;
  const own = { answer: ask(ahead ? `${address}?ahead=1` : address, ahead?.signal).then(readDetails), ahead };
  kept.set(id, own);
  own.answer.then(
    (found) => kept.get(id) === own && ready.set(id, found),
    () => kept.get(id) === own && kept.delete(id),
  );
  return own.answer;
}

/**
 * Ask for what is known of a sentence, again if something changed before the answer came: an answer
 * of before a save must not be shown after it.
 * @param {string} id @returns {Promise<any>}
 */
export async function fetchFresh(id) {
  for (;;) {
    const asked = era;
    const found = await fetchDetails(id);
    if (asked === era || state.current !== id) return found;
  }
}

/** Put what the program tells of a sentence into the shape that the panel shows. @param {any} told */
function readDetails(told) {
  return {
    ...told,
    legend: Object.fromEntries(Array.isArray(told.legend) ? told.legend : Object.entries(told.legend ?? {})),
    old: told.old ? { text: told.old, pieces: readPieces(told.difference) } : null,
    suggestions: (told.suggestions ?? []).map((/** @type {any} */ one) => ({ ...one, pieces: readPieces(one.difference) })),
  };
}

const KINDS = { both: "same", old: "gone", new: "new" };

/** @param {Array<{text: string, side: "both"|"old"|"new"}>} [pieces] */
function readPieces(pieces) {
  return (pieces ?? []).map(({ text, side }) => ({ text, kind: KINDS[side] }));
}

/** Ask for sentences that will soon be wanted, one after another. @param {Array<string|undefined>} ids */
export async function prefetch(ids) {
  wave += 1;
  const own = wave;
  for (const id of ids) {
    if (own !== wave) return;
    if (id && !kept.has(id)) await fetchDetails(id, new AbortController()).catch(() => {});
  }
}
