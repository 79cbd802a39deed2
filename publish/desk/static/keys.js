// Keys: one table of what can be done, read by the listener and by the help.

import { copySource, joinToEarlier, useSuggestion } from "./aids.js";
import { make, part } from "./dom.js";
import { isDirty, saveAndGo, saveText, setNextLink, setNextNote } from "./editor.js";
import { focusField, insert, isField, setMark, switchField } from "./field.js";
import { goToNeeding, step } from "./panel.js";
import { act } from "./review.js";
import { undo } from "./saving.js";
import { emit, state } from "./state.js";
import { STATES, stateSign, stateWord, t } from "./words.js";

/** @typedef {{keys: string, word: () => string, run: (event: KeyboardEvent) => void|boolean, where?: "field"|"outside"}} Key */

const VIEWS = ["translation", "source", "interleaved", "pair", "pdf"];

/** @type {Key[]} */
const KEYS = [
  { keys: "Ctrl+Enter", word: () => t("Save and go to the next sentence that needs you"), run: saveAndGo },
  { keys: "Ctrl+S", word: () => t("Save"), run: () => void saveText() },
  { keys: "Ctrl+Z", word: () => t("Take the last save back, if nothing is typed"), run: takeBack, where: "field" },
  { keys: "Alt+ArrowDown", word: () => t("Next sentence"), run: () => step(1) },
  { keys: "Alt+ArrowUp", word: () => t("Previous sentence"), run: () => step(-1) },
  { keys: "Alt+J", word: () => t("Next sentence that needs you"), run: goToNeeding },
  { keys: "Alt+1", word: () => t("Put a suggestion in, by its number (1 to 9)"), run: () => useSuggestion(0) },
  { keys: "Alt+0", word: () => t("Put the source in"), run: copySource },
  { keys: "Alt+L", word: () => t("Set the next link"), run: () => void setNextLink() },
  { keys: "Alt+M", word: () => t("Set the next note"), run: () => void setNextNote() },
  { keys: "Ctrl+I", word: () => t("Emphasis"), run: () => setMark("emphasis", ""), where: "field" },
  { keys: "Ctrl+B", word: () => t("Strong emphasis"), run: () => setMark("strong", ""), where: "field" },
  { keys: "Alt+T", word: () => t("Show marks as bold, links and notes, or as they are written"), run: switchField },
  { keys: "Ctrl+Shift+Space", word: () => t("No-break space"), run: () => insert("\u00a0"), where: "field" },
  { keys: "Alt+A", word: () => t("Approve, or renew the approval, and go on"), run: () => act("approve") },
  { keys: "Alt+C", word: () => t("Confirm a translation that needs work"), run: () => act("accept") },
  { keys: "Alt+D", word: () => t("Settle the doubts about a sentence, and go on"), run: () => act("settle") },
  { keys: "Alt+R", word: () => t("Reject, with a reason"), run: () => act("reject") },
  { keys: "Alt+Q", word: () => t("Ask about the sentence"), run: () => act("ask") },
  { keys: "F6", word: () => t("From part to part: list, page, sentence"), run: () => nextPart(1) },
  { keys: "Shift+F6", word: () => t("The same, backwards"), run: () => nextPart(-1) },
  { keys: "Escape", word: () => t("From the field to the list"), run: leave, where: "field" },
  { keys: "Enter", word: () => t("From the list to the field"), run: () => false, where: "outside" },
  { keys: "/", word: () => t("Search"), run: () => search(), where: "outside" },
  { keys: "1", word: () => t("Another view, by its number (1 to 5)"), run: () => emit("shows", VIEWS[0]), where: "outside" },
  { keys: "?", word: () => t("This help"), run: () => openHelp(), where: "outside" },
];

/** Start: listen to keys, and write the help. */
export function startKeys() {
  document.addEventListener("keydown", pressed);
  part("help-open").addEventListener("click", openHelp);
  part("copy").addEventListener("click", copySource);
  part("join").addEventListener("click", joinToEarlier);
  const table = part("keys");
  for (const { keys, word } of KEYS) {
    table.append(make("div", {}, make("dt", {}, ...spelled(keys)), make("dd", { text: word() })));
  }
  const legend = part("legend");
  for (const name of Object.keys(STATES)) {
    const sample = make("span", { class: "sample", "data-unit": "", "data-state": name, text: stateWord(name) });
    legend.append(make("li", { "data-state": name }, make("span", { class: "sign", "aria-hidden": "true", text: stateSign(name) }), " ", sample));
  }
}

/** @param {string} keys */
function spelled(keys) {
  const apple = /Mac|iPhone|iPad/.test(navigator.platform);
  const names = { ArrowDown: "↓", ArrowUp: "↑", Ctrl: apple ? "⌘" : "Ctrl", Alt: apple ? "⌥" : "Alt" };
  return keys.split("+").flatMap((key, at) => [at ? "+" : "", make("kbd", { text: /** @type {any} */ (names)[key] ?? key })]);
}

/** @param {KeyboardEvent} event @param {string} keys */
function fits(event, keys) {
  const parts = keys.split("+");
  const key = parts.at(-1) ?? "";
  const wanted = (/** @type {string} */ name) => parts.includes(name);
  if (wanted("Ctrl") !== (event.ctrlKey || event.metaKey) || wanted("Alt") !== event.altKey) return false;
  if (key === "?" || key === "/") return event.key === key;
  if (wanted("Shift") !== event.shiftKey) return false;
  // Letters by their place on the keyboard too: a Russian layout has others.
  if (/^[A-Z]$/.test(key)) return event.code === `Key${key}` || event.key.toUpperCase() === key;
  return key === "Space" ? event.code === "Space" : event.key === key;
}

function pressed(/** @type {KeyboardEvent} */ event) {
  if (event.isComposing || document.querySelector("dialog[open]") || event.defaultPrevented) return;
  const target = /** @type {HTMLElement} */ (event.target);
  const writes = target.matches("input, textarea, select, [role=textbox]");
  if (!state.text) {
    if (event.key === "?" && !writes) openHelp();
    return;
  }
  const digit = /^Digit([1-9])$/.exec(event.code)?.[1];
  if (digit && event.altKey && !event.ctrlKey && !event.metaKey) {
    useSuggestion(Number(digit) - 1);
    event.preventDefault();
    return;
  }
  if (digit && !writes && !event.ctrlKey && !event.metaKey && VIEWS[Number(digit) - 1]) {
    emit("shows", VIEWS[Number(digit) - 1]);
    event.preventDefault();
    return;
  }
  for (const { keys, run, where } of KEYS) {
    if (!fits(event, keys) || (where === "field" && !isField(target)) || (where === "outside" && writes)) continue;
    if (run(event) !== false) event.preventDefault();
    return;
  }
}

function takeBack() {
  // Where something is typed the browser's own undo is meant.
  if (isDirty()) return false;
  undo();
  return true;
}

function leave() {
  part("list").focus({ preventScroll: true });
}

function search() {
  emit("show part", "list");
  part("search").focus();
}

function nextPart(/** @type {number} */ way) {
  const parts = [part("list"), state.shows === "pdf" ? part("pdf") : part("paper"), null];
  const roots = [part("list-part"), part("page-part"), part("panel")];
  const here = roots.findIndex((root) => root.contains(document.activeElement));
  const next = (here + way + parts.length) % parts.length;
  emit("show part", ["list", "page", "panel"][next]);
  const goal = parts[next];
  if (goal) goal.focus({ preventScroll: true });
  else focusField({ preventScroll: true });
}

function openHelp() {
  /** @type {HTMLDialogElement} */ (part("help")).showModal();
}
