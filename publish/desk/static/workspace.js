// The workspace: every document in every language, with how far it is.

import { ask, path } from "./api.js";
import { make, part } from "./dom.js";
import { tellWhy } from "./refusals.js";
import { mayTranslate, mayWork } from "./rights.js";
import { emit, on, state } from "./state.js";
import { isTongue, language as spoken, number, percent, t } from "./words.js";

let timer = 0;

/** Start: the search, and what changes. */
export function startWorkspace() {
  const search = /** @type {HTMLInputElement} */ (part("find"));
  search.addEventListener("input", () => draw());
  const again = async () => {
    await fetchWorkspace().catch(() => {});
    if (!state.text) draw();
  };
  on("live workspace", again);
  on("live documents", () => state.text || again());  // Asked for when it is shown again.
}

/** Ask for the workspace; documents that are not measured yet are asked for again. */
export async function fetchWorkspace() {
  state.workspace = await ask("/api/workspace");
  clearTimeout(timer);
  const whole = state.workspace.documents.every((/** @type {any} */ one) => one.languages.every(Boolean));
  if (!whole) timer = window.setTimeout(more, 300);
  emit("documents");
}

async function more() {
  await fetchWorkspace().catch(() => {});
  if (!state.text) draw();
}

/** Titles that several documents have: their names tell them apart. @type {Set<string>} */
let shared = new Set();

/** Show the workspace. */
export function draw() {
  const workspace = state.workspace;
  const words = /** @type {HTMLInputElement} */ (part("find")).value.trim().toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const found = workspace.documents.filter((/** @type {any} */ one) => {
    const text = [one.name, ...one.languages.map((/** @type {any} */ own) => own?.title ?? "")].join(" ").toLocaleLowerCase();
    return words.every((word) => text.includes(word));
  });
  const titles = workspace.documents.map(titleOf);
  const seen = new Set();
  shared = new Set(titles.filter((/** @type {string} */ one) => seen.has(one) || !seen.add(one)));
  const rows = found.map((/** @type {any} */ one) => keptRow(one));
  if (!workspace.documents.length) rows.push(make("li", { class: "document" }, make("p", {}, t("There is no document yet."), " ",
    mayWork() ? make("a", { href: "#/work", text: t("Import a Word file, a web page or a text") }) : "")));
  showRows(rows);
  part("documents-count").textContent = t("Documents: {count}", { count: number(found.length) });
  part("find").hidden = workspace.documents.length < 8;
}

/** The rows as they are shown, with what they were made of. @type {Map<string, {made: string, row: HTMLElement}>} */
const kept = new Map();

/** Return the row of a document: the one that is there, if nothing of it has changed. @param {any} one */
function keptRow(one) {
  const made = JSON.stringify([one, shared.has(titleOf(one)), state.workspace.languages, state.workspace.source]);
  const known = kept.get(one.name);
  if (known?.made === made) return known.row;
  const row = documentRow(one);
  kept.set(one.name, { made, row });
  return row;
}

/** Put rows in the place of those that are there; what stays is not touched, and keeps the focus. @param {HTMLElement[]} rows */
function showRows(rows) {
  const list = part("documents");
  const focused = list.contains(document.activeElement) ? document.activeElement?.getAttribute("href") : null;
  const wanted = new Set(rows);
  for (const old of [...list.children]) if (!wanted.has(/** @type {HTMLElement} */ (old))) old.remove();
  for (const [at, row] of rows.entries()) if (list.children[at] !== row) list.insertBefore(row, list.children[at] ?? null);
  const link = focused && list.querySelector(`a[href="${CSS.escape(focused)}"]`);
  if (link && document.activeElement !== link) /** @type {HTMLElement} */ (link).focus({ preventScroll: true });
}

function documentRow(/** @type {any} */ one) {
  const title = titleOf(one);
  const item = make("li", { class: "document" }, make("div", { class: "about" }, make("h2", { text: title || one.name, title: one.name, dir: "auto" }),
    title && shared.has(title) ? make("p", { class: "faint", text: one.name, dir: "ltr" }) : "",
    one.error ? make("p", { class: "fault" }, ...tellWhy({ message: one.error })) : ""));
  const list = make("ul", { class: "tongues" });
  for (const [at, language] of state.workspace.languages.entries()) {
    list.append(languageCell(one, language, one.languages[at]));
  }
  item.append(list);
  return item;
}

/** The title of a document in the language of the person, else in that of the source; empty without one. @param {any} one */
function titleOf(one) {
  /** @type {Array<[string, string]>} */
  const titles = state.workspace.languages.map((/** @type {any} */ own, /** @type {number} */ at) => [own.tag, one.languages[at]?.title ?? ""]);
  const found = (/** @type {string} */ tag) => titles.find(([own, text]) => text && isTongue(own, tag))?.[1];
  return found(spoken) ?? found(state.workspace.source) ?? "";
}

/** The title of a document by its name; its name without one. @param {string} name */
export function titleOfDocument(name) {
  const one = state.workspace.documents.find((/** @type {any} */ own) => own.name === name);
  return (one && titleOf(one)) || name;
}

function languageCell(/** @type {any} */ document, /** @type {any} */ language, /** @type {any} */ one) {
  const cell = make("a", { href: `#/${path(document.name, language.tag)}`, class: "tongue" });
  cell.append(make("span", { class: "name", text: language.name, lang: language.tag, dir: language.direction }));
  if (!one) {
    cell.append(make("span", { class: "share", text: t("being counted…") }));
    return make("li", {}, cell);
  }
  if (one.error) {
    cell.append(make("span", { class: "fault" }, ...tellWhy({ message: one.error })));
    return make("li", {}, cell);
  }
  if (language.tag === state.workspace.source) {
    cell.append(make("span", { class: "share", text: mayTranslate(language.tag) ? t("the source; what is saved here corrects it") : t("the source") }));
    return make("li", {}, cell);
  }
  if (!one.sentences) {
    // Nothing of nothing is no whole.
    cell.append(make("span", { class: "share", text: t("not begun yet") }));
    return make("li", {}, cell);
  }
  const translated = one.sentences - one.untranslated - one.fuzzy;
  cell.append(bar(one), make("span", { class: "share", text: t("translated {translated}, approved {approved}", {
      translated: percent(translated, one.sentences), approved: percent(one.approved, one.sentences) }) }));
  const marks = make("span", { class: "badges" });
  const add = (/** @type {string} */ kind, /** @type {string} */ text) => marks.append(make("span", { class: `badge ${kind}`, text }));
  if (one.errors) add("error", `▲ ${t("errors: {count}", { count: number(one.errors) })}`);
  if (one.warnings) add("warning", `△ ${t("warnings: {count}", { count: number(one.warnings) })}`);
  if (one.rejected) add("error", `✕ ${t("rejected: {count}", { count: number(one.rejected) })}`);
  cell.append(marks);
  return make("li", {}, cell);
}

/**
 * A bar of what is approved, translated, to be worked on and not translated.
 * @param {{sentences: number, approved: number, untranslated: number, fuzzy: number}} one
 */
export function bar(one) {
  const holder = make("span", { class: "progress", "aria-hidden": "true" });
  const rest = one.sentences - one.approved - one.untranslated - one.fuzzy;
  for (const [kind, count] of /** @type {Array<[string, number]>} */ ([["approved", one.approved], ["translated", rest], ["fuzzy", one.fuzzy]])) {
    if (!count) continue;
    const piece = make("span", { class: kind });
    piece.style.setProperty("inline-size", `${(100 * count) / Math.max(1, one.sentences)}%`);
    holder.append(piece);
  }
  return holder;
}
