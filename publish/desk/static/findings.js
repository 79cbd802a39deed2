// What the checks find in a sentence: said in words, with a sign and a colour for the level.

import { button, make, part, put } from "./dom.js";
import { chooseLetters, field, focusField, insert, showSpots } from "./field.js";
import { listMarks } from "./marks.js";
import { wordsOf } from "./rules.js";
import { on } from "./state.js";
import { levelWord, number, t } from "./words.js";

const SIGNS = { error: "▲", warning: "△", advice: "◇" };
let said = "";
/** @type {any[]} */
let shown = [];

/** Start: the words for findings come later than the page. */
export function startFindings() {
  on("rules", () => showFindings(shown, false));
}

/**
 * Show findings.
 * @param {Array<any>} findings
 * @param {boolean} typed whether they are of a text that is not saved yet
 */
export function showFindings(findings, typed) {
  const list = part("found");
  shown = findings;
  showSpots(findings.map(spotOf).filter((spot) => spot !== null));
  list.replaceChildren(...findings.map(showFinding));
  part("found-title").hidden = !findings.length;
  showWay(findings);
  const line = part("found-said");
  const errors = findings.filter((one) => one.level === "error").length;
  const warnings = findings.filter((one) => one.level === "warning").length;
  const text = findings.length
    ? t("Errors: {errors}, warnings: {warnings}, advice: {advice}", {
      errors: number(errors), warnings: number(warnings), advice: number(findings.length - errors - warnings),
    })
    : t("Nothing found");
  // Said only when it changes, and only while somebody types.
  if (typed && text !== said) line.textContent = text;
  said = text;
}

/** The way to the findings, beside what is pressed: they may be below the window. @param {Array<any>} findings */
function showWay(findings) {
  const levels = findings.map((one) => String(one.level).toLowerCase());
  const [go, found] = [part("found-go"), Object.entries(SIGNS).find(([level]) => levels.includes(level))];
  go.hidden = !found;
  if (!found) return;
  const [level, sign] = found;
  put(go, "data-level", level);
  go.replaceChildren(make("span", { "aria-hidden": "true", text: `${sign} ` }), `${t("Findings")}: ${number(findings.length)}`);
}

/**
 * Return where a finding is in the field.  The program counts in the text without its marks, so this
 * is known only where there are none.
 * @param {any} one
 */
function spotOf(one) {
  const text = field().value;
  if (!one.spot || text.includes("\\") || listMarks(text).length) return null;
  const starts = countedLetters(text);
  const from = starts[one.spot[0]] ?? text.length;
  // Its end is after its last letter, not before the next one: spaces may lie between.
  const last = starts[one.spot[1] - 1] ?? text.length;
  const to = last + String.fromCodePoint(text.codePointAt(last) ?? 32).length;
  return to > from ? { kind: `spot ${String(one.level).toLowerCase()}`, from, to } : null;
}

/** Where each letter stands that the program counts: several spaces are one to it, those at the start none. @param {string} text */
function countedLetters(text) {
  const starts = [];
  let [at, space] = [0, true];
  for (const letter of text) {
    const own = /\s/.test(letter) && letter !== "\u00a0" && letter !== "\u202f";
    if (!(own && space)) starts.push(at);
    space = own;
    at += letter.length;
  }
  return starts;
}

function showFinding(/** @type {any} */ one) {
  const level = String(one.level).toLowerCase();
  const line = make("li", { class: `finding ${level}` });
  line.append(
    make("span", { class: "sign", "aria-hidden": "true", text: /** @type {any} */ (SIGNS)[level] ?? "◇" }),
    make("div", {}, make("strong", { text: `${levelWord(level)}: ` }), ...wordsOf(one).flatMap((own, at, all) => (at === all.length - 1 ? [...fixes(one), own] : [own]))),
  );
  return line;
}

/** @param {any} one */
function fixes(one) {
  const spot = spotOf(one);
  const found = [];
  if (spot) {
    const show = () => {
      focusField();
      chooseLetters(spot.from, spot.to);
    };
    found.push(button(`${t("Select it:")} ${field().value.slice(spot.from, spot.to).trim().slice(0, 40)}`, show, { class: "word" }), " ");
  }
  if (one.say && !field().readOnly) found.push(button(`${t("Put in:")} ${one.say}`, () => insert(one.say), { class: "word" }));
  return found;
}
