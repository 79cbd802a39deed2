// What the checks find, in the language of the person: what is wrong, and what to do about it.

import { ask } from "./api.js";
import { make } from "./dom.js";
import { tellWhy } from "./refusals.js";
import { emit } from "./state.js";
import { isTongue, language, t } from "./words.js";

/** The words for each code, where they are known in this language. @type {Record<string, {title: string, todo: string}>} */
let rules = {};

/** Ask for the words; English has the program's own, which say more. */
export async function fetchRules() {
  if (isTongue(language, "en")) return;
  try {
    rules = (await ask(`/api/rules?interface=${encodeURIComponent(language)}`)).rules;
    emit("rules");
  } catch {
    // Then they are in English.
  }
}

/**
 * Return what a finding says, and where its code is: not in the line, but there for whoever asks.
 * @param {{code: string, message: string, hint: string, about?: string, say?: string}} one
 */
export function wordsOf(one) {
  const known = rules[one.code];
  const own = tellWhy({ message: one.message, hint: one.hint });
  if (!known) return [make("span", { dir: "auto" }, ...own), one.code ? hidden(one.code) : ""];
  return [
    make("span", { text: known.title }),
    one.about ? make("q", { class: "about", text: one.about, dir: "auto", lang: "" }) : "",
    known.todo ? make("span", { class: "hint", text: known.todo }) : "",
    hidden(one.code, own),
  ];
}

/**
 * What few people need, folded: a code, the name of a commit.
 * @param {string} code
 * @param {Array<string|Node>} [words]
 */
export function hidden(code, words = []) {
  return make("details", { class: "more" }, make("summary", { text: t("Details") }), ...words, " ", make("code", { text: code, dir: "ltr" }));
}
