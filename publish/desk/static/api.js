// Questions to the program and writes; a write says who asks, and comes from this page only.

const token = document.querySelector('meta[name="desk-token"]')?.getAttribute("content") ?? "";

/** The name of this tab: the same after the page is loaded again, another in a copied tab. */
export const tab = nameTab();

function nameTab() {
  const [entry] = performance.getEntriesByType("navigation");
  const kept = entry?.type === "reload" ? sessionStorage.getItem("desk:tab") : null;
  const name = kept ?? Array.from(crypto.getRandomValues(new Uint8Array(6)), hex).join("");
  sessionStorage.setItem("desk:tab", name);
  return name;
}

function hex(/** @type {number} */ byte) {
  return byte.toString(16).padStart(2, "0");
}

/** What the program refused: its message, hint and code; `status` 0 is a program that is not there. */
export class Refused extends Error {
  /** @param {number} status @param {any} answer */
  constructor(status, answer) {
    super(answer?.error?.message ?? `HTTP ${status}`);
    this.status = status;
    this.hint = answer?.error?.hint ?? "";
    this.code = answer?.error?.code ?? "";
    this.answer = answer;
  }

  /** Whether asking again later may help. */
  get passing() {
    return [0, 408, 423, 429, 502, 503, 504].includes(this.status);
  }
}

/** @type {(refused: Refused) => void} */
let closed = () => {};

/** Call a function when the desk no longer knows this browser, or this page of it. @param {typeof closed} listener */
export function onClosed(listener) {
  closed = listener;
}

/** @param {string[]} parts */
export const path = (...parts) => parts.map(encodeURIComponent).join("/");

/** Ask for JSON. @param {string} address @param {AbortSignal} [signal] */
export function ask(address, signal) {
  return send(address, { signal, headers: { "X-Tab": tab } });
}

/**
 * Write something.
 * @param {string} address
 * @param {Record<string, any>} body
 * @param {{shows?: string, keepalive?: boolean}} [how]
 */
export function write(address, body, how = {}) {
  const headers = { "Content-Type": "application/json", "X-Desk": token, "X-Tab": tab };
  if (how.shows) headers["X-Shows"] = how.shows;
  return send(address, {
    method: "POST",
    headers,
    body: JSON.stringify(body),
    keepalive: how.keepalive ?? false,
  });
}

/** Send a file. @param {string} address @param {Blob} file */
export function sendFile(address, file) {
  const headers = { "Content-Type": "application/octet-stream", "X-Desk": token, "X-Tab": tab };
  return send(address, { method: "POST", headers, body: file });
}

async function send(/** @type {string} */ address, /** @type {RequestInit} */ how) {
  let response;
  try {
    response = await fetch(address, { credentials: "same-origin", cache: "no-store", ...how });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Refused(0, null);
  }
  let answer = null;
  try {
    answer = await response.json();
  } catch {
    if (response.ok) throw new Refused(0, null);
  }
  if (response.ok) return answer;
  const refused = new Refused(response.status, answer);
  if (refused.code === "desk-closed") closed(refused);
  throw refused;
}
