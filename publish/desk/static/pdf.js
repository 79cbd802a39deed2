// The real pages of the PDF, as pictures with the sentences on them as targets.

import { ask, path } from "./api.js";
import { make, part, put } from "./dom.js";
import { tellWhy } from "./refusals.js";
import { reveal } from "./place.js";
import { choose, on, state } from "./state.js";
import { number, t } from "./words.js";

/** @typedef {{page: number, x: number, y: number, width: number, height: number}} Box a share of a page */

/** @type {{version: number, pages: Array<[number, number]>, digests: string[], boxes: Record<string, Box[]>}} */
let pdf = { version: -1, pages: [], digests: [], boxes: {} };
let shown = "";
let timer = 0;
/** @type {IntersectionObserver|null} */
let near = null;

const box = () => part("pdf");

/** Start: listen to what changes. */
export function startPdf() {
  near = new IntersectionObserver(arrived, { root: box(), rootMargin: "120% 0px" });
  on("current", ({ id, from }) => {
    if (state.shows === "pdf") pointAt(id, from !== "pdf");
  });
  on("live pdf", ({ document, language }) => {
    if (document === state.text?.document && language === state.text?.language) void loadPdf();
  });
  let width = 0;
  new ResizeObserver(() => {
    if (Math.abs(box().clientWidth - width) < 40) return;
    width = box().clientWidth;
    for (const sheet of box().querySelectorAll("[data-near]")) void draw(sheet);
  }).observe(box());
}

/** Fetch the pages of the open text if they are to be shown. */
export async function loadPdf() {
  const text = state.text;
  if (!text || state.shows !== "pdf") return;
  const wanted = `${text.document}\n${text.language}`;
  const line = part("pdf-said");
  let answer;
  try {
    answer = await ask(`/api/pdf/${path(text.document, text.language)}`);
  } catch (error) {
    line.replaceChildren(...tellWhy(error));
    return;
  }
  if (state.text !== text) return;
  line.replaceChildren(...(answer.error ? tellWhy({ message: answer.error }) : answer.busy ? [t("The pages are being laid out…")] : []));
  line.hidden = !line.textContent;
  clearTimeout(timer);
  if (answer.busy) timer = window.setTimeout(loadPdf, 500);
  if (shown === wanted && answer.version === pdf.version) return;
  const fresh = shown !== wanted || !pdf.pages.length;
  pdf = { version: answer.version, pages: answer.pages ?? [], digests: answer.digests ?? [], boxes: answer.boxes ?? {} };
  if (shown !== wanted) box().querySelectorAll(".sheet").forEach((sheet) => sheet.remove());
  shown = wanted;
  lay();
  pointAt(state.current, fresh);
}

/** Sheets for all pages; those that are there stay, so that nothing jumps or flickers. */
function lay() {
  const sheets = [...box().querySelectorAll(".sheet")];
  for (const [at, [width, height]] of pdf.pages.entries()) {
    let sheet = sheets[at];
    if (!sheet) {
      sheet = make("div", { class: "sheet", "data-page": at, on: { click: clicked } });
      sheet.append(make("img", { alt: t("Page {number}", { number: number(at + 1) }), draggable: "false" }));
      box().append(sheet);
      near?.observe(sheet);
    }
    /** @type {HTMLElement} */ (sheet).style.setProperty("aspect-ratio", `${width} / ${height}`);
    if (sheet.hasAttribute("data-near")) void draw(sheet);
  }
  for (const sheet of sheets.slice(pdf.pages.length)) {
    near?.unobserve(sheet);
    sheet.remove();
  }
}

function arrived(/** @type {IntersectionObserverEntry[]} */ entries) {
  for (const { target, isIntersecting } of entries) {
    put(target, "data-near", isIntersecting ? "" : null);
    if (isIntersecting) void draw(target);
  }
}

/** Draw the picture of a page: the new one takes the place of the old one once it is whole. */
async function draw(/** @type {Element} */ sheet) {
  const text = state.text;
  if (!text || !sheet.clientWidth) return;
  const width = Math.min(2400, Math.ceil((sheet.clientWidth * window.devicePixelRatio) / 100) * 100);
  const page = Number(sheet.getAttribute("data-page"));
  // A page that did not change keeps its picture.
  const mark = pdf.digests[page] ?? pdf.version;
  const address = `/api/pdf/${path(text.document, text.language)}/${page}.png?width=${width}&version=${mark}`;
  const old = /** @type {HTMLImageElement} */ (sheet.querySelector("img"));
  if (old.getAttribute("src") === address || sheet.getAttribute("data-wanted") === address) return;
  put(sheet, "data-wanted", address);
  const picture = new Image();
  picture.src = address;
  try {
    await picture.decode();
  } catch {
    if (sheet.getAttribute("data-wanted") === address) put(sheet, "data-wanted", null);
    return;
  }
  if (sheet.getAttribute("data-wanted") !== address) return;
  picture.alt = old.alt;
  picture.draggable = false;
  sheet.querySelector("img")?.replaceWith(picture);
}

/** Show where a sentence is. @param {string} id @param {boolean} move */
function pointAt(id, move) {
  for (const old of box().querySelectorAll(".target")) old.remove();
  const boxes = pdf.boxes[id] ?? [];
  /** @type {HTMLElement|null} */
  let first = null;
  for (const { page, x, y, width, height } of boxes) {
    const sheet = box().querySelector(`.sheet[data-page="${page}"]`);
    if (!sheet) continue;
    const target = make("div", { class: "target" });
    target.style.setProperty("left", `${x * 100}%`);
    target.style.setProperty("top", `${y * 100}%`);
    target.style.setProperty("width", `${width * 100}%`);
    target.style.setProperty("height", `${height * 100}%`);
    sheet.append(target);
    first ??= target;
  }
  if (move && first) reveal(box(), first);
}

function clicked(/** @type {MouseEvent} */ event) {
  const sheet = /** @type {HTMLElement} */ (event.currentTarget);
  const edge = sheet.getBoundingClientRect();
  const page = Number(sheet.getAttribute("data-page"));
  const id = find(page, (event.clientX - edge.left) / edge.width, (event.clientY - edge.top) / edge.height);
  if (id) choose(id, { from: "pdf", focus: true });
}

/** Return the sentence at a point of a page, or the nearest one on it. */
function find(/** @type {number} */ page, /** @type {number} */ x, /** @type {number} */ y) {
  const [width, height] = pdf.pages[page] ?? [1, 1];
  let [best, far] = ["", Infinity];
  for (const [id, boxes] of Object.entries(pdf.boxes)) {
    for (const { page: own, x: left, y: top, width: wide, height: high } of boxes) {
      if (own !== page) continue;
      const across = Math.max(left - x, 0, x - left - wide) * width;
      const down = Math.max(top - y, 0, y - top - high) * height;
      const away = Math.hypot(across, down);
      if (away < far) [best, far] = [id, away];
    }
  }
  return best;
}
