// What the program says by itself: a text changed, a PDF is ready, the connection is lost or back.

import { alarm, closeBar, say, showBar } from "./announce.js";
import { tab } from "./api.js";
import { emit } from "./state.js";
import { t } from "./words.js";

let lost = false;
let timer = 0;
/** @type {EventSource|null} */
let source = null;
const KINDS = ["changed", "pdf", "workspace", "conflict", "documents", "job"];

/** The last event that was seen; before the first, a name that no event has. */
let last = "none";

/**
 * Listen to the program while the tab is seen; the browser asks again by itself when the connection
 * breaks.  A browser has six connections to one program, whatever the number of its tabs, so a tab
 * that is hidden holds none, and asks for what it missed when it is seen again.
 */
export function listen() {
  document.addEventListener("visibilitychange", () => (document.hidden ? rest() : open(last)));
  if (!document.hidden) open("");
}

function rest() {
  source?.close();
  source = null;
  clearTimeout(timer);
  timer = 0;
}

function open(/** @type {string} */ after) {
  rest();
  if (document.hidden) return;
  source = new EventSource(`/api/events${after ? `?after=${encodeURIComponent(after)}` : ""}`);
  source.onopen = found;
  source.onerror = broken;
  for (const kind of KINDS) {
    source.addEventListener(kind, (event) => {
      last = event.lastEventId || last;
      const data = JSON.parse(event.data || "{}");
      if (kind !== "changed" || data.by !== tab) emit(`live ${kind}`, data);
    });
  }
}

/** Whether the program does not answer. */
export const isLost = () => lost;

function found() {
  clearTimeout(timer);
  timer = 0;
  if (!lost) return;
  lost = false;
  closeBar("lost");
  say(t("The program answers again."));
  emit("back");
}

function broken() {
  // A browser gives up after some answers; then it is asked again here.
  if (source?.readyState === EventSource.CLOSED) window.setTimeout(() => open(last), 2000);
  if (lost || timer) return;
  timer = window.setTimeout(() => {
    timer = 0;
    lost = true;
    const text = t("The program does not answer. Go on typing: it is kept in this browser and saved when the program is back.");
    showBar("lost", text, [], "error");
    alarm(text);
  }, 1200);
}
