// The desk in the browser: opens what the address names, and puts in what the program tells.

import { alarm, closeBar, say, showBar } from "./announce.js";
import { ask, onClosed, path } from "./api.js";
import { startDetails } from "./details.js";
import { part, put } from "./dom.js";
import { takeDraft, tellNow } from "./drafts.js";
import { startEditor } from "./editor.js";
import { listen } from "./events.js";
import { beginSeen, change, chosenRows, clearFilters, startFilters } from "./filters.js";
import { startFindings } from "./findings.js";
import { startKeys } from "./keys.js";
import { nextNeeding, revealChosen, startList } from "./list.js";
import { loadPage, startPage } from "./page.js";
import { startPanel } from "./panel.js";
import { loadPdf, startPdf } from "./pdf.js";
import { startReview } from "./review.js";
import { tellWhy } from "./refusals.js";
import { mayPropose } from "./rights.js";
import { fetchRules } from "./rules.js";
import { retrySaves } from "./saving.js";
import { startSections } from "./sections.js";
import { choose, emit, on, rowOf, state, takeRows } from "./state.js";
import { isTongue, language, placeOf, t } from "./words.js";
import { showWork, startWork } from "./work.js";
import { draw, fetchWorkspace, startWorkspace } from "./workspace.js";

/** Where this browser keeps the chosen language of the desk. */
const TONGUE = "desk:interface";
const SHOWS = ["translation", "source", "interleaved", "pair", "pdf"];

async function start() {
  // The language that this person chose before, unless the address names one.
  const chosen = localStorage.getItem(TONGUE);
  if (chosen && !location.search && !isTongue(chosen, language)) {
    location.replace(`/?interface=${encodeURIComponent(chosen)}${location.hash}`);
    return;
  }
  for (const begin of [startDetails, startFilters, startList, startEditor, startFindings, startPanel, startReview, startPage, startPdf, startSections, startKeys, startWorkspace, startWork]) begin();
  startChrome();
  startLive();
  const slow = window.setTimeout(() => showBar("opening", t("The documents are being opened…")), 400);
  try {
    await fetchWorkspace();
  } catch (error) {
    const gone = error.status ? tellWhy(error) : t("The program does not answer. Start it again and load this page.");
    alarm(gone);
    showBar("start", gone, [[t("Load again"), () => location.reload()]], "error");
    return;
  } finally {
    clearTimeout(slow);
    closeBar("opening");
  }
  fillChrome();
  listen();
  window.addEventListener("hashchange", () => void route());
  await Promise.all([route(), restoreTyped(), fetchRules()]);
}

// ---- addresses

/** The sentence whose field somebody asked for, in a text that is not open yet. */
let wanted = "";

async function route() {
  if (location.hash && !location.hash.startsWith("#/")) return;
  const [place, asked] = location.hash.slice(2).split("?");
  const [name, tag, id] = place.split("/").map(decodeURIComponent);
  if (name === "work" && !tag) {
    await showWork();
    return;
  }
  if (!name || !tag) {
    showWorkspace();
    return;
  }
  if (state.text?.document === name && state.text.language === tag) {
    if (id && id !== state.current) choose(id);
    return;
  }
  await openText(name, tag, id, new URLSearchParams(asked).get("state") ?? "");
}

function showWorkspace() {
  if (state.text) void fetchWorkspace().then(() => state.text || draw()).catch(() => {});  // Texts were saved.
  state.text = null;
  state.current = "";
  put(document.body, "data-view", "workspace");
  part("title").textContent = t("Documents");
  document.title = t("Documents");
  draw();
}

async function openText(/** @type {string} */ name, /** @type {string} */ tag, /** @type {string|undefined} */ id, /** @type {string} */ only) {
  const slow = window.setTimeout(() => showBar("opening", t("The text is being opened…")), 400);
  let answer;
  try {
    answer = await ask(`/api/text/${path(name, tag)}`);
  } catch (error) {
    const text = tellWhy(error, t("This text cannot be opened. {reason}"));
    alarm(text);
    showBar("open", text, [[t("Close"), () => {}]], "error");
    showWorkspace();
    return;
  } finally {
    clearTimeout(slow);
    closeBar("opening");
  }
  put(document.body, "data-view", "text");
  setText(name, tag, answer);
  fillLanguages();
  beginSeen();
  if (only) {
    clearFilters();
    if (only === "findings") change("findings", true);
    else change("state", only);
  }
  emit("text");
  void loadPage();
  void loadPdf();
  const known = id && rowOf(id) ? id : only ? chosenRows()[0]?.id : remembered();
  const first = known || nextNeeding() || state.text?.rows[0]?.id;
  if (first) choose(first, { focus: first === wanted });
  wanted = "";
}

function setText(/** @type {string} */ name, /** @type {string} */ tag, /** @type {any} */ answer) {
  state.current = "";
  state.text = {
    document: name, language: tag, version: answer.version, rows: answer.rows, sections: answer.sections ?? [],
    index: new Map(answer.rows.map((/** @type {any} */ row, /** @type {number} */ at) => [row.id, at])),
    direction: answer.direction, sourceDirection: answer.sourceDirection,
  };
  const title = state.text.rows.find((/** @type {any} */ row) => row.kind === "title");
  part("title").textContent = title ? title.text || title.source : name;
}

/** Keep a choice in this browser, if it lets us. @param {string} name @param {string} value */
function remember(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch {
    // The store is full or closed: the choice is made anew next time.
  }
}

const lastKey = () => `desk:last:${state.text?.document}/${state.text?.language}`;

function remembered() {
  const id = localStorage.getItem(lastKey()) ?? "";
  return rowOf(id) ? id : "";
}

/** Ask for the rows again and put in what differs; the chosen sentence stays. */
async function readAgain() {
  const text = state.text;
  if (!text) return;
  let answer;
  try {
    answer = await ask(`/api/text/${path(text.document, text.language)}`);
  } catch {
    return;
  }
  if (state.text !== text) return;
  const same = answer.rows.length === text.rows.length && answer.rows.every((/** @type {any} */ row, /** @type {number} */ at) => row.id === text.rows[at].id);
  text.version = answer.version;
  text.sections = answer.sections ?? text.sections;
  if (same) {
    takeRows(answer.rows);
    return;
  }
  const [current, before] = [state.current, text.index.get(state.current) ?? 0];
  text.rows = answer.rows;
  text.index = new Map(answer.rows.map((/** @type {any} */ row, /** @type {number} */ at) => [row.id, at]));
  emit("filter");
  emit("rows", new Set(text.index.keys()));
  if (!text.index.has(current)) {
    say(t("The chosen sentence is gone: the source has changed."));
    const near = text.rows[Math.min(before, text.rows.length - 1)];
    if (near) choose(near.id);
  }
}

// ---- what the program tells

function startLive() {
  on("live changed", (/** @type {any} */ told) => void changed(told));
  on("live conflict", (/** @type {any} */ told) => {
    if (told.id === state.current) emit("stale", told.id);
  });
  on("conflict elsewhere", (/** @type {any} */ told) => {
    const place = placeOf(rowOf(told.id));
    const text = t("Not saved: {place} was changed elsewhere meanwhile.", { place });
    alarm(text);
    showBar(`conflict ${told.id}`, text, [[t("Show both texts"), () => {
      emit("go", told);
    }]], "error");
  });
  on("go", (/** @type {any} */ one) => {
    const open = state.text;
    if (one.document && (open?.document !== one.document || open?.language !== one.language)) {
      wanted = one.id;
      location.hash = `#/${path(one.document, one.language, one.id)}`;
    } else if (one.id !== state.current) choose(one.id, { focus: true });
  });
  on("back", () => {
    retrySaves();
    void lookAgain();
  });
  on("live workspace", () => void lookAgain());
  onClosed((refused) => {
    const text = [...tellWhy(refused), ` ${t("What you typed is kept in this browser.")}`];
    showBar("closed", text, [[t("Load again"), () => location.reload()]], "error");
    alarm(text);
  });
  window.addEventListener("pagehide", tellNow);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && tellNow());
}

/** Ask for everything that is shown again. */
async function lookAgain() {
  await readAgain();
  void loadPage(true);
  void loadPdf();
  emit("details");
}

async function changed(/** @type {any} */ told) {
  const text = state.text;
  if (!text || told.document !== text.document || told.language !== text.language) return;
  if (told.whole || !told.rows || told.version > Number(text.version) + 1) await readAgain();
  else {
    text.version = told.version ?? text.version;
    takeRows(told.rows);
  }
  const blocks = told.whole ? null : told.blocks?.[state.shows];
  if (blocks !== undefined || !told.blocks) emit("blocks", blocks ?? null);
}

/** Take what the program's journal has into this browser. */
async function restoreTyped() {
  if (!state.workspace.languages.some((/** @type {any} */ one) => mayPropose(one.tag))) return;
  let answer;
  try {
    answer = await ask("/api/typed");
  } catch {
    return;
  }
  const fresh = (answer.typed ?? []).filter((/** @type {any} */ one) => takeDraft({ ...one, time: milliseconds(one.time) }));
  if (!fresh.length) return;
  const [first] = fresh;
  showBar("restored", t("Typed before and not saved: {count}. It is kept.", { count: fresh.length }), [
    [t("Show it"), () => emit("go", first)],
  ]);
}

function milliseconds(/** @type {any} */ time) {
  if (typeof time === "string") return Date.parse(time) || 0;
  return time < 1e11 ? time * 1000 : time;
}

// ---- the frame: views, languages, parts

function startChrome() {
  for (const one of part("views").querySelectorAll("button")) {
    one.addEventListener("click", () => emit("shows", one.dataset.shows));
  }
  part("view").addEventListener("change", () => emit("shows", /** @type {HTMLSelectElement} */ (part("view")).value));
  on("shows", (shows) => setShows(shows));
  setShows(localStorage.getItem("desk:shows") ?? "translation");
  for (const one of part("tabs").querySelectorAll("button")) {
    one.addEventListener("click", () => emit("show part", one.dataset.part));
  }
  on("show part", setPart);
  setPart("page");
  const marks = part("marks-shown");
  marks.addEventListener("click", () => setMarks(document.body.getAttribute("data-marks") !== "on"));
  setMarks(localStorage.getItem("desk:marks") !== "off");
  /** @type {HTMLSelectElement} */ (part("language")).addEventListener("change", (event) => {
    const tag = /** @type {HTMLSelectElement} */ (event.target).value;
    if (state.text) location.hash = `#/${path(state.text.document, tag, state.current)}`;
  });
  /** @type {HTMLSelectElement} */ (part("interface")).addEventListener("change", (event) => {
    const tag = /** @type {HTMLSelectElement} */ (event.target).value;
    localStorage.setItem(TONGUE, tag);
    location.assign(`/?interface=${encodeURIComponent(tag)}${location.hash}`);
  });
  on("current", ({ id, from, focus }) => {
    try {
      history.replaceState(null, "", `#/${path(state.text?.document ?? "", state.text?.language ?? "", id)}`);
    } catch {
      // Some browsers count how often an address changes; it is set again with the next sentence.
    }
    remember(lastKey(), id);
    if (from === "list" && !focus && document.body.clientWidth < 700) emit("show part", "panel");
  });
  for (const skip of document.querySelectorAll("a.skip-link")) {
    skip.addEventListener("click", (event) => {
      event.preventDefault();
      document.getElementById((skip.getAttribute("href") ?? "").slice(1))?.focus();
    });
  }
}

function setShows(/** @type {string} */ shows) {
  state.shows = SHOWS.includes(shows) ? shows : "translation";
  remember("desk:shows", state.shows);
  put(document.body, "data-shows", state.shows);
  /** @type {HTMLSelectElement} */ (part("view")).value = state.shows;
  for (const one of part("views").querySelectorAll("button")) put(one, "aria-pressed", String(one.dataset.shows === state.shows));
  part("paper").hidden = state.shows === "pdf";
  part("pdf").hidden = state.shows !== "pdf";
  void loadPage();
  void loadPdf();
}

function setPart(/** @type {string} */ wanted) {
  // Where the sentence is always in sight, it stands beside the page.
  const beside = !part("tabs").querySelector("[data-part=panel]")?.getClientRects().length;
  const name = wanted === "panel" && beside ? "page" : wanted;
  put(document.body, "data-part", name);
  if (name === "list") revealChosen();
  for (const one of part("tabs").querySelectorAll("button")) put(one, "aria-pressed", String(one.dataset.part === name));
}

function setMarks(/** @type {boolean} */ shown) {
  put(document.body, "data-marks", shown ? "on" : "off");
  put(part("marks-shown"), "aria-pressed", String(shown));
  remember("desk:marks", shown ? "on" : "off");
}

function fillChrome() {
  const { interface: own, person, readOnly } = state.workspace;
  const select = /** @type {HTMLSelectElement} */ (part("interface"));
  for (const { tag, name } of own?.languages ?? []) {
    const choice = new Option(name, tag);
    choice.lang = tag;
    select.append(choice);
  }
  // A browser may ask for Russian as it is written in one country.
  const choices = [...select.options].map((one) => one.value);
  select.value = choices.find((tag) => tag === language) ?? choices.find((tag) => isTongue(tag, language)) ?? "";
  select.closest("label")?.toggleAttribute("hidden", select.options.length < 2);
  part("person").textContent = [person?.name, readOnly ? t("read only") : ""].filter(Boolean).join(" · ");
}

function fillLanguages() {
  const select = /** @type {HTMLSelectElement} */ (part("language"));
  select.replaceChildren(...state.workspace.languages.map((/** @type {any} */ one) => new Option(one.name, one.tag, false, one.tag === state.text?.language)));
}

void start();
