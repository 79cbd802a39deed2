// Saves, one after another. None is dropped: what could not be sent is sent again.

import { alarm, closeBar, say, showBar } from "./announce.js";
import { write } from "./api.js";
import { dropDraft, tellNothing } from "./drafts.js";
import { tellWhy } from "./refusals.js";
import { emit, rowOf, shownPage, state, takeRows } from "./state.js";
import { placeOf, t } from "./words.js";

/**
 * @typedef {object} Save
 * @property {string} document
 * @property {string} language
 * @property {string} id
 * @property {string} text
 * @property {string} base
 * @property {string} before the text that the catalog had, for undo
 * @property {boolean} fuzzy
 * @property {boolean} fuzzyBefore
 * @property {boolean} [undoes] whether it takes another back
 * @property {(answer: any) => void} [done]
 */

/** @type {Save[]} */
const queue = [];
/** @type {Save[]} */
const done = [];
let busy = false;
let retry = 0;
const MOST_UNDOS = 200;

/** Save a text; others may be waiting before it. @param {Save} save */
export function save(save) {
  tellNothing(save.id);
  queue.push(save);
  emit("saving", save.id);
  void run();
}

/** Whether a sentence is being saved. @param {string} id */
export const isSaving = (id) => queue.some((one) => one.id === id);

/** The number of saves that wait. */
export const waitingSaves = () => queue.length;

/** Try again at once, since the program is there again. */
export function retrySaves() {
  clearTimeout(retry);
  void run();
}

async function run() {
  if (busy) return;
  busy = true;
  try {
    while (queue.length && (await send(queue[0])));
  } finally {
    busy = false;
  }
}

/** @returns {Promise<boolean>} whether it is settled, well or badly */
async function send(/** @type {Save} */ one) {
  const { document, language, id, text, base, fuzzy } = one;
  try {
    const how = { shows: shownPage() };
    const answer = one.undoes
      ? await write("/api/undo", { document, language, id }, how)
      : await write("/api/save", { document, language, id, text, base, fuzzy }, how);
    queue.shift();
    settle(one, answer);
    return true;
  } catch (error) {
    if (error.passing) {
      wait(error);
      return false;
    }
    queue.shift();
    const conflict = error.answer?.conflict;
    emit("saved", { ...one, failed: true });
    if (conflict) emit("conflict", { document, language, id, ...conflict, mine: text });
    else refuse(one, error);
    return true;
  }
}

function settle(/** @type {Save} */ one, /** @type {any} */ answer) {
  closeBar("unsaved");
  dropDraft(one.document, one.language, one.id, one.text);
  if (answer.digest !== one.base && !one.undoes) done.push({ ...one, base: answer.digest });
  if (done.length > MOST_UNDOS) done.shift();
  for (const later of queue) if (later.id === one.id) later.base = answer.digest;
  takeAnswer(one.document, one.language, answer);
  if (!one.undoes) say(t("Saved: {place}", { place: placeOf(rowOf(one.id)) }));
  emit("saved", { ...one, digest: answer.digest, findings: answer.findings });
  one.done?.(answer);
}

/** Put the rows and blocks of an answer in. @param {string} document @param {string} language @param {any} answer */
export function takeAnswer(document, language, answer) {
  if (state.text?.document !== document || state.text.language !== language) return;
  if (answer.version !== undefined) state.text.version = answer.version;
  if (answer.sections) state.text.sections = answer.sections;
  takeRows(answer.rows ?? []);
  emit("blocks", answer.blocks ?? null);
}

function refuse(/** @type {Save} */ one, /** @type {any} */ error) {
  const place = placeOf(rowOf(one.id));
  const text = tellWhy(error, t("This sentence is not saved: {place}. {reason}", { place }));
  showBar(`refused ${one.id}`, text, [
    [t("Show it"), () => emit("go", one)],
    [t("Close"), () => {}],
  ], "error");
  alarm(text);
}

function wait(/** @type {any} */ error) {
  // A program that answers says why it cannot save now.
  const text = error.status ? tellWhy(error, t("Not saved yet: {count}. {reason} Nothing is lost; it is tried again.", { count: queue.length }))
    : t("Not saved yet: {count}. The program does not answer. Nothing is lost; it is tried again.", { count: queue.length });
  showBar("unsaved", text, [[t("Try again now"), retrySaves]], "error");
  alarm(text);
  clearTimeout(retry);
  retry = window.setTimeout(run, 2000);
}

/** Take the last save of this text back; says so if there is none. */
export function undo() {
  const text = state.text;
  const at = done.findLastIndex((one) => one.document === text?.document && one.language === text?.language);
  if (at < 0) {
    say(t("There is nothing to take back."));
    return;
  }
  const [last] = done.splice(at, 1);
  emit("go", last);
  save({ ...last, text: last.before, before: last.text, fuzzy: last.fuzzyBefore, fuzzyBefore: last.fuzzy, undoes: true, done: () => {
    say(t("Taken back: {place}", { place: placeOf(rowOf(last.id)) }));
    emit("undone", last);
  } });
}

/** Whether something can be taken back. */
export const canUndo = () => done.some((one) => one.document === state.text?.document && one.language === state.text?.language);
