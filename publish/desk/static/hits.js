// The words that are searched for, marked where they stand: in the list, on the page, in the source.

import { afterPause, make, part, put } from "./dom.js";
import { elementsOf } from "./page.js";
import { on, state } from "./state.js";

const NAME = "desk-hit";
/** So many places are marked on a page: more is a pattern, no answer. */
const MOST = 2000;
const AROUND = 10;

/** A text as it is searched: without case, kinds of letters, stress of ё, and what nobody sees. @param {string} text */
export const fold = (text) => text.normalize("NFKC").toLocaleLowerCase().replace(/[\u00ad\u2060]/g, "").replace(/ё/g, "е").replace(/ς/g, "σ");

/** @type {string[]} */
let words = [];
/** @type {() => Array<{id: string}>} */
let foundRows = () => [];

/** Start: mark what is found again whenever something else is searched or shown. @param {typeof foundRows} rows */
export function startHits(rows) {
  foundRows = rows;
  const later = afterPause(markPage, 120);
  for (const kind of ["filter", "page", "blocks", "text"]) on(kind, later);
  on("source shown", markPage);
}

/** Take the words that are searched for. @param {string[]} wanted folded */
export function setWords(wanted) {
  words = wanted.filter((word) => !/^¶\d+$/.test(word));
}

/** Whether one of the words is in a text. @param {string} text */
export const hasHit = (text) => words.some((word) => fold(text).includes(word));

/**
 * Return where words stand in a text that comes in pieces, each letter with what it is when folded.
 * @param {string[]} pieces
 * @returns {Array<{from: [number, number], to: [number, number]}>} the piece and the letter of both ends
 */
function findHits(pieces) {
  let folded = "";
  /** @type {Array<[number, number, number]>} */
  const places = [];
  for (const [piece, text] of pieces.entries()) {
    for (const found of text.matchAll(/\P{M}\p{M}*|\p{M}+/gsu)) {
      const own = fold(found[0]);
      for (let count = 0; count < own.length; count++) places.push([piece, found.index, found.index + found[0].length]);
      folded += own;
    }
  }
  const hits = [];
  for (const word of words) {
    for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + word.length)) {
      const [first, last] = [places[at], places[at + word.length - 1]];
      hits.push({ from: /** @type {[number, number]} */ ([first[0], first[1]]), to: /** @type {[number, number]} */ ([last[0], last[2]]) });
    }
  }
  return hits.sort((one, other) => one.from[0] - other.from[0] || one.from[1] - other.from[1]);
}

/** Return a text with the words marked, from shortly before the first of them. @param {string} text @returns {Array<string|HTMLElement>} */
export function markedLine(text) {
  const hits = words.length ? findHits([text]) : [];
  if (!hits.length) return [text];
  const first = hits[0].from[1];
  const start = first > AROUND * 1.5 ? text.lastIndexOf(" ", first - AROUND) + 1 : 0;
  const pieces = [];
  let end = start;
  for (const { from: [, from], to: [, to] } of hits) {
    if (from < end) continue;
    pieces.push(text.slice(end, from), make("mark", { text: text.slice(from, to) }));
    end = to;
  }
  return [start ? "…" : "", ...pieces, text.slice(end)].filter(Boolean);
}

// ---- the page, which is not changed by it

/** @param {Element} node @returns {Range[]} */
function rangesIn(node) {
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  /** @type {Text[]} */
  const nodes = [];
  for (let one = walker.nextNode(); one; one = walker.nextNode()) nodes.push(/** @type {Text} */ (one));
  return findHits(nodes.map((one) => one.data)).map(({ from, to }) => {
    const range = document.createRange();
    range.setStart(nodes[from[0]], from[1]);
    range.setEnd(nodes[to[0]], to[1]);
    return range;
  });
}

function markPage() {
  const page = part("paper");
  const ranges = [];
  if (!CSS.highlights) for (const node of page.querySelectorAll("[data-hit]")) put(node, "data-hit", null);
  if (words.length && state.text) {
    for (const { id } of foundRows()) {
      const twins = state.shows === "pair" || state.shows === "interleaved" ? page.querySelectorAll(`[data-twin~="${CSS.escape(id)}"]`) : [];
      for (const node of new Set([...elementsOf(id), ...twins])) {
        const own = rangesIn(node);
        ranges.push(...own);
        // A browser that cannot mark words without changing them marks their sentence.
        if (own.length && !CSS.highlights) put(node, "data-hit", "");
      }
      if (ranges.length > MOST) break;
    }
    ranges.push(...rangesIn(part("source")));
  }
  CSS.highlights?.set(NAME, new Highlight(...ranges));
}
