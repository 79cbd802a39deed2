// What happened, said in words: a quiet line, a loud one, and bars that stay until they are answered.

import { button, make, part } from "./dom.js";
import { t } from "./words.js";

/** What is said: text, or pieces of it where some are in another language. @typedef {string|Array<string|Node>} Said */

let hide = 0;

/** The same pieces may be said in several places. @param {Said} said @returns {Array<string|Node>} */
const piecesOf = (said) => (typeof said === "string" ? [said] : said.map((one) => (typeof one === "string" ? one : one.cloneNode(true))));

/** Say something that does not interrupt: it is read aloud when there is a pause. @param {Said} text */
export function say(text) {
  const line = part("said");
  line.replaceChildren(...piecesOf(text));
  line.classList.add("fresh");
  clearTimeout(hide);
  hide = window.setTimeout(() => line.classList.remove("fresh"), 4000);
}

/** Say something at once, for losses and refusals. @param {Said} text */
export function alarm(text) {
  part("alarm").replaceChildren(...piecesOf(text));
}

/**
 * Show a bar above the work until it is answered or taken away.
 * @param {string} name of the bar; the same name replaces it
 * @param {Said} text
 * @param {Array<[string, () => void]>} [answers] labels and what they do; each closes the bar
 * @param {"notice"|"error"} [kind]
 */
export function showBar(name, text, answers = [], kind = "notice") {
  closeBar(name);
  const bar = make("div", { class: `strip ${kind}`, "data-bar": name });
  bar.append(make("p", {}, ...piecesOf(text)));
  for (const [label, act] of answers) {
    bar.append(button(label, () => {
      closeBar(name);
      act();
    }));
  }
  if (kind !== "error" || answers.length === 0) {
    if (answers.length) bar.append(button(t("Close"), () => closeBar(name), { class: "quiet" }));
  }
  part("bars").append(bar);
}

/** Take a bar away. @param {string} name */
export function closeBar(name) {
  for (const bar of part("bars").children) {
    if (bar.getAttribute("data-bar") === name) bar.remove();
  }
}
