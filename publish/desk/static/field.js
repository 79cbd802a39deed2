// The field of the translation: plain text in which the marks are seen, and keys that set them.

import { make, part, put } from "./dom.js";
import { compareMarks, listMarks, lostMarks, showMark, writeMark } from "./marks.js";
import { t } from "./words.js";

/** @returns {HTMLTextAreaElement} */
export const field = () => /** @type {HTMLTextAreaElement} */ (part("field"));

/** A longer text is shown without its marks, so that it can be typed in; one still longer, in long lines. */
const [LONG, HUGE] = [20_000, 200_000];

/** Make the field ready for a text of so many letters, before it is laid out. @param {number} size */
export function makeRoom(size) {
  put(field(), "data-long", size > HUGE ? "huge" : size > LONG ? "" : null);
}

/** Whether the text in the field is too long to look at with each key. */
export const isLong = () => field().value.length > LONG;

/** Whether a focus would bring up the keyboard of a phone, over a sentence that is not read yet. */
export const callsKeyboard = () => window.matchMedia("(pointer: coarse)").matches && document.activeElement !== field();

/** Put text in at the cursor, so that the browser's own undo knows it. @param {string} text */
export function insert(text) {
  const area = field();
  if (area.readOnly) return;
  area.focus();
  if (!document.execCommand("insertText", false, text)) {
    area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

/** Exchange the whole text, so that the browser's own undo knows it. @param {string} text */
export function replaceText(text) {
  field().focus();
  field().select();
  if (text) insert(text);
  else if (field().value) document.execCommand("delete");
}

/**
 * Set the text without a word to anybody; the cursor stays if it can.
 * @param {string} text
 * @param {boolean} [fresh] whether it is that of another sentence: the cursor is at its end
 */
export function setText(text, fresh = false) {
  const area = field();
  if (area.value === text) return;
  const { selectionStart, selectionEnd } = area;
  area.value = text;
  if (fresh) area.setSelectionRange(text.length, text.length);
  else if (document.activeElement === area) {
    area.setSelectionRange(Math.min(selectionStart, text.length), Math.min(selectionEnd, text.length));
  }
}

/** Set a mark around what is chosen. @param {string} kind @param {string} name */
export function setMark(kind, name) {
  const area = field();
  if (area.readOnly) return;
  const { selectionStart: start, selectionEnd: end } = area;
  const chosen = area.value.slice(start, end);
  const written = writeMark(kind, name, chosen);
  insert(written.text);
  if (!chosen) area.setSelectionRange(start + written.from, start + written.from);
}

/** Set the first link, note or image that is missing. @param {string} source @param {string[]} kinds */
export function setMissing(source, kinds) {
  const rows = compareMarks(source, field().value).filter((one) => kinds.includes(one.kind));
  const one = rows.find((row) => row.found < row.wanted) ?? rows.find((row) => row.wanted);
  if (one) setMark(one.kind, one.name);
}

/** @param {string} kind @param {string} name */
export function markWord(kind, name) {
  if (kind === "link") return t("link {name}", { name });
  if (kind === "image") return t("image {name}", { name });
  if (kind === "note") return t("note {name}", { name });
  if (kind === "code") return t("code {name}", { name });
  if (kind === "formula") return t("formula {name}", { name });
  if (kind === "styled") return t("mark {name}", { name });
  return kind === "strong" ? t("strong emphasis") : t("emphasis");
}

/**
 * Show the marks under the text, on their buttons, and those that are lost.
 * @param {string} source
 * @param {Record<string, string>} legend addresses by number
 * @param {Array<{before: string, after: string, count: number}>} [styled]
 */
export function showMarks(source, legend, styled = []) {
  const area = field();
  paint(area.value);
  const rows = compareMarks(source, area.value, styled);
  drawButtons(rows, legend);
  const lost = area.value.trim() && area.value !== "{joined}" ? lostMarks(source, area.value) : [];
  const line = part("lost");
  const text = lost.length
    ? t("Lost: {marks}. Readers would not find what it leads to.", { marks: lost.map((one) => markWord(one.kind, one.name)).join(", ") })
    : "";
  if (line.textContent !== text) line.textContent = text;
  line.hidden = !text;
  return lost;
}

/** @typedef {{kind: string, from: number, to: number}} Spot */

/** @type {Spot[]} */
let spots = [];

/** Show where the findings are. @param {Spot[]} found */
export function showSpots(found) {
  spots = found;
  paint(field().value);
}

function paint(/** @type {string} */ text) {
  const under = part("under");
  makeRoom(text.length);
  if (text.length > LONG) {
    under.replaceChildren();
    return;
  }
  const found = [...spots, ...listMarks(text)].sort((one, other) => one.from - other.from);
  const pieces = [];
  let end = 0;
  for (const { kind, from, to } of found) {
    if (from < end || to > text.length) continue;
    pieces.push(text.slice(end, from), make("mark", { class: kind, text: text.slice(from, to) }));
    end = to;
  }
  // A last line that is empty has no height without something in it.
  under.replaceChildren(...pieces, `${text.slice(end)}\u200b`);
}

/** @param {ReturnType<typeof compareMarks>} rows @param {Record<string, string>} legend */
function drawButtons(rows, legend) {
  const bar = part("marks");
  const wanted = rows.filter((one) => one.wanted);
  const names = wanted.map((one) => `${one.kind} ${one.name}`).join("\n");
  if (bar.getAttribute("data-names") !== names) {
    put(bar, "data-names", names);
    bar.replaceChildren(...wanted.map((one) => markButton(one.kind, one.name, legend)));
    bar.hidden = !wanted.length;
  }
  for (const [number, one] of wanted.entries()) {
    const missing = one.found < one.wanted;
    const own = bar.children[number];
    put(own, "data-missing", missing ? "" : null);
    const label = own.querySelector(".mark-state");
    const sign = missing ? "!" : "✓";
    if (label && label.textContent !== sign) label.textContent = sign;
    const told = own.querySelector(".unseen");
    const word = `${markWord(one.kind, one.name)}, ${missing ? t("missing") : t("there")}`;
    if (told && told.textContent !== word) told.textContent = word;
  }
}

/** @param {string} kind @param {string} name @param {Record<string, string>} legend */
function markButton(kind, name, legend) {
  const act = () => setMark(kind, name);
  const [word, shown] = [markWord(kind, name), showMark(kind, name)];
  const one = make("button", { type: "button", class: "mark-button", title: legend[name] ?? null, on: { click: act } });
  // The field keeps its choice of text while the button is pressed.
  one.addEventListener("mousedown", (event) => event.preventDefault());
  one.append(
    make("span", { class: "mark-state", "aria-hidden": "true" }),
    make("span", { "aria-hidden": "true", text: word }),
    word.includes(shown) ? "" : make("code", { "aria-hidden": "true", dir: "ltr", text: shown }),
    make("span", { class: "unseen" }),
  );
  return one;
}
