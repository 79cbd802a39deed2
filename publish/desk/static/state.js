// What is open in this tab, and who wants to know when it changes.

/**
 * @typedef {object} Row one sentence, as the list shows it
 * @property {string} id
 * @property {string} place
 * @property {string} section the id of its section
 * @property {string} kind
 * @property {number} paragraph 0 for none
 * @property {string} source
 * @property {string} text
 * @property {string} state
 * @property {number} errors
 * @property {number} warnings
 * @property {number} advice
 * @property {boolean} doubtful
 * @property {number|null} imported how sure, in percent
 * @property {number} shared
 * @property {string} head
 * @property {string[]} needs
 * @property {number} questions
 * @property {number} proposals
 */

/**
 * @typedef {object} OpenText
 * @property {string} document
 * @property {string} language
 * @property {number|string} version
 * @property {Row[]} rows
 * @property {Map<string, number>} index the number of each row by id
 * @property {Array<{id: string, title: string, total: number, done: number}>} sections
 * @property {string} direction
 * @property {string} sourceDirection
 */

/** @type {{workspace: any, text: OpenText|null, current: string, shows: string}} */
export const state = { workspace: null, text: null, current: "", shows: "translation" };

/** @type {Map<string, Set<(data: any) => void>>} */
const listeners = new Map();

/** Call a function at each event of a kind. @param {string} kind @param {(data: any) => void} listener */
export function on(kind, listener) {
  if (!listeners.has(kind)) listeners.set(kind, new Set());
  listeners.get(kind)?.add(listener);
}

/** Tell that something happened. @param {string} kind @param {any} [data] */
export function emit(kind, data) {
  for (const listener of listeners.get(kind) ?? []) listener(data);
}

/** @type {{text: OpenText|null, length: number, numbers: Map<string, number[]>}} */
let parted = { text: null, length: 0, numbers: new Map() };

/** Return the rows of a section. @param {string} id @returns {Row[]} */
export function rowsOf(id) {
  const text = state.text;
  if (!text) return [];
  if (parted.text !== text || parted.length !== text.rows.length) {
    /** @type {Map<string, number[]>} */
    const numbers = new Map();
    for (const [number, row] of text.rows.entries()) {
      const own = numbers.get(row.section);
      if (own) own.push(number);
      else numbers.set(row.section, [number]);
    }
    parted = { text, length: text.rows.length, numbers };
  }
  return (parted.numbers.get(id) ?? []).map((number) => text.rows[number]);
}

/** What the page of text shows, also while the pages of the PDF are in front of it. */
export const shownPage = () => (state.shows === "pdf" ? "translation" : state.shows);

/** Return the row of a sentence. @param {string} id @returns {Row|undefined} */
export function rowOf(id) {
  const number = state.text?.index.get(id);
  return number === undefined ? undefined : state.text?.rows[number];
}

/** Put changed rows in; tells `rows` with the ids that differ. @param {Row[]} rows */
export function takeRows(rows) {
  const text = state.text;
  if (!text || !rows?.length) return;
  const changed = new Set();
  for (const row of rows) {
    const number = text.index.get(row.id);
    if (number === undefined) continue;
    if (JSON.stringify(text.rows[number]) === JSON.stringify(row)) continue;
    text.rows[number] = row;
    changed.add(row.id);
  }
  if (changed.size) emit("rows", changed);
}

/** Return whether a row is done: nothing is wanted of anybody. @param {Row} row */
export const isDone = (row) => row.state === "approved" || row.state === "context";

/** Return whether something was found in a sentence. @param {Row} row */
export const hasFindings = (row) => row.errors + row.warnings > 0;

/** Choose a sentence. @param {string} id @param {{from?: string, focus?: boolean}} [how] */
export function choose(id, how = {}) {
  if (!state.text?.index.has(id)) return;
  const before = state.current;
  state.current = id;
  emit("current", { id, before, ...how });
}
