// The field with its marks seen as such: bold is bold, a link shows where it leads.  Every letter of
// the text, those of marks too, is a letter here, in the same order: so nothing is lost by showing it.

import { part, put } from "./dom.js";
import { cutOut, paintText, signsOf, stepFrom } from "./richtext.js";

/** How what is typed gets into the text that is saved. @type {{read: () => string, write: (text: string) => void}} */
let model = { read: () => "", write: () => {} };
/** What is chosen, by letters of the text. @type {[number, number]} */
let spot = [0, 0];
let composing = false;
let painted = "";
let locked = false;

/** @typedef {{text: string, spot: [number, number]}} Version */

/** @type {{past: Version[], future: Version[], typing: number}} */
const history = { past: [], future: [], typing: 0 };
const MOST_VERSIONS = 500;
const PAUSE = 1000;

/** @returns {HTMLElement} */
export const rich = () => part("rich");

/** Whether the marks are shown as such, as this person chose. */
export const isRich = () => document.body.getAttribute("data-field") === "rich";

/** Start: listen to all that changes the text. @param {typeof model} given */
export function startRich(given) {
  model = given;
  const box = rich();
  box.addEventListener("beforeinput", before);
  box.addEventListener("input", () => composing && take());
  box.addEventListener("compositionstart", () => {
    note(false);
    composing = true;
  });
  box.addEventListener("compositionend", () => {
    composing = false;
    take();
    redraw();
  });
  box.addEventListener("keydown", pressed);
  for (const kind of ["copy", "cut"]) box.addEventListener(kind, (event) => copied(/** @type {ClipboardEvent} */ (event)));
  // What is drawn from here would be cut at places that are not those of the text any more.
  box.addEventListener("dragstart", (event) => event.preventDefault());
  document.addEventListener("selectionchange", moved);
}

/** Let nobody write, or somebody again. @param {boolean} wanted */
export function lockRich(wanted) {
  locked = wanted;
  put(rich(), "contenteditable", wanted ? "false" : "true");
  put(rich(), "aria-readonly", wanted ? "true" : null);
  put(rich(), "tabindex", "0");
}

/** Forget what could be taken back: another sentence is shown. */
export function forgetHistory() {
  Object.assign(history, { past: [], future: [], typing: 0 });
  const end = model.read().length;
  spot = [end, end];
}

/** What is chosen, by letters of the text. */
export const richSpot = () => spot;

/** Choose letters of the text. @param {number} from @param {number} to */
export function chooseRich(from, to) {
  spot = [from, to];
  if (document.activeElement === rich()) showSpot();
}

/**
 * Show a text; the cursor stays at its letter.
 * @param {string} text
 * @param {Record<string, string>} legend addresses by number
 * @param {Array<{kind: string, from: number, to: number}>} spots where something was found
 */
export function paintRich(text, legend, spots) {
  if (composing) return;
  const key = JSON.stringify([text, legend, spots]);
  if (key === painted) return;
  painted = key;
  const focused = document.activeElement === rich();
  rich().replaceChildren(...paintText(text, legend, spots), document.createElement("br"));
  spot = [Math.min(spot[0], text.length), Math.min(spot[1], text.length)];
  if (focused) showSpot();
}

function redraw() {
  painted = "";
  model.write(model.read());
}

/** Put text in the place of what is chosen. @param {string} text */
export function insertRich(text) {
  if (locked) return;
  rich().focus({ preventScroll: true });
  exchange(spot[0], spot[1], text, false);
}

// ---- changes

/**
 * Exchange letters; signs of marks that go on beside them stay.
 * @param {number} from @param {number} to @param {string} words @param {boolean} typing
 */
function exchange(from, to, words, typing) {
  const text = model.read();
  const done = cutOut(text, from, to, words);
  if (done.text === text) {
    chooseRich(done.at, done.at);
    return;
  }
  note(typing);
  spot = [done.at, done.at];
  model.write(done.text);
}

/** Note the text as it is, so that it can be taken back; what is typed on is one piece. @param {boolean} typing */
function note(typing) {
  const now = Date.now();
  if (!(typing && now - history.typing < PAUSE)) history.past.push({ text: model.read(), spot: [...spot] });
  if (history.past.length > MOST_VERSIONS) history.past.shift();
  history.typing = typing ? now : 0;
  history.future = [];
}

/** @param {"past"|"future"} way */
function travel(way) {
  const found = history[way].pop();
  if (!found || locked) return;
  history[way === "past" ? "future" : "past"].push({ text: model.read(), spot: [...spot] });
  history.typing = 0;
  spot = found.spot;
  model.write(found.text);
}

function before(/** @type {InputEvent} */ event) {
  // What an input method composes cannot be refused: it is read when it is there.
  if (composing || event.isComposing || event.inputType === "insertCompositionText") return;
  event.preventDefault();
  if (locked) return;
  moved();  // The browser tells of it later.
  const [from, to] = targetOf(event);
  const kind = event.inputType;
  if (kind === "historyUndo") travel("past");
  else if (kind === "historyRedo") travel("future");
  else if (kind === "insertLineBreak" || kind === "insertParagraph") exchange(from, to, "\n", false);
  else if (kind.startsWith("insert")) {
    const given = event.data ?? event.dataTransfer?.getData("text/plain") ?? "";
    exchange(from, to, given.replace(/\r\n?/g, "\n"), kind === "insertText" && from === to);
  } else if (kind.startsWith("delete")) erase(kind, from, to);
}

/** The letters that a change is about. @param {InputEvent} event @returns {[number, number]} */
function targetOf(event) {
  const [range] = event.getTargetRanges?.() ?? [];
  if (!range) return spot;
  const found = [letterAt(range.startContainer, range.startOffset), letterAt(range.endContainer, range.endOffset)];
  return [Math.min(...found), Math.max(...found)];
}

/** @param {string} kind @param {number} from @param {number} to */
function erase(kind, from, to) {
  const text = model.read();
  if (spot[0] !== spot[1]) [from, to] = spot;
  else if (kind === "deleteContentBackward") [from, to] = stepFrom(text, spot[0], -1);
  else if (kind === "deleteContentForward") [from, to] = stepFrom(text, spot[0], 1);
  exchange(from, to, "", false);
}

/** Take what an input method put in. */
function take() {
  const text = letters(rich());
  const [from, to] = chosen() ?? spot;
  spot = [from, to];
  if (text !== model.read()) model.write(text);
}

/** The letters of the field as they stand, whatever a browser made of them. @param {Node} node @returns {string} */
function letters(node) {
  let text = "";
  for (const one of node.childNodes) {
    if (one instanceof Text) text += one.data;
    else if (one instanceof HTMLBRElement) text += one === rich().lastChild ? "" : "\n";
    else text += letters(one);
  }
  return text;
}

// ---- keys and the clipboard

function pressed(/** @type {KeyboardEvent} */ event) {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.isComposing) return;
  const back = event.code === "KeyZ" && !event.shiftKey;
  const again = event.code === "KeyY" || (event.code === "KeyZ" && event.shiftKey);
  if (!(back ? history.past.length : again && history.future.length)) return;
  travel(back ? "past" : "future");
  event.preventDefault();
}

function copied(/** @type {ClipboardEvent} */ event) {
  event.preventDefault();
  moved();
  if (spot[0] === spot[1]) return;
  event.clipboardData?.setData("text/plain", model.read().slice(...spot));
  if (event.type === "cut" && !locked) exchange(spot[0], spot[1], "", false);
}

// ---- places: letters of the text, and where the browser has them

/** @param {Node} node @param {number} at */
function letterAt(node, at) {
  const range = document.createRange();
  range.setStart(rich(), 0);
  range.setEnd(node, at);
  return range.toString().length;
}

/** @returns {[number, number]|null} */
function chosen() {
  const selection = document.getSelection();
  if (!selection?.rangeCount || !rich().contains(selection.anchorNode)) return null;
  const range = selection.getRangeAt(0);
  if (!rich().contains(range.endContainer)) return null;
  return [letterAt(range.startContainer, range.startOffset), letterAt(range.endContainer, range.endOffset)];
}

/** The cursor was moved: it stands before or after a sign, never in it. */
function moved() {
  if (composing || document.activeElement !== rich()) return;
  const found = chosen();
  if (!found) return;
  const [from, to] = found;
  if (from !== to) {
    spot = found;
    return;
  }
  const sign = signsOf(model.read()).find(([start, end]) => start < from && from < end);
  const wanted = sign ? (spot[0] <= sign[0] ? sign[1] : spot[0] >= sign[1] ? sign[0] : nearer(from, sign)) : from;
  spot = [wanted, wanted];
  if (sign) showSpot();
}

/** @param {number} at @param {[number, number]} sign */
const nearer = (at, [start, end]) => (at - start < end - at ? start : end);

/** Put the browser's cursor where it is by letters. */
export function showSpot() {
  const range = document.createRange();
  range.setStart(...placeAt(spot[0]));
  range.setEnd(...placeAt(spot[1]));
  const selection = document.getSelection();
  selection?.removeAllRanges();
  selection?.addRange(range);
}

/** Where the browser has a letter: in words rather than in a sign. @param {number} letter @returns {[Node, number]} */
function placeAt(letter) {
  const walker = document.createTreeWalker(rich(), NodeFilter.SHOW_TEXT);
  let [start, last] = [0, /** @type {Text|null} */ (null)];
  for (let node = /** @type {Text|null} */ (walker.nextNode()); node; node = /** @type {Text|null} */ (walker.nextNode())) {
    const end = start + node.data.length;
    const words = !node.parentElement?.closest(".sign");
    if (letter < end || (letter === end && words)) {
      if (letter > start || words) return [node, letter - start];
      break;
    }
    last = node;
    start = end;
  }
  const sign = last?.parentElement?.closest(".sign");
  if (sign?.parentNode) return [sign.parentNode, [...sign.parentNode.childNodes].indexOf(sign) + 1];
  return [rich(), 0];
}
