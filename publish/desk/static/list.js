// The list of sentences: only the rows in sight are made, and it never moves by itself.

import { make, part, put, unseen } from "./dom.js";
import { chosenRows, typedIds } from "./filters.js";
import { hasHit, markedLine } from "./hits.js";
import { needsMe } from "./rights.js";
import { choose, isDone, on, rowOf, rowsOf, state } from "./state.js";
import { number, percent, placeOf, stateSign, stateWord, t } from "./words.js";

/** @type {string[]} */
let ids = [];
/** @type {Map<string, number>} */
let at = new Map();
/** @type {Map<string, HTMLElement>} */
const made = new Map();
/** @type {Set<string>} */
let typed = new Set();
let height = 56;
let headed = "";
const SPARE = 6;

const box = () => part("list");
const rows = () => part("rows");

/** Start: listen to keys and scrolling. */
export function startList() {
  let asked = 0;
  const later = () => {
    asked ||= requestAnimationFrame(() => {
      asked = 0;
      draw();
    });
  };
  box().addEventListener("scroll", later, { passive: true });
  box().addEventListener("keydown", pressed);
  rows().addEventListener("click", (event) => {
    const row = /** @type {Element} */ (event.target).closest("[data-id]");
    if (row) choose(row.getAttribute("data-id") ?? "", { from: "list" });
  });
  rows().addEventListener("dblclick", () => choose(state.current, { from: "list", focus: true }));
  new ResizeObserver(() => {
    measure();
    later();
  }).observe(box());
  on("text", () => choosing(true));
  on("filter", () => choosing(false));
  on("rows", (changed) => {
    for (const id of changed) redraw(id);
    head();
  });
  on("drafts", () => {
    const before = typed;
    typed = typedIds();
    for (const id of new Set([...before, ...typed])) if (before.has(id) !== typed.has(id)) redraw(id);
  });
  on("current", ({ id, before }) => {
    for (const one of [before, id]) redraw(one);
    reveal(id);
  });
}

/** Return the ids that are listed, in order. */
export const listedIds = () => ids;

function choosing(/** @type {boolean} */ fresh) {
  ids = chosenRows().map((row) => row.id);
  at = new Map(ids.map((id, number) => [id, number]));
  typed = typedIds();
  for (const node of made.values()) node.remove();
  made.clear();
  measure();
  if (fresh || !at.has(state.current)) box().scrollTop = 0;
  rows().style.setProperty("block-size", `${ids.length * height}px`);
  const none = part("none");
  none.hidden = ids.length > 0;
  part("count").textContent = ids.length === state.text?.rows.length
    ? t("Sentences: {count}", { count: number(ids.length) })
    : t("{count} of {total} sentences", { count: number(ids.length), total: number(state.text?.rows.length ?? 0) });
  draw();
  if (state.current) reveal(state.current);
}

function measure() {
  const own = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) * 3.5;
  if (own === height || !own) return;
  height = own;
  rows().style.setProperty("block-size", `${ids.length * height}px`);
  for (const [id, node] of made) node.style.setProperty("inset-block-start", `${(at.get(id) ?? 0) * height}px`);
}

function draw() {
  const { scrollTop, clientHeight } = box();
  const first = Math.max(0, Math.floor(scrollTop / height) - SPARE);
  const last = Math.min(ids.length, Math.ceil((scrollTop + clientHeight) / height) + SPARE);
  const wanted = new Set(ids.slice(first, last));
  if (at.has(state.current)) wanted.add(state.current);
  for (const [id, node] of made) {
    if (wanted.has(id)) continue;
    node.remove();
    made.delete(id);
  }
  for (const id of wanted) if (!made.has(id)) made.set(id, add(id));
  put(box(), "aria-activedescendant", at.has(state.current) ? `desk-row-${at.get(state.current)}` : null);
  head();
}

function add(/** @type {string} */ id) {
  const number = at.get(id) ?? 0;
  const node = make("div", { role: "option", id: `desk-row-${number}`, class: "entry", "data-id": id, "aria-setsize": ids.length, "aria-posinset": number + 1 });
  node.style.setProperty("inset-block-start", `${number * height}px`);
  fill(node, id);
  // In the order of the text, for those who read it without seeing it.
  let next = null;
  for (const other of rows().children) {
    if (Number(other.getAttribute("aria-posinset")) > number + 1) {
      next = other;
      break;
    }
  }
  rows().insertBefore(node, next);
  return node;
}

function redraw(/** @type {string} */ id) {
  const node = made.get(id);
  if (node) fill(node, id);
}

function fill(/** @type {HTMLElement} */ node, /** @type {string} */ id) {
  const row = rowOf(id);
  if (!row) return;
  put(node, "aria-selected", String(id === state.current));
  put(node, "data-state", row.state);
  const [sign, text] = [make("span", { class: "sign", "aria-hidden": "true", title: stateWord(row.state), text: stateSign(row.state) }), state.text];
  const top = make("span", { class: "where", title: row.place }, placeOf(row), unseen(`, ${stateWord(row.state)}.`));
  const marks = make("span", { class: "badges" });
  if (typed.has(id)) marks.append(badge("typed", `✎ ${t("Not saved")}`, t("typed, not saved")));
  if (row.errors) marks.append(badge("error", `▲ ${number(row.errors)}`, t("errors: {count}", { count: row.errors })));
  if (row.warnings) marks.append(badge("warning", `△ ${number(row.warnings)}`, t("warnings: {count}", { count: row.warnings })));
  if (row.questions) marks.append(badge("asked", t("question"), t("has a question")));
  if (row.proposals) marks.append(badge("asked", t("proposal"), t("has a proposal")));
  if (row.doubtful) marks.append(badge("asked", t("doubt"), t("doubtful")));
  if (row.shared > 1) marks.append(badge("shared", `×${number(row.shared)}`, t("in {count} places", { count: row.shared })));
  // What is searched for may stand in the source only.
  const own = row.text && row.text !== "{joined}" && (hasHit(row.text) || !hasHit(row.source));
  const line = make("span", { class: own ? "line" : "line source" }, ...markedLine(own ? row.text : row.source));
  put(line, "dir", (own ? text?.direction : text?.sourceDirection) ?? null);
  put(line, "lang", (own ? text?.language : state.workspace?.source) ?? null);
  node.replaceChildren(sign, top, marks, line);
}

function badge(/** @type {string} */ kind, /** @type {string} */ shown, /** @type {string} */ said) {
  const one = make("span", { class: `badge ${kind}`, title: said });
  one.append(make("span", { "aria-hidden": "true", text: shown }), unseen(` ${said}.`));
  return one;
}

/** The section that the list is in, and how far it is. */
function head() {
  const first = rowOf(ids[Math.floor(box().scrollTop / height)] ?? "");
  const section = state.text?.sections.find((one) => one.id === first?.section);
  const own = section ? rowsOf(section.id) : [];
  const title = section ? section.title || t("Before the first heading") : "";
  const share = section ? percent(own.filter(isDone).length, own.length) : "";
  if (`${title} ${share}` === headed) return;
  headed = `${title} ${share}`;
  part("section").replaceChildren(title, " ", make("span", { class: "count", text: share }));
}

/** Bring the chosen sentence into sight, since the list is shown again. */
export function revealChosen() {
  if (state.current) reveal(state.current);
}

/** Bring a row into sight; the list stays if it is. @param {string} id */
function reveal(id) {
  const number = at.get(id);
  if (number !== undefined) {
    const [top, { scrollTop, clientHeight }] = [number * height, box()];
    if (top < scrollTop) box().scrollTop = top - height;
    else if (top + height > scrollTop + clientHeight) box().scrollTop = top + 2 * height - clientHeight;
  }
  draw();
}

/**
 * Return the sentence so many steps from the chosen one, in the order of the list.
 * @param {number} step
 */
export function neighbour(step) {
  const here = at.get(state.current);
  if (here !== undefined) return ids[Math.max(0, Math.min(ids.length - 1, here + step))];
  // The chosen one is not listed: the next one that is.
  const next = listedAfter();
  return ids[step > 0 ? next : next - 1];
}

/** The number in the list of the first sentence that stands after the chosen one in the text. */
function listedAfter() {
  const here = at.get(state.current);
  if (here !== undefined) return here + 1;
  const order = (/** @type {number} */ number) => state.text?.index.get(ids[number]) ?? 0;
  const own = state.text?.index.get(state.current) ?? -1;
  let [low, high] = [0, ids.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (order(middle) > own) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Return the next sentence that needs this person, after the chosen one and then from the start. */
export function nextNeeding() {
  const start = listedAfter();
  for (let step = 0; step < ids.length; step++) {
    const id = ids[(start + step) % ids.length];
    const row = rowOf(id);
    if (id !== state.current && row && needsMe(row)) return id;
  }
  return undefined;
}

function pressed(/** @type {KeyboardEvent} */ event) {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const page = Math.max(1, Math.floor(box().clientHeight / height) - 1);
  const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -ids.length, End: ids.length };
  const step = /** @type {any} */ (steps)[event.key];
  if (step) {
    const id = neighbour(step);
    if (id) choose(id, { from: "list" });
  } else if (event.key === "Enter") choose(state.current, { from: "list", focus: true });
  else return;
  event.preventDefault();
}

