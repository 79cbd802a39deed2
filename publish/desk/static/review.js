// Decisions: approve, reject, renew, accept, ask; and a proposal from those who may not edit.

import { alarm, say } from "./announce.js";
import { write } from "./api.js";
import { button, part } from "./dom.js";
import { dropDraft } from "./drafts.js";
import { isDirty, openSentence, saveAndGo, saveText } from "./editor.js";
import { callsKeyboard, field, focusField } from "./field.js";
import { tellWhy } from "./refusals.js";
import { mayPropose, mayReview, mayTranslate } from "./rights.js";
import { takeAnswer } from "./saving.js";
import { emit, on, rowOf, shownPage, state } from "./state.js";
import { placeOf, showDay, t } from "./words.js";

/** @type {any} */
let details = null;
/** @type {"reject"|"ask"|"role"|""} */
let asking = "";
/** What goes on once the owner has said as whom. @type {() => void} */
let afterRole = () => {};

/** As whom an owner without a name decides: kept in this browser. */
const ROLE = "desk:role";
const ownRole = () => state.workspace?.person?.name || localStorage.getItem(ROLE) || "";

/** Start: the form for a reason. */
export function startReview() {
  const form = /** @type {HTMLFormElement} */ (part("reason-form"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const reason = /** @type {HTMLTextAreaElement} */ (part("reason")).value.trim();
    if (!reason) part("reason").focus();
    else if (asking === "role") {
      localStorage.setItem(ROLE, reason.replace(/\s+/g, " "));
      closeReason();
      afterRole();
    } else void decide(/** @type {any} */ (asking), reason);
  });
  form.addEventListener("keydown", (event) => {
    const whole = asking === "role" || event.ctrlKey || event.metaKey;
    if (event.key === "Enter" && whole && event.target === part("reason")) form.requestSubmit();
    else if (event.key === "Escape") closeReason();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  part("reason-cancel").addEventListener("click", closeReason);
  part("propose").addEventListener("click", () => void propose());
  on("propose", () => void propose());
}

/** Show what can be decided of a sentence. @param {any} found */
export function showReview(found) {
  if (details?.row.id !== found.row.id) closeReason(false);
  details = found;
  const tag = state.text?.language ?? "";
  const shown = [];
  for (const [action, label, keys] of actions()) {
    if (!possible(action, tag)) continue;
    shown.push(button(label, () => act(action), { "data-action": action, "aria-keyshortcuts": keys, title: keys }));
  }
  const bar = part("decisions");
  if (bar.textContent !== shown.map((one) => one.textContent).join("")) bar.replaceChildren(...shown);
  const note = part("verdict");
  const texts = [];
  const { decided } = found;
  if (decided?.by) texts.push(t("Decided by {role}, {day}.", { role: decided.by, day: showDay(decided.day) }));
  if (decided?.reason) texts.push(t("Reason: {reason}", { reason: decided.reason }));
  note.textContent = texts.join(" ");
  note.hidden = !texts.length;
}

/** @returns {Array<[string, string, string]>} */
const actions = () => [
  ["approve", t("Approve, next"), "Alt+A"],
  ["renew", t("Renew approval"), "Alt+A"],
  ["accept", t("Confirm translation"), "Alt+C"],
  ["settle", t("Doubt settled, next"), "Alt+D"],
  ["reject", t("Reject…"), "Alt+R"],
  ["ask", t("Ask…"), "Alt+Q"],
];

function possible(/** @type {string} */ action, /** @type {string} */ tag) {
  const row = details ? rowOf(details.row.id) ?? details.row : null;
  if (!row || row.head) return false;
  const bare = row.state === "untranslated" || row.state === "held";
  if (action === "ask") return mayReview(tag) || mayPropose(tag);
  if (action === "settle") return row.doubtful && (mayTranslate(tag) || mayReview(tag));
  // Only an imported text is accepted as such; any other is confirmed by saving it.
  if (action === "accept") return row.state === "fuzzy" && (mayTranslate(tag) || (mayReview(tag) && row.imported !== null));
  if (!mayReview(tag) || tag === state.workspace?.source || bare || row.state === "fuzzy") return false;
  if (action === "renew") return row.state === "context" || row.state === "lapsed";
  if (action === "approve") return row.state === "unreviewed" || row.state === "rejected";
  return row.state !== "rejected";
}

/** Do what a key or a button asks for. @param {string} action */
export function act(action) {
  const tag = state.text?.language ?? "";
  const wanted = action === "approve" && possible("renew", tag) ? "renew" : action;
  if (!details || !possible(wanted, tag)) {
    // What is typed makes another text of it: it is saved first, and then it can be approved.
    if (!(action === "approve" && isDirty())) {
      say(t("That cannot be done with this sentence now."));
      return;
    }
  }
  if (wanted === "reject" || wanted === "ask") openReason(wanted);
  else if (wanted === "accept" && (isDirty() || details.row.imported === null)) saveAndGo();
  else void decide(wanted, "");
}

const ASKED = {
  reject: () => [t("Why is it rejected?"), t("Reject")],
  ask: () => [t("What do you want to ask?"), t("Ask")],
  role: () => [t("As whom do you decide? Write a role such as editor, not your name: it is passed on with the translations."), t("Go on")],
};

function openReason(/** @type {"reject"|"ask"|"role"} */ action) {
  asking = action;
  const [label, send] = ASKED[action]();
  part("reason-form").hidden = false;
  /** @type {HTMLTextAreaElement} */ (part("reason")).rows = action === "role" ? 1 : 3;
  part("reason-label").textContent = label;
  part("reason-send").textContent = send;
  part("reason").focus();
}

function closeReason(focus = true) {
  const form = part("reason-form");
  if (form.hidden) return;
  form.hidden = true;
  asking = "";
  /** @type {HTMLTextAreaElement} */ (part("reason")).value = "";
  if (!focus) return;
  if (callsKeyboard()) part("sentence-title").focus({ preventScroll: true });
  else focusField({ preventScroll: true });
}

async function decide(/** @type {string} */ action, /** @type {string} */ reason) {
  const id = details.row.id;
  if (!ownRole()) {
    askRole(() => void decide(action, reason));
    return;
  }
  if (isDirty() && !mayTranslate(state.text?.language ?? "")) {
    tellVerdict(t("What you typed is not what you would decide on: propose it, or take it back, then decide."));
    return;
  }
  if (isDirty()) {
    const sent = saveText((answer) => void send(action, reason, id, answer?.digest ?? details.digest));
    if (!sent) return;
  } else await send(action, reason, id, openSentence()?.base ?? details.digest);
}

/** Ask an owner without a name as whom to decide, then go on. @param {() => void} then */
function askRole(then) {
  afterRole = then;
  openReason("role");
}

/**
 * Where a decision goes, and how: what a translator may do has an address of its own; a reader's
 * question is a remark.
 * @param {string} action @param {string} reason @param {{document: string, language: string, id: string, digest: string}} about
 * @returns {[string, Record<string, any>]}
 */
function order(action, reason, about) {
  const tag = about.language;
  if (action === "ask" && !mayReview(tag) && !mayTranslate(tag)) return ["/api/propose", { ...about, text: reason, remark: true }];
  const address = CONFIRMS.has(action) && (mayTranslate(tag) || !mayReview(tag)) ? "/api/confirm" : "/api/decide";
  return [address, { ...about, action, reason }];
}

/** What a translator may do too. */
const CONFIRMS = new Set(["accept", "ask", "settle"]);
/** After these the next sentence comes. */
const GOES_ON = new Set(["approve", "renew", "accept", "settle"]);

const DONE = {
  approve: () => t("Approved: {place}"),
  renew: () => t("Approved again: {place}"),
  accept: () => t("Confirmed: {place}"),
  settle: () => t("Settled: {place}"),
  reject: () => t("Rejected: {place}"),
  ask: () => t("Asked: {place}"),
};

async function send(/** @type {string} */ action, /** @type {string} */ reason, /** @type {string} */ id, /** @type {string} */ digest) {
  const { document, language } = /** @type {any} */ (state.text);
  try {
    const [address, body] = order(action, reason, { document, language, id, digest });
    const answer = await write(address, { ...body, as: ownRole() }, { shows: shownPage() });
    closeReason();
    takeAnswer(document, language, answer);
    say(/** @type {any} */ (DONE)[action]().replace("{place}", placeOf(rowOf(id))));
    if (state.current === id && GOES_ON.has(action)) emit("next");
    else emit("details");
  } catch (error) {
    tellVerdict(tellWhy(error));
    if (error.status === 409) emit("stale", id);
  }
}

/** Say why something was not done, below the buttons. @param {string|Array<string|HTMLElement>} text */
function tellVerdict(text) {
  alarm(text);
  part("verdict").hidden = false;
  part("verdict").replaceChildren(...(typeof text === "string" ? [text] : text));
}

/** Propose what is in the field. */
export async function propose() {
  const open = openSentence();
  if (!open || !isDirty()) return;
  if (!ownRole()) {
    askRole(() => void propose());
    return;
  }
  const text = field().value;
  const { document, language, id, base } = open;
  try {
    const answer = await write("/api/propose", { document, language, id, text, digest: base, as: ownRole() }, { shows: shownPage() });
    dropDraft(document, language, id, text);
    takeAnswer(document, language, answer);
    say(t("Proposed: {place}", { place: placeOf(rowOf(id)) }));
    emit("proposed", id);
  } catch (error) {
    tellVerdict(tellWhy(error));
  }
}
