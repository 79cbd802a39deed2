// Which sentences the list shows. What was shown stays until the choice is made again.

import { alarm } from "./announce.js";
import { ask, path } from "./api.js";
import { afterPause, button, make, part, put } from "./dom.js";
import { allDrafts } from "./drafts.js";
import { fold, setWords, startHits } from "./hits.js";
import { tellWhy } from "./refusals.js";
import { isOwner, needsMe, works } from "./rights.js";
import { emit, hasFindings, on, state } from "./state.js";
import { number, stateWord, STATES, t, time } from "./words.js";

/** @type {{needs: boolean, findings: boolean, changed: boolean, doubtful: boolean, typed: boolean, state: string, section: string, search: string}} */
export const filter = {
  needs: false, findings: false, changed: false, doubtful: false, typed: false, state: "", section: "", search: "",
};

/** @type {WeakMap<import("./state.js").Row, string>} */
const folded = new WeakMap();

function foldRow(/** @type {import("./state.js").Row} */ row) {
  let text = folded.get(row);
  if (text === undefined) {
    text = fold(`${row.source}\n${row.text}`);
    folded.set(row, text);
  }
  return text;
}

/** Whether a row has a word, in one of its languages; `¶12` is the number of a paragraph. */
function has(/** @type {import("./state.js").Row} */ row, /** @type {string} */ word) {
  const number = /^¶(\d+)$/.exec(word)?.[1];
  return number ? row.paragraph === Number(number) : foldRow(row).includes(word);
}

/** The words that are searched for. */
const searched = () => fold(filter.search).split(/\s+/).filter(Boolean);

/** Return the rows that are chosen, in the order of the text. @returns {import("./state.js").Row[]} */
export function chosenRows() {
  const text = state.text;
  if (!text) return [];
  const words = searched();
  const typed = filter.typed ? typedIds() : null;
  const seen = filter.changed ? seenBefore() : null;
  return text.rows.filter((row) =>
    (!filter.needs || needsMe(row))
    && (!filter.findings || hasFindings(row))
    && (!filter.doubtful || row.doubtful)
    && (!filter.state || isOfState(row, filter.state))
    && (!filter.section || row.section === filter.section)
    && (!typed || typed.has(row.id))
    && (!seen || (since ? since.has(row.id) : seen.marks[row.id] !== mark(row)))
    && words.every((word) => has(row, word)));
}

/** Whom a sentence in a state waits for; `@` begins what is no state. @type {Record<string, {word: () => string, states: string[]}>} */
const WAITS = {
  "@translator": { word: () => t("Waits for a translator"), states: ["untranslated", "fuzzy", "held", "rejected"] },
  "@reviewer": { word: () => t("Waits for a reviewer"), states: ["unreviewed", "lapsed"] },
};

function isOfState(/** @type {import("./state.js").Row} */ row, /** @type {string} */ name) {
  return WAITS[name] ? WAITS[name].states.includes(row.state) : row.state === name;
}

/** Return the ids of sentences of the open text that have something typed and not saved. */
export function typedIds() {
  const text = state.text;
  const own = (/** @type {any} */ one) => one.document === text?.document && one.language === text?.language;
  return new Set(allDrafts().filter(own).map((one) => one.id));
}

// ---- changed since: a day or a commit that the history knows, or what each sentence was when this person last said "seen"

/** @param {import("./state.js").Row} row a short mark of its texts and its state */
function mark(row) {
  let sum = 2166136261;
  for (const letter of `${row.source}\u0000${row.text}\u0000${row.state}`) {
    sum = Math.imul(sum ^ (letter.codePointAt(0) ?? 0), 16777619);
  }
  return (sum >>> 0).toString(36);
}

/** The sentences that changed since a day or a commit, if one is asked for. @type {Set<string>|null} */
let since = null;

/** Ask which sentences changed since a day or a commit. */
async function askSince() {
  const [text, wanted] = [state.text, /** @type {HTMLInputElement} */ (part("since-what")).value.trim()];
  since = null;
  if (text && wanted) {
    try {
      const answer = await ask(`/api/changed/${path(text.document, text.language)}?since=${encodeURIComponent(wanted)}`);
      if (state.text !== text) return;
      since = new Set(answer.ids);
    } catch (error) {
      alarm(tellWhy(error));
      part("since-time").replaceChildren(...tellWhy(error));
      return;
    }
  }
  show();
  emit("filter");
}

const seenKey = () => `desk:seen:${state.text?.document}/${state.text?.language}`;

/** @returns {{time: number, marks: Record<string, string>}} */
function seenBefore() {
  try {
    const kept = JSON.parse(localStorage.getItem(seenKey()) ?? "");
    if (kept?.marks) return kept;
  } catch {
    // Nothing was kept, or not by this program.
  }
  return { time: 0, marks: {} };
}

/** Take everything as seen from now on. */
export function noteSeen() {
  since = null;
  /** @type {HTMLInputElement} */ (part("since-what")).value = "";
  const marks = Object.fromEntries((state.text?.rows ?? []).map((row) => [row.id, mark(row)]));
  try {
    localStorage.setItem(seenKey(), JSON.stringify({ time: Date.now(), marks }));
  } catch {
    return;
  }
  emit("filter");
}

/** Take a text as seen when it is opened for the first time. */
export function beginSeen() {
  if (!seenBefore().time) noteSeen();
}

// ---- the controls

/** @type {Array<[keyof typeof filter, () => string]>} */
const SWITCHES = [
  ["needs", () => t("Needs me")],
  ["findings", () => t("Findings")],
  ["doubtful", () => t("Doubtful")],
  ["changed", () => t("Changed")],
  ["typed", () => t("Not saved")],
];

/** Build the controls of the list. */
export function startFilters() {
  const holder = part("filters");
  startHits(() => (filter.search ? chosenRows() : []));
  const search = /** @type {HTMLInputElement} */ (part("search"));
  search.addEventListener("input", () => change("search", search.value));
  for (const [name, word] of SWITCHES) {
    const one = button(word(), () => change(name, !filter[name]), { "aria-pressed": "false", "data-filter": name });
    one.append(" ", make("span", { class: "count" }));
    holder.append(one);
  }
  const states = /** @type {HTMLSelectElement} */ (part("by-state"));
  states.append(new Option(t("All states"), ""));
  for (const [name, one] of Object.entries(WAITS)) states.append(new Option(one.word(), name));
  for (const name of Object.keys(STATES)) states.append(new Option(stateWord(name), name));
  states.addEventListener("change", () => change("state", states.value));
  const places = /** @type {HTMLSelectElement} */ (part("by-place"));
  places.addEventListener("change", () => change("section", places.value));
  part("seen").addEventListener("click", noteSeen);
  part("since-what").addEventListener("change", () => void askSince());
  on("text", () => {
    since = null;
    /** @type {HTMLInputElement} */ (part("since-what")).value = "";
    const what = /** @type {HTMLInputElement} */ (part("since-what"));
    // Who works in a terminal may name a commit; everybody else chooses a day.
    what.type = isOwner() ? "text" : "date";
    what.setAttribute("aria-label", isOwner() ? t("Changed since this day or commit") : t("Changed since this day"));
    fillPlaces(places);
    count();
  });
  // A save is shown first, and counted then.
  on("rows", afterPause(count, 80));
  on("drafts", count);
}

/** Change the choice. @param {string} name @param {any} value */
export function change(name, value) {
  /** @type {any} */ (filter)[name] = value;
  setWords(searched());
  show();
  emit("filter");
}

/** Show all sentences again. */
export function clearFilters() {
  Object.assign(filter, { needs: false, findings: false, changed: false, doubtful: false, typed: false, state: "", section: "", search: "" });
  setWords([]);
  show();
  emit("filter");
}

function show() {
  for (const one of part("filters").querySelectorAll("[data-filter]")) {
    const name = /** @type {keyof typeof filter} */ (one.getAttribute("data-filter"));
    put(one, "aria-pressed", String(filter[name]));
  }
  const search = /** @type {HTMLInputElement} */ (part("search"));
  if (search.value !== filter.search) search.value = filter.search;
  /** @type {HTMLSelectElement} */ (part("by-state")).value = filter.state;
  /** @type {HTMLSelectElement} */ (part("by-place")).value = filter.section;
  const since = part("since");
  since.hidden = !filter.changed;
  const wanted = /** @type {HTMLInputElement} */ (part("since-what")).value.trim();
  part("since-time").textContent = t("Since {time}", { time: since ? wanted : time(seenBefore().time || Date.now()) });
}

function fillPlaces(/** @type {HTMLSelectElement} */ places) {
  places.replaceChildren(new Option(t("Whole text"), ""));
  for (const { id, title } of state.text?.sections ?? []) places.append(new Option(title || t("Before the first heading"), id));
  show();
}

function count() {
  const rows = state.text?.rows ?? [];
  const counts = { needs: 0, findings: 0, doubtful: 0, typed: typedIds().size };
  for (const row of rows) {
    if (needsMe(row)) counts.needs++;
    if (hasFindings(row)) counts.findings++;
    if (row.doubtful) counts.doubtful++;
  }
  /** @type {HTMLElement} */ (part("filters").querySelector("[data-filter=needs]")).hidden = !works(state.text?.language ?? "");
  for (const one of part("filters").querySelectorAll("[data-filter]")) {
    const found = /** @type {any} */ (counts)[one.getAttribute("data-filter") ?? ""];
    const counter = one.querySelector(".count");
    if (counter) counter.textContent = found === undefined ? "" : number(found);
  }
}
