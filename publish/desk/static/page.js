// The page: the edition as its readers see it, every sentence a target, coloured by its state.

import { say } from "./announce.js";
import { ask, path } from "./api.js";
import { make, part, put } from "./dom.js";
import { FarParts } from "./far.js";
import { PlaceKeeper, reveal } from "./place.js";
import { tellWhy } from "./refusals.js";
import { choose, emit, hasFindings, on, rowOf, state } from "./state.js";
import { t } from "./words.js";

const box = () => part("paper");
const page = () => /** @type {HTMLElement} */ (document.getElementById("page"));

/** @type {Map<string, HTMLElement[]>} */
let sentences = new Map();
/** Blocks that can be exchanged, by id. @type {Map<string, Element>} */
let blocks = new Map();
let shown = "";
/** @type {AbortController|null} */
let asking = null;
/** @type {PlaceKeeper} */
let place;
/** @type {FarParts} */
let far;

/** Start: listen to clicks on the page and to what changes. */
export function startPage() {
  place = new PlaceKeeper(box(), () => sentences, () => state.current);
  far = new FarParts(page());
  page().addEventListener("click", clicked);
  new ResizeObserver(() => place.restore()).observe(page());
  on("rows", (ids) => markRows(ids));
  on("current", ({ id, before, from }) => {
    point(id, before);
    if (from !== "page") showSentence(id);
  });
  on("blocks", (blocks) => (blocks ? takeBlocks(blocks) : void loadPage(true)));
}

/** Return the elements of a sentence on the page. @param {string} id */
export const elementsOf = (id) => sentences.get(id) ?? [];

/**
 * Fetch the page of the open text and show it.
 * @param {boolean} [again] whether it is the page that is shown already, which stays where it is
 */
export async function loadPage(again = false) {
  const text = state.text;
  if (!text || state.shows === "pdf") return;
  const wanted = `${text.document}\n${text.language}\n${state.shows}`;
  asking?.abort();
  asking = new AbortController();
  const address = `/api/page/${path(text.document, text.language)}?shows=${encodeURIComponent(state.shows)}`;
  put(box(), "aria-busy", "true");
  if (shown !== wanted) {
    page().replaceChildren(make("p", { class: "waiting", text: t("The page is being made…") }));
    sentences = new Map();
  }
  const worn = wearStyle(text);
  let answer;
  try {
    answer = await ask(address, asking.signal);
    await worn;
  } catch (error) {
    if (error.name !== "AbortError") {
      put(box(), "aria-busy", null);
      showFault(error);
    }
    return;
  }
  if (state.text !== text || `${text.document}\n${text.language}\n${state.shows}` !== wanted) return;
  const fill = () => {
    setPage(answer.html);
    put(page(), "lang", state.shows === "source" ? state.workspace?.source : text.language);
    put(page(), "dir", state.shows === "source" ? text.sourceDirection : text.direction);
    put(page(), "data-shows", state.shows);
  };
  if (again && shown === wanted) place.keep(fill);
  else {
    fill();
    if (state.current) showSentence(state.current);
  }
  shown = wanted;
  put(box(), "aria-busy", null);
  emit("page");
}

function showFault(/** @type {any} */ error) {
  page().replaceChildren(...tellWhy(error, `${t("The page cannot be shown.")} {reason}`));
  sentences = new Map();
}

/**
 * Put the style sheet of a page on; the page waits for it, so that it never shows without.
 * @param {import("./state.js").OpenText} text
 * @returns {Promise<void>}
 */
function wearStyle(text) {
  const sheet = /** @type {HTMLLinkElement} */ (document.getElementById("desk-edition-style"));
  const address = `/api/style/${path(text.document, text.language)}?shows=${encodeURIComponent(state.shows)}`;
  if (sheet.getAttribute("href") === address) return Promise.resolve();
  return new Promise((done) => {
    const go = () => done();
    for (const event of ["load", "error"]) sheet.addEventListener(event, go, { once: true });
    window.setTimeout(go, 5000);
    sheet.setAttribute("href", address);
  });
}

/** The page comes from the program's own serialiser, as the editions do. @param {string} html */
function parse(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  // The desk has its own main part; two would mislead those who go from part to part.
  for (const node of holder.content.querySelectorAll("main, nav, footer, header")) {
    const plain = document.createElement("div");
    for (const { name, value } of [...node.attributes]) plain.setAttribute(name, value);
    plain.removeAttribute("role");
    plain.append(...node.childNodes);
    node.replaceWith(plain);
  }
  for (const node of holder.content.querySelectorAll("[role^=doc-]")) node.removeAttribute("role");
  for (const link of holder.content.querySelectorAll("a[href]")) link.setAttribute("tabindex", "-1");
  return holder.content;
}

function setPage(/** @type {string} */ html) {
  page().replaceChildren(parse(html));
  sentences = new Map();
  blocks = new Map();
  collect(page());
  far.renew();
  if (state.text) markRows(state.text.rows.map((row) => row.id));
  point(state.current, "");
}

/** The ids of sentences that an element shows. @param {Element} node */
const idsOf = (node) => (node.getAttribute("data-unit") ?? "").split(" ").filter(Boolean);

/** Note the blocks and sentences within a part of the page. @param {ParentNode} root */
function collect(root) {
  for (const node of root.querySelectorAll("[data-block]")) blocks.set(node.getAttribute("data-block") ?? "", node);
  for (const node of root.querySelectorAll("[data-unit]")) {
    for (const id of idsOf(node)) {
      const known = sentences.get(id);
      if (known) known.push(/** @type {HTMLElement} */ (node));
      else sentences.set(id, [/** @type {HTMLElement} */ (node)]);
    }
  }
}

/** Exchange the blocks that changed; nothing else moves. @param {Array<{id: string, html: string}>} blocks */
function takeBlocks(blocks) {
  if (!blocks.length || state.shows === "pdf") return;
  place.keep(() => {
    for (const { id, html } of blocks) exchange(id, html);
  });
  point(state.current, "");
}

function exchange(/** @type {string} */ id, /** @type {string} */ html) {
  const old = blocks.get(id);
  if (!old) return;
  const content = parse(html);
  /** @type {Set<string>} */
  const ids = new Set();
  for (const node of [old, ...old.querySelectorAll("[data-unit]"), ...content.querySelectorAll("[data-unit]")]) {
    for (const one of idsOf(node)) ids.add(one);
  }
  const holder = document.createElement("div");
  holder.append(content);
  const fresh = [...holder.childNodes];
  old.replaceWith(...fresh);
  // Sentences that the old block had, and may be elsewhere too.
  for (const one of ids) sentences.set(one, (sentences.get(one) ?? []).filter((node) => node.isConnected));
  blocks.delete(id);
  for (const node of fresh) {
    if (!(node instanceof HTMLElement)) continue;
    if (node.dataset.block !== undefined) blocks.set(node.dataset.block, node);
    if (node.dataset.unit !== undefined) note(node);
    collect(node);
  }
  markRows(ids);
}

/** Note an element as one of its sentences. @param {HTMLElement} node */
function note(node) {
  for (const id of idsOf(node)) sentences.set(id, [...(sentences.get(id) ?? []), node]);
}

/** Show the states of sentences on the page. @param {Iterable<string>} ids */
function markRows(ids) {
  for (const id of ids) {
    const row = rowOf(id);
    if (!row) continue;
    const found = row.errors ? "error" : hasFindings(row) ? "warning" : null;
    for (const node of sentences.get(id) ?? []) {
      put(node, "data-state", row.state);
      put(node, "data-found", found);
    }
  }
}

function point(/** @type {string} */ id, /** @type {string} */ before) {
  for (const node of sentences.get(before) ?? []) put(node, "aria-current", null);
  for (const node of sentences.get(id) ?? []) put(node, "aria-current", "true");
  // In two languages, its source is seen too.
  if (state.shows !== "pair" && state.shows !== "interleaved") return;
  for (const node of page().querySelectorAll("[data-near]")) put(node, "data-near", null);
  if (!id) return;
  for (const node of page().querySelectorAll(`[data-twin~="${CSS.escape(id)}"]`)) put(node, "data-near", "");
}

/** Bring a sentence into sight. @param {string} id */
export function showSentence(id) {
  const node = (sentences.get(id) ?? []).find((one) => one.getClientRects().length);
  if (node) reveal(box(), node);
  place.note();
}

function clicked(/** @type {MouseEvent} */ event) {
  const target = /** @type {Element} */ (event.target);
  const link = target.closest("a[href]");
  if (link) {
    const address = link.getAttribute("href") ?? "";
    event.preventDefault();
    if (address.startsWith("#") && !target.closest("[data-unit]")) follow(address.slice(1));
  }
  const selected = window.getSelection();
  if (selected && !selected.isCollapsed) return;
  // In two languages, a sentence of the source leads to its translation.
  const unit = target.closest("[data-unit], [data-twin]");
  if (!unit) {
    if (!link && !target.childElementCount && target.textContent?.trim()) say(t("These words come from the program or the settings; they are not translated here."));
    return;
  }
  const ids = idsOf(unit).concat((unit.getAttribute("data-twin") ?? "").split(" ").filter(Boolean));
  const id = ids.find((one) => rowOf(one) && !rowOf(one)?.head) ?? ids[0];
  choose(id, { from: "page", focus: true });
}

function follow(/** @type {string} */ id) {
  const goal = page().querySelector(`#${CSS.escape(decodeURIComponent(id))}`);
  if (goal) reveal(box(), /** @type {HTMLElement} */ (goal));
}
