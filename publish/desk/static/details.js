// What is known of one sentence, asked for once and kept until something changes.

import { ask, path } from "./api.js";
import { on, state } from "./state.js";

/** @type {Map<string, Promise<any>>} */
const kept = new Map();
/** @type {Map<string, any>} */
const ready = new Map();
/** Grows whenever what is known may have changed. */
let era = 0;

/** Start: forget what may have changed. */
export function startDetails() {
  on("text", forgetDetails);
  on("rows", forgetDetails);
  on("live changed", forgetDetails);
  on("saved", forgetDetails);
  on("details", forgetDetails);
  on("stale", forgetDetails);
}

/** Forget everything that is known. */
export function forgetDetails() {
  era += 1;
  kept.clear();
  ready.clear();
}

/** Return what is known at once of a sentence, if it is. @param {string} id */
export const detailsNow = (id) => ready.get(id);

/** Ask for what is known of a sentence. @param {string} id @returns {Promise<any>} */
export function fetchDetails(id) {
  const text = state.text;
  if (!text) return Promise.reject(new Error("nothing is open"));
  let answer = kept.get(id);
  if (!answer) {
    answer = ask(`/api/sentence/${path(text.document, text.language, id)}`).then(readDetails);
    kept.set(id, answer);
    const own = answer;
    answer.then(
      (found) => kept.get(id) === own && ready.set(id, found),
      () => kept.get(id) === own && kept.delete(id),
    );
  }
  return answer;
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

/** Ask for sentences that will soon be wanted. @param {Array<string|undefined>} ids */
export function prefetch(ids) {
  for (const id of ids) if (id) fetchDetails(id).catch(() => {});
}
