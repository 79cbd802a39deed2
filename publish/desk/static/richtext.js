// A text with marks as elements, and what is left of its marks when letters of it are taken out.

import { make } from "./dom.js";
import { readMarks } from "./marks.js";

/** @typedef {import("./marks.js").Mark} Mark */

const TAGS = { strong: "strong", emphasis: "em", code: "code" };

/**
 * Return elements that have the letters of a text, no more and no fewer, with its marks as such.
 * @param {string} text
 * @param {Record<string, string>} legend addresses by number
 * @param {Array<{kind: string, from: number, to: number}>} [spots] where something was found, by letters
 */
export function paintText(text, legend, spots = []) {
  const marks = readMarks(text);
  let next = 0;
  /** @param {number} from @param {number} to */
  const words = (from, to) => {
    const pieces = [];
    let end = from;
    for (const { kind, from: start, to: stop } of spots) {
      if (start < end || stop > to) continue;
      pieces.push(text.slice(end, start), make("span", { class: kind, text: text.slice(start, stop) }));
      end = stop;
    }
    return [...pieces, text.slice(end, to)].filter(Boolean);
  };
  /** @param {number} from @param {number} to @returns {Array<Node|string>} */
  const within = (from, to) => {
    const pieces = [];
    let end = from;
    while (next < marks.length && marks[next].from < to) {
      const mark = marks[next++];
      pieces.push(...words(end, mark.from), whole(mark));
      end = mark.to;
    }
    return [...pieces, ...words(end, to)];
  };
  /** @param {Mark} mark */
  const whole = (mark) => {
    const { kind, from, to, open, close } = mark;
    const inner = within(from + open, to - close);
    return make(tagOf(mark), { class: `mark ${kind}` }, sign(text.slice(from, from + open), mark, close ? "open" : "alone", legend),
      ...inner, close ? sign(text.slice(to - close, to), mark, "close", legend) : "");
  };
  return within(0, text.length);
}

function tagOf(/** @type {Mark} */ { kind, name }) {
  if (kind === "styled") return { sub: "sub", sup: "sup", u: "u", s: "s" }[name] ?? "span";
  return /** @type {any} */ (TAGS)[kind] ?? "span";
}

/** A sign of a mark; that at the end of a link is shown as where it leads. */
function sign(/** @type {string} */ text, /** @type {Mark} */ { kind, name }, /** @type {string} */ side, /** @type {Record<string, string>} */ legend) {
  const address = legend[name] ?? "";
  const leads = side === "close" && (kind === "link" || kind === "image");
  const shown = leads ? `${name}${address ? ` ${shorten(address)}` : ""}` : null;
  return make("span", { class: `sign ${side}`, "data-shown": shown, title: (leads && address) || null, text });
}

/** The host of an address, or its end: enough to tell it from others. @param {string} address */
function shorten(address) {
  const host = /^[a-z]+:\/\/(?:www\.)?([^/?#]+)/i.exec(address)?.[1] ?? address;
  return host.length > 28 ? `…${host.slice(-27)}` : host;
}

// ---- signs

/** Return where the signs of marks stand. @param {string} text @returns {Array<[number, number]>} */
export function signsOf(text) {
  return readMarks(text).flatMap(({ from, to, open, close }) => {
    const first = /** @type {[number, number]} */ ([from, from + open]);
    return close ? [first, /** @type {[number, number]} */ ([to - close, to])] : [first];
  });
}

/**
 * Put words in the place of some letters.  A mark that goes on beside them keeps its signs: one goes
 * only as a whole, or with the last of its own words.
 * @param {string} text @param {number} from @param {number} to @param {string} words
 * @returns {{text: string, at: number}} the text, and the place after the words
 */
export function cutOut(text, from, to, words) {
  const marks = readMarks(text);
  const lone = marks.filter((one) => !one.close && one.kind !== "escape");
  for (const one of lone) {
    // A sign that stands for something is there, or it is not.
    if (one.from < to && from < one.to && from < to) [from, to] = [Math.min(from, one.from), Math.max(to, one.to)];
  }
  /** @type {Array<[number, number]>} */
  const kept = [];
  // What holds others comes before them: here it comes after, when it is known what is left in it.
  for (const one of marks.filter((own) => own.close).reverse()) {
    const [inner, stop] = [one.from + one.open, one.to - one.close];
    if (from <= one.from && one.to <= to) continue;
    if (!words && from < to && inner < stop && from <= inner && stop <= to) [from, to] = [Math.min(from, one.from), Math.max(to, one.to)];
    else kept.push([one.from, inner], [stop, one.to]);
  }
  // Within a sign there is no place for words.
  from = kept.find(([start, end]) => start < from && from < end)?.[1] ?? from;
  to = Math.max(from, to);
  const left = kept.sort((one, other) => one[0] - other[0]).map(([start, end]) => text.slice(Math.max(start, from), Math.max(from, Math.min(end, to)))).join("");
  return { text: text.slice(0, from) + words + left + text.slice(to), at: from + words.length };
}

const letters = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/**
 * Return the letter before or after a place, past the signs of marks that hold something.
 * @param {string} text @param {number} at @param {1|-1} way @returns {[number, number]}
 */
export function stepFrom(text, at, way) {
  const pairs = readMarks(text).filter((one) => one.close).flatMap((one) => [[one.from, one.from + one.open], [one.to - one.close, one.to]]);
  for (;;) {
    const sign = pairs.find(([from, to]) => (way < 0 ? from < at && at <= to : from <= at && at < to));
    if (!sign) break;
    at = way < 0 ? sign[0] : sign[1];
  }
  const parts = way < 0 ? [...letters.segment(text.slice(0, at))].at(-1) : [...letters.segment(text.slice(at, at + 200))][0];
  const size = parts?.segment.length ?? 0;
  return way < 0 ? [at - size, at] : [at, at + size];
}
