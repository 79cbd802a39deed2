// Differences between two texts, word by word, and how they are shown.

import { make, unseen } from "./dom.js";
import { t } from "./words.js";

/** @typedef {{kind: "same"|"gone"|"new", text: string}} Piece */

/** The most steps of the table; texts that need more are shown as wholly changed. */
const ROOM = 4_000_000;

/** Cut a text into words and what is between them. @param {string} text */
const cut = (text) => text.match(/[\p{L}\p{N}\p{M}]+|\s+|[^\p{L}\p{N}\p{M}\s]/gu) ?? [];

/** Return the differences of two texts. @param {string} before @param {string} after @returns {Piece[]} */
export function compareTexts(before, after) {
  const [old, now] = [cut(before), cut(after)];
  if (old.length * now.length > ROOM) return joined([["gone", before], ["new", after]]);
  const wide = now.length + 1;
  const table = new Uint32Array((old.length + 1) * wide);
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = now.length - 1; j >= 0; j--) {
      const skip = Math.max(table[(i + 1) * wide + j], table[i * wide + j + 1]);
      table[i * wide + j] = old[i] === now[j] ? table[(i + 1) * wide + j + 1] + 1 : skip;
    }
  }
  const pieces = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      pieces.push(["same", old[i]]);
      i++;
      j++;
    } else if (j >= now.length || (i < old.length
      && table[(i + 1) * wide + j] >= table[i * wide + j + 1])) pieces.push(["gone", old[i++]]);
    else pieces.push(["new", now[j++]]);
  }
  return joined(pieces);
}

/** @param {Array<[string, string]>} pieces @returns {Piece[]} */
function joined(pieces) {
  const found = [];
  for (const [kind, text] of pieces) {
    const last = found.at(-1);
    if (last?.kind === kind) last.text += text;
    else if (text) found.push({ kind, text });
  }
  return found;
}

/**
 * Show pieces: what is gone is struck through, what is new is underlined.
 * @param {Piece[]} pieces
 * @param {Record<string, any>} [given] attributes of the paragraph
 */
export function showPieces(pieces, given = {}) {
  const line = make("p", { class: "difference", ...given });
  for (const { kind, text } of pieces) {
    if (kind === "same") line.append(text);
    else if (kind === "gone") line.append(make("del", {}, unseen(t("taken out:") + " "), text));
    else line.append(make("ins", {}, unseen(t("put in:") + " "), text));
  }
  return line;
}
