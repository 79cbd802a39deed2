// The field of the translation: its text as it is written, or with its marks shown as such.

import { make, part, put } from "./dom.js";
import { compareMarks, listMarks, lostMarks, readMarks, showMark, writeMark } from "./marks.js";
import { chooseRich, forgetHistory, insertRich, isRich, lockRich, paintRich, rich, richSpot, startRich } from "./rich.js";
import { emit } from "./state.js";
import { t } from "./words.js";

/** What holds the text, also while it is shown with its marks. @returns {HTMLTextAreaElement} */
export const field = () => /** @type {HTMLTextAreaElement} */ (part("field"));

/** A longer text is shown without its marks, so that it can be typed in; one still longer, in long lines. */
const [LONG, HUGE] = [20_000, 200_000];

/** Make the field ready for a text of so many letters, before it is laid out. @param {number} size */
export function makeRoom(size) {
  put(field(), "data-long", size > HUGE ? "huge" : size > LONG ? "" : null);
}

/** Whether the text in the field is too long to look at with each key. */
export const isLong = () => field().value.length > LONG;

const KEPT = "desk:field";
/** Whether this person wants marks shown as such; a long text is shown as it is written. */
let wanted = false;

/** Start: the way to show the text that this person chose before. */
export function startField() {
  startRich({
    read: () => field().value,
    write: (text) => {
      field().value = text;
      field().dispatchEvent(new Event("input", { bubbles: true }));
    },
  });
  part("field-label").addEventListener("click", () => isRich() && focusField());
  part("rich-shown").addEventListener("click", switchField);
  wanted = localStorage.getItem(KEPT) === "rich";
  setRich(wanted);
}

function setRich(/** @type {boolean} */ shown) {
  put(document.body, "data-field", shown ? "rich" : "plain");
  put(part("rich-shown"), "aria-pressed", String(shown));
  field().hidden = shown;
  part("under").hidden = shown;
  rich().hidden = !shown;
}

/** Show the text in the way that is wanted and possible; what is chosen stays chosen. */
function arrange() {
  if (isRich() === (wanted && !isLong())) return;
  const [focused, spot] = [hasFocus(), chosenSpot()];
  setRich(!isRich());
  choose(...spot);
  if (focused) focusField();
}

/** Show marks as such, or as they are written; what is chosen stays chosen. */
export function switchField() {
  const [focused, spot] = [hasFocus(), chosenSpot()];
  wanted = !isRich();
  try {
    localStorage.setItem(KEPT, wanted ? "rich" : "plain");
  } catch {
    // The store is full or closed: the choice is made anew next time.
  }
  setRich(wanted && !isLong());
  paint(field().value);
  chooseLetters(...spot);
  emit("field shown");
  if (focused) focusField();
}

/** Let the cursor into the field. @param {FocusOptions} [how] */
export function focusField(how) {
  const box = isRich() ? rich() : field();
  if (document.activeElement === box) return;
  box.focus(how);
  if (isRich()) chooseRich(...richSpot());
}

/** Whether the cursor is in the field. */
export const hasFocus = () => document.activeElement === (isRich() ? rich() : field());

/** Whether an element is the field. @param {EventTarget|null} node */
export const isField = (node) => node === field() || node === rich();

/** Let nobody write, or somebody again. @param {boolean} wanted */
export function lock(wanted) {
  field().readOnly = wanted;
  lockRich(wanted);
}

/** What is chosen, by letters. @returns {[number, number]} */
function chosenSpot() {
  return isRich() ? richSpot() : [field().selectionStart, field().selectionEnd];
}

/** Choose letters. @param {number} from @param {number} to */
export function chooseLetters(from, to) {
  if (isRich()) chooseRich(from, to);
  else field().setSelectionRange(from, to);
}

/** Whether a focus would bring up the keyboard of a phone, over a sentence that is not read yet. */
export const callsKeyboard = () => window.matchMedia("(pointer: coarse)").matches && !hasFocus();

/** Put text in at the cursor, so that it can be undone. @param {string} text */
export function insert(text) {
  const area = field();
  if (area.readOnly) return;
  if (isRich()) {
    insertRich(text);
    return;
  }
  area.focus();
  if (!document.execCommand("insertText", false, text)) {
    area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

/** Exchange the whole text, so that it can be undone. @param {string} text */
export function replaceText(text) {
  focusField();
  chooseLetters(0, field().value.length);
  if (text || isRich()) insert(text);
  else if (field().value) document.execCommand("delete");
}

/**
 * Set the text without a word to anybody; the cursor stays if it can.
 * @param {string} text
 * @param {boolean} [fresh] whether it is that of another sentence: the cursor is at its end
 */
export function setText(text, fresh = false) {
  const area = field();
  if (area.value !== text) {
    const { selectionStart, selectionEnd } = area;
    area.value = text;
    if (fresh) area.setSelectionRange(text.length, text.length);
    else if (document.activeElement === area) {
      area.setSelectionRange(Math.min(selectionStart, text.length), Math.min(selectionEnd, text.length));
    }
  }
  if (fresh) forgetHistory();
}

/** Set a mark around what is chosen; emphasis that is there is taken away. @param {string} kind @param {string} name */
export function setMark(kind, name) {
  const area = field();
  if (area.readOnly) return;
  const [start, end] = chosenSpot();
  if (kind === "strong" || kind === "emphasis") {
    const around = readMarks(area.value).findLast((one) => one.kind === kind && one.from <= start && end <= one.to);
    if (around && (start < end || around.from < start)) {
      takeMark(around);
      return;
    }
  }
  const chosen = area.value.slice(start, end);
  const written = writeMark(kind, name, chosen);
  insert(written.text);
  if (!chosen) chooseLetters(start + written.from, start + written.from);
}

/** Leave the words of a mark without it. @param {import("./marks.js").Mark} mark */
function takeMark({ from, to, open, close }) {
  const words = field().value.slice(from + open, to - close);
  chooseLetters(from, to);
  insert(words);
  chooseLetters(from, from + words.length);
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
  if (kind === "break") return t("line break");
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
  addresses = legend;
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
/** The addresses of links by number. @type {Record<string, string>} */
let addresses = {};

/** Show where the findings are. @param {Spot[]} found */
export function showSpots(found) {
  spots = found;
  paint(field().value);
}

function paint(/** @type {string} */ text) {
  arrange();
  if (isRich()) {
    paintRich(text, addresses, spots.filter((one) => one.to <= text.length).sort((one, other) => one.from - other.from));
    return;
  }
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
