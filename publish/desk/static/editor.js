// Editing one sentence: what is typed is kept, judged, saved, and never overwritten unseen.

import { alarm, closeBar, showBar } from "./announce.js";
import { tab } from "./api.js";
import { hideConflict, showConflict } from "./conflict.js";
import { afterPause, button, make, part, put } from "./dom.js";
import { draftsOf, dropDraft, dropTyped, forgetDraft, keepDraft, onAnswer, tellKnown, tellTyped } from "./drafts.js";
import { field, focusField, isLong, lock, makeRoom, setMissing, setText, showMarks, startField } from "./field.js";
import { showFindings } from "./findings.js";
import { mayPropose, mayTranslate } from "./rights.js";
import { canUndo, isSaving, save, undo } from "./saving.js";
import { emit, on, state } from "./state.js";
import { t, time } from "./words.js";

/**
 * What is open in the field: the entry as the person saw it.
 * @type {{document: string, language: string, id: string, msgid: string, before: string, base: string,
 *   fuzzy: boolean, legend: Record<string, string>,
 *   styled: Array<{before: string, after: string, count: number}>, findings: any[], kept: boolean, warned: boolean, held: boolean,
 *   taken: import("./drafts.js").Draft|null}|null}
 */
let open = null;

/** Start: listen to keys and answers. */
export function startEditor() {
  startField();
  field().addEventListener("input", typed);
  field().addEventListener("paste", (event) => makeRoom(field().value.length + (event.clipboardData?.getData("text").length ?? 0)));
  field().addEventListener("scroll", () => {
    part("under").scrollTop = field().scrollTop;
  });
  part("save").addEventListener("click", () => saveText());
  part("save-next").addEventListener("click", () => saveAndGo());
  part("undo").addEventListener("click", undo);
  part("found-go").addEventListener("click", () => {
    part("found-title").scrollIntoView({ block: "start" });
    part("found-title").focus({ preventScroll: true });
  });
  part("fuzzy").addEventListener("change", drawStatus);
  onAnswer(judged);
  on("saved", saved);
  on("conflict", conflicted);
  on("proposed", proposed);
  on("drafts", (id) => id === open?.id && otherTab());
  window.addEventListener("storage", (event) => event.key?.startsWith("desk:typed:") && emit("drafts", open?.id));
}

/** Whether the field has something that is not saved. */
export const isDirty = () => open !== null && field().value !== open.before;

/** The open sentence. */
export const openSentence = () => open;

/** Lock the field until the details of a sentence are there; the focus stays in it. */
export function lockField() {
  open = null;
  put(field(), "aria-busy", "true");
  lock(true);
  setText("");
  showMarks("", {});
  hideConflict();
  part("status").textContent = "";
  part("restored").replaceChildren();
}

/**
 * Show the entry of a sentence in the field, with what was typed before.
 * @param {any} details
 */
export function openField(details) {
  const { document, language } = /** @type {import("./state.js").OpenText} */ (state.text);
  const styled = (details.marks ?? []).filter((/** @type {any} */ one) => one.after.startsWith("</"));
  const legend = Object.fromEntries(Object.entries(details.legend ?? {}).map(([name, one]) => [String(name), String(one)]));
  open = {
    document, language, id: details.row.id, msgid: details.msgid, before: details.msgstr, base: details.digest,
    fuzzy: details.fuzzy, legend, styled, findings: details.findings ?? [], kept: true, warned: false, held: false, taken: null,
  };
  hideConflict();
  const writable = mayTranslate(language) || mayPropose(language);
  put(field(), "aria-busy", null);
  lock(!writable);
  /** @type {HTMLInputElement} */ (part("fuzzy")).checked = false;
  part("fuzzy-line").hidden = !mayTranslate(language);
  part("restored").replaceChildren();
  setText(details.msgstr, true);
  restore();
  showMarks(open.msgid, open.legend, open.styled);
  drawStatus();
  otherTab();
}

function restore() {
  if (!open) return;
  dropDraft(open.document, open.language, open.id, open.before);
  const [draft] = draftsOf(open.document, open.language, open.id);
  if (!draft || isSaving(open.id)) return;
  setText(draft.text);
  // What the checks find is that of this text, from the start.
  tellKnown({ ...draft, base: open.base });
  if (draft.base && draft.base !== open.base) {
    conflicted({ id: open.id, mine: draft.text, theirs: open.before, digest: open.base });
    return;
  }
  if (draft.tab !== tab) open.taken = draft;
  const note = part("restored");
  const drop = button(t("Use the saved text"), () => {
    if (!open) return;
    forgetDraft(draft);
    setText(open.before);
    note.replaceChildren();
    typed();
    focusField();
  });
  note.replaceChildren(make("p", { text: t("Not saved yet, typed {time}.", { time: time(draft.time) }) }), drop);
}

/** Another tab typed in the same sentence: said, and nothing is overwritten. */
function otherTab() {
  if (!open) return;
  const other = draftsOf(open.document, open.language, open.id).find((one) => one.text !== field().value && Date.now() - one.time < 600_000);
  const note = part("elsewhere");
  note.hidden = !other;
  if (!other) return;
  const take = button(t("Take that text"), () => {
    setText(other.text);
    typed();
    forgetDraft(other);
    focusField();
  });
  const leave = button(t("Drop that text"), () => forgetDraft(other));
  note.replaceChildren(make("p", { text: t("Another tab has typed something else here:") }), make("p", { class: "quoted", text: other.text, dir: "auto" }), make("p", { class: "buttons" }, take, leave));
}

function typed() {
  if (!open) return;
  open.warned = false;
  const text = field().value;
  const draft = { document: open.document, language: open.language, id: open.id, text, base: open.base, time: Date.now() };
  if (text === open.before) {
    // It is as it was saved: nothing is left to keep.
    forgetDraft(draft);
    dropTyped(open.document, open.language, open.id);
    showFindings(open.findings, true);
  } else {
    open.kept = keepDraft(draft);
    tellTyped(draft);
  }
  // What was restored here goes on here: it is not the text of another tab any more.
  if (open.taken && open.kept) forgetDraft(open.taken);
  open.taken = null;
  if (isLong()) compareLater();
  else compare();
  drawStatus();
}

function compare() {
  if (!open) return;
  const lost = showMarks(open.msgid, open.legend, open.styled);
  const names = lost.map((one) => one.kind + one.name).join();
  if (names && names !== field().dataset.lost) alarm(part("lost").textContent ?? "");
  field().dataset.lost = names;
}

/** The marks of a long text are compared when its typist pauses. */
const compareLater = afterPause(compare, 500);

function judged(/** @type {any} */ draft, /** @type {any} */ answer, /** @type {any} */ refused) {
  if (answer) closeBar("unkept");
  if (!open || draft.id !== open.id || draft.document !== open.document || draft.language !== open.language) return;
  if (answer === null) {
    if (!open.kept) alarm(t("What you type is kept nowhere: neither this browser nor the program takes it. Copy it."));
    else if (refused && !refused.passing) tellUnkept(refused);
    return;
  }
  if (answer.unchecked) return;
  if (field().value === draft.text) showFindings(answer.findings ?? [], true);
}

/** The program does not take what is typed, such as a text that is too long: only the browser has it. @param {any} refused */
function tellUnkept(refused) {
  const text = `${refused.message} ${t("What you typed is kept in this browser.")}`;
  if (part("bars").textContent?.includes(text)) return;
  showBar("unkept", text, [[t("Close"), () => {}]], "error");
  alarm(text);
}

function drawStatus() {
  if (!open) return;
  const fuzzy = /** @type {HTMLInputElement} */ (part("fuzzy")).checked;
  const writable = mayTranslate(open.language);
  const kept = open.before && writable ? t("Saved") : "";
  const text = isSaving(open.id) ? t("Saving…") : isDirty() ? (writable ? t("Not saved yet") : t("Not proposed yet")) : kept;
  if (part("status").textContent !== text) part("status").textContent = text;
  put(part("status"), "data-dirty", isDirty() ? "" : null);
  for (const name of ["save", "save-next", "undo", "copy"]) part(name).hidden = !writable;
  part("propose").hidden = writable || !mayPropose(open.language) || field().readOnly;
  put(part("undo"), "aria-disabled", canUndo() ? null : "true");
  put(part("save"), "aria-disabled", isDirty() || fuzzy !== open.fuzzy ? null : "true");
}

/**
 * Save what is in the field.
 * @param {(answer: any) => void} [done]
 * @param {{fuzzy?: boolean}} [how]
 * @returns {boolean} whether it is on its way; else the person was told why not
 */
export function saveText(done, how = {}) {
  if (!open || field().readOnly || !mayTranslate(open.language)) return false;
  if (open.held) {
    alarm(t("Choose first: your text, or the one that is in the file now."));
    part("conflict").querySelector("button")?.focus();
    return false;
  }
  const fuzzy = how.fuzzy ?? /** @type {HTMLInputElement} */ (part("fuzzy")).checked;
  const text = field().value;
  const lost = showMarks(open.msgid, open.legend, open.styled);
  if (lost.length && text !== open.before && !open.warned) {
    open.warned = true;
    alarm(`${part("lost").textContent} ${t("Save once more to leave it out.")}`);
    part("lost").append(` ${t("Save once more to leave it out.")}`);
    return false;
  }
  if (text === open.before && fuzzy === open.fuzzy) {
    done?.(null);
    return true;
  }
  const { document, language, id, base, before, fuzzy: fuzzyBefore } = open;
  save({ document, language, id, text, base, before, fuzzy, fuzzyBefore, done });
  open.before = text;
  open.fuzzy = fuzzy;
  part("restored").replaceChildren();
  drawStatus();
  return true;
}

/** Save, and go on to the next sentence that needs this person. */
export function saveAndGo() {
  if (!open && !field().readOnly) return;
  if (open && !field().readOnly && !mayTranslate(open.language)) {
    // Those who may not save propose; the next sentence comes once it is proposed.
    emit(isDirty() ? "propose" : "next");
  } else if (!open || field().readOnly || saveText()) emit("next");
}

/** What was proposed is no longer in the field: the catalog's text stands there. @param {string} id */
function proposed(id) {
  if (!open || open.id !== id) return;
  setText(open.before);
  showMarks(open.msgid, open.legend, open.styled);
  drawStatus();
  emit("next");
}

function saved(/** @type {any} */ one) {
  if (!open || one.id !== open.id || one.document !== open.document || one.language !== open.language) return;
  if (one.failed) {
    open.before = one.before;
    drawStatus();
    return;
  }
  open.base = one.digest;
  open.before = one.text;
  if (field().value === one.before && one.undoes) setText(one.text);
  if (one.findings) open.findings = one.findings;
  if (field().value === one.text && one.findings) showFindings(one.findings, false);
  drawStatus();
}

/**
 * The entry was changed elsewhere: both texts are shown, and the person chooses.
 * @param {{id: string, mine: string, theirs: string, digest: string, document?: string, language?: string}} told
 */
export function conflicted(told) {
  if (!open || told.id !== open.id) {
    emit("conflict elsewhere", told);
    return;
  }
  open.held = true;
  open.before = told.theirs;
  const settle = (/** @type {string} */ text) => {
    if (!open) return;
    open.held = false;
    open.base = told.digest;
    setText(text);
    hideConflict();
    showMarks(open.msgid, open.legend, open.styled);
  };
  showConflict(told.theirs, field().value, {
    mine: () => {
      settle(field().value);
      open && (open.warned = true);
      saveText();
      focusField();
    },
    theirs: () => {
      if (!open) return;
      for (const draft of draftsOf(open.document, open.language, open.id)) forgetDraft(draft);
      dropTyped(open.document, open.language, open.id);
      settle(told.theirs);
      drawStatus();
      focusField();
    },
    edit: () => {
      settle(field().value);
      typed();
      focusField();
    },
  });
}

/**
 * The details of the open sentence came again, since something changed.
 * @param {any} details
 */
export function refreshField(details) {
  if (!open || details.row.id !== open.id || isSaving(open.id) || details.digest === open.base) return;
  if (isDirty() && field().value !== details.msgstr) {
    conflicted({ id: open.id, mine: field().value, theirs: details.msgstr, digest: details.digest });
    return;
  }
  Object.assign(open, { before: details.msgstr, base: details.digest, fuzzy: details.fuzzy, findings: details.findings ?? [] });
  setText(details.msgstr);
  showMarks(open.msgid, open.legend, open.styled);
  drawStatus();
}

/** Set the next missing link. */
export const setNextLink = () => open && setMissing(open.msgid, ["link", "image"]);

/** Set the next missing note. */
export const setNextNote = () => open && setMissing(open.msgid, ["note"]);
