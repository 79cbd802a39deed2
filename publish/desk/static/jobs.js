// What was begun: how far it is, what came of it, and what it found.

import { alarm, say, showBar } from "./announce.js";
import { ask, write } from "./api.js";
import { button, make, part, put } from "./dom.js";
import { fetchFiles } from "./files.js";
import { makeLines } from "./joblines.js";
import { tellWhy } from "./refusals.js";
import { mayWork } from "./rights.js";
import { on } from "./state.js";
import { number, t } from "./words.js";
import { kindWord, languageName } from "./worknames.js";

/** @type {any[]} the newest first */
let jobs = [];
/** The jobs whose end was told. @type {Set<number>} */
const told = new Set();
/** The jobs that somebody opened or closed. @type {Map<number, boolean>} */
const opened = new Map();
let timer = 0;

/** Start: what the program tells of jobs. */
export function startJobs() {
  on("live job", (/** @type {any} */ job) => {
    if (!mayWork()) return;
    clearTimeout(timer);
    timer = window.setTimeout(() => void fetchJobs(), isEnd(job.state) ? 0 : 250);
  });
  on("back", () => jobs.length && void fetchJobs());
}

const isShown = () => document.body.getAttribute("data-view") === "work";
const isEnd = (/** @type {string} */ name) => ["done", "failed", "cancelled"].includes(name);

/** Ask for the jobs and show them; returns what can be chosen for one. */
export async function fetchJobs() {
  let answer;
  try {
    answer = await ask("/api/jobs");
  } catch {
    return null;
  }
  const before = new Map(jobs.map((one) => [one.number, one.state]));
  jobs = answer.jobs;
  draw();
  for (const job of jobs) {
    const known = before.get(job.number);
    if (isEnd(job.state) && known && !isEnd(known)) tell(job);
  }
  return answer;
}

/** Take a job that was just begun. @param {any} job */
export function takeJob(job) {
  jobs = [job, ...jobs.filter((one) => one.number !== job.number)];
  draw();
}

/** Say that a job has ended, wherever in the desk somebody is. */
function tell(/** @type {any} */ job) {
  if (told.has(job.number)) return;
  told.add(job.number);
  void fetchFiles();
  const name = kindWord(job.order.kind);
  if (job.state === "failed") {
    const text = job.error ? tellWhy(job.error, t("{job}: it failed. {reason}", { job: name })) : t("{job}: it failed. {reason}", { job: name, reason: "" });
    alarm(text);
    if (!isShown()) showBar(`job ${job.number}`, text, [[t("Show it"), () => { location.hash = "#/work"; }]], "error");
  } else if (job.state === "done") {
    const text = job.found.length ? t("{job}: it is done. Findings: {count}", { job: name, count: number(job.found.length + job.further) })
      : t("{job}: it is done.", { job: name });
    say(text);
    if (!isShown()) showBar(`job ${job.number}`, text, [[t("Show it"), () => { location.hash = "#/work"; }]]);
  }
}

// ---- the list

function draw() {
  part("jobs-none").hidden = jobs.length > 0;
  const list = part("jobs");
  const focus = document.activeElement?.closest("[data-job]");
  const [held, control] = [focus?.getAttribute("data-job"), document.activeElement?.tagName];
  list.replaceChildren(...jobs.map((job, at) => jobItem(job, at === 0)));
  if (held && list.contains(document.activeElement) === false) {
    const again = list.querySelector(`[data-job="${held}"]`);
    const target = again?.querySelector(control === "BUTTON" ? "button" : "summary") ?? again?.querySelector("summary");
    /** @type {HTMLElement|null|undefined} */ (target)?.focus({ preventScroll: true });
  }
}

function jobItem(/** @type {any} */ job, /** @type {boolean} */ newest) {
  const details = /** @type {HTMLDetailsElement} */ (make("details", {}));
  details.open = opened.get(job.number) ?? newest;
  const summary = make("summary", { on: { click: () => opened.set(job.number, !details.open) } },
    make("span", { class: "job-title", text: kindWord(job.order.kind) }), " ", stateOf(job), " ",
    make("span", { class: "faint", text: subject(job), dir: "auto" }));
  details.append(summary);
  if (job.state === "running" && !job.held) {
    const known = job.total ? { max: job.total, value: job.done } : {};
    details.append(make("p", { class: "job-progress" }, make("progress", { ...known, "aria-label": t("How far it is") }),
      job.total && make("span", { text: t("{done} of {total}", { done: number(job.done), total: number(job.total) }) })));
  }
  if (job.held) details.append(make("p", { text: t("Another command is writing in this workspace: waiting for its end.") }));
  if (job.error) details.append(faultOf(job.error));
  details.append(...makeLines(job));
  if (!isEnd(job.state)) details.append(stopButton(job));
  return make("li", { class: "job", "data-job": job.number }, details);
}

function stateOf(/** @type {any} */ job) {
  const [kind, text] = {
    waiting: ["", t("waits")], running: ["", job.held ? t("waits for another command") : t("at work…")],
    done: job.found.length ? ["warning", `△ ${t("done, with findings")}`] : ["good", `✓ ${t("done")}`],
    failed: ["error", `▲ ${t("failed")}`], cancelled: ["", t("stopped")],
  }[/** @type {string} */ (job.state)] ?? ["", job.state];
  return make("span", { class: `badge ${kind}`, text });
}

function faultOf(/** @type {any} */ error) {
  return make("p", { class: "fault", dir: "auto" }, error.place ? `${error.place}: ` : "", ...tellWhy(error));
}

function stopButton(/** @type {any} */ job) {
  const one = button(t("Stop"), () => void stop(), {});
  const stop = async () => {
    put(one, "aria-disabled", "true");
    try {
      takeJob(await write("/api/jobs/cancel", { number: job.number }));
      say(t("Stopped. What was written so far is whole."));
    } catch (error) {
      say(tellWhy(error));
    }
    void fetchJobs();
  };
  return make("p", {}, one);
}

function subject(/** @type {any} */ job) {
  const { file, documents, languages } = job.order;
  const named = languages ? languages.split(", ").map(languageName).join(", ") : "";
  return [file, documents, named].filter(Boolean).join(" · ");
}
