// The work beside the texts: what waits, builds, kits, imports, a look before a release, files.

import { say } from "./announce.js";
import { path, sendFile, write } from "./api.js";
import { chosen, makeChooser } from "./chooser.js";
import { make, part, put } from "./dom.js";
import { drawFiles, fetchFiles } from "./files.js";
import { fetchJobs, startJobs, takeJob } from "./jobs.js";
import { fetchLinks, startLinks } from "./links.js";
import { tellWhy } from "./refusals.js";
import { isOwner, mayWork } from "./rights.js";
import { on, state } from "./state.js";
import { number, t } from "./words.js";
import { formatWord, languageName } from "./worknames.js";
import { fetchWorkspace } from "./workspace.js";

const MOST_BYTES = 64 * 1024 * 1024;
const CALLED = ["build", "kit", "return", "import", "update", "release"];

/** @type {any} what can be chosen, as the program tells it */
let choices = null;

/** Start: the forms, and what the program tells of jobs. */
export function startWork() {
  for (const kind of CALLED) {
    const form = /** @type {HTMLFormElement} */ (part(`work-${kind}`));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void order(kind, form);
    });
  }
  startJobs();
  startLinks();
  on("documents", () => {
    if (isShown()) drawWork();
  });
}

const isShown = () => document.body.getAttribute("data-view") === "work";

/** Show the view; what can be chosen and what was done is asked for. */
export async function showWork() {
  state.text = null;
  state.current = "";
  put(document.body, "data-view", "work");
  part("title").textContent = t("Work");
  document.title = t("Work");
  drawWork();
  part("title").tabIndex = -1;
  part("title").focus({ preventScroll: true });
  void fetchWorkspace().catch(() => {});  // Texts were saved since it was asked for.
  if (isOwner()) void fetchLinks();
  if (!mayWork()) return;
  choices = await fetchJobs();
  fillForms();
  await fetchFiles();
}

function drawWork() {
  const [may, owner] = [mayWork(), isOwner()];
  for (const one of part("work").querySelectorAll("[data-for]")) {
    /** @type {HTMLElement} */ (one).hidden = one.getAttribute("data-for") === "work" ? !may : !owner;
  }
  part("work-read-only").hidden = !state.workspace.readOnly;
  drawWaiting();
  if (!may) return;
  fillForms();
  drawFiles();
}

// ---- what waits

/** How many sentences of a text wait for somebody. @param {any} one the figures of a text */
function waiting(one) {
  return { translator: one.untranslated + one.fuzzy + one.rejected + one.stale, reviewer: one.unreviewed };
}

function drawWaiting() {
  const { documents, languages, source } = state.workspace;
  const rows = languages.flatMap((/** @type {any} */ language, /** @type {number} */ at) => {
    if (language.tag === source) return [];
    const known = documents.map((/** @type {any} */ one) => [one.name, one.languages[at]]);
    return [waitingRow(language, known)];
  });
  part("waiting").replaceChildren(...rows);
}

function waitingRow(/** @type {any} */ language, /** @type {Array<[string, any]>} */ texts) {
  const measured = texts.filter(([, one]) => one && !one.error);
  const sum = { translator: 0, reviewer: 0 };
  for (const [, one] of measured) {
    sum.translator += waiting(one).translator;
    sum.reviewer += waiting(one).reviewer;
  }
  const head = make("th", { scope: "row" });
  head.append(make("span", { text: language.name, lang: language.tag, dir: language.direction }));
  if (measured.length < texts.length) head.append(" ", make("span", { class: "faint", text: t("being counted…") }));
  const none = measured.filter(([, one]) => !one.sentences && !one.stale).length;
  if (none) head.append(make("span", { class: "hint", text: t("Without a catalog yet: {count}. Update the catalogs.", { count: number(none) }) }));
  const row = make("tr", {}, head);
  for (const who of /** @type {const} */ (["translator", "reviewer"])) {
    const own = measured.filter(([, one]) => waiting(one)[who]);
    const cell = make("td", {});
    if (own.length === 1) cell.append(waitingLink(own[0][0], language.tag, who, number(sum[who]), own[0][0]));
    else if (own.length) cell.append(waitingByDocument(own, language.tag, who, sum[who]));
    else cell.append(make("span", { class: "faint", text: number(0) }));
    row.append(cell);
  }
  return row;
}

function waitingByDocument(/** @type {Array<[string, any]>} */ texts, /** @type {string} */ tag, /** @type {"translator"|"reviewer"} */ who, /** @type {number} */ sum) {
  const list = make("ul", {});
  for (const [name, one] of texts) {
    list.append(make("li", {}, waitingLink(name, tag, who, `${name}: ${number(waiting(one)[who])}`, name)));
  }
  return make("details", {}, make("summary", { text: number(sum) }), list);
}

function waitingLink(/** @type {string} */ name, /** @type {string} */ tag, /** @type {"translator"|"reviewer"} */ who, /** @type {string} */ text, /** @type {string} */ document) {
  const label = who === "translator" ? t("{count} in {document} wait for a translator", { count: text, document })
    : t("{count} in {document} wait for a reviewer", { count: text, document });
  return make("a", { href: `#/${path(name, tag)}?state=@${who}`, text, "aria-label": label });
}

// ---- the forms

function fillForms() {
  const { documents, languages, source } = state.workspace;
  const names = documents.map((/** @type {any} */ one) => [one.name, one.name]);
  const tags = languages.map((/** @type {any} */ one) => [one.tag, one.name]);
  const targets = tags.filter(([/** @type {string} */ tag]) => tag !== source);
  const pairs = (choices?.pairs ?? []).map((/** @type {string} */ pair) => [pair, languageName(pair)]);
  const formats = (choices?.formats ?? []).map((/** @type {string} */ one) => [one, formatWord(one)]);
  makeChooser(part("build-documents"), t("Documents"), names);
  makeChooser(part("build-languages"), t("Languages"), [...tags, ...pairs]);
  makeChooser(part("build-formats"), t("Formats"), formats, t("None chosen: {names}", { names: (choices?.usual ?? []).map(formatWord).join(", ") }));
  makeChooser(part("kit-documents"), t("Documents"), names);
  makeChooser(part("kit-languages"), t("Languages"), targets);
  fillSelect("return-document", [["", t("As the file says")], ...names]);
  fillSelect("return-language", [["", t("As the file says")], ...targets]);
  fillSelect("release-require", [["draft", t("Drafts too")], ["reviewed", t("Reviewed or approved")], ["approved", t("Only approved")]]);
}

function fillSelect(/** @type {string} */ id, /** @type {Array<[string, string]>} */ options) {
  const select = /** @type {HTMLSelectElement} */ (part(id));
  const before = select.value;
  select.replaceChildren(...options.map(([value, text]) => new Option(text, value)));
  if (options.some(([value]) => value === before)) select.value = before;
}

const value = (/** @type {string} */ id) => /** @type {HTMLInputElement|HTMLSelectElement} */ (part(id)).value.trim();

/** What each form orders. @type {Record<string, () => Record<string, any>>} */
const ORDERS = {
  build: () => ({ documents: chosen(part("build-documents")), languages: chosen(part("build-languages")), formats: chosen(part("build-formats")) }),
  kit: () => ({ documents: chosen(part("kit-documents")), languages: chosen(part("kit-languages")) }),
  return: () => ({ documents: [value("return-document")].filter(Boolean), languages: [value("return-language")].filter(Boolean) }),
  import: () => ({ name: value("import-name"), replace: /** @type {HTMLInputElement} */ (part("import-replace")).checked }),
  update: () => ({}),
  release: () => ({ require: value("release-require") }),
};

async function order(/** @type {string} */ kind, /** @type {HTMLFormElement} */ form) {
  const [fault, button] = [/** @type {HTMLElement} */ (form.querySelector(".fault")), form.querySelector("button")];
  if (form.getAttribute("aria-busy") === "true") return;
  fault.textContent = "";
  put(form, "aria-busy", "true");
  put(/** @type {Element} */ (button), "aria-disabled", "true");
  try {
    const file = /** @type {HTMLInputElement|null} */ (form.querySelector("input[type=file]"));
    const sent = file ? await sendChosen(file) : {};
    takeJob(await write("/api/jobs", { kind, ...ORDERS[kind](), ...sent }));
    if (file) file.value = "";
    say(t("It has begun. What comes of it is listed under “What was done”."));
  } catch (error) {
    fault.replaceChildren(...tellWhy(error));
  } finally {
    put(form, "aria-busy", null);
    put(/** @type {Element} */ (button), "aria-disabled", null);
  }
}

/** Send the file that was chosen; returns its name for the job. */
async function sendChosen(/** @type {HTMLInputElement} */ input) {
  const file = input.files?.[0];
  if (!file) throw new Error(t("Choose a file first."));
  if (file.size > MOST_BYTES) throw new Error(t("This file is too large: the most are {count} MB.", { count: MOST_BYTES / 1024 / 1024 }));
  say(t("The file is being sent…"));
  return sendFile(`/api/files?name=${encodeURIComponent(file.name)}`, file);
}
